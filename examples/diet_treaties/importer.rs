//! From steps to entries on a ledger. Every append goes through the same validation as anyone's.

use servanda::builtin::{self, diet_treaty_approval as diet};
use servanda::{
    Advance, Attest, Batch, Calendar, Commitment, Day, FixedTime, Moment, Obligation, Party, Remark, Result, Source,
    Tracker, Words,
};

use super::plan::{Coming, Plan, Step, What};
use super::row::Row;
use super::table::File;
use super::treaty::Treaty;
use super::vocabulary::House;

/// Whether the importer vouches for the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attestation {
    /// The list is the official one: what it does not have did not happen by the day on which the session closed.
    Complete,
    /// What the list does not have may have happened all the same. The benchmark and the program attest; tests show the difference.
    #[cfg_attr(not(test), expect(dead_code, reason = "for comparison"))]
    Withheld,
}

/// Writes treaties down, one after the other.
pub(crate) struct Importer<'a> {
    tracker: Tracker,
    file: &'a File,
    attestation: Attestation,
}

/// What there is to ask about a treaty that has been written down.
pub(crate) struct Imported {
    pub(crate) treaty: Treaty,
    /// The commitment, if it could be registered.
    pub(crate) commitment: Option<String>,
    /// The day of the question: on which the session of the last row closed, or else the last day of which anything is known.
    pub(crate) asked_on: Option<Day>,
    /// The day on which the session of the last row convened, if the calendar has it.
    pub(crate) convened: Option<Day>,
    /// What was entered otherwise than a step usually is, and why.
    pub(crate) remarks: Vec<String>,
    /// Whether the thirty days would have to be counted from a receipt that the record does not have.
    pub(crate) no_receipt: bool,
}

impl<'a> Importer<'a> {
    /// A ledger with the calendar and the houses. The times of recording are made up by a rule: everything is written down at the
    /// start of the day after the last of which the files speak, so that the same files always make the same ledger.
    pub(crate) fn new(file: &'a File, calendar: &Calendar, newest: Option<Day>, attestation: Attestation) -> Result<Self> {
        let last = newest.max(Some(calendar.through)).and_then(|day| day.plus_days(1)).unwrap_or(calendar.through);
        let written: Moment = format!("{last}T00:00:00.000000Z").parse()?;
        let tracker = Tracker::in_memory("diet-treaties").with_time(FixedTime(written));
        let mut definitions = Batch::from(calendar.clone());
        definitions = definitions.and(Party::new("jp", "en", "Japan")?.named("ja", "日本")?);
        for house in House::BOTH {
            let (english, japanese) = house.names();
            definitions = definitions.and(Party::new(house.id(), "en", english)?.named("ja", japanese)?);
        }
        tracker.append(definitions)?;
        Ok(Self { tracker, file, attestation })
    }

    pub(crate) fn tracker(&self) -> &Tracker {
        &self.tracker
    }

    /// Writes a treaty down row by row, as far as its rows follow from one another. A row of which one step is refused is left out as a
    /// whole, and so are the rows after it.
    pub(crate) fn import(&self, mut treaty: Treaty, calendar: &Calendar) -> Imported {
        let id = format!("jp/treaties/{}", treaty.id);
        let rows = std::mem::take(&mut treaty.rows);
        let (mut registered, mut remarks, mut no_receipt, mut coming) = (false, Vec::new(), false, Coming::Submitted);
        let mut newest = None;
        let mut rows_left = rows.iter();
        for row in rows_left.by_ref() {
            let planned = Plan::of(row, coming, calendar).map_err(|faults| faults.join("; "));
            let written = planned.and_then(|plan| {
                self.write_down(&id, row, &plan).map_err(|error| error.to_string())?;
                Ok(plan)
            });
            match written {
                Ok(plan) => {
                    registered = true;
                    newest = plan.steps.iter().map(|step| step.on).chain(plan.submitted).max();
                    coming = plan.next;
                    no_receipt |= plan.no_receipt;
                    remarks.extend(plan.remarks);
                }
                Err(why) => {
                    treaty.leave_out(self.file, row.line, &why);
                    break;
                }
            }
        }
        for row in rows_left {
            treaty.leave_out(self.file, row.line, "it follows on a row that is left out");
        }
        let last = rows.iter().map(|row| row.listed).max();
        let session = calendar.periods.iter().find(|period| Some(period.number) == last);
        let closed = session.and_then(|session| session.closed);
        let convened = session.map(|session| session.convened);
        let asked_on = match session {
            Some(session) => Some(session.closed.unwrap_or(calendar.through)),
            None => newest,
        };
        if let (None, Some(number)) = (session, last) {
            remarks.push(format!(
                "session {number} is not in the calendar, so the question is asked on the last day that its row has"
            ));
        }
        if let (Some(closed), Attestation::Complete, Some(number), true) =
            (closed, self.attestation, last, registered && !treaty.incomplete)
            && let Err(error) = self.attest(&id, number, closed)
        {
            remarks.push(format!("that the record is complete could not be attested: {error}"));
        }
        Imported { treaty, commitment: registered.then_some(id), asked_on, convened, remarks, no_receipt }
    }

    /// The steps of one row, all of them or none.
    fn write_down(&self, id: &str, row: &Row, plan: &Plan) -> Result<()> {
        let source = record(row)?;
        let mut batch = Batch::new();
        if let Some(day) = plan.submitted {
            // The words are the title under which the Cabinet asks for approval. It strives for what the Diet decides.
            let words = Words::new(&row.title, source.clone())?;
            let commitment = Commitment::new(id, &short(&row.title), builtin::diet_treaty_approval())?
                .given("jp", day, Obligation::Conduct, words)?
                .opening_at(diet::SUBMITTED, day, vec![source.clone()]);
            batch = batch.and(commitment);
        }
        for Step { on, what, house, note } in &plan.steps {
            batch = match what {
                What::To(status) => {
                    let step = Advance::new(id, status).on(*on).by(house.id()).citing(source.clone());
                    batch.and(if note.is_empty() { step } else { step.noting(note) })
                }
                What::InAdvance(title) => {
                    let title = format!("{}: {title}", house.names().0);
                    let remark = Remark::new(id, &title).on(*on).citing(source.clone());
                    batch.and(if note.is_empty() { remark } else { remark.noting(note) })
                }
            };
        }
        if plan.submitted.is_none() && plan.steps.is_empty() {
            return Ok(());
        }
        self.tracker.append(batch).map(drop)
    }

    fn attest(&self, id: &str, session: u32, closed: Day) -> Result<()> {
        let complete = "The official list of the session has every step through both houses.";
        let attestation = Attest::new(id).on(closed).citing(list(session)?).noting(complete);
        self.tracker.append(attestation).map(drop)
    }
}

/// The progress page of a row, or the list of its session if it has none.
fn record(row: &Row) -> Result<Source> {
    let Some(page) = &row.page else { return list(row.listed) };
    let title = format!("Record of the {} Diet on treaty no. {} of the {}", nth(row.listed), row.number, nth(row.submitted));
    Ok(Source { url: page.clone(), ..published(&title, page.as_str())? })
}

/// The list of what is before the Diet in a session, from which the progress pages are linked.
fn list(session: u32) -> Result<Source> {
    let url = format!("https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/kaiji{session}.htm");
    published(&format!("List of bills and treaties of the {} Diet", nth(session)), &url)
}

fn published(title: &str, url: &str) -> Result<Source> {
    Ok(Source {
        publisher: Some("House of Representatives of Japan".parse()?),
        language: Some("ja".parse()?),
        ..Source::new(title, url)?
    })
}

/// A title is at most 300 characters long.
fn short(title: &str) -> String {
    if title.chars().count() <= 300 {
        return title.to_owned();
    }
    title.chars().take(299).chain(['…']).collect()
}

/// A number as an English ordinal.
fn nth(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
