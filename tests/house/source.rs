//! One file's paths, by its tokens.

/// A path that the code names, with what it is known by here.
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    /// The name that a `use` gives it; nothing for a path in the middle of code.
    pub(crate) name: Option<String>,
    /// Whether others may see that name.
    pub(crate) public: bool,
    /// The modules within the file that it stands in.
    pub(crate) inside: Vec<String>,
}

/// A file's relations to others.
pub(crate) struct Source {
    pub(crate) paths: Vec<Path>,
    /// Modules in files of their own that are compiled for tests alone.
    pub(crate) tests: Vec<String>,
}

impl Source {
    pub(crate) fn read(text: &str) -> Self {
        let mut reader =
            Reader { tokens: tokens(text), at: 0, inside: Vec::new(), depth: 0, paths: Vec::new(), tests: Vec::new() };
        reader.file();
        Self { paths: reader.paths, tests: reader.tests }
    }
}

struct Reader {
    tokens: Vec<String>,
    at: usize,
    /// Modules that are open, with the depth of braces outside of each.
    inside: Vec<(String, usize)>,
    depth: usize,
    paths: Vec<Path>,
    tests: Vec<String>,
}

impl Reader {
    fn token(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", String::as_str)
    }

    fn file(&mut self) {
        let mut only_tests = false;
        while self.at < self.tokens.len() {
            if ["#", "[", "cfg", "(", "test", ")", "]"]
                .iter()
                .enumerate()
                .all(|(ahead, want)| self.token(ahead) == *want)
            {
                only_tests = true;
                self.at += 7;
                continue;
            }
            match self.token(0) {
                "#" => self.skip_group(1),
                "mod" if only_tests => {
                    if self.token(2) == ";" {
                        self.tests.push(self.token(1).to_owned());
                    } else {
                        self.at += 1;
                        self.skip_group(1);
                    }
                    only_tests = false;
                }
                "mod" if self.token(2) == "{" => {
                    self.inside.push((self.token(1).to_owned(), self.depth));
                    self.at += 2;
                }
                "{" => {
                    self.depth += 1;
                    self.at += 1;
                }
                "}" => {
                    self.depth -= 1;
                    if self.inside.last().is_some_and(|(_, depth)| *depth == self.depth) {
                        self.inside.pop();
                    }
                    self.at += 1;
                }
                "use" => {
                    let public = self.at > 0 && (self.tokens[self.at - 1] == "pub" || self.tokens[self.at - 1] == ")");
                    self.at += 1;
                    self.tree(&[], public);
                    only_tests = false;
                }
                "in" if self.at > 0 && self.tokens[self.at - 1] == "(" => {
                    while self.token(0) != ")" {
                        self.at += 1;
                    }
                }
                "crate" | "super" | "self"
                    if self.token(1) == "::" && self.at > 0 && self.tokens[self.at - 1] != "::" =>
                {
                    self.path();
                }
                _ => self.at += 1,
            }
            if matches!(self.tokens.get(self.at.wrapping_sub(1)).map(String::as_str), Some(";" | "}")) {
                only_tests = false;
            }
        }
    }

    /// Goes behind the group that opens `ahead` tokens from here.
    fn skip_group(&mut self, ahead: usize) {
        self.at += ahead;
        if self.token(0) == "!" {
            self.at += 1;
        }
        let mut open = 0;
        while self.at < self.tokens.len() {
            match self.token(0) {
                "{" | "[" | "(" => open += 1,
                "}" | "]" | ")" => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }

    fn push(&mut self, segments: Vec<String>, name: Option<String>, public: bool) {
        let inside = self.inside.iter().map(|(name, _)| name.clone()).collect();
        self.paths.push(Path { segments, name, public, inside });
    }

    /// A path in the middle of code.
    fn path(&mut self) {
        let mut segments = vec![self.token(0).to_owned()];
        self.at += 1;
        while self.token(0) == "::" && is_name(self.token(1)) {
            segments.push(self.token(1).to_owned());
            self.at += 2;
        }
        self.push(segments, None, false);
    }

    /// The tree of a `use` below `before`, up to what ends it.
    fn tree(&mut self, before: &[String], public: bool) {
        let mut segments = before.to_vec();
        loop {
            match self.token(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while self.token(0) != "}" && !self.token(0).is_empty() {
                        self.tree(&segments, public);
                        if self.token(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                name if is_name(name) && name != "as" => {
                    segments.push(name.to_owned());
                    self.at += 1;
                }
                "*" => {
                    self.at += 1;
                    self.push(segments, None, public);
                    return;
                }
                _ => break,
            }
        }
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let mut name = segments.last().cloned();
        if self.token(0) == "as" {
            name = Some(self.token(1).to_owned());
            self.at += 2;
        }
        self.push(segments, name, public);
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens of `text`, as far as they matter here: names, `::` and single signs; no comments, no literals.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    let peek = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        match chars[at] {
            '/' if peek(at + 1) == '/' => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            '/' if peek(at + 1) == '*' => {
                at += 2;
                while at < chars.len() && !(chars[at] == '*' && peek(at + 1) == '/') {
                    at += 1;
                }
                at += 2;
            }
            '"' => at = behind_string(&chars, at),
            // A character; else the mark of a lifetime or a label.
            '\'' if peek(at + 1) == '\\' => {
                at += 3;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
            }
            '\'' if peek(at + 2) == '\'' => at += 3,
            ':' if peek(at + 1) == ':' => {
                out.push("::".to_owned());
                at += 2;
            }
            c if c.is_alphanumeric() || c == '_' => {
                let start = at;
                while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                    at += 1;
                }
                let name: String = chars[start..at].iter().collect();
                let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
                if matches!(name.as_str(), "r" | "br" | "cr") && peek(at + hashes) == '"' {
                    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                    at += hashes + 1;
                    while at < chars.len() && !chars[at..].starts_with(&end) {
                        at += 1;
                    }
                    at += end.len();
                } else {
                    out.push(name);
                }
            }
            c => {
                if !c.is_whitespace() {
                    out.push(c.to_string());
                }
                at += 1;
            }
        }
    }
    out
}

/// The place behind the string that opens at `at`.
fn behind_string(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}
