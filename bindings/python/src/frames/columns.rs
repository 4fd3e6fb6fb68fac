//! Builds Arrow columns from a slice of rows.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use servanda::{Date, Day, Moment};

/// A builder that adds one column at a time.
pub(super) struct Columns<'a, T> {
    rows: &'a [T],
    fields: Vec<Field>,
    arrays: Result<Vec<ArrayRef>, ArrowError>,
}

impl<'a, T> Columns<'a, T> {
    /// Starts without columns.
    pub(super) fn of(rows: &'a [T]) -> Self {
        Self { rows, fields: Vec::new(), arrays: Ok(Vec::new()) }
    }

    fn with(mut self, name: &str, array: impl Array + 'static) -> Self {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays = self.arrays.map(|mut arrays| {
            arrays.push(Arc::new(array));
            arrays
        });
        self
    }

    /// Adds a column of text that the rows hold.
    pub(super) fn text(self, name: &str, of: impl Fn(&'a T) -> Option<&'a str>) -> Self {
        let array: StringArray = self.rows.iter().map(of).collect();
        self.with(name, array)
    }

    /// Adds a column of values in their text form.
    pub(super) fn written<D: Display>(self, name: &str, of: impl Fn(&'a T) -> Option<D>) -> Self {
        let mut builder = StringBuilder::new();
        for row in self.rows {
            match of(row) {
                // Writing to memory does not fail.
                Some(value) if write!(builder, "{value}").is_ok() => builder.append_value(""),
                _ => builder.append_null(),
            }
        }
        self.with(name, builder.finish())
    }

    /// Adds a column of lists of text.
    pub(super) fn list<S: AsRef<str> + 'a>(self, name: &str, of: impl Fn(&'a T) -> &'a [S]) -> Self {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for row in self.rows {
            of(row).iter().for_each(|text| builder.values().append_value(text));
            builder.append(true);
        }
        self.with(name, builder.finish())
    }

    /// Adds a column of words of a vocabulary. The dictionary has all words in their order, so
    /// tables of different views can be concatenated.
    pub(super) fn word<W: Copy + PartialEq>(
        self,
        name: &str,
        all: &[W],
        as_str: impl Fn(W) -> &'static str,
        of: impl Fn(&'a T) -> Option<W>,
    ) -> Self {
        let place = |word| all.iter().position(|other| *other == word).and_then(|place| i8::try_from(place).ok());
        let keys: Int8Array = self.rows.iter().map(|row| of(row).and_then(place)).collect();
        let words = StringArray::from_iter_values(all.iter().map(|word| as_str(*word)));
        match DictionaryArray::<Int8Type>::try_new(keys, Arc::new(words)) {
            Ok(array) => self.with(name, array),
            Err(error) => Self { arrays: self.arrays.and(Err(error)), ..self },
        }
    }

    /// Adds a column of days.
    pub(super) fn day(self, name: &str, of: impl Fn(&'a T) -> Option<Day>) -> Self {
        let array: Date32Array = self.rows.iter().map(|row| of(row).map(days_since_1970)).collect();
        self.with(name, array)
    }

    /// Adds three columns for dates that may be imprecise: the date as text, and its first and last
    /// day.
    pub(super) fn date(self, name: &str, of: impl Fn(&'a T) -> Option<Date>) -> Self {
        self.written(name, &of)
            .day(&format!("{name}_first"), |row| of(row).map(Date::first_day))
            .day(&format!("{name}_last"), |row| of(row).map(Date::last_day))
    }

    /// Adds a column of moments in UTC.
    pub(super) fn moment(self, name: &str, of: impl Fn(&'a T) -> Option<Moment>) -> Self {
        let array: TimestampMicrosecondArray = self.rows.iter().map(|row| of(row).map(Moment::micros)).collect();
        self.with(name, array.with_timezone("UTC"))
    }

    /// Adds a column of booleans.
    pub(super) fn flag(self, name: &str, of: impl Fn(&'a T) -> Option<bool>) -> Self {
        let array: BooleanArray = self.rows.iter().map(of).collect();
        self.with(name, array)
    }

    /// Adds a column of counts.
    pub(super) fn count(self, name: &str, of: impl Fn(&'a T) -> Option<u32>) -> Self {
        let array: Int64Array = self.rows.iter().map(|row| of(row).map(i64::from)).collect();
        self.with(name, array)
    }

    /// Puts the columns into a record batch.
    pub(super) fn batch(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.arrays?)
    }
}

fn days_since_1970(day: Day) -> i32 {
    // Years 1 to 9999 fit into an i32.
    i32::try_from(day.days_since(Moment::EPOCH.day())).unwrap_or_default()
}
