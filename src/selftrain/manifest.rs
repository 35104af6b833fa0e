//! The manifest of a run of the loop, which determines its results, kept in its folder so that another one does not go on there.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::{Config, SelfTrainError, Set};
use crate::{
    files::Folder,
    layout,
    prompt::{Condition, Exemplars, Template},
    sampling::{LocalFiles, SampleError},
};

/// The manifest of a run of the loop.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Manifest<'a> {
    /// The version of the format: 1.
    format: u32,
    /// The version of the program.
    program: &'a str,
    /// The digest of the guest component.
    guest: &'a str,
    /// The digest of the base checkpoint.
    model: String,
    /// The digest of `filter.proxy`.
    proxy: Option<String>,
    /// The digests of `evaluation.proxies`.
    proxies: Vec<String>,
    /// The sets by their roles: `train`, `dev` and `test`.
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, About>"))]
    datasets: serde_json::Map<String, Value>,
    /// The digest of the prompts' wording.
    template: String,
    /// The digest of the worked repairs.
    exemplars: String,
    /// The configuration, with paths and what changes no result left empty.
    config: Config,
}

/// A set of a run of the loop.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct About {
    /// The set's name: of a file, without folders.
    name: String,
    /// The digest of the set's files.
    digest: String,
    /// The number of tasks.
    tasks: usize,
}

/// Everything that the results depend on; files by their digests, so that a folder can be moved.
pub(super) fn of(
    config: &Config,
    base: &LocalFiles,
    template: &Template,
    exemplars: &Exemplars,
    sets: &[(&str, &Set)],
) -> Result<Value, SelfTrainError> {
    let mut choices = config.clone();
    choices.model = PathBuf::new();
    choices.sampling.template = None;
    choices.sampling.exemplars = None;
    choices.filter.proxy = None;
    choices.evaluation.proxies = Vec::new();
    // No result depends on it.
    choices.sampling.batch = 0;
    choices.sampling.speculation = true;
    choices.train.save_every = 0;
    (choices.data.train, choices.data.dev, choices.data.test) = Default::default();
    let digest = |path: &Path| LocalFiles::open(path, config.sampling.plain)?.digest();
    let proxy = config.filter.proxy.as_deref().map(digest).transpose()?;
    let proxies = config.evaluation.proxies.iter().map(|path| digest(path)).collect::<Result<Vec<_>, _>>()?;
    let datasets: serde_json::Map<String, Value> = sets
        .iter()
        .map(|(role, set)| {
            let name = file_name(&set.dataset.name);
            let about = About { name, digest: set.dataset.digest.clone(), tasks: set.dataset.tasks.len() };
            ((*role).to_owned(), json!(about))
        })
        .collect();
    let condition = Condition { trace: config.sampling.trace, rationale: config.sampling.rationale };
    let shots = exemplars.first(config.sampling.base_shots.max(config.sampling.shots), condition);
    let shots = shots.map_err(SampleError::from)?;
    let manifest = Manifest {
        format: 1,
        program: env!("CARGO_PKG_VERSION"),
        guest: tracewright_guest::DIGEST,
        model: base.digest()?,
        proxy,
        proxies,
        datasets,
        template: blake3::hash(template.text().as_bytes()).to_hex().to_string(),
        exemplars: blake3::hash(json!(shots).to_string().as_bytes()).to_hex().to_string(),
        config: choices,
    };
    Ok(json!(manifest))
}

fn file_name(name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The names of what differs, down to single settings.
fn differing(path: &str, old: &Value, new: &Value, what: &mut Vec<String>) {
    let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
        if old != new {
            what.push(path.to_owned());
        }
        return;
    };
    let empty = Value::Null;
    let mut names: Vec<&String> = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name))).collect();
    names.dedup();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        differing(&path, before.get(name).unwrap_or(&empty), after.get(name).unwrap_or(&empty), what);
    }
}

/// Writes the manifest to the folder, or compares it with the one that is there.
pub(super) fn keep(folder: &Folder, manifest: &Value) -> Result<(), SelfTrainError> {
    let path = folder.path().join(layout::MANIFEST);
    let old = match std::fs::read(&path) {
        Ok(text) => serde_json::from_slice::<Value>(&text).unwrap_or_default(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            folder.write_json(layout::MANIFEST, manifest)?;
            return Ok(());
        }
        Err(error) => return Err(SelfTrainError::file(path)(error)),
    };
    // Through text, as the old one went: numbers may change their kind. What a dataset's file is called does not matter.
    let nameless = |mut manifest: Value| {
        for (_, set) in manifest["datasets"].as_object_mut().into_iter().flatten() {
            set["name"].take();
        }
        manifest
    };
    let old = nameless(old);
    let new = nameless(serde_json::from_str(&manifest.to_string()).unwrap_or_default());
    if old == new {
        return Ok(());
    }
    let mut what = Vec::new();
    differing("", &old, &new, &mut what);
    Err(SelfTrainError::OtherRun { path: folder.path().to_owned(), what: what.join(", ") })
}
