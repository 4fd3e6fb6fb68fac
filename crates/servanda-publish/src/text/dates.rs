//! Dates in the words of a language.

use servanda::{Date, Day, Moment};

use super::Html;

/// How a language writes dates. In the patterns, `{y}`, `{m}`, `{month}` and `{d}` stand for the
/// year, the number and the name of the month, and the day of the month.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DateWords {
    pub(crate) months: Vec<String>,
    pub(crate) short_months: Vec<String>,
    /// A day.
    pub(crate) day: String,
    /// The first day of a month, in languages that write it differently; otherwise empty.
    pub(crate) first_of_month: String,
    pub(crate) month: String,
    pub(crate) year: String,
    /// One unknown day of a range, with `{first}` and `{last}`.
    pub(crate) range: String,
    /// A moment, with `{day}` and `{time}`.
    pub(crate) moment: String,
}

impl DateWords {
    /// The short name of a month from 1 to 12.
    pub(crate) fn short_month(&self, month: u32) -> &str {
        let index = (month as usize).checked_sub(1);
        index.and_then(|index| self.short_months.get(index)).map_or("", String::as_str)
    }
}

/// Returns a date as plain text.
pub(crate) fn plain_date(date: Date, words: &DateWords) -> String {
    let (first, last) = (date.first_day(), date.last_day());
    let written = date.to_string();
    match written.len() {
        4 => filled(&words.year, first, words),
        7 => filled(&words.month, first, words),
        10 => of_day(first, words),
        _ => words.range.replace("{first}", &of_day(first, words)).replace("{last}", &of_day(last, words)),
    }
}

/// Returns a date as a reader of the language writes it, as precisely as it is known.
pub(crate) fn date(date: Date, words: &DateWords) -> Html {
    let (first, last) = (date.first_day(), date.last_day());
    let written = date.to_string();
    if written.starts_with('[') {
        let [first, last] = [first, last].map(|day| time(&day.to_string(), &of_day(day, words)));
        return Html::filled(&words.range, &[("first", &first), ("last", &last)]);
    }
    let pattern = match written.len() {
        4 => &words.year,
        7 => &words.month,
        _ => return time(&written, &of_day(first, words)),
    };
    time(&written, &filled(pattern, first, words))
}

/// Returns a moment: its day and its time in UTC, to the minute.
pub(crate) fn moment(moment: Moment, words: &DateWords) -> Html {
    let written = moment.to_string();
    let time_of_day = Html::text(written.get(11..16).unwrap_or_default());
    let day = Html::text(&of_day(moment.day(), words));
    let shown = Html::filled(&words.moment, &[("day", &day), ("time", &time_of_day)]);
    Html::trusted(format!("<time datetime=\"{written}\">{shown}</time>"))
}

fn of_day(day: Day, words: &DateWords) -> String {
    let is_first = day.day_of_month() == 1 && !words.first_of_month.is_empty();
    filled(if is_first { &words.first_of_month } else { &words.day }, day, words)
}

fn filled(pattern: &str, day: Day, words: &DateWords) -> String {
    let name = words.months.get(day.month() as usize - 1).map_or("", String::as_str);
    pattern
        .replace("{y}", &day.year().to_string())
        .replace("{month}", name)
        .replace("{m}", &day.month().to_string())
        .replace("{d}", &day.day_of_month().to_string())
}

fn time(written: &str, shown: &str) -> Html {
    // A year of fewer than four digits is written with zeros, as the attribute requires.
    Html::trusted(format!("<time datetime=\"{written}\">{}</time>", Html::text(shown)))
}
