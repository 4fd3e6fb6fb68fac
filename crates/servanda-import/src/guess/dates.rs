//! Guesses how dates are written.

use std::sync::LazyLock;

use crate::mapping;

/// The formats, those that leave nothing open first.
const FORMATS: &[&str] = &[
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y年%m月",
    "%Y年",
    "%B %d, %Y",
    "%d %B %Y",
    "%d. %B %Y",
    "%B %Y",
    "%m/%Y",
    "%m.%Y",
    "%Y/%m",
];

/// The formats that differ only in the order of day and month.
const DAY_FIRST: &str = "%d/%m/%Y";
const MONTH_FIRST: &str = "%m/%d/%Y";

/// The names of the months in German.
pub(super) const GERMAN: [&str; 12] = [
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
];

/// The names of the months in French.
pub(super) const FRENCH: [&str; 12] = [
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
];

/// Reads dates with English names of months, and with those of another language, too.
struct Readers {
    english: mapping::Dates,
    german: mapping::Dates,
    french: mapping::Dates,
}

static READERS: LazyLock<Readers> = LazyLock::new(|| {
    let with = |months: &[&str]| mapping::Dates {
        formats: Vec::new(),
        months: months.iter().map(|name| (*name).to_owned()).collect(),
    };
    Readers { english: with(&[]), german: with(&GERMAN), french: with(&FRENCH) }
});

/// The languages whose names of months a date needs. None of them if English is enough.
#[derive(Clone, Copy, Debug)]
struct Needs {
    german: bool,
    french: bool,
}

impl Needs {
    /// `None` if the text is no date in the format.
    fn of(text: &str, format: &str) -> Option<Self> {
        if READERS.english.reads(text, format) {
            return Some(Self { german: false, french: false });
        }
        let needs = Self { german: READERS.german.reads(text, format), french: READERS.french.reads(text, format) };
        (needs.german || needs.french).then_some(needs)
    }
}

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
    needs_no_format(text)
        || has_short_year(text)
        || is_fiscal_year(text)
        || FORMATS.iter().any(|format| Needs::of(text, format).is_some())
}

/// Whether Servanda reads a text as a date without a format.
fn needs_no_format(text: &str) -> bool {
    READERS.english.read(text).is_ok()
}

impl Dates {
    /// Looks at the texts of the columns with dates.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut dates = Self::default();
        let mut counts = vec![0_usize; FORMATS.len()];
        let mut needs_either = false;
        for text in texts.map(str::trim).filter(|text| !needs_no_format(text)) {
            let mut is_read = false;
            for (count, format) in counts.iter_mut().zip(FORMATS) {
                if let Some(needs) = Needs::of(text, format) {
                    is_read = true;
                    *count += 1;
                    match needs {
                        Needs { german: true, french: true } => needs_either = true,
                        Needs { german, french } => {
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
        let count_of = |wanted: &str| {
            counts.iter().zip(FORMATS).find(|(_, format)| **format == wanted).map_or(0, |(count, _)| *count)
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
            .filter(|(count, format)| **count > 0 && **format != unlikely)
            .map(|(count, format)| (*count, *format))
            .collect();
        found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        dates.formats = found.into_iter().map(|(_, format)| format).collect();
        dates
    }
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
        // A day that does not exist is not read by an import either.
        assert_eq!(Dates::of(["30.2.2013"].into_iter()).unread, ["30.2.2013"]);
        assert!(!Dates::of(["5 May 2013"].into_iter()).needs_german);
    }
}
