//! The published datasets and where they are.
//!
//! Hashes stand here only where they were verified. `None` means not known: then the hash that the hub states is checked, and what came the
//! first time is written to the lock file and checked from then on.

pub use crate::hub::{FetchError, FetchOptions, Fetched, FetchedFile, LOCK_FILE, Origin, Progress, Token, fetch};
use crate::hub::{Kind, Published, PublishedFile};

/// A published dataset that is known by name.
pub type KnownDataset = Published<'static>;

/// A file of one.
pub type KnownFile = PublishedFile<'static>;

impl KnownDataset {
    /// All known datasets. Those named by one word are what this program scores, pinned by commit and hash; the others are the hub's own
    /// editions.
    pub const ALL: &'static [Self] = &[
        github(
            "humaneval",
            "HumanEval, by its authors",
            "MIT",
            "openai/human-eval",
            "6d43fb980f9fee3c892a914eda09951f772ad10d",
            &[file(
                "humaneval/HumanEval.jsonl.gz",
                &[&["data/HumanEval.jsonl.gz"]],
                Some("b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef"),
            )],
        ),
        github(
            "humanevalplus",
            "HumanEval+ v0.1.10, inputs and reference solutions",
            "Apache-2.0",
            "evalplus/humanevalplus_release",
            "200defce9e3429d28ca215b6dd061c0f7f31c18b",
            &[file(
                "humanevalplus/HumanEvalPlus-v0.1.10.jsonl.gz",
                &[&["HumanEvalPlus.jsonl.gz"]],
                Some("272720b90ac375502c8ed23cd791c2a93dfb22a911641a494da74a426c09f101"),
            )],
        ),
        github(
            "humanevalplus-mini",
            "HumanEval+ v0.1.10 with the reduced inputs",
            "Apache-2.0",
            "evalplus/humanevalplus_release",
            "200defce9e3429d28ca215b6dd061c0f7f31c18b",
            &[file(
                "humanevalplus/HumanEvalPlus-Mini-v0.1.10.jsonl.gz",
                &[&["HumanEvalPlus-Mini.jsonl.gz"]],
                Some("91486741f1627101021fbe50523df08eebb5b0bf5e804b633dcd5ca3c14dbd2f"),
            )],
        ),
        github(
            "humanevalfix",
            "HumanEvalFix, Python, by its authors",
            "MIT",
            "bigcode-project/octopack",
            "e17a8f6470264286bc6a52eb8263582083bf3bf6",
            &[file(
                "humanevalfix/humanevalpack_python.jsonl",
                &[&["evaluation/create/humaneval-x/data/python/data/humanevalpack.jsonl"]],
                Some("b1376d72be4bd016a62ad043d9de3846edb8d63edf1222da802a31330c14c3a7"),
            )],
        ),
        github(
            "mbpp",
            "MBPP, all 974 problems",
            "CC-BY-4.0",
            "deepseek-ai/DeepSeek-Coder",
            "2f9fd85927c669dae3c0fbb2d607274023af243e",
            &[file(
                "mbpp/mbpp.jsonl",
                &[&["Evaluation/MBPP/data/mbpp.jsonl"]],
                Some("ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f"),
            )],
        ),
        github(
            "mbppplus",
            "MBPP+ v0.2.0, inputs and reference solutions",
            "Apache-2.0",
            "evalplus/mbppplus_release",
            "dadf43da556a00f7bacd71cb154f2932757d9144",
            &[file(
                "mbppplus/MbppPlus-v0.2.0.jsonl.gz",
                &[&["MbppPlus.jsonl.gz"]],
                Some("af43697e8791c4c149bdfd6b489d8b5412507551ac20e28a439f650b8225db63"),
            )],
        ),
        github(
            "cruxeval",
            "CRUXEval, by its authors",
            "MIT",
            "facebookresearch/cruxeval",
            "190faf16d175b5847b0af05d937872b1fb395942",
            &[file(
                "cruxeval/cruxeval.jsonl",
                &[&["data/cruxeval.jsonl"]],
                Some("8368b81047dc5014e4caf5a2f97604eff7644e0ecd7415e3ceeb184bbc2e0c96"),
            )],
        ),
        hub(
            "openai/openai_humaneval",
            "HumanEval",
            "MIT",
            "openai/openai_humaneval",
            &[file("openai_humaneval/HumanEval.jsonl", &[&["openai_humaneval/test-*.parquet"]], None)],
        ),
        hub(
            "google-research-datasets/mbpp:full",
            "MBPP, all 974 problems",
            "CC-BY-4.0",
            "google-research-datasets/mbpp",
            &[file(
                "google_mbpp/mbpp.jsonl",
                &[
                    &["full/prompt-*.parquet"],
                    &["full/test-*.parquet"],
                    &["full/validation-*.parquet"],
                    &["full/train-*.parquet"],
                ],
                None,
            )],
        ),
        hub(
            "google-research-datasets/mbpp:sanitized",
            "MBPP, the 427 hand-verified problems",
            "CC-BY-4.0",
            "google-research-datasets/mbpp",
            &[file(
                "google_mbpp/sanitized-mbpp.jsonl",
                &[
                    &["sanitized/prompt-*.parquet"],
                    &["sanitized/test-*.parquet"],
                    &["sanitized/validation-*.parquet"],
                    &["sanitized/train-*.parquet"],
                ],
                None,
            )],
        ),
        hub(
            "bigcode/humanevalpack:python",
            "HumanEvalPack, Python: HumanEvalFix's buggy programs",
            "MIT",
            "bigcode/humanevalpack",
            // The repository was converted from the one to the other.
            &[file(
                "humanevalpack/humanevalpack_python.jsonl",
                &[&["python/test-*.parquet", "data/python/data/humanevalpack.jsonl"]],
                None,
            )],
        ),
        hub(
            "evalplus/humanevalplus",
            "HumanEval+ as test programs that import numpy, which the sandbox does not have",
            "Apache-2.0",
            "evalplus/humanevalplus",
            &[file("evalplus_hub/HumanEvalPlus-OriginFmt.jsonl", &[&["data/test-*.parquet", "test.jsonl"]], None)],
        ),
        hub(
            "evalplus/mbppplus",
            "MBPP+ as test programs that import numpy, which the sandbox does not have",
            "Apache-2.0",
            "evalplus/mbppplus",
            &[file("evalplus_hub/MbppPlus-OriginFmt.jsonl", &[&["data/test-*.parquet", "test.jsonl"]], None)],
        ),
        hub(
            "cruxeval-org/cruxeval",
            "CRUXEval",
            "MIT",
            "cruxeval-org/cruxeval",
            &[file("cruxeval_hub/cruxeval.jsonl", &[&["test.jsonl", "data/test-*.parquet"]], None)],
        ),
    ];

    /// The dataset of a name.
    ///
    /// # Errors
    ///
    /// [`FetchError::Unknown`], which lists the names there are.
    pub fn find(name: &str) -> Result<&'static Self, FetchError> {
        Self::ALL.iter().find(|known| known.name == name).ok_or_else(|| {
            let known = Self::ALL.iter().map(|known| known.name).collect::<Vec<_>>().join(", ");
            FetchError::Unknown { name: name.to_owned(), known }
        })
    }
}

const fn file(to: &'static str, parts: &'static [&'static [&'static str]], sha256: Option<&'static str>) -> KnownFile {
    KnownFile { to, parts, sha256 }
}

const fn hub(
    name: &'static str,
    about: &'static str,
    licence: &'static str,
    repo: &'static str,
    files: &'static [KnownFile],
) -> KnownDataset {
    KnownDataset { name, about, licence, origin: Origin::Hub { kind: Kind::Dataset, repo, commit: None }, files }
}

const fn github(
    name: &'static str,
    about: &'static str,
    licence: &'static str,
    repo: &'static str,
    commit: &'static str,
    files: &'static [KnownFile],
) -> KnownDataset {
    KnownDataset { name, about, licence, origin: Origin::GitHub { repo, commit }, files }
}

impl KnownDataset {
    /// The datasets that scoring the dataset `name` of the [catalog](crate::dataset::Catalog) needs, or the one dataset of that name here.
    ///
    /// # Errors
    ///
    /// [`FetchError::Unknown`].
    pub fn needed(name: &str) -> Result<Vec<&'static Self>, FetchError> {
        match name.split_once(':').map_or(name, |(base, _)| base) {
            "humanevalfixplus" => ["humanevalfix", "humanevalplus"].into_iter().map(Self::find).collect(),
            "mbpp" => Ok(vec![Self::find("mbpp")?]),
            "mbpp-sanitized" => Ok(vec![Self::find("google-research-datasets/mbpp:sanitized")?]),
            _ => Ok(vec![Self::find(name)?]),
        }
    }

    /// The datasets that scoring several ones needs, each once.
    ///
    /// # Errors
    ///
    /// [`FetchError::Unknown`].
    pub fn needed_by(names: &[String]) -> Result<Vec<&'static Self>, FetchError> {
        let mut needed: Vec<&Self> = Vec::new();
        for name in names {
            for known in Self::needed(name)? {
                if needed.iter().all(|one| one.name != known.name) {
                    needed.push(known);
                }
            }
        }
        Ok(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let told = KnownDataset::find("humanevil").expect_err("no such dataset").to_string();
        assert!(told.contains("`humanevil`") && told.contains("humanevalplus-mini"), "{told}");
    }

    #[test]
    fn names_and_targets_are_unique_and_hashes_whole() {
        let hex = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_hexdigit());
        let mut seen = std::collections::HashSet::new();
        for known in KnownDataset::ALL {
            assert!(KnownDataset::find(known.name).is_ok());
            assert!(seen.insert(known.name), "{}", known.name);
            if let Origin::GitHub { commit, .. } = known.origin {
                assert!(hex(commit, 40), "{}", known.name);
            }
            for file in known.files {
                assert!(seen.insert(file.to), "{}", file.to);
                assert_eq!(file.to.split('/').count(), 2, "{}", file.to);
                assert!(file.sha256.is_none_or(|hash| hex(hash, 64)), "{}", file.to);
                // A hash is of one file as published.
                assert!(file.sha256.is_none() || file.parts.len() == 1 && !file.parts[0][0].contains('*'));
            }
        }
    }
}
