//! Fetching ONNX Runtime with pip: one pinned version, checked against its digest, unpacked into the cache. Its libraries are checked again
//! each time before they are loaded.

use std::{
    env::consts::{ARCH, OS},
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    super::ModelError,
    library::{Library, Origin},
    python::{python, python_with_pip},
    wheel::{self, Unsound, VERSION, Wheel},
};
use crate::files::{private, put_cached};

/// The library in a wheel does not depend on the version of Python; this one's wheels are taken.
const PYTHON_VERSION: &str = "3.12";

/// The library in the cache, if it is the one that was published.
pub(super) fn cached(cache: &Path, cuda: bool) -> Option<Library> {
    sound(cache, wheel::of_this_machine(cuda)?).ok()
}

fn sound(cache: &Path, wheel: &Wheel) -> Result<Library, Unsound> {
    Ok(Library::new(wheel.sound(&place(cache, wheel))?, Origin::Fetched))
}

/// The library from the cache, fetched first where it is not there.
pub(super) fn fetched(cache: &Path, cuda: bool, report: &mut dyn FnMut(&str)) -> Result<Library, ModelError> {
    let failed = |problem: String| {
        let advice = "Set ORT_DYLIB_PATH to its shared library, or install it with pip";
        ModelError::Library(format!(
            "{problem}. {advice} (package onnxruntime, or onnxruntime-gpu for CUDA; version {VERSION})"
        ))
    };
    // Python runs elsewhere.
    let cache = &std::path::absolute(cache).map_err(ModelError::file(cache))?;
    let Some(wheel) = wheel::of_this_machine(cuda) else {
        let with = if cuda { " with CUDA" } else { "" };
        return Err(failed(format!("there is no tested build{with} for {OS} on {ARCH}")));
    };
    let target = place(cache, wheel);
    match sound(cache, wheel) {
        Ok(library) => return Ok(library),
        Err(Unsound::Missing) => {}
        Err(Unsound::Exposed(why)) => return Err(exposed(&crate::blame::told(&why))),
        // Damaged, or somebody else's: it is replaced.
        Err(why) => report(&format!("the ONNX Runtime in the cache is fetched again: {}", crate::blame::told(&why))),
    }
    let Wheel { package, platform, digest, megabytes, .. } = wheel;
    let interpreter = python_with_pip()
        .ok_or_else(|| failed("it is not installed, and there is no Python with pip to fetch it".into()))?;
    report(&format!("fetching ONNX Runtime {VERSION} with pip ({megabytes} MB, once)"));
    private::create(cache).map_err(ModelError::file(cache))?;
    private::folder(cache).map_err(|why| exposed(&crate::blame::told(&why)))?;
    let unpacked = tempfile::tempdir_in(cache).map_err(ModelError::file(cache))?;
    let mut requirements = tempfile::NamedTempFile::new_in(cache).map_err(ModelError::file(cache))?;
    writeln!(requirements, "{package}=={VERSION} --hash=sha256:{digest}")
        .map_err(ModelError::file(requirements.path()))?;
    let options = "-m pip install --quiet --no-input --disable-pip-version-check --no-deps --require-hashes \
                   --only-binary=:all: --implementation cp --python-version";
    let mut arguments = options.split(' ').map(OsStr::new).collect::<Vec<_>>();
    arguments.extend([PYTHON_VERSION, "--platform", platform, "--target"].map(OsStr::new));
    arguments.extend([unpacked.path().as_os_str(), "--requirement".as_ref(), requirements.path().as_os_str()]);
    let output =
        python(interpreter, arguments).map_err(|error| failed(format!("pip could not be started: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
        return Err(failed(format!("pip could not fetch it; it said: {}", said.trim())));
    }
    // A temporary folder is closed to others, and stays so under its new name.
    let unpacked = unpacked.path();
    wheel
        .sound(unpacked)
        .map_err(|why| failed(format!("what pip fetched is of no use: {}", crate::blame::told(&why))))?;
    put_cached(unpacked, &target, |target| wheel.sound(target).is_ok()).map_err(ModelError::file(&target))?;
    sound(cache, wheel).map_err(|why| failed(crate::blame::told(&why)))
}

/// The folder that a package is unpacked to.
fn place(cache: &Path, wheel: &Wheel) -> PathBuf {
    cache.join(format!("{}-{VERSION}", wheel.package))
}

fn exposed(why: &str) -> ModelError {
    ModelError::Library(format!(
        "its library is not loaded from where others can put another: {why}. Close that to others, set TRACEWRIGHT_CACHE to a folder that only \
         you can write to, or name a library in ORT_DYLIB_PATH"
    ))
}
