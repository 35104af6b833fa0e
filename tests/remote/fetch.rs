//! Fetching from a real server process with the hub's addresses, which misbehaves for some repositories.

use std::{fs, path::Path, sync::OnceLock, time::Duration};

use serde_json::Value;
use tempfile::TempDir;
use tracewright::internals::{
    dataset::fetch::{
        FetchError, FetchOptions, Fetched, KnownDataset, KnownFile, LOCK_FILE, Origin, Progress, Token, fetch,
    },
    hub::Kind,
    model::{Checkpoint, ModelError, published},
};

use crate::support::Server;

const FIRST: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const SECOND: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const GITHUB: &str = "cccccccccccccccccccccccccccccccccccccccc";

const LINES: &[KnownFile] = &[KnownFile { to: "set/lines.jsonl", parts: &[&["nothing", "test.jsonl"]], sha256: None }];

#[cfg(feature = "parquet")]
const ROWS: &[KnownFile] =
    &[KnownFile { to: "set/rows.jsonl", parts: &[&["data/train-*.parquet"], &["data/test-*.parquet"]], sha256: None }];
#[cfg(feature = "parquet")]
const BAD: &[KnownFile] = &[KnownFile { to: "set/rows.jsonl", parts: &[&["data/bad.parquet"]], sha256: None }];
const OTHER: &[KnownFile] = &[KnownFile { to: "set/x.jsonl", parts: &[&["a.jsonl", "b-*.jsonl"]], sha256: None }];

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let arguments =
        ["/tests/remote/fixtures/tiny.parquet", "/tests/models/fixtures"].map(|path| format!("{root}{path}"));
    Server::get(&SERVER, "hub.py", &arguments.each_ref().map(String::as_str))
}

fn options(server: &Server) -> FetchOptions {
    FetchOptions {
        endpoint: server.url(""),
        github: server.url("/github"),
        first_wait: Duration::from_millis(5),
        timeout: Duration::from_secs(10),
        ..FetchOptions::default()
    }
}

fn hub(repo: &'static str, files: &'static [KnownFile]) -> KnownDataset {
    KnownDataset {
        name: repo,
        about: "a test",
        licence: "none",
        origin: Origin::Hub { kind: Kind::Dataset, repo, commit: None },
        files,
    }
}

fn get(dataset: &KnownDataset, folder: &TempDir, options: &FetchOptions) -> Result<Fetched, FetchError> {
    fetch(dataset, folder.path(), options, &mut |_| {})
}

fn requests(server: &Server, of: &str) -> Vec<Value> {
    let log = server.get_json("/log");
    log.as_array().unwrap().iter().filter(|one| one["path"].as_str().unwrap().contains(of)).cloned().collect()
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()));
        } else {
            found.push(entry.file_name().into_string().unwrap());
        }
    }
    found.sort();
    found
}

fn right_lines(folder: &TempDir) -> bool {
    let text = fs::read_to_string(folder.path().join("set/lines.jsonl")).unwrap();
    text.lines().count() == 400 && text.lines().enumerate().all(|(i, line)| line.contains(&format!("sample_{i}\"")))
}

#[test]
fn lines_stay_as_they_are_and_the_lock_file_says_what_came() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/once", LINES));
    let mut seen = Vec::new();
    let mut note = |progress: &Progress<'_>| seen.push((progress.path.to_owned(), progress.done, progress.total));
    let fetched = fetch(&dataset, folder.path(), &options(server), &mut note).unwrap();
    assert!(right_lines(&folder));
    assert!(fetched.commit == FIRST && fetched.files[0].new);
    let size = fetched.files[0].size;
    assert_eq!(seen.first(), Some(&("test.jsonl".to_owned(), 0, Some(size))));
    assert_eq!(seen.last(), Some(&("test.jsonl".to_owned(), size, Some(size))));
    assert_eq!(files_below(folder.path()), [LOCK_FILE, "lines.jsonl"]);

    let lock: Value = serde_json::from_str(&fs::read_to_string(folder.path().join(LOCK_FILE)).unwrap()).unwrap();
    let entry = &lock["datasets"]["test/once"];
    assert_eq!((&entry["commit"], &entry["origin"]), (&FIRST.into(), &"hub:test/once".into()));
    assert_eq!(entry["published"]["test.jsonl"]["sha256"], fetched.files[0].sha256);
    assert_eq!(entry["files"]["set/lines.jsonl"]["size"], size);

    let before = requests(server, "test/once").len();
    let again = get(&dataset, &folder, &options(server)).unwrap();
    assert!(!again.files[0].new && again.files[0].sha256 == fetched.files[0].sha256);
    assert_eq!(requests(server, "test/once").len(), before, "nothing is asked for that is there");
}

#[test]
#[cfg(feature = "parquet")]
fn parquet_becomes_lines_in_the_order_of_the_parts() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    get(&hub("test/parquet", ROWS), &folder, &options(server)).unwrap();
    let ours = fs::read_to_string(folder.path().join("set/rows.jsonl")).unwrap();
    let python = include_str!("fixtures/tiny.jsonl");
    let expected: String = python
        .split_terminator('\n')
        .map(|line| format!("{}\n", serde_json::from_str::<Value>(line).unwrap()))
        .collect();
    // Two files match the second part, one the first.
    assert_eq!(ours, expected.repeat(3));
    let lock = fs::read_to_string(folder.path().join(LOCK_FILE)).unwrap();
    let order: Vec<_> =
        ["test-00000-of-00002-1a", "test-00001-of-00002-2b", "train-0"].map(|name| lock.find(name)).into();
    assert!(order.is_sorted() && order[0].is_some(), "{lock}");
}

#[test]
#[cfg(feature = "parquet")]
fn what_is_no_parquet_is_named() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    let error = get(&hub("test/bad", BAD), &folder, &options(server)).unwrap_err();
    assert!(matches!(&error, FetchError::Parquet { what, .. } if what == "data/bad.parquet"), "{error}");
    assert!(!folder.path().join("set").exists() && !folder.path().join(LOCK_FILE).exists());
}

#[test]
fn a_locked_dataset_stays_at_its_commit() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/changing", LINES));
    get(&dataset, &folder, &options(server)).unwrap();
    let first = fs::read(folder.path().join("set/lines.jsonl")).unwrap();
    ureq::post(server.url("/change/test/changing")).config().proxy(None).build().send_empty().unwrap();

    // The lock file alone brings the same bytes back.
    fs::remove_dir_all(folder.path().join("set")).unwrap();
    let again = get(&dataset, &folder, &options(server)).unwrap();
    assert!(again.commit == FIRST && again.files[0].new);
    assert_eq!(fs::read(folder.path().join("set/lines.jsonl")).unwrap(), first);
    let with = |revision: &str| FetchOptions { revision: Some(revision.to_owned()), ..options(server) };
    for revision in ["main", SECOND] {
        let error = get(&dataset, &folder, &with(revision)).unwrap_err();
        assert!(matches!(error, FetchError::Locked { .. }), "{error}");
    }
    assert!(get(&dataset, &folder, &with(FIRST)).is_ok());

    // Without it, `main` is what it is now.
    let other = TempDir::new().unwrap();
    assert_eq!(get(&dataset, &other, &options(server)).unwrap().commit, SECOND);
    assert_eq!(fs::read(other.path().join("set/lines.jsonl")).unwrap().len(), first.len() + 15);
    let pinned = TempDir::new().unwrap();
    assert_eq!(get(&dataset, &pinned, &with(FIRST)).unwrap().commit, FIRST);
    let branch = TempDir::new().unwrap();
    assert_eq!(get(&hub("test/branch", LINES), &branch, &with("refs/pr/1")).unwrap().commit, SECOND);
}

#[test]
fn a_lock_that_does_not_fit_what_comes_is_an_error() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/locked", LINES));
    let sha256 = get(&dataset, &folder, &options(server)).unwrap().files[0].sha256.clone();
    fs::remove_dir_all(folder.path().join("set")).unwrap();
    let path = folder.path().join(LOCK_FILE);
    let lock = fs::read_to_string(&path).unwrap();
    // Of the file as published, which comes first, then of the file in its place.
    let halves = lock.split_once("\"files\"").unwrap();
    let zeros = "0".repeat(64);
    let published = format!("{}\"files\"{}", halves.0.replace(&sha256, &zeros), halves.1);
    let placed = format!("{}\"files\"{}", halves.0, halves.1.replace(&sha256, &zeros));
    assert!(published != lock && placed != lock);
    fs::write(&path, placed).unwrap();
    let error = get(&dataset, &folder, &options(server)).unwrap_err();
    assert!(
        matches!(&error, FetchError::Hash { who: "the lock file", what, .. } if what == "set/lines.jsonl"),
        "{error}"
    );
    fs::write(&path, published).unwrap();
    let error = get(&dataset, &folder, &options(server)).unwrap_err();
    assert!(matches!(&error, FetchError::Hash { who: "the lock file", found, .. } if *found == sha256), "{error}");
    fs::write(&path, &lock[..lock.len() / 2]).unwrap();
    assert!(matches!(get(&dataset, &folder, &options(server)), Err(FetchError::Lock { .. })));
    fs::write(&path, lock.replace("\"version\": 1", "\"version\": 2")).unwrap();
    assert!(matches!(get(&dataset, &folder, &options(server)), Err(FetchError::Lock { .. })));
}

#[test]
fn wrong_bytes_are_not_kept() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    let error = get(&hub("test/wrong", LINES), &folder, &options(server)).unwrap_err();
    assert!(matches!(error, FetchError::Hash { who: "the hub", .. }), "{error}");
    assert_eq!(files_below(folder.path()), [""; 0]);
    let error = get(&hub("test/larger", LINES), &folder, &options(server)).unwrap_err();
    assert!(error.to_string().contains("larger"), "{error}");
    let error = get(&hub("test/moved", LINES), &folder, &options(server)).unwrap_err();
    assert!(error.to_string().contains("of commit bbb"), "{error}");
    // A fault of the moment is gone at the next call.
    let dataset = hub("test/wrong-once", LINES);
    assert!(get(&dataset, &folder, &options(server)).is_err());
    get(&dataset, &folder, &options(server)).unwrap();
    assert!(right_lines(&folder));
}

#[test]
fn a_broken_download_goes_on_where_it_stopped() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/cut", LINES));
    // As if killed in the middle: no second try.
    let once = FetchOptions { retries: 0, ..options(server) };
    assert!(matches!(get(&dataset, &folder, &once), Err(FetchError::Unavailable { attempts: 1, .. })));
    assert!(!folder.path().join("set").exists());
    get(&dataset, &folder, &options(server)).unwrap();
    assert!(right_lines(&folder));
    let ranges: Vec<_> = requests(server, "/cdn/test/cut").iter().map(|one| one["range"].clone()).collect();
    assert_eq!(ranges[0], Value::Null);
    assert_eq!(ranges[1..4], ["bytes=50000-", "bytes=100000-", "bytes=150000-"]);

    let folder = TempDir::new().unwrap();
    get(&hub("test/no-ranges", LINES), &folder, &options(server)).unwrap();
    assert!(right_lines(&folder), "a server that sends the whole again");
    let error = get(&hub("test/always-cut", LINES), &TempDir::new().unwrap(), &options(server)).unwrap_err();
    assert!(matches!(error, FetchError::Unavailable { attempts: 6, .. }), "{error}");
}

#[test]
fn a_damaged_beginning_is_thrown_away() {
    let Some(server) = server() else { return };
    for (size, repo) in [(50_000, "test/plain"), (300_000, "test/plain"), (300_000, "test/bare")] {
        let (folder, dataset) = (TempDir::new().unwrap(), hub(repo, LINES));
        // The name that a broken-off download of the same file has.
        let identity = format!("hub:{repo}\n{FIRST}\ntest.jsonl");
        let name = &blake3::hash(identity.as_bytes()).to_hex()[..32];
        fs::create_dir(folder.path().join(".fetch-partial")).unwrap();
        fs::write(folder.path().join(format!(".fetch-partial/{name}.part")), vec![b'x'; size]).unwrap();
        get(&dataset, &folder, &options(server)).unwrap();
        assert!(right_lines(&folder));
        assert_eq!(files_below(folder.path()), [LOCK_FILE, "lines.jsonl"], "the beginning was found");
    }
}

#[test]
fn gated_datasets_want_a_token_which_goes_to_the_hub_only() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/gated", LINES));
    let told = get(&dataset, &folder, &options(server)).unwrap_err().to_string();
    assert!(
        told.contains("GatedRepo") && told.contains("HF_TOKEN") && told.contains("/datasets/test/gated,"),
        "{told}"
    );
    let with = |token: &str| FetchOptions { token: Some(Token::new(token).unwrap()), ..options(server) };
    let bad = with("hf_secret");
    let error = get(&dataset, &folder, &bad).unwrap_err();
    assert!(matches!(error, FetchError::Gated { status: 403, .. }));
    assert!(!format!("{error} {error:?} {bad:?}").contains("hf_secret"), "{error}");
    get(&dataset, &folder, &with("good")).unwrap();
    let seen = requests(server, "test/gated");
    let cdn: Vec<_> = seen.iter().filter(|one| one["path"].as_str().unwrap().starts_with("/cdn")).collect();
    assert!(!cdn.is_empty() && cdn.iter().all(|one| one["authorization"].is_null()));
    assert!(Token::new("two\nlines").is_err());
}

#[test]
fn what_is_not_there_is_named() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    let unknown = FetchOptions { revision: Some("d".repeat(40)), ..options(server) };
    let told = get(&hub("test/plain", LINES), &folder, &unknown).unwrap_err().to_string();
    assert!(told.contains("RevisionNotFound") && told.contains("404"), "{told}");
    let told = get(&hub("test/missing", LINES), &folder, &options(server)).unwrap_err().to_string();
    assert!(told.contains("RepoNotFound"), "{told}");
    let told = get(&hub("test/plain", OTHER), &folder, &options(server)).unwrap_err().to_string();
    assert!(told.contains("no file a.jsonl or b-*.jsonl") && told.contains("test.jsonl"), "{told}");
    let told = get(&hub("test/html", LINES), &folder, &options(server)).unwrap_err().to_string();
    assert!(told.contains("HF_ENDPOINT"), "{told}");
    let nowhere = FetchOptions { endpoint: "http://127.0.0.1:9".to_owned(), retries: 1, ..options(server) };
    assert!(matches!(
        get(&hub("test/plain", LINES), &folder, &nowhere),
        Err(FetchError::Unavailable { attempts: 2, .. })
    ));
    for endpoint in ["huggingface.co", "https://me:secret@hub", "ftp://hub"] {
        let wrong = FetchOptions { endpoint: endpoint.to_owned(), ..options(server) };
        let told = get(&hub("test/plain", LINES), &folder, &wrong).unwrap_err().to_string();
        assert!(told.contains("HF_ENDPOINT") && !told.contains("secret"), "{told}");
    }
}

#[test]
fn a_hub_of_any_mood_is_got_along_with() {
    let Some(server) = server() else { return };
    // Too many requests; half an answer; another name; no sizes and hashes in the list; no redirect; all of it at once has to work.
    for repo in ["test/busy", "test/half-info", "test/old-name", "test/bare", "test/small"] {
        let folder = TempDir::new().unwrap();
        get(&hub(repo, LINES), &folder, &options(server)).unwrap_or_else(|error| panic!("{repo}: {error}"));
        assert!(right_lines(&folder), "{repo}");
    }
}

#[test]
fn files_of_others_are_left_alone() {
    let Some(server) = server() else { return };
    let (folder, dataset) = (TempDir::new().unwrap(), hub("test/plain", LINES));
    let path = folder.path().join("set/lines.jsonl");
    fs::create_dir(folder.path().join("set")).unwrap();
    fs::write(&path, "mine").unwrap();
    assert!(matches!(get(&dataset, &folder, &options(server)), Err(FetchError::Changed { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    fs::remove_file(&path).unwrap();
    get(&dataset, &folder, &options(server)).unwrap();
    let mut text = fs::read(&path).unwrap();
    text[0] = b'[';
    fs::write(&path, &text).unwrap();
    assert!(matches!(get(&dataset, &folder, &options(server)), Err(FetchError::Changed { .. })));
    assert_eq!(fs::read(&path).unwrap(), text);
}

#[test]
fn one_process_at_a_time() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(".fetch-partial")).unwrap();
    let other = fs::File::create(folder.path().join(".fetch-partial/.lock")).unwrap();
    other.lock().unwrap();
    assert!(matches!(get(&hub("test/plain", LINES), &folder, &options(server)), Err(FetchError::Busy { .. })));
    other.unlock().unwrap();
    assert!(get(&hub("test/plain", LINES), &folder, &options(server)).is_ok());
}

#[test]
fn github_files_have_to_be_those_of_the_table() {
    let Some(server) = server() else { return };
    let folder = TempDir::new().unwrap();
    let sha256 = get(&hub("test/plain", LINES), &folder, &options(server)).unwrap().files[0].sha256.clone();
    let dataset = |sha256: &str| KnownDataset {
        origin: Origin::GitHub { repo: "test/plain", commit: GITHUB },
        ..hub(
            "github",
            vec![KnownFile {
                to: "github/lines.jsonl",
                parts: &[&["test.jsonl"]],
                sha256: Some(sha256.to_owned().leak()),
            }]
            .leak(),
        )
    };
    let fetched = get(&dataset(&sha256), &folder, &options(server)).unwrap();
    assert!(fetched.commit == GITHUB && fetched.files[0].sha256 == sha256);
    let other = TempDir::new().unwrap();
    let error = get(&dataset(&"0".repeat(64)), &other, &options(server)).unwrap_err();
    assert!(matches!(error, FetchError::Hash { who: "the table of known datasets", .. }), "{error}");
    let revision = FetchOptions { revision: Some("main".to_owned()), ..options(server) };
    assert!(matches!(get(&dataset(&sha256), &folder, &revision), Err(FetchError::Setting { .. })));
}

fn model(server: &Server, name: &str, folder: &TempDir) -> Result<Fetched, ModelError> {
    published::fetch(name, folder.path(), &options(server), &mut |_| {})
}

#[test]
fn a_checkpoint_comes_whole_and_opens() {
    let Some(server) = server() else { return };
    // One file of weights, several with an index, and a connection that breaks.
    for (name, weights) in [("tiny/llama", 1), ("tiny/mistral", 2), ("tiny/qwen2", 1)] {
        let folder = TempDir::new().unwrap();
        let fetched = model(server, name, &folder).unwrap();
        let checkpoint = Checkpoint::open(folder.path()).unwrap();
        assert_eq!((fetched.commit.as_str(), checkpoint.files().len()), (FIRST, weights), "{name}");
        assert!(fetched.files.iter().all(|file| file.new && file.path.exists()));
        // What is no part of a checkpoint stays where it is.
        assert!(!folder.path().join("golden.safetensors").exists());
        let before = requests(server, "/resolve/").len();
        assert!(model(server, name, &folder).unwrap().files.iter().all(|file| !file.new));
        assert_eq!(requests(server, "/resolve/").len(), before, "nothing comes twice");
        fs::write(folder.path().join("config.json"), "{}").unwrap();
        assert!(matches!(model(server, name, &folder), Err(ModelError::Fetch(FetchError::Changed { .. }))));
    }
}

#[test]
fn models_that_cannot_be_opened_are_refused_before_their_weights_come() {
    let Some(server) = server() else { return };
    for (name, word) in [
        ("tiny/experts", "MixtralForCausalLM"),
        ("tiny/pickled", "pytorch_model.bin"),
        ("tiny/nobody", "404"),
        ("../escape", "no repository's name"),
    ] {
        let folder = TempDir::new().unwrap();
        let told = model(server, name, &folder).unwrap_err().to_string();
        assert!(told.contains(word), "{name}: {told}");
        assert!(files_below(folder.path()).iter().all(|file| !file.ends_with("safetensors")), "{name}");
    }
    assert!(requests(server, "tiny/experts").iter().all(|one| !one["path"].as_str().unwrap().contains("safetensors")));
}
