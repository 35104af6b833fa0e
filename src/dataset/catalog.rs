//! The named datasets and where their files are.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One named dataset.
#[derive(Debug, Clone, Copy)]
pub struct CatalogEntry {
    /// The dataset's name, without a split.
    pub name: &'static str,
    /// The dataset's splits; the first where none is named, with an empty one for all of it.
    pub splits: &'static [&'static str],
    /// A description of the dataset, in a few words.
    pub about: &'static str,
    /// The beginnings of the names that would do, for each file that the dataset is read from.
    pub(super) files: &'static [&'static [&'static str]],
}

/// The named datasets.
#[derive(Debug)]
pub struct Catalog;

impl Catalog {
    /// All named datasets.
    pub const ALL: &'static [CatalogEntry] = &[
        CatalogEntry { name: "mini", splits: &[""], about: "repair tasks bundled with this program", files: &[] },
        CatalogEntry { name: "humaneval", splits: &[""], about: "HumanEval, its own tests", files: &[HUMANEVAL] },
        CatalogEntry {
            name: "humanevalplus",
            splits: &[""],
            about: "HumanEval+, base and plus inputs",
            files: &[HUMANEVALPLUS],
        },
        CatalogEntry {
            name: "humanevalplus-mini",
            splits: &[""],
            about: "HumanEval+ with the reduced plus inputs",
            files: &[&["HumanEvalPlus-Mini"]],
        },
        CatalogEntry {
            name: "humanevalfix",
            splits: &[""],
            about: "HumanEvalFix: buggy programs, HumanEval's tests",
            files: &[HUMANEVALFIX],
        },
        CatalogEntry {
            name: "humanevalfixplus",
            splits: &[""],
            about: "HumanEvalFix+ (HeFix+): buggy programs, HumanEval+'s tests",
            files: &[HUMANEVALFIX, HUMANEVALPLUS],
        },
        CatalogEntry {
            name: "mbpp",
            splits: &["", "train", "validation", "test", "prompt"],
            about: "MBPP, its asserts",
            files: &[&["mbpp.jsonl"]],
        },
        CatalogEntry {
            name: "mbpp-sanitized",
            splits: &["", "train", "validation", "test", "prompt"],
            about: "MBPP, the hand-verified part",
            files: &[&["sanitized-mbpp"]],
        },
        CatalogEntry {
            name: "mbppplus",
            splits: &[""],
            about: "MBPP+, base and plus inputs",
            files: &[&["MbppPlus-v", "MbppPlus.jsonl"]],
        },
        CatalogEntry {
            name: "mbpp-r",
            splits: &["train", "dev"],
            about: "repair set in the style of Mbpp-R",
            files: &[&["train.jsonl", "dev.jsonl"]],
        },
        CatalogEntry {
            name: "cruxeval",
            splits: &[""],
            about: "CRUXEval's programs, one assert each",
            files: &[&["cruxeval"]],
        },
    ];

    /// The entry of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static CatalogEntry> {
        Self::ALL.iter().find(|entry| entry.name == name)
    }
}

const HUMANEVAL: &[&str] = &["HumanEval.jsonl"];
const HUMANEVALPLUS: &[&str] = &["HumanEvalPlus-v", "HumanEvalPlus.jsonl"];
const HUMANEVALFIX: &[&str] = &["humanevalpack_python", "humanevalpack.jsonl"];

/// The directory with the published files, in any arrangement: each is found by its name, here or one directory down.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Uses `path`, else `data` in the working directory.
    #[must_use]
    pub fn new(path: Option<PathBuf>) -> Self {
        Self(path.unwrap_or_else(|| PathBuf::from("data")))
    }

    /// The path of the data directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The first file, by path, whose name begins with one of `beginnings` and is JSON lines, plain or compressed. `folder` restricts to
    /// directories whose name begins with it.
    pub(super) fn find(&self, folder: &str, beginnings: &[&str]) -> Option<PathBuf> {
        let mut files = Vec::new();
        collect(&self.0, folder.is_empty(), &mut files);
        for entry in fs::read_dir(&self.0).ok()?.flatten() {
            let name = entry.file_name();
            if entry.path().is_dir() && name.to_string_lossy().starts_with(folder) {
                collect(&entry.path(), true, &mut files);
            }
        }
        files.sort();
        files.into_iter().find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.contains(".json") && beginnings.iter().any(|beginning| name.starts_with(beginning))
        })
    }
}

fn collect(directory: &Path, take: bool, files: &mut Vec<PathBuf>) {
    if take && let Ok(entries) = fs::read_dir(directory) {
        files.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()));
    }
}
