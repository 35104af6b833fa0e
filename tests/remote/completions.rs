//! The client against a real server process that misbehaves on command.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    process::{Command, Output},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tracewright::internals::{
    model::remote::{Completion, Finished, Job, Options, Prompt, Remote, RemoteError},
    prompt::{Message, Role},
};

use crate::support::{Server, skip};

/// A variable that nobody else holds, and that is set for every test: a stand-in for an API key.
const KEY_VARIABLE: &str = "CARGO_MANIFEST_DIR";

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    Server::get(&SERVER, "openai.py", &[])
}

fn quick() -> Options {
    Options {
        seed: Some(1),
        first_wait: Duration::from_millis(10),
        timeout: Duration::from_secs(10),
        concurrency: 4,
        max_retries: 3,
        ..Options::default()
    }
}

/// Options with a plan for the server; `id` counts its tries.
fn plan(id: &str, steps: &[&str]) -> Options {
    let mut options = quick();
    options.extra.insert("plan".to_owned(), json!(steps));
    options.extra.insert("plan_id".to_owned(), json!(id));
    options
}

fn chat(key: &str, n: usize) -> Job {
    let message = Message { role: Role::User, content: format!("solve {key}") };
    Job { key: key.to_owned(), prompt: Prompt::Messages(vec![message]), first_index: 0, n }
}

fn text(key: &str, n: usize) -> Job {
    Job { key: key.to_owned(), prompt: Prompt::Text(format!("solve {key}")), first_index: 0, n }
}

type Results = BTreeMap<(String, usize), Result<Completion, RemoteError>>;

fn all(server: &Server, options: Options, jobs: Vec<Job>) -> Results {
    let remote = Remote::new(&server.url(""), "tiny", options).unwrap();
    collect(&remote, jobs)
}

fn collect(remote: &Remote, jobs: Vec<Job>) -> Results {
    let mut results = Results::new();
    let sink = |finished: Finished| {
        let place = (finished.key, finished.index);
        assert!(results.insert(place.clone(), finished.result).is_none(), "{place:?} came twice");
        ControlFlow::Continue(())
    };
    remote.generate(jobs.into_iter(), sink).unwrap();
    results
}

fn only(results: Results) -> Result<Completion, RemoteError> {
    assert_eq!(results.len(), 1);
    results.into_values().next().unwrap()
}

/// One ignored test of this binary in a process of its own, where these variables are set and no others that matter.
fn child(name: &str, settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("completions::{name}"), "--ignored", "--nocapture"]);
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
        command.env_remove(name);
    }
    for name in ["SSL_CERT_DIR", "SSL_CERT_FILE", "OPENAI_API_KEY"] {
        command.env_remove(name);
    }
    command.envs(settings.iter().copied()).output().unwrap()
}

/// The words that the process said.
fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The requests of a plan, in the order of their arrival.
fn requests(server: &Server, id: &str) -> Vec<Value> {
    let log = server.get_json("/log");
    let all = log["requests"].as_array().unwrap();
    all.iter().filter(|request| request["body"]["plan_id"] == id).cloned().collect()
}

#[test]
fn every_index_of_every_job_comes_back_once() {
    let Some(server) = server() else { return };
    let options = Options {
        temperature: 0.8,
        top_p: 0.95,
        max_tokens: Some(64),
        stop: vec!["\n\n".to_owned()],
        logprobs: true,
        ..plan("all", &["ok"])
    };
    let mut late = chat("late", 3);
    late.first_index = 5;
    let results = all(server, options, vec![chat("chat", 3), text("text", 1), late, chat("none", 0)]);
    let places: Vec<_> = results.keys().map(|(key, index)| format!("{key} {index}")).collect();
    assert_eq!(places, ["chat 0", "chat 1", "chat 2", "late 5", "late 6", "late 7", "text 0"]);

    let chat = results[&("chat".to_owned(), 1)].as_ref().unwrap();
    assert!(chat.text.starts_with("sample 1 of seed "));
    // Two logarithms came with it; the seven tokens of each are only told for all three together.
    assert_eq!((chat.finish_reason.as_str(), chat.logprob, chat.tokens), ("stop", Some(-1.5), Some(2)));
    let text = results[&("text".to_owned(), 0)].as_ref().unwrap();
    assert_eq!((text.logprob, text.tokens), (Some(-3.0), Some(7)));

    let requests = requests(server, "all");
    assert_eq!(requests.len(), 3);
    let of = |key: &str| requests.iter().find(|request| request["body"].to_string().contains(key)).unwrap();
    let body = &of("solve chat")["body"];
    assert_eq!(of("solve chat")["path"], "/v1/chat/completions");
    assert_eq!(of("solve text")["path"], "/v1/completions");
    assert_eq!((&body["n"], &body["temperature"], &body["max_tokens"]), (&json!(3), &json!(0.8), &json!(64)));
    assert_eq!((&body["stop"], &body["logprobs"], &body["model"]), (&json!(["\n\n"]), &json!(true), &json!("tiny")));
    assert_eq!(of("solve text")["body"].get("n"), None);
}

#[test]
fn seeds_are_the_same_in_every_run() {
    let Some(server) = server() else { return };
    let options = |id: &str| Options { samples_per_request: 1, ..plan(id, &["ok"]) };
    let first = all(server, options("seeds 1"), vec![text("a", 3), text("b", 2)]);
    let mut rest = text("a", 1);
    rest.first_index = 2;
    let again = all(server, options("seeds 2"), vec![rest, text("b", 2)]);
    assert_eq!(requests(server, "seeds 1").len(), 5);
    for (place, completion) in &again {
        assert_eq!(first[place].as_ref().unwrap().text, completion.as_ref().unwrap().text);
    }
    let distinct: std::collections::BTreeSet<_> =
        first.values().map(|one| one.as_ref().unwrap().text.clone()).collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn samples_that_did_not_come_are_asked_for_again() {
    let Some(server) = server() else { return };
    for (id, step, expected, remembered) in [
        ("ignores", "atmost:1", 5, 1),
        ("caps", "atmost:2", 3, 2),
        ("refuses", "refuse_n:400", 6, 1),
        ("refuses as 500", "refuse_n:500", 6, 1),
        ("too many", "toomany", 1, 4),
    ] {
        let remote = Remote::new(&server.url(""), "tiny", plan(id, &[step])).unwrap();
        let results = collect(&remote, vec![chat("a", 5)]);
        assert_eq!(results.len(), 5, "{id}");
        assert!(results.values().all(Result::is_ok), "{id}: {results:?}");
        assert_eq!(requests(server, id).len(), expected, "{id}");
        assert_eq!(collect(&remote, vec![chat("b", 4)]).len(), 4);
        let next = &requests(server, id)[expected]["body"];
        assert_eq!(next.get("n").map_or(1, |n| n.as_u64().unwrap()), remembered, "{id}");
    }
}

#[test]
fn a_bad_request_for_several_is_tried_once_for_one() {
    let Some(server) = server() else { return };
    let results = all(server, plan("bad", &["status:400"]), vec![chat("a", 4)]);
    assert_eq!(results.len(), 4);
    assert!(results.values().all(|result| matches!(result, Err(RemoteError::Refused { status: 400, .. }))));
    assert_eq!(requests(server, "bad").len(), 2);
}

#[test]
fn passing_faults_are_tried_again() {
    let Some(server) = server() else { return };
    for step in [
        "status:408",
        "status:409",
        "status:429",
        "status:500",
        "status:502",
        "status:503",
        "status:529",
        "half",
        "empty",
        "nothing",
        "midbody",
        "midchunk",
        "error200:503",
        "broken_off:abort",
        "broken_off:error",
        "plain:500",
        "html",
        "nochoices",
        "packed:cut",
        "packed:odd",
        "packed:br",
    ] {
        let id = format!("passing {step}");
        let result = only(all(server, plan(&id, &[step, step, "ok"]), vec![chat("a", 1)]));
        assert!(result.unwrap().text.starts_with("sample 0"), "{step}");
        assert_eq!(requests(server, &id).len(), 3, "{step}");
    }
}

#[test]
fn final_refusals_are_not_tried_again_and_say_what_the_server_said() {
    let Some(server) = server() else { return };
    for status in [400_u16, 401, 402, 403, 404, 405, 413, 418, 501] {
        let id = format!("final {status}");
        let step = format!("status:{status}");
        let error = only(all(server, plan(&id, &[&step]), vec![chat("a", 1)])).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(&format!("status {status} as told")) && told.contains("/v1/chat/completions"), "{told}");
        assert!(told.contains('\n'), "what to do: {told}");
        assert_eq!(requests(server, &id).len(), 1, "{status}");
    }
    let long = only(all(server, plan("long", &["plain:400"]), vec![chat("a", 1)])).unwrap_err().to_string();
    assert!(long.contains("no JSON") && long.len() < 800, "{long}");
    let redirect = only(all(server, plan("redirect", &["redirect"]), vec![chat("a", 1)])).unwrap_err();
    assert!(redirect.to_string().contains("elsewhere.invalid") && redirect.is_for_all());
    let login = only(all(server, plan("login", &["redirect:?secret"]), vec![chat("a", 1)])).unwrap_err();
    assert!(login.to_string().contains("redirects") && !login.to_string().contains("secret"), "{login}");
}

#[test]
fn a_refusal_of_one_task_leaves_the_others_alone() {
    let Some(server) = server() else { return };
    let options = Options { concurrency: 1, ..plan("one refused", &["refuse_word:hopeless:400"]) };
    let results = all(server, options, vec![chat("a", 1), chat("hopeless", 2), chat("b", 2)]);
    assert_eq!(results.len(), 5);
    for ((key, _), result) in &results {
        match result {
            Ok(_) => assert_ne!(key, "hopeless"),
            Err(error) => assert!(key == "hopeless" && !error.is_for_all(), "{key}: {error}"),
        }
    }
}

#[test]
fn what_is_no_completion_is_an_error() {
    let Some(server) = server() else { return };
    for step in ["html", "nochoices"] {
        let error = only(all(server, plan(step, &[step]), vec![chat("a", 1)])).unwrap_err();
        assert!(matches!(error, RemoteError::Protocol { attempts: 3, .. }), "{step}: {error}");
        assert_eq!(requests(server, step).len(), 3);
    }
    let error = only(all(server, plan("in body", &["error200:404"]), vec![chat("a", 1)])).unwrap_err();
    assert!(matches!(&error, RemoteError::Refused { status: 404, said, .. } if said == "in the body"), "{error}");
    let error = only(all(server, plan("in words", &["error_text:not today"]), vec![chat("a", 1)])).unwrap_err();
    assert!(matches!(&error, RemoteError::Refused { said, .. } if said == "not today"), "{error}");
    assert_eq!(requests(server, "in words").len(), 1);

    let long = |size: &str| {
        let options = Options { max_tokens: Some(100), ..plan(&format!("long {size}"), &[&format!("long:{size}")]) };
        only(all(server, options, vec![chat("a", 1)]))
    };
    assert_eq!(long("1000000").unwrap().text.len(), 1_000_000);
    let error = long("1100000").unwrap_err();
    assert!(matches!(&error, RemoteError::Protocol { what, .. } if what.contains("1054976 bytes")), "{error}");
}

#[test]
fn what_a_server_packs_or_garbles_is_read() {
    let Some(server) = server() else { return };
    for (step, begins) in [
        ("packed:gzip", "sample 0"),
        ("packed:x-gzip", "sample 0"),
        ("bytes:surrogate", "sample\u{FFFD} 0"),
        ("bytes:latin1", "sampl\u{FFFD} 0"),
        ("bytes:mark", "sample 0"),
    ] {
        let completion = only(all(server, plan(step, &[step]), vec![chat("a", 1)])).unwrap();
        assert!(completion.text.starts_with(begins), "{step}: {}", completion.text);
        assert_eq!(requests(server, step).len(), 1, "{step}");
    }
}

#[test]
fn answers_without_a_completion_cost_their_own_task_alone() {
    let Some(server) = server() else { return };
    for (step, attempts) in [("foreign_word:hopeless", 3), ("refuse_word:hopeless:500", 4)] {
        let options = Options { concurrency: 1, ..plan(step, &[step]) };
        let results = all(server, options, vec![chat("a", 1), chat("hopeless", 1), chat("b", 2)]);
        assert_eq!(results.len(), 4, "{step}");
        for ((key, _), result) in &results {
            match result {
                Ok(_) => assert_ne!(key, "hopeless", "{step}"),
                Err(error @ RemoteError::Protocol { attempts: tries, .. }) => {
                    assert!(key == "hopeless" && *tries == attempts && !error.is_for_all(), "{step}: {error}");
                }
                Err(error) => panic!("{step}: {error}"),
            }
        }
    }
}

#[test]
fn empty_and_cut_off_samples_say_why() {
    let Some(server) = server() else { return };
    let null = only(all(server, plan("null", &["null"]), vec![chat("a", 1)])).unwrap();
    assert_eq!((null.text.as_str(), null.reasoning, null.finish_reason.as_str()), ("", None, "stop"));
    let thought = only(all(server, plan("reasoning", &["reasoning"]), vec![chat("a", 1)])).unwrap();
    assert_eq!((thought.text.as_str(), thought.reasoning.as_deref()), ("", Some("let me see")));
    assert_eq!(thought.finish_reason, "length");
}

#[test]
fn it_gives_up_after_the_last_try() {
    let Some(server) = server() else { return };
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    let remote = Remote::new(&server.url(""), "tiny", plan("down", &["status:503"])).unwrap().on_retry(move |retry| {
        assert!(retry.why.contains("503") && retry.key == "a");
        count.fetch_add(1, Ordering::Relaxed);
    });
    let error = only(collect(&remote, vec![chat("a", 1)])).unwrap_err();
    assert!(matches!(&error, RemoteError::Unavailable { attempts: 4, last, .. } if last.contains("503")), "{error}");
    assert_eq!((seen.load(Ordering::Relaxed), requests(server, "down").len()), (3, 4));
}

#[test]
fn a_panic_in_a_callback_goes_on_in_the_caller() {
    let Some(server) = server() else { return };
    let remote = Remote::new(&server.url(""), "tiny", plan("panic", &["status:503"])).unwrap();
    let remote = remote.on_retry(|_| panic::resume_unwind(Box::new("on purpose")));
    let payload =
        panic::catch_unwind(AssertUnwindSafe(|| collect(&remote, vec![chat("a", 1), chat("b", 1)]))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"on purpose"));
}

#[test]
fn a_short_retry_after_does_not_switch_the_backoff_off() {
    let Some(server) = server() else { return };
    let options = Options { first_wait: Duration::from_millis(100), ..plan("short", &["status:503:0"]) };
    let begun = Instant::now();
    assert!(only(all(server, options, vec![chat("a", 1)])).is_err());
    // Half of 100, 200 and 400 ms at least; without the backoff 300 ms at most, and the server is on this machine.
    assert!(begun.elapsed() >= Duration::from_millis(350), "{:?}", begun.elapsed());
}

#[test]
fn who_gives_up_still_holds_the_others_back() {
    let Some(server) = server() else { return };
    let options = Options { max_retries: 0, concurrency: 1, ..plan("gives up", &["status:429:1", "ok"]) };
    let results = all(server, options, vec![chat("a", 1), chat("b", 1)]);
    assert!(results[&("a".to_owned(), 0)].is_err() && results[&("b".to_owned(), 0)].is_ok());
    let times: Vec<f64> = requests(server, "gives up").iter().map(|one| one["time"].as_f64().unwrap()).collect();
    assert!(times[1] - times[0] >= 0.95, "{times:?}");
}

#[test]
fn retry_after_is_honoured_by_every_request() {
    let Some(server) = server() else { return };
    // One is told to wait while another is being answered; a third, asked for when that one is done, waits as well.
    let options = Options { concurrency: 2, ..plan("after", &["late:0.3:429:1", "slow:0.6", "ok"]) };
    assert_eq!(all(server, options, vec![chat("a", 1), chat("b", 1), chat("c", 1)]).len(), 3);
    let times: Vec<f64> = requests(server, "after").iter().map(|request| request["time"].as_f64().unwrap()).collect();
    assert_eq!(times.len(), 4);
    assert!(times[2] - times[0] >= 1.2, "{times:?}");

    let options = Options { longest_wait: Duration::from_secs(5), ..plan("too long", &["status:429:3600"]) };
    let begun = Instant::now();
    let error = only(all(server, options, vec![chat("a", 1)])).unwrap_err();
    assert!(matches!(error, RemoteError::Wait { wait, .. } if wait == Duration::from_hours(1)), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn slow_answers_run_into_the_limit() {
    let Some(server) = server() else { return };
    let options = Options { timeout: Duration::from_millis(300), max_retries: 1, ..plan("slow", &["slow:2", "ok"]) };
    assert!(only(all(server, options, vec![chat("a", 1)])).is_ok());
    let options = Options { timeout: Duration::from_millis(300), max_retries: 0, ..plan("slower", &["slow:2"]) };
    let error = only(all(server, options, vec![chat("a", 1)])).unwrap_err().to_string();
    assert!(error.contains("timeout"), "{error}");
}

#[test]
fn no_more_requests_than_allowed_at_the_same_time() {
    let Some(server) = server() else { return };
    let options = Options { concurrency: 3, ..plan("many", &["slow:0.1"]) };
    let remote = Remote::new(&server.url(""), "tiny", options).unwrap();
    let taken = Arc::new(Mutex::new((0_usize, 0_usize)));
    let pulled = Arc::clone(&taken);
    let jobs = (0..9).map(move |index| {
        pulled.lock().unwrap().0 += 1;
        text(&format!("{index}"), 1)
    });
    let sink = |_| {
        let mut taken = taken.lock().unwrap();
        taken.1 += 1;
        assert!(taken.0 - taken.1 < 3, "jobs are taken before there is room for them: {taken:?}");
        ControlFlow::Continue(())
    };
    remote.generate(jobs, sink).unwrap();
    assert_eq!(*taken.lock().unwrap(), (9, 9));
    assert_eq!(server.get_json("/log")["most"]["many"], 3);
}

#[test]
fn finished_samples_come_at_once_and_a_break_is_not_kept_waiting() {
    let Some(server) = server() else { return };
    let options = Options { concurrency: 2, ..plan("first slow", &["slow:5", "ok"]) };
    let remote = Remote::new(&server.url(""), "tiny", options).unwrap();
    let begun = Instant::now();
    let mut count = 0;
    let sink = |finished: Finished| {
        assert!(finished.result.is_ok());
        count += 1;
        if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    remote.generate((0..8).map(|index| text(&index.to_string(), 1)), sink).unwrap();
    assert_eq!(count, 3);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[test]
fn a_server_that_is_not_there_is_named() {
    // Bound and given up: nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let remote = Remote::new(&url, "tiny", Options { max_retries: 1, ..quick() }).unwrap();
    let error = only(collect(&remote, vec![chat("a", 1)])).unwrap_err();
    assert!(error.is_for_all());
    let told = error.to_string();
    assert!(told.contains(&url) && told.contains("2 tries") && told.contains("refused"), "{told}");
}

#[test]
fn a_server_without_tls_is_told_at_once() {
    let Some(server) = server() else { return };
    let url = server.url("").replace("http:", "https:");
    let remote = Remote::new(&url, "tiny", quick()).unwrap().on_retry(|retry| panic!("{retry:?}"));
    let error = only(collect(&remote, vec![chat("a", 1)])).unwrap_err();
    assert!(error.is_for_all() && error.to_string().contains("try http://"), "{error}");
}

#[test]
fn the_key_is_sent_and_shown_nowhere() {
    let Some(server) = server() else { return };
    let key = std::env::var(KEY_VARIABLE).unwrap();
    let with_key =
        |id: &str, steps: &[&str]| Options { api_key_variable: Some(KEY_VARIABLE.to_owned()), ..plan(id, steps) };
    let options = with_key("key", &["tell_key:401"]);
    let remote = Remote::new(&server.url(""), "tiny", options).unwrap();
    let error = only(collect(&remote, vec![chat("a", 1)])).unwrap_err();
    assert_eq!(requests(server, "key")[0]["authorization"], format!("Bearer {key}"));
    let told = format!("{error} {error:?} {remote:?}");
    assert!(told.contains("wrong key: Bearer [API key]") && !told.contains(&key), "{told}");
    let error = only(all(server, with_key("key 500", &["tell_key:500"]), vec![chat("a", 1)])).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(&key));
    // Where a text is cut, with the beginning of the key before the cut.
    for at in [200, 390] {
        let steps = format!("key_late:{at}");
        let error = only(all(server, with_key(&format!("key {at}"), &[&steps]), vec![chat("a", 1)])).unwrap_err();
        assert!(error.to_string().contains("not JSON: xxx"), "{error}");
        assert!(!error.to_string().contains(&format!("Bearer {}", &key[..1])), "{error}");
    }

    let missing = Options { api_key_variable: Some("NO_SUCH_VARIABLE_HERE".to_owned()), ..quick() };
    let error = Remote::new("http://h", "m", missing).unwrap_err().to_string();
    assert!(error.contains("NO_SUCH_VARIABLE_HERE is not set"), "{error}");
}

#[test]
fn the_usual_key_is_sent_where_nobody_else_can_read_it() {
    let Some(server) = server() else { return };
    let run = |url: &str, id: &str, settings: &[(&str, &str)]| {
        let mut settings = settings.to_vec();
        settings.extend([("TEST_SERVER", url), ("TEST_PLAN", id)]);
        let output = child("child_that_asks", &settings);
        assert!(output.status.success(), "{}", told(&output));
        requests(server, id)[0]["authorization"].clone()
    };
    let key = ("OPENAI_API_KEY", "usual");
    assert_eq!(run(&server.url(""), "usual", &[key]), "Bearer usual");
    assert_eq!(run(&server.url(""), "none", &[]), Value::Null);
    let proxy = format!("127.0.0.1:{}", server.port);
    assert_eq!(run("http://model.invalid", "far", &[key, ("http_proxy", &proxy)]), Value::Null);
    // A proxy that leads nowhere: this machine is reached without.
    assert_eq!(run(&server.url(""), "near", &[("http_proxy", "proxy.invalid")]), Value::Null);
}

#[test]
fn proxies_of_the_environment_are_used() {
    let Some(server) = server() else { return };
    let run = |settings: &[(&str, &str)]| {
        // The host's name resolves nowhere: only a proxy can reach it.
        let target = [("TEST_SERVER", "http://model.invalid:8000"), ("TEST_PLAN", "proxied")];
        child("child_that_asks", &[settings, &target].concat())
    };
    let proxy = format!("http://me:pass%20word@127.0.0.1:{}", server.port);
    let used = run(&[("http_proxy", &proxy)]);
    assert!(used.status.success(), "{}", told(&used));
    let log = server.get_json("/log");
    let tunnel = log["requests"].as_array().unwrap().iter().find(|request| request["connect"] == "model.invalid:8000");
    assert_eq!(tunnel.unwrap()["authorization"], "Basic bWU6cGFzcyB3b3Jk");
    assert!(!run(&[("http_proxy", &proxy), ("no_proxy", "model.invalid")]).status.success());
    let bad = run(&[("http_proxy", "http://me:secret@")]);
    assert!(!bad.status.success() && told(&bad).contains("http_proxy") && !told(&bad).contains("secret"), "{bad:?}");
}

#[test]
#[ignore = "run by others, in a process with other variables"]
fn child_that_asks() {
    let url = std::env::var("TEST_SERVER").unwrap();
    let options = Options { max_retries: 0, ..plan(&std::env::var("TEST_PLAN").unwrap(), &["ok"]) };
    let remote = Remote::new(&url, "tiny", options).unwrap();
    only(collect(&remote, vec![chat("a", 1)])).unwrap();
}

#[test]
fn certificates_of_the_machine_are_trusted_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let [certificate, key] = ["certificate.pem", "key.pem"].map(|name| folder.path().join(name).display().to_string());
    // Not an authority of its own, as servers' certificates are not.
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=a server of the tests", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", &key, "-out", &certificate])
        .output();
    let Ok(made) = made else { return skip("openssl") };
    assert!(made.status.success(), "{made:?}");
    let Some(server) = Server::start("openai.py", &[&certificate, &key]) else { return };
    let url = server.url("").replace("http:", "https:");
    let run = |trusted: &[(&str, &str)]| {
        child("child_that_asks", &[trusted, &[("TEST_SERVER", url.as_str()), ("TEST_PLAN", "secure")]].concat())
    };
    let trusted = run(&[("SSL_CERT_FILE", &certificate)]);
    assert!(trusted.status.success(), "{}", told(&trusted));
    let refused = run(&[]);
    assert!(!refused.status.success() && told(&refused).contains("no secure connection"), "{}", told(&refused));
    // A key is no certificate. Whoever names what to trust does not mean all of Mozilla's.
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let wrong = run(&[(name, if name == "SSL_CERT_FILE" { &key } else { "/no/such/folder" })]);
        assert!(!wrong.status.success() && told(&wrong).contains(name), "{}", told(&wrong));
    }
}
