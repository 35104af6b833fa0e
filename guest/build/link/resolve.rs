//! The targets of imports, the functions that are reachable, and the globals that never change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wasmparser::{ConstExpr, ExternalKind, FuncType, Operator};

use super::{
    module::{CoreModule, Name},
    sizes::{Added, Callees},
    text,
};

/// One instance to be linked: its module and what its imports are bound to.
pub(super) struct Member<'a> {
    pub(super) module: CoreModule<'a>,
    pub(super) bindings: HashMap<Name<'a>, Target<'a>>,
}

/// The target of an import.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// An export of another member.
    Export { member: usize, name: &'a str },
    /// A function of the component outside the members, by its index there.
    Outside(u32),
}

/// A definition: the member and the index among what that member defines.
pub(super) type Place = (usize, usize);

/// A function after resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Function {
    /// A function imported by the linked module.
    Outside(u32),
    Defined(Place),
    /// A function that the linker adds, by its index in [`Program::added`].
    Added(usize),
}

/// The program to link: all instances that become one.
pub(super) struct Program<'a> {
    pub(super) members: Vec<Member<'a>>,
    /// Globals that start with another value than their module says.
    pub(super) moved: HashMap<Place, i32>,
    /// Functions in whose place others are called.
    pub(super) replaced: HashMap<Place, Function>,
    /// Functions that are called in a callee's place, by caller and callee.
    pub(super) rerouted: HashMap<(Place, Place), Function>,
    /// Changes in the memory's content at the start: the address and the bytes.
    pub(super) patches: Vec<(u32, Vec<u8>)>,
    /// The address below which the memory's content is not needed any more.
    pub(super) vacated: u32,
    /// Functions that no member has, and what they call.
    pub(super) added: Vec<Added>,
    pub(super) callees: Option<Callees>,
    /// The function table's contents: the member and the index in that member's function space.
    slots: HashMap<u32, (usize, u32)>,
}

/// The functions and globals that the linked module has to hold.
#[derive(Default)]
pub(super) struct Reachable {
    pub(super) functions: BTreeMap<Function, FuncType>,
    /// Globals that some reachable function reads or writes.
    pub(super) globals: BTreeSet<Place>,
    /// Globals that some reachable function writes.
    pub(super) written: BTreeSet<Place>,
}

impl<'a> Program<'a> {
    pub(super) fn new(members: Vec<Member<'a>>) -> Result<Self, String> {
        let mut program = Self {
            members,
            moved: HashMap::new(),
            replaced: HashMap::new(),
            rerouted: HashMap::new(),
            patches: Vec::new(),
            vacated: 0,
            added: Vec::new(),
            callees: None,
            slots: HashMap::new(),
        };
        let mut slots = HashMap::new();
        for (at, member) in program.members.iter().enumerate() {
            for (offset, functions) in &member.module.elements {
                let offset = program.constant(at, offset)?;
                slots.extend((offset.cast_unsigned()..).zip(functions.iter().map(|function| (at, *function))));
            }
        }
        program.slots = slots;
        Ok(program)
    }

    /// The function at `index` of a member's function space. A function that only forwards to a table slot is the
    /// function in that slot: nothing changes the table (see [`reach`](Self::reach)).
    pub(super) fn function(&self, mut member: usize, mut index: u32) -> Result<Function, String> {
        loop {
            let module = &self.members[member].module;
            if let Some((name, _)) = module.imported_functions.get(index as usize) {
                match self.follow(member, *name, ExternalKind::Func)? {
                    Err(outside) => return Ok(Function::Outside(outside)),
                    Ok(next) => (member, index) = next,
                }
                continue;
            }
            let defined = index as usize - module.imported_functions.len();
            let forwarded = module.forwards_to(defined)?.and_then(|slot| self.slots.get(&slot));
            if let Some(next) = forwarded {
                (member, index) = *next;
                continue;
            }
            let place = (member, defined);
            return Ok(self.replaced.get(&place).copied().unwrap_or(Function::Defined(place)));
        }
    }

    /// The global at `index` of a member's global space.
    pub(super) fn global(&self, mut member: usize, mut index: u32) -> Result<Place, String> {
        loop {
            let module = &self.members[member].module;
            let Some((name, _)) = module.imported_globals.get(index as usize) else {
                return Ok((member, index as usize - module.imported_globals.len()));
            };
            (member, index) = self
                .follow(member, *name, ExternalKind::Global)?
                .map_err(|_| format!("global {name:?} comes from outside the linked modules"))?;
        }
    }

    /// The function or global space entry an import stands for, or the outside function.
    fn follow(&self, member: usize, name: Name<'a>, kind: ExternalKind) -> Result<Result<(usize, u32), u32>, String> {
        match self.members[member].bindings.get(&name) {
            Some(Target::Outside(function)) => Ok(Err(*function)),
            Some(Target::Export { member, name }) => match self.members[*member].module.exports.get(name) {
                Some((found, index)) if *found == kind => Ok(Ok((*member, *index))),
                _ => Err(format!("no export {name:?} of the kind {kind:?}")),
            },
            None => Err(format!("import {name:?} is bound to nothing")),
        }
    }

    /// The one function that has `name` in its module's name section.
    pub(super) fn named(&self, name: &str) -> Result<Place, String> {
        let mut places = self.members.iter().enumerate().flat_map(|(at, member)| {
            let indices = member.module.names.get(name).into_iter().flatten();
            let defined = |index: &u32| (*index as usize).checked_sub(member.module.imported_functions.len());
            indices.filter_map(defined).map(move |defined| (at, defined))
        });
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            _ => Err(format!("not exactly one function is called {name}")),
        }
    }

    /// The address of a variable that a member names.
    pub(super) fn address(&self, member: usize, name: &str) -> Result<i32, String> {
        let mut imports = (0..).zip(&self.members[member].module.imported_globals);
        let import = imports.find(|(_, ((_, found), _))| *found == name);
        let (index, _) = import.ok_or_else(|| format!("module {member} imports no {name}"))?;
        self.initial(self.global(member, index)?)
    }

    /// The one slot of the function table that has a function.
    pub(super) fn slot(&self, place: Place) -> Result<u32, String> {
        let mut slots = Vec::new();
        for (slot, (member, index)) in &self.slots {
            if self.function(*member, *index)? == Function::Defined(place) {
                slots.push(*slot);
            }
        }
        match slots[..] {
            [slot] => Ok(slot),
            _ => Err(format!("{place:?} is in {} slots of the function table", slots.len())),
        }
    }

    /// The value that an `i32` global starts with.
    pub(super) fn initial(&self, place: Place) -> Result<i32, String> {
        match self.moved.get(&place) {
            Some(value) => Ok(*value),
            None => self.constant(place.0, &self.members[place.0].module.globals[place.1].init_expr),
        }
    }

    /// The value of an `i32` constant expression, whose globals must be constants themselves.
    pub(super) fn constant(&self, member: usize, expression: &ConstExpr<'a>) -> Result<i32, String> {
        let mut stack = Vec::new();
        for operator in expression.get_operators_reader() {
            match operator.map_err(text)? {
                Operator::I32Const { value } => stack.push(value),
                Operator::GlobalGet { global_index } => stack.push(self.initial(self.global(member, global_index)?)?),
                Operator::I32Add => match (stack.pop(), stack.pop()) {
                    (Some(a), Some(b)) => stack.push(i32::wrapping_add(a, b)),
                    _ => return Err("a constant expression that adds nothing".to_owned()),
                },
                Operator::End => {}
                other => return Err(format!("an unsupported constant expression: {other:?}")),
            }
        }
        stack.pop().ok_or_else(|| "an empty constant expression".to_owned())
    }

    /// The function that `caller` calls where its code has `index`.
    pub(super) fn callee(&self, caller: Place, index: u32) -> Result<Function, String> {
        let function = self.function(caller.0, index)?;
        let Function::Defined(callee) = function else { return Ok(function) };
        Ok(self.rerouted.get(&(caller, callee)).copied().unwrap_or(function))
    }

    /// Everything that can be reached from `roots` (functions by their member and index) and from the function table.
    pub(super) fn reach(&self, roots: &[(usize, u32)]) -> Result<Reachable, String> {
        let mut reachable = Reachable::default();
        let mut waiting: Vec<(usize, u32)> = roots.to_vec();
        for (at, member) in self.members.iter().enumerate() {
            waiting.extend(member.module.elements.iter().flat_map(|(_, items)| items.iter().map(|item| (at, *item))));
        }
        while let Some((member, index)) = waiting.pop() {
            let function = self.function(member, index)?;
            let ty = self.members[member].module.function_type(index)?;
            if let Some(known) = reachable.functions.get(&function) {
                if known != ty {
                    return Err(format!("function {index} of module {member} is used with another type"));
                }
                continue;
            }
            reachable.functions.insert(function, ty.clone());
            let Function::Defined((member, defined)) = function else { continue };
            let operators = self.members[member].module.bodies[defined].get_operators_reader().map_err(text)?;
            for operator in operators {
                match operator.map_err(text)? {
                    Operator::Call { function_index }
                    | Operator::ReturnCall { function_index }
                    | Operator::RefFunc { function_index } => waiting.push((member, function_index)),
                    Operator::GlobalGet { global_index } => {
                        reachable.globals.insert(self.global(member, global_index)?);
                    }
                    Operator::GlobalSet { global_index } => {
                        let place = self.global(member, global_index)?;
                        reachable.globals.insert(place);
                        reachable.written.insert(place);
                    }
                    Operator::TableSet { .. }
                    | Operator::TableGrow { .. }
                    | Operator::TableFill { .. }
                    | Operator::TableCopy { .. }
                    | Operator::TableInit { .. } => {
                        return Err("a function that changes the function table".to_owned());
                    }
                    _ => {}
                }
            }
        }
        for (at, added) in self.added.iter().enumerate() {
            reachable.functions.insert(Function::Added(at), added.ty.clone());
        }
        Ok(reachable)
    }
}
