//! Pixels: drawn four times as fine as a CSS pixel, then averaged, so that edges are smooth.

use plotters::{
    coord::Shift,
    prelude::{BitMapBackend, DrawingArea, DrawingBackend, IntoDrawingArea},
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};

use super::text::{self, Stand};

/// The number of units for each pixel of the file, in each direction: two pixels for a CSS pixel.
const AVERAGE: usize = 2;
const CHANNELS: usize = 3;

/// The picture that `draw` draws on an area of `size`, as a PNG file.
pub(super) fn png(
    (width, height): (u32, u32),
    draw: impl FnOnce(&DrawingArea<Raster<'_>, Shift>) -> Result<(), String>,
) -> Result<Vec<u8>, String> {
    let (wide, high) = (width as usize, height as usize);
    let mut fine = vec![0_u8; wide * high * CHANNELS];
    {
        let root = Raster(BitMapBackend::with_buffer(&mut fine, (width, height))).into_drawing_area();
        draw(&root)?;
    }
    let pixels = averaged(&fine, wide);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width / 2, height / 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    // Areas of one colour are smallest as they are.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(&pixels).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(out)
}

/// The picture with each square of units as one pixel.
#[expect(clippy::cast_possible_truncation, reason = "a mean of bytes")]
fn averaged(fine: &[u8], wide: usize) -> Vec<u8> {
    let row = wide * CHANNELS;
    let mut out = Vec::with_capacity(fine.len() / (AVERAGE * AVERAGE));
    for rows in fine.chunks_exact(row * AVERAGE) {
        for x in 0..wide / AVERAGE {
            for channel in 0..CHANNELS {
                let unit = |dx: usize, dy: usize| usize::from(rows[dy * row + (x * AVERAGE + dx) * CHANNELS + channel]);
                let total: usize = (0..AVERAGE).flat_map(|dy| (0..AVERAGE).map(move |dx| unit(dx, dy))).sum();
                out.push((total / (AVERAGE * AVERAGE)) as u8);
            }
        }
    }
    out
}

/// The bitmap backend with text of ours: plotters' own needs a font of the system, or drops the space at the left of each letter.
pub(super) struct Raster<'a>(BitMapBackend<'a>);

type Failed<'a> = DrawingErrorKind<<BitMapBackend<'a> as DrawingBackend>::ErrorType>;

impl<'a> DrawingBackend for Raster<'a> {
    type ErrorType = <BitMapBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), Failed<'a>> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failed<'a>> {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Failed<'a>> {
        self.0.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Failed<'a>> {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failed<'a>> {
        self.0.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Result<(), Failed<'a>> {
        let size = style.size() / text::line_size(1.0);
        let before = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => text::width(text, size) / 2.0,
            HPos::Right => text::width(text, size),
        };
        let stand = match style.anchor().v_pos {
            VPos::Top => Stand::Below,
            VPos::Center => Stand::Around,
            VPos::Bottom => Stand::Above,
        };
        let color = style.color();
        let mut result = Ok(());
        text::pixels(text, size, (f64::from(x) - before, f64::from(y)), stand, |x, y, covered| {
            let alpha = color.alpha * f64::from(covered.clamp(0.0, 1.0));
            if alpha > 0.0 && x >= 0 && y >= 0 && result.is_ok() {
                result = self.0.draw_pixel((x, y), BackendColor { alpha, ..color });
            }
        });
        result
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a line of text is short")]
    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Result<(u32, u32), Failed<'a>> {
        let size = style.size() / text::line_size(1.0);
        Ok((text::width(text, size).ceil() as u32, size.ceil() as u32))
    }
}
