//! Days and times of spreadsheets.

use servanda::Day;

use crate::Cell;

/// How much of a date a cell shows. A spreadsheet stores March 2015 as the first of March.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Day,
    Month,
    Year,
}

impl Shown {
    /// Reads it off the code of a number format, such as `mmm yyyy`.
    pub(super) fn by_format(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or_default();
        let mut letters = String::new();
        let mut characters = first.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => _ = characters.find(|end| *end == '"'),
                '[' => _ = characters.find(|end| *end == ']'),
                '\\' | '_' | '*' => _ = characters.next(),
                letter => letters.extend(letter.to_lowercase()),
            }
        }
        // The letters e and g stand for years and eras in Japan, and aaa for days of the week.
        let has = |wanted: &[char]| letters.contains(wanted);
        match (has(&['y', 'e']), has(&['m']), has(&['d', 'h', 's', 'a'])) {
            (true, true, false) => Self::Month,
            (true, false, false) => Self::Year,
            _ => Self::Day,
        }
    }

    /// Returns a day as the cell shows it: a text such as `2015-03` if it shows only the month.
    pub(super) fn cell(self, day: Day) -> Cell {
        match self {
            Self::Month if day.day_of_month() == 1 => Cell::Text(format!("{:04}-{:02}", day.year(), day.month())),
            Self::Year if day.day_of_month() == 1 && day.month() == 1 => Cell::Text(format!("{:04}", day.year())),
            _ => Cell::Date(day),
        }
    }
}

/// Reads a serial date: the days since an epoch, with the time of the day as a fraction.
///
/// In the epoch of 1900, 60 stands for a 29 February that did not exist. Up to then the epoch is
/// 1899-12-31, and after that 1899-12-30. The other epoch is 1904-01-01.
pub(super) fn date(serial: f64, is_1904: bool, shown: Shown) -> Cell {
    let fault = |reason: &str| Cell::Fault(format!("the serial date {serial} {reason}"));
    // Day::LAST is 2958465 days after the earlier epoch.
    if !(0.0..2_958_466.0).contains(&serial) {
        return fault("is outside of the years 1900 to 9999");
    }
    let milliseconds = (serial * 86_400_000.0).round();
    let (days, time) = ((milliseconds / 86_400_000.0).floor(), milliseconds % 86_400_000.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked above")]
    let (days, time) = (days as u32, time as u32);
    if days == 0 && !is_1904 {
        return if time == 0 { fault("is not a day") } else { Cell::Text(clock(time)) };
    }
    let epoch = match (is_1904, days) {
        (true, _) => Day::new(1904, 1, 1),
        (false, 60) => return fault("is 1900-02-29, a day that did not exist"),
        (false, ..60) => Day::new(1899, 12, 31),
        (false, _) => Day::new(1899, 12, 30),
    };
    match epoch.ok().and_then(|epoch| epoch.plus_days(days)) {
        Some(day) if time == 0 => shown.cell(day),
        Some(day) => Cell::Text(format!("{day}T{}", clock(time))),
        None => fault("is outside of the years 1900 to 9999"),
    }
}

/// Reads a duration, as hours, minutes and seconds.
pub(super) fn duration(serial: f64) -> Cell {
    let seconds = (serial.abs() * 86_400.0).round();
    if !(0.0..1e15).contains(&seconds) {
        return Cell::Fault("the duration is out of range".to_owned());
    }
    let (minutes, second) = ((seconds / 60.0).floor(), seconds % 60.0);
    let (hours, minute) = ((minutes / 60.0).floor(), minutes % 60.0);
    let sign = if serial < 0.0 { "-" } else { "" };
    Cell::Text(format!("{sign}{hours:.0}:{minute:02.0}:{second:02.0}"))
}

/// Reads a date in ISO 8601. It is a day only if its time is midnight.
pub(super) fn iso(text: &str, shown: Shown) -> Cell {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let midnight = time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    match date.parse() {
        Ok(day) if midnight => shown.cell(day),
        _ => Cell::Text(text.to_owned()),
    }
}

fn clock(milliseconds: u32) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { clock } else { format!("{clock}.{rest:03}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Cell {
        Cell::Date(text.parse().unwrap())
    }

    #[test]
    fn the_epoch_of_1900_has_a_day_that_did_not_exist() {
        let read = |serial| date(serial, false, Shown::Day);
        assert_eq!(read(1.0), day("1900-01-01"));
        assert_eq!(read(59.0), day("1900-02-28"));
        assert!(matches!(read(60.0), Cell::Fault(_)));
        assert_eq!(read(61.0), day("1900-03-01"));
        assert_eq!(read(41_640.0), day("2014-01-01"));
        assert_eq!(read(2_958_465.0), day("9999-12-31"));
        for outside in [-1.0, 2_958_466.0, f64::NAN, f64::INFINITY, 1e300, 0.0] {
            assert!(matches!(read(outside), Cell::Fault(_)), "{outside}");
        }
    }

    #[test]
    fn the_epoch_of_1904_is_four_years_and_a_day_later() {
        assert_eq!(date(0.0, true, Shown::Day), day("1904-01-01"));
        assert_eq!(date(41_640.0 - 1_462.0, true, Shown::Day), day("2014-01-01"));
        assert!(matches!(date(2_958_465.0, true, Shown::Day), Cell::Fault(_)));
    }

    #[test]
    fn a_date_with_a_time_stays_a_text() {
        assert_eq!(date(41_640.5, false, Shown::Day), Cell::Text("2014-01-01T12:00:00".to_owned()));
        assert_eq!(date(0.75, false, Shown::Day), Cell::Text("18:00:00".to_owned()));
        // Less than half a millisecond before midnight: the error of the binary fraction.
        assert_eq!(date(41_639.999_999_999, false, Shown::Day), day("2014-01-01"));
        assert_eq!(iso("2014-01-01T00:00:00.000", Shown::Day), day("2014-01-01"));
        assert_eq!(iso("2014-01-01", Shown::Day), day("2014-01-01"));
        for text in ["2014-01-01T12:00:00", "2014-01-01T00:00:00Z", "2014-02-30", "12:00"] {
            assert_eq!(iso(text, Shown::Day), Cell::Text(text.to_owned()));
        }
        assert_eq!(duration(1.5), Cell::Text("36:00:00".to_owned()));
    }

    #[test]
    fn a_month_is_not_its_first_day() {
        let cases = [
            ("mmm yyyy", Shown::Month),
            ("[$-407]mmmm\\ yyyy;@", Shown::Month),
            ("mmm-yy", Shown::Month),
            ("yyyy\"年\"m\"月\"", Shown::Month),
            ("yyyy", Shown::Year),
            ("yyyy-mm-dd", Shown::Day),
            ("\"added\" yyyy", Shown::Year),
            ("d mmm", Shown::Day),
            ("General", Shown::Day),
        ];
        for (code, shown) in cases {
            assert_eq!(Shown::by_format(code), shown, "{code}");
        }
        assert_eq!(date(42_064.0, false, Shown::Month), Cell::Text("2015-03".to_owned()));
        assert_eq!(date(42_005.0, false, Shown::Year), Cell::Text("2015".to_owned()));
        // The cell holds more than it shows.
        assert_eq!(date(42_078.0, false, Shown::Month), day("2015-03-15"));
    }
}
