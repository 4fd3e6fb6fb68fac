//! Measuring, cutting and wrapping text by the columns it takes on a terminal.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text with spaces after it, up to this width.
pub(crate) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// The text, cut with an ellipsis if it takes more columns than this.
pub(crate) fn cut(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.to_owned();
    }
    let (start, _) = split_at_width(text, to.saturating_sub(1));
    format!("{}…", start.trim_end())
}

/// The longest start of the text that takes at most so many columns, and the rest.
fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, char) in text.char_indices() {
        taken += char.width().unwrap_or(0);
        if taken > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// The text in lines of at most this width, broken at spaces. A word that is wider than a line is broken where the line ends,
/// unless it is an address, which has to stay whole to be of use.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<&str> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (line, after) = first_line(rest, columns);
        lines.push(line.trim_end());
        rest = after.trim_start();
    }
    if lines.is_empty() {
        lines.push("");
    }
    lines
}

/// Text of several lines, each in as many as it takes; what goes on in a further line is indented two columns more.
pub(crate) fn fitted(text: &str, columns: usize) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let words = line.trim_start();
        let indent = width(line) - width(words);
        let mut margin = " ".repeat(indent);
        // All lines are measured as if they went on from another one: the first may then be two columns shorter than it could be.
        for part in wrap(words, columns.saturating_sub(indent + 2)) {
            lines.push(format!("{margin}{part}").trim_end().to_owned());
            margin = " ".repeat(indent + 2);
        }
    }
    lines.join("\n")
}

fn first_line(text: &str, columns: usize) -> (&str, &str) {
    let (start, rest) = split_at_width(text, columns);
    if rest.is_empty() || rest.starts_with(' ') {
        return (start, rest);
    }
    if let Some(space) = start.rfind(' ') {
        return text.split_at(space);
    }
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_address {
        return text.split_at(text.find(' ').unwrap_or(text.len()));
    }
    // At least one character, or there would be no end to it.
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(start.len().max(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured_in_columns() {
        assert_eq!(width("条約"), 4);
        assert_eq!(padded("条約", 6), "条約  ");
        assert_eq!(padded("treaty", 3), "treaty");
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis_and_fits() {
        assert_eq!(cut("submitted", 9), "submitted");
        assert_eq!(cut("submitted", 8), "submitt…");
        assert_eq!(cut("in force", 4), "in…");
        assert_eq!(cut("条約の国会承認", 6), "条約…");
        assert_eq!(cut("submitted", 1), "…");
    }

    #[test]
    fn wrapping_breaks_at_spaces_and_within_long_words() {
        assert_eq!(wrap("the treaty is approved", 10), ["the treaty", "is", "approved"]);
        assert_eq!(wrap("the treaty", 100), ["the treaty"]);
        assert_eq!(wrap("条約の国会承認", 5), ["条約", "の国", "会承", "認"]);
        assert_eq!(wrap("条約", 1), ["条", "約"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            wrap("see https://example.org/a/long/path here", 10),
            ["see", "https://example.org/a/long/path", "here"]
        );
    }
}
