//! The standard library in the sandbox: what is given without a system below it, and what is said to be missing.

use tracewright::internals::{
    judge::{Judgement, Options, Verdict},
    sandbox::Annotations,
};

use crate::{
    run_command::run,
    support::{judge, program_task},
};

fn works(program: &str) {
    let report = run(program, &["--output", "1M"]);
    assert_eq!(report["status"], "ok", "{}", report["error"].as_str().unwrap_or_default());
}

#[test]
fn threads_run_one_after_another() {
    works(include_str!("../library/threads.py"));
}

#[test]
fn an_event_loop_waits_for_time_and_threads() {
    works(include_str!("../library/event_loop.py"));
}

#[test]
fn files_live_in_memory() {
    works(include_str!("../library/files.py"));
}

#[test]
fn zones_codecs_and_key_derivation_are_there() {
    works(include_str!("../library/data.py"));
}

/// The verdict on a function `f` of no arguments that is to return 1.
fn verdict(program: &str, options: &Options) -> Judgement {
    judge(options, &program_task("def f():\n    return 1\n", &["assert f() == 1"]), program)
}

#[test]
fn what_the_sandbox_lacks_is_no_fault_of_the_program() {
    let turns = "import threading\ndef f():\n    a, b = threading.Semaphore(1), threading.Semaphore(0)\n    def run(x, y):\n        for _ in range(2):\n            x.acquire()\n            y.release()\n    ts = [threading.Thread(target=run, args=p) for p in ((a, b), (b, a))]\n    [t.start() for t in ts]\n    [t.join() for t in ts]\n    return 1\n";
    let body =
        |statement: &str| format!("import os, socket, subprocess, hashlib\ndef f():\n    {statement}\n    return 1\n");
    let mut programs = vec![turns.to_owned(), "import ctypes\ndef f():\n    return 1\n".to_owned()];
    programs.extend(
        [
            "os.fork()",
            "from os import fork",
            "os.system('true')",
            "subprocess.run(['true'])",
            "socket.create_connection(('localhost', 1))",
            "hashlib.scrypt(b'', salt=b'', n=2, r=1, p=1)",
            "__import__('multiprocessing').Pool(2)",
            "__import__('urllib.request').request.urlopen('http://localhost/')",
        ]
        .map(body),
    );
    for program in programs {
        let judged = verdict(&program, &Options::default());
        assert_eq!(judged.verdict, Verdict::MissingModule, "{program}{:?}", judged.error());
    }
    let own = [
        "open('nothing.txt')",
        "os.no_such_name",
        "raise OSError(2, 'mine')",
        "l = __import__('threading').Lock(); l.acquire(); l.acquire()",
    ];
    for program in own.map(body) {
        let judged = verdict(&program, &Options::default());
        assert_eq!(judged.verdict, Verdict::RuntimeError, "{program}{:?}", judged.error());
    }
}

#[test]
fn annotations_are_evaluated_where_they_stand() {
    let rest = "def f():\n    return 1\n";
    let unknown = [
        "def g(x: List[int]): pass\n",
        "def g(x, *, y: Any = 1) -> int: pass\n",
        "async def g() -> Awaitable: pass\n",
        "LIMIT: Final = 3\n",
        "if True:\n    x: Final\n",
        "class A:\n    x: Optional[int] = None\n",
        "class A:\n    def m(self) -> A: pass\n",
        "class A: pass\nA.x: Any = 1\n",
        "def outer():\n    def inner(x: Any): pass\nouter()\n",
    ];
    for program in unknown {
        let program = format!("{program}{rest}");
        let judged = verdict(&program, &Options::default());
        assert_eq!(judged.verdict, Verdict::RuntimeError, "{program}");
        assert_eq!(judged.error().unwrap().kind, "NameError", "{program}");
        if !program.starts_with("class A: pass") {
            let deferred = Options { annotations: Annotations::Deferred, ..Options::default() };
            assert_eq!(verdict(&program, &deferred).verdict, Verdict::Pass, "{program}");
        }
    }
    let known = [
        "from __future__ import annotations\ndef g(x: List[int]) -> Any: pass\nx: Final = 1\n",
        "def g(x: 'List[int]') -> 'Any': pass\n",
        "def g():\n    x: Any = 1\n    return x\ng()\n",
        "def outer():\n    def inner(x: Any): pass\n",
        "import dataclasses\n@dataclasses.dataclass(slots=True)\nclass P:\n    '''A point.'''\n    x: int\n    y: int = 2\nassert P(1) == P(1, 2) and P.__doc__ == 'A point.'\n",
        "from typing import NamedTuple, TypedDict, get_type_hints\nclass N(NamedTuple):\n    x: int = 1\nclass T(TypedDict):\n    y: int\nassert N() == (1,) and get_type_hints(T) == {'y': int}\n",
        "class A:\n    t = int\n    __x: t = 1\n    def m(self, y: t) -> t: pass\n    t = str\nassert A.__annotations__ == {'_A__x': int} and A.m.__annotations__ == {'y': int, 'return': int}\n",
        "n = []\ndef c(x): n.append(x); return x\ndef g(a: c(2) = c(1)) -> c(3): pass\nx: c(5) = c(4)\ng.__annotations__\nassert n == [1, 2, 3, 4, 5] and __annotations__ == {'x': 5}\n",
    ];
    for program in known {
        let judged = verdict(&format!("{program}{rest}"), &Options::default());
        assert_eq!(judged.verdict, Verdict::Pass, "{program}{:?}", judged.error());
    }
    let line = verdict("\ndef g(a,\n      b: Any,\n      c): pass\n", &Options::default());
    assert_eq!(line.error().unwrap().line, Some(3));
}

#[test]
fn the_list_of_what_is_missing_is_complete() {
    let report = run(include_str!("../library/missing.py"), &["--output", "1M"]);
    assert_eq!(report["status"], "ok", "{}", report["error"]);
    let found = report["stdout"]["text"].as_str().unwrap();
    assert!(found == include_str!("../../guest/missing.md"), "guest/missing.md should be:\n{found}");
}
