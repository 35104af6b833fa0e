//! The cache of compiled components: keyed by engine, configuration and component, verified, never trusted.
//!
//! A compiled component is machine code. It lies in `guest/<key>/<digest>.cwasm` of the cache directory, where `key` is the digest of
//! everything that determines it and `digest` that of its own bytes: a damaged file no longer has the digest its name claims, and is
//! rebuilt. Files are written under another name and renamed, so that a reader never sees half of one. A file is opened once, and what is
//! loaded is what was digested. What this cannot defend against is somebody who may write to the user's own cache directory; one that
//! others may write to, or to a folder above it, is therefore neither read nor written.

use std::{
    ffi::OsString,
    fs,
    hash::{Hash, Hasher},
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use wasmtime::{Engine, component::Component};

use super::{
    Fault,
    ending::refused_memory,
    image,
    memory::{self, Slots},
};
use crate::files::{private, write_cached};

/// The directory for everything that can be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheDir(PathBuf);

impl CacheDir {
    /// Uses `path`, which is made when something is written.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// `$TRACEWRIGHT_CACHE`, else `tracewright` in the user's cache directory, else one in the temporary directory.
    #[must_use]
    pub fn from_environment() -> Self {
        if let Some(path) = std::env::var_os("TRACEWRIGHT_CACHE").filter(|path| !path.is_empty()) {
            return Self(path.into());
        }
        Self(dirs::cache_dir().unwrap_or_else(std::env::temp_dir).join("tracewright"))
    }

    /// Returns the cache's folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Reads the entry `name` of `section`, or nothing where there is none, it is damaged, or others could have written it.
    #[must_use]
    pub fn read(&self, section: &str, name: &str) -> Option<Vec<u8>> {
        let (mut file, _) = private::file(&self.0.join(section).join(name)).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let (digest, content) = bytes.split_first_chunk::<32>()?;
        (blake3::hash(content).as_bytes() == digest).then(|| content.to_vec())
    }

    /// Writes the entry `name` of `section` atomically, behind its digest. A cache that cannot be written to is only slower: errors
    /// are returned for a caller to mention, not to stop at.
    ///
    /// # Errors
    ///
    /// The system's error, where the file cannot be written.
    pub fn write(&self, section: &str, name: &str, content: &[u8]) -> io::Result<()> {
        let directory = self.0.join(section);
        private::create(&directory)?;
        let mut bytes = Vec::with_capacity(content.len() + 32);
        bytes.extend_from_slice(blake3::hash(content).as_bytes());
        bytes.extend_from_slice(content);
        write_cached(&directory.join(name), &bytes)
    }
}

/// A step of [`Sandbox::new`](super::Sandbox::new), for a progress line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CacheEvent {
    /// Compiling the interpreter: there was no sound copy.
    Compiling,
    /// The interpreter is compiled, after this many seconds.
    Compiled(f64),
    /// A file of the cache was damaged and has been removed.
    Damaged(PathBuf),
    /// The compiled interpreter could not be kept: the next start compiles again.
    NotKept(String),
}

/// Loads the compiled component. It is compiled without its memory, which becomes a file of its own, `<digest>.image`, that `slots` begin
/// with.
pub(super) fn load(
    engine: &Engine,
    cache: &CacheDir,
    slots: &Slots,
    report: &mut dyn FnMut(CacheEvent),
) -> Result<Component, Fault> {
    let directory = cache.path().join("guest").join(key(engine));
    // Where it cannot be made, it is not there.
    let _ = private::create(&directory);
    let not_kept = |why: &str| {
        let advice = "TRACEWRIGHT_CACHE can name a folder that only you can write to";
        CacheEvent::NotKept(format!("{}: {why} ({advice})", directory.display()))
    };
    let real = match private::folder(&directory) {
        Ok(real) => Some(real),
        Err(why) => {
            report(not_kept(&crate::blame::told(&why)));
            None
        }
    };
    let code = |mut file: fs::File, path: &Path, digest: &str| match load_file(engine, &mut file, path, digest) {
        // A file is not unsound because there is no memory to load it to.
        Err(error) if refused_memory(&error) => Err(Fault::Component(error)),
        loaded => Ok(loaded.ok()),
    };
    let of_pages = |file: &fs::File| file.metadata().is_ok_and(|file| image::is_whole(file.len()));
    let image = |file: fs::File, _: &Path, _: &str| Ok(Some(file).filter(of_pages));
    // Most of a start is their digests: at the same time, where there may be a thread for it.
    let (code, image) = thread::scope(|scope| {
        let real = real.as_deref();
        let find = move || real.map(|real| sound_file(real, "image", image)).transpose();
        let found = thread::Builder::new().spawn_scoped(scope, find);
        let code = real.map(|real| sound_file(real, "cwasm", code)).transpose();
        let join = |thread: io::Result<thread::ScopedJoinHandle<'_, _>>| match thread {
            Ok(thread) => thread.join().unwrap_or(Ok(None)),
            Err(_) => find(),
        };
        (code, join(found))
    });
    let kept = image?.and_then(|found| found.taken(&directory, report));
    let is_mapped = kept.is_some_and(|file| slots.begin_with(file).is_ok());
    if !is_mapped {
        begin_anew(slots, real.as_deref()).map_err(Fault::Component)?;
    }
    if let Some(component) = code?.and_then(|found| found.taken(&directory, report)) {
        return Ok(component);
    }
    report(CacheEvent::Compiling);
    let started = Instant::now();
    let stripped = image::split(tracewright_guest::COMPONENT).map_err(Fault::Component)?.component;
    let code = engine.precompile_component(&stripped).map_err(Fault::Component)?;
    report(CacheEvent::Compiled(started.elapsed().as_secs_f64()));
    match real.map(|real| keep(&real, &code, "cwasm")).transpose() {
        Ok(Some(Some((mut file, path, digest)))) => {
            if let Ok(component) = load_file(engine, &mut file, &path, &digest) {
                return Ok(component);
            }
        }
        // Nowhere to keep it, or it cannot be read again.
        Ok(_) => {}
        Err(error) => report(not_kept(&error.to_string())),
    }
    deserialize(engine, &code).map_err(Fault::Component)
}

/// Has `slots` begin with the interpreter's first memory from a new file in the cache, or where that cannot be, in memory.
fn begin_anew(slots: &Slots, real: Option<&Path>) -> wasmtime::Result<()> {
    let image = image::split(tracewright_guest::COMPONENT)?.image;
    let kept = real.and_then(|real| keep(real, &image, "image").ok().flatten());
    match kept.map(|(file, ..)| slots.begin_with(file)) {
        Some(Ok(())) => Ok(()),
        _ => Ok(slots.begin_with(memory::file_of(&image)?)?),
    }
}

/// Writes a file under the name that its digest gives, and opens it again, so that processes share what they map; nothing where it is no longer
/// what was written.
fn keep(directory: &Path, content: &[u8], extension: &str) -> io::Result<Option<(fs::File, PathBuf, String)>> {
    let expected = blake3::hash(content).to_hex().to_string();
    let path = directory.join(format!("{expected}.{extension}"));
    write_cached(&path, content)?;
    let Ok((mut file, _)) = private::file(&path) else { return Ok(None) };
    match digest(&mut file) {
        Ok(found) if found == expected => Ok(Some((file, path, expected))),
        _ => Ok(None),
    }
}

/// A search for a sound file.
struct Found<T> {
    taken: Option<T>,
    /// Names of unsound files, which are gone.
    damaged: Vec<OsString>,
}

impl<T> Found<T> {
    /// Returns what was found in `directory`, having told of what is gone.
    fn taken(self, directory: &Path, report: &mut dyn FnMut(CacheEvent)) -> Option<T> {
        self.damaged.iter().for_each(|name| report(CacheEvent::Damaged(directory.join(name))));
        self.taken
    }
}

/// Returns what `take` makes of the first sound file of a directory, and removes unsound ones on the way.
fn sound_file<T>(
    directory: &Path,
    extension: &str,
    take: impl Fn(fs::File, &Path, &str) -> Result<Option<T>, Fault>,
) -> Result<Found<T>, Fault> {
    let mut damaged = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|found| found != extension) {
            continue;
        }
        // One that cannot be read may be sound all the same.
        let Ok((mut file, _)) = private::file(&path) else { continue };
        let Ok(digest) = digest(&mut file) else { continue };
        if path.file_stem().is_some_and(|stem| stem == digest.as_str())
            && let Some(taken) = take(file, &path, &digest)?
        {
            return Ok(Found { taken: Some(taken), damaged });
        }
        damaged.push(entry.file_name());
        let _ = fs::remove_file(&path);
    }
    Ok(Found { taken: None, damaged })
}

/// Maps a file of this digest; reads it where the file system forbids to run what is mapped.
fn load_file(engine: &Engine, file: &mut fs::File, path: &Path, digest: &str) -> wasmtime::Result<Component> {
    let error = match deserialize_file(engine, &same_file(file, path)) {
        Err(error) if !refused_memory(&error) => error,
        loaded => return loaded,
    };
    let mut code = Vec::new();
    match file.rewind().and_then(|()| file.read_to_end(&mut code)) {
        Ok(_) if *blake3::hash(&code).to_hex() == *digest => deserialize(engine, &code),
        _ => Err(error),
    }
}

/// A path that leads to the open file, whatever has its name by now; its own path where the system has none such.
fn same_file(file: &fs::File, path: &Path) -> PathBuf {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        let open = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        if open.exists() {
            return open;
        }
    }
    let _ = file;
    path.to_owned()
}

/// A file's digest in hexadecimal. Read piecewise: a buffer that stays in the processor's cache halves the time.
fn digest(file: &mut fs::File) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            read => hasher.update(&buffer[..read]),
        };
    }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that machine code is its own")]
fn deserialize_file(engine: &Engine, path: &Path) -> wasmtime::Result<Component> {
    // SAFETY: the open file was just verified against the digest in its name, in a directory that only the user may write to;
    // wasmtime checks that version, settings and target are its own.
    unsafe { Component::deserialize_file(engine, path) }
}

#[expect(unsafe_code, reason = "wasmtime cannot check that machine code is its own")]
fn deserialize(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: `code` comes from `precompile_component` of this very engine, or from a file as for `deserialize_file`.
    unsafe { Component::deserialize(engine, code) }
}

/// The digest of everything that determines the compiled code.
fn key(engine: &Engine) -> String {
    struct Blake(blake3::Hasher);
    impl Hasher for Blake {
        fn finish(&self) -> u64 {
            0
        }
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
    }
    let mut hasher = Blake(blake3::Hasher::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.write(tracewright_guest::DIGEST.as_bytes());
    // Apart from its memory, by how that is taken out of it.
    hasher.write(include_bytes!("image.rs"));
    hasher.0.finalize().to_hex()[..32].to_owned()
}
