//! The protocol: request bodies and answers, as `OpenAI` defines them and vLLM, `SGLang` and llama.cpp speak them.

use serde_json::{Map, Value, json};

use super::{
    Completion, Job, Options, Prompt, backoff,
    json::{self, Flaw},
};

/// The content of the body of a successful answer.
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

/// The path for requests with this prompt, below the base address.
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

/// Reads the body of a successful answer. Only what makes a sample is looked at, and of that only the text must be what it should be:
/// servers differ, and what is odd elsewhere costs no sample.
pub(super) fn read(bytes: &[u8]) -> Answer {
    let body = match json::parse(bytes) {
        Ok(body) => body,
        Err(_) if bytes.trim_ascii().is_empty() => return Answer::Broken("an empty body".to_owned()),
        Err(Flaw::CutOff) => return Answer::Broken(format!("a JSON text that ends after {} bytes", bytes.len())),
        Err(Flaw::Foreign) => return Answer::Foreign(format!("not JSON: {}", String::from_utf8_lossy(bytes))),
    };
    if let Some(error) = body.get("error").filter(|error| says_something(error)) {
        return in_band_error(error);
    }
    // An error that is the whole body, in vLLM's older form.
    if body["object"] == "error" {
        return in_band_error(&body);
    }
    let Some(choices) = body["choices"].as_array() else {
        return Answer::Foreign(format!("no list `choices` in {}", String::from_utf8_lossy(bytes)));
    };
    if choices.is_empty() {
        return Answer::Broken("an empty list of choices".to_owned());
    }
    let total = count(&body["usage"]["completion_tokens"]).filter(|_| choices.len() == 1);
    let mut choices: Vec<&Value> = choices.iter().collect();
    // Stable: where the server numbers nothing, its order stays.
    choices.sort_by_key(|choice| count(&choice["index"]));
    let read: Result<_, _> = choices.into_iter().map(|choice| completion(choice, total)).collect();
    read.map_or_else(|not| not, Answer::Choices)
}

/// Whether a field `error` is more than a place for one.
fn says_something(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

/// A number of things, however it is written.
fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let number = number.as_f64().filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number in range")]
            Some(number as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, or the texts of a list of parts; nothing where it is neither.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => Some(parts.iter().filter_map(text_of).collect()),
        Value::Object(part) => part.get("text").or_else(|| part.get("content")).and_then(text_of),
        _ => None,
    }
}

fn in_band_error(error: &Value) -> Answer {
    let said = error.as_str().map(str::to_owned).or_else(|| message(error)).unwrap_or_else(|| error.to_string());
    let code = error.get("code").or_else(|| error.get("status"));
    let status = code.and_then(|code| code.as_u64().or_else(|| code.as_str()?.parse().ok()));
    Answer::Error(status.and_then(|status| u16::try_from(status).ok()).filter(|status| *status >= 400), said)
}

/// The words of an error body: `OpenAI`'s, `FastAPI`'s (`detail`) or the text itself.
pub(super) fn error_words(bytes: &[u8]) -> String {
    let parsed = json::parse(bytes).ok();
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

fn completion(choice: &Value, total: Option<u64>) -> Result<Completion, Answer> {
    let message = &choice["message"];
    let (text, reasoning) = match (message, &choice["text"]) {
        (Value::Object(_), _) => {
            let text = match &message["content"] {
                // Reasoning only, a tool call, nothing said.
                Value::Null => String::new(),
                content => text_of(content).ok_or_else(|| {
                    Answer::Foreign("`content` is neither text nor null nor a list of parts".to_owned())
                })?,
            };
            let reasoning = ["reasoning_content", "reasoning"].into_iter().filter_map(|name| text_of(&message[name]));
            (text, reasoning.into_iter().find(|text| !text.is_empty()))
        }
        (_, Value::String(text)) => (text.clone(), None),
        _ => return Err(Answer::Foreign("a choice with neither `message` nor `text`".to_owned())),
    };
    let finish_reason = finish_reason(&choice["finish_reason"]);
    if matches!(finish_reason.as_str(), "abort" | "error") || (finish_reason.is_empty() && text.is_empty()) {
        return Err(Answer::Broken(format!("a sample that was broken off (finish_reason `{finish_reason}`)")));
    }
    let logprobs = sum(&choice["logprobs"]);
    let tokens = total.or_else(|| logprobs.map(|(_, count)| count));
    Ok(Completion { text, reasoning, finish_reason, tokens, logprob: logprobs.map(|(sum, _)| sum) })
}

/// The server's word for why a sample ended; `SGLang` has it as the `type` of an object at times.
fn finish_reason(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Object(fields) => fields.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// The sum of the tokens' logarithms, in either endpoint's form, and their number; nothing where one is missing or no number.
fn sum(logprobs: &Value) -> Option<(f64, u64)> {
    let list: Vec<Option<f64>> = match logprobs["content"].as_array() {
        Some(content) => content.iter().map(|token| token["logprob"].as_f64()).collect(),
        None => logprobs["token_logprobs"].as_array()?.iter().map(Value::as_f64).collect(),
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
    fn what_is_odd_beside_the_text_costs_no_sample() {
        for (field, value) in [
            ("index", "\"0\""),
            ("index", "-1"),
            ("index", "{}"),
            ("finish_reason", r#"{"type":"stop","matched":2}"#),
            ("finish_reason", "1"),
            ("finish_reason", "[]"),
            ("logprobs", r#"{"content":[{"logprob":NaN}]}"#),
            ("logprobs", r#"{"content":"none"}"#),
            ("logprobs", r#"{"token_logprobs":[{}]}"#),
            ("logprobs", "[-Infinity]"),
            ("error", "null"),
            ("stop_reason", r#"["\ud83d"]"#),
        ] {
            for message in [r#""message":{"content":"fixed"}"#, r#""text":"fixed""#] {
                let completion = one(&format!(r#"{{"choices":[{{{message},"{field}":{value}}}]}}"#));
                assert_eq!((completion.text.as_str(), completion.logprob), ("fixed", None), "{field}: {value}");
            }
        }
        for (reasoning, expected) in [
            (r#"{"content":"hm"}"#, Some("hm")),
            (r#"[{"text":"h"},{"summary":3},"m"]"#, Some("hm")),
            ("7", None),
            (r#"{"tokens":3}"#, None),
            ("[]", None),
        ] {
            let read = one(&format!(r#"{{"choices":[{{"message":{{"content":"x","reasoning":{reasoning}}}}}]}}"#));
            assert_eq!((read.text.as_str(), read.reasoning.as_deref()), ("x", expected), "{reasoning}");
        }
        for (usage, tokens) in [
            ("9", Some(9)),
            ("9.0", Some(9)),
            ("\"9\"", Some(9)),
            ("-1", None),
            ("9.5", None),
            ("NaN", None),
            ("{}", None),
            ("1e300", None),
        ] {
            let read = one(&format!(r#"{{"choices":[{{"text":"x"}}],"usage":{{"completion_tokens":{usage}}}}}"#));
            assert_eq!((read.text.as_str(), read.tokens), ("x", tokens), "{usage}");
        }
        for beside in [
            r#""usage":[]"#,
            r#""usage":"none""#,
            r#""error":{}"#,
            r#""error":"""#,
            r#""error":false"#,
            r#""object":7"#,
        ] {
            assert_eq!(one(&format!(r#"{{"choices":[{{"text":"x"}}],{beside}}}"#)).text, "x", "{beside}");
        }
        let half = one(r#"{"choices":[{"message":{"content":"half \ud83d of it"}}]}"#);
        assert_eq!(half.text, "half \u{FFFD} of it");
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
