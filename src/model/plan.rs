//! Cutting a call into runs of the graph, so that neither memory nor padding grows with what the caller asks for.

use super::forward::Row;

/// The most tokens in one run: bounds the memory for activations and attention scores.
const RUN_TOKENS: usize = 512;
/// The most tokens of one row in one run.
const PIECE_TOKENS: usize = 256;
/// Rows with at most so many tokens go together, whatever their lengths: padding them costs attention next to nothing.
const SHORT: usize = 16;

/// A part of a row, to be run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The call's row.
    pub(super) row: usize,
    /// The first token of the row.
    pub(super) from: usize,
    /// The place behind the last one.
    pub(super) to: usize,
}

impl Piece {
    fn tokens(&self) -> usize {
        self.to - self.from
    }
}

/// The runs that `rows` are cut into. Pieces of a row come in order, in different runs; the pieces of a run are in the order of the rows.
pub(super) fn plan(rows: &[Row<'_>]) -> Vec<Vec<Piece>> {
    let rounds = rows.iter().map(|row| row.tokens.len().div_ceil(PIECE_TOKENS)).max().unwrap_or(0);
    let mut runs = vec![];
    for round in 0..rounds {
        let piece = |(index, row): (usize, &Row<'_>)| {
            let from = round * PIECE_TOKENS;
            (from < row.tokens.len()).then(|| Piece { row: index, from, to: row.tokens.len().min(from + PIECE_TOKENS) })
        };
        let mut pieces = rows.iter().enumerate().filter_map(piece).collect::<Vec<_>>();
        pieces.sort_by_key(|piece| (piece.tokens(), piece.row));
        runs.extend(group(pieces));
    }
    runs
}

/// Joins pieces, sorted by length, into runs in which none is padded to more than twice its length.
fn group(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut runs: Vec<Vec<Piece>> = vec![];
    for piece in pieces {
        let longest = piece.tokens();
        match runs.last_mut() {
            Some(run)
                if longest <= (run[0].tokens() * 2).max(SHORT)
                    && run.iter().map(Piece::tokens).sum::<usize>() + longest <= RUN_TOKENS =>
            {
                run.push(piece);
            }
            _ => runs.push(vec![piece]),
        }
    }
    for run in &mut runs {
        run.sort_by_key(|piece| piece.row);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(lengths: &[usize]) -> Vec<Vec<(usize, usize, usize)>> {
        let tokens = vec![0; 2000];
        let rows = lengths
            .iter()
            .enumerate()
            .map(|(slot, &length)| Row { slot, start: 0, tokens: &tokens[..length], wanted: 0 })
            .collect::<Vec<_>>();
        plan(&rows).iter().map(|run| run.iter().map(|piece| (piece.row, piece.from, piece.to)).collect()).collect()
    }

    #[test]
    fn short_rows_go_together() {
        assert_eq!(lengths(&[1, 16, 2]), [[(0, 0, 1), (1, 0, 16), (2, 0, 2)]]);
    }

    #[test]
    fn a_long_row_does_not_pad_short_ones() {
        assert_eq!(lengths(&[1, 100, 1, 60]), [vec![(0, 0, 1), (2, 0, 1)], vec![(1, 0, 100), (3, 0, 60)]]);
    }

    #[test]
    fn long_rows_are_cut_and_stay_in_order() {
        assert_eq!(lengths(&[600, 5]), [vec![(1, 0, 5)], vec![(0, 0, 256)], vec![(0, 256, 512)], vec![(0, 512, 600)]]);
    }

    #[test]
    fn no_run_is_too_large() {
        for run in lengths(&[200, 210, 220, 230, 240]) {
            assert!(run.iter().map(|(_, from, to)| to - from).sum::<usize>() <= RUN_TOKENS);
        }
    }
}
