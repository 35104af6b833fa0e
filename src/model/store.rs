//! The tensors of a KV cache and their binding to the session.

use ort::{
    memory::Allocator,
    session::{IoBinding, Session},
    value::{Shape, Tensor},
};

use super::{ModelError, checkpoint::ModelConfig, graph::cache_names};

/// The layout of a cache tensor: places of one KV head of one row are contiguous, `length` positions of `head_dim` components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) rows: usize,
    pub(super) heads: usize,
    pub(super) length: usize,
    pub(super) components: usize,
}

impl Layout {
    fn shape(self) -> Shape {
        Shape::new([self.rows, self.heads, self.length, self.components].map(super::onnx::signed))
    }

    /// The range of the first `positions` of a row's head.
    fn range(self, row: usize, head: usize, positions: usize) -> std::ops::Range<usize> {
        let start = (row * self.heads + head) * self.length * self.components;
        start..start + positions * self.components
    }
}

/// A cache of `rows` sequences of up to `length` positions each: two tensors a block, bound as past and present alike.
pub(super) struct Store {
    pub(super) layout: Layout,
    pub(super) binding: IoBinding,
    tensors: Vec<Tensor<f32>>,
}

impl Store {
    /// A cache of zeros.
    pub(super) fn new(
        session: &Session,
        allocator: &Allocator,
        config: &ModelConfig,
        rows: usize,
        length: usize,
    ) -> Result<Self, ModelError> {
        let layout = Layout { rows, heads: config.kv_heads, length, components: config.head_dim };
        let failed = || ModelError::runtime("making room for the KV cache");
        let mut binding = session.create_binding().map_err(failed())?;
        let mut tensors = vec![];
        for (past, present) in cache_names(config) {
            let mut tensor = Tensor::<f32>::new(allocator, layout.shape()).map_err(failed())?;
            // The runtime zeroes what the processor can reach. Elsewhere garbage might be infinite, and a masked position counts
            // as zero times what lies there.
            if !tensor.memory_info().is_cpu_accessible() {
                let zeros = Tensor::<f32>::new(&Allocator::default(), layout.shape()).map_err(failed())?;
                zeros.copy_into(&mut tensor).map_err(failed())?;
            }
            binding.bind_input(past, &tensor).map_err(failed())?;
            binding.bind_output(present, &mut tensor).map_err(failed())?;
            tensors.push(tensor);
        }
        Ok(Self { layout, binding, tensors })
    }

    /// Copies the first `positions` of row `from` to row `to`.
    pub(super) fn copy_within(&mut self, from: usize, to: usize, positions: usize) -> Result<(), ModelError> {
        let layout = self.layout;
        for tensor in &mut self.tensors {
            let (_, values) =
                tensor.try_extract_tensor_mut::<f32>().map_err(ModelError::runtime("copying the KV cache"))?;
            for head in 0..layout.heads {
                values.copy_within(layout.range(from, head, positions), layout.range(to, head, positions).start);
            }
        }
        Ok(())
    }

    /// Copies the first `positions` of row `row` of another cache to row `to`.
    pub(super) fn copy_from(
        &mut self,
        other: &Self,
        row: usize,
        to: usize,
        positions: usize,
    ) -> Result<(), ModelError> {
        let failed = || ModelError::runtime("copying the KV cache");
        for (tensor, source) in self.tensors.iter_mut().zip(&other.tensors) {
            let (_, values) = tensor.try_extract_tensor_mut::<f32>().map_err(failed())?;
            let (_, source) = source.try_extract_tensor::<f32>().map_err(failed())?;
            for head in 0..self.layout.heads {
                values[self.layout.range(to, head, positions)]
                    .copy_from_slice(&source[other.layout.range(row, head, positions)]);
            }
        }
        Ok(())
    }

    /// The tensors.
    pub(super) fn tensors_mut(&mut self) -> &mut [Tensor<f32>] {
        &mut self.tensors
    }
}
