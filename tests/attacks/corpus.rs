//! Every attack, alone: its verdict, the next verdicts of the same worker, and what is left in the process.

use std::path::PathBuf;

use tracewright::internals::{judge::Verdict, sandbox::pool};

use super::{ALONE, PROTOCOLS, REFERENCE, attacks, judge, prepared};

const WRONG: &str = "def f(xs):\n    return xs\n";
/// A program that fills what the pool keeps of an instance, and makes the host's timers.
const WARM_UP: &str = "import time\ndef f(xs):\n    time.sleep(1)\n    return [bytearray(100 << 20)] and xs\n";
/// The name that attacks give the files they write.
const MARK: &str = "tracewright_was_here";
/// The memory that a worker's stack, the pool's slots and the allocator may keep once touched. A leak of half a megabyte an attack would
/// show.
const SLACK: usize = 256 << 20;

#[test]
fn no_attack_gets_a_verdict_it_did_not_earn_or_leaves_anything_behind() {
    let attacks = attacks();
    assert!(attacks.len() >= 100, "{} attacks", attacks.len());
    let judge = judge(2_000_000_000);
    let prepared = pool::run_one(|| prepared(&judge)).unwrap();
    let _alone = ALONE.lock();
    // One worker: what an attack leaves behind meets the next candidate.
    let wrong = pool::run_one(|| {
        let mut wrong = Vec::new();
        let verdict_of = |program: &str, protocol: usize| judge.judge(&prepared[protocol], program).unwrap();
        for protocol in 0..PROTOCOLS.len() {
            assert_eq!(verdict_of(REFERENCE, protocol).verdict, Verdict::Pass);
            assert_eq!(verdict_of(WRONG, protocol).verdict, Verdict::WrongAnswer);
            assert_eq!(verdict_of(WARM_UP, protocol).verdict, Verdict::WrongAnswer);
        }
        let (files, memory) = (open_files(), resident());
        for attack in &attacks {
            for (protocol, name) in PROTOCOLS.iter().enumerate() {
                let judgement = verdict_of(&attack.program, protocol);
                // By reference an object stays where it is, so what fails may fail in another way.
                let fails = protocol == 2 && judgement.verdict != Verdict::Pass && attack.fails();
                if !attack.expected.contains(&judgement.verdict) && !fails {
                    wrong.push(format!("{} ({name}): expected {:?}, got {judgement:?}", attack.name, attack.expected));
                }
                let after = [verdict_of(REFERENCE, protocol).verdict, verdict_of(WRONG, protocol).verdict];
                if after != [Verdict::Pass, Verdict::WrongAnswer] {
                    wrong.push(format!("after {} ({name}): {after:?}", attack.name));
                }
            }
            if open_files() != files {
                wrong.push(format!("after {}: {} open files, {files} before", attack.name, open_files()));
            }
            let now = resident();
            if now > memory + SLACK {
                wrong.push(format!("after {}: {} MiB resident, {} before", attack.name, now >> 20, memory >> 20));
            }
        }
        wrong
    })
    .unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(written(), Vec::<PathBuf>::new(), "files of the host");
}

/// The files that attacks wrote where they try to, on the host.
fn written() -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let folders = ["/", "/tmp", "/home", "/dev/shm", "/var/tmp", "/root", "/usr", "/run", "/etc"].map(PathBuf::from);
    let entries = folders.into_iter().chain([here, std::env::temp_dir()]).filter_map(|folder| folder.read_dir().ok());
    let paths = entries.flatten().filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| path.to_string_lossy().contains(MARK)).collect()
}

/// The number of file descriptors of this process; 0 where the system does not tell.
fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// The resident memory of this process in bytes; 0 where the system does not tell.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).map_or(0, |kib: usize| kib << 10)
}
