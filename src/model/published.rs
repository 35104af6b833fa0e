//! Published checkpoints: which files of a model's repository on the hub make one up.

use std::path::Path;

use super::{ModelConfig, ModelError, layout};
use crate::hub::{self, FetchOptions, Fetched, Kind, Origin, Progress, Published, PublishedFile};

/// Files that a checkpoint may have beside `config.json`, `tokenizer.json` and its weights.
const OTHERS: [&str; 12] = [
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "USE_POLICY.md",
    "added_tokens.json",
    "chat_template.jinja",
    "generation_config.json",
    "merges.txt",
    "special_tokens_map.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "vocab.json",
];

/// Fetches the checkpoint `repo` (`owner/name`) into `folder`: one commit, checked as datasets are, safetensors only. The commit is what the
/// options name, else what the folder's lock file holds, else what `main` is now. The weights come last, once the configuration is known to be
/// one that can be opened here.
///
/// # Errors
///
/// The repository has no checkpoint that can be opened here, or a [`FetchError`](hub::FetchError). What came whole before it is kept, and another
/// call goes on from there.
pub fn fetch(
    repo: &str,
    folder: &Path,
    options: &FetchOptions,
    progress: &mut dyn FnMut(&Progress<'_>),
) -> Result<Fetched, ModelError> {
    let wrong = |problem: String| ModelError::Published { repo: repo.to_owned(), problem };
    if !is_name(repo) {
        return Err(wrong("it is no repository's name, such as HuggingFaceTB/SmolLM2-135M-Instruct".to_owned()));
    }
    let locked = hub::locked(folder, repo)?;
    let revision = options.revision.as_deref().or(locked.as_deref()).unwrap_or("main");
    let (commit, paths) = hub::list(Kind::Model, repo, revision, options)?;
    let Chosen { reads, weights } = chosen(&paths).map_err(wrong)?;
    let origin = Origin::Hub { kind: Kind::Model, repo, commit: Some(&commit) };
    let mut bring = |names: &[&str]| {
        // Each file is one part, of one name.
        let parts: Vec<[&str; 1]> = names.iter().map(|name| [*name]).collect();
        let parts: Vec<[&[&str]; 1]> = parts.iter().map(|part| [part.as_slice()]).collect();
        let file = |(to, parts)| PublishedFile { to, parts, sha256: None };
        let files: Vec<_> = names.iter().copied().zip(parts.iter().map(<[_; 1]>::as_slice)).map(file).collect();
        let published = Published { name: repo, about: "a checkpoint", licence: "its owner's", origin, files: &files };
        hub::fetch(&published, folder, options, progress)
    };
    let mut fetched = bring(&reads)?;
    ModelConfig::open(&folder.join(layout::CONFIG))?;
    fetched.files.extend(bring(&weights)?.files);
    Ok(fetched)
}

/// Whether this can be the name of a repository: letters, digits, `-`, `_` and `.`, with at most one slash.
fn is_name(repo: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|char: char| char.is_ascii_alphanumeric())
            && part.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'))
    };
    repo.split('/').count() <= 2 && repo.split('/').all(is_part)
}

/// The files of a checkpoint.
#[derive(Debug)]
struct Chosen<'a> {
    /// Those that say how to read the weights.
    reads: Vec<&'a str>,
    /// The weights, and their index.
    weights: Vec<&'a str>,
}

/// The files of a repository that make up a checkpoint, or the reason why there is none.
fn chosen(paths: &[String]) -> Result<Chosen<'_>, String> {
    let has = |name: &str| paths.iter().any(|path| path == name);
    for (name, remedy) in [
        (layout::CONFIG, "it is no checkpoint in Hugging Face's layout"),
        (layout::TOKENIZER, "have transformers write one: AutoTokenizer.from_pretrained(...).save_pretrained(...)"),
    ] {
        if !has(name) {
            return Err(format!("it has no {name}: {remedy}"));
        }
    }
    let weights: Vec<&str> = if has(layout::WEIGHTS) {
        vec![layout::WEIGHTS]
    } else if has(layout::INDEX) {
        let is_shard =
            |path: &&str| path.starts_with("model-") && path.ends_with(".safetensors") && !path.contains('/');
        [layout::INDEX].into_iter().chain(paths.iter().map(String::as_str).filter(is_shard)).collect()
    } else {
        let others = [".bin", ".pth", ".gguf", ".safetensors"];
        let found: Vec<&str> = paths
            .iter()
            .map(String::as_str)
            .filter(|path| others.iter().any(|end| path.ends_with(end)))
            .take(3)
            .collect();
        let found = if found.is_empty() { "none at all".to_owned() } else { found.join(", ") };
        return Err(format!(
            "it has no model.safetensors, but {found}: take an edition with safetensors, or convert it with transformers (save_pretrained)"
        ));
    };
    let others = OTHERS.into_iter().filter(|name| has(name));
    Ok(Chosen { reads: [layout::CONFIG, layout::TOKENIZER].into_iter().chain(others).collect(), weights })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen_of(paths: &[&str]) -> Result<Vec<String>, String> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        chosen(&paths).map(|chosen| chosen.reads.into_iter().chain(chosen.weights).map(str::to_owned).collect())
    }

    #[test]
    fn a_checkpoint_is_its_weights_once_and_what_reads_them() {
        let whole =
            ["README.md", "config.json", "model.safetensors", "onnx/model.onnx", "pytorch_model.bin", "tokenizer.json"];
        assert_eq!(chosen_of(&whole).unwrap(), ["config.json", "tokenizer.json", "model.safetensors"]);
        let shards = [
            "LICENSE",
            "config.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json",
            "original/model-1.safetensors",
            "tokenizer.json",
        ];
        let wanted = [
            "config.json",
            "tokenizer.json",
            "LICENSE",
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
        ];
        assert_eq!(chosen_of(&shards).unwrap(), wanted);
        for (paths, word) in [
            (&["config.json", "tokenizer.json", "pytorch_model.bin"][..], "pytorch_model.bin"),
            (&["config.json", "model.safetensors"], "tokenizer.json"),
            (&["model.gguf"], "config.json"),
        ] {
            assert!(chosen_of(paths).unwrap_err().contains(word), "{paths:?}");
        }
    }
}
