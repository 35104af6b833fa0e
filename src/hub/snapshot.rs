//! Revisions of repositories: their files, and the addresses of these.
//!
//! The hub's addresses: `{endpoint}/api/datasets/{repo}/revision/{revision}?blobs=true` lists a revision, and
//! `{endpoint}/datasets/{repo}/resolve/{commit}/{path}` is a file. For models it is `api/models` and nothing before the repository.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    FetchError, FetchOptions, Kind, Origin,
    web::{Web, escape},
};

/// One commit of a repository.
#[derive(Debug)]
pub(super) struct Snapshot {
    repo: String,
    pub(super) commit: String,
    /// The address before the path of each file.
    base: String,
    /// `None`: whoever has it publishes no list, and its files are known by name.
    listing: Option<BTreeMap<String, Listed>>,
}

/// A file as the hub lists it. It knows the SHA-256 of large files only.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    pub(super) size: Option<u64>,
    pub(super) sha256: Option<String>,
}

#[derive(Deserialize)]
struct Info {
    sha: String,
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    lfs: Option<Lfs>,
}

#[derive(Deserialize)]
struct Lfs {
    sha256: Option<String>,
    size: Option<u64>,
}

impl Snapshot {
    /// The commit that `revision` of the origin is, and its files. A GitHub repository has the one commit of the table.
    pub(super) fn resolve(web: &Web<'_>, origin: Origin<'_>, revision: &str) -> Result<Self, FetchError> {
        match origin {
            Origin::GitHub { repo, commit } => {
                let base = format!("{}/{repo}/{commit}", web.options.github.trim_end_matches('/'));
                Ok(Self { repo: repo.to_owned(), commit: commit.to_owned(), base, listing: None })
            }
            Origin::Hub { kind, repo, .. } => {
                let endpoint = web.options.endpoint.trim_end_matches('/');
                let (described, before) = kind.addresses();
                let url = format!("{endpoint}/api/{described}/{repo}/revision/{}?blobs=true", escape(revision, false));
                let wrong = |what: String| FetchError::Protocol { url: url.clone(), what };
                let info: Info = serde_json::from_str(&web.text(&url)?)
                    .map_err(|error| wrong(format!("not the hub's description of a repository: {error}")))?;
                if !is_commit(&info.sha) {
                    return Err(wrong("it names no commit".to_owned()));
                }
                if is_commit(revision) && info.sha != revision {
                    return Err(wrong(format!("it describes commit {}", info.sha)));
                }
                let listing = info.siblings.into_iter().map(|one| {
                    let large = one.lfs.as_ref();
                    let sha256 = large.and_then(|lfs| lfs.sha256.as_ref()).map(|hash| hash.to_ascii_lowercase());
                    (one.rfilename, Listed { size: large.and_then(|lfs| lfs.size).or(one.size), sha256 })
                });
                let listing = Some(listing.collect());
                let base = format!("{endpoint}/{before}{repo}/resolve/{}", info.sha);
                Ok(Self { repo: repo.to_owned(), commit: info.sha, base, listing })
            }
        }
    }

    /// The files of one part: all that match the first pattern that any matches.
    pub(super) fn part(&self, patterns: &[&str]) -> Result<Vec<(String, Listed)>, FetchError> {
        let Some(listing) = &self.listing else {
            return Ok(patterns.first().map(|path| ((*path).to_owned(), Listed::default())).into_iter().collect());
        };
        for pattern in patterns {
            let found: Vec<_> = listing
                .iter()
                .filter(|(path, _)| matches(pattern, path))
                .map(|(path, listed)| (path.clone(), listed.clone()))
                .collect();
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let mut found = listing.keys().take(10).cloned().collect::<Vec<_>>().join(", ");
        if listing.len() > 10 {
            found.push_str(", ...");
        }
        let (repo, commit) = (self.repo.clone(), self.commit.clone());
        Err(FetchError::NoFile { repo, commit, pattern: patterns.join(" or "), found })
    }

    /// The address of a file.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base, escape(path, true))
    }
}

/// The commit that `revision` of a repository of the hub is, and the paths of its files.
///
/// # Errors
///
/// A [`FetchError`].
pub fn list(
    kind: Kind,
    repo: &str,
    revision: &str,
    options: &FetchOptions,
) -> Result<(String, Vec<String>), FetchError> {
    let snapshot = Snapshot::resolve(&Web::new(options)?, Origin::Hub { kind, repo, commit: None }, revision)?;
    Ok((snapshot.commit, snapshot.listing.into_iter().flatten().map(|(path, _)| path).collect()))
}

/// Whether this is a whole commit hash rather than a branch or tag.
pub(super) fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// Whether `path` is what `pattern` says; at most one `*`, which stands for anything but a slash.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|between| !between.contains('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_in_a_folder() {
        assert!(matches("data/test-*.parquet", "data/test-00000-of-00001-59.parquet"));
        assert!(!matches("data/test-*.parquet", "data/test-1/2.parquet"));
        assert!(!matches("data/test-*.parquet", "data/test.parquet"));
        assert!(matches("test.jsonl", "test.jsonl") && !matches("test.jsonl", "a/test.jsonl"));
    }
}
