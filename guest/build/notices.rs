//! Reads the notices of other people's work in the component (`licences/*.txt`), checks them, and writes them for `src/lib.rs`.
//!
//! A file has fields, `name: CPython` a line, then an empty line and the licence's text. The texts are kept here and not taken
//! from what the build downloads, so that a finished component has them too; but the build compares:
//!
//! - a text with a field `fetched` must be the one at that place among the downloaded packages;
//! - the component must hold the bytes in a field `seen`, which name the version.
//!
//! So a componentizer that brings something else stops the build until somebody has gone through the notices
//! (`licences/README.md`).

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// The fields that a file must have, which are those of `Notice` in `src/lib.rs`.
const FIELDS: [&str; 5] = ["name", "version", "licence", "what", "source"];

const ADVICE: &str = "Go through the notices as guest/licences/README.md says, and write anew what has changed.";

/// A file of `licences/`.
pub(crate) struct Notice {
    file: PathBuf,
    fields: Vec<(String, String)>,
    text: String,
}

impl Notice {
    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The notices in a folder, in the order of their files' names.
///
/// # Errors
///
/// A file that cannot be read or is not a notice.
pub(crate) fn read(folder: &Path) -> Result<Vec<Notice>, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    // By stem: `cpython` stands before `cpython-parts`.
    files.sort_by_cached_key(|file| file.file_stem().map(std::ffi::OsStr::to_owned));
    files.into_iter().map(parse).collect()
}

fn parse(file: PathBuf) -> Result<Notice, String> {
    let content = fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    let content = content.replace("\r\n", "\n");
    let (head, text) = content
        .split_once("\n\n")
        .ok_or_else(|| format!("{}: no empty line between fields and text", file.display()))?;
    let mut fields = Vec::new();
    for line in head.lines() {
        let (name, value) = line
            .split_once(": ")
            .filter(|(name, _)| FIELDS.contains(name) || ["fetched", "seen"].contains(name))
            .ok_or_else(|| format!("{}: `{line}` is no field", file.display()))?;
        fields.push((name.to_owned(), value.to_owned()));
    }
    let notice = Notice { file, fields, text: text.to_owned() };
    match FIELDS.iter().find(|field| notice.field(field).is_none()) {
        Some(missing) => Err(format!("{}: the field `{missing}` is missing", notice.file.display())),
        None => Ok(notice),
    }
}

/// The notices as an expression for `src/lib.rs`.
pub(crate) fn code(notices: &[Notice]) -> String {
    let mut code = "&[\n".to_owned();
    for notice in notices {
        code.push_str("    Notice {\n");
        for (name, value) in FIELDS.iter().filter_map(|field| Some((field, notice.field(field)?))) {
            let _ = writeln!(code, "        {name}: {value:?},");
        }
        let _ = writeln!(code, "        text: {:?},\n    }},", notice.text);
    }
    code.push_str("]\n");
    code
}

/// Compares the texts with those in the downloaded packages.
///
/// # Errors
///
/// A text that is another one there, or is not there.
pub(crate) fn compare(notices: &[Notice], packages: &Path) -> Result<(), String> {
    for (notice, fetched) in notices.iter().filter_map(|notice| Some((notice, notice.field("fetched")?))) {
        let original = packages.join(fetched);
        let text = fs::read_to_string(&original)
            .map_err(|e| format!("{}: cannot read {}: {e}.\n{ADVICE}", notice.file.display(), original.display()))?;
        if !text.split_whitespace().eq(notice.text.split_whitespace()) {
            return Err(format!(
                "{} is not what the build downloaded as {}.\n{ADVICE}",
                notice.file.display(),
                original.display()
            ));
        }
    }
    Ok(())
}

/// Looks for the versions that the notices name in the component.
///
/// # Errors
///
/// A version that is not there.
pub(crate) fn look_for_versions(notices: &[Notice], component: &[u8]) -> Result<(), String> {
    for (notice, seen) in notices.iter().filter_map(|notice| Some((notice, notice.field("seen")?))) {
        if !component.windows(seen.len()).any(|bytes| bytes == seen.as_bytes()) {
            return Err(format!(
                "{}: the component holds no `{seen}`, so the notice is of another version.\n{ADVICE}",
                notice.file.display()
            ));
        }
    }
    Ok(())
}
