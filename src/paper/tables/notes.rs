//! The notes under a table.

use std::collections::{BTreeMap, BTreeSet};

use super::{OURS, Ours, Tag};

pub(super) const DATASET: &str = "Mbpp-R was never published, so ours is another dataset";
pub(super) const MODEL: &str = "ours are other models than the paper's";
pub(super) const PROXY: &str = "so are the proxies";
pub(super) const CHOSEN_ON_DEV: &str =
    "the paper's checkpoint was chosen on the dev set that its numbers are of, which favours it";
pub(super) const GREEDY: &str = "the paper's answers are greedy, ours are so only where a row says it";
pub(super) const HEFIX_TESTS: &str = "which tests the paper's prompts show is not known";

/// The meaning of the tags that a table uses.
pub(super) fn provenance(used: impl IntoIterator<Item = Tag>) -> Vec<String> {
    let tags: BTreeSet<Tag> = used.into_iter().collect();
    let meanings: Vec<String> = tags.iter().map(|tag| format!("[{}] {}", tag.letter(), tag.meaning())).collect();
    vec![format!("Where the paper's numbers come from: {}. {SOURCES}", meanings.join("; "))]
}

const SOURCES: &str = "A second letter is a source: A and B the abstracts of the PMLR version and of arXiv v1, C the figures of arXiv v1, D to J other papers, readers and \
                       re-implementations.";

/// Adds the notes on ours: none where there is none.
pub(super) fn ours(notes: &mut Vec<String>, ours: &[Ours], unlike: &[&str]) {
    let named: Vec<_> = ours.iter().map(|row| (row.name.clone(), row.baseline)).collect();
    ours_named(notes, &named, unlike);
}

/// Adds the notes on ours as [`ours`] does, from names and baselines.
pub(super) fn ours_named(notes: &mut Vec<String>, ours: &[(String, Option<usize>)], unlike: &[&str]) {
    if ours.is_empty() {
        return;
    }
    notes.push(format!("\"{OURS}\": measured with this program; 95 % intervals, bootstrap over tasks."));
    let mut over: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (at, (name, baseline)) in ours.iter().enumerate() {
        if let Some(base) = baseline.filter(|&base| base != at && base < ours.len()) {
            over.entry(base).or_default().push(name);
        }
    }
    for (base, names) in over {
        notes.push(format!("Gains of ours: {} over {}.", names.join(", "), ours[base].0));
    }
    notes.push(format!("Ours and the paper's are not like for like: {}.", unlike.join("; ")));
}
