//! The `Cases` protocol: inputs go in, values come out, the host compares.
//!
//! One guest call runs the entry point on all inputs. After each the candidate's instance reports the outcome and learns only whether to
//! go on, so a first failure stops at once and an instance that ends half-way leaves everything before it judged. Each input is
//! decoded afresh, so a call cannot see what an earlier one did to its arguments.
//!
//! Fuel follows EvalPlus's time limits: each input has its own, from what the reference used on it, and all inputs together have
//! one, so that reporting early buys nothing.

mod judging;
mod prepare;

pub(super) use self::{judging::judge, prepare::prepare};
