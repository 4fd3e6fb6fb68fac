use std::fmt::{Debug, Display};
use std::str::FromStr;

use servanda::{
    Date, Day, Deadline, Moment, Slug,
    value::{Decimal, Digest, EntryId, Language, Note, Title, Url, ValueError},
};

use super::check_error;

/// The input is a text, which is read as each kind of value. An accepted value is written
/// unchanged, and a refused one has an error. A day is a date whose first and last day are that
/// day, each day is between its neighbours, and a deadline has passed on the day after the last day
/// that it can mean.
pub fn dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (day, date, deadline) = (read::<Day>(text), read::<Date>(text), read::<Deadline>(text));
    read::<Digest>(text);
    read::<EntryId>(text);
    read::<Language>(text);
    read::<Slug>(text);
    read_new::<Title>(text);
    read_new::<Note>(text);
    read_new::<Url>(text);
    read::<Decimal>(text);
    if let Some(day) = day {
        check_day(day);
        assert_eq!(date, Some(day.into()), "a day is a date");
    }
    if let Some(date) = date {
        assert!(date.first_day() <= date.last_day());
        assert_eq!(date.first_day() == date.last_day(), day.is_some());
        let (first, last) = (date.first_day().to_string(), date.last_day().to_string());
        assert!(first.starts_with(text) && last.starts_with(text), "{text} lies within {first} to {last}");
    }
    assert_eq!(deadline.map(Deadline::date), date, "dates are deadlines");
    if let Some(deadline) = deadline {
        let last = deadline.date().last_day();
        assert!(!deadline.has_passed(last));
        assert!(last.plus_days(1).is_none_or(|next| deadline.has_passed(next)));
    }
    if let Some(moment) = read::<Moment>(text) {
        assert_eq!(Moment::from_micros(moment.micros()).ok(), Some(moment));
        assert!(text.starts_with(&moment.day().to_string()));
        check_day(moment.day());
    }
}

fn check_day(day: Day) {
    assert_eq!(Day::new(day.year(), day.month(), day.day_of_month()).ok(), Some(day));
    for count in [1, 31, 365, u32::MAX] {
        if let Some(later) = day.plus_days(count) {
            assert_eq!(later.days_since(day), i64::from(count));
        }
    }
    if let Some(before) = day.previous() {
        assert!(before < day);
        assert_eq!(before.plus_days(1), Some(day));
    }
}

/// Reads the text as a value whose rules are stricter for new text than for recorded text.
///
/// Parsing only removes what is around the text and writes line ends as line feeds, and what it
/// returns is read as it is. A recorded text may be refused as new text, but not the other way
/// round.
fn read_new<T>(text: &str)
where
    T: FromStr<Err = ValueError> + Display + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let recorded = |text: &str| serde_json::from_value::<T>(text.into());
    match text.parse::<T>() {
        Ok(value) => {
            let tidied = value.to_string();
            assert!(text.replace("\r\n", "\n").replace('\r', "\n").contains(&tidied));
            assert_eq!(read::<T>(&tidied), Some(value));
        }
        Err(error) => check_error(error.code(), &error.to_string(), &error.details()),
    }
    if let Ok(value) = recorded(text) {
        assert_eq!(value.to_string(), text);
    }
}

/// Reads the text as a value of type `T`, alone and as JSON.
fn read<T>(text: &str) -> Option<T>
where
    T: FromStr<Err = ValueError> + Display + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let in_json = serde_json::to_string(text).expect("text is JSON");
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string(), text);
            assert_eq!(serde_json::to_string(&value).ok(), Some(in_json.clone()));
            assert_eq!(serde_json::from_str::<T>(&in_json).ok().as_ref(), Some(&value));
            Some(value)
        }
        Err(error) => {
            check_error(error.code(), &error.to_string(), &error.details());
            assert!(serde_json::from_str::<T>(&in_json).is_err(), "{text:?} is refused alone and read in JSON");
            None
        }
    }
}
