//! A canvas of pixels, and its file.
//!
//! The file is the same on every machine: nothing is drawn with fonts, and the encoder is always the
//! same one. The slower levels of compression would use whichever zlib the program is built with.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use crate::assets::STYLE;

/// A picture that is being drawn. Colours are named as in the style sheet.
pub(super) struct Canvas(Pixmap);

impl Canvas {
    pub(super) fn new((width, height): (u32, u32), paper: &str) -> Result<Self, String> {
        let mut pixels = Pixmap::new(width, height).ok_or("the picture is too large")?;
        let [red, green, blue] = parts(paper);
        pixels.fill(Color::from_rgba8(red, green, blue, 255));
        Ok(Self(pixels))
    }

    pub(super) fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), colour: &str) {
        let rectangle = Rect::from_xywh(x, y, width, height);
        self.fill(rectangle.map(PathBuilder::from_rect), colour);
    }

    pub(super) fn disc(&mut self, (x, y): (f32, f32), radius: f32, colour: &str) {
        self.fill(PathBuilder::from_circle(x, y, radius), colour);
    }

    pub(super) fn circle(&mut self, (x, y): (f32, f32), radius: f32, width: f32, colour: &str) {
        self.stroke(PathBuilder::from_circle(x, y, radius), width, colour);
    }

    /// Draws a line through points, with round corners and ends.
    pub(super) fn line(&mut self, points: &[(f32, f32)], width: f32, colour: &str) {
        let mut path = PathBuilder::new();
        for &(x, y) in points {
            if path.is_empty() { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        self.stroke(path.finish(), width, colour);
    }

    /// Draws a curve that starts at the first point, ends at the last, and is drawn to those between.
    pub(super) fn curve(&mut self, points: &[(f32, f32)], width: f32, colour: &str) {
        let ([first, rest @ ..], [.., last]) = (points, points) else { return };
        let mut path = PathBuilder::new();
        path.move_to(first.0, first.1);
        for (point, next) in rest.iter().zip(rest.iter().skip(1)) {
            path.quad_to(point.0, point.1, (point.0 + next.0) / 2.0, (point.1 + next.1) / 2.0);
        }
        path.line_to(last.0, last.1);
        self.stroke(path.finish(), width, colour);
    }

    fn fill(&mut self, path: Option<Path>, colour: &str) {
        if let Some(path) = path {
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }

    fn stroke(&mut self, path: Option<Path>, width: f32, colour: &str) {
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        if let Some(path) = path {
            self.0.stroke_path(&path, &paint(colour), &stroke, Transform::identity(), None);
        }
    }

    /// Returns the file, as PNG.
    pub(super) fn png(&self) -> Result<Vec<u8>, String> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.0.width(), self.0.height());
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Up);
        let data = match self.palette() {
            Some((palette, numbers)) => {
                encoder.set_color(ColorType::Indexed);
                encoder.set_palette(palette);
                numbers
            }
            None => {
                encoder.set_color(ColorType::Rgb);
                self.colours().flatten().collect()
            }
        };
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&data).map_err(|error| error.to_string())?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(file)
    }

    /// The colour of each pixel. Every pixel is opaque.
    fn colours(&self) -> impl Iterator<Item = [u8; 3]> {
        self.0.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
    }

    /// The colours that occur, and the number of the colour of each pixel. `None` if there are more
    /// than 256. A file with numbers is a third as large.
    fn palette(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut numbers = BTreeMap::new();
        let mut palette = Vec::new();
        let mut data = Vec::new();
        for colour in self.colours() {
            let next = numbers.len();
            let number = *numbers.entry(colour).or_insert(next);
            if number == next {
                palette.extend(colour);
            }
            data.push(u8::try_from(number).ok()?);
        }
        Some((palette, data))
    }
}

fn paint(colour: &str) -> Paint<'static> {
    let [red, green, blue] = parts(colour);
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

/// The red, green and blue part of a colour on light paper.
fn parts(colour: &str) -> [u8; 3] {
    // The rules for light paper come first.
    let written = STYLE.split_once(&format!("--{colour}: #")).map_or("", |(_, rest)| rest);
    [0, 2, 4].map(|from| written.get(from..from + 2).and_then(|part| u8::from_str_radix(part, 16).ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn colours_are_those_on_light_paper() {
        assert_eq!(parts("paper"), [255, 255, 255]);
        assert_eq!(parts("kept"), [0x14, 0x68, 0x3c]);
    }

    #[test]
    fn the_style_sheet_has_every_colour() {
        let marks = crate::model::VERDICTS.map(|verdict| super::super::marks::mark(verdict).colour);
        for colour in marks.into_iter().chain(["paper", "shade", "line", "broken"]) {
            assert_ne!(parts(colour), [0, 0, 0], "{colour}");
        }
    }
}
