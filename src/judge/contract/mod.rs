//! The contract: what a reference gave for each call, which is what a candidate may give for it.
//!
//! Tests are written for data or for objects, and only the reference shows which. Where its answer was data, an object of the candidate's,
//! whose methods could answer whatever a test asks, is no answer: it becomes a token that the test may ignore but not use. Only
//! where the reference gave an object may a candidate. The same holds of what else could pass for an answer without being data: builtin
//! types, what is the tester's own (an object of its classes, a mock, a function), namedtuples whose fields hold functions. What is there to be called is
//! no object where a call returns it: a test that gets it can do nothing else with it, and what it returns is held to the contract
//! again. Put into a test's container or handed to its functions, it could stand in for the test's own, so there it is. What is the tester's own may go
//! into its containers, operators and functions otherwise than the reference put it there: then it counts as an object of the candidate's,
//! and the verdict says so. And an exception
//! that ends iterations (`StopIteration`, say) steers the loop or the `map` of a test that calls; it reaches the test only where the
//! reference raised it.
//!
//! Calls are known by what they ask, and how often that was asked before. A handle in a request counts as how the tester came by it, so that the
//! numbers that a program gives its objects do not matter; what the reference gave in two ways, as one object, counts as one; an object
//! that comes in two ways that were two there is held to both. A call that
//! the reference never got may give what all answers to its target had in common: the same operation on the same object, else on
//! any. As long as the whole conversation is the one that the reference had, apart from which objects stand in it, a call needs no such
//! knowing: it is the reference's next one, and one object may stand for several of the reference's.

mod calls;
mod filter;
mod gate;
mod key;
mod kinds;
mod live;
mod origins;
mod request;
mod shape;
mod steps;
mod terms;

pub(super) use self::{
    filter::{Parts, opaque},
    gate::Gate,
    request::may_hold_tokens,
    terms::{Contract, Terms},
};
