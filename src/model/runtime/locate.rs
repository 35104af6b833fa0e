//! Finding ONNX Runtime's shared library.

use std::{
    env,
    ffi::OsStr,
    fmt, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::fetch;
use crate::files::private::{self, Exposed};

/// Names that a Python interpreter goes by.
const PYTHONS: [&str; 2] = ["python3", "python"];

/// A shared library of ONNX Runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The file.
    pub path: PathBuf,
    /// How it was found.
    pub origin: Origin,
    /// Its version, where its file's name or the Python package around it tells.
    pub version: Option<String>,
    /// Whether the CUDA provider lies beside it.
    pub cuda: bool,
}

/// How a library was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `ORT_DYLIB_PATH` names it.
    Named,
    /// It is in a package of the user's Python.
    Installed,
    /// It was fetched into the cache.
    Fetched,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Named => "named by ORT_DYLIB_PATH",
            Self::Installed => "installed in Python",
            Self::Fetched => "fetched into the cache",
        })
    }
}

impl Library {
    pub(super) fn new(path: PathBuf, origin: Origin) -> Self {
        // A bare name would be looked up beside the executable.
        let path = std::path::absolute(&path).unwrap_or(path);
        Self { origin, version: version(&path), cuda: has_cuda(&path), path }
    }
}

/// The library that is there already, one with CUDA if so wanted. `report` gets a line about one that others can write to.
pub(super) fn find(cache: &Path, cuda: bool, report: &mut dyn FnMut(&str)) -> Option<Library> {
    if let Some(path) = env::var_os("ORT_DYLIB_PATH").filter(|path| !path.is_empty()) {
        let library = Library::new(path.into(), Origin::Named);
        match private::file(&library.path) {
            Err(why) if !why.is_missing() => {
                report(&format!("ONNX Runtime is loaded because ORT_DYLIB_PATH names it, but {}", why.told()));
            }
            _ => {}
        }
        return Some(library);
    }
    let installed = installed().filter(|library| !cuda || library.cuda);
    match installed.map(|library| check(&library.path).map(|()| library)) {
        Some(Ok(library)) => return Some(library),
        Some(Err(why)) => report(&format!("the installed ONNX Runtime is not used: {}", why.told())),
        None => {}
    }
    fetch::cached(cache, cuda)
}

/// Whether only this user can write to a library and what it loads from beside it.
fn check(library: &Path) -> Result<(), Exposed> {
    private::file(library)?;
    let beside = library.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let providers = beside.filter(|entry| entry.file_name().to_string_lossy().contains("onnxruntime_providers"));
    providers.into_iter().try_for_each(|entry| private::file(&entry.path()).map(drop))
}

/// The library in the `onnxruntime` or `onnxruntime-gpu` package of the user's Python.
fn installed() -> Option<Library> {
    // The package is found but not imported: that would load the library, which is slow and may fail.
    let script = "import importlib.util as u; s = u.find_spec('onnxruntime'); print(s.submodule_search_locations[0] if s else '')";
    PYTHONS.iter().find_map(|name| {
        let package = String::from_utf8(python(name, ["-c", script]).ok()?.stdout).ok()?;
        let path = (!package.trim().is_empty()).then(|| library(Path::new(package.trim())))??;
        // Where a link leads, so that what is looked at is what is loaded.
        Some(Library::new(fs::canonicalize(path).ok()?, Origin::Installed))
    })
}

/// A Python interpreter that has pip.
pub(super) fn python_with_pip() -> Option<&'static str> {
    let has_pip = |name: &&str| python(name, ["-m", "pip", "--version"]).is_ok_and(|output| output.status.success());
    PYTHONS.into_iter().find(has_pip)
}

/// Runs a Python interpreter in an empty directory: it looks for modules in the working directory first, and what lies in the user's
/// is nobody's to execute.
pub(super) fn python(name: &str, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> io::Result<Output> {
    let empty = tempfile::tempdir()?;
    Command::new(name).args(arguments).current_dir(empty.path()).stdin(Stdio::null()).output()
}

/// The library within an unpacked package.
pub(super) fn library(package: &Path) -> Option<PathBuf> {
    let is_library = |name: &str| {
        name.starts_with("libonnxruntime.so")
            || (name.starts_with("libonnxruntime.") && has_extension(name, "dylib"))
            || name == "onnxruntime.dll"
    };
    let mut found = fs::read_dir(package.join("capi"))
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_library))
        .collect::<Vec<_>>();
    found.sort();
    found.pop()
}

/// The version in a library's name (of the file that a link leads to), or in the package's own note beside it.
fn version(library: &Path) -> Option<String> {
    let file = fs::canonicalize(library).ok()?;
    let name = file.file_name()?.to_str()?;
    let numbered = name
        .strip_prefix("libonnxruntime.so.")
        .or_else(|| name.strip_prefix("libonnxruntime.").and_then(|name| name.strip_suffix(".dylib")));
    if let Some(version) = numbered {
        return Some(version.to_owned());
    }
    let note = fs::read_to_string(file.with_file_name("build_and_package_info.py")).ok()?;
    let version = note.lines().find_map(|line| line.strip_prefix("__version__ = "))?;
    Some(version.trim_matches(['\'', '"']).to_owned())
}

/// Whether the CUDA provider lies beside a library.
fn has_cuda(library: &Path) -> bool {
    let names = ["libonnxruntime_providers_cuda.so", "onnxruntime_providers_cuda.dll"];
    names.iter().any(|name| library.with_file_name(name).exists())
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_names_and_notes() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            version(&path)
        };
        assert_eq!(of("libonnxruntime.so.1.31.1").as_deref(), Some("1.31.1"));
        assert_eq!(of("libonnxruntime.1.30.0.dylib").as_deref(), Some("1.30.0"));
        assert_eq!(of("onnxruntime.dll"), None);
        assert_eq!(of("libonnxruntime.so"), None);
        let note = "package_name = 'onnxruntime'\r\n__version__ = '1.29.0'\r\n";
        fs::write(folder.path().join("build_and_package_info.py"), note).unwrap();
        assert_eq!(of("onnxruntime.dll").as_deref(), Some("1.29.0"));
    }
}
