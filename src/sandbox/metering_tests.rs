//! The guest's own meter against wasmtime's fuel, which counts every operator.

use std::{fs, path::Path, sync::Arc};

use wasmtime::Store;

use super::super::{
    CacheDir, Ending, Limits, Sandbox, Settings, address_space::Memories, engine::config, memory::Slots, pool,
    state::State,
};

/// The fuel that wasmtime is given: more than any program here uses.
const PLENTY: u64 = 1 << 60;

/// Gives an instance of wasmtime's fuel, where its engine counts that.
pub(super) fn fuel(store: &mut Store<State>) {
    let _ = store.set_fuel(PLENTY);
}

/// A sandbox in which wasmtime counts too.
fn sandbox() -> Sandbox {
    let slots = Slots::new(0);
    let mut config = config(Memories::Reserved, &slots);
    config.consume_fuel(true);
    let settings = Settings { jobs: 1, cache: CacheDir::from_environment() };
    Sandbox::with(&config, Arc::clone(&slots), &settings, &mut |_| {}).unwrap()
}

/// The fuel that a program uses by both counts, and whether it ran out of ours.
fn counts(sandbox: &Sandbox, program: &str) -> (u64, u64, bool) {
    let limits = Limits { fuel: 400_000_000, memory: 256 << 20, output: 1 << 10 };
    let mut instance = sandbox.instantiate(&limits).unwrap();
    let before = instance.store.get_fuel().unwrap();
    let reply = instance.load(program, &[], false);
    let ours = instance.usage().fuel;
    (
        before - instance.store.get_fuel().unwrap(),
        ours,
        matches!(reply, Err(Ending::OutOfFuel | Ending::Endless { .. })),
    )
}

/// Both counts differ by no more than what a program's kind of work explains; so there is nothing that ours leaves out.
#[test]
fn the_meter_counts_what_wasmtime_counts() {
    // Deep recursion needs such a thread's stack.
    pool::run_one(compare).unwrap();
}

fn compare() {
    let sandbox = sandbox();
    let programs = [
        "x = 1",
        "for i in range(200_000): pass",
        "i = 0\nwhile i < 100_000: i += 1",
        "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(18)",
        "x = sum(i * i for i in range(50_000))",
        "x = sorted(range(100_000, 0, -1), key=lambda v: v % 1000)",
        "x = {}\nfor i in range(30_000): x[i % 701] = x.get(i % 701, 0) + 1",
        "x = 3 ** 20_000 % 1_000_007",
        "x = 'a' * 10_000_000",
        "x = bytearray(30_000_000)",
        "x = bytes(5_000_000)\ny = [x[:] + b'1' for _ in range(5)]",
        "x = 'ab' * 300_000\ny = x.count('ba'), x.replace('a', 'ccc'), x[::-1].upper()",
        "import re\nx = re.findall(r'(a+)(b|c)', 'aaab' * 5_000)",
        "import json\nx = json.loads(json.dumps([{'a': [1.5, None, 'x']}] * 2_000))",
        "import decimal\nx = decimal.Decimal(2) ** 3_000",
        "import math\nx = sum(math.sin(i) for i in range(20_000))",
        "def g():\n    for i in range(30_000): yield i\nx = [*g()]",
        "class A:\n    def m(self): return self\nx = A()\nfor _ in range(30_000): x = x.m()",
        "for i in range(20_000):\n    try: raise ValueError(i)\n    except ValueError: pass",
        "x = [[0] * 300 for _ in range(300)]\ny = [*zip(*x)]",
        "def f(): f()\ntry: f()\nexcept RecursionError: pass",
        "import hashlib\nx = hashlib.sha256(bytes(2_000_000)).hexdigest()",
        "import itertools\nx = sum(1 for _ in itertools.permutations(range(8)))",
        "while True: pass",
        "x = []\nwhile True: x.append(1)",
        "x = 2\nwhile True: x *= x",
        "import re\nre.match('(a*)*b', 'a' * 40)",
    ];
    let attacks = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks")).unwrap();
    let mut attacks: Vec<_> = attacks.map(|entry| entry.unwrap().path()).collect();
    attacks.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    attacks.sort();
    assert!(attacks.len() > 150, "{} attacks", attacks.len());
    let attacks = attacks.iter().filter_map(|path| fs::read_to_string(path).ok());
    let (mut all, mut endless) = ((0, 0), 0);
    for program in programs.map(str::to_owned).into_iter().chain(attacks) {
        let (theirs, ours, ended) = counts(&sandbox, &program);
        #[expect(clippy::cast_precision_loss, reason = "to compare")]
        let ratio = theirs as f64 / ours as f64;
        // The charges themselves are a fifth of what wasmtime counts here.
        assert!((0.25..3.0).contains(&ratio), "{theirs} by wasmtime, {ours} by the meter: {program}");
        all = (all.0 + theirs, all.1 + ours);
        endless += u32::from(ended);
    }
    assert!(endless >= 4, "{endless} ran out of fuel");
    #[expect(clippy::cast_precision_loss, reason = "to compare")]
    let ratio = all.0 as f64 / all.1 as f64;
    assert!((0.8..1.7).contains(&ratio), "{} by wasmtime, {} by the meter in all", all.0, all.1);
}
