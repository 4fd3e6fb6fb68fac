//! Leaf types: as what each crosses, and the check on the way in.

use std::collections::{BTreeMap, HashMap};

use servanda::{
    ClockRule, Date, Day, Deadline, Decimal, Digest, EntryId, EntryIntoForce, Language, Moment, Note, Slug, Title, Url,
};

use crate::error::ServandaError;

/// What a custom type's way in gives back.
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
    /// A longer text: 1 to 10,000 characters.
    Note, String, { remote, lower: |note| note.to_string(), try_lift: |text| checked(text.parse()) }
);
uniffi::custom_type!(
    /// An `http` or `https` address.
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

// A day crosses as one number, 20130315 for 2013-03-15, of which any calendar library makes its own date without reading
// text. It is a wide number because other libraries know years that ours does not, which then come to the ordinary refusal.
uniffi::custom_type!(
    /// A civil date at the place of the act, in the years 1 to 9999.
    Day, i64, { remote, lower: |day| pack_day(day), try_lift: |packed| checked(unpack_day(packed)) }
);
uniffi::custom_type!(
    /// A day, a month or a year: as precisely as is known.
    Date, i64, { remote, lower: |date| pack_date(date), try_lift: |packed| checked(unpack_date(packed)) }
);
uniffi::custom_type!(
    /// A day, a month or a year by whose end something is to be done.
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

/// What something is called, by language.
pub type Names = BTreeMap<Language, Title>;

uniffi::custom_type!(
    /// What something is called, by language: BCP 47 tags in lower case.
    Names, HashMap<String, String>, {
        remote,
        lower: |names| names.into_iter().map(|(language, name)| (language.to_string(), name.to_string())).collect(),
        try_lift: |names| {
            let read = |(language, name): (String, String)| Ok((checked(language.parse())?, checked(name.parse())?));
            names.into_iter().map(read).collect()
        },
    }
);

/// The rules that a commitment gives, by the id of the clock.
pub type ClockRules = BTreeMap<Slug, ClockRule>;

uniffi::custom_type!(
    /// The rules that a commitment gives to those of the procedure's clocks that leave theirs to it, by the clock's id.
    ClockRules, HashMap<String, ClockRule>, {
        remote,
        lower: |rules| rules.into_iter().map(|(clock, rule)| (clock.to_string(), rule)).collect(),
        try_lift: |rules| rules.into_iter().map(|(clock, rule)| Ok((checked(clock.parse())?, rule))).collect(),
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
    // The rest is less than 10,000.
    (year, (rest / 100) as u32, (rest % 100) as u32)
}

fn unpack_day(packed: i64) -> servanda::Result<Day, servanda::ValueError> {
    let (year, month, day) = unpack(packed);
    Day::new(year, month, day)
}

/// As a day, with zeros for what is not known.
fn pack_date(date: Date) -> i64 {
    let (first, last) = (date.first_day(), date.last_day());
    let day = pack_day(first);
    match (first == last, first.month() == last.month()) {
        (true, _) => day,
        (false, true) => day - day % 100,
        (false, false) => day - day % 10_000,
    }
}

fn unpack_date(packed: i64) -> servanda::Result<Date, servanda::ValueError> {
    match unpack(packed) {
        (year, 0, 0) => format!("{year:04}").parse(),
        (year, month, 0) => format!("{year:04}-{month:02}").parse(),
        (year, month, day) => Day::new(year, month, day).map(Date::from),
    }
}

/// Reads a date: `2013`, `2013-02` or `2013-02-28`.
///
/// # Errors
///
/// `invalid-date`.
#[uniffi::export]
pub fn read_date(text: &str) -> Result<Date, ServandaError> {
    Ok(text.parse::<Date>()?)
}

/// The last day that a date can mean: the day from which something with this date counts.
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
    fn days_cross_as_numbers_and_come_back() {
        for text in ["0001-01-01", "2013-03-15", "2016-02-29", "9999-12-31"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(unpack_day(pack_day(day)), Ok(day));
        }
        assert_eq!(pack_day("2013-03-15".parse().unwrap()), 20_130_315);
    }

    #[test]
    fn dates_cross_with_zeros_for_what_is_not_known() {
        let packed = ["2013", "2013-02", "2013-02-28", "2013-12", "0001-01-01"].map(|text| {
            let date: Date = text.parse().unwrap();
            assert_eq!(unpack_date(pack_date(date)), Ok(date));
            pack_date(date)
        });
        assert_eq!(packed, [20_130_000, 20_130_200, 20_130_228, 20_131_200, 10_101]);
    }

    #[test]
    fn numbers_that_are_no_day_are_refused_like_texts() {
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
    }
}
