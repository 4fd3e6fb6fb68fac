//! Standings as the rows of a table.

use std::convert::Infallible;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Kind, Obligation, read_part};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Position, Verdict};
use crate::value::{Day, Deadline, Moment, Note, Slug, Title};
use crate::view::{Filter, Standing, View};

/// A standing as one row of a table: what is one value or a list of ids, without history, evidence and what can happen next. Fields
/// stand in alphabetical order, as in JSON.
///
/// Its members are those of the same name in a [`Standing`], but for `status_title` and `words`, which are one text here. Usually a row is
/// made from the registration and from what the ledger remembers, and costs a small part of the full standing.
///
/// ```
/// use servanda_core::builtin;
/// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Source, Verdict, Words};
///
/// let words = Words::new("will support", Source::new("Remarks", "https://example.org/remarks")?)?;
/// let abductees = Commitment::new("us/abductees", "Return of abducted citizens", builtin::action())?
///     .given("us", Day::new(2013, 1, 18)?, Obligation::Conduct, words)?;
/// let mut ledger = Ledger::new();
/// ledger.append(abductees, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
///
/// let rows = ledger.view_on(Day::new(2013, 4, 18)?).rows(&Filter::default());
/// assert_eq!(rows.len(), 1);
/// assert_eq!((rows[0].words.as_str(), rows[0].verdict), ("will support", Some(Verdict::Pending)));
/// assert_eq!(rows[0].status_title.as_ref().map(|title| title.as_str()), Some("Planned"));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
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

/// Of a registration what a row has of it.
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
    /// Where every commitment stands that the filter allows, in the order of their ids, as rows of a table.
    #[must_use]
    pub fn rows(&self, filter: &Filter) -> Vec<Row> {
        match self.rows_with::<Infallible>(filter, |_, _| ControlFlow::Continue(())) {
            ControlFlow::Continue(rows) => rows,
            ControlFlow::Break(never) => match never {},
        }
    }

    /// As [`rows`](View::rows), and says before each commitment, and at the end, how many are done and how many there are, as
    /// [`standings_with`](View::standings_with) does.
    pub fn rows_with<B>(
        &self,
        filter: &Filter,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Vec<Row>> {
        let (mut rows, total) = (Vec::new(), self.known.ledger.commitments().count());
        for (done, brief) in self.briefs().enumerate() {
            progress(done, total)?;
            let in_full = || self.standing(brief.commitment.as_str()).ok().map(Row::from);
            rows.extend(self.plain_row(&brief).or_else(in_full).filter(|row| filter.allows_row(row)));
        }
        progress(total, total)?;
        ControlFlow::Continue(rows)
    }

    /// The row of a commitment that stands somewhere and has one registration, which nothing words anew.
    fn plain_row(&self, brief: &Position<'a>) -> Option<Row> {
        let (phase, since, verdict) = (brief.phase?, brief.since?, brief.verdict?);
        let (status, registration) = (brief.status()?, self.only_registration(brief.commitment)?);
        let Registered { by, made, obligation, part_of, procedure, title, to, topics, words } =
            read_part(registration)?;
        Some(Row {
            by,
            commitment: brief.commitment.clone(),
            deadline: brief.deadline,
            known_at: self.known.at,
            made,
            obligation,
            on: self.on,
            overdue: verdict == Verdict::Overdue,
            part_of,
            phase: Some(phase),
            procedure: procedure.id.clone(),
            pin: procedure,
            presumed: brief.presumed,
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

impl From<Standing> for Row {
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
