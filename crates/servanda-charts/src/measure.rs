//! Measures text and breaks it into lines.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar;

/// How wide the characters of a medium are.
#[derive(Clone, Copy)]
pub(crate) enum Font {
    /// A terminal: one unit is one column.
    Terminal,
    /// A proportional font: one unit is a hundredth of the font's size.
    Regular,
    /// The same in semi-bold.
    Bold,
}

impl Font {
    /// The width of a text, in units of the font. That of a proportional font is an estimate that
    /// is rather too large than too small.
    pub(crate) fn width(self, text: &str) -> usize {
        text.chars().map(|character| self.width_of(character)).sum()
    }

    fn width_of(self, character: char) -> usize {
        let columns = character.width().unwrap_or(0);
        // As wide as the widest of the fonts that systems commonly have.
        let hundredths = match character {
            _ if columns != 1 => 52 * columns + columns.min(1) * 2,
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 34,
            ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '·' => 41,
            'm' | 'M' | 'w' | 'W' | '@' | '%' | '—' | '…' => 100,
            'A'..='Z' => 74,
            _ if character.is_ascii() => 64,
            _ => 70,
        };
        match self {
            Self::Terminal => columns,
            Self::Regular => hundredths,
            Self::Bold => hundredths + hundredths / 8,
        }
    }
}

/// Breaks a text into at most `most` lines of at most `width` units, by the rules of Unicode. If
/// there is more text, the last line ends in an ellipsis.
pub(crate) fn wrap(text: &str, font: Font, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut begin = 0;
    for (end, opportunity) in linebreaks(text) {
        let word = text.get(begin..end).unwrap_or_default();
        begin = end;
        if used > 0 && used + font.width(word.trim_end()) > width {
            lines.push(String::new());
            used = 0;
        }
        for character in word.chars() {
            let wide = font.width_of(character);
            // A word that is longer than a line is broken, but not before a combining mark.
            if used > 0 && wide > 0 && used + wide > width && !character.is_whitespace() {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(character);
            }
            used += wide;
        }
        if opportunity == BreakOpportunity::Mandatory && end < text.len() {
            lines.push(String::new());
            used = 0;
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while font.width(last) + font.width("…") > width && last.pop().is_some() {}
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_between_japanese_characters() {
        assert_eq!(wrap("will consider the matter", Font::Terminal, 10, 9), ["will", "consider", "the matter"]);
        assert_eq!(wrap("条約の承認を求める", Font::Terminal, 8, 9), ["条約の承", "認を求め", "る"]);
    }

    #[test]
    fn a_long_word_is_broken_and_a_long_text_ends_in_an_ellipsis() {
        assert_eq!(wrap("abcdefghij", Font::Terminal, 4, 9), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("one two three four", Font::Terminal, 7, 2), ["one two", "three…"]);
        assert_eq!(wrap("", Font::Terminal, 4, 2), [""; 0]);
        assert_eq!(wrap("ab", Font::Terminal, 0, 1), ["…"]);
    }

    #[test]
    fn a_combining_mark_stays_with_its_letter() {
        assert_eq!(wrap("aae\u{301}bb", Font::Terminal, 3, 9), ["aae\u{301}", "bb"]);
    }
}
