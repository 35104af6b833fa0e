//! The files of a tokenizer that say how a chat is written.

use std::{io::ErrorKind, path::Path};

use serde_json::{Map, Value};

use super::ChatError;

/// The template and the special tokens it may name.
#[derive(Debug, PartialEq)]
pub(super) struct Source {
    /// The file the template stands in, for messages.
    pub(super) name: String,
    /// The template.
    pub(super) template: String,
    /// `bos_token` and the like.
    pub(super) tokens: Map<String, Value>,
}

/// Special tokens by their names in `tokenizer_config.json`, as `transformers` hands them to templates.
const TOKENS: [&str; 7] = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

/// The folder of templates beyond the first, in the layout that `transformers` writes since 4.51.
const ADDITIONAL: &str = "additional_chat_templates";

/// Reads a tokenizer's directory. As in `transformers`, templates in files of their own (`chat_template.jinja`, and more in the folder
/// `additional_chat_templates`) go before what `tokenizer_config.json` holds; `chat_template.json`, where processors had theirs, comes last.
/// `special_tokens_map.json` says what tokens the configuration leaves out.
pub(super) fn read(directory: &Path) -> Result<Source, ChatError> {
    let file = |name: &str| {
        let path = directory.join(name);
        match crate::files::read_text(&path) {
            Ok(text) => Ok(Some((path.display().to_string(), text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ChatError::Read { path: path.display().to_string(), source }),
        }
    };
    let json = |name: &str| match file(name)? {
        Some((name, text)) => Ok(Some((object(&name, &text)?, name))),
        None => Ok::<_, ChatError>(None),
    };
    let config_name = directory.join("tokenizer_config.json").display().to_string();
    let config = json("tokenizer_config.json")?.map_or_else(Map::new, |(config, _)| config);
    let mut tokens = tokens(&config);
    if let Some((map, _)) = json("special_tokens_map.json")? {
        for (token, text) in self::tokens(&map) {
            tokens.entry(token).or_insert(text);
        }
    }
    if let Some((name, template)) = file("chat_template.jinja")? {
        return Ok(Source { template: usable(&name, &template)?, name, tokens });
    }
    let names = additional(&directory.join(ADDITIONAL))?;
    if !names.is_empty() {
        return Err(no_default(&directory.join(ADDITIONAL).display().to_string(), &names));
    }
    if let Some(template) = template(&config_name, &config)? {
        return Ok(Source { name: config_name, template, tokens });
    }
    if let Some((config, name)) = json("chat_template.json")?
        && let Some(template) = template(&name, &config)?
    {
        return Ok(Source { name, template, tokens });
    }
    Err(ChatError::Missing { name: config_name })
}

/// Reads the text of a `tokenizer_config.json` called `name`.
pub(super) fn parse(name: &str, text: &str) -> Result<Source, ChatError> {
    let config = object(name, text)?;
    let template = template(name, &config)?.ok_or_else(|| ChatError::Missing { name: name.to_owned() })?;
    Ok(Source { name: name.to_owned(), template, tokens: tokens(&config) })
}

fn object(name: &str, text: &str) -> Result<Map<String, Value>, ChatError> {
    serde_json::from_str(text).map_err(|error| ChatError::Template {
        name: name.to_owned(),
        line: error.line(),
        message: error.to_string(),
    })
}

/// The names of the templates in a folder, in their order.
fn additional(folder: &Path) -> Result<Vec<String>, ChatError> {
    let failed = |source| ChatError::Read { path: folder.display().to_string(), source };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".jinja").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The template, if there is one: a string, or the one called `default` of several with names. `transformers` too takes no other one of
/// them unasked, be it the only one: a template for tools or documents writes another chat.
fn template(name: &str, config: &Map<String, Value>) -> Result<Option<String>, ChatError> {
    let odd = || ChatError::Unusable {
        name: name.to_owned(),
        message: "`chat_template` is neither a string nor a list of templates with names".to_owned(),
    };
    let named: Vec<(&str, &str)> = match config.get("chat_template") {
        Some(Value::Null) | None => return Ok(None),
        Some(Value::String(template)) => return usable(name, template).map(Some),
        Some(Value::Array(list)) => {
            list.iter().map(|one| Some((one["name"].as_str()?, one["template"].as_str()?))).collect()
        }
        Some(Value::Object(map)) => map.iter().map(|(name, one)| Some((name.as_str(), one.as_str()?))).collect(),
        Some(_) => None,
    }
    .ok_or_else(odd)?;
    match named.iter().find(|(name, _)| *name == "default") {
        Some((_, template)) => usable(name, template).map(Some),
        None => Err(no_default(name, &named.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>())),
    }
}

fn no_default(name: &str, names: &[String]) -> ChatError {
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let message = format!("no chat template is called `default` (there are: {names})");
    ChatError::Unusable { name: name.to_owned(), message }
}

/// The template, unless it would write nothing.
fn usable(name: &str, template: &str) -> Result<String, ChatError> {
    if template.trim().is_empty() {
        return Err(ChatError::Unusable { name: name.to_owned(), message: "the chat template is empty".to_owned() });
    }
    Ok(template.to_owned())
}

/// The special tokens: strings, or objects with the string as `content`.
fn tokens(config: &Map<String, Value>) -> Map<String, Value> {
    let token = |name: &&str| {
        let text = match config.get(*name)? {
            Value::String(text) => text,
            Value::Object(token) => token.get("content")?.as_str()?,
            _ => return None,
        };
        Some(((*name).to_owned(), Value::from(text)))
    };
    TOKENS.iter().filter_map(token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_templates_and_token_objects() {
        let config = r#"{
            "bos_token": {"__type": "AddedToken", "content": "<s>", "lstrip": false},
            "eos_token": "</s>", "pad_token": null, "model_max_length": 2048,
            "chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]
        }"#;
        let source = parse("c.json", config).unwrap();
        assert_eq!(source.template, "d");
        assert_eq!(Value::Object(source.tokens), serde_json::json!({"bos_token": "<s>", "eos_token": "</s>"}));
    }

    #[test]
    fn what_is_missing_is_told_from_what_is_unusable() {
        let error = |config: &str| parse("c.json", config).unwrap_err();
        assert_eq!(error("{\n1").to_string(), "c.json:2: key must be a string at line 2 column 1");
        for none in ["{}", r#"{"chat_template": null}"#] {
            assert!(matches!(error(none), ChatError::Missing { .. }), "{none}");
        }
        for (template, told) in [
            (r#"[{"name": "rag", "template": "x"}]"#, "(there are: rag)"),
            (
                r#"[{"name": "rag", "template": "x"}, {"name": "tool_use", "template": "x"}]"#,
                "(there are: rag, tool_use)",
            ),
            (r#"{"rag": "x"}"#, "(there are: rag)"),
            ("[]", "(there are: none)"),
            (r#"[{"name": "default"}]"#, "neither a string"),
            (r#"["x"]"#, "neither a string"),
            ("7", "neither a string"),
            (r#""  ""#, "is empty"),
            (r#"[{"name": "default", "template": ""}]"#, "is empty"),
        ] {
            let error = error(&format!(r#"{{"chat_template": {template}}}"#));
            assert!(matches!(error, ChatError::Unusable { .. }), "{template}");
            let text = error.to_string();
            assert!(text.starts_with("c.json: ") && text.contains(told), "{text}");
        }
        assert_eq!(parse("c.json", r#"{"chat_template": {"rag": "x", "default": "d"}}"#).unwrap().template, "d");
    }

    #[test]
    fn a_file_of_its_own_goes_first() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
        let template = || read(directory.path()).unwrap().template;
        assert!(matches!(read(directory.path()), Err(ChatError::Missing { .. })));
        write("chat_template.json", r#"{"chat_template": "a processor's"}"#);
        assert_eq!(template(), "a processor's");
        write("tokenizer_config.json", r#"{"chat_template": "old", "eos_token": "</s>"}"#);
        assert_eq!(template(), "old");
        std::fs::create_dir(directory.path().join(ADDITIONAL)).unwrap();
        assert_eq!(template(), "old");
        write("additional_chat_templates/rag.jinja", "for documents");
        let error = read(directory.path()).unwrap_err().to_string();
        assert!(
            error.contains("additional_chat_templates: no chat template is called `default` (there are: rag)"),
            "{error}"
        );
        write("chat_template.jinja", "new");
        write("special_tokens_map.json", r#"{"eos_token": "other", "bos_token": "<s>"}"#);
        let source = read(directory.path()).unwrap();
        assert_eq!(source.template, "new");
        assert_eq!(Value::Object(source.tokens), serde_json::json!({"eos_token": "</s>", "bos_token": "<s>"}));
    }
}
