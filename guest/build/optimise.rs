//! Optimises the linked module's code with Binaryen, fetched with pip as the componentizer is: calls between small functions are dear under
//! wasmtime, and inlining them makes the interpreter a tenth faster.
//!
//! Only the code goes there. The heap's data stay as they are, and the same code, which most changes of the Python sources leave alone, is not
//! optimised twice in one build directory. Where the optimiser cannot be had, the build goes on without and says so.

use std::{env, fs, path::Path, process::Command};

use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

use super::source;

/// The library's places in the wheel, by system.
const LIBRARIES: [&str; 2] = ["libbinaryen.so", "libbinaryen.dylib"];

/// Where the optimiser is, or how to go without.
pub(crate) struct Optimiser<'a> {
    pub(crate) python: &'a Path,
    /// The crate's folder.
    pub(crate) root: &'a Path,
    /// The build directory.
    pub(crate) out: &'a Path,
}

impl Optimiser<'_> {
    /// Returns the module with better code; as it is, where there is no optimiser here.
    ///
    /// # Errors
    ///
    /// The step that failed, where there is one.
    pub(crate) fn optimise(&self, module: &[u8]) -> Result<Vec<u8>, String> {
        let packages = self.out.join("optimiser");
        if let Err(why) = source::install(self.python, &self.root.join("optimiser.txt"), &packages) {
            let why = why.lines().last().unwrap_or_default().trim().to_owned();
            println!(
                "cargo::warning=no optimiser for this machine ({why}): the interpreter will be about a tenth slower, and programs use other \
                 fuel than with other builds"
            );
            return Ok(module.to_vec());
        }
        let libraries = LIBRARIES.iter().map(|name| packages.join("icpp_binaryen/lib").join(name));
        let library =
            libraries.into_iter().find(|path| path.exists()).ok_or("the optimiser's package has no library")?;
        let (code, data) = split(module)?;
        let code = self.optimised(&library, &code)?;
        join(&code, &data)
    }

    /// Optimises code, unless it is that of the last time.
    fn optimised(&self, library: &Path, code: &[u8]) -> Result<Vec<u8>, String> {
        let script = self.root.join("build/optimise.py");
        let mut hasher = blake3::Hasher::new();
        for file in [&script, &self.root.join("optimiser.txt")] {
            hasher.update(&fs::read(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?);
        }
        let key = hasher.update(code).finalize().to_hex().to_string();
        let [input, output, of] =
            ["unoptimised.wasm", "optimised.wasm", "optimised.key"].map(|name| self.out.join(name));
        let is_known = || fs::read_to_string(&of).is_ok_and(|known| known == key);
        if !is_known() {
            let _ = fs::remove_file(&of);
            super::write(&input, code)?;
            let mut command = Command::new(self.python);
            command.arg("-S").arg(&script).args([library, &input, &output]).env("BINARYEN_CORES", "1");
            // No pass is to be switched on or off from outside.
            for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("BINARYEN_PASS")) {
                command.env_remove(name);
            }
            source::run(command, "optimising the guest's code (some minutes)")?;
            super::write(&of, key.as_bytes())?;
        }
        fs::read(&output).map_err(|e| format!("cannot read {}: {e}", output.display()))
    }
}

/// A module without its data, and the data section's content.
fn split(module: &[u8]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let (mut code, mut data) = (Module::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(|e| e.to_string())?;
        let Some((id, range)) = payload.as_section() else { continue };
        match payload {
            Payload::DataSection(_) => data = module[range].to_vec(),
            Payload::DataCountSection { .. } => return Err("a module that counts its data".to_owned()),
            _ => {
                code.section(&RawSection { id, data: &module[range] });
            }
        }
    }
    Ok((code.finish(), data))
}

fn join(code: &[u8], data: &[u8]) -> Result<Vec<u8>, String> {
    let (mut whole, mut memories) = (Module::new(), 0);
    for payload in Parser::new(0).parse_all(code) {
        let payload = payload.map_err(|e| e.to_string())?;
        let Some((id, range)) = payload.as_section() else { continue };
        match payload {
            Payload::DataSection(_) => return Err("the optimiser added data".to_owned()),
            Payload::MemorySection(section) => memories = section.count(),
            _ => {}
        }
        whole.section(&RawSection { id, data: &code[range] });
    }
    if memories != 1 {
        return Err(format!("{memories} memories come out of the optimiser"));
    }
    whole.section(&RawSection { id: 11, data });
    Ok(whole.finish())
}
