//! Answers the question "Which commitments have been quiet for a long time?".

use std::collections::BTreeMap;

use serde::Serialize;

use crate::procedure::Phase;
use crate::replay::{Folded, Timeliness, Verdict};
use crate::value::{Date, Day, Language, Moment, Slug, Title};
use crate::view::{Filter, Standing, View};

/// A commitment to which nothing has happened for some time.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stale {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The commitment.
    pub commitment: Slug,
    /// The number of days since the last event.
    pub days: u32,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The day of the last event.
    pub last: Day,
    /// The day of the view.
    pub on: Day,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// Whether the status is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// Why the status, the phase or the verdict is `None`, if one of them is.
    pub reason: Option<String>,
    /// The status; `None` if it is unknown.
    pub status: Option<Slug>,
    /// The name of the status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The timeliness, if there is a deadline.
    pub timeliness: Option<Timeliness>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The verdict; `None` before the commitment was made, or if the status is unknown.
    pub verdict: Option<Verdict>,
}

impl View<'_> {
    /// Returns the commitments to which nothing has happened for at least `at_least_days` days.
    ///
    /// The days are counted up to the day of the view. Only commitments that the filter allows are
    /// returned, the longest quiet ones first.
    ///
    /// These are events: the making of the commitment, a step, a deposit, a remark, a new deadline,
    /// the latest measurement, and a link with a day. A presumed step is not an event. A commitment
    /// is never stale if its status is final and not presumed.
    ///
    /// ```
    /// use servanda_core::builtin;
    /// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Source, Words};
    ///
    /// let abductees = Commitment::builder("us/abductees", "Return of abducted citizens")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Conduct)
    ///     .words("will support", ("Remarks", "https://example.org/remarks"))
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(abductees, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
    ///
    /// let view = ledger.view_on("2013-04-18")?;
    /// let [stale] = view.stale(90, &Filter::default()).try_into().expect("one is stale");
    /// assert_eq!((stale.last, stale.days), (Day::new(2013, 1, 18)?, 90));
    /// assert!(view.stale(91, &Filter::default()).is_empty());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn stale(&self, at_least_days: u32, filter: &Filter) -> Vec<Stale> {
        let definitions = self.known.definitions();
        let mut stale = Vec::new();
        for id in self.known.ledger.commitments() {
            let Ok(folded) = self.known.fold(&definitions, id.as_str()) else { continue };
            let Some(standing) = self.summarise(&folded) else { continue };
            if is_at_rest(&folded, &standing) || !filter.allows(&standing) {
                continue;
            }
            let Some(last) = last_happening(&standing) else { continue };
            let days = u32::try_from(self.on.days_since(last)).unwrap_or(0);
            if days >= at_least_days {
                stale.push(row(standing, last, days));
            }
        }
        stale.sort_by_key(|stale| stale.last);
        stale
    }
}

fn is_at_rest(folded: &Folded<'_>, standing: &Standing) -> bool {
    let status = standing.status.as_ref().zip(folded.procedure);
    let status = status.and_then(|(status, procedure)| procedure.status(status.as_str()));
    status.is_some_and(|status| status.is_final) && !standing.presumed
}

/// The day of the last event, up to the day of the standing.
fn last_happening(standing: &Standing) -> Option<Day> {
    let made = standing.made.last_day();
    let given = (made <= standing.on).then_some(made);
    // A step happened by the last possible day of each later step.
    let steps = standing.history.iter().rev().scan(standing.on, |by, step| {
        *by = step.on.last_day().min(*by);
        Some((*by, step.presumed))
    });
    let steps = steps.filter(|(_, presumed)| !presumed).map(|(by, _)| by);
    let dates = std::iter::empty()
        .chain(standing.deposits.iter().map(|deposit| deposit.on))
        .chain(standing.remarks.iter().map(|remark| remark.on))
        .chain(standing.deadlines.iter().map(|set| set.set_on))
        .chain(standing.measurement.iter().map(|measured| measured.on))
        .chain(standing.links.iter().filter_map(|link| link.on));
    dates.map(Date::last_day).chain(steps).chain(given).max()
}

fn row(standing: Standing, last: Day, days: u32) -> Stale {
    Stale {
        as_published: standing.as_published,
        commitment: standing.commitment,
        days,
        known_at: standing.known_at,
        last,
        on: standing.on,
        phase: standing.phase,
        presumed: standing.presumed,
        reason: standing.reason,
        status: standing.status,
        status_title: standing.status_title,
        timeliness: standing.timeliness,
        title: standing.title,
        verdict: standing.verdict,
    }
}
