//! Caches that are damaged, or cannot be written to.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use super::{Scene, WHOLE, can_mount, files, under};
use crate::support::SANDBOX;

/// The compiled interpreter that the tests use: this process has it mapped.
pub(super) fn compiled() -> PathBuf {
    LazyLock::force(&SANDBOX);
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let line = maps.lines().find(|line| line.contains(".cwasm")).expect("it is mapped from its file");
    line[line.find('/').unwrap()..].into()
}

/// The directory of the compiled interpreter in a private cache.
pub(super) fn private(cache: &Path) -> PathBuf {
    let compiled = compiled();
    let key = compiled.parent().unwrap().file_name().unwrap();
    let directory = cache.join("guest").join(key);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&directory).unwrap();
    directory
}

/// Puts the compiled interpreter into a private cache.
pub(super) fn with_compiled(cache: &Path) -> PathBuf {
    let kept = private(cache).join(compiled().file_name().unwrap());
    // Links where the file system is the same: they are 60 MB.
    for entry in fs::read_dir(compiled().parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let to = kept.with_file_name(entry.file_name());
        if to == kept || to.extension().is_some_and(|extension| extension == "image") {
            fs::hard_link(entry.path(), &to).or_else(|_| fs::copy(entry.path(), &to).map(drop)).unwrap();
        }
    }
    kept
}

/// Runs a small program with `cache`; returns what was said on standard error.
fn run(cache: &Path) -> String {
    let program = cache.join("program.py");
    fs::write(&program, "print(6 * 7)").unwrap();
    let assert = under("", "").env("TRACEWRIGHT_CACHE", cache).arg("run").arg(&program).assert().success();
    assert_eq!(assert.get_output().stdout, b"42\n");
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn damaged_code_is_named_and_compiled_again_never_run() {
    let cache = tempfile::tempdir().unwrap();
    let directory = private(cache.path());
    let sound = fs::read(compiled()).unwrap();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    // Foreign files that keep their word about their digest, one in the format of compiled code.
    let (text, elf) = (b"not machine code".to_vec(), sound[..4096].to_vec());
    let named = |content: &[u8]| format!("{}.cwasm", blake3::hash(content).to_hex());
    let damaged = [
        (named(&sound), flipped),
        (named(b"truncated"), sound[..sound.len() / 3].to_vec()),
        (named(b""), Vec::new()),
        ("foreign.cwasm".to_owned(), text.clone()),
        (named(&text), text),
        (named(&elf), elf),
        ("empty.cwasm".to_owned(), Vec::new()),
        ("foreign.image".to_owned(), vec![0; 64 << 10]),
    ];
    for (name, content) in &damaged {
        fs::write(directory.join(name), content).unwrap();
    }
    fs::write(directory.join("mine.txt"), "").unwrap();

    let said = run(cache.path());
    for (name, _) in &damaged {
        assert!(said.contains(&format!("{} was damaged and is made again", directory.join(name).display())), "{said}");
    }
    assert!(said.contains("compiled the sandboxed interpreter"), "{said}");
    let left = files(&directory);
    let sound = |extension: &str, content: &[u8]| format!("{}.{extension}", blake3::hash(content).to_hex());
    for extension in ["cwasm", "image"] {
        let kept: Vec<_> = left.keys().filter(|name| name.ends_with(extension)).collect();
        assert_eq!(kept, [&sound(extension, &left[kept[0]])], "one sound copy");
    }
    assert_eq!(left.len(), 3, "and what is none of ours");
    assert!(!run(cache.path()).contains("compil"), "the new copy is used");
}

/// File systems that forbid running what is on them are common for home directories.
#[test]
fn code_that_must_not_be_mapped_is_read() {
    if !can_mount("code_that_must_not_be_mapped_is_read") {
        return;
    }
    let cache = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    with_compiled(cache.path());
    let path = cache.path().display().to_string();
    fs::create_dir(cache.path().join("disk")).unwrap();
    fs::write(cache.path().join("program.py"), "print(6 * 7)").unwrap();
    let script = format!(
        "exec unshare -rm sh -c 'cd {path} && mount -t tmpfs -o noexec,size=200m none disk && cp -r guest disk
        TRACEWRIGHT_CACHE={path}/disk exec \"$0\" \"$@\"' \"$0\" \"$@\""
    );
    let output = under(&script, "").args(["run", "program.py"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.stdout.as_slice(), output.status.code()), (&b"42\n"[..], Some(0)), "{stderr}");
    assert!(!stderr.contains("compil") && !stderr.contains("damaged"), "{stderr}");
}

#[test]
fn a_cache_that_cannot_be_written_costs_time_only() {
    let scene = Scene::usual();
    let mut command = under("", "");
    command.env("TRACEWRIGHT_CACHE", "/proc/tracewright-cache");
    scene.score(command).said(0, &["the compiled interpreter is not kept: /proc/tracewright-cache/guest/"]);
    assert_eq!(files(&scene.out), *WHOLE);
}

#[test]
fn damaged_entries_of_tasks_are_made_again() {
    let cache = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    with_compiled(cache.path());
    let score = || {
        let scene = Scene::usual();
        let mut command = under("", "");
        command.env("TRACEWRIGHT_CACHE", cache.path());
        scene.score(command).said(0, &[]);
        assert_eq!(files(&scene.out), *WHOLE);
    };
    score();
    let tasks = cache.path().join("tasks");
    let entries = files(&tasks);
    assert!(entries.len() > 10);
    for (index, (name, content)) in entries.iter().enumerate() {
        let mut content = content.clone();
        match index % 4 {
            0 => content.clear(),
            1 => content.truncate(content.len() / 2),
            2 => *content.last_mut().unwrap() ^= 1,
            _ => content = b"something else entirely, and longer than a digest".to_vec(),
        }
        fs::write(tasks.join(name), content).unwrap();
    }
    score();
    assert_eq!(files(&tasks), entries);
}
