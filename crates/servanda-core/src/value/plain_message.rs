//! Rewords the error messages of parsers for users.

/// Rewrites a parser's message without the names of our types.
///
/// Control characters except line feeds are escaped, so that quoted input cannot control a
/// terminal.
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
    words.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::plain_message;

    #[test]
    fn control_characters_that_a_parser_quotes_are_shown_and_not_repeated() {
        let said = "unknown variant `dissolu\tion\u{1b}[2J`, expected `結び`\nor nothing";
        assert_eq!(plain_message(said), "unknown word `dissolu\\tion\\u{1b}[2J`, expected `結び`\nor nothing");
    }
}
