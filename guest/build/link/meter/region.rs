//! What runs between two charges: a function outside its loops, or a loop outside those in it.

use wasmparser::{FunctionBody, Operator, OperatorsReader};

use super::super::text;

/// The operators that run in a region, those of called functions without charges included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    /// On the longest way through it.
    pub(super) longest: u64,
    /// On the way that is expected.
    pub(super) expected: f64,
}

/// A function's operators as a tree.
pub(super) struct Tree {
    body: Vec<Node>,
    /// The functions that it calls, of those that the module defines.
    pub(super) calls: Vec<usize>,
    /// Whether it calls what a table holds.
    pub(super) is_indirect: bool,
}

enum Node {
    /// So many operators that do not branch.
    Straight(u64),
    /// A call of a function that the module defines.
    Call(usize),
    /// A call of what a table holds.
    CallIndirect,
    Block(Vec<Node>),
    Loop(Vec<Node>),
    If(Vec<Node>, Vec<Node>),
    /// A branch that is always taken, to the block so many levels out.
    Branch(usize),
    /// One that is taken or not.
    BranchIf(usize),
    /// One of several, of which some may be the same.
    Switch(Vec<usize>),
    /// The end of the function, or of everything.
    Leave,
}

/// The ways that reach a point of a region.
#[derive(Clone, Copy, Default)]
struct Ways {
    /// The operators on the longest; none where no way leads here.
    longest: Option<u64>,
    /// The share of ways, of those into the region.
    share: f64,
}

impl Ways {
    fn join(&mut self, other: Self) {
        self.longest = self.longest.max(other.longest);
        self.share += other.share;
    }

    fn scaled(self, by: f64) -> Self {
        Self { share: self.share * by, ..self }
    }
}

impl Cost {
    /// The cost of a call of what a table holds: a function with a charge of its own, or one that is no longer than this.
    pub(super) const INDIRECT: Self = Self { longest: 512, expected: 16.0 };
}

impl Tree {
    pub(super) fn read(body: &FunctionBody<'_>, imported: u32) -> Result<Self, String> {
        let mut tree = Self { body: Vec::new(), calls: Vec::new(), is_indirect: false };
        let mut operators = body.get_operators_reader().map_err(text)?;
        (tree.body, _) = tree.nodes(&mut operators, imported)?;
        Ok(tree)
    }

    /// Reads up to the end of a block; says whether that was an `else`.
    fn nodes(&mut self, operators: &mut OperatorsReader<'_>, imported: u32) -> Result<(Vec<Node>, bool), String> {
        let mut nodes = vec![Node::Straight(0)];
        loop {
            let operator = operators.read().map_err(text)?;
            if let Some(Node::Straight(count)) = nodes.last_mut()
                && !is_free(&operator)
            {
                *count += 1;
            }
            let depth = |depth: u32| depth as usize;
            let mut call = |function: u32| {
                let defined = function.checked_sub(imported).map(|function| function as usize);
                self.calls.extend(defined);
                defined.map(Node::Call)
            };
            match operator {
                Operator::End => return Ok((nodes, false)),
                Operator::Else => return Ok((nodes, true)),
                Operator::Block { .. } => nodes.push(Node::Block(self.nodes(operators, imported)?.0)),
                Operator::Loop { .. } => nodes.push(Node::Loop(self.nodes(operators, imported)?.0)),
                Operator::If { .. } => {
                    let (then, has_else) = self.nodes(operators, imported)?;
                    let otherwise = if has_else { self.nodes(operators, imported)?.0 } else { Vec::new() };
                    nodes.push(Node::If(then, otherwise));
                }
                Operator::Br { relative_depth } => nodes.push(Node::Branch(depth(relative_depth))),
                Operator::BrIf { relative_depth } => nodes.push(Node::BranchIf(depth(relative_depth))),
                Operator::BrTable { targets } => {
                    let mut all = targets.targets().collect::<Result<Vec<_>, _>>().map_err(text)?;
                    all.push(targets.default());
                    nodes.push(Node::Switch(all.into_iter().map(depth).collect()));
                }
                Operator::Return | Operator::Unreachable => nodes.push(Node::Leave),
                Operator::Call { function_index } => nodes.extend(call(function_index)),
                Operator::ReturnCall { function_index } => {
                    nodes.extend(call(function_index));
                    nodes.push(Node::Leave);
                }
                Operator::CallIndirect { .. } => {
                    self.is_indirect = true;
                    nodes.push(Node::CallIndirect);
                }
                Operator::ReturnCallIndirect { .. } => {
                    self.is_indirect = true;
                    nodes.extend([Node::CallIndirect, Node::Leave]);
                }
                _ => continue,
            }
            nodes.push(Node::Straight(0));
        }
    }

    /// What runs outside its loops.
    pub(super) fn outside_loops(&self, calls: &[Cost]) -> Cost {
        cost(&self.body, calls)
    }

    /// Its loops, in the order of their headers.
    pub(super) fn loops(&self) -> impl Iterator<Item = Loop<'_>> {
        let mut found = Vec::new();
        find_loops(&self.body, &mut found);
        found.into_iter()
    }
}

/// The operators of a loop.
pub(super) struct Loop<'t>(&'t [Node]);

impl Loop<'_> {
    /// What runs of it outside the loops in it, each time that its header is passed.
    pub(super) fn cost(&self, calls: &[Cost]) -> Cost {
        cost(self.0, calls)
    }
}

fn find_loops<'t>(nodes: &'t [Node], found: &mut Vec<Loop<'t>>) {
    for node in nodes {
        match node {
            Node::Loop(body) => {
                found.push(Loop(body));
                find_loops(body, found);
            }
            Node::Block(body) => find_loops(body, found),
            Node::If(then, otherwise) => {
                find_loops(then, found);
                find_loops(otherwise, found);
            }
            _ => {}
        }
    }
}

/// Whether an operator is none when it runs, as wasmtime counts.
fn is_free(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Nop
            | Operator::Drop
            | Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::Unreachable
            | Operator::Return
            | Operator::Else
            | Operator::End
    )
}

fn cost(nodes: &[Node], calls: &[Cost]) -> Cost {
    let mut walk = Walk { calls, labels: Vec::new(), expected: 0.0, longest: 0, in_loop: 0 };
    let ways = walk.block(nodes, Ways { longest: Some(0), share: 1.0 });
    walk.end(ways);
    Cost { longest: walk.longest, expected: walk.expected }
}

/// A walk along all ways through a region.
struct Walk<'c> {
    /// The costs of calls.
    calls: &'c [Cost],
    /// The ways that branch to the end of each open block, the outermost first; those of a loop go to its header, and end.
    labels: Vec<Ways>,
    expected: f64,
    longest: u64,
    /// The number of loops within the region that it is in: what runs there is theirs.
    in_loop: usize,
}

impl Walk<'_> {
    /// Walks through a block; returns the ways that come out of its end.
    fn block(&mut self, nodes: &[Node], ways: Ways) -> Ways {
        self.labels.push(Ways::default());
        let mut ways = self.nodes(nodes, ways);
        ways.join(self.labels.pop().unwrap_or_default());
        ways
    }

    fn nodes(&mut self, nodes: &[Node], mut ways: Ways) -> Ways {
        for node in nodes {
            ways = self.node(node, ways);
        }
        ways
    }

    fn node(&mut self, node: &Node, mut ways: Ways) -> Ways {
        match node {
            #[expect(clippy::cast_precision_loss, reason = "a number of operators")]
            Node::Straight(count) => self.run(&mut ways, Cost { longest: *count, expected: *count as f64 }),
            Node::Call(function) => self.run(&mut ways, self.calls[*function]),
            Node::CallIndirect => self.run(&mut ways, Cost::INDIRECT),
            Node::Block(body) => return self.block(body, ways),
            Node::If(then, otherwise) => {
                // Both may branch to its end.
                self.labels.push(Ways::default());
                let mut after = self.nodes(then, ways.scaled(0.5));
                after.join(self.nodes(otherwise, ways.scaled(0.5)));
                after.join(self.labels.pop().unwrap_or_default());
                return after;
            }
            Node::Loop(body) => return self.inner_loop(body, ways),
            Node::Branch(depth) => {
                self.branch(*depth, ways);
                return Ways::default();
            }
            Node::BranchIf(depth) => {
                self.branch(*depth, ways.scaled(0.5));
                return ways.scaled(0.5);
            }
            #[expect(clippy::cast_precision_loss, reason = "a number of cases")]
            Node::Switch(cases) => {
                for depth in cases {
                    self.branch(*depth, ways.scaled(1.0 / cases.len() as f64));
                }
                return Ways::default();
            }
            Node::Leave => {
                self.end(ways);
                return Ways::default();
            }
        }
        ways
    }

    fn run(&mut self, ways: &mut Ways, cost: Cost) {
        if self.in_loop == 0
            && let Some(longest) = &mut ways.longest
        {
            *longest += cost.longest;
            self.expected += ways.share * cost.expected;
        }
    }

    fn branch(&mut self, depth: usize, ways: Ways) {
        match self.labels.len().checked_sub(depth + 1) {
            Some(label) => self.labels[label].join(ways),
            // Out of the region.
            None => self.end(ways),
        }
    }

    fn end(&mut self, ways: Ways) {
        self.longest = self.longest.max(ways.longest.unwrap_or(0));
    }

    /// Walks through a loop within the region: sooner or later all ways come out of it again.
    fn inner_loop(&mut self, body: &[Node], ways: Ways) -> Ways {
        let before: Vec<f64> = self.labels.iter().map(|label| label.share).collect();
        self.in_loop += 1;
        self.labels.push(Ways::default());
        let mut after = self.nodes(body, ways);
        let again = self.labels.pop().unwrap_or_default();
        self.in_loop -= 1;
        let stays = again.share.min(ways.share);
        // Those that go round come out as the others do.
        let out = ways.share - stays;
        if out > 0.0 {
            let scale = ways.share / out;
            after.share *= scale;
            for (label, before) in self.labels.iter_mut().zip(before) {
                label.share = before + (label.share - before) * scale;
            }
        }
        after
    }
}
