//! The grammar's smallest parts: expressions and conditions, each as Python and as English.

use crate::random::Random;

/// A piece of a program and what it says.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) code: String,
    pub(super) says: String,
}

fn phrase(code: String, says: String) -> Phrase {
    Phrase { code, says }
}

/// A constant as people choose them.
pub(super) fn constant(random: &mut Random) -> i64 {
    random.between(2, 9)
}

/// A number made of the number `x`.
pub(super) fn number(random: &mut Random, x: &str) -> Phrase {
    let (k, j) = (constant(random), random.between(1, 9));
    match random.below(13) {
        0 => phrase(format!("{x} + {j}"), format!("{x} plus {j}")),
        1 => phrase(format!("{x} - {j}"), format!("{x} minus {j}")),
        2 => phrase(format!("{x} * {k}"), format!("{k} times {x}")),
        3 => phrase(format!("{x} * {x}"), format!("{x} squared")),
        4 => phrase(format!("{x} // {k}"), format!("{x} divided by {k} rounded down")),
        5 => phrase(format!("{x} % {k}"), format!("the remainder of {x} divided by {k}")),
        6 => phrase(format!("abs({x})"), format!("the absolute value of {x}")),
        7 => phrase(format!("{x} * {k} + {j}"), format!("{k} times {x} plus {j}")),
        8 => phrase(format!("{x} * {k} - {j}"), format!("{k} times {x} minus {j}")),
        9 => phrase(format!("({x} + {j}) * {k}"), format!("{k} times the sum of {x} and {j}")),
        10 => phrase(format!("max({x}, {j})"), format!("the larger of {x} and {j}")),
        11 => phrase(format!("min({x}, {k})"), format!("the smaller of {x} and {k}")),
        _ => phrase(format!("{j} - {x}"), format!("{j} minus {x}")),
    }
}

/// A number made of two.
pub(super) fn number_of_two(random: &mut Random, x: &str, y: &str) -> Phrase {
    let k = constant(random);
    match random.below(11) {
        0 => phrase(format!("{x} + {y}"), format!("{x} plus {y}")),
        1 => phrase(format!("{x} - {y}"), format!("{x} minus {y}")),
        2 => phrase(format!("{x} * {y}"), format!("{x} times {y}")),
        3 => phrase(format!("{x} * {k} + {y}"), format!("{k} times {x} plus {y}")),
        4 => phrase(format!("{x} - {y} * {k}"), format!("{x} minus {k} times {y}")),
        5 => phrase(format!("({x} + {y}) * {k}"), format!("{k} times the sum of {x} and {y}")),
        6 => phrase(format!("abs({x} - {y})"), format!("the distance between {x} and {y}")),
        7 => phrase(format!("max({x}, {y})"), format!("the larger of {x} and {y}")),
        8 => phrase(format!("min({x}, {y})"), format!("the smaller of {x} and {y}")),
        9 => phrase(format!("{x} * {y} + {k}"), format!("{x} times {y} plus {k}")),
        _ => {
            phrase(format!("({x} - {y}) // {k}"), format!("the difference of {x} and {y} divided by {k} rounded down"))
        }
    }
}

/// A condition on the number `x`.
pub(super) fn condition(random: &mut Random, x: &str) -> Phrase {
    let (k, j) = (constant(random), random.between(-2, 12));
    match random.below(10) {
        0 | 1 => phrase(format!("{x} % 2 == 0"), format!("{x} is even")),
        2 => phrase(format!("{x} % 2 == 1"), format!("{x} is odd")),
        3 => phrase(format!("{x} > {j}"), format!("{x} is greater than {j}")),
        4 => phrase(format!("{x} >= {j}"), format!("{x} is at least {j}")),
        5 => phrase(format!("{x} < {j}"), format!("{x} is less than {j}")),
        6 => phrase(format!("{x} <= {j}"), format!("{x} is at most {j}")),
        7 => phrase(format!("{x} % {k} == 0"), format!("{x} is a multiple of {k}")),
        8 => phrase(format!("{x} != {j}"), format!("{x} is not {j}")),
        _ => phrase(format!("{x} > {j} and {x} % 2 == 0"), format!("{x} is greater than {j} and even")),
    }
}

/// A condition on two numbers.
pub(super) fn condition_of_two(random: &mut Random, x: &str, y: &str) -> Phrase {
    let j = random.between(3, 20);
    match random.below(6) {
        0 => phrase(format!("{x} > {y}"), format!("{x} is greater than {y}")),
        1 => phrase(format!("{x} <= {y}"), format!("{x} is at most {y}")),
        2 => phrase(format!("{x} + {y} > {j}"), format!("the sum of {x} and {y} is greater than {j}")),
        3 => phrase(format!("({x} + {y}) % 2 == 0"), format!("the sum of {x} and {y} is even")),
        4 => phrase(format!("{x} * {y} < {j}"), format!("{x} times {y} is less than {j}")),
        _ => phrase(format!("{x} - {y} >= {j}"), format!("{x} minus {y} is at least {j}")),
    }
}

/// A condition on the character `c`.
pub(super) fn letter_condition(random: &mut Random, c: &str) -> Phrase {
    match random.below(7) {
        0 | 1 => phrase(format!("{c} in \"aeiou\""), format!("{c} is a vowel")),
        2 => phrase(format!("{c} not in \"aeiou\""), format!("{c} is no vowel")),
        3 => phrase(format!("{c}.isdigit()"), format!("{c} is a digit")),
        4 => phrase(format!("{c}.isalpha()"), format!("{c} is a letter")),
        5 => {
            let from = *random.pick(&["e", "h", "k", "m", "p", "s"]);
            phrase(format!("{c} > \"{from}\""), format!("{c} comes after \"{from}\""))
        }
        _ => {
            let one = *random.pick(&["a", "e", "o", "s", "t", " "]);
            phrase(format!("{c} == \"{one}\""), format!("{c} is \"{one}\""))
        }
    }
}

/// A string made of the character `c`.
pub(super) fn letter_text(random: &mut Random, c: &str) -> Phrase {
    let k = random.between(2, 3);
    match random.below(4) {
        0 => phrase(format!("{c}.upper()"), format!("{c} in upper case")),
        1 => phrase(format!("{c} * {k}"), format!("{c} {k} times")),
        2 => {
            let mark = *random.pick(&["-", "_", "*", "+"]);
            phrase(format!("\"{mark}\""), format!("\"{mark}\""))
        }
        _ => phrase(c.to_owned(), c.to_owned()),
    }
}

/// A condition on the string `w`.
pub(super) fn word_condition(random: &mut Random, w: &str) -> Phrase {
    let k = random.between(2, 5);
    match random.below(5) {
        0 => phrase(format!("len({w}) > {k}"), format!("{w} has more than {k} letters")),
        1 => phrase(format!("len({w}) <= {k}"), format!("{w} has at most {k} letters")),
        2 => phrase(format!("len({w}) % 2 == 0"), format!("the length of {w} is even")),
        3 => {
            let one = *random.pick(&["a", "e", "o", "n", "r"]);
            phrase(format!("\"{one}\" in {w}"), format!("{w} contains \"{one}\""))
        }
        _ => phrase(format!("{w}[0] in \"aeiou\""), format!("{w} begins with a vowel")),
    }
}

/// A string made of the string `w`.
pub(super) fn word_text(random: &mut Random, w: &str) -> Phrase {
    let k = random.between(1, 3);
    match random.below(5) {
        0 => phrase(format!("{w}.upper()"), format!("{w} in upper case")),
        1 => phrase(format!("{w}[::-1]"), format!("{w} reversed")),
        2 => phrase(format!("{w}[:{k}]"), format!("the first {k} letters of {w}")),
        3 => phrase(format!("{w}[{k}:]"), format!("{w} without its first {k} letters")),
        _ => phrase(format!("{w} + \"!\""), format!("{w} followed by \"!\"")),
    }
}
