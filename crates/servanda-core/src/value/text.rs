//! Texts for people to read, of limited length and without control characters.

use std::borrow::Cow;

use super::leaf::checked_text;
use super::leaf::serde_as_text;
use super::visible::is_blank;
use crate::value::ValueKind;

/// A line of text: 1 to 300 characters, not blank, without control characters.
///
/// A text that shows nothing, such as a zero-width space alone, is blank. Parsing removes the
/// spaces around it.
///
/// ```
/// # use servanda_core::Title;
/// assert_eq!(" Hague Convention ".parse::<Title>()?.as_str(), "Hague Convention");
/// assert_eq!("\u{200b}".parse::<Title>().unwrap_err().code(), "invalid-title");
/// assert_eq!("two\nlines".parse::<Title>().unwrap_err().code(), "invalid-title");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(Box<str>);

checked_text!(Title, ValueKind::Title, check_title, tidy);

impl From<&super::Slug> for Title {
    /// Never fails, because a slug is short enough, is not blank and has no control characters.
    fn from(slug: &super::Slug) -> Self {
        Self(slug.as_str().into())
    }
}

/// A longer text, such as exact words, a note or a quotation. It can have several paragraphs.
///
/// It has 1 to 100,000 characters, is not blank, and has no control characters but line feeds.
/// Parsing removes the spaces around it, and turns the line ends of other systems into line feeds.
///
/// ```
/// # use servanda_core::Note;
/// assert_eq!("will consider".parse::<Note>()?.as_str(), "will consider");
/// assert_eq!("We will build it.\r\n\r\nWe will pay.".parse::<Note>()?.as_str(), "We will build it.\n\nWe will pay.");
/// assert_eq!(" ".parse::<Note>().unwrap_err().code(), "invalid-note");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note(Box<str>);

checked_text!(Note, ValueKind::Note, check_note, tidy_note);

/// Returns a new text without the spaces around it, if it shows something.
///
/// Lines that were recorded before this rule may contain other text, so reading does not use it.
pub(crate) fn tidy(text: &str) -> Result<&str, &'static str> {
    let tidied = text.trim_matches(|edge: char| edge.is_whitespace() || matches!(edge, '\u{200b}' | '\u{feff}'));
    match tidied.is_ascii() && !tidied.is_empty() {
        false if tidied.is_empty() && text.trim().is_empty() => Err(BLANK),
        false if is_blank(tidied) => Err(INVISIBLE),
        _ => Ok(tidied),
    }
}

/// Returns a new note with line feeds as its only line ends, and without the spaces around it.
fn tidy_note(text: &str) -> Result<Cow<'_, str>, &'static str> {
    match tidy(text)? {
        tidied if tidied.contains('\r') => Ok(tidied.replace("\r\n", "\n").replace('\r', "\n").into()),
        tidied => Ok(tidied.into()),
    }
}

const BLANK: &str = "it is blank";
const INVISIBLE: &str = "it shows nothing: all of its characters are invisible";

fn check_title(text: &str) -> Result<(), &'static str> {
    if has_control(text) {
        return Err("it contains a control character, such as a line break or a tab");
    }
    check(text, 300, "it is longer than 300 characters")
}

fn check_note(text: &str) -> Result<(), &'static str> {
    if has_control(text) && text.split('\n').any(has_control) {
        return Err("it contains a control character, such as a tab; only line feeds are accepted");
    }
    check(text, 100_000, "it is longer than 100,000 characters")
}

fn check(text: &str, most: usize, too_long: &'static str) -> Result<(), &'static str> {
    if !text.starts_with(|first: char| first.is_ascii_graphic()) && text.trim().is_empty() {
        return Err(BLANK);
    }
    if text.len() > most && text.chars().count() > most {
        return Err(too_long);
    }
    Ok(())
}

/// Whether `text` contains a control character.
///
/// Most text is ASCII. Its bytes are checked without an early exit, so that the compiler can check
/// many at a time.
fn has_control(text: &str) -> bool {
    match text.is_ascii() {
        true => text.bytes().fold(false, |found, byte| found | byte.is_ascii_control()),
        false => text.chars().any(char::is_control),
    }
}
