//! What is published, in its place: what is missing is downloaded, checked, converted and renamed into the folder.

use std::{
    fs::{self, File},
    io::{self, BufWriter, ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::{
    FetchError, FetchOptions, Origin, Progress, Published, PublishedFile,
    download::{Wanted, download, seal},
    error::io as failed,
    lock::{Entry, Lock, Seal},
    snapshot::{Listed, Snapshot, is_commit},
    web::Web,
};
use crate::files::{self, LockError, NewFile};

/// The folder of the downloads that are not whole, below the folder.
const PARTIAL: &str = ".fetch-partial";

/// What was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The commit it is from.
    pub commit: String,
    /// The files.
    pub files: Vec<FetchedFile>,
}

/// A file in the folder.
#[derive(Debug, Clone)]
pub struct FetchedFile {
    /// The file's path.
    pub path: PathBuf,
    /// The file's SHA-256.
    pub sha256: String,
    /// The file's size in bytes.
    pub size: u64,
    /// Whether it came now, rather than being there already.
    pub new: bool,
}

/// Sees to it that what is `published` is in `folder`, and tells `progress` of every piece that comes.
///
/// # Errors
///
/// A [`FetchError`]. What came whole before it is kept, and another call goes on from there.
pub fn fetch(
    published: &Published<'_>,
    folder: &Path,
    options: &FetchOptions,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<Fetched, FetchError> {
    let web = Web::new(options)?;
    let partial = folder.join(PARTIAL);
    fs::create_dir_all(&partial).map_err(failed("cannot make", &partial))?;
    let guard = only_one(folder, &partial)?;
    let lock = Lock::read(folder)?;
    let mut place = Place { published, folder, partial, web, lock };
    let fetched = place.complete(progress)?;
    drop(guard);
    Ok(fetched)
}

/// Locks the folder, so that one process at a time fetches into it.
fn only_one(folder: &Path, partial: &Path) -> Result<files::Lock, FetchError> {
    files::Lock::folder(partial).map_err(|error| match error {
        LockError::Io { source, .. } => failed("cannot lock", partial)(source),
        _ => FetchError::Busy { folder: folder.to_owned() },
    })
}

struct Place<'a> {
    published: &'a Published<'a>,
    folder: &'a Path,
    partial: PathBuf,
    web: Web<'a>,
    lock: Lock,
}

impl<'a> Place<'a> {
    fn complete(&mut self, progress: &mut dyn FnMut(&Progress<'_>)) -> Result<Fetched, FetchError> {
        let origin = self.published.origin.name();
        let asked = self.asked()?;
        let locked = self.lock.datasets.get(self.published.name).cloned();
        let mut snapshot = match &locked {
            Some(entry) => self.agree(entry, &origin, asked)?,
            None => None,
        };
        let mut files = Vec::new();
        for file in self.published.files {
            let (seal, new) = if let Some(seal) = self.present(file, locked.as_ref())? {
                (seal, false)
            } else {
                let from = if let Some(snapshot) = snapshot.take() {
                    snapshot
                } else {
                    let revision = locked.as_ref().map_or(asked.unwrap_or("main"), |entry| &entry.commit);
                    Snapshot::resolve(&self.web, self.published.origin, revision)?
                };
                let seal = self.bring(file, &from, &origin, progress)?;
                snapshot = Some(from);
                (seal, true)
            };
            files.push(FetchedFile { path: self.folder.join(file.to), sha256: seal.sha256, size: seal.size, new });
        }
        let entry = self.lock.datasets.get(self.published.name);
        Ok(Fetched { commit: entry.map(|entry| entry.commit.clone()).unwrap_or_default(), files })
    }

    /// The revision that the caller or the table names.
    fn asked(&self) -> Result<Option<&'a str>, FetchError> {
        let options: &'a FetchOptions = self.web.options;
        match (self.published.origin, options.revision.as_deref()) {
            (Origin::Hub { commit, .. }, revision) => Ok(revision.or(commit)),
            (Origin::GitHub { commit, .. }, None) => Ok(Some(commit)),
            (Origin::GitHub { .. }, Some(_)) => {
                let why =
                    format!("cannot be chosen for {}, which is known at one commit: leave it out", self.published.name);
                Err(FetchError::Setting { what: "the revision", why })
            }
        }
    }

    /// Sees to it that what is asked for is what is locked. A branch is looked up only when it is asked for by name.
    fn agree(&self, entry: &Entry, origin: &str, asked: Option<&str>) -> Result<Option<Snapshot>, FetchError> {
        let snapshot = match asked.filter(|asked| !is_commit(asked)) {
            Some(branch) => Some(Snapshot::resolve(&self.web, self.published.origin, branch)?),
            None => None,
        };
        let commit = snapshot.as_ref().map(|snapshot| snapshot.commit.as_str()).or(asked).unwrap_or(&entry.commit);
        if commit == entry.commit && entry.origin == origin {
            return Ok(snapshot);
        }
        Err(FetchError::Locked {
            lock: self.lock.path().to_owned(),
            name: self.published.name.to_owned(),
            locked: format!("commit {} of {}", entry.commit, entry.origin),
            asked: format!("{commit} of {origin}"),
        })
    }

    /// The file, if it is in its place as the lock file says.
    fn present(&self, file: &PublishedFile<'_>, locked: Option<&Entry>) -> Result<Option<Seal>, FetchError> {
        let Some(expected) = locked.and_then(|entry| entry.files.get(file.to)) else { return Ok(None) };
        let path = self.folder.join(file.to);
        match seal_of(&path)? {
            None => Ok(None),
            Some(seal) if seal == *expected => Ok(Some(seal)),
            Some(_) => Err(FetchError::Changed { path }),
        }
    }

    /// Downloads the parts of a file, puts them together and writes down what came.
    fn bring(
        &mut self,
        file: &PublishedFile<'_>,
        snapshot: &Snapshot,
        origin: &str,
        progress: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<Seal, FetchError> {
        let name = self.published.name.to_owned();
        let mut entry = self.lock.datasets.get(&name).cloned().unwrap_or_default();
        origin.clone_into(&mut entry.origin);
        entry.commit.clone_from(&snapshot.commit);
        let mut sources = Vec::new();
        for part in file.parts {
            sources.extend(snapshot.part(part)?);
        }
        let mut parts = Vec::new();
        for (path, listed) in &sources {
            // Named by what it is, so that a beginning is never continued with another file.
            let identity = format!("{origin}\n{}\n{path}", snapshot.commit);
            let part = self.partial.join(format!("{}.part", &blake3::hash(identity.as_bytes()).to_hex()[..32]));
            let seal = self.download(file, snapshot, path, listed, entry.published.get(path), &part, progress)?;
            entry.published.insert(path.clone(), seal);
            parts.push((path.as_str(), part));
        }
        let seal = self.settle(&parts, file, entry.files.get(file.to))?;
        entry.files.insert(file.to.to_owned(), seal.clone());
        self.lock.datasets.insert(name, entry);
        self.lock.write()?;
        for (_, part) in parts {
            // What stays is overwritten by the next fetch of the same file.
            let _ = fs::remove_file(part);
        }
        Ok(seal)
    }

    #[expect(clippy::too_many_arguments, reason = "each is one fact about the file")]
    fn download(
        &self,
        file: &PublishedFile<'_>,
        snapshot: &Snapshot,
        path: &str,
        listed: &Listed,
        locked: Option<&Seal>,
        part: &Path,
        progress: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<Seal, FetchError> {
        let known = [
            (file.sha256.map(str::to_owned), "the table of known datasets"),
            (locked.map(|seal| seal.sha256.clone()), "the lock file"),
            (listed.sha256.clone(), "the hub"),
        ];
        let hashes: Vec<_> = known.into_iter().filter_map(|(hash, who)| Some((hash?, who))).collect();
        let url = snapshot.url(path);
        let size = locked.map(|seal| seal.size).or(listed.size);
        let wanted = Wanted { url: &url, path, commit: &snapshot.commit, size, hashes };
        download(&self.web, wanted, part, progress)
    }

    /// Puts the parts together and gives them their name, unless something else has it.
    fn settle(
        &self,
        parts: &[(&str, PathBuf)],
        file: &PublishedFile<'_>,
        expected: Option<&Seal>,
    ) -> Result<Seal, FetchError> {
        let path = self.folder.join(file.to);
        let new = NewFile::begin_in(&self.partial, &path).map_err(failed("cannot write", &path))?;
        assemble(parts, new.file(), &path)?;
        let seal = seal_of(new.path())?.unwrap_or_default();
        if let Some(expected) = expected.filter(|expected| **expected != seal) {
            let (found, expected) = (seal.sha256, expected.sha256.clone());
            return Err(FetchError::Hash { what: file.to.to_owned(), found, expected, who: "the lock file" });
        }
        match seal_of(&path)? {
            Some(there) if there == seal => return Ok(seal),
            Some(_) => return Err(FetchError::Changed { path }),
            None => {}
        }
        let folder = path.parent().unwrap_or(self.folder);
        fs::create_dir_all(folder).map_err(failed("cannot make", folder))?;
        new.finish().map_err(failed("cannot write", &path))?;
        Ok(seal)
    }
}

/// The hash and the size of the file at `path`, if there is one.
fn seal_of(path: &Path) -> Result<Option<Seal>, FetchError> {
    match File::open(path) {
        Ok(mut file) => Ok(Some(seal(&mut file).map_err(failed("cannot read", path))?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("cannot read", path)(error)),
    }
}

/// Writes the parts one behind the other, Parquet as JSON lines.
fn assemble(parts: &[(&str, PathBuf)], file: &File, whole: &Path) -> Result<(), FetchError> {
    let mut out = BufWriter::new(file);
    for (path, part) in parts {
        let mut file = File::open(part).map_err(failed("cannot read", part))?;
        if Path::new(path).extension().is_some_and(|extension| extension == "parquet") {
            rows(path, file, &mut out)?;
        } else {
            io::copy(&mut file, &mut out).map_err(failed("cannot write", whole))?;
        }
    }
    out.flush().map_err(failed("cannot write", whole))
}

#[cfg(feature = "parquet")]
fn rows(path: &str, file: File, out: &mut dyn Write) -> Result<(), FetchError> {
    super::parquet::convert(file, out).map_err(|why| FetchError::Parquet { what: path.to_owned(), why })
}

#[cfg(not(feature = "parquet"))]
fn rows(path: &str, _: File, _: &mut dyn Write) -> Result<(), FetchError> {
    let why = "this program was built without the feature `parquet`: build it with `--features parquet`".to_owned();
    Err(FetchError::Parquet { what: path.to_owned(), why })
}
