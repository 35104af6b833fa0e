//! The files of a tokenizer that say how a chat is written.

use std::path::Path;

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

/// Reads a tokenizer's directory. As in `transformers`, `chat_template.jinja` goes before what `tokenizer_config.json` holds;
/// `special_tokens_map.json` says what tokens the configuration leaves out.
pub(super) fn read(directory: &Path) -> Result<Source, ChatError> {
    let file = |name: &str| {
        let path = directory.join(name);
        match crate::files::read_text(&path) {
            Ok(text) => Ok(Some((path.display().to_string(), text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ChatError::Read { path: path.display().to_string(), source }),
        }
    };
    let (config_name, config) = match file("tokenizer_config.json")? {
        Some((name, text)) => (name.clone(), object(&name, &text)?),
        None => (directory.join("tokenizer_config.json").display().to_string(), Map::new()),
    };
    let mut tokens = tokens(&config);
    if let Some((name, text)) = file("special_tokens_map.json")? {
        for (token, text) in self::tokens(&object(&name, &text)?) {
            tokens.entry(token).or_insert(text);
        }
    }
    if let Some((name, template)) = file("chat_template.jinja")? {
        return Ok(Source { name, template, tokens });
    }
    let template = template(&config_name, &config)?;
    Ok(Source { name: config_name, template, tokens })
}

/// Reads the text of a `tokenizer_config.json` called `name`.
pub(super) fn parse(name: &str, text: &str) -> Result<Source, ChatError> {
    let config = object(name, text)?;
    Ok(Source { name: name.to_owned(), template: template(name, &config)?, tokens: tokens(&config) })
}

fn object(name: &str, text: &str) -> Result<Map<String, Value>, ChatError> {
    serde_json::from_str(text).map_err(|error| ChatError::Template {
        name: name.to_owned(),
        line: error.line(),
        message: error.to_string(),
    })
}

/// The template: a string, or the one called `default` of a list of named ones.
fn template(name: &str, config: &Map<String, Value>) -> Result<String, ChatError> {
    let missing = |message: &str| ChatError::Missing { name: name.to_owned(), message: message.to_owned() };
    match config.get("chat_template") {
        Some(Value::String(template)) => Ok(template.clone()),
        Some(Value::Array(named)) => {
            let named: Vec<_> =
                named.iter().filter_map(|one| Some((one["name"].as_str()?, one["template"].as_str()?))).collect();
            if let Some((_, template)) = named.iter().find(|(name, _)| *name == "default") {
                return Ok((*template).to_owned());
            }
            let names = named.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            Err(missing(&format!("no chat template is called `default` (there are: {names})")))
        }
        Some(Value::Null) | None => Err(missing("there is no chat template")),
        Some(_) => Err(missing("`chat_template` is neither a string nor a list of named templates")),
    }
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
    fn what_is_missing_is_named() {
        let message = |config: &str| parse("c.json", config).unwrap_err().to_string();
        assert_eq!(message("{\n1"), "c.json:2: key must be a string at line 2 column 1");
        let none = "c.json: there is no chat template; use the plain prompt, or put a chat_template.jinja beside the tokenizer";
        assert_eq!(message("{}"), none);
        let named = message(r#"{"chat_template": [{"name": "rag", "template": ""}]}"#);
        assert!(named.contains("(there are: rag)"), "{named}");
    }

    #[test]
    fn a_file_of_its_own_goes_first() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
        assert!(matches!(read(directory.path()), Err(ChatError::Missing { .. })));
        write("tokenizer_config.json", r#"{"chat_template": "old", "eos_token": "</s>"}"#);
        assert_eq!(read(directory.path()).unwrap().template, "old");
        write("chat_template.jinja", "new");
        write("special_tokens_map.json", r#"{"eos_token": "other", "bos_token": "<s>"}"#);
        let source = read(directory.path()).unwrap();
        assert_eq!(source.template, "new");
        assert_eq!(Value::Object(source.tokens), serde_json::json!({"eos_token": "</s>", "bos_token": "<s>"}));
    }
}
