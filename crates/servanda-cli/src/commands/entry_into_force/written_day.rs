//! Days as depositaries write them, such as `22 Mar 1956`.

use servanda::{Date, Day};

/// The names of the months in English. Depositaries shorten them to three or more letters.
const MONTHS: [&str; 12] = [
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
];

/// Returns the number of a month, by its name or by the first letters of it, with or without a
/// point.
fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    let is_month = |name: &&str| word.len() >= 3 && name.starts_with(&word);
    let index = MONTHS.iter().position(is_month)?;
    u32::try_from(index + 1).ok()
}

/// Returns the number that a word consists of.
fn number(word: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = digits.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

/// Reads a day at the start of these words, such as `2018-07-06`, `22 Mar 1956` or
/// `2 Sept. 2000`. Returns it with the words after it.
///
/// `None` if the words do not start with a day. An `Err` says why there is no such day.
pub(super) fn day_at<'a, 'b>(words: &'b [&'a str]) -> Option<Result<(Day, &'b [&'a str]), String>> {
    let first = words.first()?;
    if first.len() == 10 && first.as_bytes().get(4) == Some(&b'-') {
        let day = first.parse::<Day>().map_err(|error| error.to_string());
        return Some(day.map(|day| (day, words.get(1..).unwrap_or_default())));
    }
    let [day, name, year, rest @ ..] = words else { return None };
    let (day, month, year) = (number(day, 1..=2)?, month(name)?, number(year, 4..=4)?);
    let year = i32::try_from(year).ok()?;
    Some(Day::new(year, month, day).map(|day| (day, rest)).map_err(|error| error.to_string()))
}

/// Reads a date at the start of these words: a day, or a month or a year if no more is known, such
/// as `Mar 1956`. Returns it with the words after it.
pub(super) fn date_at<'a, 'b>(words: &'b [&'a str]) -> Option<Result<(Date, &'b [&'a str]), String>> {
    if let Some(day) = day_at(words) {
        return Some(day.map(|(day, rest)| (day.into(), rest)));
    }
    let (first, rest) = words.split_first()?;
    if let (Some(month), Some((year, rest))) = (month(first), rest.split_first()) {
        let year = number(year, 4..=4)?;
        let date = format!("{year:04}-{month:02}").parse::<Date>().map_err(|error| error.to_string());
        return Some(date.map(|date| (date, rest)));
    }
    first.parse().ok().map(|date| Ok((date, rest)))
}

/// Returns the first day that a sentence has after this phrase. Commas do not matter.
pub(super) fn day_after(sentence: &str, phrase: &str) -> Option<Day> {
    let at = sentence.to_lowercase().find(phrase)?;
    let rest = sentence.get(at + phrase.len()..)?;
    days_in(rest).into_iter().next()
}

/// Returns the days that a text names, in order.
pub(super) fn days_in(text: &str) -> Vec<Day> {
    let text = text.replace([',', ';', '(', ')'], " ");
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches(['.', ':'])).collect();
    (0..words.len()).filter_map(|at| day_at(words.get(at..)?)?.ok()).map(|(day, _)| day).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Result<(String, usize), String>> {
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(day_at(&words)?.map(|(day, rest)| (day.to_string(), rest.len())))
    }

    #[test]
    fn months_are_shortened_in_more_than_one_way() {
        for text in ["2 Sep 2000", "2 Sept 2000", "2 Sept. 2000", "02 September 2000", "2 SEP 2000", "2000-09-02"] {
            assert_eq!(read(text).unwrap().unwrap(), ("2000-09-02".to_owned(), 0), "{text}");
        }
        assert_eq!(read("19 July 2000 a 3").unwrap().unwrap(), ("2000-07-19".to_owned(), 2));
    }

    #[test]
    fn other_texts_are_no_days() {
        for text in ["", "22 Mar", "Mar 1956", "22 Ma 1956", "22 Mars 1956", "22 Mar 56", "122 Mar 1956", "a"] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["29 Feb 2001", "31 June 2001", "2001-02-29"] {
            assert!(read(text).unwrap().is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_may_be_a_month_or_a_year() {
        for (text, date) in
            [("April 1995 a", "1995-04"), ("Sept. 1995", "1995-09"), ("1995-04", "1995-04"), ("1995 a", "1995")]
        {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(date_at(&words).unwrap().unwrap().0.to_string(), date);
        }
        for text in ["", "a", "April", "31 June 1991", "95"] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert!(date_at(&words).is_none_or(|date| date.is_err()), "{text}");
        }
    }

    #[test]
    fn a_sentence_names_days() {
        let note = "In a communication received on 15 January 1970, the Government notified its withdrawal, with effect \
            from 15 January 1971.";
        let days: Vec<String> = days_in(note).iter().map(Day::to_string).collect();
        assert_eq!(days, ["1970-01-15", "1971-01-15"]);
        assert_eq!(day_after(note, "with effect from").unwrap().to_string(), "1971-01-15");
    }
}
