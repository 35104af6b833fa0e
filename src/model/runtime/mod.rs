//! ONNX Runtime: its shared library, and sessions on a device.
//!
//! The library is the one that `ORT_DYLIB_PATH` names; else the one in the `onnxruntime` or `onnxruntime-gpu` package of the user's
//! Python; else it is fetched once, with pip, into the cache. It is code that runs as this program does:
//!
//! | library | loaded |
//! |---|---|
//! | named | as it is, since the user says so; where others can write to it, that is told |
//! | installed | from where only this user (or root) can write; else it is not used, and that is told |
//! | fetched | from where only this user can write, and only if each file is the one that was published, by SHA-256 |

mod fetch;
mod library;
mod locate;
mod python;
mod wheel;

use std::{
    fmt,
    path::Path,
    sync::{Mutex, PoisonError},
};

use ort::{
    LoadDynamicError,
    environment::Environment,
    ep::CUDA,
    logging::LogLevel,
    memory::{AllocationDevice, Allocator, AllocatorType, MemoryInfo, MemoryType},
    session::{Session, builder::SessionBuilder},
};

pub use self::library::{Library, Origin};
use super::ModelError;

/// The device that computes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Device {
    /// The processor.
    #[default]
    Cpu,
    /// An NVIDIA GPU, by its number. There is no falling back to the processor, but for the arithmetic with shapes in graphs that
    /// somebody else exported.
    Cuda(u16),
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(index) => write!(f, "cuda:{index}"),
        }
    }
}

/// The loaded library. There is one in a process, whatever is asked for later.
#[derive(Debug, Clone)]
pub struct Runtime {
    environment: Environment,
    library: Library,
}

/// A second environment is an error of the library, so the first one is kept.
static OPENED: Mutex<Option<Runtime>> = Mutex::new(None);

impl Runtime {
    /// The version that is fetched where none is found, and that the tests pass with.
    pub const VERSION: &str = wheel::VERSION;

    /// The library that [`Runtime::open`] would load for `device`, if it is there already. Fetches and loads nothing.
    #[must_use]
    pub fn probe(cache: &Path, device: Device) -> Option<Library> {
        locate::find(cache, matches!(device, Device::Cuda(_)), &mut |_| ())
    }

    /// Loads the library for `device`. `cache` is where it is fetched to where it is not installed; `report` gets a line of text when
    /// something takes long, and when the library is not of the tested version.
    ///
    /// # Errors
    ///
    /// There is no library, it cannot be fetched, or it cannot be loaded.
    pub fn open(cache: &Path, device: Device, report: &mut dyn FnMut(&str)) -> Result<Self, ModelError> {
        let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = &*opened {
            return Ok(runtime.clone());
        }
        let cuda = matches!(device, Device::Cuda(_));
        let found = locate::find(cache, cuda, report);
        let installed = found.as_ref().is_some_and(|library| library.origin == Origin::Installed);
        let runtime = match found.map(Self::load) {
            // Too old, or for another libc.
            Some(Err(ModelError::Library(problem))) if installed => {
                report(&format!("the installed ONNX Runtime is not used: {problem}"));
                Self::load(fetch::fetched(cache, cuda, report)?)?
            }
            Some(loaded) => loaded?,
            None => Self::load(fetch::fetched(cache, cuda, report)?)?,
        };
        let Library { path, origin, version, .. } = &runtime.library;
        if let Some(version) = version.as_ref().filter(|version| *version != Self::VERSION) {
            let tested = Self::VERSION;
            report(&format!("ONNX Runtime {version} is used ({origin}: {}); tested was {tested}", path.display()));
        }
        *opened = Some(runtime.clone());
        Ok(runtime)
    }

    /// The library.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    fn load(library: Library) -> Result<Self, ModelError> {
        let builder = ort::init_from(&library.path).map_err(|error| {
            ModelError::Library(match error {
                LoadDynamicError::BadVersion { version_str, path } => {
                    format!("{} is version {version_str}, but 1.24 or newer is needed", path.display())
                }
                error => error.to_string(),
            })
        })?;
        let environment = builder.with_name("tracewright").with_telemetry(false).build();
        let environment = environment.map_err(ModelError::runtime("starting"))?;
        environment.set_log_level(LogLevel::Error);
        Ok(Self { environment, library })
    }

    /// Makes a session of an encoded graph, or of a model file.
    pub(super) fn session(&self, source: &Source<'_>, device: Device, threads: usize) -> Result<Session, ModelError> {
        let mut builder = self.builder(device, threads)?;
        let failed = || ModelError::runtime("loading the model");
        let (bytes, folder) = match *source {
            Source::Graph { bytes, folder } => (bytes, folder),
            Source::File(path) => return builder.commit_from_file(path).map_err(failed()),
        };
        // Where external data lies; the runtime refuses paths that lead out of it.
        let key = "session.model_external_initializers_file_folder_path";
        let path = folder.to_str().ok_or_else(|| ModelError::Config {
            path: folder.into(),
            problem: "the path of a checkpoint must be UTF-8: rename it".into(),
        })?;
        builder = builder.with_config_entry(key, path).map_err(ModelError::runtime("loading the model"))?;
        // An operator without a CUDA kernel would be run on the processor, in silence. (Exports may: they compute shapes there.)
        if device != Device::Cpu {
            builder = builder.with_disable_cpu_fallback().map_err(ModelError::runtime("loading the model"))?;
        }
        builder.commit_from_memory(bytes).map_err(failed())
    }

    fn builder(&self, device: Device, threads: usize) -> Result<SessionBuilder, ModelError> {
        let failed = || ModelError::runtime("starting a session");
        let mut builder = Session::builder(&self.environment).map_err(ModelError::runtime("starting a session"))?;
        if threads > 0 {
            builder = builder.with_intra_threads(threads).map_err(failed())?;
        }
        // Between runs, threads sleep: sampling and the sandbox want the processor.
        builder = builder.with_config_entry("session.force_spinning_stop", "1").map_err(failed())?;
        let Device::Cuda(index) = device else { return Ok(builder) };
        if !self.library.cuda {
            return Err(ModelError::Library(format!(
                "{device} was asked for, but {} has no CUDA provider beside it. Install onnxruntime-gpu, or name its library in ORT_DYLIB_PATH",
                self.library.path.display()
            )));
        }
        // TF32 would keep 10 of the 23 bits of a product's operands.
        let provider = CUDA::default().with_device_id(index.into()).with_tf32(false).build().error_on_failure();
        builder.with_execution_providers([provider]).map_err(|error| {
            ModelError::Library(format!(
                "{device} was asked for, but cannot be used: {}. The driver, CUDA 13 and cuDNN 9 must be installed and be found by the \
                 dynamic linker",
                error.message()
            ))
        })
    }
}

/// The source of a session.
pub(super) enum Source<'a> {
    /// An encoded graph whose external data lies below a folder.
    Graph {
        /// The encoded graph.
        bytes: &'a [u8],
        /// The folder.
        folder: &'a Path,
    },
    /// A file that somebody else exported.
    File(&'a Path),
}

/// The memory that a KV cache lies in.
pub(super) fn allocator(session: &Session, device: Device) -> Result<Allocator, ModelError> {
    let Device::Cuda(index) = device else { return Ok(Allocator::default()) };
    let failed = || ModelError::runtime("reaching the GPU's memory");
    let memory = MemoryInfo::new(AllocationDevice::CUDA, i32::from(index), AllocatorType::Device, MemoryType::Default);
    Allocator::new(session, memory.map_err(failed())?).map_err(failed())
}
