//! The build script's checks: of a finished component, and of the notices.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

use std::{
    fs,
    path::{Path, PathBuf},
};

#[path = "../build/finished.rs"]
mod finished;
#[path = "../build/notices.rs"]
mod notices;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn takes_a_finished_component_by_its_digest_only() {
    let folder = folder("finished");
    let (component, digest) = (folder.join("guest.wasm"), folder.join("digest.txt"));
    fs::write(&component, "the right one").unwrap();
    let right = blake3::hash(b"the right one").to_hex();
    fs::write(&digest, format!("{right}\n")).unwrap();
    assert_eq!(finished::read(&component, &digest).unwrap(), b"the right one");

    fs::write(&component, "another one").unwrap();
    let error = finished::read(&component, &digest).unwrap_err();
    let parts = [finished::VARIABLE, component.to_str().unwrap(), right.as_str(), "from source"];
    for part in parts.into_iter().chain([blake3::hash(b"another one").to_hex().as_str()]) {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn says_what_to_do_about_a_component_that_is_not_there() {
    let digest = Path::new(env!("CARGO_MANIFEST_DIR")).join("digest.txt");
    let missing = folder("missing").join("guest.wasm");
    let error = finished::read(&missing, &digest).unwrap_err();
    assert!(error.contains(missing.to_str().unwrap()) && error.contains("unset TRACEWRIGHT_GUEST"), "{error}");
    let error = finished::read(Path::new("guest.wasm"), &digest).unwrap_err();
    assert!(error.contains("whole path"), "{error}");
}

#[test]
fn notices_that_no_longer_fit_stop_the_build() {
    let folder = folder("notices");
    let file = folder.join("work.txt");
    let head = "name: Work\nversion: 1.2\nlicence: MIT\nwhat: tests\nsource: here\n";
    fs::write(&file, format!("{head}fetched: work/LICENSE\nseen: Work 1.2\n\nDo as\nyou like.\n")).unwrap();
    let read = notices::read(&folder).unwrap();
    assert!(notices::code(&read).contains("text: \"Do as\\nyou like.\\n\""));

    fs::create_dir(folder.join("work")).unwrap();
    let error = notices::compare(&read, &folder).unwrap_err();
    assert!(error.contains("work.txt") && error.contains("licences/README.md"), "{error}");
    fs::write(folder.join("work/LICENSE"), "  Do as you like.").unwrap();
    notices::compare(&read, &folder).unwrap();
    fs::write(folder.join("work/LICENSE"), "Ask first.").unwrap();
    let error = notices::compare(&read, &folder).unwrap_err();
    assert!(error.contains("work/LICENSE") && error.contains("licences/README.md"), "{error}");

    notices::look_for_versions(&read, b"\0Work 1.2\0").unwrap();
    let error = notices::look_for_versions(&read, b"\0Work 1.3\0").unwrap_err();
    assert!(error.contains("work.txt") && error.contains("Work 1.2"), "{error}");

    for broken in ["name: Work\n\ntext\n", "nonsense\n\ntext\n", "name: Work\n"] {
        fs::write(&file, broken).unwrap();
        assert!(notices::read(&folder).err().unwrap().contains("work.txt"));
    }
}

#[test]
fn the_crate_carries_them() {
    let python = tracewright_guest::NOTICES.iter().find(|notice| notice.name == "CPython").unwrap();
    assert!(python.text.contains("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"));
    assert_eq!(tracewright_guest::DIGEST, blake3::hash(tracewright_guest::COMPONENT).to_hex().as_str());
}
