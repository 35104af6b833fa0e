//! The choice of the library that is loaded, and that nothing else is executed on the way. In processes of their own: a library is loaded
//! once.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use tracewright::internals::model::{Device, Origin, Runtime};

use crate::{cache, runtime};

/// The variable that tells this test's process apart from the one that it starts.
const STARTED: &str = "TRACEWRIGHT_TEST_CACHE";

/// Runs the test `name` in a process of its own, in `folder`; returns what it prints.
fn start(name: &str, folder: &Path, cache: &Path, library: Option<&Path>) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .current_dir(folder)
        .env(STARTED, cache)
        .env("ORT_DYLIB_PATH", library.unwrap_or(Path::new("")))
        .env("PIP_NO_INDEX", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The part of the started process: it looks for the library and loads it. False in the process that starts it.
fn started() -> bool {
    let Some(cache) = std::env::var_os(STARTED) else { return false };
    println!("found: {:?}", Runtime::probe(Path::new(&cache), Device::Cpu).map(|library| library.path));
    let opened = Runtime::open(Path::new(&cache), Device::Cpu, &mut |line| println!("said: {line}"));
    match opened {
        Ok(runtime) => println!("opened: {}", runtime.library().origin),
        Err(error) => println!("failed: {error}"),
    }
    true
}

#[test]
fn nothing_in_the_working_directory_is_executed() {
    if started() {
        return;
    }
    // With and without modules that Python itself needs.
    for modules in [&["contextlib", "threading", "types", "typing", "warnings"][..], &[]] {
        let folder = tempfile::tempdir().unwrap();
        let marker = folder.path().join("executed");
        let script = format!("open({marker:?}, 'w').close()\n");
        for name in modules {
            fs::write(folder.path().join(format!("{name}.py")), &script).unwrap();
        }
        for name in ["pip", "onnxruntime"] {
            fs::create_dir_all(folder.path().join(name).join("capi")).unwrap();
            for file in ["__init__.py", "__main__.py", "capi/libonnxruntime.so.hostile"] {
                fs::write(folder.path().join(name).join(file), &script).unwrap();
            }
        }
        let said =
            start("runtime::nothing_in_the_working_directory_is_executed", folder.path(), Path::new("cache"), None);
        assert!(said.contains("found:") && !said.contains("hostile") && !marker.exists(), "{said}");
    }
}

#[test]
fn an_untested_version_is_told_of() {
    if started() {
        return;
    }
    let Some(runtime) = runtime() else { return };
    let folder = tempfile::tempdir().unwrap();
    let name = if cfg!(windows) { "onnxruntime.dll" } else { "libonnxruntime.so.1.31.999" };
    let library = folder.path().join(name);
    fs::copy(&runtime.library().path, &library).unwrap();
    fs::write(folder.path().join("build_and_package_info.py"), "__version__ = '1.31.999'\n").unwrap();
    let said = start("runtime::an_untested_version_is_told_of", folder.path(), &cache(), Some(&library));
    assert_eq!(said.matches("said: ONNX Runtime 1.31.999 is used (named by ORT_DYLIB_PATH: ").count(), 1, "{said}");
    assert!(said.contains("opened: named by ORT_DYLIB_PATH"), "{said}");
}

#[test]
fn probing_finds_what_opening_loads_and_fetches_nothing() {
    let empty = tempfile::tempdir().unwrap();
    let found = Runtime::probe(&empty.path().join("none"), Device::Cpu);
    assert!(found.is_none_or(|library| library.origin != Origin::Fetched));
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
    let Some(runtime) = runtime() else { return };
    assert_eq!(Runtime::probe(&cache(), Device::Cpu).as_ref(), Some(runtime.library()));
    if runtime.library().origin == Origin::Fetched {
        assert_eq!(runtime.library().version.as_deref(), Some(Runtime::VERSION));
    }
}

/// Others may write to a folder, or the file is not what was published: such a library is not loaded, unless the user names it.
#[cfg(unix)]
#[test]
fn a_library_that_others_could_have_put_there_is_not_loaded() {
    use std::os::unix::fs::PermissionsExt;

    if started() {
        return;
    }
    let Some(runtime) = runtime() else { return };
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let name = "runtime::a_library_that_others_could_have_put_there_is_not_loaded";
    let folder = tempfile::tempdir().unwrap();
    set(folder.path(), 0o777);
    let library = folder.path().join(runtime.library().path.file_name().unwrap());
    fs::copy(&runtime.library().path, &library).unwrap();
    let said = start(name, folder.path(), &cache(), Some(&library));
    assert!(
        said.contains("said: ONNX Runtime is loaded because ORT_DYLIB_PATH names it, but others may write to"),
        "{said}"
    );
    assert!(said.contains("opened: named by ORT_DYLIB_PATH"), "{said}");

    if runtime.library().origin != Origin::Fetched {
        eprintln!("skipped: ONNX Runtime is installed, so that the cache is not looked at");
        return;
    }
    let cache = folder.path().join("cache");
    let kept = cache.join(format!("onnxruntime-{}", Runtime::VERSION)).join("onnxruntime/capi");
    fs::create_dir_all(&kept).unwrap();
    for entry in fs::read_dir(runtime.library().path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().starts_with("libonnxruntime") {
            fs::copy(entry.path(), kept.join(entry.file_name())).unwrap();
        }
    }
    let library = kept.join(library.file_name().unwrap());
    let said = start(name, folder.path(), &cache, None);
    assert!(said.contains("found: None") && said.contains("others may write to"), "{said}");
    assert!(
        said.contains("failed: ONNX Runtime: its library is not loaded from where others can put another"),
        "{said}"
    );
    set(folder.path(), 0o755);
    let said = start(name, folder.path(), &cache, None);
    assert!(said.contains("opened: fetched into the cache") && !said.contains("said:"), "{said}");
    let mut bytes = fs::read(&library).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&library, bytes).unwrap();
    let said = start(name, folder.path(), &cache, None);
    assert!(said.contains("found: None") && said.contains("is not the file that was published"), "{said}");
    assert!(!said.contains("opened:"), "{said}");
}
