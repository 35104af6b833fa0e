//! The download of one file, piece by piece: it goes on where it stopped, and the file is handed over only with the right bytes.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

use super::{
    FetchError, Progress,
    error::io as failed,
    lock::Seal,
    web::{Fault, OUT_OF_RANGE, Reply, Web},
};

/// The most of a file whose size nobody states.
const LARGEST_FILE: u64 = 4 << 30;

/// A file to download.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) url: &'a str,
    /// The file's name in messages.
    pub(super) path: &'a str,
    pub(super) commit: &'a str,
    /// The size, where it is known.
    pub(super) size: Option<u64>,
    /// The hashes that the file has to have, and who says so.
    pub(super) hashes: Vec<(String, &'static str)>,
}

/// Downloads to the file `part`, which may hold the beginning from an earlier try, and checks the whole.
pub(super) fn download(
    web: &Web<'_>,
    mut wanted: Wanted<'_>,
    part: &Path,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<Seal, FetchError> {
    let mut file =
        OpenOptions::new().create(true).read(true).append(true).open(part).map_err(failed("cannot open", part))?;
    let mut resumed = false;
    let mut tries = 0;
    loop {
        let have = file.metadata().map_err(failed("cannot read", part))?.len();
        resumed |= have > 0;
        if wanted.size.is_none_or(|size| have != size) {
            let end = attempt(web, &mut wanted, &mut file, part, have, progress);
            if let Err(fault) = end {
                let now = file.metadata().map_err(failed("cannot read", part))?.len();
                if now > have {
                    tries = 0;
                }
                web.pause(wanted.url, fault, &mut tries)?;
                continue;
            }
        }
        let seal = seal(&mut file).map_err(failed("cannot read", part))?;
        let Some((expected, who)) = wanted.hashes.iter().find(|(hash, _)| *hash != seal.sha256) else {
            return Ok(seal);
        };
        if !resumed {
            let _ = fs::remove_file(part);
            let what = format!("{} of {}", wanted.path, wanted.url);
            return Err(FetchError::Hash { what, found: seal.sha256, expected: expected.clone(), who });
        }
        // The beginning may have been another file's, or damaged: once more from the start.
        file.set_len(0).map_err(failed("cannot empty", part))?;
        resumed = false;
    }
}

/// One request, appended to what there is.
fn attempt(
    web: &Web<'_>,
    wanted: &mut Wanted<'_>,
    file: &mut File,
    part: &Path,
    mut have: u64,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<(), Fault> {
    let broken = |what: &'static str| move |error| Fault::Lasting(failed(what, part)(error));
    let empty = |file: &File| file.set_len(0).map_err(broken("cannot empty"));
    if wanted.size.is_some_and(|size| have > size) {
        empty(file)?;
        have = 0;
    }
    let reply = match web.get(wanted.url, have) {
        Err(Fault::Passing { why, after }) if have > 0 && why == OUT_OF_RANGE => {
            empty(file)?;
            return Err(Fault::Passing { why, after });
        }
        reply => reply?,
    };
    check(wanted, &reply).map_err(Fault::Lasting)?;
    let continues = reply.status == 206
        && reply.range.as_ref().is_some_and(|range| range.trim().starts_with(&format!("bytes {have}-")));
    if have > 0 && !continues {
        // The whole file all the same, or another part than was asked for.
        empty(file)?;
        have = 0;
        if reply.status == 206 {
            return Err(Fault::Passing {
                why: "the server sent another part than was asked for".to_owned(),
                after: None,
            });
        }
    }
    let most = wanted.size.unwrap_or(LARGEST_FILE);
    let mut body = reply.body.into_with_config().limit(u64::MAX).reader();
    let mut buffer = vec![0; 64 << 10];
    loop {
        progress(&Progress { path: wanted.path, done: have, total: wanted.size });
        let read = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) => return Err(Fault::Passing { why: error.to_string(), after: None }),
        };
        have += read as u64;
        if have > most {
            empty(file)?;
            let what = format!("{} is larger than the {most} bytes it should have", wanted.path);
            return Err(Fault::Lasting(FetchError::Protocol { url: wanted.url.to_owned(), what }));
        }
        file.write_all(&buffer[..read]).map_err(broken("cannot write"))?;
    }
    match wanted.size {
        Some(size) if have < size => {
            Err(Fault::Passing { why: format!("broken off after {have} of {size} bytes"), after: None })
        }
        _ => file.sync_all().map_err(broken("cannot write")),
    }
}

/// Takes in what the hub says of the file, and sees to it that it is the file that is wanted.
fn check(wanted: &mut Wanted<'_>, reply: &Reply) -> Result<(), FetchError> {
    if let Some(commit) = reply.commit.as_ref().filter(|commit| *commit != wanted.commit) {
        let what = format!("the file is of commit {commit}, not {}", wanted.commit);
        return Err(FetchError::Protocol { url: wanted.url.to_owned(), what });
    }
    wanted.size = wanted.size.or(reply.size);
    if let Some(stated) = &reply.sha256 {
        if let Some((expected, who)) = wanted.hashes.iter().find(|(hash, _)| hash != stated) {
            let what = format!("{} as the hub describes it", wanted.path);
            return Err(FetchError::Hash { what, found: stated.clone(), expected: expected.clone(), who });
        }
        if wanted.hashes.is_empty() {
            wanted.hashes.push((stated.clone(), "the hub"));
        }
    }
    Ok(())
}

/// The hash and the size of a whole file.
pub(super) fn seal(file: &mut File) -> io::Result<Seal> {
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = Sha256::new();
    let size = io::copy(file, &mut hasher)?;
    let sha256 = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Seal { sha256, size })
}
