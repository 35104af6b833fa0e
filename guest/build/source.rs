//! Builds the component from its sources: fetches the pinned componentizer with pip into the build directory, runs it over
//! `wit/` and `python/`, and links the result's core modules into one, which is optimised and metered.
//!
//! The componentizer starts the interpreter and stores its memory, so what it sees of the machine ends up in there. It is
//! shown no packages of the host and, on x86-64 Linux, the same clock, random numbers and directories everywhere
//! (`fixed_world.c`), so that the component has the same bytes, and programs use the same fuel, wherever it was built.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    link,
    notices::{self, Notice},
    optimise::Optimiser,
    variable,
};

/// The component's bytes, built in `out` from the sources in `root`.
///
/// # Errors
///
/// The thing that is missing on this machine, or the step that failed.
pub(crate) fn build(root: &Path, out: &Path, notices: &[Notice]) -> Result<Vec<u8>, String> {
    let python = python()?;
    let packages = out.join("componentizer");
    install(&python, &root.join("requirements.txt"), &packages)?;
    notices::compare(notices, &packages)?;

    // A copy: the interpreter writes its bytecode caches beside the sources.
    let sources = out.join("python");
    let _ = fs::remove_dir_all(&sources);
    copy(&root.join("python"), &sources)?;
    copy(&packages.join("tzdata"), &sources.join("tzdata"))?;
    let component = out.join("guest.wasm");
    // Empty, or the componentizer would show the interpreter that it starts the host's own packages.
    let environment = out.join("environment");
    let host_packages = environment.join("lib/python3/site-packages");
    fs::create_dir_all(&host_packages).map_err(|e| format!("cannot make {}: {e}", host_packages.display()))?;
    let mut command = Command::new(&python);
    command
        .current_dir(&sources)
        // Nothing that the host's site-packages run at every start.
        .args([
            "-S",
            "-c",
            "import sys, componentize_py; sys.argv[0] = 'componentize-py'; sys.exit(componentize_py.script())",
        ])
        .args(["--quiet", "--wit-path"])
        .arg(root.join("wit"))
        .args(["--world", "sandbox", "componentize", "app", "--python-path", ".", "--output"])
        .arg(&component)
        .env("PYTHONPATH", &packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("RUST_BACKTRACE", "0")
        .env("VIRTUAL_ENV", &environment);
    if let Some(shim) = fixed_world(&python, root, out)? {
        command.env("LD_PRELOAD", shim);
    }
    run(command, "building the guest component")?;

    let bytes = fs::read(&component).map_err(|e| format!("cannot read {}: {e}", component.display()))?;
    let optimiser = Optimiser { python: &python, root, out };
    link::link(&bytes, &|module| optimiser.optimise(module)).map_err(|e| format!("linking the guest's modules: {e}"))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot copy {}: {error}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().filter(|name| *name != "__pycache__") else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name)).map_err(failed)?;
        }
    }
    Ok(())
}

/// The Python to build with: `$PYTHON`, else `python3`, with pip.
fn python() -> Result<PathBuf, String> {
    let python = env::var_os("PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let check =
        |arguments: &[&str]| Command::new(&python).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match check(&["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]) {
        Err(error) => Err(format!(
            "building the guest needs Python 3.10 or newer, and `{}` did not start ({error}).\n\
             Install it (Debian: apt-get install python3 python3-pip), or name one in the environment variable PYTHON.",
            python.display()
        )),
        Ok(status) if !status.success() => Err(format!(
            "building the guest needs Python 3.10 or newer, and `{}` is older or broken.\n\
             Install a newer one, or name one in the environment variable PYTHON.",
            python.display()
        )),
        Ok(_) => match check(&["-m", "pip", "--version"]) {
            Ok(status) if status.success() => Ok(python),
            _ => Err(format!(
                "building the guest needs pip, and `{} -m pip` does not work.\n\
                 Install it (Debian: apt-get install python3-pip; elsewhere: {} -m ensurepip).",
                python.display(),
                python.display()
            )),
        },
    }
}

/// Installs requirements into `packages`, unless the very same are there already.
///
/// # Errors
///
/// The thing that pip says.
pub(crate) fn install(python: &Path, requirements: &Path, packages: &Path) -> Result<(), String> {
    let wanted = fs::read(requirements).map_err(|e| format!("cannot read {}: {e}", requirements.display()))?;
    let stamp = packages.join("requirements.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    // A half-made installation of an interrupted build must not be taken for a whole one.
    let _ = fs::remove_dir_all(packages);
    let mut command = Command::new(python);
    command
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
        // What is taken from the packages does not depend on the Python that runs here.
        .arg("--ignore-requires-python")
        .args(["--require-hashes", "--only-binary", ":all:", "--target"])
        .arg(packages)
        .arg("--requirement")
        .arg(requirements);
    run(command, &format!("fetching {} with pip", requirements.display()))?;
    fs::write(&stamp, wanted).map_err(|e| format!("cannot write {}: {e}", stamp.display()))
}

/// Compiles the shim that makes the interpreter's memory the same in every build; `None` where it cannot be had.
fn fixed_world(python: &Path, root: &Path, out: &Path) -> Result<Option<PathBuf>, String> {
    let warn = |what| println!("cargo::warning={what}: set order and fuel may differ from other builds");
    if !cfg!(target_os = "linux") {
        warn("the guest's hash secret is only fixed on Linux");
        return Ok(None);
    }
    // For the machine that builds, whose Python loads it.
    let host = variable("HOST")?;
    let compiler = cc::Build::new().target(&host).host(&host).try_get_compiler().map_err(|e| {
        format!("building the guest needs a C compiler: {e}\nInstall one (Debian: apt-get install gcc).")
    })?;
    let library = out.join("fixed_world.so");
    let mut command = compiler.to_command();
    command.args(["-shared", "-fPIC", "-pthread", "-o"]).arg(&library).arg(root.join("build/fixed_world.c"));
    run(command, "compiling build/fixed_world.c")?;

    // The dynamic linker takes spaces and colons for ends of names.
    let plain = !library.to_string_lossy().contains([' ', ':']);
    let library = if plain { library } else { PathBuf::from("../fixed_world.so") };
    let mut probe = Command::new(python);
    probe
        .current_dir(out.join("python"))
        .args(["-S", "-c", "import os, time; print(time.time(), *{entry.inode() for entry in os.scandir()})"])
        .env("LD_PRELOAD", &library);
    let seen = run(probe, "trying build/fixed_world.c")?;
    if seen.trim() != "2000000000.0 1" {
        warn("this machine does not let the guest's build be made the same everywhere");
    }
    Ok(Some(library))
}

/// Runs a command and returns what it prints.
///
/// # Errors
///
/// The end of what it said, where it failed.
pub(crate) fn run(mut command: Command, what: &str) -> Result<String, String> {
    let output =
        command.output().map_err(|e| format!("{what}: cannot start {}: {e}", command.get_program().display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(text.into_owned());
    }
    let text = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    let tail: Vec<&str> = text.lines().rev().take(30).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    Err(format!("{what} failed ({}):\n{}", output.status, tail.join("\n")))
}
