//! Exact shares and weights.

use super::leaf::{checked_text, serde_as_text};
use crate::error::ValueKind;

/// A weight or a share as an exact decimal number that is not negative: `12`, `0.38`.
///
/// It stays the text it was written as, because a share of emissions or of GDP decides whether a treaty is in force, and
/// binary fractions round.
///
/// ```
/// # use servanda_core::Decimal;
/// assert_eq!("17.89".parse::<Decimal>()?.as_str(), "17.89");
/// assert_eq!("1e3".parse::<Decimal>().unwrap_err().code(), "invalid-decimal");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

checked_text!(Decimal, ValueKind::Decimal, check);

fn check(text: &str) -> Result<(), &'static str> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole_ok = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    if whole_ok && fraction.is_none_or(digits) && text.len() <= 30 {
        Ok(())
    } else {
        Err("a decimal is written in digits with at most one point, such as 12 or 0.38, in at most 30 characters")
    }
}
