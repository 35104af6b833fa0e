//! The protocol: request bodies and answers, as `OpenAI` defines them and vLLM, `SGLang` and llama.cpp speak them.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Completion, Job, Options, Prompt, backoff};

/// What the body of a successful answer turned out to be.
#[derive(Debug)]
pub(super) enum Answer {
    /// At least one sample.
    Choices(Vec<Completion>),
    /// An error in spite of the status, with its own status where it names one.
    Error(Option<u16>, String),
    /// Broken off on the way: another try may help.
    Broken(String),
    /// Something else.
    Foreign(String),
}

/// Where requests for this prompt go, below the base address.
pub(super) fn endpoint(prompt: &Prompt) -> &'static str {
    match prompt {
        Prompt::Messages(_) => "chat/completions",
        Prompt::Text(_) => "completions",
    }
}

/// The body of a request for samples `first..first + n`.
pub(super) fn body(model: &str, options: &Options, job: &Job, first: usize, n: usize) -> Vec<u8> {
    let mut body = Map::new();
    body.insert("model".to_owned(), json!(model));
    let chat = matches!(job.prompt, Prompt::Messages(_));
    match &job.prompt {
        Prompt::Messages(messages) => body.insert("messages".to_owned(), json!(messages)),
        Prompt::Text(text) => body.insert("prompt".to_owned(), json!(text)),
    };
    let seed = options.seed.map(|seed| backoff::request_seed(seed, &job.key, first));
    let fields = [
        ("n", (n > 1).then(|| json!(n))),
        ("temperature", Some(json!(options.temperature))),
        ("top_p", Some(json!(options.top_p))),
        ("top_k", options.top_k.map(Value::from)),
        ("min_p", options.min_p.map(Value::from)),
        ("max_tokens", options.max_tokens.map(Value::from)),
        ("stop", (!options.stop.is_empty()).then(|| json!(options.stop))),
        ("seed", seed.map(Value::from)),
        // A switch for conversations, for plain text a number of alternatives.
        ("logprobs", options.logprobs.then(|| if chat { json!(true) } else { json!(1) })),
    ];
    body.extend(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    for (name, value) in &options.extra {
        if value.is_null() {
            body.shift_remove(name);
        } else {
            body.insert(name.clone(), value.clone());
        }
    }
    Value::Object(body).to_string().into_bytes()
}

/// The most bytes of an answer with `n` samples: ample for their tokens, and nothing that fills the memory.
pub(super) fn longest_answer(options: &Options, n: usize) -> u64 {
    // A token is a few bytes, six times that where all is escaped; with its alternatives' probabilities a few hundred.
    let token = if options.logprobs { 4096 } else { 64 };
    let tokens = u64::from(options.max_tokens.unwrap_or(1 << 16)).saturating_mul(n as u64);
    tokens.saturating_mul(token).saturating_add(1 << 20).min(256 << 20)
}

/// What counts of an answer. All may be missing: servers differ.
#[derive(Deserialize)]
struct Body {
    choices: Option<Vec<Choice>>,
    usage: Option<Usage>,
    error: Option<Value>,
    // An error that is the whole body, in vLLM's older form.
    object: Option<String>,
    message: Option<Value>,
    code: Option<Value>,
}

#[derive(Deserialize)]
struct Usage {
    completion_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Choice {
    index: Option<u64>,
    message: Option<Message>,
    text: Option<String>,
    finish_reason: Option<String>,
    logprobs: Option<Logprobs>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
    reasoning_content: Option<String>,
    reasoning: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`content` is neither text nor null nor a list of parts")]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

/// Of the parts, the texts count.
#[derive(Deserialize)]
struct Part {
    text: Option<String>,
}

/// Either endpoint's form.
#[derive(Deserialize)]
struct Logprobs {
    content: Option<Vec<Token>>,
    token_logprobs: Option<Vec<Option<f64>>>,
}

#[derive(Deserialize)]
struct Token {
    logprob: Option<f64>,
}

/// Reads the body of a successful answer.
pub(super) fn read(bytes: &[u8]) -> Answer {
    let body: Body = match serde_json::from_slice(bytes) {
        Ok(body) => body,
        Err(_) if bytes.trim_ascii().is_empty() => return Answer::Broken("an empty body".to_owned()),
        Err(error) if error.is_eof() => {
            return Answer::Broken(format!("a JSON text that ends after {} bytes", bytes.len()));
        }
        Err(error) if error.is_syntax() => {
            return Answer::Foreign(format!("not JSON: {}", String::from_utf8_lossy(bytes)));
        }
        Err(error) => return Answer::Foreign(error.to_string()),
    };
    if let Some(error) = body.error {
        return in_band_error(&error);
    }
    if body.object.as_deref() == Some("error") {
        return in_band_error(&json!({ "message": body.message, "code": body.code }));
    }
    let Some(mut choices) = body.choices else {
        return Answer::Foreign(format!("no list `choices` in {}", String::from_utf8_lossy(bytes)));
    };
    if choices.is_empty() {
        return Answer::Broken("an empty list of choices".to_owned());
    }
    let total = body.usage.and_then(|usage| usage.completion_tokens).filter(|_| choices.len() == 1);
    // Stable: where the server numbers nothing, its order stays.
    choices.sort_by_key(|choice| choice.index);
    let read: Result<_, _> = choices.into_iter().map(|choice| completion(choice, total)).collect();
    read.map_or_else(|not| not, Answer::Choices)
}

fn in_band_error(error: &Value) -> Answer {
    let said = error.as_str().map(str::to_owned).or_else(|| message(error)).unwrap_or_else(|| error.to_string());
    let code = error.get("code").or_else(|| error.get("status"));
    let status = code.and_then(|code| code.as_u64().or_else(|| code.as_str()?.parse().ok()));
    Answer::Error(status.and_then(|status| u16::try_from(status).ok()).filter(|status| *status >= 400), said)
}

/// The words of an error body: `OpenAI`'s, `FastAPI`'s (`detail`) or the text itself.
pub(super) fn error_words(bytes: &[u8]) -> String {
    let parsed: Option<Value> = serde_json::from_slice(bytes).ok();
    parsed.as_ref().and_then(message).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

fn message(value: &Value) -> Option<String> {
    for name in ["error", "message", "detail"] {
        match value.get(name) {
            Some(Value::String(text)) => return Some(text.clone()),
            Some(inner @ Value::Object(_)) => return message(inner).or_else(|| Some(inner.to_string())),
            Some(inner @ Value::Array(_)) => return Some(inner.to_string()),
            _ => {}
        }
    }
    None
}

fn completion(choice: Choice, total: Option<u64>) -> Result<Completion, Answer> {
    let (text, reasoning) = match (choice.message, choice.text) {
        (Some(message), _) => {
            let text = match message.content {
                // Reasoning only, a tool call, nothing said.
                None => String::new(),
                Some(Content::Text(text)) => text,
                Some(Content::Parts(parts)) => parts.into_iter().filter_map(|part| part.text).collect(),
            };
            let reasoning = [message.reasoning_content, message.reasoning];
            (text, reasoning.into_iter().flatten().find(|text| !text.is_empty()))
        }
        (None, Some(text)) => (text, None),
        (None, None) => return Err(Answer::Foreign("a choice with neither `message` nor `text`".to_owned())),
    };
    let finish_reason = choice.finish_reason.unwrap_or_default();
    if matches!(finish_reason.as_str(), "abort" | "error") || (finish_reason.is_empty() && text.is_empty()) {
        return Err(Answer::Broken(format!("a sample that was broken off (finish_reason `{finish_reason}`)")));
    }
    let logprobs = choice.logprobs.and_then(sum);
    let tokens = total.or_else(|| logprobs.map(|(_, count)| count));
    Ok(Completion { text, reasoning, finish_reason, tokens, logprob: logprobs.map(|(sum, _)| sum) })
}

/// Sum of the tokens' logarithms and their number; nothing where one is missing.
fn sum(logprobs: Logprobs) -> Option<(f64, u64)> {
    let list: Vec<Option<f64>> = match logprobs.content {
        Some(content) => content.into_iter().map(|token| token.logprob).collect(),
        None => logprobs.token_logprobs?,
    };
    Some((list.iter().copied().sum::<Option<f64>>()?, list.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Completion {
        match read(text.as_bytes()) {
            Answer::Choices(mut choices) if choices.len() == 1 => choices.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_choice_may_have_no_text() {
        let thought = one(
            r#"{"choices":[{"message":{"content":null,"reasoning_content":"hm"},"finish_reason":"length"}],"usage":{"completion_tokens":5}}"#,
        );
        assert_eq!(thought.text, "");
        assert_eq!(thought.reasoning.as_deref(), Some("hm"));
        assert_eq!((thought.finish_reason.as_str(), thought.tokens), ("length", Some(5)));
        let tool = one(r#"{"choices":[{"message":{"content":null,"tool_calls":[]},"finish_reason":"tool_calls"}]}"#);
        assert_eq!((tool.text.as_str(), tool.finish_reason.as_str()), ("", "tool_calls"));
        let parts =
            one(r#"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image"},{"text":"b"}]}}]}"#);
        assert_eq!((parts.text.as_str(), parts.finish_reason.as_str()), ("ab", ""));
    }

    #[test]
    fn samples_that_were_broken_off_are_no_samples() {
        for choice in [
            r#"{"text":"half a li","finish_reason":"abort"}"#,
            r#"{"message":{"content":"half"},"finish_reason":"error"}"#,
            r#"{"text":"","finish_reason":null}"#,
            r#"{"message":{"content":null}}"#,
        ] {
            let answer = format!(r#"{{"choices":[{{"text":"whole","finish_reason":"stop"}},{choice}]}}"#);
            assert!(matches!(read(answer.as_bytes()), Answer::Broken(_)), "{choice}");
        }
        assert_eq!(one(r#"{"choices":[{"text":"","finish_reason":"stop"}]}"#).text, "");
    }

    #[test]
    fn answers_are_bounded_by_what_was_asked_for() {
        let options = Options { max_tokens: Some(1024), ..Options::default() };
        assert_eq!(longest_answer(&options, 8), 8 * 1024 * 64 + (1 << 20));
        assert_eq!(longest_answer(&Options::default(), 1), 5 << 20);
        assert_eq!(longest_answer(&options, usize::MAX), 256 << 20);
    }

    #[test]
    fn choices_come_in_the_order_of_their_numbers() {
        let answer = br#"{"choices":[{"index":1,"text":"b"},{"index":0,"text":"a"}],"usage":{"completion_tokens":9}}"#;
        let Answer::Choices(choices) = read(answer) else { panic!("no choices") };
        assert_eq!(choices.iter().map(|choice| choice.text.as_str()).collect::<String>(), "ab");
        // Of both together: nobody knows whose.
        assert_eq!(choices[0].tokens, None);
    }

    #[test]
    fn logprobs_of_either_form_are_summed() {
        let chat = one(
            r#"{"choices":[{"message":{"content":"x"},"logprobs":{"content":[{"logprob":-0.5},{"logprob":-0.25}]}}]}"#,
        );
        assert_eq!((chat.logprob, chat.tokens), (Some(-0.75), Some(2)));
        let text = one(r#"{"choices":[{"text":"x","logprobs":{"token_logprobs":[-1.0,-2.0]}}]}"#);
        assert_eq!(text.logprob, Some(-3.0));
        let hole = one(r#"{"choices":[{"text":"x","logprobs":{"token_logprobs":[null,-2.0]}}]}"#);
        assert_eq!((hole.logprob, hole.tokens), (None, None));
    }

    #[test]
    fn what_is_not_an_answer_is_told_apart() {
        assert!(matches!(read(b""), Answer::Broken(_)));
        assert!(matches!(read(b"{\"choices\": [{\"te"), Answer::Broken(_)));
        assert!(matches!(read(b"{\"choices\": []}"), Answer::Broken(_)));
        assert!(matches!(read(b"<html>"), Answer::Foreign(_)));
        assert!(matches!(read(b"[]"), Answer::Foreign(_)));
        assert!(matches!(read(b"{\"choices\": [{}]}"), Answer::Foreign(_)));
        assert!(matches!(read(b"{\"choices\": [{\"message\":{\"content\":3}}]}"), Answer::Foreign(_)));
        assert!(
            matches!(read(br#"{"error":{"message":"no","code":429}}"#), Answer::Error(Some(429), said) if said == "no")
        );
        assert!(matches!(read(br#"{"object":"error","message":"no","code":"400"}"#), Answer::Error(Some(400), _)));
        assert!(matches!(read(br#"{"error":"no"}"#), Answer::Error(None, said) if said == "no"));
        assert!(
            matches!(read(br#"{"error":{"code":"bad_n","message":"no"}}"#), Answer::Error(None, said) if said == "no")
        );
    }

    #[test]
    fn requests_say_what_was_set_and_nothing_else() {
        let job = Job { key: "k".to_owned(), prompt: Prompt::Text("p".to_owned()), first_index: 0, n: 1 };
        let text = |options: &Options, n| String::from_utf8(body("m", options, &job, 0, n)).unwrap_or_default();
        assert_eq!(text(&Options::default(), 1), r#"{"model":"m","prompt":"p","temperature":1.0,"top_p":1.0}"#);
        let mut options = Options {
            temperature: 0.8,
            top_p: 0.95,
            top_k: Some(40),
            min_p: Some(0.05),
            max_tokens: Some(16),
            stop: vec!["\n\n".to_owned()],
            logprobs: true,
            ..Options::default()
        };
        options.extra.insert("max_tokens".to_owned(), Value::Null);
        options.extra.insert("ignore_eos".to_owned(), json!(true));
        assert_eq!(
            text(&options, 3),
            r#"{"model":"m","prompt":"p","n":3,"temperature":0.8,"top_p":0.95,"top_k":40,"min_p":0.05,"stop":["\n\n"],"logprobs":1,"ignore_eos":true}"#
        );
    }
}
