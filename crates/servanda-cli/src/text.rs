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

/// The longest start of the text that takes at most so many columns, and the rest. What selects colours takes none.
fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let (mut taken, mut in_sequence) = (0, false);
    for (at, char) in text.char_indices() {
        in_sequence |= char == '\x1b';
        if !in_sequence {
            taken += char.width().unwrap_or(0);
            if taken > columns {
                return text.split_at(at);
            }
        }
        in_sequence &= char != 'm';
    }
    (text, "")
}

/// The text in lines of at most this width, broken at spaces and between Japanese characters. A word that is wider than a line is
/// broken after a slash or a hyphen or, if it has none, where the line ends; unless it is an address, which has to stay whole to be
/// of use.
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

/// Text of several lines, each in as many as it takes. `hang` says by how many columns what goes on in a further line is indented.
pub(crate) fn fitted(text: &str, columns: usize, hang: impl Fn(&str) -> usize) -> String {
    let mut fitted = String::new();
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let hang = hang(line);
        let (mut start, mut rest) = first_line_of(line, columns);
        fitted.push_str(start.trim_end());
        while !rest.is_empty() {
            (start, rest) = first_line(rest, columns.saturating_sub(hang).max(1));
            fitted.push('\n');
            fitted.push_str(&" ".repeat(hang));
            fitted.push_str(start.trim_end());
            rest = rest.trim_start();
        }
        fitted.push_str(end);
    }
    fitted
}

/// The first line of a text that is indented.
fn first_line_of(text: &str, columns: usize) -> (&str, &str) {
    let words = text.trim_start();
    let indent = text.len() - words.len();
    let (start, rest) = first_line(words, columns.saturating_sub(indent).max(1));
    (text.split_at(indent + start.len()).0, rest.trim_start())
}

fn first_line(text: &str, columns: usize) -> (&str, &str) {
    let (start, rest) = split_at_width(text, columns);
    let Some(next) = rest.chars().next() else { return (start, rest) };
    if let Some(at) = last_break(start, next) {
        return text.split_at(at);
    }
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_address {
        return text.split_at(text.find(' ').unwrap_or(text.len()));
    }
    if let Some(at) = start.rfind(['/', '-']) {
        return text.split_at(at + 1);
    }
    // At least one character, or there would be no end to it.
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(start.len().max(first))
}

/// The last place at which a text may be broken that goes on with `next`.
fn last_break(text: &str, next: char) -> Option<usize> {
    let (mut last, mut before) = (None, ' ');
    for (at, char) in text.char_indices().chain([(text.len(), next)]) {
        if may_break(before, char) {
            last = Some(at);
        }
        before = char;
    }
    last
}

/// Whether a line may end between two characters: before a space; or beside a wide one, as long as no line begins with what closes or
/// ends with what opens (JIS X 4051).
fn may_break(before: char, after: char) -> bool {
    const CLOSES: &str = "、。，．・：；？！）」』】〕〉》ー々";
    const OPENS: &str = "（「『【〔〈《";
    let wide = |char: char| char.width() == Some(2);
    if before == ' ' || after.width() == Some(0) {
        return false;
    }
    after == ' ' || (wide(before) || wide(after)) && !CLOSES.contains(after) && !OPENS.contains(before)
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
        assert_eq!(
            wrap("us/base-realignment/futenma-replacement", 24),
            ["us/base-realignment/", "futenma-replacement"]
        );
        assert_eq!(wrap("see us/base-realignment", 16), ["see", "us/base-", "realignment"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn japanese_is_broken_between_characters_but_not_before_what_closes() {
        assert_eq!(wrap("Note 条約の承認を求める", 12), ["Note 条約の", "承認を求める"]);
        assert_eq!(wrap("「条約」、承認。", 6), ["「条", "約」、", "承認。"]);
        assert_eq!(wrap("承認「条約」", 6), ["承認", "「条", "約」"]);
        // A mark that is combined with the character before it stays there.
        assert_eq!(wrap("か\u{3099}か\u{3099}", 2), ["か\u{3099}", "か\u{3099}"]);
        assert_eq!(wrap("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
        assert_eq!(cut("e\u{301}te\u{301}", 2), "e\u{301}…");
    }

    #[test]
    fn lines_go_on_indented() {
        let indented = |line: &str| line.len() - line.trim_start().len() + 2;
        assert_eq!(fitted("one two three\n  four five\n", 8, indented), "one two\n  three\n  four\n    five\n");
        assert_eq!(fitted("\n\n", 8, indented), "\n\n");
        assert_eq!(fitted("fits", 8, indented), "fits");
        // Colours take no columns.
        assert_eq!(fitted("\x1b[1mone\x1b[0m two", 7, indented), "\x1b[1mone\x1b[0m two");
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            wrap("see https://example.org/a/long/path here", 10),
            ["see", "https://example.org/a/long/path", "here"]
        );
    }
}
