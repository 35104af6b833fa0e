//! Disks and streams that take no more, and folders that never did.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

use super::{Files, Scene, WHOLE, can_mount, files, rows, under, whole_journal};

/// The unit of `ulimit -f`, by POSIX.
const BLOCK: usize = 512;

/// Runs with files limited to `blocks`, which must strike `name`; then without, which must give `whole`.
fn strikes(scene: &Scene, whole: &Files, blocks: usize, name: &str) {
    let ran = scene.score(under(&format!("trap '' XFSZ; ulimit -f {blocks}"), ""));
    let path = scene.out.join(name).display().to_string();
    ran.said(1, &[&format!("cannot write {path}: File too large"), "free some space, then run the same command again"]);
    assert!(files(&scene.out).keys().all(|name| !name.contains("partial")), "what could not be written is removed");
    let kept = scene.out.join("verdicts.jsonl").exists();
    let judged = if kept { rows(&whole["verdicts.jsonl"]).len().min(super::DISTINCT) } else { scene.journal(whole) };
    scene.finish(whole, judged);
}

#[test]
fn a_full_disk_loses_nothing_wherever_it_strikes() {
    let over = |bytes: usize| bytes.div_ceil(BLOCK);
    let (journal, verdicts) = (whole_journal().len(), WHOLE["verdicts.jsonl"].len());
    let cases = [
        (0, "manifest.json"),
        (over(WHOLE["manifest.json"].len()), "journal.jsonl"),
        (journal / 3 / BLOCK, "journal.jsonl"),
        ((journal - 1) / BLOCK, "journal.jsonl"),
        (over(journal), "verdicts.jsonl"),
        ((verdicts - 1) / BLOCK, "verdicts.jsonl"),
        (over(verdicts), "samples.jsonl_results.jsonl"),
    ];
    for (blocks, name) in cases {
        strikes(&Scene::usual(), &WHOLE, blocks, name);
    }
}

/// With one sample the list of tasks without samples makes the summary the longest file.
#[test]
fn a_full_disk_may_strike_the_summary() {
    let line = r#"{"task_id": "mini/stock-code-totals", "solution": "def stock_totals(code): return {}"}"#;
    let undisturbed = Scene::new(line);
    undisturbed.score(under("", "")).said(0, &[]);
    let whole = files(&undisturbed.out);
    let others = whole.iter().filter(|(name, _)| *name != "summary.json").map(|(_, bytes)| bytes.len()).max();
    strikes(&Scene::new(line), &whole, others.unwrap().div_ceil(BLOCK), "summary.json");
}

/// A run on a file system that is really full, where the system lets a user mount one.
#[test]
fn a_full_file_system_loses_nothing() {
    if !can_mount("a_full_file_system_loses_nothing") {
        return;
    }
    let scene = Scene::usual();
    let path = scene.folder.path().display().to_string();
    fs::create_dir(scene.folder.path().join("disk")).unwrap();
    // The mount is seen by this shell only: what is on it is copied out.
    let script = format!(
        "unshare -rm sh -c 'cd {path}
        mount -t tmpfs -o size=20k none disk
        run() {{ \"$0\" \"$@\" --out disk/run 2>$name.txt; echo $? >$name.code; cp -r disk/run $name; }}
        name=stopped; run \"$@\"
        mount -o remount,size=16m disk
        name=finished; run \"$@\"' \"$0\" \"$@\"; exit"
    );
    let mut command = under(&script, "");
    command.args(["score", "--fuel", "500M", "--jobs", "2", "--samples"]).arg(&scene.samples);
    command.output().unwrap();
    let read = |name: &str| fs::read_to_string(scene.folder.path().join(name)).unwrap();
    assert_eq!((read("stopped.code").trim(), read("finished.code").trim()), ("1", "0"));
    assert!(read("stopped.txt").contains("journal.jsonl: No space left on device"), "{}", read("stopped.txt"));
    let stopped = Scene { out: scene.folder.path().join("stopped"), ..scene };
    let judged = stopped.journal(&WHOLE);
    let finished = fs::read_to_string(stopped.folder.path().join("finished.txt")).unwrap();
    assert!(judged > 0 && finished.contains(&format!("({judged} from the run folder)")), "{judged}: {finished}");
    assert_eq!(files(&stopped.folder.path().join("finished")), *WHOLE);
}

#[test]
fn standard_output_that_takes_no_more_is_said() {
    let scene = Scene::usual();
    scene.score(under("", ">/dev/full")).said(1, &["cannot write to standard output: No space left on device"]);
    assert_eq!(files(&scene.out), *WHOLE, "the files are there all the same");
    for arguments in [&["--json", "dataset", "list"][..], &["dataset", "list"], &["dataset", "show", "mini"]] {
        let assert = under("", ">/dev/full").args(arguments).assert().code(1);
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(stderr.contains("cannot write to standard output: No space left on device"), "{stderr}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let script = "(sleep 1; \"$0\" dataset show mini; echo $? >&2) | :";
    let output =
        assert_cmd::Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_tracewright")]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "0\n");
}

#[test]
fn standard_error_that_takes_no_more_costs_messages_only() {
    let scene = Scene::usual();
    scene.score(under("", "2>/dev/full")).said(0, &[]);
    assert_eq!(files(&scene.out), *WHOLE);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let scene = |out: &str| Scene { out: out.into(), ..Scene::usual() };
    for out in ["/proc/tracewright-run", "/dev/null/run"] {
        scene(out)
            .score(under("", ""))
            .said(1, &[&format!("cannot make the run folder {out}: "), "Choose another --out"]);
    }
}

fn is_named(fixed: Scene, setup: &str, why: &str) {
    let path = fixed.out.display();
    fixed.score(under(setup, "")).said(1, &[&format!("cannot write {path}/manifest.json: {why}"), "can be written to"]);
    let below = Scene { out: fixed.out.join("below"), ..fixed };
    let path = below.out.display();
    below.score(under(setup, "")).said(1, &[&format!("cannot make the run folder {path}: {why}"), "another --out"]);
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    // Permissions do not bind root.
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        eprintln!("skipped a_folder_that_may_not_be_written_is_named: run as root");
        return;
    }
    let fixed = Scene::usual();
    fs::create_dir(&fixed.out).unwrap();
    fs::set_permissions(&fixed.out, PermissionsExt::from_mode(0o555)).unwrap();
    is_named(fixed, "", "Permission denied");
}

#[test]
fn a_folder_on_a_read_only_file_system_is_named() {
    if !can_mount("a_folder_on_a_read_only_file_system_is_named") {
        return;
    }
    let fixed = Scene::usual();
    fs::create_dir(&fixed.out).unwrap();
    let mount = format!("mount -t tmpfs -o ro none {}", fixed.out.display());
    is_named(
        fixed,
        &format!("exec unshare -rm sh -c '{mount} && exec \"$0\" \"$@\"' \"$0\" \"$@\""),
        "Read-only file system",
    );
}
