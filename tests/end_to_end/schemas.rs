//! The files of real runs are what the schemas in `docs/schemas` say, and have no fields that the schemas do not name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::support::tracewright;

/// The schema of files.
fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schemas/{name}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A schema, and the document that its references are in.
#[derive(Clone, Copy)]
struct Rule<'a> {
    schema: &'a Value,
    root: &'a Value,
}

impl<'a> Rule<'a> {
    fn of(self, schema: &'a Value) -> Self {
        Self { schema, ..self }
    }

    fn referred(self) -> Option<Self> {
        let name = self.schema.get("$ref")?.as_str().unwrap().strip_prefix('#').unwrap();
        Some(self.of(self.root.pointer(name).unwrap_or_else(|| panic!("no {name}"))))
    }

    fn branches(self, keyword: &str) -> Vec<Self> {
        let branches = self.schema.get(keyword).and_then(Value::as_array);
        branches.into_iter().flatten().map(|branch| self.of(branch)).collect()
    }

    /// The names of fields that an object may have; nothing where any will do.
    fn names(self) -> Option<BTreeSet<String>> {
        if ["additionalProperties", "patternProperties"]
            .iter()
            .any(|open| self.schema.get(open).is_some_and(|value| *value != Value::Bool(false)))
        {
            return None;
        }
        let own = self.schema.get("properties").and_then(Value::as_object);
        let mut names: BTreeSet<String> = own.into_iter().flat_map(|fields| fields.keys().cloned()).collect();
        for part in self.referred().into_iter().chain(self.branches("anyOf")).chain(self.branches("oneOf")) {
            names.extend(part.names()?);
        }
        Some(names)
    }

    /// Checks a value with all that is in it: its fields are named.
    fn check(self, value: &Value, place: &str) -> Result<(), String> {
        self.matches(value, place)?;
        let (Value::Object(fields), Some(names)) = (value, self.names()) else { return Ok(()) };
        let unknown = fields.keys().find(|name| !names.contains(*name));
        // A schema that says nothing allows everything.
        match unknown.filter(|_| !names.is_empty()) {
            Some(name) => Err(format!("{place}: the schema has no {name}")),
            None => Ok(()),
        }
    }

    /// Checks a value against the keywords of draft 2020-12 that the generator uses; another one is an error of this test.
    fn matches(self, value: &Value, place: &str) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{place}: {what}: {value}"));
        let Value::Object(keywords) = self.schema else {
            return if *self.schema == Value::Bool(true) { Ok(()) } else { wrong("nothing is allowed here") };
        };
        for (keyword, says) in keywords {
            match keyword.as_str() {
                "$ref" => self.referred().unwrap().matches(value, place)?,
                "type" => {
                    let types = says.as_array().cloned().unwrap_or_else(|| vec![says.clone()]);
                    if !types.iter().any(|kind| is(value, kind.as_str().unwrap())) {
                        return wrong(&format!("not of type {says}"));
                    }
                }
                "const" if value != says => return wrong(&format!("not {says}")),
                "enum" if !says.as_array().unwrap().contains(value) => return wrong(&format!("none of {says}")),
                "minimum" if value.as_f64() < says.as_f64() && value.is_number() => return wrong("too small"),
                "maximum" if value.as_f64() > says.as_f64() && value.is_number() => return wrong("too large"),
                "anyOf" | "oneOf" => {
                    let tried: Vec<_> =
                        self.branches(keyword).into_iter().map(|branch| branch.matches(value, place)).collect();
                    let matching = tried.iter().filter(|tried| tried.is_ok()).count();
                    if matching == 0 || (keyword == "oneOf" && matching > 1) {
                        return wrong(&format!("{matching} of the branches of {keyword} match; {tried:?}"));
                    }
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.of(says).check(item, &format!("{place}[{index}]"))?;
                    }
                }
                "properties" => {
                    for (name, field) in says.as_object().unwrap() {
                        if let Some(value) = value.get(name) {
                            self.of(field).check(value, &format!("{place}.{name}"))?;
                        }
                    }
                }
                "additionalProperties" | "patternProperties" => self.others(value, place)?,
                // Kept, or nothing to check here.
                "const" | "enum" | "minimum" | "maximum" | "$schema" | "$defs" | "title" | "description" | "format"
                | "default" | "required" => {}
                other => panic!("{place}: this test knows no keyword {other}"),
            }
        }
        let required = self.schema.get("required").and_then(Value::as_array);
        let missing = required.into_iter().flatten().find(|name| value.get(name.as_str().unwrap()).is_none());
        match missing.filter(|_| value.is_object()) {
            Some(name) => wrong(&format!("{name} is missing")),
            None => Ok(()),
        }
    }

    /// Checks the fields that are not named.
    fn others(self, value: &Value, place: &str) -> Result<(), String> {
        let named = self.schema.get("properties");
        let patterns = self.schema.get("patternProperties").and_then(Value::as_object);
        for (name, field) in value.as_object().into_iter().flatten() {
            let place = format!("{place}.{name}");
            if named.is_some_and(|named| named.get(name).is_some()) {
                continue;
            }
            let pattern = patterns.and_then(|patterns| {
                assert!(patterns.keys().all(|pattern| pattern == r"^\d+$"), "{place}: this test knows one pattern");
                let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
                digits.then(|| patterns.values().next())?
            });
            if let Some(rule) = pattern.or_else(|| self.schema.get("additionalProperties")) {
                self.of(rule).check(field, &place)?;
            }
        }
        Ok(())
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("no type is called {other}"),
    }
}

fn check(name: &str, value: &Value, place: &str) {
    let root = schema(name);
    Rule { schema: &root, root: &root }.check(value, place).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Checks a file: each line of a JSONL file, and all of another.
fn check_file(name: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let place = path.display().to_string();
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        assert!(!text.is_empty(), "{place} has no lines");
        let root = schema(name);
        for (index, line) in text.lines().enumerate() {
            let value = serde_json::from_str(line).unwrap();
            let checked = Rule { schema: &root, root: &root }.check(&value, &format!("{place}:{}", index + 1));
            checked.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    } else {
        check(name, &serde_json::from_str(&text).unwrap(), &place);
    }
}

/// All files below a folder, relative to it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path.strip_prefix(folder).unwrap().to_owned()) }
        }
    }
    found.sort();
    found
}

/// The schema of a file in the folder of `score`; nothing for the files that other tools define.
fn of_score(name: &str) -> Option<&'static str> {
    match name {
        "manifest.json" => Some("manifest"),
        "tasks.jsonl" => Some("tasks"),
        "verdicts.jsonl" | "journal.jsonl" => Some("verdicts"),
        "summary.json" => Some("summary"),
        "differences.jsonl" => Some("differences"),
        other if other.ends_with("_results.jsonl") || other.ends_with(".eval_results.json") => None,
        other => panic!("no schema for {other} in the folder of `score`"),
    }
}

#[test]
fn the_folder_of_score_is_as_the_schemas_say() {
    let folder = tempfile::tempdir().unwrap();
    let all = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/mini/candidates.jsonl"));
    let samples = folder.path().join("samples.jsonl");
    // One that is not what is said of it, too.
    let wrong = r#"{"task_id": "mini/stock-code-totals", "solution": "", "expect": "pass", "odd": [1]}"#;
    let first: Vec<String> = all.unwrap().lines().take(40).map(str::to_owned).chain([wrong.to_owned()]).collect();
    fs::write(&samples, first.join("\n")).unwrap();
    check_file("candidates", &samples);
    let out = folder.path().join("run");
    let output = tracewright()
        .args(["--json", "score", "--dataset", "mini", "--allow-partial", "--expect", "expect", "--group-by", "odd"])
        .args(["--audit", "--k", "1,1000", "--samples"])
        .arg(&samples)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    check("summary", &serde_json::from_slice(&output.stdout).unwrap(), "standard output");
    let found = files(&out);
    assert!(found.iter().any(|path| path.ends_with("differences.jsonl")));
    for path in found {
        if let Some(name) = of_score(path.to_str().unwrap()) {
            check_file(name, &out.join(path));
        }
    }
}

#[test]
fn bundled_datasets_and_events_are_as_the_schemas_say() {
    let mini = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/mini/tasks.jsonl");
    check_file("native-dataset", &mini);
    let folder = tempfile::tempdir().unwrap();
    let sets = folder.path().join("synth");
    let made = tracewright()
        .args(["dataset", "synth", "--train", "6", "--dev", "2", "--test", "2", "--out"])
        .arg(&sets)
        .output();
    assert!(made.unwrap().status.success());
    check_file("synth-manifest", &sets.join("manifest.json"));
    for split in ["train", "dev", "test"] {
        check_file("synth", &sets.join(format!("{split}.jsonl")));
    }
    let traced =
        tracewright().args(["trace", "--task", "mini/stock-code-totals", "--format", "events"]).output().unwrap();
    assert!(traced.status.success(), "{}", String::from_utf8_lossy(&traced.stderr));
    for (index, line) in String::from_utf8(traced.stdout).unwrap().lines().enumerate() {
        check("trace-events", &serde_json::from_str(line).unwrap(), &format!("event {index}"));
    }
}

#[cfg(all(feature = "train", unix))]
#[test]
fn the_folder_of_next_is_as_the_schemas_say() {
    let out = crate::next::whole();
    for path in files(&out) {
        let text = path.to_str().unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let parent = path.parent().and_then(Path::file_name).and_then(|parent| parent.to_str());
        let schema = match (parent, name) {
            (Some("checkpoint"), _) => continue,
            (Some("verdicts"), _) => match of_score(name) {
                Some(schema) => schema,
                None => continue,
            },
            (Some("training"), "metrics.jsonl") => "training-metrics",
            (_, "samples.jsonl") => "samples",
            (_, "pairs.jsonl") => "pairs",
            (_, "filter.json") => "next-filter",
            (_, "training.json") => "next-training",
            (None | Some(""), "manifest.json") => "next-manifest",
            (_, "hard.json") => "next-hard",
            (_, "metrics.jsonl") => "next-metrics",
            (_, "timings.jsonl") => "next-timings",
            (_, "summary.json") => "next-summary",
            _ => panic!("no schema for {text} in the folder of `next`"),
        };
        check_file(schema, &out.join(&path));
    }
}

#[cfg(all(feature = "train", feature = "report", unix))]
#[test]
fn a_record_is_as_the_schemas_say() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let done = tracewright().arg("report").arg(crate::next::whole()).arg("--record").arg(&record).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for path in files(&record) {
        let schema = match path.to_str().unwrap() {
            "manifest.json" => "next-manifest",
            "summary.json" => "next-summary",
            "metrics.jsonl" => "next-metrics",
            "timings.jsonl" => "next-timings",
            "counts.jsonl" => "record-counts",
            _ => "record-losses",
        };
        check_file(schema, &record.join(&path));
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let root = schema("verdicts");
    let good: Value = serde_json::from_str(
        r#"{"task_id": "a", "sample": 0, "verdict": "pass", "tests": [{"verdict": "pass"}], "fuel": 1, "peak_memory": 1, "isolation": "split"}"#,
    )
    .unwrap();
    let rule = Rule { schema: &root, root: &root };
    assert_eq!(rule.check(&good, "row"), Ok(()));
    for (field, value) in [
        ("verdict", Value::from("passed")),
        ("sample", Value::from(-1)),
        ("sample", Value::from("0")),
        ("tests", serde_json::json!([{}])),
        ("tests", serde_json::json!([{"verdict": "pass", "odd": 1}])),
        ("odd", Value::Null),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        assert!(rule.check(&wrong, "row").is_err(), "{wrong}");
    }
    let mut short = good;
    short.as_object_mut().unwrap().remove("fuel");
    assert!(rule.check(&short, "row").is_err());
}
