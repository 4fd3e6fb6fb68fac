//! The lines of iCalendar (RFC 5545, sections 3.1 and 3.3.11): folded, escaped, and ended by CRLF.

/// The longest line in octets, without its end.
const MAX_OCTETS: usize = 75;

/// The lines of a file that is being written.
#[derive(Debug, Default)]
pub(super) struct ContentLines(String);

impl ContentLines {
    /// Adds a property whose value is not text, such as a date. Control characters are left out, so
    /// no value can end its line.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        let mut room = MAX_OCTETS;
        let line = name.chars().chain([':']).chain(value.chars());
        for character in line.filter(|character| !character.is_control()) {
            if character.len_utf8() > room {
                // The space that begins the next line counts.
                self.0.push_str("\r\n ");
                room = MAX_OCTETS - 1;
            }
            self.0.push(character);
            room -= character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property whose value is text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.value(name, &escaped(text));
    }

    /// Adds lines that were made before.
    pub(super) fn append(&mut self, lines: &Self) {
        self.0.push_str(&lines.0);
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_at_most_75_octets_and_is_not_broken_within_a_character() {
        let mut lines = ContentLines::default();
        lines.text("SUMMARY", &"条約".repeat(30));
        let longest = lines.as_str().split("\r\n").map(str::len).max();
        assert_eq!(longest, Some(74));
        let unfolded = lines.as_str().replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "条約".repeat(30)));

        let mut lines = ContentLines::default();
        lines.value("URL", &"x".repeat(146));
        assert_eq!(lines.as_str(), format!("URL:{}\r\n {}\r\n {}\r\n", "x".repeat(71), "x".repeat(74), "x"));
    }

    #[test]
    fn text_cannot_end_its_line_or_begin_another_property() {
        let mut lines = ContentLines::default();
        lines.text("SUMMARY", "a,b;c\\d\r\nATTENDEE:x\u{85}\u{7f}\u{0}");
        lines.value("URL", "https://example.org/\r\nATTENDEE:x");
        let expected = "SUMMARY:a\\,b\\;c\\\\d\\nATTENDEE:x\r\nURL:https://example.org/ATTENDEE:x\r\n";
        assert_eq!(lines.as_str(), expected);
    }
}
