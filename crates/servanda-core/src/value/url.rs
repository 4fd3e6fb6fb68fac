//! Addresses of sources.

use super::leaf::checked_text;
use super::leaf::serde_as_text;
use crate::value::ValueKind;

/// An `http` or `https` address with a host, of at most 2,000 bytes.
///
/// It has no spaces or control characters. No other address is accepted, because addresses become
/// links on pages that strangers may attack.
///
/// ```
/// # use servanda_core::Url;
/// assert!("https://www.mofa.go.jp/press/release/press18e_000032.html".parse::<Url>().is_ok());
/// assert_eq!("javascript:alert(1)".parse::<Url>().unwrap_err().code(), "invalid-url");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

checked_text!(Url, ValueKind::Url, check);

fn check(text: &str) -> Result<(), &'static str> {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return Err("an address starts with http:// or https://");
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
