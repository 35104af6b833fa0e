//! The grammar's top: whole functions, by level.

use super::{function::Function, inputs::Kind, names::Names, numbers, sequences};
use crate::random::Random;

/// A program with what it needs to become a task.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The program.
    pub(super) program: String,
    /// The function to call.
    pub(super) entry_point: String,
    /// The program's description.
    pub(super) description: String,
    /// The kinds of its parameters.
    pub(super) kinds: Vec<Kind>,
    /// The program with standard names: equal for programs that differ in names only.
    pub(super) key: String,
}

/// Draws the program of `level` with this number.
pub(super) fn draw(level: u8, seed: u64, number: usize) -> Source {
    let stream = |what: &str| Random::named(seed, &format!("{what} {level}/{number}"));
    let standard = Names::standard();
    let names = Names::draw(&mut stream("names"));
    // The same choices for both.
    let function = |names: &Names| shaped(level, &mut stream("program"), names);
    let named = function(&names);
    let arguments: Vec<&str> = named.parameters.iter().map(|(name, _)| *name).collect();
    Source {
        program: named.source(names.function),
        entry_point: names.function.to_owned(),
        description: format!("Write a function {}({}): {}", names.function, arguments.join(", "), named.says),
        kinds: named.parameters.iter().map(|(_, kind)| *kind).collect(),
        key: function(&standard).source(standard.function),
    }
}

fn shaped(level: u8, random: &mut Random, names: &Names) -> Function {
    match level {
        1 => match random.below(5) {
            0 => numbers::formula(random, names),
            1 => numbers::choice(random, names),
            2 => sequences::fold(random, names),
            3 => sequences::count(random, names),
            _ => sequences::count_letters(random, names),
        },
        2 => match random.below(11) {
            0 => numbers::branches(random, names),
            1 => numbers::digits(random, names),
            2 => numbers::range(random, names),
            3 => sequences::filtered_fold(random, names),
            4 => sequences::collect(random, names),
            5 => sequences::best(random, names),
            6 => sequences::neighbours(random, names),
            7 => sequences::first(random, names),
            8 => sequences::zipped(random, names),
            9 => sequences::rewrite(random, names),
            _ => sequences::words(random, names),
        },
        _ => match random.below(5) {
            0 => sequences::fold_with_helper(random, names),
            1 => sequences::collect_with_helper(random, names),
            2 => sequences::pairs(random, names),
            3 => sequences::two_totals(random, names),
            _ => numbers::countdown_with_helper(random, names),
        },
    }
}
