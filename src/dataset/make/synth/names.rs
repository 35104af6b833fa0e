//! Names of functions and variables: people's names for readers, standard ones to tell programs apart by.

use crate::random::Random;

/// The names of one program.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) function: &'static str,
    pub(super) helper: &'static str,
    /// Whole numbers, as parameters.
    pub(super) a: &'static str,
    pub(super) b: &'static str,
    /// Lists of numbers.
    pub(super) list: &'static str,
    pub(super) other: &'static str,
    /// An element of each.
    pub(super) item: &'static str,
    pub(super) second: &'static str,
    /// A string and its characters; a list of strings and its elements.
    pub(super) text: &'static str,
    pub(super) letter: &'static str,
    pub(super) words: &'static str,
    pub(super) word: &'static str,
    /// The variable that a loop collects in.
    pub(super) total: &'static str,
    pub(super) spare: &'static str,
    pub(super) result: &'static str,
    pub(super) index: &'static str,
    pub(super) inner: &'static str,
}

const FUNCTIONS: [&str; 8] = ["solve", "compute", "process", "evaluate", "f", "calculate", "apply", "run"];
const HELPERS: [&str; 5] = ["helper", "step", "g", "score", "convert"];
const PAIRS: [(&str, &str); 5] = [("a", "b"), ("n", "m"), ("x", "y"), ("left", "right"), ("first", "second")];
const LISTS: [(&str, &str); 5] =
    [("xs", "ys"), ("nums", "others"), ("values", "weights"), ("numbers", "limits"), ("data", "more")];
const ITEMS: [(&str, &str); 4] = [("v", "w"), ("num", "other"), ("value", "weight"), ("e", "d")];
const TEXTS: [&str; 4] = ["s", "text", "string", "line"];
const LETTERS: [&str; 3] = ["c", "ch", "char"];
const WORDS: [(&str, &str); 3] = [("words", "word"), ("names", "name"), ("strings", "item")];
const TOTALS: [(&str, &str); 4] = [("total", "rest"), ("acc", "extra"), ("count", "skipped"), ("answer", "backup")];
const RESULTS: [&str; 4] = ["result", "out", "found", "kept"];
const INDICES: [(&str, &str); 2] = [("i", "j"), ("p", "q")];

impl Names {
    /// The first name of each list.
    pub(super) fn standard() -> Self {
        Self::choose(&mut |_| 0)
    }

    /// A name of each list.
    pub(super) fn draw(random: &mut Random) -> Self {
        Self::choose(&mut |count| random.below(count))
    }

    fn choose(index: &mut dyn FnMut(usize) -> usize) -> Self {
        let (a, b) = PAIRS[index(PAIRS.len())];
        let (list, other) = LISTS[index(LISTS.len())];
        let (item, second) = ITEMS[index(ITEMS.len())];
        let (words, word) = WORDS[index(WORDS.len())];
        let (total, spare) = TOTALS[index(TOTALS.len())];
        let (place, inner) = INDICES[index(INDICES.len())];
        Self {
            function: FUNCTIONS[index(FUNCTIONS.len())],
            helper: HELPERS[index(HELPERS.len())],
            a,
            b,
            list,
            other,
            item,
            second,
            text: TEXTS[index(TEXTS.len())],
            letter: LETTERS[index(LETTERS.len())],
            words,
            word,
            total,
            spare,
            result: RESULTS[index(RESULTS.len())],
            index: place,
            inner,
        }
    }
}
