//! The looks of the guest's build at an interpreter's state, on modules by hand.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

#[path = "../build/link/meter/mod.rs"]
mod meter;
#[path = "../build/link/watch/mod.rs"]
mod watch;

use wasmparser::{Validator, WasmFeatures};

/// What the linker has beside them.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A module with a main loop: what comes before the loop, what runs for each bytecode, what comes behind, and the number of bytecodes.
fn module(below: &str, each: &str, behind: &str, cases: usize) -> Vec<u8> {
    let targets = "0 ".repeat(cases);
    let text = format!(
        "(module
            (import \"\" \"7\" (func $other (param i32)))
            (import \"\" \"9\" (func $look (param i32 i32)))
            (memory 1)
            (global $changes (mut i32) (i32.const 5))
            (global $stays i32 (i32.const 5))
            (func (export \"eval\") (param $a i32) (param $b i64) (result i32)
                (local $c i32) (local $d f64) (local $e i32)
                {below}
                (loop $next (result i32)
                    (block (br_table {targets} (local.get $a)))
                    {each}
                    (br $next))
                {behind})
            (func (export \"3\") (drop (call 2 (i32.const 1) (i64.const 2)))))"
    );
    wat::parse_str(text).unwrap()
}

fn watched(module: &[u8]) -> Result<Vec<u8>, String> {
    watch::watch(&meter::meter(module)?, ("", "9"))
}

/// The instructions of a module, one a line.
fn printed(module: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::CodeSectionEntry(body) = payload.unwrap() {
            lines.extend(
                body.get_operators_reader().unwrap().into_iter().map(|operator| format!("{:?}", operator.unwrap())),
            );
        }
    }
    lines
}

#[test]
fn what_is_seen_is_what_can_matter() {
    // `$a` is read by the switch, `$d` where it was not written, `$c` only after it is written, `$b` and `$e` never.
    let each = "(local.set $c (i32.const 1)) (drop (local.get $c)) (if (local.get $a) (then (drop (local.get $d)))) (local.set $e (i32.const 2))";
    let module = watched(&module("(local.set $c (i32.const 3))", each, "", 160)).unwrap();
    Validator::new_with_features(WasmFeatures::WASM2 | WasmFeatures::MULTI_MEMORY).validate_all(&module).unwrap();
    let lines = printed(&module);
    let stored = |at: usize| {
        let to = format!("offset: {at}, memory: 1");
        let store = lines.iter().position(|line| line.contains("Store") && line.contains(&to));
        store.map(|store| lines[store - 1].clone())
    };
    // The activation, the global that changes, then locals by their numbers.
    let seen: Vec<String> = (80..).step_by(8).map_while(stored).collect();
    let activation = seen[0].clone();
    assert!(activation.starts_with("LocalGet"), "{activation}");
    assert_eq!(
        seen[1..],
        ["GlobalGet { global_index: 0 }", "LocalGet { local_index: 0 }", "LocalGet { local_index: 3 }"]
    );
    assert_eq!(lines.iter().filter(|line| line.contains("Call { function_index: 1 }")).count(), 1);
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&module) {
        if let wasmparser::Payload::ExportSection(exports) = payload.unwrap() {
            names.extend(exports.into_iter().map(|export| export.unwrap().name));
        }
    }
    assert_eq!(names, ["3"], "the main loop is exported for the build alone");
}

#[test]
fn what_is_not_all_seen_is_refused() {
    let each = "(local.set $a (i32.const 1))";
    for (below, behind, cases, why) in [
        ("i32.const 4", "i32.add", 160, "something waits below the main loop"),
        ("", "", 20, "0 switches over bytecodes"),
        ("(block (br_table 0 0 (local.get $a)))", "", 160, ""),
    ] {
        match watched(&module(below, each, behind, cases)) {
            Ok(_) => assert_eq!(why, "", "{below}"),
            Err(error) => assert!(!why.is_empty() && error.contains(why), "{below}: {error}"),
        }
    }
    let without = wat::parse_str("(module (memory 1) (func (export \"eval\")))").unwrap();
    assert_eq!(watched(&without).unwrap_err(), "the module imports no look");
}
