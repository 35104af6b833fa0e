//! The packages to fetch: one version of ONNX Runtime, each package and each library in it known by its digest.

use std::{
    env::consts::{ARCH, OS},
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::files::private::{self, Exposed};

/// The version that is fetched, and that the tests pass with.
pub(super) const VERSION: &str = "1.31.1";

/// A package of the version for one kind of machine.
#[derive(Debug)]
pub(super) struct Wheel {
    os: &'static str,
    arch: &'static str,
    /// Whether it can use NVIDIA GPUs.
    cuda: bool,
    /// The package's name.
    pub(super) package: &'static str,
    /// The kind of machine, in pip's words.
    pub(super) platform: &'static str,
    /// The SHA-256 of the package.
    pub(super) digest: &'static str,
    /// The package's size.
    pub(super) megabytes: u32,
    /// The files in it that are loaded, the library itself first, with their SHA-256.
    pub(super) libraries: &'static [(&'static str, &'static str)],
}

/// The package for this machine, if there is one.
pub(super) fn of_this_machine(cuda: bool) -> Option<&'static Wheel> {
    WHEELS.iter().find(|wheel| (wheel.os, wheel.arch, wheel.cuda) == (OS, ARCH, cuda))
}

/// The reason why an unpacked package is not loaded.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsound {
    /// The package is not there.
    #[error("it is not there")]
    Missing,
    /// Others could have written it.
    #[error(transparent)]
    Exposed(Exposed),
    /// The file is not the one that was published.
    #[error("{} is not the file that was published", .0.display())]
    Other(PathBuf),
    /// The file cannot be read.
    #[error("{}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl Wheel {
    /// The real path of the library in the folder that the package was unpacked to, once all that is loaded with it has been found to be what was
    /// published and to lie where only this user can write.
    pub(super) fn sound(&self, unpacked: &Path) -> Result<PathBuf, Unsound> {
        let folder = unpacked.join("onnxruntime").join("capi");
        let mut first = None;
        for (name, digest) in self.libraries {
            let path = folder.join(name);
            let (mut file, real) = private::file(&path)
                .map_err(|why| if why.is_missing() { Unsound::Missing } else { Unsound::Exposed(why) })?;
            if sha256(&mut file).map_err(|error| Unsound::Unreadable { path: path.clone(), source: error })? != *digest
            {
                return Err(Unsound::Other(path));
            }
            first.get_or_insert(real);
        }
        first.ok_or(Unsound::Missing)
    }
}

/// The SHA-256 of what is left of a file, in hexadecimal.
fn sha256(file: &mut File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

const WHEELS: [Wheel; 6] = [
    Wheel {
        os: "linux",
        arch: "x86_64",
        cuda: false,
        package: "onnxruntime",
        platform: "manylinux_2_28_x86_64",
        digest: "1f3dea47f2f0e5117c2404cea7d21fd253ae7836a3bf167a501cdfbb2600d536",
        megabytes: 24,
        libraries: &[
            ("libonnxruntime.so.1.31.1", "fc44112fbe06d7d689c57e11d3862031f64711007e4ee020f8eed5185fd2c1d3"),
            ("libonnxruntime_providers_shared.so", "086ec1d5388f64153d9c63470d126693db9a182c8ce236d3a1119068471b8a0d"),
        ],
    },
    Wheel {
        os: "linux",
        arch: "aarch64",
        cuda: false,
        package: "onnxruntime",
        platform: "manylinux_2_28_aarch64",
        digest: "0b9a492176886992e0e875f06bc0367e333f5fff11711a2d642e18b02f3009cc",
        megabytes: 21,
        libraries: &[
            ("libonnxruntime.so.1.31.1", "8aa3b76b28c778a2b1dd660d34161adb1d508c9ccd04ff9dc80e26eca5df8467"),
            ("libonnxruntime_providers_shared.so", "3b6be288fbfb7dff8770d08a23defdde18e8f7e0f5a2b344a0e5e238c999ea88"),
        ],
    },
    Wheel {
        os: "macos",
        arch: "aarch64",
        cuda: false,
        package: "onnxruntime",
        platform: "macosx_14_0_arm64",
        digest: "96dd2564b10ea7153ad9c207e7cd8e5917cb3ba521e0e0a62ac03486fdc8d56c",
        megabytes: 21,
        libraries: &[(
            "libonnxruntime.1.31.1.dylib",
            "d586cbe89effc085a09d3341b3cfbd5c322517f9d397aeb20814af21433f2b36",
        )],
    },
    Wheel {
        os: "windows",
        arch: "x86_64",
        cuda: false,
        package: "onnxruntime",
        platform: "win_amd64",
        digest: "ae8a9a351efda685cc59a66226cdefaa37a126c1d66872ca23a2de9425326130",
        megabytes: 15,
        libraries: &[
            ("onnxruntime.dll", "e45f61e50d8650885452be538a00bb14a715e46a1bc3691000ce947e89ed0306"),
            ("onnxruntime_providers_shared.dll", "02b3edadc03a2bddd90bcbd090733a2c458f4aff8be2cebb6070428e81c6d41e"),
        ],
    },
    Wheel {
        os: "linux",
        arch: "x86_64",
        cuda: true,
        package: "onnxruntime-gpu",
        platform: "manylinux_2_28_x86_64",
        digest: "05d548956197b9d01f59b625de740e0d6be3593f874e241a12dc0362650ecdf7",
        megabytes: 256,
        libraries: &[
            ("libonnxruntime.so.1.31.1", "5104254339ecadae808da771bd0b63b240f0dbd466514234905e54372435c303"),
            ("libonnxruntime_providers_cuda.so", "8387867e857499e045caff5d13ac6a5de29571c801562fa2dde0e45f1f31de52"),
            ("libonnxruntime_providers_shared.so", "086ec1d5388f64153d9c63470d126693db9a182c8ce236d3a1119068471b8a0d"),
        ],
    },
    Wheel {
        os: "windows",
        arch: "x86_64",
        cuda: true,
        package: "onnxruntime-gpu",
        platform: "win_amd64",
        digest: "2bb1e9373baba88f6415257f5b6a589d23e23c16004f7d89adf4344eada5749e",
        megabytes: 168,
        libraries: &[
            ("onnxruntime.dll", "7ce20366f6d5981081bb8bbc0aff757e055e6d0d09c2237cbb2143740cc8658f"),
            ("onnxruntime_providers_cuda.dll", "ebb99d5c0b451ff0b67032df80b4e9f442488d9bab1b5eeab68fc1613c1fab96"),
            ("onnxruntime_providers_shared.dll", "cb48721ca5b33cc827956f07f9900aa886052a839b2b18a1c11f036a2ebc5c5c"),
        ],
    },
];
