//! Guesses how dates are written.

/// A way to write a date, and how many of the values it can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Format {
    pattern: &'static str,
    /// The order of the numbers: years, months, days or names of months.
    parts: &'static [Part],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    /// The name of a month.
    Name,
    /// Characters between numbers.
    Between(&'static str),
}

use Part::{Between, Day, Month, Name, Year};

/// The formats, those that leave nothing open first.
const FORMATS: &[Format] = &[
    Format { pattern: "%d.%m.%Y", parts: &[Day, Between("."), Month, Between("."), Year] },
    Format { pattern: "%d/%m/%Y", parts: &[Day, Between("/"), Month, Between("/"), Year] },
    Format { pattern: "%m/%d/%Y", parts: &[Month, Between("/"), Day, Between("/"), Year] },
    Format { pattern: "%d-%m-%Y", parts: &[Day, Between("-"), Month, Between("-"), Year] },
    Format { pattern: "%Y/%m/%d", parts: &[Year, Between("/"), Month, Between("/"), Day] },
    Format { pattern: "%Y.%m.%d", parts: &[Year, Between("."), Month, Between("."), Day] },
    Format { pattern: "%Y年%m月%d日", parts: &[Year, Between("年"), Month, Between("月"), Day, Between("日")] },
    Format { pattern: "%Y年%m月", parts: &[Year, Between("年"), Month, Between("月")] },
    Format { pattern: "%Y年", parts: &[Year, Between("年")] },
    Format { pattern: "%B %d, %Y", parts: &[Name, Between(" "), Day, Between(", "), Year] },
    Format { pattern: "%d %B %Y", parts: &[Day, Between(" "), Name, Between(" "), Year] },
    Format { pattern: "%d. %B %Y", parts: &[Day, Between(". "), Name, Between(" "), Year] },
    Format { pattern: "%B %Y", parts: &[Name, Between(" "), Year] },
    Format { pattern: "%m/%Y", parts: &[Month, Between("/"), Year] },
    Format { pattern: "%m.%Y", parts: &[Month, Between("."), Year] },
    Format { pattern: "%Y/%m", parts: &[Year, Between("/"), Month] },
];

/// The formats that differ only in the order of day and month.
const DAY_FIRST: &str = "%d/%m/%Y";
const MONTH_FIRST: &str = "%m/%d/%Y";

/// The names of the months in a language, in lower case.
pub(super) struct Months {
    pub(super) names: [&'static str; 12],
}

const ENGLISH: Months = Months {
    names: [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
};

pub(super) const GERMAN: Months = Months {
    names: [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
};

pub(super) const FRENCH: Months = Months {
    names: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

/// The forms in which the dates of a table may be written.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// The formats that are needed, the most frequent one first.
    pub(super) formats: Vec<&'static str>,
    /// Whether nothing tells days from months, so that both orders are possible.
    pub(super) is_order_open: bool,
    pub(super) needs_german: bool,
    pub(super) needs_french: bool,
    /// The values that are no date in any format.
    pub(super) unread: Vec<String>,
    /// Years of two digits, which no format reads.
    pub(super) short_years: bool,
    /// Fiscal years such as 2015年度, which are not calendar years.
    pub(super) fiscal_years: bool,
}

/// Whether a text may be a date.
pub(super) fn is_date(text: &str) -> bool {
    is_iso(text)
        || has_short_year(text)
        || is_fiscal_year(text)
        || FORMATS.iter().any(|format| read(text, *format).is_some())
}

/// Whether Servanda reads a text as a date without a format.
fn is_iso(text: &str) -> bool {
    text.parse::<servanda::Date>().is_ok()
        || text.split_once(['T', ' ']).is_some_and(|(day, time)| {
            day.parse::<servanda::Day>().is_ok() && time.starts_with(|first: char| first.is_ascii_digit())
        })
}

impl Dates {
    /// Looks at the texts of the columns with dates.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut dates = Self::default();
        let mut counts = vec![0_usize; FORMATS.len()];
        let mut needs_either = false;
        for text in texts.map(str::trim).filter(|text| !is_iso(text)) {
            let mut is_read = false;
            for (count, format) in counts.iter_mut().zip(FORMATS) {
                if let Some(languages) = read(text, *format) {
                    is_read = true;
                    *count += 1;
                    match languages {
                        Languages { english: true, .. } => {}
                        Languages { german: true, french: true, .. } => needs_either = true,
                        Languages { german, french, .. } => {
                            dates.needs_german |= german;
                            dates.needs_french |= french;
                        }
                    }
                }
            }
            if !is_read {
                dates.short_years |= has_short_year(text);
                dates.fiscal_years |= is_fiscal_year(text);
                if dates.unread.len() < 3 && !dates.unread.iter().any(|known| known == text) {
                    dates.unread.push(text.to_owned());
                }
            }
        }
        dates.needs_german |= needs_either && !dates.needs_french;
        let count_of = |pattern: &str| {
            counts.iter().zip(FORMATS).find(|(_, format)| format.pattern == pattern).map_or(0, |(count, _)| *count)
        };
        let (day_first, month_first) = (count_of(DAY_FIRST), count_of(MONTH_FIRST));
        dates.is_order_open = day_first > 0 && day_first == month_first;
        let unlikely = match (dates.is_order_open, day_first >= month_first) {
            (false, false) => DAY_FIRST,
            _ => MONTH_FIRST,
        };
        let mut found: Vec<(usize, &'static str)> = counts
            .iter()
            .zip(FORMATS)
            .filter(|(count, format)| **count > 0 && format.pattern != unlikely)
            .map(|(count, format)| (*count, format.pattern))
            .collect();
        found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        dates.formats = found.into_iter().map(|(_, pattern)| pattern).collect();
        dates
    }
}

/// The languages in which a month has a name. None of them if it is a number.
#[derive(Clone, Copy, Debug, Default)]
struct Languages {
    english: bool,
    german: bool,
    french: bool,
}

impl Languages {
    fn of(name: &str) -> Option<Self> {
        let is_in = |months: &Months| {
            let is_it = |full: &str| full == name || (name.chars().count() >= 3 && full.starts_with(name));
            months.names.iter().any(|full| is_it(full))
        };
        let languages = Self { english: is_in(&ENGLISH), german: is_in(&GERMAN), french: is_in(&FRENCH) };
        (languages.english || languages.german || languages.french).then_some(languages)
    }
}

/// Reads a date by a format. Returns the languages of its month.
fn read(text: &str, format: Format) -> Option<Languages> {
    let mut rest = text.trim();
    let mut languages = Languages::default();
    for part in format.parts {
        match part {
            Between(characters) => rest = rest.strip_prefix(characters)?,
            Year => rest = number(rest, 4, 4, 1..=9999)?,
            Month => rest = number(rest, 1, 2, 1..=12)?,
            Day => rest = number(rest, 1, 2, 1..=31)?,
            Name => {
                let length = rest.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
                let (name, after) = rest.split_at_checked(length)?;
                languages = Languages::of(&name.to_lowercase())?;
                rest = after.strip_prefix('.').unwrap_or(after);
            }
        }
    }
    rest.is_empty().then_some(languages)
}

fn number(text: &str, least: usize, most: usize, range: std::ops::RangeInclusive<u32>) -> Option<&str> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).filter(|_| digits >= least)?;
    range.contains(&number.parse().ok()?).then_some(rest)
}

fn is_fiscal_year(text: &str) -> bool {
    text.trim().strip_suffix("年度").is_some_and(|year| year.len() == 4 && year.parse::<u32>().is_ok())
}

fn has_short_year(text: &str) -> bool {
    let numbers: Vec<&str> = text.split(['.', '/', '-']).collect();
    numbers.len() == 3 && numbers.iter().all(|number| (1..=2).contains(&number.len()) && number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(texts: &[&str]) -> (Vec<&'static str>, bool) {
        let dates = Dates::of(texts.iter().copied());
        (dates.formats, dates.is_order_open)
    }

    #[test]
    fn formats_follow_from_the_values() {
        let cases: [(&[&str], &[&str], bool); 9] = [
            (&["2013-03-15", "2013", "2013-03", "2013-03-15T10:00:00"], &[], false),
            (&["15.3.2013", "2013-03-15"], &["%d.%m.%Y"], false),
            (&["03/15/2013", "03/04/2013"], &["%m/%d/%Y"], false),
            (&["15/03/2013", "03/04/2013"], &["%d/%m/%Y"], false),
            (&["03/04/2013", "01/02/2014"], &["%d/%m/%Y"], true),
            (&["March 3, 2013", "Sept. 4, 2013", "May 2014"], &["%B %d, %Y", "%B %Y"], false),
            (&["2013年3月15日", "2014年4月", "2015年"], &["%Y年%m月%d日", "%Y年%m月", "%Y年"], false),
            (&["3. März 2013"], &["%d. %B %Y"], false),
            (&["3 août 2013"], &["%d %B %Y"], false),
        ];
        for (texts, patterns, is_order_open) in cases {
            assert_eq!(formats(texts), (patterns.to_vec(), is_order_open), "{texts:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_named() {
        let dates = Dates::of(["soon", "3.4.13", "soon"].into_iter());
        assert_eq!(dates.unread, ["soon", "3.4.13"]);
        assert!(dates.short_years);
        assert!(Dates::of(["5. Oktober 2013"].into_iter()).needs_german);
        assert!(Dates::of(["5 juillet 2013"].into_iter()).needs_french);
        // "mai" is in both languages.
        let both = Dates::of(["5 mai 2013", "5 juin 2013"].into_iter());
        assert!(both.needs_french && !both.needs_german);
        assert!(Dates::of(["2015年度"].into_iter()).fiscal_years);
        assert!(!Dates::of(["5 May 2013"].into_iter()).needs_german);
    }
}
