//! Standings as the summaries of a table.

use std::convert::Infallible;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Kind, Obligation, read_part};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Position, Verdict};
use crate::value::{Day, Deadline, Moment, Note, Slug, Title};
use crate::view::{Filter, Standing, View};

/// A standing as one summary of a table: what is one value or a list of ids, without history, evidence and what can happen next. Fields
/// stand in alphabetical order, as in JSON.
///
/// Its members are those of the same name in a [`Standing`], but for `status_title` and `words`, which are one text here. Usually a summary is
/// made from the registration and from what the ledger remembers, and costs a small part of the full standing.
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
/// assert_eq!((summaries[0].words.as_str(), summaries[0].verdict), ("will support", Some(Verdict::Pending)));
/// assert_eq!(summaries[0].status_title.as_ref().map(|title| title.as_str()), Some("Planned"));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Who commits.
    pub by: Vec<Slug>,
    /// The commitment.
    pub commitment: Slug,
    /// The deadline in force on the day.
    pub deadline: Option<Deadline>,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
    /// The day the word was given.
    pub made: Day,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The day asked about.
    pub on: Day,
    /// Whether the verdict is `overdue`.
    pub overdue: bool,
    /// The commitment of which this is one piece.
    pub part_of: Option<Slug>,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The procedure's version and digest.
    pub pin: ProcedureRef,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// The procedure's id.
    pub procedure: Slug,
    /// Why status, phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// Since when it has had its status.
    pub since: Option<Day>,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called in English, or in the first language in which it has a name.
    pub status_title: Option<Title>,
    /// What the commitment is about.
    pub title: Title,
    /// To whom.
    pub to: Vec<Slug>,
    /// What it can be found under.
    pub topics: Vec<Slug>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// The words used.
    pub words: Note,
}

/// Of a registration what a summary has of it.
#[derive(Deserialize)]
struct Registered {
    by: Vec<Slug>,
    made: Day,
    obligation: Obligation,
    part_of: Option<Slug>,
    procedure: ProcedureRef,
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
    /// Where every commitment stands that the filter allows, in the order of their ids, as summaries of a table.
    #[must_use]
    pub fn summaries(&self, filter: &Filter) -> Vec<Summary> {
        match self.summaries_with::<Infallible>(filter, |_, _| ControlFlow::Continue(())) {
            ControlFlow::Continue(summaries) => summaries,
            ControlFlow::Break(never) => match never {},
        }
    }

    /// As [`summaries`](View::summaries), and says before each commitment, and at the end, how many are done and how many there are, as
    /// [`standings_with`](View::standings_with) does.
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

    /// The summary of a commitment that stands somewhere and has one registration, which nothing words anew.
    fn quick_summary(&self, position: &Position<'a>) -> Option<Summary> {
        let (phase, since, verdict) = (position.phase?, position.since?, position.verdict?);
        let (status, registration) = (position.status()?, self.only_registration(position.commitment)?);
        let Registered { by, made, obligation, part_of, procedure, title, to, topics, words } =
            read_part(registration)?;
        Some(Summary {
            by,
            commitment: position.commitment.clone(),
            deadline: position.deadline,
            known_at: self.known.at,
            made,
            obligation,
            on: self.on,
            overdue: verdict == Verdict::Overdue,
            part_of,
            phase: Some(phase),
            procedure: procedure.id.clone(),
            pin: procedure,
            presumed: position.presumed,
            reason: None,
            since: Some(since),
            status: Some(status.id.clone()),
            status_title: status.title.get("en").or_else(|| status.title.values().next()).cloned(),
            title,
            to,
            topics,
            verdict: Some(verdict),
            words: words.text,
        })
    }

    /// The entry that registers a commitment, if there is just one and none that words it anew or retracts anything.
    fn only_registration(&self, commitment: &Slug) -> Option<&'a Entry> {
        let mut registration = None;
        for entry in self.known.ledger.about(commitment.as_str()) {
            match entry.kind {
                Kind::Register if registration.is_none() => registration = Some(entry),
                Kind::Register | Kind::Amend | Kind::Retract => return None,
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
            commitment: standing.commitment,
            deadline: standing.deadline,
            known_at: standing.known_at,
            made: standing.made,
            obligation: standing.obligation,
            on: standing.on,
            overdue: standing.overdue,
            part_of: standing.part_of,
            phase: standing.phase,
            pin: standing.pin,
            presumed: standing.presumed,
            procedure: standing.procedure,
            reason: standing.reason,
            since: standing.since,
            status: standing.status,
            status_title: standing.status_title.and_then(title),
            title: standing.title,
            to: standing.to,
            topics: standing.topics,
            verdict: standing.verdict,
            words: standing.words.text,
        }
    }
}
