//! A checkpoint in an ONNX Runtime session, as a [`Forward`].

use ort::{memory::Allocator, session::Session, value::Tensor};

use super::{
    ModelError,
    batch::Batch,
    cache::Cache,
    check,
    checkpoint::{Checkpoint, ModelConfig},
    duplicate::{self, Duplicator},
    forward::{Forward, Row},
    graph::{decoder, input, masks},
    options::{LoadOptions, Weights},
    plan::{Piece, plan},
    quantize,
    runtime::{Device, Runtime, Source, allocator},
    sources::Sources,
};

/// A loaded model with its KV cache.
pub struct LocalModel {
    session: Session,
    config: ModelConfig,
    context: usize,
    /// The cache; `None` only while it is being replaced.
    cache: Option<Cache>,
}

impl LocalModel {
    /// Loads `checkpoint`. `report` gets a line of text when something takes long.
    ///
    /// The files of the checkpoint must not change while the model is loaded: the session reads from them.
    ///
    /// # Errors
    ///
    /// The context asked for is longer than the checkpoint's, the device is not there, or the runtime refuses the model.
    pub fn load(
        checkpoint: &Checkpoint,
        runtime: &Runtime,
        options: &LoadOptions,
        report: &mut dyn FnMut(&str),
    ) -> Result<Self, ModelError> {
        let context = check::context(checkpoint.config().context, options.context)?;
        let config = checkpoint.config().within(context);
        let quantised = match options.weights {
            Weights::Stored => None,
            Weights::EightBit => Some(quantize::quantised(checkpoint, &options.cache, report)?),
        };
        let sources = Sources::new(checkpoint, quantised.as_ref())?;
        let graph = decoder(&config, &sources)?;
        let source = Source::Graph { bytes: &graph, folder: sources.folder() };
        let session = runtime.session(&source, options.device, options.threads)?;
        let duplicator = match options.device {
            Device::Cpu => None,
            Device::Cuda(_) => {
                let bytes = duplicate::graph(&config);
                let source = Source::Graph { bytes: &bytes, folder: sources.folder() };
                Some(Duplicator::new(runtime.session(&source, options.device, options.threads)?))
            }
        };
        let cache = Cache::new(&session, allocator(&session, options.device)?, &config, (1, 1), duplicator)?;
        Ok(Self { session, config, context, cache: Some(cache) })
    }

    /// Runs the pieces of a run; `offsets` says where each row's logits go.
    fn run(
        &mut self,
        rows: &[Row<'_>],
        pieces: &[Piece],
        offsets: &[usize],
        logits: &mut [f32],
    ) -> Result<(), ModelError> {
        let failed = || ModelError::runtime("running the model");
        let batch = Batch::new(&self.config, rows, pieces);
        let cache = self.cache.as_mut().ok_or_else(no_room)?;
        let placed = cache.place(&batch.slots, batch.length, &self.session, &self.config)?;
        let layout = placed.store.layout;
        for (name, shape, values) in batch.integers(&placed.rows, layout.rows) {
            let tensor = Tensor::from_array((shape, values)).map_err(failed())?;
            placed.store.binding.bind_input(name, &tensor).map_err(failed())?;
        }
        for (name, reach) in masks(&self.config) {
            let mask = batch.mask(&placed.rows, (layout.rows, layout.length), reach);
            let mask = Tensor::from_array(mask).map_err(failed())?;
            placed.store.binding.bind_input(name, &mask).map_err(failed())?;
        }
        for (name, values) in [(input::COSINES, batch.cosines), (input::SINES, batch.sines)] {
            let shape = [1, batch.positions.len(), self.config.head_dim / 2];
            let tensor = Tensor::from_array((shape, values)).map_err(failed())?;
            placed.store.binding.bind_input(name, &tensor).map_err(failed())?;
        }
        let memory = Allocator::default();
        placed.store.binding.bind_output_to_device(input::LOGITS, memory.memory_info()).map_err(failed())?;
        let outputs = self.session.run_binding(&placed.store.binding).map_err(failed())?;
        let (_, values) = outputs[input::LOGITS].try_extract_tensor::<f32>().map_err(failed())?;
        let mut values = values.chunks_exact(self.config.vocabulary);
        for piece in pieces {
            let row = &rows[piece.row];
            let first = row.tokens.len() - row.wanted;
            for token in piece.from.max(first)..piece.to {
                let at = (offsets[piece.row] + token - first) * self.config.vocabulary;
                let Some(values) = values.next() else {
                    return Err(ModelError::Runtime {
                        doing: "running the model",
                        message: "logits are missing".into(),
                    });
                };
                logits[at..at + self.config.vocabulary].copy_from_slice(values);
            }
        }
        drop(outputs);
        for piece in pieces {
            cache.set_filled(rows[piece.row].slot, rows[piece.row].start + piece.to);
        }
        Ok(())
    }
}

impl Forward for LocalModel {
    fn vocabulary(&self) -> usize {
        self.config.vocabulary
    }

    fn context(&self) -> usize {
        self.context
    }

    fn reset(&mut self, slots: usize, length: usize) -> Result<(), ModelError> {
        check::reset(slots, length, self.context)?;
        let (allocator, duplicator) = self.cache.take().ok_or_else(no_room)?.into_parts();
        self.cache = Some(Cache::new(&self.session, allocator, &self.config, (slots, length), duplicator)?);
        Ok(())
    }

    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError> {
        let cache = self.cache.as_mut().ok_or_else(no_room)?;
        check::copy(from, to, length, cache.filled())?;
        cache.copy(from, to, length, &self.session, &self.config)
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        let cache = self.cache.as_mut().ok_or_else(no_room)?;
        check::rows(rows, cache.filled(), cache.limit(), self.config.vocabulary)?;
        for row in rows {
            cache.set_filled(row.slot, row.start);
        }
        let mut offsets = vec![];
        let mut wanted = 0;
        for row in rows {
            offsets.push(wanted);
            wanted += row.wanted;
        }
        logits.clear();
        logits.resize(wanted * self.config.vocabulary, 0.0);
        for pieces in plan(rows) {
            self.run(rows, &pieces, &offsets, logits)?;
        }
        Ok(())
    }
}

fn no_room() -> ModelError {
    ModelError::Request(
        "there is no room for sequences, since making some failed: call reset again with less, or load the model anew"
            .into(),
    )
}
