//! The sandbox itself: what a program finds, what it may use, and that it is the same every time.

use crate::support::SANDBOX;
use tracewright::internals::{
    sandbox::{CacheDir, CacheEvent, Captured, Ending, Limits, Reply, Sandbox, Settings, Usage, pool},
    value::{Value, codec},
};

const LIMITS: Limits = Limits { fuel: 5_000_000_000, memory: 256 << 20, output: 1000 };

fn run(source: &str) -> (Reply<Vec<u8>>, Usage, Captured) {
    pool::run_one(|| {
        let mut instance = SANDBOX.instantiate(&LIMITS).expect("an instance");
        let reply = instance.run(source, "test.py");
        (reply, instance.usage(), instance.take_output().0)
    })
    .expect("a worker")
}

/// The output of a program that ended well.
fn output(source: &str) -> String {
    let (reply, _, stdout) = run(source);
    assert_eq!(codec::decode(&reply.expect("it ends by itself")), Ok(Value::None), "{source}");
    String::from_utf8(stdout.bytes).expect("text")
}

#[test]
fn nothing_of_the_host_is_there() {
    assert_eq!(output("import os, sys; print(dict(os.environ), sys.argv)"), "{} ['test.py']\n");
    let probe = "
for act in (lambda: open('/etc/passwd'), lambda: __import__('os').listdir('/proc'), lambda: open('/etc/x', 'w'),
            lambda: __import__('socket').create_connection(('127.0.0.1', 80)), lambda: __import__('subprocess').run(['ls']),
            lambda: __import__('os').fork(), lambda: __import__('io').FileIO('/etc/passwd')):
    try:
        act()
        print('reached')
    except Exception as error:
        print('refused')
";
    assert_eq!(output(probe), "refused\n".repeat(7));
    // The directories are the instance's own, and new in each.
    let own = "import os; print(sorted(os.listdir('/')), os.getcwd(), os.listdir()); open('x', 'w').write('1'); print(os.listdir('/tmp'))";
    for _ in 0..2 {
        assert_eq!(output(own), "['dev', 'home', 'tmp'] /tmp []\n['x']\n");
    }
}

#[test]
fn waiting_takes_no_time() {
    let before = std::time::Instant::now();
    assert_eq!(
        output("import time; a = time.monotonic(); time.sleep(10**6); print(round(time.monotonic() - a))"),
        "1000000\n"
    );
    assert!(before.elapsed().as_secs() < 60);
}

#[test]
fn every_instance_is_the_same() {
    let program = "import random, os, time, uuid\nprint(random.random(), os.urandom(8), time.time(), uuid.uuid4(), hash('tracewright'), {'a', 'b', 'c', 'd'}, id(object()))";
    let first = (output(program), run(program).1);
    for _ in 0..3 {
        assert_eq!((output(program), run(program).1), first);
    }
}

/// The order of sets decides verdicts of careless programs, so it must not depend on where the guest was built.
#[cfg(target_os = "linux")]
#[test]
fn the_hash_secret_is_the_same_in_every_build() {
    assert_eq!(
        output("print(hash('tracewright'), list({'north', 'east', 'south', 'west'}))"),
        "-792142159 ['east', 'south', 'west', 'north']\n"
    );
}

#[test]
fn limits_end_an_instance_and_say_which() {
    assert_eq!(run("while True: pass").0, Err(Ending::Endless { line: Some(1) }));
    assert_eq!(run("i = 0\nwhile True: i += 1").0, Err(Ending::OutOfFuel));
    assert_eq!(run("x = 10 ** 10 ** 8").0, Err(Ending::OutOfFuel));
    // Copies are priced by the byte: a loop of big ones is not one step each.
    assert_eq!(run("b = bytes(10**8)\nwhile True: bytearray(b)").0, Err(Ending::OutOfFuel));
    let (_, usage, _) = run("try:\n    x = bytearray(10**9)\nexcept MemoryError:\n    print('refused')");
    assert!(usage.peak_memory < 256 << 20);
    assert_eq!(run("import os; os._exit(0)").0, Err(Ending::Exit(0)));
}

#[test]
fn deep_recursion_leaves_the_host_alive() {
    for program in [
        "def f(): f()\nf()",
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(): f()\nf()",
        "x = []\nfor _ in range(10**5): x = [x]\nrepr(x)",
        "import json\nx = {}\nfor _ in range(10**5): x = {'a': x}\njson.dumps(x)",
        "compile('(' * 5000, 'x', 'eval')",
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().b",
    ] {
        let (reply, _, _) = run(program);
        assert!(reply.is_err() || codec::decode(&reply.unwrap()) != Ok(Value::None), "{program} ends in an error");
        assert_eq!(output("print(1)"), "1\n");
    }
}

#[test]
fn output_is_kept_up_to_its_limit_and_counted() {
    let (_, _, stdout) = run("for _ in range(1000): print('x' * 99)");
    assert_eq!((stdout.bytes.len(), stdout.total, stdout.truncated()), (1000, 100_000, true));
    let (_, _, stdout) = run("import os; os.write(1, b'raw\\xff\\x00')");
    assert_eq!(stdout.bytes, b"raw\xff\0");
}

#[test]
fn modules_that_solutions_want_are_there() {
    let modules = "re math cmath collections itertools functools heapq bisect string random statistics decimal fractions datetime \
        calendar json copy operator typing dataclasses enum abc hashlib zlib base64 struct textwrap unicodedata sqlite3 xml.etree.ElementTree \
        urllib.parse html difflib array queue contextlib types inspect asyncio threading unittest zoneinfo numbers pprint secrets uuid csv io \
        tomllib graphlib ipaddress shlex ast tokenize keyword weakref logging warnings timeit traceback pickle";
    let program = format!(
        "for name in '''{modules}'''.split():\n    __import__(name)\nimport datetime, decimal\nprint(datetime.datetime.strptime('2024-02-29', '%Y-%m-%d').date(), decimal.Decimal('0.1') * 3, '\\u00e4'.encode('idna'))"
    );
    assert_eq!(output(&program), "2024-02-29 0.3 b'xn--4ca'\n");
}

/// The damage to what is kept: see `faults`.
#[cfg(unix)]
#[test]
fn compiled_code_is_kept_where_only_the_user_may_write() {
    use std::os::unix::fs::PermissionsExt;

    let set = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let directory = tempfile::tempdir().unwrap();
    // Else nobody gets as far as what is in it.
    set(directory.path(), 0o755);
    let cache = CacheDir::new(directory.path().join("cache"));
    let mut events = Vec::new();
    let start = |events: &mut Vec<CacheEvent>| {
        let settings = Settings { jobs: 1, cache: cache.clone() };
        Sandbox::new(&settings, &mut |event| events.push(event))
            .expect("it starts")
            .instantiate(&LIMITS)
            .expect("an instance")
    };
    drop(start(&mut events));
    assert!(matches!(events.as_slice(), [CacheEvent::Compiling, CacheEvent::Compiled(_)]), "{events:?}");
    events.clear();
    drop(start(&mut events));
    assert_eq!(events, [], "a sound copy is used as it is");

    cache.write("tasks", "one", b"what was learnt").unwrap();
    assert_eq!(cache.read("tasks", "one").as_deref(), Some(&b"what was learnt"[..]));

    // Whoever may write to a folder above can put another in its place.
    let entries = std::fs::read_dir(cache.path().join("guest")).unwrap().next().unwrap().unwrap().path();
    let inside = || -> Vec<_> { std::fs::read_dir(&entries).unwrap().map(|entry| entry.unwrap().path()).collect() };
    let files = inside();
    for exposed in [&entries, &cache.path().join("guest"), cache.path()] {
        set(exposed, 0o755);
    }
    set(cache.path(), 0o777);
    for file in &files {
        std::fs::write(file, "somebody else's").unwrap();
    }
    drop(start(&mut events));
    let [CacheEvent::NotKept(why), CacheEvent::Compiling, CacheEvent::Compiled(_)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert!(why.contains("others may write to") && why.contains("TRACEWRIGHT_CACHE"), "{why}");
    assert_eq!(cache.read("tasks", "one"), None, "nor is it believed what others may have written");
    assert_eq!(inside(), files, "nor is anything written there");
    assert!(files.iter().all(|file| std::fs::read(file).unwrap() == b"somebody else's"));
}
