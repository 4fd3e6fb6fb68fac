//! Shows text to people: what is invisible, or changes the direction of text, is escaped.

use std::borrow::Cow;

/// Quotes a text for a message, as it was written.
///
/// Only quotes, backslashes, control characters and what [`escape_invisible`] escapes are escaped.
///
/// ```
/// use servanda_core::format::quote;
///
/// assert_eq!(quote("สำเร็จ"), r#""สำเร็จ""#);
/// assert_eq!(quote("a \"b\"\n"), r#""a \"b\"\n""#);
/// assert_eq!(quote("abc \u{202e}fed"), r#""abc \u{202e}fed""#);
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in escape_invisible(&text.replace('\\', "\\\\").replace('"', "\\\"")).chars() {
        match character.is_control() {
            true => quoted.extend(character.escape_default()),
            false => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Escapes the characters that a reader cannot see, or that change the direction of the text around
/// them, such as `\u{200b}` and `\u{202e}`.
///
/// Invisible characters that belong to a text stay: joiners inside words, such as in Persian and
/// Hindi, and in emoji; variation selectors after a character; tags after a flag; and zero-width
/// spaces between letters of scripts without spaces between words, such as Khmer. Control
/// characters stay too, because a style on a terminal consists of them.
///
/// ```
/// use servanda_core::format::escape_invisible;
///
/// assert_eq!(escape_invisible("می\u{200c}شود"), "می\u{200c}شود");
/// assert_eq!(escape_invisible("pay\u{200d}pal"), "pay\\u{200d}pal");
/// ```
#[must_use]
pub fn escape_invisible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    // The character before, unless it was escaped.
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !is_hidden(character) || belongs(before, character, characters.peek().copied()) {
            shown.push(character);
            before = Some(character);
        } else {
            shown.extend(character.escape_unicode());
            before = None;
        }
    }
    shown.into()
}

/// Whether a text shows nothing: it has only white space and invisible characters.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_hidden(character) || character == BRAILLE_BLANK)
}

/// Whether a character is shown as nothing, or changes the direction of the text around it.
pub(crate) fn is_hidden(character: char) -> bool {
    !character.is_ascii() && HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&character))
}

const BRAILLE_BLANK: char = '\u{2800}';

/// The characters with the property `Default_Ignorable_Code_Point` of Unicode, which include all
/// that change the direction, and the invisible separators and annotations.
///
/// See <https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point>.
const HIDDEN: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether an invisible character is a part of the text between these two characters.
fn belongs(before: Option<char>, character: char, after: Option<char>) -> bool {
    let Some(before) = before.filter(|before| !before.is_whitespace() && !before.is_control()) else { return false };
    let after = after.filter(|after| !after.is_whitespace() && !is_hidden(*after));
    match character {
        // Joiners.
        '\u{200c}' | '\u{200d}' => !before.is_ascii() && after.is_some_and(|after| !after.is_ascii()),
        // Variation selectors.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}' => {
            !is_hidden(before)
        }
        // Tags, which follow a black flag.
        '\u{e0020}'..='\u{e007f}' => matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
        '\u{200b}' => is_without_spaces(before) && after.is_some_and(is_without_spaces),
        _ => false,
    }
}

/// Whether a character is of a script without spaces between words: Thai, Lao, Myanmar or Khmer.
fn is_without_spaces(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_are_shown_as_they_are_written() {
        let texts = ["สำเร็จ", "प्रगति", "か\u{3099}", "条約の承認", "שלום", "e\u{301}", "クー\u{301}"];
        for text in texts {
            assert_eq!(quote(text), format!("\"{text}\""));
            assert_eq!(escape_invisible(text), text);
        }
    }

    #[test]
    fn invisible_characters_stay_where_they_belong_to_the_text() {
        let texts = [
            "می\u{200c}شود",                                            // Persian
            "क्\u{200d}ष",                                               // Hindi
            "👩🏽\u{200d}⚕\u{fe0f}",                                      // an emoji of several
            "🏳\u{fe0f}\u{200d}🌈",                                      // with a selector before the joiner
            "辻\u{e0100}",                                              // a variant of a Japanese name
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", // the flag of England
            "ភាសា\u{200b}ខ្មែរ",                                          // Khmer
        ];
        for text in texts {
            assert_eq!(escape_invisible(text), text);
        }
    }

    #[test]
    fn other_invisible_characters_are_escaped() {
        for (text, shown) in [
            ("abc \u{202e}fed", r"abc \u{202e}fed"),
            ("\u{2067}abc", r"\u{2067}abc"),
            ("a\u{200b}b", r"a\u{200b}b"),
            ("a\u{200d}b", r"a\u{200d}b"),
            ("شود\u{200c}", r"شود\u{200c}"),
            ("a \u{fe0f}", r"a \u{fe0f}"),
            ("soft\u{ad}ly", r"soft\u{ad}ly"),
            ("a\u{2028}b", r"a\u{2028}b"),
            ("a\u{e0041}", r"a\u{e0041}"),
        ] {
            assert_eq!(escape_invisible(text), shown);
            assert_eq!(quote(text), format!("\"{shown}\""));
        }
    }

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped() {
        assert_eq!(quote("a\"b\\c\u{1b}[2J\td\u{85}"), r#""a\"b\\c\u{1b}[2J\td\u{85}""#);
    }

    #[test]
    fn what_shows_nothing_is_blank() {
        let blank =
            ["", " ", "\u{3000}\u{a0}", "\u{200b}", "\u{2800}", "\u{ad}\u{feff} \u{3164}", "\u{fe0f}", "\u{e0020}"];
        assert!(blank.into_iter().all(is_blank));
        assert!(!["a", " 条 ", "\u{200b}a", "⠁", "\u{301}"].into_iter().any(is_blank));
    }
}
