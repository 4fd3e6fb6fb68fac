//! The latest measurement of progress towards a target.

use serde::Serialize;

use super::view::Wording;
use crate::entry::{Fact, Kind, Target};
use crate::replay::Folded;
use crate::value::{Amount, Date, Decimal, EntryId, Note, Source};
use crate::view::View;

/// A measurement of progress towards a target.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Measured {
    /// The entry.
    pub entry: EntryId,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The day of the measurement, as precisely as known.
    pub on: Date,
    /// The value as a share of the target, such as `0.455`: rounded down to four digits after the
    /// point, so that `1` means reached. `None` if the target is zero.
    pub share: Option<Decimal>,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
    /// The value, in the unit of the target.
    pub value: Decimal,
}

impl View<'_> {
    /// The latest measurement that was certainly made by the day of the view. Of two whose dates
    /// overlap, the later one is the one that was recorded later.
    pub(super) fn measurement(
        &self,
        folded: &Folded<'_>,
        target: Option<&Target>,
        words: &Wording,
    ) -> Option<Measured> {
        let target = target?;
        let by_now = |on: &Date| on.last_day() <= self.on;
        let measured = folded.dated(|kind| kind == Kind::Measure).into_iter().rev();
        let (entry, on) = measured.filter_map(|entry| Some((entry, entry.on().filter(by_now)?))).next()?;
        let Fact::Measure(measure) = entry.fact() else { return None };
        let share = Amount::of(&measure.value).share_of(Amount::of(&target.value));
        let (note, sources) = words.latest(entry, measure.note, measure.sources);
        Some(Measured { entry: entry.id(), note, on, share, sources, value: measure.value })
    }
}
