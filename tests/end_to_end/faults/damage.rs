//! Result files that were cut off, overwritten or lost.

use std::fs;

use super::{DISTINCT, Scene, WHOLE, files, under, whole_journal};

/// A folder as a kill before the end leaves it, with this journal.
fn stopped(journal: &[u8]) -> Scene {
    let scene = Scene::usual();
    fs::create_dir(&scene.out).unwrap();
    fs::write(scene.out.join("manifest.json"), &WHOLE["manifest.json"]).unwrap();
    fs::write(scene.out.join("journal.jsonl"), journal).unwrap();
    scene
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn a_journal_cut_off_anywhere_is_gone_on_with() {
    let journal = whole_journal();
    let last = journal[..journal.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for end in [0, 1, journal.len() / 2, last, last + 1, journal.len() - 1, journal.len()] {
        stopped(&journal[..end]).finish(&WHOLE, lines(&journal[..end]));
    }
}

/// The state in which some file systems leave a file that grew before a power cut.
#[test]
fn a_journal_that_ends_in_zeros_is_gone_on_with() {
    let journal = whole_journal();
    let half = &journal[..journal.len() / 2];
    stopped(&[half, &[0; 5000]].concat()).finish(&WHOLE, lines(half));
}

#[test]
fn garbage_within_a_line_is_named_and_nothing_else_is_lost() {
    let journal = whole_journal();
    let starts: Vec<usize> = (0..journal.len()).filter(|at| *at == 0 || journal[at - 1] == b'\n').collect();
    let line = 30;
    let (start, end) = (starts[line - 1], starts[line] - 1);
    let with = |at: usize, garbage: &[u8]| {
        let mut damaged = journal.clone();
        damaged[at..at + garbage.len()].copy_from_slice(garbage);
        damaged
    };
    let cases: [(&str, Vec<u8>, usize); 5] = [
        ("no JSON", with(start + 40, b"\x01\x02\x03\x04"), line),
        ("no UTF-8", with(start + 14, b"\xff\xfe\xfd\xfc"), line),
        ("zeros", with(start, &vec![0; end - start]), line),
        ("two lines become one", with(end, b" "), line),
        ("another task", with(start + 12, b"\"none"), line),
    ];
    for (name, damaged, line) in cases {
        let scene = stopped(&damaged);
        let before = files(&scene.out);
        let place = format!("{}:{line}: ", scene.out.join("journal.jsonl").display());
        scene.score(under("", "")).said(2, &[&place, "remove the line to judge its candidate again"]);
        assert_eq!(files(&scene.out), before, "{name}: nothing is changed");

        // What the message says to do.
        let rest: Vec<&[u8]> = damaged.split_inclusive(|byte| *byte == b'\n').collect();
        let rest = [&rest[..line - 1], &rest[line..]].concat().concat();
        fs::write(scene.out.join("journal.jsonl"), &rest).unwrap();
        scene.finish(&WHOLE, lines(&rest));
    }
}

#[test]
fn a_finished_file_that_was_cut_off_or_lost_is_restored() {
    let scene = Scene::usual();
    scene.score(under("", "")).said(0, &[]);
    let verdicts = &WHOLE["verdicts.jsonl"];
    let distinct: usize = verdicts.split_inclusive(|byte| *byte == b'\n').take(DISTINCT).map(<[u8]>::len).sum();
    let cut = |end: usize| fs::write(scene.out.join("verdicts.jsonl"), &verdicts[..end]).unwrap();
    // The second half of the rows are repetitions of the first: they are not judged in any case.
    for (end, resumed) in [(verdicts.len() - 7, DISTINCT), (distinct - 7, DISTINCT - 1), (3, 0)] {
        cut(end);
        scene.finish(&WHOLE, resumed);
    }
    for name in ["summary.json", "samples.jsonl_results.jsonl"] {
        fs::write(scene.out.join(name), b"{").unwrap();
        scene.finish(&WHOLE, DISTINCT);
        fs::remove_file(scene.out.join(name)).unwrap();
        scene.finish(&WHOLE, DISTINCT);
    }
    let middle = verdicts.len() / 2;
    fs::write(scene.out.join("verdicts.jsonl"), [&verdicts[..middle], b"\xff\xff", &verdicts[middle + 2..]].concat())
        .unwrap();
    scene.score(under("", "")).said(2, &[&format!("verdicts.jsonl:{}: ", lines(&verdicts[..middle]) + 1)]);
}
