//! Repair sets made here.

pub mod mbpp_r;
pub mod synth;
