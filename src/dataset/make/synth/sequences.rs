//! Functions of lists and strings.

use super::{
    function::Function,
    inputs::Kind,
    names::Names,
    phrase::{
        Phrase, condition, condition_of_two, constant, letter_condition, letter_text, number, number_of_two,
        word_condition, word_text,
    },
};
use crate::random::Random;

/// The sum of something over a list.
pub(super) fn fold(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, total, .. } = *names;
    let (value, start) = (number(random, item), random.between(0, 5));
    let body = format!(
        "    {total} = {start}\n    for {item} in {list}:\n        {total} += {}\n    return {total}\n",
        value.code
    );
    let says = format!("return {start} plus the sum of {} for every {item} in {list}.", value.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// A function that counts the items of a kind.
pub(super) fn count(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, total, .. } = *names;
    let (test, step) = (condition(random, item), random.between(1, 3));
    let body = format!(
        "    {total} = 0\n    for {item} in {list}:\n        if {}:\n            {total} += {step}\n    return {total}\n",
        test.code
    );
    let says = match step {
        1 => format!("return how many {item} in {list} there are where {}.", test.says),
        _ => format!("return {step} times how many {item} in {list} there are where {}.", test.says),
    };
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// A function that counts the characters of a kind.
pub(super) fn count_letters(random: &mut Random, names: &Names) -> Function {
    let Names { text, letter, total, .. } = *names;
    let (test, step, start) = (letter_condition(random, letter), random.between(1, 4), random.between(0, 3));
    let body = format!(
        "    {total} = {start}\n    for {letter} in {text}:\n        if {}:\n            {total} += {step}\n    return {total}\n",
        test.code
    );
    let says = format!("return {start} plus {step} for every character {letter} of {text} where {}.", test.says);
    Function::new(&[(text, Kind::Text)], body, says)
}

/// The sum or product of something over a part of a list.
pub(super) fn filtered_fold(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, total, .. } = *names;
    let (test, value) = (condition(random, item), number(random, item));
    let otherwise = number(random, item);
    let (branch, also) = if random.one_in(2) {
        (String::new(), String::new())
    } else {
        (
            format!("        else:\n            {total} -= {}\n", otherwise.code),
            format!(", minus the sum of {} for every other {item}", otherwise.says),
        )
    };
    let body = format!(
        "    {total} = 0\n    for {item} in {list}:\n        if {}:\n            {total} += {}\n{branch}    return {total}\n",
        test.code, value.code
    );
    let says = format!("return the sum of {} for every {item} in {list} where {}{also}.", value.says, test.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// A list made of a list.
pub(super) fn collect(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, result, .. } = *names;
    let (test, value) = (condition(random, item), number(random, item));
    let body = format!(
        "    {result} = []\n    for {item} in {list}:\n        if {}:\n            {result}.append({})\n    return {result}\n",
        test.code, value.code
    );
    let says = format!("return the list of {} for every {item} in {list} where {}.", value.says, test.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// The largest or smallest value.
pub(super) fn best(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, result, spare, .. } = *names;
    let value = number(random, item);
    let (sign, word, start) = if random.one_in(2) { (">", "largest", 0) } else { ("<", "smallest", 99) };
    let body = format!(
        "    {result} = {start}\n    for {item} in {list}:\n        {spare} = {}\n        if {spare} {sign} {result}:\n            {result} = {spare}\n    return {result}\n",
        value.code
    );
    let says = format!("return the {word} among {start} and {} for every {item} in {list}.", value.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// Each element beside the one before.
pub(super) fn neighbours(random: &mut Random, names: &Names) -> Function {
    let Names { list, index, total, .. } = *names;
    let (here, before) = (format!("{list}[{index}]"), format!("{list}[{index} - 1]"));
    let (test, value) = (condition_of_two(random, &here, &before), number_of_two(random, &here, &before));
    let body = format!(
        "    {total} = 0\n    for {index} in range(1, len({list})):\n        if {}:\n            {total} += {}\n    return {total}\n",
        test.code, value.code
    );
    let says =
        format!("return the sum of {} for every index {index} of {list} from 1 where {}.", value.says, test.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// The first element of a kind.
pub(super) fn first(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, .. } = *names;
    let (test, value, otherwise) = (condition(random, item), number(random, item), random.between(-1, 1));
    let body = format!(
        "    for {item} in {list}:\n        if {}:\n            return {}\n    return {otherwise}\n",
        test.code, value.code
    );
    let says = format!(
        "return {} for the first {item} in {list} where {}, or {otherwise} if there is none.",
        value.says, test.says
    );
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// Two lists side by side.
pub(super) fn zipped(random: &mut Random, names: &Names) -> Function {
    let Names { list, other, item, second, total, .. } = *names;
    let (test, value) = (condition_of_two(random, item, second), number_of_two(random, item, second));
    let body = format!(
        "    {total} = 0\n    for {item}, {second} in zip({list}, {other}):\n        if {}:\n            {total} += {}\n    return {total}\n",
        test.code, value.code
    );
    let says = format!(
        "return the sum of {} for every pair {item}, {second} of {list} and {other} side by side where {}.",
        value.says, test.says
    );
    Function::new(&[(list, Kind::Ints), (other, Kind::Ints)], body, says)
}

/// A string made of a string.
pub(super) fn rewrite(random: &mut Random, names: &Names) -> Function {
    let Names { text, letter, result, .. } = *names;
    let (test, yes, no) = (letter_condition(random, letter), letter_text(random, letter), letter_text(random, letter));
    let body = format!(
        "    {result} = \"\"\n    for {letter} in {text}:\n        if {}:\n            {result} += {}\n        else:\n            {result} += {}\n    return {result}\n",
        test.code, yes.code, no.code
    );
    let says = format!(
        "join, for every character {letter} of {text}, {} if {}, otherwise {}; return the string.",
        yes.says, test.says, no.says
    );
    Function::new(&[(text, Kind::Text)], body, says)
}

/// A list of strings.
pub(super) fn words(random: &mut Random, names: &Names) -> Function {
    let Names { words, word, result, .. } = *names;
    let (test, value) = (word_condition(random, word), word_text(random, word));
    let body = format!(
        "    {result} = []\n    for {word} in {words}:\n        if {}:\n            {result}.append({})\n    return {result}\n",
        test.code, value.code
    );
    let says = format!("return the list of {} for every {word} in {words} where {}.", value.says, test.says);
    Function::new(&[(words, Kind::Words)], body, says)
}

/// A helper with two branches: its source and what it is.
fn helper(random: &mut Random, names: &Names) -> Phrase {
    let Names { a, helper, .. } = *names;
    let (test, yes, no) = (condition(random, a), number(random, a), number(random, a));
    Phrase {
        code: format!(
            "def {helper}({a}):\n    if {}:\n        return {}\n    return {}\n\n\n",
            test.code, yes.code, no.code
        ),
        says: format!("{helper}({a}) is {} if {}, otherwise {}; ", yes.says, test.says, no.says),
    }
}

/// A last step: what is returned of a number.
fn last(random: &mut Random, total: &str) -> (String, String) {
    let k = constant(random) * 5;
    match random.below(3) {
        0 => (format!("    return {total}\n"), "return the total".to_owned()),
        1 => (
            format!("    if {total} > {k}:\n        return {k}\n    return {total}\n"),
            format!("return the total, but at most {k}"),
        ),
        _ => (format!("    return {total} % {k}\n"), format!("return the remainder of the total divided by {k}")),
    }
}

/// A sum of what a helper makes of each element.
pub(super) fn fold_with_helper(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, total, helper: name, .. } = *names;
    let (made, test) = (helper(random, names), condition(random, item));
    let (ending, end) = last(random, total);
    let mut function = Function::new(
        &[(list, Kind::Ints)],
        format!(
            "    {total} = 0\n    for {item} in {list}:\n        if {}:\n            {total} += {name}({item})\n{ending}",
            test.code
        ),
        format!("{}add up {name}({item}) for every {item} in {list} where {}, and {end}.", made.says, test.says),
    );
    function.helper = made.code;
    function
}

/// A list of what a helper makes of each element, up to a stop.
pub(super) fn collect_with_helper(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, spare, result, helper: name, .. } = *names;
    let (made, test, stop) = (helper(random, names), condition(random, spare), random.between(10, 30));
    let mut function = Function::new(
        &[(list, Kind::Ints)],
        format!(
            "    {result} = []\n    for {item} in {list}:\n        {spare} = {name}({item})\n        if {spare} > {stop}:\n            break\n        if {}:\n            {result}.append({spare})\n    return {result}\n",
            test.code
        ),
        format!(
            "{}go through {list}, let {spare} be {name}({item}) for each {item}, and stop when {spare} is greater than {stop}; return the list of those {spare} where {}.",
            made.says, test.says
        ),
    );
    function.helper = made.code;
    function
}

/// A function that goes through all pairs of elements.
pub(super) fn pairs(random: &mut Random, names: &Names) -> Function {
    let Names { list, index, inner, total, .. } = *names;
    let (left, right) = (format!("{list}[{index}]"), format!("{list}[{inner}]"));
    let (test, value) = (condition_of_two(random, &left, &right), number_of_two(random, &left, &right));
    let (ending, end) = last(random, total);
    let body = format!(
        "    {total} = 0\n    for {index} in range(len({list})):\n        for {inner} in range({index} + 1, len({list})):\n            if {}:\n                {total} += {}\n{ending}",
        test.code, value.code
    );
    let says =
        format!("add up {} for all indices {index} < {inner} of {list} where {}, and {end}.", value.says, test.says);
    Function::new(&[(list, Kind::Ints)], body, says)
}

/// Two accumulators.
pub(super) fn two_totals(random: &mut Random, names: &Names) -> Function {
    let Names { list, item, total, spare, .. } = *names;
    let (test, yes, no) = (condition(random, item), number(random, item), number(random, item));
    let end = number_of_two(random, total, spare);
    let body = format!(
        "    {total} = 0\n    {spare} = 0\n    for {item} in {list}:\n        if {}:\n            {total} += {}\n        else:\n            {spare} += {}\n    return {}\n",
        test.code, yes.code, no.code, end.code
    );
    let says = format!(
        "let {total} be the sum of {} for every {item} in {list} where {}, and {spare} the sum of {} for every other {item}; return {}.",
        yes.says, test.says, no.says, end.says
    );
    Function::new(&[(list, Kind::Ints)], body, says)
}
