//! Programs that never end and programs that do, told apart.

use super::{
    super::{
        CacheDir, Ending, Limits, Sandbox, Settings,
        memory::{Seen, Slots, file_of},
        pool,
    },
    KEEP, LOOKS, MOST_COMPARED, Next, Watch,
};

fn sandbox() -> Sandbox {
    Sandbox::new(&Settings { jobs: 1, cache: CacheDir::from_environment() }, &mut |_| {}).unwrap()
}

/// How a program ends with this much fuel, and how much of it that took; `None` where it ends well.
fn ends(sandbox: &Sandbox, program: &str, fuel: u64) -> (Option<Ending>, u64) {
    let limits = Limits { fuel, memory: 256 << 20, output: 1 << 20 };
    let mut instance = sandbox.instantiate(&limits).unwrap();
    let ending = match instance.run(program, "program.py") {
        Ok(reply) => {
            assert_eq!(reply, nothing(), "{program}: {}", String::from_utf8_lossy(&reply));
            None
        }
        Err(ending) => Some(ending),
    };
    (ending, instance.usage().fuel)
}

/// The reply of a program that raised nothing.
fn nothing() -> Vec<u8> {
    crate::value::codec::encode(&crate::value::Value::None)
}

/// Programs that come back to an earlier state, and the line of it; 0 where there are several.
const ENDLESS: [(&str, u32); 14] = [
    ("while True: pass", 1),
    ("x = 1\n\nwhile x:\n    continue", 0),
    ("a, b = 12, 18\nwhile b:\n    if a > b: a, b = b, a\n    else: a, b = a, b", 0),
    ("a = [3, 1, 2]\ndef f():\n    while a[0] != 5: a.sort()\nf()", 3),
    ("s = 'abc'\nwhile 'b' in s: s = s.replace('d', '')", 2),
    ("def g():\n    while True: yield 1\nfor x in g(): pass", 0),
    ("import itertools\nfor x in itertools.cycle([1, 2, 3]): y = x", 2),
    ("while True:\n    try: raise ValueError\n    except ValueError: pass", 0),
    ("while True: sorted([1, 2, 3], key=lambda x: -x)", 1),
    ("class A:\n    def __init__(self): self.n = 0\na = A()\nwhile a.n < 3:\n    b = A()\n    b.n += 1", 0),
    ("n = 27\nwhile n: n = 3 * n + 1 if n % 2 else n // 2", 2),
    ("def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nwhile f(10): x = f(5)", 0),
    ("d = {}\nwhile len(d) < 9:\n    d['a'] = [1, 2]\n    del d['a']", 0),
    ("x = 1.0\nwhile x != 0.1: x = 1.0 if x > 2 else x + 0.25", 2),
];

#[test]
fn programs_that_repeat_themselves_never_end() {
    pool::run_one(|| {
        let sandbox = sandbox();
        for (program, line) in ENDLESS {
            let (ending, fuel) = ends(&sandbox, program, 20_000_000_000);
            let Some(Ending::Endless { line: found }) = ending else { panic!("{program}: {ending:?}, {fuel} fuel") };
            assert!(fuel < 6_000_000_000, "{program}: {fuel}");
            assert!(found.is_some_and(|found| line == 0 || found == line), "{program}: line {found:?}");
            // In the memory of the one before.
            assert_eq!(ends(&sandbox, program, 20_000_000_000), (ending, fuel), "{program}");
            // Where there is less than it takes to find out.
            assert_eq!(ends(&sandbox, program, 250_000_000).0, Some(Ending::OutOfFuel), "{program}");
        }
    })
    .unwrap();
}

/// Programs that use more fuel than it takes to be looked at, and end: some in states that differ in one byte, or not at all but for the host's.
const ENDING: [&str; 9] = [
    "for i in range(2_000_000): pass",
    "b = bytearray(3)\ndef step():\n    i = 0\n    while b[i] == 255:\n        b[i] = 0\n        i += 1\n    b[i] += 1\nwhile b[2] < 2: step()",
    "b = bytearray(9_000_000)\ni = 0\nwhile not b[8_000_000]:\n    i = (i + 7) % 4096\n    b[i * 2000] += 1 if i else 0\n    b[8_000_000] = b[14_000] > 200",
    "import time\nend = time.monotonic() + 20\nwhile time.monotonic() < end: pass",
    "import os\nfound = 0\nwhile found < 3000: found += os.urandom(1) == b'a'",
    "import random\nwhile random.randrange(200_000): pass",
    "n = 0\ndef g():\n    global n\n    while True:\n        n += 1\n        yield\nfor x in g():\n    if n > 1_500_000: break",
    "class A: n = 0\ndef f(): A.n += 1\nwhile A.n < 600_000: f()",
    "def f(x): return x\nfor i in range(5000): sorted(range(200), key=f)",
];

#[test]
fn programs_that_end_are_left_to_it() {
    pool::run_one(|| {
        let sandbox = sandbox();
        for program in ENDING {
            let (ending, fuel) = ends(&sandbox, program, 100_000_000_000);
            assert!(ending.is_none() && fuel > 320_000_000, "{program}: {ending:?}, {fuel} fuel");
        }
        // It grows for ever, which is no earlier state.
        let (ending, _) = ends(&sandbox, "i = 0\nwhile True: i += 1", 3_000_000_000);
        assert_eq!(ending, Some(Ending::OutOfFuel));
    })
    .unwrap();
}

/// A program whose table of lines is nonsense is proved endless all the same, without a line or with a wrong one.
#[test]
fn nonsense_for_a_line_table_hurts_nobody() {
    pool::run_one(|| {
        let sandbox = sandbox();
        for table in ["e * 40", "b'\\xff' * 40", "b''", "b'\\xe8' + b'\\x7f' * 400", "b'\\xd0' * 400"] {
            let program = format!(
                "def f():\n    while True: pass\n\
                e = bytes([0x80 | (13 << 3)]) + b'\\x7e' + b'\\x7f' * 9 + b'\\x0f'\n\
                f.__code__ = f.__code__.replace(co_linetable={table})\nf()"
            );
            let (ending, _) = ends(&sandbox, &program, 20_000_000_000);
            assert!(matches!(ending, Some(Ending::Endless { .. })), "{table}: {ending:?}");
        }
    })
    .unwrap();
}

/// A program that shows the host states itself is not believed.
#[test]
fn python_proves_nothing() {
    pool::run_one(|| {
        let program = "import componentize_py_runtime as runtime\n\
            for i in range(100_000): assert runtime.call_import(3, [b'the same']) is None\n\
            for i in range(1_000_000): pass";
        let (ending, _) = ends(&sandbox(), program, 100_000_000_000);
        assert_eq!(ending, None);
    })
    .unwrap();
}

/// States that only the whole comparison tells from the kept one, each by another word, make the host stop looking soon.
#[test]
fn comparing_has_its_bound() {
    const CHANGED: usize = 2 << 20;
    let slots = Slots::new(0);
    slots.begin_with(file_of(&vec![0; 64 << 10]).unwrap()).unwrap();
    let mut memory = vec![0_u8; 4 << 20];
    memory[..CHANGED].fill(7);
    let seen: Seen = [1; _];
    let (mut watch, mut looks) = (Watch::default(), 0_u64);
    let rests = |watch: &mut Watch, memory: &[u8], looks| match watch.look(&seen, looks, memory, &slots, 0) {
        Next::Look(_) => false,
        Next::Rest => true,
        Next::Stop => panic!("no state is like another one"),
    };
    loop {
        looks += 1;
        // Those that are kept have no such word.
        let is_kept = looks.ilog(KEEP) > 0 && KEEP.pow(looks.ilog(KEEP)) == looks;
        let word = usize::try_from(looks).unwrap() * 8;
        let other = u8::from(!is_kept && looks > 1);
        memory[word] += other;
        // A kept state is compared with the one before it: something else of it differs.
        memory[CHANGED - 8] = if is_kept { u8::try_from(looks.ilog(KEEP)).unwrap() } else { memory[CHANGED - 8] };
        if rests(&mut watch, &memory, looks) {
            break;
        }
        memory[word] -= other;
        assert!(looks * CHANGED as u64 <= 2 * MOST_COMPARED, "{looks} looks");
    }
    assert!(looks > 16, "{looks} looks");
    // The next time it takes four times as many.
    assert!(watch.work == 4 * MOST_COMPARED && watch.most == 4 * LOOKS);
}
