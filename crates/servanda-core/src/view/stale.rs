//! The answer to "of what has nothing been heard for long?".

use std::collections::BTreeMap;

use serde::Serialize;

use crate::procedure::Phase;
use crate::replay::{Folded, Verdict};
use crate::value::{Date, Day, Language, Moment, Slug, Title};
use crate::view::{Filter, Standing, View};

/// A commitment to which nothing has happened for some time. Fields stand in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// The commitment.
    pub commitment: Slug,
    /// How many days have passed since something happened.
    pub days: u32,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
    /// The last day on which something happened.
    pub last: Day,
    /// The day asked about.
    pub on: Day,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why status, phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// What the commitment is about.
    pub title: Title,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
}

impl View<'_> {
    /// The commitments to which nothing has happened for at least so many days up to the view's day, of those that the filter
    /// allows; those first to which nothing has happened for longest.
    ///
    /// The word being given, a step, a deposit, a remark, a deadline set, and a link with a day are something that happens. What
    /// is only presumed has not happened. A commitment whose status is final, and not presumed, is at rest and is never stale.
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

/// The last day on which something happened, up to the day of the standing.
fn last_happening(standing: &Standing) -> Option<Day> {
    let given = (standing.made <= standing.on).then_some(standing.made);
    let dates = standing.history.iter().filter(|step| !step.presumed).map(|step| step.on);
    let dates = dates
        .chain(standing.deposits.iter().map(|deposit| deposit.on))
        .chain(standing.remarks.iter().map(|remark| remark.on))
        .chain(standing.deadlines.iter().map(|set| set.set_on))
        .chain(standing.links.iter().filter_map(|link| link.on));
    dates.map(Date::last_day).chain(given).max()
}

fn row(standing: Standing, last: Day, days: u32) -> Stale {
    Stale {
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
        title: standing.title,
        verdict: standing.verdict,
    }
}
