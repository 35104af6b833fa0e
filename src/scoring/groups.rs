//! Scores by the value of a field of the samples, such as the model that wrote them.

use std::collections::HashMap;

use super::{
    Row,
    summary::{Group, Groups, Tally},
};
use crate::{dataset::Dataset, files::Fields};

/// The longest value, in characters.
const LONGEST: usize = 100;

/// Groups in the making: rows one by one.
pub(super) struct Grouping<'a> {
    field: &'a str,
    dataset: &'a Dataset,
    wanted: &'a [usize],
    places: HashMap<Option<String>, usize>,
    tallies: Vec<(Option<String>, Tally<'a>)>,
}

impl<'a> Grouping<'a> {
    pub(super) fn new(field: &'a str, dataset: &'a Dataset, wanted: &'a [usize]) -> Self {
        Self { field, dataset, wanted, places: HashMap::new(), tallies: Vec::new() }
    }

    pub(super) fn add(&mut self, fields: Option<&Fields>, row: &Row) {
        let value = fields.and_then(|fields| {
            let text = fields.text(self.field);
            let json = || fields.get(self.field).map(|value| value.get().to_owned()).filter(|value| value != "null");
            text.or_else(json).map(|value| value.chars().take(LONGEST).collect::<String>())
        });
        let place = *self.places.entry(value).or_insert_with_key(|value| {
            self.tallies.push((value.clone(), Tally::new(self.dataset, self.wanted)));
            self.tallies.len() - 1
        });
        self.tallies[place].1.add(row);
    }

    pub(super) fn finish(self, ks: Option<&[u64]>, allow_partial: bool) -> Groups {
        let group = |(value, tally): (Option<String>, Tally<'_>)| {
            let summary = tally.finish(0, ks, allow_partial);
            Group {
                value,
                tasks: summary.tasks,
                missing: summary.missing.len(),
                samples: summary.samples,
                verdicts: summary.verdicts,
                pass_at_k: summary.pass_at_k,
                k_too_large: summary.k_too_large,
                colocated: summary.colocated,
                reference: summary.reference,
            }
        };
        Groups { field: self.field.to_owned(), values: self.tallies.into_iter().map(group).collect() }
    }
}
