//! Colours and shapes.

use plotters::style::RGBColor;

/// Okabe and Ito's palette (*Color Universal Design*, 2008), the darker colours first; their yellow is too light for lines and their black is
/// the ink.
const PALETTE: [RGBColor; 6] = [
    RGBColor(0x00, 0x72, 0xB2),
    RGBColor(0xD5, 0x5E, 0x00),
    RGBColor(0x00, 0x9E, 0x73),
    RGBColor(0xCC, 0x79, 0xA7),
    RGBColor(0xE6, 0x9F, 0x00),
    RGBColor(0x56, 0xB4, 0xE9),
];
pub(super) const INK: RGBColor = RGBColor(0x24, 0x29, 0x2F);
pub(super) const GRID: RGBColor = RGBColor(0xD8, 0xDE, 0xE4);
pub(super) const BACK: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

/// The share of its colour that a band has.
pub(super) const BAND: f64 = 0.15;

/// The colour of a series.
pub(super) fn colour(series: usize) -> RGBColor {
    PALETTE[series % PALETTE.len()]
}

/// The outline of a series' points around (0, 0), `radius` wide; a series that shares its colour with another has another shape.
pub(super) fn marker(series: usize, radius: f64) -> Vec<(i32, i32)> {
    let shape = (series + series / PALETTE.len()) % PALETTE.len();
    // Corners, the first one's direction in quarter turns from the right, and how far out: shapes of about the same area.
    let (corners, first, out) = match shape {
        0 => (24, 0.0, 1.0),
        1 => (4, 0.5, 1.3),
        2 => (3, -1.0, 1.45),
        3 => (4, 0.0, 1.35),
        4 => (3, 1.0, 1.45),
        _ => (10, -1.0, 1.5),
    };
    (0..corners)
        .map(|corner| {
            let angle = (f64::from(corner) * 4.0 / f64::from(corners) + first) * std::f64::consts::FRAC_PI_2;
            // Every second corner of the star is an inner one.
            let out = if corners == 10 && corner % 2 == 1 { 0.65 } else { out };
            (round(angle.cos() * out * radius), round(angle.sin() * out * radius))
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn round(value: f64) -> i32 {
    value.round() as i32
}

/// An SVG from [`Chart::svg`](super::Chart::svg) whose colours a page's style sheet can set: `--plot-1` to `--plot-6` for series, `--plot-ink`,
/// `--plot-grid` and `--plot-back`; where it sets none they stay.
#[must_use]
pub fn themed(svg: &str) -> String {
    let series = PALETTE.iter().enumerate().map(|(at, colour)| ((at + 1).to_string(), *colour));
    let rest = [("ink", INK), ("grid", GRID), ("back", BACK)].map(|(name, colour)| (name.to_owned(), colour));
    series.chain(rest).fold(svg.to_owned(), |svg, (name, colour)| {
        let hex = hex(colour);
        // Text never has a quotation mark of its own, so these are attributes.
        ["fill", "stroke"].iter().fold(svg, |svg, attribute| {
            svg.replace(&format!(" {attribute}=\"{hex}\""), &format!(" {attribute}=\"var(--plot-{name}, {hex})\""))
        })
    })
}

/// A colour, as the SVG backend writes it.
fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The SVG with its size in CSS pixels, `scale` units each, and with its title for those who cannot see it.
pub(super) fn with_header(svg: &str, title: &str, (width, height): (u32, u32), scale: u32) -> String {
    let body = svg.split_once('>').map_or(svg, |(_, body)| body);
    let title: String = super::super::plain::one_line(title)
        .chars()
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            c => c.to_string(),
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{title}\">{body}",
        width / scale,
        height / scale,
    )
}

#[cfg(test)]
mod tests {
    use super::{PALETTE, colour, marker};

    #[test]
    fn no_two_of_many_series_look_alike() {
        let looks: std::collections::BTreeSet<_> =
            (0..36).map(|at| (super::hex(colour(at)), marker(at, 20.0))).collect();
        assert_eq!(looks.len(), PALETTE.len() * PALETTE.len());
    }
}
