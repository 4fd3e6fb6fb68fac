//! Addresses of sources.

use super::leaf::checked_text;
use super::leaf::serde_as_text;
use crate::value::ValueKind;

/// An `http`, `https` or `ftp` address with a host, of at most 2,000 bytes.
///
/// It has no spaces or control characters, and no user name or password. No other address is
/// accepted, because addresses become links on pages that strangers may attack. The case of the
/// scheme does not matter (RFC 3986, section 3.1), and the text stays as it was written.
///
/// ```
/// # use servanda_core::Url;
/// assert!("https://www.mofa.go.jp/press/release/press18e_000032.html".parse::<Url>().is_ok());
/// assert!("HTTP://EXAMPLE.ORG/".parse::<Url>().is_ok());
/// assert_eq!("javascript:alert(1)".parse::<Url>().unwrap_err().code(), "invalid-url");
/// assert_eq!("https://me:secret@example.org/".parse::<Url>().unwrap_err().code(), "invalid-url");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

checked_text!(Url, ValueKind::Url, check, without_user);

/// Returns a new address unchanged, unless it has a user name or a password.
///
/// Whoever can read the ledger could use them, and `https://example.org@elsewhere` leads elsewhere.
/// Lines that were recorded before this rule may contain such addresses, so reading does not use
/// it.
pub(crate) fn without_user(text: &str) -> Result<&str, &'static str> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    // Some programs decode %40 to @, or map the other forms of @ to it.
    let at = authority.contains(['@', '\u{fe6b}', '\u{ff20}']) || authority.contains("%40");
    if at {
        Err("it has a user name or a password, which do not belong into a ledger; leave them out")
    } else {
        Ok(text)
    }
}

fn check(text: &str) -> Result<(), &'static str> {
    let Some(rest) = ["https://", "http://", "ftp://"].iter().find_map(|scheme| after(scheme, text)) else {
        return Err("an address starts with https://, http:// or ftp://");
    };
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        return Err("it names no host");
    }
    let refused = match text.is_ascii() {
        true => text.bytes().fold(false, |found, byte| found | !byte.is_ascii_graphic()),
        false => text.chars().any(|c| c.is_control() || c.is_whitespace()),
    };
    if refused {
        return Err("it contains a space or a control character");
    }
    if text.len() > 2000 {
        return Err("it is longer than 2,000 bytes");
    }
    Ok(())
}

/// Returns the text after a scheme in any case.
fn after<'a>(scheme: &str, text: &'a str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}
