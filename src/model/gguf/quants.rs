//! The types of tensors in GGUF files, and their elements in 32 bits: as ggml's `dequantize_row_*` computes them, bit for bit.

use half::{bf16, f16};

/// The type of a tensor: blocks of so many elements in so many bytes.
#[expect(non_camel_case_types, reason = "the names of ggml")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quant {
    /// 32-bit floats.
    F32,
    /// 16-bit floats.
    F16,
    /// bfloat16.
    BF16,
    /// 4 bits, with a scale.
    Q4_0,
    /// 4 bits, with a scale and a minimum.
    Q4_1,
    /// 5 bits, with a scale.
    Q5_0,
    /// 5 bits, with a scale and a minimum.
    Q5_1,
    /// 8 bits, with a scale.
    Q8_0,
    /// 4 bits, with scales and minima of 6 bits.
    Q4_K,
    /// 5 bits, with scales and minima of 6 bits.
    Q5_K,
    /// 6 bits, with scales of 8 bits.
    Q6_K,
}

/// The types that are known here, by ggml's numbers.
const KNOWN: [(u32, Quant); 11] = [
    (0, Quant::F32),
    (1, Quant::F16),
    (2, Quant::Q4_0),
    (3, Quant::Q4_1),
    (6, Quant::Q5_0),
    (7, Quant::Q5_1),
    (8, Quant::Q8_0),
    (12, Quant::Q4_K),
    (13, Quant::Q5_K),
    (14, Quant::Q6_K),
    (30, Quant::BF16),
];

/// The names of other types, to say which one it is.
const OTHERS: [(u32, &str); 20] = [
    (9, "Q8_1"),
    (10, "Q2_K"),
    (11, "Q3_K"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (20, "IQ4_NL"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (23, "IQ4_XS"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (28, "F64"),
    (29, "IQ1_M"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (39, "MXFP4"),
];

impl Quant {
    /// The type of a number; of one that is not known, its name.
    pub(super) fn of(code: u32) -> Result<Self, String> {
        if let Some((_, known)) = KNOWN.iter().find(|(number, _)| *number == code) {
            return Ok(*known);
        }
        let other = OTHERS.iter().find(|(number, _)| *number == code);
        Err(other.map_or_else(|| format!("number {code}"), |(_, name)| (*name).to_owned()))
    }

    /// The names of the known types.
    pub(super) fn names() -> String {
        KNOWN.map(|(_, quant)| format!("{quant:?}")).join(", ")
    }

    /// The elements and the bytes of a block.
    pub(super) fn block(self) -> (usize, usize) {
        match self {
            Self::F32 => (1, 4),
            Self::F16 | Self::BF16 => (1, 2),
            Self::Q4_0 => (32, 18),
            Self::Q4_1 => (32, 20),
            Self::Q5_0 => (32, 22),
            Self::Q5_1 => (32, 24),
            Self::Q8_0 => (32, 34),
            Self::Q4_K => (256, 144),
            Self::Q5_K => (256, 176),
            Self::Q6_K => (256, 210),
        }
    }

    /// The elements of whole blocks.
    pub(super) fn dequantise(self, bytes: &[u8]) -> Vec<f32> {
        let (elements, length) = self.block();
        let mut values = Vec::with_capacity(bytes.len() / length * elements);
        for block in bytes.chunks_exact(length) {
            let out = &mut values;
            match self {
                Self::F32 => out.push(f32::from_le_bytes([block[0], block[1], block[2], block[3]])),
                Self::F16 => out.push(half(block, 0)),
                Self::BF16 => out.push(bf16::from_le_bytes([block[0], block[1]]).to_f32()),
                Self::Q8_0 => out.extend(block[2..].iter().map(|code| signed(*code) * half(block, 0))),
                Self::Q4_0 => simple(block, 2, None, |code| half(block, 0) * (code - 8.0), out),
                Self::Q4_1 => simple(block, 4, None, |code| half(block, 0) * code + half(block, 2), out),
                Self::Q5_0 => simple(block, 6, Some(2), |code| half(block, 0) * (code - 16.0), out),
                Self::Q5_1 => simple(block, 8, Some(4), |code| half(block, 0) * code + half(block, 2), out),
                Self::Q4_K | Self::Q5_K => with_minima(block, self == Self::Q5_K, out),
                Self::Q6_K => six_bits(block, out),
            }
        }
        values
    }
}

fn half(block: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32()
}

fn signed(byte: u8) -> f32 {
    f32::from(byte.cast_signed())
}

/// 32 codes of 4 bits from `at` on, the low halves of the bytes before the high ones; fifth bits lie in four bytes of their own.
fn simple(block: &[u8], at: usize, fifth: Option<usize>, value: impl Fn(f32) -> f32, out: &mut Vec<f32>) {
    for index in 0..32 {
        let byte = block[at + index % 16];
        let low = if index < 16 { byte & 15 } else { byte >> 4 };
        let high = fifth.map_or(0, |fifth| block[fifth + index / 8] >> (index % 8) & 1);
        out.push(value(f32::from(low | high << 4)));
    }
}

/// The sixteen scales and minima of 6 bits: of group `index` the one and the other.
fn scale_and_minimum(packed: &[u8], index: usize) -> (f32, f32) {
    let (scale, minimum) = if index < 4 {
        (packed[index] & 63, packed[index + 4] & 63)
    } else {
        let low = packed[index + 4];
        (low & 15 | packed[index - 4] >> 6 << 4, low >> 4 | packed[index] >> 6 << 4)
    };
    (f32::from(scale), f32::from(minimum))
}

/// `Q4_K` and, with fifth bits, `Q5_K`: eight groups of 32.
fn with_minima(block: &[u8], fifth: bool, out: &mut Vec<f32>) {
    let (scale, minimum, packed) = (half(block, 0), half(block, 2), &block[4..16]);
    let codes = &block[if fifth { 48 } else { 16 }..];
    for group in 0..8 {
        let (by, less) = scale_and_minimum(packed, group);
        let (by, less) = (scale * by, minimum * less);
        for index in 0..32 {
            let byte = codes[group / 2 * 32 + index];
            let low = if group % 2 == 0 { byte & 15 } else { byte >> 4 };
            let high = if fifth { block[16 + index] >> group & 1 } else { 0 };
            out.push(by * f32::from(low | high << 4) - less);
        }
    }
}

/// `Q6_K`: twice 128 elements, whose four quarters share bytes.
fn six_bits(block: &[u8], out: &mut Vec<f32>) {
    let scale = half(block, 208);
    for part in 0..2 {
        let (low, high, scales) = (&block[part * 64..], &block[128 + part * 32..], &block[192 + part * 8..]);
        for quarter in 0..4 {
            for index in 0..32 {
                let byte = low[quarter % 2 * 32 + index];
                let four = if quarter < 2 { byte & 15 } else { byte >> 4 };
                let two = high[index] >> (2 * quarter) & 3;
                let by = scale * signed(scales[2 * quarter + index / 16]);
                out.push(by * (f32::from(four | two << 4) - 32.0));
            }
        }
    }
}
