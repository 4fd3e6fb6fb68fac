//! Summaries: standings without history and evidence, for tables.

use std::convert::Infallible;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::bodies::bodies_of;
use super::standing::is_zero;
use crate::entry::{Entry, Kind, Obligation, Responsible, read_part};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Position, Timeliness, Verdict};
use crate::value::{Date, Day, Deadline, Moment, Note, Slug, Title};
use crate::view::{Filter, Standing, View};

/// A standing without history, evidence and next steps, as one row of a table.
///
/// Fields are in alphabetical order, as in JSON.
///
/// The fields are those of a [`Standing`] with the same names, except that `status_title` and
/// `words` are plain text. Most summaries are computed from the registration and the ledger's
/// cached timeline, so they cost much less than a full standing.
///
/// ```
/// use servanda_core::builtin;
/// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Source, Verdict, Words};
///
/// let words = Words::new("will support", Source::new("Remarks", "https://example.org/remarks")?)?;
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
/// let summaries = ledger.view_on("2013-04-18")?.summaries(&Filter::default());
/// assert_eq!(summaries.len(), 1);
/// assert_eq!((summaries[0].words.as_ref().map(|words| words.as_str()), summaries[0].verdict), (Some("will support"), Some(Verdict::Pending)));
/// assert_eq!(summaries[0].status_title.as_ref().map(|title| title.as_str()), Some("Planned"));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The parties that commit.
    pub by: Vec<Slug>,
    /// The commitment.
    pub commitment: Slug,
    /// The number of entries about the commitment that were retracted. JSON leaves it out if there
    /// are none.
    #[serde(skip_serializing_if = "is_zero")]
    pub corrections: u32,
    /// The deadline in force on the day of the view.
    pub deadline: Option<Deadline>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The date on which the commitment was made, as precisely as known.
    pub made: Date,
    /// The statuses that the commitment may have reached by the day of the view, because the dates
    /// of the steps are imprecise.
    pub may_have: Vec<Slug>,
    /// The legal weight of the words used; `None` for a matter without a promise.
    pub obligation: Option<Obligation>,
    /// The day of the view.
    pub on: Day,
    /// Whether the timeliness is `overdue`.
    pub overdue: bool,
    /// The larger commitment that this one is part of.
    pub part_of: Option<Slug>,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// The version and the digest of the procedure.
    pub pin: ProcedureRef,
    /// Whether the status is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// The id of the procedure.
    pub procedure: Slug,
    /// Why the status, the phase or the verdict is `None`, if one of them is.
    pub reason: Option<String>,
    /// The bodies that are responsible on the day of the view, each once. JSON leaves them out if
    /// there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<Slug>,
    /// The date of the step to the present status, as precisely as known.
    pub since: Option<Date>,
    /// The status; `None` if it is unknown.
    pub status: Option<Slug>,
    /// The name of the status in English, or in the first language in which it has a name.
    pub status_title: Option<Title>,
    /// How the verdict relates to the deadline; `None` without a deadline or a verdict.
    pub timeliness: Option<Timeliness>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The parties to whom the commitment is made.
    pub to: Vec<Slug>,
    /// The topics under which the commitment can be found.
    pub topics: Vec<Slug>,
    /// The verdict; `None` before the commitment was made, or if the status is unknown.
    pub verdict: Option<Verdict>,
    /// The exact words used; `None` for a matter without a promise.
    pub words: Option<Note>,
}

/// The members of a registration that a summary needs.
#[derive(Deserialize)]
struct Registered {
    by: Vec<Slug>,
    made: Date,
    obligation: Obligation,
    part_of: Option<Slug>,
    procedure: ProcedureRef,
    #[serde(default)]
    responsible: Vec<Responsible>,
    title: Title,
    #[serde(default)]
    to: Vec<Slug>,
    #[serde(default)]
    topics: Vec<Slug>,
    words: Text,
}

#[derive(Deserialize)]
struct Text {
    text: Note,
}

impl<'a> View<'a> {
    /// Returns the summaries of all commitments that the filter allows, sorted by id.
    #[must_use]
    pub fn summaries(&self, filter: &Filter) -> Vec<Summary> {
        match self.summaries_with::<Infallible>(filter, |_, _| ControlFlow::Continue(())) {
            ControlFlow::Continue(summaries) => summaries,
            ControlFlow::Break(never) => match never {},
        }
    }

    /// Like [`summaries`](View::summaries), and reports progress.
    ///
    /// As with [`standings_with`](View::standings_with), `progress` is called before each
    /// commitment and once at the end. Its arguments are the number of commitments done and the
    /// total.
    pub fn summaries_with<B>(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Vec<Summary>> {
        let (mut summaries, total) = (Vec::new(), self.known.ledger.commitments().count());
        for (done, position) in self.positions().enumerate() {
            progress(done, total)?;
            let in_full = || self.standing(position.commitment.as_str()).ok().map(Summary::from);
            summaries.extend(
                self.quick_summary(&position).or_else(in_full).filter(|summary| filter.allows_summary(summary)),
            );
        }
        progress(total, total)?;
        ControlFlow::Continue(summaries)
    }

    /// The summary of a commitment that has a verdict and one registration that no entry amends or
    /// assigns otherwise;
    /// `None` for any other commitment.
    fn quick_summary(&self, position: &Position<'a>) -> Option<Summary> {
        if !self.languages.is_empty() {
            return None;
        }
        let (phase, since, verdict) = (position.phase?, position.since?, position.judgement.verdict?);
        let timeliness = position.judgement.timeliness;
        let (status, registration) = (position.status()?, self.only_registration(position.commitment)?);
        let Registered { by, made, obligation, part_of, procedure, responsible, title, to, topics, words } =
            read_part(registration)?;
        let is_responsible = made.last_day() <= self.on;
        let mut responsible: Vec<Slug> =
            responsible.into_iter().filter(|_| is_responsible).map(|named| named.body).collect();
        responsible.sort_unstable();
        responsible.dedup();
        Some(Summary {
            by,
            as_published: self.known.published,
            commitment: position.commitment.clone(),
            corrections: 0,
            deadline: position.deadline,
            known_at: self.known.at,
            made,
            may_have: position.may_have.clone(),
            obligation: Some(obligation),
            on: self.on,
            overdue: timeliness == Some(Timeliness::Overdue),
            part_of,
            phase: Some(phase),
            procedure: procedure.id.clone(),
            pin: procedure,
            presumed: position.presumed,
            reason: None,
            responsible,
            since: Some(since),
            status: Some(status.id.clone()),
            status_title: status.title.get("en").or_else(|| status.title.values().next()).cloned(),
            timeliness,
            title,
            to,
            topics,
            verdict: Some(verdict),
            words: Some(words.text),
        })
    }

    /// The registration of a commitment; `None` if it has several, or if an entry amends,
    /// assigns or retracts anything.
    fn only_registration(&self, commitment: &Slug) -> Option<&'a Entry> {
        let mut registration = None;
        for entry in self.known.ledger.about(commitment.as_str()) {
            match entry.kind {
                Kind::Register if registration.is_none() => registration = Some(entry),
                Kind::Register | Kind::Amend | Kind::Assign | Kind::Unassign | Kind::Repin | Kind::Retract => {
                    return None;
                }
                _ => {}
            }
        }
        registration
    }
}

impl From<Standing> for Summary {
    fn from(standing: Standing) -> Self {
        let title = |titles| in_english(&titles).parse().ok();
        Self {
            by: standing.by,
            as_published: standing.as_published,
            commitment: standing.commitment,
            corrections: standing.corrections,
            deadline: standing.deadline,
            known_at: standing.known_at,
            made: standing.made,
            may_have: standing.may_have.into_iter().map(|step| step.status).collect(),
            obligation: standing.obligation,
            on: standing.on,
            overdue: standing.overdue,
            part_of: standing.part_of,
            phase: standing.phase,
            pin: standing.pin,
            presumed: standing.presumed,
            procedure: standing.procedure,
            reason: standing.reason,
            responsible: bodies_of(&standing.responsible),
            since: standing.since,
            status: standing.status,
            status_title: standing.status_title.and_then(title),
            timeliness: standing.timeliness,
            title: standing.title,
            to: standing.to,
            topics: standing.topics,
            verdict: standing.verdict,
            words: standing.words.map(|words| words.text),
        }
    }
}
