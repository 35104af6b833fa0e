//! Questions about programs for CPython's own parser, asked inside the sandbox: hostile text meets no parser on the host.

use crate::{
    sandbox::{Fault, Instance, Limits, Reply, Sandbox, pool},
    value::{Value, codec},
};

/// A program that differs from another by one small mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The mutation operator: `off_by_one`, `wrong_comparison`, ...
    pub operator: String,
    /// The line of the mistake, from 1.
    pub line: u32,
    /// The program.
    pub program: String,
}

/// Mutants of `source`, at most `most`, drawn with `seed`, one of each mutation operator before the second of any; none where it does not
/// compile. No two are the same program, and none is `source`; one may still do what `source` does.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn mutants(sandbox: &Sandbox, source: &str, most: usize, seed: u64) -> Result<Vec<Mutant>, Fault> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let Ok(reply) = ask(sandbox, |instance| instance.mutants(source, most, seed))? else { return Ok(Vec::new()) };
    let Ok(Value::List(items)) = codec::decode(&reply) else { return Ok(Vec::new()) };
    Ok(items.iter().filter_map(mutant).collect())
}

/// Asks a fresh instance one question.
fn ask(
    sandbox: &Sandbox,
    question: impl FnOnce(&mut Instance) -> Reply<Vec<u8>> + Send,
) -> Result<Reply<Vec<u8>>, Fault> {
    let sandbox = sandbox.apart();
    let reply = pool::run_one(|| Ok(question(&mut sandbox.instantiate(&Limits::trusted())?)))?;
    sandbox.check_memory()?;
    reply
}

fn mutant(item: &Value) -> Option<Mutant> {
    let [operator, Value::Int(line), program] = item.as_sequence()? else { return None };
    Some(Mutant {
        operator: operator.as_str()?.to_owned(),
        line: u32::try_from(*line).ok()?,
        program: program.as_str()?.to_owned(),
    })
}

/// A digest of what of `program` bears on what it does: equal for programs that differ in layout, comments, docstrings and annotations
/// only. Nothing where it does not compile.
///
/// # Errors
///
/// A [`Fault`] of the harness.
pub fn normalised(sandbox: &Sandbox, program: &str) -> Result<Option<[u8; 32]>, Fault> {
    let Ok(reply) = ask(sandbox, |instance| instance.normalise(program))? else { return Ok(None) };
    Ok(match codec::decode(&reply) {
        Ok(Value::Str(_)) => Some(*blake3::hash(&reply).as_bytes()),
        _ => None,
    })
}
