//! Folders that nobody but this user can write to: machine code is loaded from no others.
//!
//! As `ssh` does, a path is resolved first and every folder on it is looked at, up to the root: whoever may write to one of them can put
//! another in the place of the next. Each must belong to this user or to root, and others may write to none, but for those like `/tmp` whose
//! sticky bit keeps what is in them from being replaced. A group may write where nobody else is in it, as with the groups of their own that
//! some systems give to users. Below a folder of the user's that nobody else may enter, nothing matters any more.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The reason why the file or folder at a path is not trusted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Exposed {
    /// The folder or file is somebody else's.
    #[error("{path} belongs to user {owner}")]
    Owner {
        /// The folder or file.
        path: PathBuf,
        /// The owner's number.
        owner: u32,
    },
    /// Others may write there.
    #[error("others may write to {path} (mode {mode:o})")]
    Writable {
        /// The folder or file.
        path: PathBuf,
        /// The permissions.
        mode: u32,
    },
    /// The path is not what it should be.
    #[error("{path} is no file")]
    NoFile {
        /// The path that is no file.
        path: PathBuf,
    },
    /// The folder or file cannot be looked at.
    #[error("cannot look at {path}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl Exposed {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Whether there is nothing at the path.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// The real path of `folder`, to which only this user can write.
///
/// # Errors
///
/// [`Exposed`] where others can, or where it is not there.
pub fn folder(folder: &Path) -> Result<PathBuf, Exposed> {
    let real = fs::canonicalize(folder).map_err(Exposed::io(folder))?;
    owners::check_folders(&real)?;
    Ok(real)
}

/// The file at `path`, open, and its real path: what is read from it is what nobody but this user could write.
///
/// # Errors
///
/// [`Exposed`] where others could, or where it is not there.
pub fn file(path: &Path) -> Result<(File, PathBuf), Exposed> {
    let real = fs::canonicalize(path).map_err(Exposed::io(path))?;
    owners::check_folders(real.parent().unwrap_or(&real))?;
    let file = owners::open(&real)?;
    Ok((file, real))
}

/// Makes `folder` and those above it that are not there, for this user alone.
///
/// # Errors
///
/// The system's error.
pub fn create(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
mod owners {
    use std::{
        fs::{self, File, Metadata, OpenOptions},
        os::unix::fs::{MetadataExt, OpenOptionsExt},
        path::Path,
        sync::OnceLock,
    };

    use rustix::{fs::OFlags, process::geteuid};

    use super::Exposed;

    /// The permission bits: others' to write, the group's to write, others' and the group's to do anything; entries are their owners'
    /// alone.
    const OTHERS_WRITE: u32 = 0o002;
    const GROUP_WRITES: u32 = 0o020;
    const ANY_BUT_OWNER: u32 = 0o077;
    const STICKY: u32 = 0o1000;

    /// Looks at `real`, a path without links, from the root down.
    pub(super) fn check_folders(real: &Path) -> Result<(), Exposed> {
        let mut folders: Vec<&Path> = real.ancestors().collect();
        folders.reverse();
        for folder in folders {
            let about = fs::symlink_metadata(folder).map_err(Exposed::io(folder))?;
            check(folder, &about)?;
            if about.uid() == geteuid().as_raw() && about.mode() & ANY_BUT_OWNER == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Opens a file itself, not what a link leads to, and looks at what was opened.
    pub(super) fn open(real: &Path) -> Result<File, Exposed> {
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        let flags = i32::try_from(flags).unwrap_or_default();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(real).map_err(Exposed::io(real))?;
        let about = file.metadata().map_err(Exposed::io(real))?;
        if !about.is_file() {
            return Err(Exposed::NoFile { path: real.to_owned() });
        }
        check(real, &about)?;
        Ok(file)
    }

    fn check(path: &Path, about: &Metadata) -> Result<(), Exposed> {
        let (owner, mode) = (about.uid(), about.mode());
        if owner != 0 && owner != geteuid().as_raw() {
            return Err(Exposed::Owner { path: path.to_owned(), owner });
        }
        let replaceable = about.is_dir() && mode & STICKY != 0;
        let group = mode & GROUP_WRITES != 0 && !is_own(about.gid());
        if (mode & OTHERS_WRITE != 0 || group) && !replaceable {
            return Err(Exposed::Writable { path: path.to_owned(), mode: mode & 0o7777 });
        }
        Ok(())
    }

    /// Whether nobody but this user and root is in a group, by the machine's own lists, which other systems than Linux keep elsewhere.
    fn is_own(group: u32) -> bool {
        static LISTS: OnceLock<(String, String)> = OnceLock::new();
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let (users, groups) = LISTS.get_or_init(|| (read("/etc/passwd"), read("/etc/group")));
        cfg!(target_os = "linux") && only_of(geteuid().as_raw(), group, users, groups)
    }

    /// Whether nobody but `user` and root is in a group, by the lists that are given, in the format of `/etc/passwd` and `/etc/group`.
    pub(super) fn only_of(user: u32, group: u32, users: &str, groups: &str) -> bool {
        let fields = |line: &'_ str| line.split(':').map(str::to_owned).collect::<Vec<_>>();
        let number = |field: Option<&String>| field.and_then(|field| field.parse::<u32>().ok());
        let users: Vec<Vec<String>> = users.lines().map(fields).collect();
        let trusted = |id: Option<u32>| id == Some(0) || id == Some(user);
        let Some(members) = groups.lines().map(fields).find(|line| number(line.get(2)) == Some(group)) else {
            return false;
        };
        let mut listed =
            members.get(3).map_or("", String::as_str).split(',').map(str::trim).filter(|name| !name.is_empty());
        let listed_trusted = listed.all(|name| {
            users.iter().any(|line| line.first().is_some_and(|one| one == name) && trusted(number(line.get(2))))
        });
        let primary = users.iter().filter(|line| number(line.get(3)) == Some(group));
        listed_trusted && primary.into_iter().all(|line| trusted(number(line.get(2))))
    }
}

#[cfg(not(unix))]
mod owners {
    use std::{fs::File, path::Path};

    use super::Exposed;

    #[expect(clippy::unnecessary_wraps, reason = "as on systems whose permissions are known")]
    pub(super) fn check_folders(_: &Path) -> Result<(), Exposed> {
        Ok(())
    }

    pub(super) fn open(real: &Path) -> Result<File, Exposed> {
        File::open(real).map_err(Exposed::io(real))
    }
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a panic is a test's report, in helpers too")]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Folders `a/b/c` with the file `code`, all open to read and closed to write.
    fn tree() -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("a/b/c");
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join("code"), "code").unwrap();
        for path in [root.path().to_owned(), root.path().join("a"), root.path().join("a/b"), inner.clone()] {
            set(&path, 0o755);
        }
        set(&inner.join("code"), 0o644);
        (root, inner)
    }

    #[test]
    fn every_folder_on_the_way_counts() {
        let (root, inner) = tree();
        let code = inner.join("code");
        assert!(folder(&inner).is_ok() && file(&code).is_ok());
        for part in ["a", "a/b", "a/b/c"] {
            let part = root.path().join(part);
            for mode in [0o757, 0o777] {
                set(&part, mode);
                let told = crate::blame::told(&folder(&inner).unwrap_err());
                assert!(told.contains("others may write") && told.contains(&*part.to_string_lossy()), "{told}");
                assert!(matches!(file(&code), Err(Exposed::Writable { .. })));
            }
            // Nobody can replace what another has put there.
            set(&part, 0o1777);
            assert!(folder(&inner).is_ok() && file(&code).is_ok());
            set(&part, 0o755);
        }
        // Nobody gets that far.
        set(&inner, 0o777);
        set(&root.path().join("a"), 0o700);
        assert!(folder(&inner).is_ok());
        set(&root.path().join("a"), 0o710);
        assert!(folder(&inner).is_err());
    }

    #[test]
    fn what_others_may_write_is_not_opened() {
        let (_root, inner) = tree();
        let code = inner.join("code");
        set(&code, 0o646);
        assert!(matches!(file(&code), Err(Exposed::Writable { .. })));
        assert!(matches!(file(&inner), Err(Exposed::NoFile { .. })));
        assert!(file(&inner.join("none")).unwrap_err().is_missing());
    }

    #[test]
    fn links_count_by_where_they_lead() {
        let (root, inner) = tree();
        let elsewhere = tempfile::tempdir().unwrap();
        set(elsewhere.path(), 0o755);
        fs::write(elsewhere.path().join("theirs"), "x").unwrap();
        symlink(&inner, root.path().join("link")).unwrap();
        symlink(elsewhere.path().join("theirs"), inner.join("out")).unwrap();
        assert_eq!(folder(&root.path().join("link")).unwrap(), fs::canonicalize(&inner).unwrap());
        assert!(file(&inner.join("out")).is_ok());
        set(elsewhere.path(), 0o777);
        assert!(matches!(file(&inner.join("out")), Err(Exposed::Writable { .. })));
        set(&inner, 0o777);
        assert!(folder(&root.path().join("link")).is_err());
    }

    #[test]
    fn a_group_is_a_users_own_where_nobody_else_is_in_it() {
        let users = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/:/bin/sh\nbob:x:1001:1001::/:/bin/sh\n";
        let groups = "root:x:0:\nstaff:x:50:\nann:x:1000:\nbob:x:1001:ann\nboth:x:60:ann,bob\nodd:x:61:ann,nobody-known\nmine:x:62:ann,root\n";
        let is = |group| owners::only_of(1000, group, users, groups);
        assert!(is(1000) && is(50) && is(0) && is(62));
        assert!(!is(1001), "somebody's first group");
        assert!(!is(60) && !is(61), "a member");
        assert!(!is(99), "nothing is known of it");
    }
}
