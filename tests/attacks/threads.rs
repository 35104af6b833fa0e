//! Deep recursion judged from ordinary threads: the judge has its own stacks, so that none of it ends the embedding process.

use std::thread;

use tracewright::internals::judge::{Judgement, Verdict};

use super::{ALONE, Attack, PROTOCOLS, attacks, essence, judge, prepared};

/// The stack of an ordinary thread of Rust's.
const ORDINARY: usize = 2 << 20;

/// Runs `work` on an ordinary thread.
fn ordinary<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        thread::Builder::new().stack_size(ORDINARY).spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

#[test]
fn recursion_to_the_end_is_judged_from_ordinary_threads() {
    let _alone = ALONE.lock();
    let judge = judge(2_000_000_000);
    let prepared = ordinary(|| prepared(&judge));
    let deep: Vec<Attack> = attacks().into_iter().filter(|attack| attack.name.starts_with("c08_")).collect();
    assert!(deep.len() > 10, "only {} attacks recurse", deep.len());
    let every = || -> Vec<Judgement> {
        let pairs = deep.iter().flat_map(|attack| prepared.iter().map(move |task| (attack, task)));
        pairs.map(|(attack, task)| judge.judge(task, &attack.program).unwrap()).collect()
    };
    let alone = ordinary(every);
    for (index, judgement) in alone.iter().enumerate() {
        let (attack, protocol) = (&deep[index / PROTOCOLS.len()], PROTOCOLS[index % PROTOCOLS.len()]);
        // By reference an object stays where it is, so what fails may fail in another way.
        let fails = protocol == "by reference" && judgement.verdict != Verdict::Pass && attack.fails();
        let known = fails || attack.expected.contains(&judgement.verdict);
        assert!(known, "{}, {protocol}: {judgement:?}", attack.name);
    }
    // And many at once.
    let together: Vec<Vec<Judgement>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| ordinary(every))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for judgements in together {
        let same = judgements.iter().zip(&alone).all(|(one, other)| essence(one) == essence(other));
        assert!(same, "a verdict depends on its neighbours");
    }
}
