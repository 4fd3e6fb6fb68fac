//! Formats of dates, such as `%d.%m.%Y`.

use servanda::{Date, Day};

/// How dates are written in a table, apart from the way in which Servanda writes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dates {
    pub(crate) formats: Vec<String>,
    /// The names of the months, from January on: as many names for each as the mapping has twelves.
    pub(crate) months: Vec<String>,
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Dates {
    /// Reads a date.
    ///
    /// The formats are tried in order, before that the way in which Servanda writes dates. A time
    /// after a day is left out.
    pub(crate) fn read(&self, text: &str) -> Result<Date, String> {
        let text = text.trim();
        let written = text.parse::<Date>();
        if let Ok(date) = written {
            return Ok(date);
        }
        if let Some(day) = day_of_moment(text) {
            return Ok(day.into());
        }
        let mut impossible = None;
        for format in &self.formats {
            match self.read_as(text, format).map(|written| written.parse()) {
                Some(Ok(date)) => return Ok(date),
                Some(Err(error)) => impossible = impossible.or(Some(format!("{error}"))),
                None => {}
            }
        }
        let formats = match self.formats.as_slice() {
            [] => "add its format to `formats` under [dates], such as %d.%m.%Y".to_owned(),
            formats => format!("the formats under [dates] are {}", formats.join(", ")),
        };
        // A day such as 2013-02-30 is written well, and does not exist.
        let is_iso = text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let impossible = impossible.or(written.err().filter(|_| is_iso).map(|error| error.to_string()));
        Err(impossible.unwrap_or_else(|| format!("{} is not a date; {formats}", servanda::format::quote(text))))
    }

    /// Whether a text is a date in a format.
    pub(crate) fn reads(&self, text: &str, format: &str) -> bool {
        self.read_as(text.trim(), format).is_some_and(|written| written.parse::<Date>().is_ok())
    }

    /// Reads a text by a format, and returns the date as Servanda writes it.
    fn read_as(&self, text: &str, format: &str) -> Option<String> {
        let (mut year, mut month, mut day) = (None, None, None);
        let (mut rest, mut pattern) = (text, format.chars());
        while let Some(expected) = pattern.next() {
            if expected != '%' {
                rest = rest.strip_prefix(expected)?;
                continue;
            }
            match pattern.next()? {
                'Y' => (year, rest) = number(rest, 4, 4)?,
                'm' => (month, rest) = number(rest, 1, 2)?,
                'd' => (day, rest) = number(rest, 1, 2)?,
                'B' => (month, rest) = self.month(rest)?,
                '%' => rest = rest.strip_prefix('%')?,
                _ => return None,
            }
        }
        if !rest.is_empty() {
            return None;
        }
        Some(match (year?, month, day) {
            (year, Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (year, Some(month), None) => format!("{year:04}-{month:02}"),
            (year, None, _) => format!("{year:04}"),
        })
    }

    /// Reads the name of a month, or its first letters.
    fn month<'a>(&self, text: &'a str) -> Option<(Option<u32>, &'a str)> {
        let length: usize = text.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let (name, rest) = text.split_at_checked(length)?;
        let name = name.to_lowercase();
        let names = self.months.iter().map(String::as_str).zip((0..12).cycle());
        let english = ENGLISH.into_iter().zip(0..12);
        let is_it = |full: &str| {
            let full = full.to_lowercase();
            full == name || (name.chars().count() >= 3 && full.starts_with(&name))
        };
        let (full, month) = names.chain(english).find(|(full, _)| is_it(full))?;
        // An abbreviation can end with a full stop.
        let abbreviated = full.to_lowercase() != name;
        Some((Some(month + 1), rest.strip_prefix('.').filter(|_| abbreviated).unwrap_or(rest)))
    }

    /// The problem with a format, if there is one.
    pub(crate) fn fault(format: &str) -> Option<String> {
        let mut pattern = format.chars();
        let mut has_year = false;
        while let Some(next) = pattern.next() {
            if next == '%' {
                match pattern.next() {
                    Some('Y') => has_year = true,
                    Some('m' | 'd' | 'B' | '%') => {}
                    Some('y') => {
                        return Some("%y leaves the century open; write %Y, and years with four digits".into());
                    }
                    other => {
                        let found = other.map_or_else(String::new, |other| other.to_string());
                        return Some(format!("there is no %{found}; use %d, %m, %B and %Y"));
                    }
                }
            }
        }
        (!has_year).then(|| "it has no %Y, and a date has a year".to_owned())
    }
}

/// Reads a number with this many digits.
fn number(text: &str, least: usize, most: usize) -> Option<(Option<u32>, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).filter(|_| digits >= least)?;
    Some((Some(number.parse().ok()?), rest))
}

/// The day of a moment such as `2013-02-22T00:00:00` or `2013-02-22 00:00`.
fn day_of_moment(text: &str) -> Option<Day> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', ' '])?;
    (time.len() >= 5 && time.starts_with(|c: char| c.is_ascii_digit())).then(|| day.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(formats: &[&str], months: &[&str], text: &str) -> Result<String, String> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Dates { formats: owned(formats), months: owned(months) }.read(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_in_the_formats_of_the_table() {
        let cases = [
            ("%d.%m.%Y", "22.2.2013", "2013-02-22"),
            ("%d/%m/%Y", "03/04/2013", "2013-04-03"),
            ("%B %d, %Y", "February 22, 2013", "2013-02-22"),
            ("%d. %B %Y", "3. Sept. 2013", "2013-09-03"),
            ("%B %Y", "Feb 2013", "2013-02"),
            ("%m/%Y", "02/2013", "2013-02"),
            ("%Y年%m月%d日", "2013年2月22日", "2013-02-22"),
        ];
        for (format, text, date) in cases {
            assert_eq!(read(&[format], &[], text).as_deref(), Ok(date), "{text} as {format}");
        }
    }

    #[test]
    fn dates_as_servanda_writes_them_need_no_format() {
        for (text, date) in [
            ("2013", "2013"),
            (" 2013-02 ", "2013-02"),
            ("2013-02-22", "2013-02-22"),
            ("2013-02-22T10:30:00", "2013-02-22"),
            ("2013-02-22 00:00:00", "2013-02-22"),
            ("[2013-02-10..2013-02-14]", "[2013-02-10..2013-02-14]"),
        ] {
            assert_eq!(read(&[], &[], text).as_deref(), Ok(date));
        }
    }

    #[test]
    fn months_can_have_names_in_another_language() {
        let german = [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        assert_eq!(read(&["%d. %B %Y"], &german, "3. März 2013").as_deref(), Ok("2013-03-03"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let refused = |formats: &[&str], text: &str| read(formats, &[], text).unwrap_err();
        assert_eq!(
            refused(&[], "22.2.2013"),
            r#""22.2.2013" is not a date; add its format to `formats` under [dates], such as %d.%m.%Y"#
        );
        assert_eq!(refused(&["%d.%m.%Y"], "soon"), r#""soon" is not a date; the formats under [dates] are %d.%m.%Y"#);
        assert_eq!(refused(&["%d.%m.%Y"], "30.02.2013"), r#""2013-02-30" is not a date: 2013-02 has 28 days"#);
    }
}
