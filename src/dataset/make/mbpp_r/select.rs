//! The choice of the failing programs that are kept.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Record, SplitCounts};
use crate::random::Random;

/// The first of each task's programs with the same syntax tree.
pub(super) fn distinct(records: Vec<Record>, counts: &mut SplitCounts) -> Vec<Record> {
    let mut kept: Vec<Record> = Vec::new();
    let mut places: HashMap<(String, [u8; 32]), usize> = HashMap::new();
    for record in records {
        let key = (record.task_id.clone(), record.shape);
        if let Some(place) = places.get(&key) {
            kept[*place].n_identical += record.n_identical;
            counts.entry(record.split).or_default().duplicates += 1;
        } else {
            places.insert(key, kept.len());
            kept.push(record);
        }
    }
    kept
}

/// A draw of at most `most` records of each task, by `seed`, in their order.
pub(super) fn draw(records: Vec<Record>, most: usize, seed: u64, counts: &mut SplitCounts) -> Vec<Record> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        places.entry(&record.task_id).or_default().push(place);
    }
    let mut dropped = HashSet::new();
    for (task, mut places) in places {
        if places.len() > most {
            Random::named(seed, task).shuffle(&mut places);
            dropped.extend(places.split_off(most));
        }
    }
    for place in &dropped {
        counts.entry(records[*place].split).or_default().over_cap += 1;
    }
    let kept = records.into_iter().enumerate().filter(|(place, _)| !dropped.contains(place));
    kept.map(|(_, record)| record).collect()
}

/// Puts records in MBPP's order and numbers each task's.
pub(super) fn number(records: &mut [Record]) {
    records.sort_by_key(|record| record.task_id.rsplit('/').next().and_then(|number| number.parse::<u32>().ok()));
    let mut next: HashMap<String, usize> = HashMap::new();
    for record in records {
        let place = next.entry(record.task_id.clone()).or_default();
        record.id = format!("{}-{place}", record.task_id);
        *place += 1;
    }
}
