//! Makes text safe to show: without control characters, and without changes of direction.

use servanda_core::format::escape_invisible;

/// Returns a text as one line that cannot disturb the text around it.
///
/// Control characters and line feeds become spaces. Characters that change the direction of text
/// are left out, because every text of a picture is isolated anyway. Other invisible characters are
/// escaped, unless they belong to a word.
pub(crate) fn one_line(text: &str) -> String {
    let kept = |character: char| match character {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{fdd0}'..='\u{fdef}' => None,
        _ if u32::from(character) & 0xfffe == 0xfffe => None,
        _ if character.is_control() => Some(' '),
        _ => Some(character),
    };
    let plain: String = text.chars().filter_map(kept).collect();
    escape_invisible(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the first letter that has a direction belongs to a script that is written from right to
/// left.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    text.chars().find_map(direction).unwrap_or(false)
}

/// Whether any letter belongs to a script that is written from right to left.
fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|character| direction(character) == Some(true))
}

/// Isolates a text that is written from right to left from the line around it.
pub(crate) fn isolated(text: &str) -> String {
    if has_right_to_left(text) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// Whether a character is written from right to left; `None` if it has no direction of its own.
fn direction(character: char) -> Option<bool> {
    match character {
        // Hebrew, Arabic, Syriac, Thaana, N'Ko and others, with their presentation forms.
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Some(true),
        _ if character.is_alphabetic() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_line_breaks_become_spaces() {
        assert_eq!(one_line("a\u{0}b\r\nc\u{1b}[2J\u{2028}d\u{fffe}\u{1ffff}"), "a b c [2J d");
    }

    #[test]
    fn characters_that_change_the_direction_are_left_out() {
        assert_eq!(one_line("abc \u{202e}fed\u{2067}\u{200f}"), "abc fed");
        assert_eq!(one_line("a\u{200b}b"), "a\\u{200b}b");
        assert_eq!(one_line("می\u{200c}شود"), "می\u{200c}شود");
    }

    #[test]
    fn the_first_letter_decides_the_direction() {
        let texts = ["شرکت ABC", "2013: שלום", "ABC שלום", "条約", "2013-02", ""];
        assert_eq!(texts.map(is_right_to_left), [true, true, false, false, false, false]);
        assert_eq!(texts.map(has_right_to_left), [true, true, true, false, false, false]);
    }
}
