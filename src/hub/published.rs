//! Things published: where they are, and of which files.

/// Something published: a dataset or a model.
#[derive(Debug, Clone, Copy)]
pub struct Published<'a> {
    /// The name that it is fetched by: this program's name for it, or the hub's with a part behind a colon.
    pub name: &'a str,
    /// A description, in a few words.
    pub about: &'a str,
    /// The licence, as its owners state it.
    pub licence: &'a str,
    /// The host.
    pub origin: Origin<'a>,
    /// The files.
    pub files: &'a [PublishedFile<'a>],
}

/// The host of what is published.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// The Hugging Face hub.
    Hub {
        /// The kind of repository.
        kind: Kind,
        /// `owner/name`.
        repo: &'a str,
        /// The commit; where it is not known, what `main` is at the first fetch, and the lock file's from then on.
        commit: Option<&'a str>,
    },
    /// A GitHub repository.
    GitHub {
        /// `owner/name`.
        repo: &'a str,
        /// The commit.
        commit: &'a str,
    },
}

/// A file as it lies in the folder that it is fetched to, and what it is made of.
#[derive(Debug, Clone, Copy)]
pub struct PublishedFile<'a> {
    /// The file's place below that folder.
    pub to: &'a str,
    /// The file's parts, one behind the other. Of each, the first name that the repository has; `*` stands for anything, and all files that
    /// match belong to it. Parquet is turned into JSON lines.
    pub parts: &'a [&'a [&'a str]],
    /// The SHA-256 of the file as published, where it is known.
    pub sha256: Option<&'a str>,
}

/// The kind of a repository of the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A dataset.
    Dataset,
    /// A model.
    Model,
}

impl Kind {
    /// What the hub's addresses call it: of descriptions, and before the names of files' repositories.
    pub(super) fn addresses(self) -> (&'static str, &'static str) {
        match self {
            Self::Dataset => ("datasets", "datasets/"),
            Self::Model => ("models", ""),
        }
    }
}

impl Origin<'_> {
    /// The origin as lock files name it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Hub { kind: Kind::Dataset, repo, .. } => format!("hub:{repo}"),
            Self::Hub { kind: Kind::Model, repo, .. } => format!("hub:models/{repo}"),
            Self::GitHub { repo, .. } => format!("github:{repo}"),
        }
    }
}
