//! A shared library of ONNX Runtime, and what its files tell of it.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// A shared library of ONNX Runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The file.
    pub path: PathBuf,
    /// The way in which it was found.
    pub origin: Origin,
    /// The library's version, where its file's name or the Python package around it tells.
    pub version: Option<String>,
    /// Whether the CUDA provider lies beside it.
    pub cuda: bool,
}

/// The way in which a library was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `ORT_DYLIB_PATH` names it.
    Named,
    /// A package of the user's Python has it.
    Installed,
    /// This program fetched it into the cache.
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
