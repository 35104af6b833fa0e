//! Functions of whole numbers.

use super::{
    function::Function,
    inputs::Kind,
    names::Names,
    phrase::{condition, condition_of_two, constant, number, number_of_two},
};
use crate::random::Random;

/// One expression.
pub(super) fn formula(random: &mut Random, names: &Names) -> Function {
    let Names { a, b, total, .. } = *names;
    let (first, second) = (number_of_two(random, a, b), number(random, total));
    let body = format!("    {total} = {}\n    return {}\n", first.code, second.code);
    let says = format!("let {total} be {}; return {}.", first.says, second.says);
    Function::new(&[(a, Kind::Int), (b, Kind::Int)], body, says)
}

/// One condition.
pub(super) fn choice(random: &mut Random, names: &Names) -> Function {
    let Names { a, b, .. } = *names;
    let test = if random.one_in(2) { condition(random, a) } else { condition_of_two(random, a, b) };
    let (yes, no) = (number_of_two(random, a, b), number_of_two(random, a, b));
    let body = format!("    if {}:\n        return {}\n    return {}\n", test.code, yes.code, no.code);
    let says = format!("if {}, return {}, otherwise {}.", test.says, yes.says, no.says);
    Function::new(&[(a, Kind::Int), (b, Kind::Int)], body, says)
}

/// Three branches and a last step.
pub(super) fn branches(random: &mut Random, names: &Names) -> Function {
    let Names { a, b, result, .. } = *names;
    let (low, high) = (random.between(-2, 6), random.between(8, 16));
    let arms = [number(random, a), number_of_two(random, a, b), number(random, b)];
    let last = number(random, result);
    let body = format!(
        "    if {a} < {low}:\n        {result} = {}\n    elif {a} < {high}:\n        {result} = {}\n    else:\n        {result} = {}\n    return {}\n",
        arms[0].code, arms[1].code, arms[2].code, last.code
    );
    let says = format!(
        "let {result} be {} if {a} is less than {low}, {} if it is less than {high}, otherwise {}; return {}.",
        arms[0].says, arms[1].says, arms[2].says, last.says
    );
    Function::new(&[(a, Kind::Int), (b, Kind::Int)], body, says)
}

/// The digits of a number.
pub(super) fn digits(random: &mut Random, names: &Names) -> Function {
    let Names { a, item, total, .. } = *names;
    let (test, value) = (condition(random, item), number(random, item));
    let body = format!(
        "    {total} = 0\n    while {a} > 0:\n        {item} = {a} % 10\n        if {}:\n            {total} += {}\n        {a} //= 10\n    return {total}\n",
        test.code, value.code
    );
    let says = format!("return the sum of {} for every digit {item} of {a} where {}.", value.says, test.says);
    Function::new(&[(a, Kind::Natural)], body, says)
}

/// A range of numbers.
pub(super) fn range(random: &mut Random, names: &Names) -> Function {
    let Names { a, b, index, total, .. } = *names;
    let (test, value) = (condition(random, index), number(random, index));
    let body = format!(
        "    {total} = 0\n    for {index} in range({a}, {b} + 1):\n        if {}:\n            {total} += {}\n    return {total}\n",
        test.code, value.code
    );
    let says = format!("return the sum of {} for every {index} from {a} to {b} where {}.", value.says, test.says);
    Function::new(&[(a, Kind::Small), (b, Kind::Small)], body, says)
}

/// A number taken down in steps, each changed by a helper.
pub(super) fn countdown_with_helper(random: &mut Random, names: &Names) -> Function {
    let Names { a, b, total, helper, .. } = *names;
    let (test, yes, no) = (condition(random, b), number(random, b), number(random, b));
    let (step, limit) = (random.between(1, 4), constant(random));
    let mut function = Function::new(
        &[(a, Kind::Small)],
        format!(
            "    {total} = 0\n    while {a} > {limit}:\n        {total} += {helper}({a})\n        {a} -= {step}\n    return {total}\n"
        ),
        format!(
            "{helper}({b}) is {} if {}, otherwise {}; as long as {a} is greater than {limit}, add {helper}({a}) to the total, which begins at 0, and take {step} from {a}; return the total.",
            yes.says, test.says, no.says
        ),
    );
    function.helper =
        format!("def {helper}({b}):\n    if {}:\n        return {}\n    return {}\n\n\n", test.code, yes.code, no.code);
    function
}
