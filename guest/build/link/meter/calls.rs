//! The functions that can come to themselves again.

use super::region::Tree;

/// What the call graph says of each function.
pub(super) struct Graph {
    /// Whether it can come to itself: it lies on a circle of calls, or calls what a table holds, which may be anything.
    pub(super) recurs: Vec<bool>,
    /// All functions, those that one calls before it, but where they can come to themselves.
    pub(super) callees_first: Vec<usize>,
}

impl Graph {
    pub(super) fn of(trees: &[Tree]) -> Self {
        let mut search = Search { trees, met: vec![None; trees.len()], ..Search::default() };
        search.recurs = trees.iter().map(|tree| tree.is_indirect).collect();
        for function in 0..trees.len() {
            if search.met[function].is_none() {
                search.visit(function);
            }
        }
        Self { recurs: search.recurs, callees_first: search.done }
    }
}

/// A search for circles after Tarjan.
#[derive(Default)]
struct Search<'t> {
    trees: &'t [Tree],
    /// When each was met.
    met: Vec<Option<usize>>,
    count: usize,
    /// The functions whose circle is not known yet.
    open: Vec<usize>,
    is_open: std::collections::HashSet<usize>,
    recurs: Vec<bool>,
    done: Vec<usize>,
}

impl Search<'_> {
    /// Visits a function; returns when the first one was met that it can come to.
    fn visit(&mut self, function: usize) -> usize {
        let met = self.count;
        self.count += 1;
        self.met[function] = Some(met);
        self.open.push(function);
        self.is_open.insert(function);
        let mut first = met;
        for &callee in &self.trees[function].calls {
            self.recurs[function] |= callee == function;
            match self.met[callee] {
                None => first = first.min(self.visit(callee)),
                Some(before) if self.is_open.contains(&callee) => first = first.min(before),
                Some(_) => {}
            }
        }
        if first == met {
            let start = self.open.iter().rposition(|open| *open == function).unwrap_or_default();
            let circle = self.open.split_off(start);
            for member in &circle {
                self.is_open.remove(member);
                self.recurs[*member] |= circle.len() > 1;
            }
            // Those of a circle are all charged, so that their order does not matter.
            self.done.extend(circle);
        }
        first
    }
}
