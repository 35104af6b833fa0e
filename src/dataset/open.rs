//! The way from a name or path to a dataset.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Catalog, CatalogEntry, DataDir, Dataset, DatasetError, names,
    read::{humanevalfix, mbpp, task, tasks},
};
use crate::{files::read_text, task::Task};

/// The bundled benchmark.
const MINI_TASKS: &str = include_str!("../../benchmarks/mini/tasks.jsonl");
/// The candidates of known outcome for the bundled benchmark, with an `expected_verdict` each.
pub const MINI_CANDIDATES: &str = include_str!("../../benchmarks/mini/candidates.jsonl");

/// Opens the dataset `name`: a name of the [`Catalog`], with a split behind a colon where it has some, or a path to a file.
///
/// # Errors
///
/// A [`DatasetError`].
pub fn open(name: &str, data: &DataDir) -> Result<Dataset, DatasetError> {
    let (base, split) = name.split_once(':').unwrap_or((name, ""));
    if let Some(entry) = Catalog::find(base) {
        return open_named(name, entry, split, data);
    }
    let path = Path::new(name);
    if path.is_dir() {
        return Err(DatasetError::Format {
            path: name.to_owned(),
            message: "is a directory; name a file in it".to_owned(),
        });
    }
    if path.exists() {
        let (tasks, digest) = read(path)?;
        return Dataset::new(name, tasks, digest);
    }
    let known = Catalog::ALL.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ");
    Err(DatasetError::Unknown { name: name.to_owned(), known })
}

/// Opens one task of the dataset `name`, by its own name or as other releases call it; nothing where the dataset has no such task. A file is
/// read up to the task.
///
/// # Errors
///
/// The errors of [`open`].
pub fn open_task(name: &str, id: &str, data: &DataDir) -> Result<Option<Arc<Task>>, DatasetError> {
    let path = match Catalog::find(name) {
        // One file and no splits.
        Some(entry) if entry.name != "mini" && entry.files.len() == 1 && entry.splits == [""] => {
            data.find("", entry.files[0])
        }
        Some(_) => None,
        None => Some(PathBuf::from(name)).filter(|path| path.is_file()),
    };
    let Some(path) = path else {
        // What is wrong with the name, or one of the small sets.
        let dataset = open(name, data)?;
        return Ok(dataset.position(id).map(|position| Arc::clone(&dataset.tasks[position])));
    };
    let display = path.display().to_string();
    let text = read_text(&path).map_err(|source| DatasetError::Read { path: display.clone(), source })?;
    Ok(task(&display, &text, &names(id))?.map(Arc::new))
}

/// Reads a dataset from text of whatever format the first record is of.
///
/// # Errors
///
/// The errors of [`open`].
pub fn parse(name: &str, text: &str) -> Result<Dataset, DatasetError> {
    Dataset::new(name, tasks(name, text)?, blake3::hash(text.as_bytes()).to_hex().to_string())
}

fn open_named(name: &str, entry: &CatalogEntry, split: &str, data: &DataDir) -> Result<Dataset, DatasetError> {
    let unknown_split = || DatasetError::Unknown {
        name: name.to_owned(),
        known: entry
            .splits
            .iter()
            .map(|split| if split.is_empty() { entry.name.to_owned() } else { format!("{}:{split}", entry.name) })
            .collect::<Vec<_>>()
            .join(", "),
    };
    if !(entry.splits.contains(&split) || split == "dev" && entry.splits.contains(&"validation")) {
        return Err(unknown_split());
    }
    let find = |folder: &str, beginnings: &[&str]| -> Result<PathBuf, DatasetError> {
        data.find(folder, beginnings).ok_or_else(|| DatasetError::NotThere {
            name: name.to_owned(),
            directory: data.path().display().to_string(),
            files: beginnings.iter().map(|beginning| format!("{beginning}*")).collect::<Vec<_>>().join(" or "),
        })
    };
    match entry.name {
        "mini" => parse("mini", MINI_TASKS),
        "mbpp-r" => {
            let (tasks, digest) = read(&find("mbpp_r", &[&format!("{split}.jsonl")])?)?;
            Dataset::new(name, tasks, digest)
        }
        "humanevalfixplus" => {
            let (fix, fix_digest) = read(&find("", entry.files[0])?)?;
            let path = find("", entry.files[1])?;
            let (plus, plus_digest) = read(&path)?;
            let tasks = humanevalfix::with_plus_tests(fix, plus, &path.display().to_string())?;
            Dataset::new(name, tasks, format!("{fix_digest}+{plus_digest}"))
        }
        _ => {
            let (mut tasks, digest) = read(&find("", entry.files[0])?)?;
            if !split.is_empty() {
                tasks = mbpp::keep_split(tasks, split).ok_or_else(unknown_split)?;
            }
            Dataset::new(name, tasks, digest)
        }
    }
}

fn read(path: &Path) -> Result<(Vec<Task>, String), DatasetError> {
    let display = path.display().to_string();
    let text = read_text(path).map_err(|source| DatasetError::Read { path: display.clone(), source })?;
    Ok((tasks(&display, &text)?, blake3::hash(text.as_bytes()).to_hex().to_string()))
}
