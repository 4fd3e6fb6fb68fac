//! Writes SVG: elements with presentation attributes, and escaped text.

use std::fmt::Write as _;

use crate::colours::Role;
use crate::plain::{is_right_to_left, one_line};

/// The fonts of the pictures, those of the reader's system first.
const FONTS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";

/// A part of a picture.
#[derive(Default)]
pub(crate) struct Shapes(String);

impl Shapes {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A straight line.
    pub(crate) fn line(&mut self, (x1, y1): (i64, i64), (x2, y2): (i64, i64), more: &str) {
        // Writing to a string cannot fail, here and below.
        let _ = write!(self.0, "<path d=\"M{x1} {y1}");
        let _ = match (x1 == x2, y1 == y2) {
            (true, _) => write!(self.0, "V{y2}"),
            (_, true) => write!(self.0, "H{x2}"),
            _ => write!(self.0, "L{x2} {y2}"),
        };
        self.finish_path(more);
    }

    /// A path, as in the attribute `d`.
    pub(crate) fn path(&mut self, d: &str, more: &str) {
        let _ = write!(self.0, "<path d=\"{d}");
        self.finish_path(more);
    }

    fn finish_path(&mut self, more: &str) {
        let space = if more.is_empty() { "" } else { " " };
        let _ = write!(self.0, "\"{space}{more}/>");
    }

    pub(crate) fn circle(&mut self, (x, y): (i64, i64), radius: i64, more: &str) {
        let space = if more.is_empty() { "" } else { " " };
        let _ = write!(self.0, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{space}{more}/>");
    }

    pub(crate) fn rectangle(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), more: &str) {
        let space = if more.is_empty() { "" } else { " " };
        let _ = write!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{space}{more}/>");
    }

    /// A line of text that begins at `x`, also if it is written from right to left.
    pub(crate) fn text(&mut self, (x, y): (i64, i64), text: &str, more: &str) {
        let space = if more.is_empty() { "" } else { " " };
        let direction = match is_right_to_left(text) {
            true => " direction=\"rtl\" text-anchor=\"end\"",
            false => "",
        };
        let _ = write!(self.0, "<text x=\"{x}\" y=\"{y}\"{direction}{space}{more}>{}</text>", escape(text));
    }

    /// A line of text that ends at `x`.
    pub(crate) fn text_to(&mut self, (x, y): (i64, i64), text: &str) {
        let direction = match is_right_to_left(text) {
            true => " direction=\"rtl\" text-anchor=\"start\"",
            false => " text-anchor=\"end\"",
        };
        let _ = write!(self.0, "<text x=\"{x}\" y=\"{y}\"{direction}>{}</text>", escape(text));
    }

    /// Adds shapes with a role and further attributes in common. Adds nothing if there are none.
    pub(crate) fn group(&mut self, role: Role, more: &str, shapes: &Self) {
        if shapes.is_empty() {
            return;
        }
        let (class, colour) = role.class_and_colour();
        let space = if more.is_empty() { "" } else { " " };
        let _ = write!(self.0, "<g class=\"{class}\" color=\"{colour}\"{space}{more}>{}</g>", shapes.0);
    }

    /// Returns the whole picture, as one element with a title and a description.
    pub(crate) fn picture(&self, (width, height): (i64, i64), language: &str, title: &str, desc: &str) -> String {
        let (class, paper) = Role::Paper.class_and_colour();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sv-chart\" role=\"img\" lang=\"{}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" \
             font-size=\"15\"><title>{}</title><desc>{}</desc><rect class=\"{class}\" color=\"{paper}\" \
             fill=\"currentColor\" width=\"{width}\" height=\"{height}\"/>{}</svg>\n",
            escape(language),
            escape(&one_line(title)),
            escape(&one_line(desc)),
            self.0
        )
    }
}

/// Escapes what has a meaning in XML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_written_in_its_direction() {
        let mut shapes = Shapes::default();
        shapes.text((1, 2), "<a href=\"x\">&'", "");
        shapes.text((1, 2), "שלום", "");
        let expected = "<text x=\"1\" y=\"2\">&lt;a href=&quot;x&quot;&gt;&amp;&#39;</text>\
                        <text x=\"1\" y=\"2\" direction=\"rtl\" text-anchor=\"end\">שלום</text>";
        assert_eq!(shapes.0, expected);
    }
}
