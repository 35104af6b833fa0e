//! Copying a row of a cache tensor where the processor cannot reach it: a graph of two nodes.

use ort::{session::Session, value::Tensor};

use super::{
    ModelError,
    checkpoint::ModelConfig,
    onnx::{Axis, Builder, Element, signed},
};

const FAILED: &str = "copying the KV cache";

/// A session of that graph.
pub(super) struct Duplicator {
    session: Session,
}

/// The graph, encoded: row `from` of `past` to row `to` of `present`, which may be the same tensor.
pub(super) fn graph(config: &ModelConfig) -> Vec<u8> {
    let shape =
        || [Axis::Named("rows"), Axis::Fixed(config.kv_heads), Axis::Named("length"), Axis::Fixed(config.head_dim)];
    let mut builder = Builder::default();
    builder.input("past", Element::Float, &shape());
    builder.input("from", Element::Int64, &[Axis::Fixed(1)]);
    builder.input("to", Element::Int64, &[Axis::Fixed(1), Axis::Fixed(1)]);
    let row = builder.node("row", "Gather", &["past", "from"], &[]);
    let present = builder.node("present", "ScatterND", &["past", "to", &row], &[]);
    builder.output(&present, Element::Float, &shape());
    builder.encode("duplicate")
}

impl Duplicator {
    /// A duplicator over a session of [`graph`].
    pub(super) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Copies row `from` of all `tensors` to row `to`.
    pub(super) fn copy(&mut self, tensors: &mut [Tensor<f32>], from: usize, to: usize) -> Result<(), ModelError> {
        let failed = || ModelError::runtime(FAILED);
        let from = Tensor::from_array(([1_usize], vec![signed(from)])).map_err(failed())?;
        let to = Tensor::from_array(([1_usize, 1], vec![signed(to)])).map_err(failed())?;
        for tensor in tensors {
            let mut binding = self.session.create_binding().map_err(failed())?;
            binding.bind_input("from", &from).map_err(failed())?;
            binding.bind_input("to", &to).map_err(failed())?;
            binding.bind_input("past", &*tensor).map_err(failed())?;
            binding.bind_output("present", &mut *tensor).map_err(failed())?;
            self.session.run_binding(&binding).map_err(failed())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ort::memory::Allocator;

    use super::{
        super::{
            Checkpoint,
            runtime::{Device, Runtime, Source},
        },
        *,
    };

    #[test]
    fn a_row_is_copied_in_place() {
        let cache = std::env::temp_dir().join("tracewright-test-runtime");
        let runtime = match Runtime::open(&cache, Device::Cpu, &mut |_| ()) {
            Ok(runtime) => runtime,
            Err(error) => return eprintln!("skipped: {error}"),
        };
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/fixtures/llama");
        let checkpoint = Checkpoint::open(&fixture).unwrap();
        let bytes = graph(checkpoint.config());
        let source = Source::Graph { bytes: &bytes, folder: &fixture };
        let mut duplicator = Duplicator::new(runtime.session(&source, Device::Cpu, 1).unwrap());
        let ModelConfig { kv_heads, head_dim, .. } = *checkpoint.config();
        let row = kv_heads * 5 * head_dim;
        let values = [0.0, 1.0, 2.0].into_iter().flat_map(|value| std::iter::repeat_n(value, row)).collect::<Vec<_>>();
        let tensor = || Tensor::from_array(([3, kv_heads, 5, head_dim], values.clone())).unwrap();
        // A tensor over memory of Rust's cannot be bound as an output: one of the runtime's own, with the same content.
        let mut tensors = [Tensor::new(&Allocator::default(), tensor().shape().clone()).unwrap()];
        tensor().copy_into(&mut tensors[0]).unwrap();
        duplicator.copy(&mut tensors, 2, 0).unwrap();
        let (_, values) = tensors[0].extract_tensor();
        assert!(
            values.iter().enumerate().all(|(at, value)| value.to_bits() == [2.0_f32, 1.0, 2.0][at / row].to_bits())
        );
    }
}
