//! End-to-end tests: the real guest, the real binary, real data.

#![expect(clippy::unwrap_used, reason = "a test reports by panicking, its helpers too")]

mod audit;
mod bad_input;
mod bounds;
mod codec;
mod datasets;
mod demo;
mod differential;
mod direct;
mod embedding;
#[cfg(feature = "generate")]
mod exemplars;
#[cfg(target_os = "linux")]
mod faults;
mod fuzzed;
mod html;
mod interpreter;
mod judge;
mod kinds;
mod library;
mod licences;
#[cfg(all(feature = "train", unix))]
mod next;
#[cfg(all(feature = "train", unix))]
mod proxies;
mod published;
#[cfg(feature = "generate")]
#[path = "../models/random.rs"]
#[expect(dead_code, reason = "the tests of models use all of it")]
mod random;
mod references;
mod repair_sets;
#[cfg(all(feature = "train", feature = "report", unix))]
mod report;
#[cfg(all(feature = "train", feature = "report", unix))]
mod results;
mod resume;
mod run_command;
mod run_folders;
#[cfg(feature = "generate")]
mod sample;
mod sample_files;
mod sandbox;
mod schemas;
mod support;
#[cfg(all(feature = "train", unix))]
mod test_set;
mod traces;
#[cfg(feature = "generate")]
mod traces_fit;
#[cfg(feature = "train")]
mod train;
