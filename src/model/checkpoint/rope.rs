//! Rotary position embeddings (Su et al., 2021) and the ways of stretching them: linear, Llama 3's and `YaRN`.
//!
//! Frequencies and angles are rounded to 32 bits where Hugging Face's implementation rounds them: the models were trained so.

use std::f64::consts::PI;

use super::{super::ModelError, fields::Fields};

/// The angles per position.
#[derive(Debug, Clone, PartialEq)]
pub struct Rope {
    /// The radians per position, one for each pair of components of a head.
    pub frequencies: Vec<f32>,
    /// The factor of the cosine and the sine (`YaRN`'s attention factor; 1 otherwise).
    pub factor: f32,
}

impl Rope {
    /// Reads `rope_scaling` or, in its newer spelling, `rope_parameters`, for heads of `head_dim` components. `rope_theta` may stand
    /// within or beside them. `context` is the longest sequence.
    pub(super) fn read(fields: &Fields, head_dim: usize, context: usize) -> Result<Self, ModelError> {
        let mut ropes = vec![];
        for name in ["rope_scaling", "rope_parameters"] {
            // Empty counts as missing, as in transformers.
            if let Some(part) = fields.object(name)?.filter(|part| part.names().next().is_some()) {
                if part.get("rope_type").is_none() && part.names().any(|name| name.ends_with("_attention")) {
                    return Err(fields.unsupported(name, "one set of parameters for all layers is"));
                }
                ropes.push(Self::of(Some(&part), fields, head_dim, context)?);
            }
        }
        match ropes.pop() {
            None => Self::of(None, fields, head_dim, context),
            // transformers would go by the former in silence; which of them is meant, nobody can know.
            Some(rope) if ropes.iter().any(|other| *other != rope) => {
                Err(fields.wrong("rope_scaling", "absent, or mean the same as `rope_parameters`"))
            }
            Some(rope) => Ok(rope),
        }
    }

    fn of(part: Option<&Fields>, fields: &Fields, head_dim: usize, context: usize) -> Result<Self, ModelError> {
        let find = |name: &str| [part, Some(fields)].into_iter().flatten().find(|part| part.get(name).is_some());
        let theta = find("rope_theta").map_or(Ok(10_000.0), |part| part.need_positive("rope_theta"))?;
        if let Some(part) = find("partial_rotary_factor")
            && part.number("partial_rotary_factor")? != Some(1.0)
        {
            return Err(part.unsupported("partial_rotary_factor", "1 is"));
        }
        let base = Base { theta, head_dim };
        let Some(part) = part else { return Ok(base.plain()) };
        let name = if part.get("rope_type").is_some() { "rope_type" } else { "type" };
        match part.text(name)?.unwrap_or("default") {
            "default" => Ok(base.plain()),
            "linear" => base.linear(part),
            "llama3" => base.llama3(part),
            "yarn" => base.yarn(part, whole(context)),
            _ => Err(part.unsupported(name, "default, linear, llama3 and yarn are")),
        }
    }

    /// Appends the cosines and the sines of `position`, each one value for every pair of components.
    pub(crate) fn angles(&self, position: usize, cosines: &mut Vec<f32>, sines: &mut Vec<f32>) {
        #[expect(clippy::cast_precision_loss, reason = "positions are below 2^24")]
        let position = position as f32;
        for frequency in &self.frequencies {
            let (sine, cosine) = f64::from(frequency * position).sin_cos();
            cosines.push(single(cosine) * self.factor);
            sines.push(single(sine) * self.factor);
        }
    }
}

struct Base {
    theta: f64,
    head_dim: usize,
}

impl Base {
    /// The periods `theta^(2i/d)`.
    fn periods(&self) -> impl Iterator<Item = f32> {
        let exponent = |pair: usize| whole(2 * pair) / whole(self.head_dim);
        (0..self.head_dim / 2).map(move |pair| single(self.theta.powf(f64::from(single(exponent(pair))))))
    }

    fn plain(&self) -> Rope {
        Rope { frequencies: self.periods().map(|period| 1.0 / period).collect(), factor: 1.0 }
    }

    fn linear(&self, part: &Fields) -> Result<Rope, ModelError> {
        let factor = single(part.need_positive("factor")?);
        let mut rope = self.plain();
        rope.frequencies.iter_mut().for_each(|frequency| *frequency /= factor);
        Ok(rope)
    }

    /// The frequencies of Llama 3: low ones are divided by a factor, high ones kept, those between interpolated.
    fn llama3(&self, part: &Fields) -> Result<Rope, ModelError> {
        let factor = part.need_positive("factor")?;
        let low = part.need_positive("low_freq_factor")?;
        let high = part.need_positive("high_freq_factor")?;
        let trained = part.need_positive("original_max_position_embeddings")?;
        let mut rope = self.plain();
        for frequency in &mut rope.frequencies {
            let plain = f64::from(*frequency);
            let wavelength = 2.0 * PI / plain;
            let stretched = if wavelength < trained / high {
                plain
            } else if wavelength > trained / low {
                plain / factor
            } else {
                let smooth = (trained / wavelength - low) / (high - low);
                (1.0 - smooth) * plain / factor + smooth * plain
            };
            *frequency = single(stretched);
        }
        Ok(rope)
    }

    /// `YaRN` (Peng et al., 2023): interpolation by frequency, and a temperature that sits in the cosine and the sine.
    fn yarn(&self, part: &Fields, context: f64) -> Result<Rope, ModelError> {
        let trained = part.number("original_max_position_embeddings")?.unwrap_or(context);
        let factor = part.number("factor")?.unwrap_or(context / trained);
        if !(factor > 0.0 && trained > 0.0) {
            return Err(part.wrong("factor", "a number above 0"));
        }
        let scale = |weight: f64| if factor <= 1.0 { 1.0 } else { 0.1 * weight * factor.ln() + 1.0 };
        let nonzero = |name| part.number(name).map(|number| number.filter(|number| *number != 0.0));
        let attention = match (part.number("attention_factor")?, nonzero("mscale")?, nonzero("mscale_all_dim")?) {
            (Some(attention), ..) => attention,
            (None, Some(weight), Some(all)) => scale(weight) / scale(all),
            _ => scale(1.0),
        };
        let turns = |turns: f64| whole(self.head_dim) * (trained / (turns * 2.0 * PI)).ln() / (2.0 * self.theta.ln());
        let mut low = turns(nonzero("beta_fast")?.unwrap_or(32.0));
        let mut high = turns(nonzero("beta_slow")?.unwrap_or(1.0));
        if part.flag("truncate", true)? {
            (low, high) = (low.floor(), high.ceil());
        }
        low = low.max(0.0);
        high = high.min(whole(self.head_dim - 1));
        if (high - low).abs() < f64::EPSILON {
            high += 0.001;
        }
        let frequencies = self.periods().enumerate().map(|(pair, period)| {
            let ramp = single(((whole(pair) - low) / (high - low)).clamp(0.0, 1.0));
            (1.0 / (single(factor) * period)) * ramp + (1.0 / period) * (1.0 - ramp)
        });
        Ok(Rope { frequencies: frequencies.collect(), factor: single(attention) })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the rounding is wanted")]
fn single(number: f64) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "sizes of heads are far below 2^52")]
fn whole(number: usize) -> f64 {
    number as f64
}
