//! Fetching ONNX Runtime with pip: one pinned version, checked against its digest, unpacked into the cache.

use std::{
    env::consts::{ARCH, OS},
    ffi::OsStr,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    super::ModelError,
    locate::{Library, Origin, library, python, python_with_pip},
};

/// The version that is fetched, and that the tests pass with.
pub(super) const VERSION: &str = "1.31.1";
/// The library in a wheel does not depend on the version of Python; this one's wheels are taken.
const PYTHON_VERSION: &str = "3.12";

/// A wheel: system, processor, with CUDA or not, pip's platform tag, SHA-256, size in MB.
type Wheel = (&'static str, &'static str, bool, &'static str, &'static str, u32);

const WHEELS: [Wheel; 6] = [
    (
        "linux",
        "x86_64",
        false,
        "manylinux_2_28_x86_64",
        "1f3dea47f2f0e5117c2404cea7d21fd253ae7836a3bf167a501cdfbb2600d536",
        24,
    ),
    (
        "linux",
        "aarch64",
        false,
        "manylinux_2_28_aarch64",
        "0b9a492176886992e0e875f06bc0367e333f5fff11711a2d642e18b02f3009cc",
        20,
    ),
    (
        "macos",
        "aarch64",
        false,
        "macosx_14_0_arm64",
        "96dd2564b10ea7153ad9c207e7cd8e5917cb3ba521e0e0a62ac03486fdc8d56c",
        20,
    ),
    ("windows", "x86_64", false, "win_amd64", "ae8a9a351efda685cc59a66226cdefaa37a126c1d66872ca23a2de9425326130", 15),
    (
        "linux",
        "x86_64",
        true,
        "manylinux_2_28_x86_64",
        "05d548956197b9d01f59b625de740e0d6be3593f874e241a12dc0362650ecdf7",
        256,
    ),
    ("windows", "x86_64", true, "win_amd64", "2bb1e9373baba88f6415257f5b6a589d23e23c16004f7d89adf4344eada5749e", 220),
];

/// The library in the cache.
pub(super) fn cached(cache: &Path, cuda: bool) -> Option<Library> {
    let (_, target) = package(cache, cuda);
    Some(Library::new(library(&target.join("onnxruntime"))?, Origin::Fetched))
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
    if let Some(library) = cached(cache, cuda) {
        return Ok(library);
    }
    let (package, target) = package(cache, cuda);
    let wheel = WHEELS.iter().find(|(os, arch, with_cuda, ..)| (*os, *arch, *with_cuda) == (OS, ARCH, cuda));
    let Some((_, _, _, platform, digest, megabytes)) = wheel else {
        return Err(failed(format!("there is no tested build of {package} for {OS} on {ARCH}")));
    };
    let interpreter = python_with_pip()
        .ok_or_else(|| failed("it is not installed, and there is no Python with pip to fetch it".into()))?;
    report(&format!("fetching ONNX Runtime {VERSION} with pip ({megabytes} MB, once)"));
    fs::create_dir_all(cache).map_err(ModelError::file(cache))?;
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
    put(unpacked.path(), &target).map_err(ModelError::file(&target))?;
    cached(cache, cuda).ok_or_else(|| failed(format!("{}: the package holds no shared library", target.display())))
}

/// Name of the package, and where it is unpacked to.
fn package(cache: &Path, cuda: bool) -> (&'static str, PathBuf) {
    let package = if cuda { "onnxruntime-gpu" } else { "onnxruntime" };
    (package, cache.join(format!("{package}-{VERSION}")))
}

/// Moves an unpacked package to its place, unless another process was faster.
fn put(unpacked: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(unpacked, target) {
        Err(_) if library(&target.join("onnxruntime")).is_some() => Ok(()),
        // What is there is of no use: somebody emptied it, or the disk lost it.
        Err(_) if target.exists() => fs::remove_dir_all(target).and_then(|()| fs::rename(unpacked, target)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_without_its_library_is_replaced_and_a_whole_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::create_dir_all(target.join("onnxruntime/bin")).unwrap();
        for (name, expected) in [("first", "first"), ("second", "first")] {
            let unpacked = folder.path().join(name);
            let capi = unpacked.join("onnxruntime/capi");
            fs::create_dir_all(&capi).unwrap();
            fs::write(capi.join("libonnxruntime.so"), name).unwrap();
            put(&unpacked, &target).unwrap();
            let library = library(&target.join("onnxruntime")).unwrap();
            assert_eq!(fs::read_to_string(library).unwrap(), expected);
        }
    }
}
