//! Finding ONNX Runtime's shared library.

use std::{env, fs, path::Path};

use super::{
    fetch,
    library::{Library, Origin, library},
    python::{PYTHONS, python},
};
use crate::files::private::{self, Exposed};

/// The library that is there already, one with CUDA if so wanted. `report` gets a line about one that others can write to.
pub(super) fn find(cache: &Path, cuda: bool, report: &mut dyn FnMut(&str)) -> Option<Library> {
    if let Some(path) = env::var_os("ORT_DYLIB_PATH").filter(|path| !path.is_empty()) {
        let library = Library::new(path.into(), Origin::Named);
        match private::file(&library.path) {
            Err(why) if !why.is_missing() => {
                report(&format!(
                    "ONNX Runtime is loaded because ORT_DYLIB_PATH names it, but {}",
                    crate::blame::told(&why)
                ));
            }
            _ => {}
        }
        return Some(library);
    }
    let installed = installed().filter(|library| !cuda || library.cuda);
    match installed.map(|library| check(&library.path).map(|()| library)) {
        Some(Ok(library)) => return Some(library),
        Some(Err(why)) => report(&format!("the installed ONNX Runtime is not used: {}", crate::blame::told(&why))),
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
