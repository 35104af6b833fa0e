//! Traces in training and at test time.

use super::{
    super::published::{ByTraces, Difference, NoTraces, Provenance, Trained, Value},
    Cell, Column, OURS, OursByTraces, Percent, Row, Table, fraction, measured, notes, share,
};

pub(super) fn table(data: &NoTraces, ours: &[OursByTraces]) -> Table {
    let tested = Some("Tested");
    let columns = vec![
        Column::words("Model"),
        Column::words("Training"),
        Column::numbers("with traces", tested),
        Column::numbers("without traces", tested),
    ];
    let mut rows: Vec<Row> = data.rows.iter().map(paper_row).collect();
    rows.extend(ours.iter().enumerate().map(|(at, row)| our_row(at, row, ours)));

    let of_rows = data.rows.iter().flat_map(|row| {
        let values = row.with_traces.iter().chain(&row.without_traces).map(|value| &value.provenance);
        values.chain(row.label.as_ref().map(|label| &label.provenance))
    });
    let mut notes = notes::provenance(of_rows.map(Provenance::tag));
    for label in data.rows.iter().filter_map(|row| row.label.as_ref()) {
        notes.push(format!("{} on \"trained without traces\": {}", label.provenance, label.note));
    }
    notes.push("Each of the paper's gains is over the base model tested in the same way.".to_owned());
    for Difference { what, value, provenance } in &data.differences {
        notes.push(format!("{what}: {value:.1} points {provenance}."));
    }
    let named: Vec<_> =
        ours.iter().map(|row| (format!("{} ({})", row.name, trained(row.trained)), row.baseline)).collect();
    notes::ours_named(&mut notes, &named, &[notes::DATASET, notes::MODEL, notes::CHOSEN_ON_DEV]);
    let caption = format!("{}: pass@1 on {}, percent", data.name, data.dataset);
    Table { caption, columns, rows, notes }
}

fn paper_row(row: &ByTraces) -> Row {
    let cell = |value: &Option<Value>| {
        value.as_ref().map_or(Cell::Empty, |value| {
            let provenance = Some(value.provenance.to_string());
            Percent { gain: value.gain.map(fraction), provenance, ..share(value.value) }.into()
        })
    };
    let mark = row.label.as_ref().map(|label| format!(" {}", label.provenance)).unwrap_or_default();
    let trained = Cell::text(format!("{}{mark}", trained(row.trained)));
    Row {
        cells: vec![Cell::text(&row.model), trained, cell(&row.with_traces), cell(&row.without_traces)],
        provenance: Some("paper".to_owned()),
        rule: false,
    }
}

fn our_row(at: usize, row: &OursByTraces, ours: &[OursByTraces]) -> Row {
    let base = row.baseline.filter(|&base| base != at).and_then(|base| ours.get(base));
    let with = row.with_traces.as_ref().map(|value| measured(value, base.and_then(|base| base.with_traces.as_ref())));
    let without =
        row.without_traces.as_ref().map(|value| measured(value, base.and_then(|base| base.without_traces.as_ref())));
    let cells = vec![
        Cell::text(&row.name),
        Cell::text(trained(row.trained)),
        with.unwrap_or(Cell::Empty),
        without.unwrap_or(Cell::Empty),
    ];
    Row { cells, provenance: Some(OURS.to_owned()), rule: at == 0 }
}

fn trained(trained: Trained) -> &'static str {
    match trained {
        Trained::Not => "not trained",
        Trained::With => "trained with traces",
        Trained::Without => "trained without traces",
    }
}
