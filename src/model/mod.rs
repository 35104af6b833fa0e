//! Language models: Hugging Face checkpoints in ONNX Runtime, without Python, and what decodes with them.
//!
//! [`Checkpoint`] reads and checks the files, [`Runtime`] finds and loads the library, [`LocalModel`] puts the two together, and
//! [`ExportedModel`] loads a graph that somebody else exported; [`open()`] takes whichever a folder holds, and [`whole`] makes a checkpoint of
//! an adapter. Both are a [`Forward`], which
//! is all that [`decode`] sees. [`remote`] samples from a server instead.
//!
//! # Same bits, whatever the batch
//!
//! [`Forward::forward`] promises logits that depend on their own sequence only. Measured with ONNX Runtime 1.31.0 on x86-64 with AVX-512
//! and VNNI, comparing bits over 1, 2, 3, 5, 8, 12, 13, 33 and 40 rows and 1 to 3 threads:
//!
//! | operator | finding | what follows |
//! |---|---|---|
//! | `FusedMatMul`, `MatMul` with constant weights | same bits for any number of rows, one included: weights are packed when loading, and the packed kernel has one order of summation | nothing |
//! | `Attention`, one query a head | other bits: a matrix-vector kernel | at least two queries a KV head |
//! | `Attention`, two queries or more | same bits, at any length of the cache from 300 to 2048 | nothing |
//! | `MatMulNBits`, 8 bits, accuracy level 4 (activations are rounded to 8 bits too), blocks of 32 or 64 | same bits | used, with 32 |
//! | the same with blocks of 128 | other bits for odd numbers of rows | not used |
//! | `MatMulNBits` at level 0 | other bits for one row, and many times slower | not used |
//!
//! So the price is paid only by models without grouped-query attention, for attention in steps of one token: nothing measurable to 37 % more
//! of it at 1 and 8 rows, 15 to 29 % at 32 (6 and 12 heads of 64, caches of 256 and 1024, one thread). The tests compare bits over whole models of even
//! and odd sizes, with whichever version they find: [the one](Runtime::VERSION) that is fetched, as a rule. On other processors and on CUDA
//! the kernels are others; nothing was measured there.

mod batch;
mod cache;
mod check;
mod checkpoint;
pub mod decode;
mod duplicate;
mod error;
mod export;
mod exported;
#[expect(clippy::missing_errors_doc, reason = "said once, for the whole trait")]
mod forward;
pub mod gguf;
mod graph;
mod holds;
pub mod layout;
mod onnx;
mod open;
mod options;
mod plan;
pub mod published;
mod quantize;
pub mod remote;
mod runtime;
mod session;
mod sources;
mod store;

use self::checkpoint::write_tensors;
#[cfg(feature = "train")]
pub(crate) use self::checkpoint::{elements, names};
pub use self::{
    checkpoint::{Activation, Architecture, Checkpoint, ModelConfig, Norm, Rope, TensorLocation, Window, whole},
    error::ModelError,
    export::{GRAPH, export},
    exported::ExportedModel,
    forward::{Forward, Row},
    open::{Opened, is_export, open},
    options::{LoadOptions, Weights},
    runtime::{Device, Library, Origin, Runtime},
    session::LocalModel,
};
