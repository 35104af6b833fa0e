//! The locals that are read before they are written.

use wasmparser::Operator;

/// The locals of a function, as bits.
type Locals = u128;

/// Returns the locals that some way on from `from` reads before it writes them; no others can bear on what happens from there.
///
/// # Errors
///
/// Control that this does not know.
pub(super) fn at(operators: &[Operator<'_>], from: usize, locals: usize) -> Result<Vec<u32>, String> {
    if locals > Locals::BITS as usize {
        return Err(format!("a function with {locals} locals"));
    }
    let ways = ways(operators)?;
    let mut live: Vec<Locals> = vec![0; operators.len() + 1];
    loop {
        let mut changed = false;
        for (at, operator) in operators.iter().enumerate().rev() {
            let after = ways[at].iter().fold(0, |all, next| all | live[*next]);
            let before = match operator {
                Operator::LocalGet { local_index } => after | 1 << local_index,
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => after & !(1 << local_index),
                _ => after,
            };
            changed |= before != live[at];
            live[at] = before;
        }
        if !changed {
            break;
        }
    }
    Ok((0..Locals::BITS).filter(|local| live[from] & 1 << local != 0).collect())
}

/// The operators that may run after each one; behind the last there is the end.
fn ways(operators: &[Operator<'_>]) -> Result<Vec<Vec<usize>>, String> {
    let ends = ends(operators)?;
    let mut open: Vec<usize> = Vec::new();
    let mut ways = Vec::with_capacity(operators.len());
    for (at, operator) in operators.iter().enumerate() {
        let label = |depth: u32| {
            let Some(label) = open.len().checked_sub(depth as usize + 1).map(|label| open[label]) else {
                // The function itself.
                return operators.len();
            };
            if matches!(operators[label], Operator::Loop { .. }) { label } else { ends[label].1 }
        };
        ways.push(match operator {
            Operator::If { .. } => vec![at + 1, ends[at].0],
            // What comes before an `else` goes on behind its end.
            Operator::Else => vec![open.last().map_or(operators.len(), |label| ends[*label].1)],
            Operator::Br { relative_depth } => vec![label(*relative_depth)],
            Operator::BrIf { relative_depth } => vec![at + 1, label(*relative_depth)],
            Operator::BrTable { targets } => {
                let mut all = vec![label(targets.default())];
                for target in targets.targets() {
                    all.push(label(target.map_err(super::text)?));
                }
                all.sort_unstable();
                all.dedup();
                all
            }
            Operator::Return
            | Operator::Unreachable
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. } => Vec::new(),
            other => {
                if format!("{other:?}").starts_with("Br") || format!("{other:?}").contains("Throw") {
                    return Err(format!("a branch that is not known: {other:?}"));
                }
                vec![at + 1]
            }
        });
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => open.push(at),
            Operator::End => {
                open.pop();
            }
            _ => {}
        }
    }
    Ok(ways)
}

/// For each operator that opens a block: where it goes on if that is not entered (behind its `else`, or at its end), and its end.
fn ends(operators: &[Operator<'_>]) -> Result<Vec<(usize, usize)>, String> {
    let mut ends = vec![(0, 0); operators.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => open.push(at),
            Operator::Else => ends[*open.last().ok_or("an else of nothing")?].0 = at + 1,
            // The last closes the function.
            Operator::End => {
                if let Some(label) = open.pop() {
                    let otherwise = if ends[label].0 == 0 { at } else { ends[label].0 };
                    ends[label] = (otherwise, at);
                }
            }
            _ => {}
        }
    }
    Ok(ends)
}
