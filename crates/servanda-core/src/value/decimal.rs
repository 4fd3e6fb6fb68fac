//! Exact shares, weights and measured values.

use super::leaf::checked_text;
use super::leaf::serde_as_text;
use crate::value::ValueKind;

/// A weight, a share or a measured value as an exact decimal number that is not negative, such as
/// `12` or `0.38`.
///
/// It keeps the text as it was written. A share of emissions or of GDP can decide whether a treaty
/// is in force, and binary fractions would round it.
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

/// An exact sum of [`Decimal`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount {
    whole: u128,
    /// In units of 10^-28, because a decimal has at most 28 digits after the point.
    fraction: u128,
}

const FRACTION_DIGITS: usize = 28;
const ONE: u128 = 10u128.pow(28);

impl Amount {
    pub(crate) fn percent(number: u32) -> Self {
        Self { whole: number.into(), fraction: 0 }
    }

    pub(crate) fn of(decimal: &Decimal) -> Self {
        let (whole, fraction) = decimal.as_str().split_once('.').unwrap_or((decimal.as_str(), ""));
        let fraction = format!("{fraction:0<FRACTION_DIGITS$}");
        // A decimal has at most 30 digits, and these fit into a `u128`.
        Self { whole: whole.parse().unwrap_or(u128::MAX), fraction: fraction.parse().unwrap_or(0) }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let fraction = self.fraction + other.fraction;
        let whole = self.whole.saturating_add(other.whole).saturating_add(fraction / ONE);
        Self { whole, fraction: fraction % ONE }
    }

    /// Subtracts `other`. The result is zero if `other` is as large or larger.
    pub(crate) fn minus(self, other: Self) -> Self {
        if self <= other {
            return Self::default();
        }
        let borrow = u128::from(self.fraction < other.fraction);
        Self { whole: self.whole - other.whole - borrow, fraction: self.fraction + borrow * ONE - other.fraction }
    }

    /// This amount as a share of another, rounded down to four digits after the point. `None` if
    /// the other is zero, or if the share is too long for a decimal.
    pub(crate) fn share_of(self, other: Self) -> Option<Decimal> {
        if other == Self::default() {
            return None;
        }
        // Long division. The first digit is that of the largest multiple that fits.
        let mut multiples = vec![other];
        while let Some(next) = multiples.last().map(|last| last.times_ten()).filter(|next| *next <= self) {
            multiples.push(next);
        }
        let (mut rest, mut digits) = (self, String::new());
        for multiple in multiples.into_iter().rev() {
            digits.push(rest.take_all(multiple));
        }
        digits.push('.');
        for _ in 0..4 {
            rest = rest.times_ten();
            digits.push(rest.take_all(other));
        }
        digits.trim_end_matches('0').trim_end_matches('.').parse().ok()
    }

    fn times_ten(self) -> Self {
        let fraction = self.fraction * 10;
        Self { whole: self.whole.saturating_mul(10).saturating_add(fraction / ONE), fraction: fraction % ONE }
    }

    /// Subtracts `other` as often as possible, which must be fewer than ten times, and returns this
    /// number as a digit.
    fn take_all(&mut self, other: Self) -> char {
        let mut digit = b'0';
        while other <= *self && digit < b'9' {
            *self = self.minus(other);
            digit += 1;
        }
        char::from(digit)
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fraction = format!("{:0FRACTION_DIGITS$}", self.fraction);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}", self.whole),
            fraction => write!(f, "{}.{fraction}", self.whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::of(&text.parse().unwrap())
    }

    #[test]
    fn sums_are_exact() {
        for (a, b, sum) in [
            ("0.1", "0.2", "0.3"),
            ("17.89", "20.09", "37.98"),
            ("54.999", "0.001", "55"),
            ("0.9999999999999999999999999999", "0.0000000000000000000000000001", "1"),
            ("999999999999999999999999999999", "1", "1000000000000000000000000000000"),
        ] {
            let total = amount(a).plus(amount(b));
            assert_eq!(total.to_string(), sum);
            assert_eq!((total.minus(amount(b)), total.minus(amount(a))), (amount(a), amount(b)));
            assert_eq!(amount(a).minus(total), Amount::default());
        }
    }

    #[test]
    fn shares_are_exact_and_rounded_down() {
        for (part, whole, share) in [
            ("455", "1000", Some("0.455")),
            ("1000", "1000.0", Some("1")),
            ("999.9999", "1000", Some("0.9999")),
            ("2", "3", Some("0.6666")),
            ("0", "7", Some("0")),
            ("1234567", "10", Some("123456.7")),
            ("0.1", "0.3", Some("0.3333")),
            ("100", "0.1", Some("1000")),
            ("999999999999999999999999999999", "999999999999999999999999999999", Some("1")),
            ("999999999999999999999999999999", "0.0000000000000000000000000001", None),
            ("12", "0.00", None),
        ] {
            let found = amount(part).share_of(amount(whole));
            assert_eq!(found.as_ref().map(Decimal::as_str), share, "{part} of {whole}");
        }
    }

    #[test]
    fn amounts_compare_by_value_and_not_by_spelling() {
        assert_eq!(amount("55.00"), amount("55"));
        assert!(amount("9") < amount("10") && amount("0.09") < amount("0.1"));
    }
}
