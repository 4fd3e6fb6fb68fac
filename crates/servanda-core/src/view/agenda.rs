//! Answers the question "What lies ahead?".

use serde::Serialize;

use super::future::within;
use crate::procedure::Phase;
use crate::replay::{Timeliness, Verdict};
use crate::value::{Date, Day, Moment, Slug, Title};
use crate::view::{Filter, FutureEvent, RunningClock, SetDeadline, Standing, View};

/// A range of days, from the first to the last inclusive. It is empty if the last comes before the
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl Span {
    /// Whether a day is in the range.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The deadlines and due clocks in a span of days. Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Agenda {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The first day of the span.
    pub first: Day,
    /// The events that were recorded in advance for dates after the day of the view, and that lie
    /// in the span or may, sorted by date, then by commitment. JSON leaves them out if there are
    /// none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub future: Vec<FutureEvent>,
    /// The deadlines and clocks in the span, sorted by day, then by commitment.
    pub items: Vec<AgendaItem>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The last day of the span.
    pub last: Day,
    /// The day of the view, which decides the deadlines in force and the clocks that run.
    pub on: Day,
    /// The clocks that may fire within the span on an unknown day, sorted by the earliest day, then
    /// by commitment.
    pub unknown: Vec<UnknownDay>,
}

/// One thing that lies ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgendaItem {
    /// The commitment.
    pub commitment: Slug,
    /// The day on which the clock fires or the deadline passes, as precisely as it is known. For a
    /// deadline that is a month or a year, its last day.
    pub day: Date,
    /// The phase in the view; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// The timeliness in the view, if there is a deadline.
    pub timeliness: Option<Timeliness>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The verdict in the view, if there is one.
    pub verdict: Option<Verdict>,
    /// The deadline or the clock.
    pub what: Upcoming,
}

/// A deadline or a clock that lies ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upcoming {
    /// A clock that fires unless something happens before.
    Clock(RunningClock),
    /// A deadline that ends.
    Deadline(SetDeadline),
}

/// A clock that runs and may fire within the span, on a day that the calendar does not give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnknownDay {
    /// The clock, with the reason why its day is unknown.
    pub clock: RunningClock,
    /// The commitment.
    pub commitment: Slug,
    /// The earliest day on which it may fire.
    pub earliest: Day,
    /// The phase in the view; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// The timeliness in the view, if there is a deadline.
    pub timeliness: Option<Timeliness>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The verdict in the view, if there is one.
    pub verdict: Option<Verdict>,
}

impl View<'_> {
    /// Returns the deadlines and due clocks in a span of days, of every commitment that the filter
    /// allows.
    ///
    /// The deadlines are those in force on the day of the view.
    ///
    /// The clocks are those that fire if nothing more is recorded, one after the other, so a clock
    /// that another one forestalls is left out. Clocks that may fire within the span on an unknown
    /// day are in a list of their own.
    ///
    /// ```
    /// use servanda_core::builtin::{self, action};
    /// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Source, Span, Upcoming, Words};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington in February")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"))
    ///     .deadline("2013-02")
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(visit, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
    ///
    /// let span = Span { first: Day::new(2013, 2, 1)?, last: Day::new(2013, 2, 28)? };
    /// let agenda = ledger.view_on("2013-02-01")?.agenda(span, &Filter::default());
    /// let [item] = agenda.items.as_slice() else { panic!("one deadline lies in February") };
    /// assert_eq!(item.day, "2013-02-28".parse()?);
    /// assert!(matches!(&item.what, Upcoming::Deadline(set) if set.deadline == "2013-02".parse()?));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn agenda(&self, span: Span, filter: &Filter) -> Agenda {
        let mut agenda = Agenda {
            as_published: self.known.published,
            first: span.first,
            future: Vec::new(),
            items: Vec::new(),
            known_at: self.known.at,
            last: span.last,
            on: self.on,
            unknown: Vec::new(),
        };
        let definitions = self.known.definitions();
        let standings = self.known.ledger.commitments().filter_map(|id| {
            let folded = self.known.fold(&definitions, id.as_str()).ok()?;
            self.summarise(&folded).filter(|standing| filter.allows(standing))
        });
        agenda.extend(standings.map(|standing| standing.agenda(span)));
        agenda
    }
}

impl Standing {
    /// Returns what lies ahead of this commitment in a span of days: the part of
    /// [`View::agenda`] that is about it.
    ///
    /// ```
    /// use servanda_core::builtin::{self, action};
    /// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Span};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington in February")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"))
    ///     .deadline("2013-02")
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(visit, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
    ///
    /// let span = Span { first: Day::new(2013, 2, 1)?, last: Day::new(2013, 2, 28)? };
    /// let view = ledger.view_on("2013-02-01")?;
    /// assert_eq!(view.standing("us/abe-visit")?.agenda(span), view.agenda(span, &Filter::default()));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn agenda(&self, span: Span) -> Agenda {
        let (mut items, mut unknown) = (Vec::new(), Vec::new());
        clocks(self, span, &mut items, &mut unknown);
        items.extend(deadline(self, span));
        let mut agenda = Agenda {
            as_published: self.as_published,
            first: span.first,
            future: within(&self.future, span).collect(),
            items,
            known_at: self.known_at,
            last: span.last,
            on: self.on,
            unknown,
        };
        agenda.sort();
        agenda
    }
}

impl Agenda {
    fn sort(&mut self) {
        let days = |date: Date| (date.first_day(), date.last_day());
        self.items.sort_by(|one, other| (days(one.day), &one.commitment).cmp(&(days(other.day), &other.commitment)));
        self.unknown.sort_by(|one, other| (one.earliest, &one.commitment).cmp(&(other.earliest, &other.commitment)));
        self.future.sort_by(|one, other| (days(one.on), &one.commitment).cmp(&(days(other.on), &other.commitment)));
    }
}

impl Extend<Agenda> for Agenda {
    /// Adds what lies ahead of further commitments, in the same view and span.
    fn extend<A: IntoIterator<Item = Agenda>>(&mut self, agendas: A) {
        for agenda in agendas {
            self.items.extend(agenda.items);
            self.unknown.extend(agenda.unknown);
            self.future.extend(agenda.future);
        }
        self.sort();
    }
}

/// Adds the clocks that fire within the span, or may.
fn clocks(standing: &Standing, span: Span, items: &mut Vec<AgendaItem>, unknown: &mut Vec<UnknownDay>) {
    let is_within = |date: Date| date.first_day() <= span.last && span.first <= date.last_day();
    for clock in &standing.clocks {
        match (clock.due, clock.earliest) {
            (Some(due), _) if span.first <= span.last && is_within(due) => {
                items.push(item(standing, due, Upcoming::Clock(clock.clone())));
            }
            (None, Some(earliest)) if span.first <= span.last && earliest <= span.last => {
                let Standing { commitment, phase, timeliness, title, verdict, .. } = standing.clone();
                let clock = clock.clone();
                unknown.push(UnknownDay { clock, commitment, earliest, phase, timeliness, title, verdict });
            }
            _ => {}
        }
    }
}

/// The deadline in force, if it ends within the span.
fn deadline(standing: &Standing, span: Span) -> Option<AgendaItem> {
    let set = standing.deadlines.iter().rfind(|set| set.in_force)?;
    let date = set.deadline.date();
    let last = date.last_day();
    // A month or a year ends on its last day. A range is one day that is not known.
    let on = if set.deadline.may_have_passed(last) { date } else { last.into() };
    let is_within = span.first <= span.last && on.first_day() <= span.last && span.first <= on.last_day();
    is_within.then(|| item(standing, on, Upcoming::Deadline(set.clone())))
}

fn item(standing: &Standing, day: Date, what: Upcoming) -> AgendaItem {
    AgendaItem {
        commitment: standing.commitment.clone(),
        day,
        phase: standing.phase,
        timeliness: standing.timeliness,
        title: standing.title.clone(),
        verdict: standing.verdict,
        what,
    }
}
