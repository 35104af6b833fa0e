//! The arrows between files, by the paths in them: each is followed to where what it names is defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Path, Source};

/// A module's path, without `crate`.
type Module = Vec<String>;

/// One file's need of another.
pub(crate) struct Arrow {
    pub(crate) from: String,
    pub(crate) from_module: Module,
    pub(crate) to: String,
    pub(crate) to_module: Module,
    /// The path that says so.
    pub(crate) path: Vec<String>,
}

/// The files of a crate.
pub(crate) struct House {
    files: BTreeMap<Module, (String, Source)>,
    /// The things that names stand for which each module takes from others.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl House {
    /// The crate of these files, by path (`src/judge/mod.rs`).
    pub(crate) fn new(texts: &BTreeMap<String, String>) -> Self {
        let mut files: BTreeMap<Module, (String, Source)> = BTreeMap::new();
        for (file, text) in texts.iter().filter(|(file, _)| *file != "src/main.rs") {
            let path = file.strip_prefix("src/").and_then(|file| file.strip_suffix(".rs")).unwrap();
            let mut module: Module = path.split('/').map(str::to_owned).collect();
            if matches!(module.last().unwrap().as_str(), "mod" | "lib") {
                module.pop();
            }
            files.insert(module, (file.clone(), Source::read(text)));
        }
        let tests: Vec<Module> = files
            .iter()
            .flat_map(|(module, (_, source))| {
                source.tests.iter().map(|name| [module.as_slice(), std::slice::from_ref(name)].concat())
            })
            .collect();
        files.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        let mut house = Self { files, names: BTreeMap::new() };
        let mut names: BTreeMap<Module, BTreeMap<String, Module>> = BTreeMap::new();
        for (module, (_, source)) in &house.files {
            for path in source.paths.iter().filter(|path| path.inside.is_empty()) {
                if let (Some(name), Some(meant)) = (&path.name, house.absolute(module, path)) {
                    names.entry(module.clone()).or_default().insert(name.clone(), meant);
                }
            }
        }
        house.names = names;
        house
    }

    /// The files with their modules.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &Module)> {
        self.files.iter().map(|(module, (file, _))| (file.as_str(), module))
    }

    /// The meaning of a path of `module`, from the crate's root; nothing for what comes from elsewhere.
    fn absolute(&self, module: &[String], path: &Path) -> Option<Module> {
        let mut at = [module, &path.inside].concat();
        let mut rest = path.segments.as_slice();
        match rest.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|first| first == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            // A part of its own, or a crate.
            _ if !self.files.contains_key(&[at.as_slice(), &rest[..1]].concat()) => return None,
            _ => {}
        }
        Some([at.as_slice(), rest].concat())
    }

    /// The module whose file defines what `path` means.
    fn defines(&self, path: &[String], steps: usize) -> Option<&Module> {
        let known = (0..=path.len()).rev().find(|&length| self.files.contains_key(&path[..length]))?;
        let (module, rest) = path.split_at(known);
        let meant = rest.first().and_then(|name| self.names.get(module)?.get(name));
        match meant {
            Some(meant) if steps > 0 && !path.starts_with(meant) => {
                self.defines(&[meant.as_slice(), &rest[1..]].concat(), steps - 1)
            }
            _ => self.files.get_key_value(module).map(|(module, _)| module),
        }
    }

    /// All arrows, one for each path. What a module shows of its own parts is none.
    pub(crate) fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = Vec::new();
        for (module, (file, source)) in self.files.iter().filter(|(module, _)| !module.is_empty()) {
            for path in &source.paths {
                let Some(meant) = self.absolute(module, path) else { continue };
                if path.public && meant.starts_with(module) {
                    continue;
                }
                let Some(target) = self.defines(&meant, 16).filter(|target| *target != module && !target.is_empty())
                else {
                    continue;
                };
                arrows.push(Arrow {
                    from: file.clone(),
                    from_module: module.clone(),
                    to: self.files[target].0.clone(),
                    to_module: target.clone(),
                    path: path.segments.clone(),
                });
            }
        }
        arrows
    }

    /// The arrows of one circle of files, in its order; nothing where there is none.
    pub(crate) fn circle(&self) -> Vec<String> {
        let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for arrow in self.arrows() {
            needs.entry(arrow.from).or_default().insert(arrow.to);
        }
        // Files that need nothing which is left are on no circle.
        loop {
            let left: BTreeSet<String> = needs.keys().cloned().collect();
            for targets in needs.values_mut() {
                targets.retain(|target| left.contains(target));
            }
            let before = needs.len();
            needs.retain(|_, targets| !targets.is_empty());
            if needs.len() == before {
                break;
            }
        }
        let Some(mut file) = needs.keys().next() else { return Vec::new() };
        let mut way: Vec<&String> = Vec::new();
        while !way.contains(&file) {
            way.push(file);
            file = needs[file].iter().next().unwrap();
        }
        let start = way.iter().position(|met| *met == file).unwrap_or(0);
        let next = way[start..].iter().skip(1).copied().chain([file]);
        way[start..].iter().zip(next).map(|(from, to)| format!("{from} -> {to}")).collect()
    }
}
