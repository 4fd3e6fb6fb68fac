//! Rewords the error messages of parsers for users.

use super::is_hidden;
use super::visible::escape_invisible;

/// Rewrites a parser's message without the names of our types.
///
/// Text that the parser quotes is shown as it was written. Only control characters except line
/// feeds and invisible characters are escaped, so that quoted input cannot control a terminal.
pub(crate) fn plain_message(message: &str) -> String {
    let words = message
        .replace("unknown variant", "unknown word")
        .replace("expected u32", "expected a whole number")
        .replace("expected a sequence", "expected a list")
        .replace("struct variant Rule::", "what goes with a rule of ");
    let words = match words.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected an object"),
        None => words,
    };
    let shown = |character: char| match character.is_control() && character != '\n' {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    escape_invisible(&unescape_visible(&words)).chars().map(shown).collect()
}

/// Replaces escapes of visible characters by the characters.
///
/// Parsers quote text in Rust's debug form, which escapes combining characters.
fn unescape_visible(message: &str) -> String {
    let mut shown = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        shown.push_str(before);
        rest = match visible_escape(escape) {
            Some((character, rest)) => {
                shown.push(character);
                rest
            }
            None => {
                // A backslash that is itself escaped begins no other escape.
                let length = if escape.starts_with(r"\\") { 2 } else { 1 };
                let (kept, rest) = escape.split_at(length);
                shown.push_str(kept);
                rest
            }
        };
    }
    shown + rest
}

/// The visible character that an escape such as `\u{e47}` stands for, and the text after it.
fn visible_escape(escape: &str) -> Option<(char, &str)> {
    let (digits, rest) = escape.strip_prefix(r"\u{")?.split_once('}')?;
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    let visible = !character.is_control() && !is_hidden(character) && !character.is_whitespace();
    visible.then_some((character, rest))
}

#[cfg(test)]
mod tests {
    use super::plain_message;

    #[test]
    fn control_characters_that_a_parser_quotes_are_shown_and_not_repeated() {
        let said = "unknown variant `dissolu\tion\u{1b}[2J`, expected `結び`\nor nothing";
        assert_eq!(plain_message(said), "unknown word `dissolu\\tion\\u{1b}[2J`, expected `結び`\nor nothing");
    }

    #[test]
    fn letters_and_marks_that_a_parser_escapes_are_shown() {
        let said = format!("invalid type: string {:?}, expected struct X", "สำเร็จ प्रगति か\u{3099} \u{202e} \\u{e47}");
        let shown = "invalid type: string \"สำเร็จ प्रगति か\u{3099} \\u{202e} \\\\u{e47}\", expected an object";
        assert_eq!(plain_message(&said), shown);
    }
}
