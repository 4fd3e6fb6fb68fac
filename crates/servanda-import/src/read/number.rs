//! Numbers as exact decimal text.

use crate::Cell;

/// The exponent from which a number is not written out any more.
const MAX_EXPONENT: i32 = 400;

/// Reads the number in a cell.
///
/// A spreadsheet shows and stores at most 15 significant digits, so 0.1 + 0.2 is 0.3 there. Whole
/// numbers up to 2⁵³ are exact; larger ones, such as a long id, have lost digits already.
pub(crate) fn cell(number: f64) -> Cell {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return Cell::Number(if number == 0.0 { "0".to_owned() } else { format!("{number:.0}") });
    }
    let text = plain_decimal(&format!("{number:.14e}")).filter(|_| number.abs() < EXACT);
    match text {
        Some(text) if text.contains('.') => Cell::Number(text.trim_end_matches('0').trim_end_matches('.').to_owned()),
        Some(text) => Cell::Number(text),
        None => {
            Cell::Fault(format!("the number {number:e} has more digits than a spreadsheet keeps; format it as text"))
        }
    }
}

/// Writes a number such as `+1_000.50` or `12e-3` without a plus sign, underscores and exponent.
/// All its digits stay. `None` if it is not such a number.
pub(crate) fn plain_decimal(text: &str) -> Option<String> {
    let text = text.replace('_', "");
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 || exponent.abs() > MAX_EXPONENT {
        return None;
    }
    let all = format!("{whole}{fraction}");
    // The place of the point in `all`.
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= all.len() => (format!("{all}{}", "0".repeat(point - all.len())), String::new()),
        Ok(point) => {
            let (whole, fraction) = all.split_at_checked(point)?;
            (whole.to_owned(), fraction.to_owned())
        }
        Err(_) => (String::new(), format!("{}{all}", "0".repeat(point.unsigned_abs() as usize))),
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let negative = sign == "-" && (whole != "0" || fraction.bytes().any(|digit| digit != b'0'));
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{}{whole}{point}{fraction}", if negative { "-" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_that_the_program_shows() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (2_015.0, "2015"),
            (-0.0, "0"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1_200_000.0, "1200000"),
            (-12.5, "-12.5"),
            (1e-7, "0.0000001"),
            (0.07, "0.07"),
            (123_456_789_012_340.2, "123456789012340"),
            (100.000_000_000_000_01, "100"),
        ];
        for (number, text) in cases {
            assert_eq!(cell(number), Cell::Number(text.to_owned()));
        }
        for lost in [12_345_678_901_234_567.0, 1e300, f64::NAN, f64::NEG_INFINITY] {
            assert!(matches!(cell(lost), Cell::Fault(_)), "{lost}");
        }
    }

    #[test]
    fn a_written_number_keeps_its_digits() {
        let cases = [
            ("1.50", "1.50"),
            ("+1_000", "1000"),
            ("12e-3", "0.012"),
            ("1.5E3", "1500"),
            ("-0.0", "0.0"),
            ("007", "7"),
            (".5", "0.5"),
            ("123456789012345678901234567890.12", "123456789012345678901234567890.12"),
        ];
        for (written, text) in cases {
            assert_eq!(plain_decimal(written).as_deref(), Some(text), "{written}");
        }
        for refused in ["", ".", "inf", "1e999999999", "0x10", "1.2.3", "--1", "1e"] {
            assert_eq!(plain_decimal(refused), None, "{refused}");
        }
    }
}
