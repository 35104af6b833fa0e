//! `licences`: what the program and the interpreter in it are made of.

use serde_json::Value;

use crate::support::tracewright;

fn notices(arguments: &[&str]) -> Value {
    let output = tracewright().args(["--json", "licences"]).args(arguments).assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

#[test]
fn lists_what_is_inside_with_texts() {
    let report = notices(&[]);
    assert_eq!(report["licence"], "Apache-2.0 OR MIT");
    let list = report["notices"].as_array().unwrap();
    for (name, place) in [
        ("CPython", "interpreter"),
        ("componentize-py", "interpreter"),
        ("Expat", "interpreter"),
        ("HACL*", "interpreter"),
        ("LLVM", "interpreter"),
        ("mimalloc", "interpreter"),
        ("mpdecimal", "interpreter"),
        ("SQLite", "interpreter"),
        ("tzdata", "interpreter"),
        ("wasi-libc", "interpreter"),
        ("zlib", "interpreter"),
        ("CORE-MATH", "program"),
    ] {
        let notice = list.iter().find(|notice| notice["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(notice["in"], place, "{name}");
        for field in ["version", "licence", "what", "source", "text"] {
            assert!(notice[field].as_str().is_some_and(|text| !text.trim().is_empty()), "{name}: {field}");
        }
    }
    assert!(notices(&["--list"])["notices"].as_array().unwrap().iter().all(|notice| notice["text"].is_null()));
}

/// The versions in the notices are those that the interpreter itself says it has.
#[test]
fn names_the_versions_that_run() {
    let program = "import decimal, platform, pyexpat, sqlite3, sys, unicodedata, zlib\n\
        print(platform.python_version(), pyexpat.EXPAT_VERSION.removeprefix('expat_'), decimal.__libmpdec_version__,\n\
        sqlite3.sqlite_version, unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION)";
    let output = crate::run_command::run(program, &[]);
    let versions = output["stdout"]["text"].as_str().unwrap().to_owned();
    let report = notices(&["--list"]);
    let listed = ["CPython", "Expat", "mpdecimal", "SQLite", "Unicode Character Database", "zlib"].map(|name| {
        let notice = report["notices"].as_array().unwrap().iter().find(|notice| notice["name"] == name);
        notice.unwrap()["version"].as_str().unwrap().to_owned()
    });
    assert_eq!(versions.trim(), listed.join(" "));
}

#[test]
fn prints_them_for_people_under_both_spellings() {
    let print = |arguments: &[&str]| {
        let output = tracewright().args(arguments).assert().success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let text = print(&["licences"]);
    assert!(text.starts_with("Tracewright ") && text.contains("Apache-2.0 or MIT"), "{text}");
    let list = print(&["licences", "--list"]);
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
    assert!(text.contains("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"));
    assert_eq!(text, print(&["licenses"]));
}

/// The notice of what the crate carries names the crate's version.
#[test]
fn core_math_is_the_one_that_is_linked() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let version = lock.split_once("name = \"core-math\"\nversion = \"").unwrap().1;
    let minor: Vec<&str> = version.split('"').next().unwrap().split('.').take(2).collect();
    let report = notices(&["--list"]);
    let notice = report["notices"].as_array().unwrap().iter().find(|notice| notice["name"] == "CORE-MATH").unwrap();
    assert_eq!(notice["version"], format!("core-math {}", minor.join(".")));
}
