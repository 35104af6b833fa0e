//! Examples in a task's prompt, as tests a model may see.

/// The `>>> call` examples of a docstring whose result stands on the next line, as assertions.
pub(super) fn doctests(prompt: &str) -> Vec<String> {
    let lines: Vec<&str> = prompt.lines().map(str::trim).collect();
    let pairs = lines.iter().zip(lines.iter().skip(1));
    pairs
        .filter_map(|(line, next)| {
            let call = line.strip_prefix(">>>")?.trim();
            let plain = !next.is_empty() && !next.starts_with(">>>") && !next.starts_with("\"\"\"") && *next != "'''";
            (plain && !call.is_empty()).then(|| format!("assert {call} == {next}"))
        })
        .collect()
}

/// The lines of a prompt that are assertions (MBPP+).
pub(super) fn asserts(prompt: &str) -> Vec<String> {
    prompt.lines().map(str::trim).filter(|line| line.starts_with("assert ")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_become_assertions() {
        let prompt = "def f(x):\n    \"\"\" Adds one.\n    >>> f(1)\n    2\n    >>> f(2)\n    >>> f(3)\n    4\n    >>> f(0)\n    \"\"\"\n";
        assert_eq!(doctests(prompt), ["assert f(1) == 2", "assert f(3) == 4"]);
        assert_eq!(asserts("\"\"\"\nWrite f.\nassert f(1) == 2\n\"\"\"\n"), ["assert f(1) == 2"]);
    }
}
