//! Reads a metered module again, as one that nothing is known of, and says whether every program in it is charged.

use std::collections::HashSet;

use wasmparser::{FunctionBody, Operator};

use super::{
    super::text,
    region::Tree,
    source::{COUNTER, Source},
};

/// The operators of a charge but the units: see `take`.
const BEFORE: usize = 3;
const AFTER: usize = 9;

/// Checks that each loop begins with a charge, that no function without one can come to itself again or calls what a table holds, that what
/// runs by a length is charged before, and that nothing else names the counter's memory.
///
/// # Errors
///
/// The function that is not so.
pub(super) fn check(module: &[u8]) -> Result<(), String> {
    let source = Source::read(module)?;
    let mut uncharged = Vec::new();
    for (at, body) in source.bodies.iter().enumerate() {
        let is_charged = check_body(body).map_err(|why| format!("function {at}: {why}"))?;
        let tree = Tree::read(body, source.imported)?;
        if !is_charged && tree.is_indirect {
            return Err(format!("function {at} calls anything, and is not charged"));
        }
        uncharged.push((!is_charged).then_some(tree.calls));
    }
    // Without those that are charged, the call graph has an order: each in its turn loses the functions that call nothing more.
    let mut left: HashSet<usize> = (0..uncharged.len()).filter(|at| uncharged[*at].is_some()).collect();
    loop {
        let is_done = |at: &usize| uncharged[*at].iter().flatten().all(|callee| !left.contains(callee));
        let done: Vec<usize> = left.iter().copied().filter(is_done).collect();
        if done.is_empty() {
            break;
        }
        for at in done {
            left.remove(&at);
        }
    }
    match left.iter().min() {
        Some(at) => Err(format!("function {at} comes to itself again without a charge")),
        None => Ok(()),
    }
}

/// Checks one function; says whether it is charged on entry.
fn check_body(body: &FunctionBody<'_>) -> Result<bool, String> {
    let operators: Vec<Operator<'_>> =
        body.get_operators_reader().map_err(text)?.into_iter().collect::<Result<_, _>>().map_err(text)?;
    let mut charges = 0;
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Loop { .. } if !is_constant(&operators[at + 1..]) => {
                return Err("a loop without a charge".to_owned());
            }
            Operator::MemoryCopy { .. }
            | Operator::MemoryFill { .. }
            | Operator::MemoryInit { .. }
            | Operator::MemoryGrow { .. } => {
                // It begins four or six operators before the charge's end, by whether the length is multiplied.
                let lengths = [4, 2].into_iter().filter_map(|units| at.checked_sub(1 + BEFORE + units + AFTER));
                let is_charged = |start: usize| {
                    charge(&operators[start..]).is_some_and(|end| start + end + 1 == at)
                        && matches!(
                            (&operators[at - 1], &operators[start + BEFORE]),
                            (Operator::LocalGet { local_index: length }, Operator::LocalGet { local_index: charged })
                                if length == charged
                        )
                };
                if !lengths.into_iter().any(is_charged) || !names_the_first(operator) {
                    return Err("a stretch of memory without a charge".to_owned());
                }
            }
            _ => {}
        }
        if names_the_counter(operator) {
            charges += 1;
        }
    }
    // Each charge reads the counter and writes it.
    let known = (0..operators.len()).filter(|at| charge(&operators[*at..]).is_some()).count();
    if charges != 2 * known {
        return Err("something else names the counter".to_owned());
    }
    Ok(is_constant(&operators))
}

/// Whether operators begin with a charge of the same units whatever runs.
fn is_constant(operators: &[Operator<'_>]) -> bool {
    charge(operators).is_some() && matches!(operators[BEFORE], Operator::I64Const { .. })
}

/// The length of the charge with which operators begin, if they do.
fn charge(operators: &[Operator<'_>]) -> Option<usize> {
    let [Operator::I32Const { value: 0 }, Operator::I32Const { value: 0 }, Operator::I64Load { memarg }, rest @ ..] =
        operators
    else {
        return None;
    };
    let units = match rest {
        [Operator::I64Const { value: 1.. }, ..] => 1,
        [
            Operator::LocalGet { .. },
            Operator::I64ExtendI32U,
            Operator::I64Const { value: 1.. },
            Operator::I64Mul,
            ..,
        ] => 4,
        [Operator::LocalGet { .. }, Operator::I64ExtendI32U, ..] => 2,
        _ => return None,
    };
    let [
        Operator::I64Sub,
        Operator::LocalTee { local_index: set },
        Operator::I64Store { memarg: stored },
        Operator::LocalGet { local_index: got },
        Operator::I64Const { value: 0 },
        Operator::I64LtS,
        Operator::If { .. },
        Operator::Unreachable,
        Operator::End,
        ..,
    ] = &rest[units..]
    else {
        return None;
    };
    let is_counter = |at: &wasmparser::MemArg| (at.memory, at.offset) == (COUNTER, 0);
    (is_counter(memarg) && is_counter(stored) && set == got).then_some(BEFORE + units + AFTER)
}

fn names_the_first(operator: &Operator<'_>) -> bool {
    match operator {
        Operator::MemoryCopy { dst_mem, src_mem } => (*dst_mem, *src_mem) == (0, 0),
        Operator::MemoryFill { mem }
        | Operator::MemoryInit { mem, .. }
        | Operator::MemoryGrow { mem }
        | Operator::MemorySize { mem } => *mem == 0,
        _ => true,
    }
}

/// Whether an operator names another memory than the first.
fn names_the_counter(operator: &Operator<'_>) -> bool {
    match operator {
        // Most, and without an address.
        Operator::LocalGet { .. }
        | Operator::LocalSet { .. }
        | Operator::LocalTee { .. }
        | Operator::I32Const { .. }
        | Operator::I32Add
        | Operator::Call { .. }
        | Operator::Block { .. }
        | Operator::Br { .. }
        | Operator::BrIf { .. }
        | Operator::End => false,
        // Those with one are many, and all print it.
        operator => !names_the_first(operator) || format!("{operator:?}").contains(&format!("memory: {COUNTER}")),
    }
}
