//! A small causal transformer: random weights from a seed, a cache of keys and values, plain float32 loops.
//!
//! Each token of each row is computed by itself, in the same order of additions, so its logits cannot depend on the batch.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use super::{Forward, ModelError, Row};

const WIDTH: usize = 16;
const HEADS: usize = 2;
const HIDDEN: usize = 32;
const LAYERS: usize = 2;

/// A matrix of rows by columns; a product is taken with each row.
struct Matrix {
    rows: Vec<Vec<f32>>,
}

impl Matrix {
    fn random(random: &mut ChaCha8Rng, rows: usize, columns: usize, scale: f32) -> Self {
        let mut value = || {
            // Four uniforms make a good enough bell.
            let sum: i64 = (0..4).map(|_| i64::from(random.next_u32() >> 16)).sum::<i64>() - 2 * 65_535;
            #[expect(clippy::cast_precision_loss, reason = "18 bits")]
            let unit = sum as f32 / 37_837.0;
            unit * scale
        };
        Self { rows: (0..rows).map(|_| (0..columns).map(|_| value()).collect()).collect() }
    }

    fn times(&self, vector: &[f32]) -> Vec<f32> {
        self.rows.iter().map(|row| dot(row, vector)).collect()
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn normalised(vector: &[f32]) -> Vec<f32> {
    let scale = (dot(vector, vector) / 16.0 + 1e-6).sqrt().recip();
    vector.iter().map(|x| x * scale).collect()
}

struct Layer {
    query: Matrix,
    key: Matrix,
    value: Matrix,
    output: Matrix,
    up: Matrix,
    down: Matrix,
}

/// The keys and values of one sequence: by layer, then by position.
#[derive(Clone, Default)]
struct Cache {
    keys: [Vec<Vec<f32>>; LAYERS],
    values: [Vec<Vec<f32>>; LAYERS],
}

impl Cache {
    fn truncate(&mut self, length: usize) {
        assert!(self.keys[0].len() >= length, "position {length} was asked for, {} are held", self.keys[0].len());
        for layer in self.keys.iter_mut().chain(&mut self.values) {
            layer.truncate(length);
        }
    }
}

pub(crate) struct Transformer {
    embedding: Matrix,
    positions: Matrix,
    layers: Vec<Layer>,
    context: usize,
    /// The factor that logits are multiplied by: how sure the model is of itself.
    pub(crate) sharpness: f32,
    cache: Vec<Cache>,
    room: usize,
    pub(crate) calls: u64,
    /// The most rows seen in a call.
    pub(crate) widest: usize,
    pub(crate) copies: u64,
    /// The sequence and the position at which it breaks down and gives NaN.
    pub(crate) breaks_at: Option<usize>,
}

impl Transformer {
    pub(crate) const VOCABULARY: u32 = 24;

    pub(crate) fn new(seed: u64, context: usize) -> Self {
        let random = &mut ChaCha8Rng::seed_from_u64(seed);
        let square = |random: &mut ChaCha8Rng| Matrix::random(random, WIDTH, WIDTH, 0.35);
        let embedding = Matrix::random(random, Self::VOCABULARY as usize, WIDTH, 1.0);
        let positions = Matrix::random(random, context, WIDTH, 0.25);
        let layers = (0..LAYERS)
            .map(|_| Layer {
                query: square(random),
                key: square(random),
                value: square(random),
                output: square(random),
                up: Matrix::random(random, HIDDEN, WIDTH, 0.35),
                down: Matrix::random(random, WIDTH, HIDDEN, 0.25),
            })
            .collect();
        Self {
            embedding,
            positions,
            layers,
            context,
            sharpness: 0.8,
            cache: Vec::new(),
            room: 0,
            calls: 0,
            widest: 0,
            copies: 0,
            breaks_at: None,
        }
    }

    /// The logits after every token of a sequence, computed from nothing.
    pub(crate) fn all_logits(&self, tokens: &[u32]) -> Vec<Vec<f32>> {
        let mut cache = Cache::default();
        tokens.iter().map(|token| self.step(&mut cache, *token)).collect()
    }

    fn step(&self, cache: &mut Cache, token: u32) -> Vec<f32> {
        let position = cache.keys[0].len();
        let mut x: Vec<f32> = self.embedding.rows[token as usize].clone();
        add(&mut x, &self.positions.rows[position]);
        for (index, layer) in self.layers.iter().enumerate() {
            let normal = normalised(&x);
            cache.keys[index].push(layer.key.times(&normal));
            cache.values[index].push(layer.value.times(&normal));
            let mixed = attend(&layer.query.times(&normal), &cache.keys[index], &cache.values[index]);
            add(&mut x, &layer.output.times(&mixed));
            let hidden: Vec<f32> = layer.up.times(&normalised(&x)).iter().map(|h| h.max(0.0)).collect();
            add(&mut x, &layer.down.times(&hidden));
        }
        let mut logits = self.embedding.times(&normalised(&x));
        for logit in &mut logits {
            *logit *= self.sharpness;
        }
        // An end now and then, not all the time.
        logits[0] -= 1.0;
        if self.breaks_at == Some(position) {
            logits[3] = f32::NAN;
        }
        logits
    }
}

fn add(to: &mut [f32], what: &[f32]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += what;
    }
}

fn attend(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> Vec<f32> {
    const PART: usize = WIDTH / HEADS;
    let mut mixed = vec![0.0; WIDTH];
    for head in 0..HEADS {
        let part = head * PART..(head + 1) * PART;
        let scores: Vec<f32> =
            keys.iter().map(|key| dot(&query[part.clone()], &key[part.clone()]) / 8.0_f32.sqrt()).collect();
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weights: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
        let total: f32 = weights.iter().sum();
        for (weight, value) in weights.iter().zip(values) {
            for place in part.clone() {
                mixed[place] += weight / total * value[place];
            }
        }
    }
    mixed
}

impl Forward for Transformer {
    fn vocabulary(&self) -> usize {
        Self::VOCABULARY as usize
    }

    fn context(&self) -> usize {
        self.context
    }

    fn reset(&mut self, slots: usize, length: usize) -> Result<(), ModelError> {
        self.cache = vec![Cache::default(); slots];
        self.room = length;
        (self.calls, self.widest, self.copies) = (0, 0, 0);
        Ok(())
    }

    fn copy(&mut self, from: usize, to: usize, length: usize) -> Result<(), ModelError> {
        assert_ne!(from, to);
        let mut copy = self.cache[from].clone();
        copy.truncate(length);
        self.cache[to] = copy;
        self.copies += 1;
        Ok(())
    }

    fn forward(&mut self, rows: &[Row<'_>], logits: &mut Vec<f32>) -> Result<(), ModelError> {
        assert!(!rows.is_empty() && rows.is_sorted_by(|a, b| a.slot < b.slot), "rows: one a slot, ascending");
        self.calls += 1;
        self.widest = self.widest.max(rows.len());
        logits.clear();
        for row in rows {
            assert!(!row.tokens.is_empty() && row.wanted <= row.tokens.len());
            assert!(row.start + row.tokens.len() <= self.room, "beyond the room that was asked for");
            let mut cache = std::mem::take(&mut self.cache[row.slot]);
            cache.truncate(row.start);
            for (place, token) in row.tokens.iter().enumerate() {
                let here = self.step(&mut cache, *token);
                if place + row.wanted >= row.tokens.len() {
                    logits.extend(here);
                }
            }
            self.cache[row.slot] = cache;
        }
        Ok(())
    }
}
