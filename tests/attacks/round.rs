//! A random round: attacks, right and wrong candidates interleaved over all workers get what each gets alone.
//!
//! `TRACEWRIGHT_ROUND=10000 TRACEWRIGHT_SEED=1 cargo test --test attacks round` runs a longer one.

use std::ops::ControlFlow;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use tracewright::internals::sandbox::pool;

use super::{ALONE, PROTOCOLS, REFERENCE, attacks, essence, judge, prepared};

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable}={text}")))
}

#[test]
fn neighbours_do_not_change_a_verdict() {
    let (count, seed) = (number("TRACEWRIGHT_ROUND", 600), number("TRACEWRIGHT_SEED", 0));
    let _alone = ALONE.lock();
    let judge = judge(100_000_000);
    let prepared = pool::run_one(|| prepared(&judge)).unwrap();
    let mut programs: Vec<String> = attacks().into_iter().map(|attack| attack.program).collect();
    let attacks = programs.len();
    programs.push(REFERENCE.to_owned());
    programs.push("def f(xs):\n    return list(map(lambda x: x * x, sorted(xs)))\n".to_owned());
    programs.push("def f(xs):\n    xs.sort()\n    return [x ** 2 for x in xs]\n".to_owned());
    programs.push("def f(xs):\n    return sorted(xs)\n".to_owned());
    programs.push("def f(xs):\n    return xs[0]\n".to_owned());

    let jobs = 4;
    let mut alone = vec![None; programs.len() * PROTOCOLS.len()];
    let each = |index: usize| {
        let judgement = judge.judge(&prepared[index % PROTOCOLS.len()], &programs[index / PROTOCOLS.len()]);
        essence(&judgement.unwrap())
    };
    pool::run(1, alone.len(), each, |index, judgement| {
        alone[index] = Some(judgement);
        ControlFlow::<()>::Continue(())
    })
    .unwrap();

    // Half attacks, half ordinary candidates.
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let picks: Vec<usize> = (0..count)
        .map(|_| {
            let (among, from) =
                if random.next_u32() % 2 == 0 { (attacks, 0) } else { (programs.len() - attacks, attacks) };
            let program = from + usize::try_from(random.next_u64()).unwrap() % among;
            program * PROTOCOLS.len() + usize::try_from(random.next_u64()).unwrap() % PROTOCOLS.len()
        })
        .collect();
    let mut differing = Vec::new();
    pool::run(
        jobs,
        picks.len(),
        |slot| each(picks[slot]),
        |slot, judgement| {
            if alone[picks[slot]].as_ref() != Some(&judgement) {
                differing
                    .push(format!("{slot}: program {} got {judgement:?}, alone {:?}", picks[slot], alone[picks[slot]]));
            }
            ControlFlow::<()>::Continue(())
        },
    )
    .unwrap();
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n"));
}
