//! Chat templates against what `transformers` printed (`chat/make.py`).

use std::{collections::BTreeMap, fs, path::PathBuf};

use tracewright::internals::prompt::{
    Condition, Message, Prompt, Role,
    chat::{ChatError, ChatOptions, ChatTemplate},
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/prompts/chat")
}

fn options() -> ChatOptions {
    ChatOptions::default().with_date("2024-07-06T09:05:00").unwrap()
}

fn rendered(template: &ChatTemplate, messages: &[Message], options: &ChatOptions) -> String {
    match template.render(messages, options) {
        Ok(text) => text,
        Err(ChatError::Refused { message, .. }) => format!("refused: {message}"),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn as_transformers_renders_them() {
    let conversations = fs::read_to_string(folder().join("conversations.json")).unwrap();
    let conversations: BTreeMap<String, Vec<Message>> = serde_json::from_str(&conversations).unwrap();
    let mut templates = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(expected) = fs::read_to_string(path.join("transformers.json")) else { continue };
        let mut expected: BTreeMap<String, String> = serde_json::from_str(&expected).unwrap();
        let template = ChatTemplate::load(&path).unwrap();
        let variables = serde_json::from_str(r#"{"enable_thinking": false, "date_string": "7 Jul 2024"}"#).unwrap();
        let options = ChatOptions { variables, ..options() };
        let text = rendered(&template, &conversations["one"], &options);
        assert_eq!(text, expected.remove("variables").unwrap(), "{}", path.display());
        for (case, expected) in expected {
            let (name, form) = case.split_once(", ").unwrap();
            let options = ChatOptions { add_generation_prompt: form == "prompt", ..self::options() };
            assert_eq!(rendered(&template, &conversations[name], &options), expected, "{}: {case}", path.display());
        }
        templates += 1;
    }
    assert_eq!(templates, 10);
}

#[test]
fn errors_say_where() {
    let parse =
        |template: &str| ChatTemplate::parse("t.json", &serde_json::json!({ "chat_template": template }).to_string());
    let message = |template: &str| match parse(template) {
        Ok(template) => template.render(&[], &ChatOptions::default()).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    };
    assert!(message("{{ 1 }}\n{% for x in %}").starts_with("t.json:2: syntax error:"), "{}", message("{% for x in %}"));
    assert!(message("\n\n{{ messages[0].content.nope() }}").starts_with("t.json:3: "));
    assert_eq!(message("{{ raise_exception('no') }}"), "t.json: the chat template refuses these messages: no");
    let endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    assert!(message(endless).contains("ran out of fuel"), "{}", message(endless));
    assert!(message("{{ strftime_now('%') }}").contains("strftime_now"));
    let date = ChatOptions::default().with_date("yesterday").unwrap_err().to_string();
    assert_eq!(date, "`yesterday` is no date: write 2024-07-26 or 2024-07-26T12:00:00");
}

#[test]
fn nothing_comes_from_the_clock() {
    let config = serde_json::json!({ "chat_template": "{{ strftime_now('%d %b %Y') }}" }).to_string();
    let template = ChatTemplate::parse("t.json", &config).unwrap();
    assert_eq!(template.render(&[], &ChatOptions::default()).unwrap(), "26 Jul 2024");
}

#[test]
fn a_prefill_goes_behind_the_opening_of_the_answer() {
    let template = ChatTemplate::load(&folder().join("chatml")).unwrap();
    assert_eq!(template.token("eos_token"), Some("<|im_end|>"));
    let message = Message { role: Role::User, content: "Q".to_owned() };
    let prompt = Prompt { text: "Q".to_owned(), messages: vec![message], prefill: "A:".to_owned(), stop: vec![] };
    let text = template.prompt(&prompt, &ChatOptions::default()).unwrap();
    assert_eq!(text, "<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\nA:");
    assert_eq!(prompt.answer(" 42"), "A: 42");
    assert_eq!(Condition::default(), Condition { trace: true, rationale: true });
}
