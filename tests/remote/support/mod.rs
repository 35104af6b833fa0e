//! Local servers in Python, started by the tests that need them.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, Command, Stdio},
    sync::OnceLock,
};

/// A running server; it ends when this process does.
pub(crate) struct Server {
    pub(crate) port: u16,
    _input: ChildStdin,
    _child: Child,
}

impl Server {
    /// The one server of some tests, or `None` where there is no `python3`, which only a user's machine may lack.
    pub(crate) fn get(
        server: &'static OnceLock<Option<Self>>,
        script: &str,
        arguments: &[&str],
    ) -> Option<&'static Self> {
        server.get_or_init(|| Self::start(script, arguments)).as_ref()
    }

    /// Another server, or `None` as above.
    pub(crate) fn start(script: &str, arguments: &[&str]) -> Option<Self> {
        let path = format!("{}/tests/remote/servers/{script}", env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new("python3");
        command.arg("-I").arg(path).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                skip("python3");
                return None;
            }
            Err(error) => panic!("python3: {error}"),
        };
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the server prints its port");
        Some(Self { port, _input: child.stdin.take().unwrap(), _child: child })
    }

    /// An address on it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// A page of it.
    pub(crate) fn get_json(&self, path: &str) -> serde_json::Value {
        let text = ureq::get(self.url(path)).config().proxy(None).build().call().unwrap();
        serde_json::from_reader(text.into_body().into_reader()).unwrap()
    }
}

/// Says that a test is skipped for want of a program; where the variable `CI` is set, that is a failure.
pub(crate) fn skip(program: &str) {
    assert!(std::env::var_os("CI").is_none(), "no {program}: the tests need it");
    eprintln!("skipped: no {program}");
}
