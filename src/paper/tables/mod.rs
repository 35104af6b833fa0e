//! The paper's tables, with rows of ours below: never one without the other's provenance.

mod by_k;
mod notes;
mod traces;

use super::{
    Ours, OursByTraces,
    published::{Provenance, Tag, paper},
};
use crate::{
    report::{Cell, Column, Interval, Percent, Row, Table},
    stats::Estimate,
};

/// Table 2: pass@k of samples on Mbpp-R, end to end and by proxy. Columns are the paper's k and those of ours.
#[must_use]
pub fn table2(ours: &[Ours]) -> Table {
    let data = &paper().table2;
    let mut table = by_k::table(&data.k, &data.k, ours);
    table.caption = format!("{} of the paper: pass@k on {}, percent", data.name, data.dataset);
    let places = by_k::places(&table);
    let paper_rows = data.rows.iter().map(|row| {
        let share = |values: &[f64], gains: &[f64], k: u64| {
            let at = data.k.iter().position(|&each| each == k)?;
            let gain = gains.get(at).copied().map(fraction);
            Some(Percent { value: fraction(*values.get(at)?), gain, ..Percent::default() })
        };
        let mut cells = vec![Cell::text(&row.model)];
        cells.extend(places.iter().map(|&(proxy, k)| {
            let share = if proxy {
                share(&row.proxy, &row.proxy_gain, k)
            } else {
                share(&row.end_to_end, &row.end_to_end_gain, k)
            };
            share.map_or(Cell::Empty, Cell::from)
        }));
        Row { cells, provenance: Some(data.provenance.to_string()), rule: false }
    });
    let ours_rows = std::mem::take(&mut table.rows);
    table.rows = paper_rows.chain(ours_rows).collect();
    table.notes = notes::provenance([data.provenance.tag()]);
    table.notes.push(format!("The paper's gains are over {}.", data.baseline));
    notes::ours(&mut table.notes, ours, &[notes::DATASET, notes::MODEL, notes::PROXY, notes::CHOSEN_ON_DEV]);
    table
}

/// Figure 3 as a table: greedy pass@1 on Mbpp-R. Of ours, pass@1.
#[must_use]
pub fn figure3(ours: &[Ours]) -> Table {
    let data = &paper().figure3;
    let ours: Vec<Ours> = ours.iter().map(by_k::only_pass_at_1).collect();
    let mut table = by_k::table(&[1], &[1], &ours);
    table.caption = format!("{} of the paper: greedy pass@1 on {}, percent", data.name, data.dataset);
    let paper_rows = data.rows.iter().map(|row| Row {
        cells: vec![Cell::text(&row.model), plain(row.end_to_end), plain(row.proxy)],
        provenance: Some(data.provenance.to_string()),
        rule: false,
    });
    let ours_rows = std::mem::take(&mut table.rows);
    table.rows = paper_rows.chain(ours_rows).collect();
    table.notes = notes::provenance([data.provenance.tag()]);
    table.notes.push(data.note.clone());
    notes::ours(&mut table.notes, &ours, &[notes::DATASET, notes::MODEL, notes::PROXY, notes::GREEDY]);
    table
}

/// HeFix+: pass@1 in both versions of the paper. Of ours, end-to-end pass@k.
#[must_use]
pub fn hefix_plus(ours: &[Ours]) -> Table {
    let data = &paper().hefix_plus;
    let ours: Vec<Ours> = ours.iter().map(|row| Ours { proxy: [].into(), ..row.clone() }).collect();
    let mut table = by_k::table(&[1], &[], &ours);
    table.caption = format!("{}, percent", data.dataset);
    let mut rows = Vec::new();
    let mut used = Vec::new();
    for version in &data.versions {
        let models = [("PaLM 2-L", &version.base, None), ("PaLM 2-L+NExT", &version.next, Some(&version.gain))];
        for (model, value, gain) in models {
            let points = gain.map(|gain| fraction(gain.value));
            let cell = match (value, points) {
                (Some(value), gain) => Percent { gain, ..share(value.value) }.into(),
                (None, Some(gain)) => Cell::Gain { gain, provenance: None },
                (None, None) => Cell::Empty,
            };
            let mut cells = vec![Cell::text(format!("{model} ({})", version.version)), cell];
            cells.resize(table.columns.len(), Cell::Empty);
            let mut provenance = value.as_ref().map_or("[?]".to_owned(), |value| value.provenance.to_string());
            if let Some(gain) = gain {
                provenance.push_str(&format!(", gain {}", gain.provenance));
            }
            rows.push(Row { cells, provenance: Some(provenance), rule: false });
            used.extend(value.iter().chain(gain).map(|value| value.provenance.tag()));
            used.extend(value.is_none().then_some(Tag::NotRecovered));
        }
    }
    rows.append(&mut table.rows);
    table.rows = rows;
    table.notes = notes::provenance(used);
    table.notes.push(data.note.clone());
    notes::ours(&mut table.notes, &ours, &[notes::HEFIX_TESTS, notes::MODEL]);
    table
}

/// Traces in training and at test time, two by two: pass@1.
#[must_use]
pub fn no_traces(ours: &[OursByTraces]) -> Table {
    traces::table(&paper().no_traces, ours)
}

/// The meaning of the tags of `values`.
pub(super) fn legend<'a>(values: impl IntoIterator<Item = &'a Provenance>) -> Vec<String> {
    notes::provenance(values.into_iter().map(Provenance::tag))
}

/// A percentage as the paper prints it, as a fraction. The paper has one decimal, so the nearest thousandth is meant.
fn fraction(percent: f64) -> f64 {
    (percent * 10.0).round() / 1000.0
}

fn share(percent: f64) -> Percent {
    Percent { value: fraction(percent), ..Percent::default() }
}

fn plain(percent: f64) -> Cell {
    share(percent).into()
}

fn measured(estimate: &Estimate, base: Option<&Estimate>) -> Cell {
    let interval = Some(Interval { low: estimate.low, high: estimate.high });
    let gain = base.map(|base| estimate.value - base.value);
    Percent { value: estimate.value, interval, gain, provenance: None }.into()
}

/// The word that stands where the paper has its tags.
const OURS: &str = "ours";

#[cfg(test)]
mod tests;
