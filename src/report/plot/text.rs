//! Text in charts: how wide it is, where its lines break, and its pixels.
//!
//! The font `DejaVu Sans` comes with the program. Browsers draw SVG in a font of theirs; hardly any sans-serif is wider.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

static FONT: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::try_from_slice(dejavu::sans::regular()).unwrap_or_else(|error| panic!("the font of this program: {error}"))
});

/// Plotters' sizes are of lines: it divides by this for the size of the font.
const LINE: f64 = 1.24;
/// The distance from the middle of a line down to where letters stand, in font sizes: half the height of an x.
const HALF_X: f64 = 0.27;

/// Plotters' size for a font of `size`.
pub(super) fn line_size(size: f64) -> f64 {
    size * LINE
}

/// The width of a line of text in a font of `size`.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let mut end = 0.0;
    glyphs(text, size, |_, _, advance| end = advance);
    f64::from(end)
}

/// Goes through the glyphs: each with where it begins and where the next one does.
fn glyphs(text: &str, size: f64, mut each: impl FnMut(ab_glyph::GlyphId, f32, f32)) {
    let font = FONT.as_scaled(scale(size));
    let (mut x, mut last) = (0.0, None);
    for c in text.chars() {
        let id = font.glyph_id(c);
        x += last.map_or(0.0, |last| font.kern(last, id));
        let next = x + font.h_advance(id);
        each(id, x, next);
        (x, last) = (next, Some(id));
    }
}

/// `ab_glyph`'s scale is from the top of the highest letters to the bottom of the lowest.
#[expect(clippy::cast_possible_truncation, reason = "font sizes are small")]
fn scale(size: f64) -> PxScale {
    let em = FONT.units_per_em().unwrap_or(1000.0);
    PxScale::from(size as f32 * FONT.height_unscaled() / em)
}

/// The vertical place of text, by its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stand {
    /// The text stands below it.
    Below,
    /// The text stands around it.
    Around,
    /// The text stands on it.
    Above,
}

/// The pixels of a line of text that begins at `x`: each with how much of it the text covers, from 0 to 1.
#[expect(clippy::cast_possible_truncation, reason = "pixels")]
pub(super) fn pixels(text: &str, size: f64, (x, y): (f64, f64), stand: Stand, mut each: impl FnMut(i32, i32, f32)) {
    // As the SVG backend has it.
    let base = y + size
        * match stand {
            Stand::Below => 0.76,
            Stand::Around => HALF_X,
            Stand::Above => -HALF_X,
        };
    let mut placed = Vec::new();
    glyphs(text, size, |id, start, _| placed.push((id, start)));
    for (id, start) in placed {
        let glyph = id.with_scale_and_position(scale(size), point(x as f32 + start, base as f32));
        if let Some(outline) = FONT.outline_glyph(glyph) {
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, covered| {
                let (dx, dy) = (i32::try_from(dx).unwrap_or(0), i32::try_from(dy).unwrap_or(0));
                each(corner.x as i32 + dx, corner.y as i32 + dy, covered);
            });
        }
    }
}

/// `text` in lines of at most `to`; words that are wider alone are broken.
pub(super) fn wrap(text: &str, size: f64, to: f64) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= to {
            line = longer;
            continue;
        }
        lines.extend((!line.is_empty()).then(|| std::mem::take(&mut line)));
        for c in word.chars() {
            line.push(c);
            if width(&line, size) > to && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

#[cfg(test)]
mod tests {
    use super::{Stand, pixels, width, wrap};

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = format!("some words and {} then", "averylongword".repeat(10));
        let lines = wrap(&text, 10.0, 120.0);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| width(line, 10.0) <= 120.0), "{lines:?}");
        let letters = |text: &str| text.replace(' ', "");
        assert_eq!(letters(&lines.concat()), letters(&text));
    }

    #[test]
    fn no_width_is_too_small() {
        assert_eq!(wrap("abc d", 10.0, 0.1), ["a", "b", "c", "d"]);
        assert!(wrap("", 10.0, 100.0).is_empty());
    }

    #[test]
    fn pixels_are_where_the_text_is() {
        let (mut left, mut right, mut top, mut bottom) = (i32::MAX, i32::MIN, i32::MAX, i32::MIN);
        pixels("Hxg", 100.0, (50.0, 200.0), Stand::Around, |x, y, covered| {
            if covered > 0.5 {
                (left, right) = (left.min(x), right.max(x));
                (top, bottom) = (top.min(y), bottom.max(y));
            }
        });
        let end = 50.0 + width("Hxg", 100.0);
        assert!(left >= 50 && f64::from(right) <= end && f64::from(right) > end - 20.0, "{left} {right} {end}");
        assert!(top > 140 && top < 165 && bottom > 240 && bottom < 255, "{top} {bottom}");
    }
}
