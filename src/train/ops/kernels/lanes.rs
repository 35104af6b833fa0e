//! Arithmetic that compilers turn into vector instructions: sums in sixteen lanes, and an exponential without branches.

/// The number of independent sums, whatever the processor: the order of summation must not depend on it.
const LANES: usize = 16;

/// The sum of `f` over pairs.
#[inline(always)]
pub(super) fn sum_pairs(a: &[f32], b: &[f32], f: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += f(a[lane], b[lane]);
        }
    }
    let mut total = lanes.iter().sum::<f32>();
    for (a, b) in a_rest.iter().zip(b_rest) {
        total += f(*a, *b);
    }
    total
}

/// The scalar product.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    sum_pairs(a, b, |a, b| a * b)
}

/// The largest value; negative infinity where there is none.
#[inline(always)]
pub(super) fn largest(values: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = larger(lanes[lane], chunk[lane]);
        }
    }
    lanes.iter().chain(rest).copied().fold(f32::NEG_INFINITY, larger)
}

/// Replaces each value by `exp(value * scale - shift)` and returns the sum.
#[inline(always)]
pub(super) fn exp_sum(values: &mut [f32], scale: f32, shift: f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = values.as_chunks_mut::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            chunk[lane] = exp(chunk[lane] * scale - shift);
            lanes[lane] += chunk[lane];
        }
    }
    let mut total = lanes.iter().sum::<f32>();
    for value in rest {
        *value = exp(*value * scale - shift);
        total += *value;
    }
    total
}

/// `e^x` to within two units in the last place for -87 to 88, clamped beyond: Cephes' `expf` with the rounding done by adding 1.5 * 2^23.
#[inline(always)]
#[expect(clippy::excessive_precision, clippy::unreadable_literal, reason = "Cephes' coefficients as published")]
pub(super) fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * 0.693359375) - n * -2.12194440e-4;
    let p = 1.9875691500e-4 * r + 1.3981999507e-3;
    let p = p * r + 8.3334519073e-3;
    let p = p * r + 4.1665795894e-2;
    let p = p * r + 1.6666665459e-1;
    let p = p * r + 5.0000001201e-1;
    // The low bits of `shifted` are n; as the exponent of a float they make 2^n.
    (p * r * r + r + 1.0) * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_is_close() {
        for step in -8700..8800_i16 {
            let x = f32::from(step) * 0.01;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() < 2.5e-7 * exact, "{x}");
        }
        assert!(exp(f32::NAN).is_nan());
        assert!(exp(-1e30) < 2e-38);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
    fn sums_take_in_what_does_not_fill_the_lanes() {
        let values = (0..21_u8).map(f32::from).collect::<Vec<_>>();
        assert_eq!(dot(&values, &values), 2870.0);
        assert_eq!(largest(&values), 20.0);
        assert_eq!(largest(&[]), f32::NEG_INFINITY);
        let mut values = [0.0; 19];
        assert_eq!(exp_sum(&mut values, 1.0, 0.0), 19.0);
    }
}
