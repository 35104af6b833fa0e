//! Training of language models: the decoder that `model` runs, differentiable, from checkpoint to checkpoint.
//!
//! [`train`] takes examples as tokens and fits all weights of a Llama, Mistral, Qwen 2 or Qwen 3 checkpoint, or low-rank adapters, to their
//! completions; [`init`] makes a checkpoint to begin from nothing. Files are Hugging Face's in and out.
//!
//! * Rows of tokens hold many examples without padding; none sees another.
//! * The same job gives the same bytes, killed and resumed or not, on any number of threads.
//! * [burn](https://burn.dev) differentiates. On the CPU, the operators of a block are kernels of this module: burn would go through memory
//!   many times, on one thread. On other devices they are made of burn's operators.

mod data;
mod decoder;
mod device;
mod error;
mod evaluate;
mod example;
mod export;
mod files;
mod fingerprint;
mod gradient;
mod init;
mod job;
mod lora;
mod metrics;
mod ops;
mod optimizer;
mod options;
mod state;
mod tokenizer;
mod trainer;
mod weights;
mod workers;

pub use burn::tensor::Device;

pub use self::{
    data::{Loss, examples},
    device::device,
    error::TrainError,
    evaluate::{evaluate, logits},
    example::Example,
    init::init,
    job::{Job, Outcome},
    metrics::{DevMetrics, Progress, StepMetrics, Timing},
    options::{Lora, Options, Precision, TooLong},
    state::Best,
    tokenizer::{END, fit_tokenizer},
    trainer::train,
};
