//! Leaf types: the type as which each crosses, and the check when it comes in.

use std::collections::{BTreeMap, HashMap};

use servanda::{
    Date, Day, Deadline, Moment, Slug,
    treaty::EntryIntoForce,
    value::{Decimal, Digest, EntryId, Language, Note, Title, Url},
};

use crate::error::ServandaError;
use crate::records::ClockRule;

/// The result of reading a value that comes in.
type Lifted<T> = uniffi::Result<T>;

fn checked<T, E>(checked: Result<T, E>) -> Lifted<T>
where
    ServandaError: From<E>,
{
    Ok(checked.map_err(ServandaError::from)?)
}

uniffi::custom_type!(
    /// An id that a person chose, such as `jp/hague-convention`.
    Slug, String, { remote, lower: |slug| slug.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// A line of text: 1 to 300 characters.
    Title, String, { remote, lower: |title| title.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// A longer text: 1 to 100,000 characters.
    Note, String, { remote, lower: |note| note.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// An `https`, `http` or `ftp` address.
    Url, String, { remote, lower: |url| url.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// A language, as a BCP 47 tag in lower case, such as `ja`.
    Language, String, { remote, lower: |language| language.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// An exact number, as text, such as `0.5`.
    Decimal, String, { remote, lower: |decimal| decimal.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// A SHA-256 digest, such as `sha256:0b3f…`.
    Digest, String, { remote, lower: |digest| digest.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// The id of an entry: the digest of its line, such as `sha256:0b3f…`.
    EntryId, String, { remote, lower: |id| id.to_string(), try_lift: |text| checked(text.parse()) }
);

// A day crosses as a number, 20130315 for 2013-03-15, from which any calendar library can make its
// own date without parsing text. The number has 64 bits because other libraries have years that
// Servanda refuses.
uniffi::custom_type!(
    /// A civil date at the place of the act, in the years 1 to 9999.
    Day, i64, { remote, lower: |day| pack_day(day), try_lift: |packed| checked(unpack_day(packed)) }
);
uniffi::custom_type!(
    /// A day, or as much of it as is known: a month, a year or a range of days.
    Date, i64, { remote, lower: |date| pack_date(date), try_lift: |packed| checked(unpack_date(packed)) }
);
uniffi::custom_type!(
    /// A date by whose end something is due.
    Deadline, i64, {
        remote,
        lower: |deadline| pack_date(deadline.date()),
        try_lift: |packed| Ok(Deadline::from(checked(unpack_date(packed))?)),
    }
);
uniffi::custom_type!(
    /// A moment in UTC, to the microsecond.
    Moment, i64, { remote, lower: |moment| moment.micros(), try_lift: |micros| checked(Moment::from_micros(micros)) }
);

/// The names of something, by language.
pub type Names = BTreeMap<Language, Title>;

uniffi::custom_type!(
    /// The names of something, by language: BCP 47 tags in lower case.
    Names, HashMap<String, String>, {
        remote,
        lower: |names| names.into_iter().map(|(language, name)| (language.to_string(), name.to_string())).collect(),
        try_lift: |names| {
            let read = |(language, name): (String, String)| Ok((checked(language.parse())?, checked(name.parse())?));
            names.into_iter().map(read).collect()
        },
    }
);

/// Texts by language.
pub type Translations = BTreeMap<Language, Note>;

uniffi::custom_type!(
    /// Texts by language: BCP 47 tags in lower case.
    Translations, HashMap<String, String>, {
        remote,
        lower: |texts| texts.into_iter().map(|(language, text)| (language.to_string(), text.to_string())).collect(),
        try_lift: |texts| {
            let read = |(language, text): (String, String)| Ok((checked(language.parse())?, checked(text.parse())?));
            texts.into_iter().map(read).collect()
        },
    }
);

/// The rules of a commitment for clocks of its procedure, by the id of the clock.
pub type ClockRules = BTreeMap<Slug, ClockRule>;

uniffi::custom_type!(
    /// The rules of a commitment for clocks of its procedure, by the id of the clock.
    ClockRules, HashMap<String, ClockRule>, {
        remote,
        lower: |rules| rules.into_iter().map(|(clock, rule)| (clock.to_string(), rule)).collect(),
        try_lift: |rules| rules.into_iter().map(|(clock, rule)| Ok((checked(clock.parse())?, rule))).collect(),
    }
);

/// The dates on which clocks started, by the id of the clock.
pub type ClockDates = BTreeMap<Slug, Date>;

uniffi::custom_type!(
    /// The dates on which clocks started, by the id of the clock.
    ClockDates, HashMap<String, Date>, {
        remote,
        lower: |dates| dates.into_iter().map(|(clock, date)| (clock.to_string(), date)).collect(),
        try_lift: |dates| dates.into_iter().map(|(clock, date)| Ok((checked(clock.parse())?, date))).collect(),
    }
);

/// The new names of statuses, by their old names.
pub type StatusNames = BTreeMap<Slug, Slug>;

uniffi::custom_type!(
    /// The new names of statuses, by their old names.
    StatusNames, HashMap<String, String>, {
        remote,
        lower: |names| names.into_iter().map(|(from, to)| (from.to_string(), to.to_string())).collect(),
        try_lift: |names| names.into_iter().map(|(from, to)| Ok((checked(from.parse())?, checked(to.parse())?))).collect(),
    }
);

uniffi::custom_type!(
    /// A treaty's article on its entry into force, as JSON.
    EntryIntoForce, String, {
        remote,
        lower: |treaty| servanda::format::to_json(&treaty),
        try_lift: |text| checked(servanda::format::from_json("treaty", &text)),
    }
);

fn pack_day(day: Day) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day_of_month())
}

/// Year, month and day of the month; years before the first are negative.
fn unpack(packed: i64) -> (i32, u32, u32) {
    let (year, rest) = (packed.div_euclid(10_000), packed.rem_euclid(10_000));
    let year = i32::try_from(year).unwrap_or(if year < 0 { i32::MIN } else { i32::MAX });
    // `rest` is less than 10,000.
    (year, (rest / 100) as u32, (rest % 100) as u32)
}

fn unpack_day(packed: i64) -> servanda::Result<Day, servanda::value::ValueError> {
    let (year, month, day) = unpack(packed);
    Day::new(year, month, day)
}

/// The factor of the number of days in a packed range. Packed days are smaller, even those of years
/// that Servanda refuses.
const RANGE: i64 = 100_000_000_000_000;

/// A date as a packed day, with zeros in place of an unknown month or day. A range has the number
/// of days from its first to its last day before its packed first day.
fn pack_date(date: Date) -> i64 {
    let (first, last) = (date.first_day(), date.last_day());
    let day = pack_day(first);
    // A range that covers a month is another date than the month.
    let as_day_month_or_year = [day, day - day % 100, day - day % 10_000];
    let is_same = |packed: &i64| unpack_date(*packed) == Ok(date);
    as_day_month_or_year.into_iter().find(is_same).unwrap_or_else(|| last.days_since(first) * RANGE + day)
}

fn unpack_date(packed: i64) -> servanda::Result<Date, servanda::value::ValueError> {
    if packed >= RANGE {
        let first = unpack_day(packed % RANGE)?;
        let days = u32::try_from(packed / RANGE).unwrap_or(u32::MAX);
        return format!("[{first}..{}]", first.plus_days(days).unwrap_or(Day::LAST)).parse();
    }
    match unpack(packed) {
        (year, 0, 0) => format!("{year:04}").parse(),
        (year, month, 0) => format!("{year:04}-{month:02}").parse(),
        (year, month, day) => Day::new(year, month, day).map(Date::from),
    }
}

/// Reads a date: `2013`, `2013-02`, `2013-02-28` or `[2013-02-10..2013-02-14]`.
///
/// # Errors
///
/// `invalid-date`.
#[uniffi::export]
pub fn read_date(text: &str) -> Result<Date, ServandaError> {
    Ok(text.parse::<Date>()?)
}

/// The most precise date that covers all days from the first to the last: a day, a month, a year or
/// a range.
///
/// # Errors
///
/// `invalid-day`, or `invalid-date` if the last day comes before the first, or too long after it.
#[uniffi::export]
pub fn date_between(first: Day, last: Day) -> Result<Date, ServandaError> {
    let date = Date::between(first, last);
    if date.last_day() == last {
        return Ok(date);
    }
    // The reader says why there is no such range.
    Ok(format!("[{first}..{last}]").parse()?)
}

/// The first day that a date can mean.
///
/// # Errors
///
/// `invalid-date` or `invalid-day` if there is no such date.
#[uniffi::export]
pub fn first_day(date: Date) -> Result<Day, ServandaError> {
    Ok(date.first_day())
}

/// The last day that a date can mean.
///
/// # Errors
///
/// `invalid-date` or `invalid-day` if there is no such date.
#[uniffi::export]
pub fn last_day(date: Date) -> Result<Day, ServandaError> {
    Ok(date.last_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_crosses_as_a_number_and_comes_back() {
        for text in ["0001-01-01", "2013-03-15", "2016-02-29", "9999-12-31"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(unpack_day(pack_day(day)), Ok(day));
        }
        assert_eq!(pack_day("2013-03-15".parse().unwrap()), 20_130_315);
    }

    #[test]
    fn an_unknown_month_or_day_crosses_as_zero() {
        let packed = ["2013", "2013-02", "2013-02-28", "2013-12", "0001-01-01"].map(|text| {
            let date: Date = text.parse().unwrap();
            assert_eq!(unpack_date(pack_date(date)), Ok(date));
            pack_date(date)
        });
        assert_eq!(packed, [20_130_000, 20_130_200, 20_130_228, 20_131_200, 10_101]);
    }

    #[test]
    fn a_range_crosses_as_its_days_and_its_first_day() {
        let ranges = [
            ("[2013-02-10..2013-02-14]", 400_000_020_130_210),
            ("[2013-02-01..2013-02-28]", 2_700_000_020_130_201),
            ("[2013-01-01..2013-12-31]", 36_400_000_020_130_101),
            ("[2012-12-31..2013-01-01]", 100_000_020_121_231),
            ("[1900-01-01..2079-06-06]", 6_553_500_000_019_000_101),
        ];
        for (text, packed) in ranges {
            let date: Date = text.parse().unwrap();
            assert_eq!((pack_date(date), unpack_date(packed)), (packed, Ok(date)), "{text}");
        }
    }

    #[test]
    fn two_days_make_the_most_precise_date_that_covers_them() {
        let between = |first: &str, last: &str| {
            let date = date_between(first.parse().unwrap(), last.parse().unwrap());
            date.map(|date| date.to_string()).map_err(|error| error.to_string())
        };
        assert_eq!(between("2013-02-10", "2013-02-10").unwrap(), "2013-02-10");
        assert_eq!(between("2013-02-01", "2013-02-28").unwrap(), "2013-02");
        assert_eq!(between("2013-02-10", "2013-02-14").unwrap(), "[2013-02-10..2013-02-14]");
        let backwards = between("2013-02-14", "2013-02-10").unwrap_err();
        assert!(backwards.contains("the range ends on 2013-02-10, before it begins"), "{backwards}");
        let too_long = between("1800-01-01", "2013-02-10").unwrap_err();
        assert!(too_long.contains("a range has at most 65,536 days"), "{too_long}");
    }

    #[test]
    fn a_number_that_is_not_a_day_is_refused_like_a_text() {
        let refused = [0, -1, i64::MIN, i64::MAX, 20_130_229, 20_131_301, 100_000_101];
        for packed in refused {
            assert_eq!(unpack_day(packed).unwrap_err().code(), "invalid-day", "{packed}");
        }
        assert_eq!(
            unpack_day(20_130_229).unwrap_err().to_string(),
            r#""2013-02-29" is not a day: 2013-02 has 28 days"#
        );
        assert_eq!(unpack_date(20_130_031).unwrap_err().code(), "invalid-day");
        assert_eq!(unpack_date(120_000_000).unwrap_err().code(), "invalid-date");
        for days in [65_536, 92_233] {
            assert_eq!(unpack_date(days * RANGE + 20_130_210).unwrap_err().code(), "invalid-date", "{days} days");
        }
        assert_eq!(unpack_date(RANGE + 20_130_229).unwrap_err().code(), "invalid-day");
        assert_eq!(unpack_date(RANGE + 99_991_231).unwrap_err().code(), "invalid-date");
    }
}
