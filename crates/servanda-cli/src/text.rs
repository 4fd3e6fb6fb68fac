//! Measures and wraps text by the columns that it takes on a terminal.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr as _;

/// Returns the width of a text in columns.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Returns the text with spaces added up to this width.
pub(crate) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Wraps a text into lines of at most this width.
///
/// Lines end at spaces, after slashes, and where the Unicode line breaking algorithm allows it in
/// other scripts. URLs and long words stay whole, even if they are wider than a line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text.trim(), options(width)).into_iter().map(Into::into).collect()
}

/// Wraps each line of a text. `hang` returns the indentation of the continuation lines of a line.
pub(crate) fn wrap_lines(text: &str, width: usize, hang: impl Fn(&str) -> usize) -> String {
    let mut wrapped = String::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let (indent, words) = content.split_at(content.len() - content.trim_start().len());
        let hanging = " ".repeat(hang(content));
        let options = options(width).initial_indent(indent).subsequent_indent(&hanging);
        wrapped.push_str(textwrap::fill(words, options).trim_end());
        if line.ends_with('\n') {
            wrapped.push('\n');
        }
    }
    wrapped
}

fn options(width: usize) -> Options<'static> {
    // Named, because its default depends on the features that other crates enable.
    Options::new(width.max(1))
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
}

/// Splits a text into the parts between which a line may end.
fn words(text: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    Box::new(text.split_inclusive(' ').flat_map(|word| -> Box<dyn Iterator<Item = Word<'_>> + '_> {
        if word.contains("://") {
            Box::new(std::iter::once(Word::from(word)))
        } else if word.is_ascii() {
            Box::new(word.split_inclusive('/').map(Word::from))
        } else {
            Box::new(unicode_words(word).into_iter())
        }
    }))
}

/// Splits a word where the Unicode line breaking algorithm allows it, such as between Japanese
/// characters.
fn unicode_words(word: &str) -> Vec<Word<'_>> {
    let (mut words, mut start) = (Vec::new(), 0);
    for (end, _) in unicode_linebreak::linebreaks(word) {
        words.extend(word.get(start..end).map(Word::from));
        start = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_break_after_slashes_and_urls_stay_whole() {
        let id = "us/base-realignment/futenma-replacement";
        assert_eq!(wrap(id, 24), ["us/base-realignment/", "futenma-replacement"]);
        let text = "see https://example.org/a/long/path here";
        assert_eq!(wrap(text, 10), ["see", "https://example.org/a/long/path", "here"]);
        assert_eq!(wrap("on 2013-01-18", 10), ["on", "2013-01-18"]);
    }

    #[test]
    fn japanese_breaks_between_characters_but_not_before_closing_punctuation() {
        assert_eq!(wrap("条約の国会承認", 5), ["条約", "の国", "会承", "認"]);
        assert_eq!(wrap("Note 条約の承認を求める", 12), ["Note 条約の", "承認を求める"]);
        assert_eq!(wrap("「条約」、承認。", 6), ["「条", "約」、", "承認。"]);
        assert_eq!(wrap("承認「条約」", 6), ["承認", "「条", "約」"]);
    }

    #[test]
    fn combining_characters_take_no_columns() {
        assert_eq!(wrap("か\u{3099}か\u{3099}", 2), ["か\u{3099}", "か\u{3099}"]);
        assert_eq!(padded("e\u{301}", 3), "e\u{301}  ");
    }

    #[test]
    fn continuation_lines_are_indented() {
        let hang = |line: &str| line.len() - line.trim_start().len() + 2;
        let text = "one two three\n  four five\n\n";
        assert_eq!(wrap_lines(text, 8, hang), "one two\n  three\n  four\n    five\n\n");
        assert_eq!(wrap_lines("fits", 8, hang), "fits");
        // Colours take no columns.
        let coloured = "\x1b[1mone\x1b[0m two";
        assert_eq!(wrap_lines(coloured, 7, hang), coloured);
    }
}
