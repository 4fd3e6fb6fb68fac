//! From steps to entries on a ledger. Every append goes through the same validation as anyone's.

use servanda::builtin::{self, diet_treaty_approval as diet};
use servanda::{
    Advance, Attest, Batch, Calendar, Commitment, CoreError, Day, Error, FixedTime, Moment, Obligation, Party, Remark,
    Source, Tracker, Words,
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
    /// What the list does not have may have happened all the same, so that a lapse and a drop are presumed.
    Withheld,
}

/// Who records.
pub(crate) const RECORDER: &str = "diet-treaties";

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
    /// What was entered otherwise than it stands in the list, and why.
    pub(crate) remarks: Vec<String>,
    /// Whether the thirty days would have to be counted from a receipt that the record does not have.
    pub(crate) no_receipt: bool,
}

impl<'a> Importer<'a> {
    /// A ledger with the calendar and the houses. The times of recording are made up by a rule: everything is written down at the
    /// start of the day after the last of which the files speak, so that the same files always make the same ledger.
    pub(crate) fn new(
        file: &'a File,
        calendar: &Calendar,
        newest: Option<Day>,
        attestation: Attestation,
    ) -> Result<Self, Error> {
        let last = newest.max(Some(calendar.through)).and_then(|day| day.plus_days(1)).unwrap_or(calendar.through);
        let written: Moment = format!("{last}T00:00:00.000000Z").parse()?;
        let tracker = Tracker::in_memory(RECORDER).with_time(FixedTime(written));
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

    /// Writes a treaty down row by row, as far as its rows follow from one another. What comes after a row that is left out is left out
    /// too.
    pub(crate) fn import(&self, mut treaty: Treaty, calendar: &Calendar) -> Imported {
        let commitment = format!("jp/treaties/{}", treaty.id);
        let rows = std::mem::take(&mut treaty.rows);
        let (mut registered, mut remarks, mut no_receipt) = (false, Vec::new(), false);
        let (mut coming, mut newest) = (Coming::Submitted, None);
        let mut left = rows.iter();
        for row in left.by_ref() {
            let plan = Plan::of(row, coming, calendar).map_err(|faults| faults.join("; "));
            let written = plan.and_then(|plan| Ok((self.write_down(&commitment, row, &plan)?, plan)));
            match written {
                Ok((refused, plan)) => {
                    registered = true;
                    newest = plan.steps.iter().map(|step| step.on).chain(plan.submitted).max();
                    coming = plan.next;
                    no_receipt |= plan.no_receipt;
                    remarks.extend(plan.remarks);
                    for text in plan.oddities.into_iter().chain(refused) {
                        treaty.note(self.file, row.line, text);
                    }
                }
                Err(why) => {
                    treaty.leave_out(self.file, row.line, &why);
                    break;
                }
            }
        }
        for row in left {
            treaty.leave_out(self.file, row.line, "it follows on a row that is left out");
        }
        if registered && !treaty.incomplete {
            self.promulgate(&commitment, &mut treaty, &rows);
        }
        let commitment = registered.then_some(commitment);
        let mut imported = Imported { treaty, commitment, asked_on: newest, convened: None, remarks, no_receipt };
        if let Some(last) = rows.iter().max_by_key(|row| row.listed) {
            self.close(&mut imported, last, calendar);
        }
        imported
    }

    /// Sets the day of the question, and attests that the record is complete to the day on which the last session closed.
    fn close(&self, imported: &mut Imported, last: &Row, calendar: &Calendar) {
        let Some(session) = calendar.periods.iter().find(|period| period.number == last.listed) else {
            let text = format!(
                "session {} is not in the calendar; the question is asked on the last day that the row has",
                last.listed
            );
            imported.treaty.note(self.file, last.line, text);
            return;
        };
        imported.asked_on = Some(session.closed.unwrap_or(calendar.through));
        imported.convened = Some(session.convened);
        if let (Some(commitment), Some(closed), Attestation::Complete, false) =
            (&imported.commitment, session.closed, self.attestation, imported.treaty.incomplete)
            && let Err(error) = self.attest(commitment, session.number, closed)
        {
            let text = format!("that the record is complete could not be attested: {error}");
            imported.treaty.note(self.file, last.line, text);
        }
    }

    /// Writes the steps of one row down: all of them or none, for one that is not allowed shows that the row contradicts itself. It
    /// does not where the law took a step before it, such as a vote after the thirty days: that step alone is left out. Comes back with
    /// those that are, and why.
    fn write_down(&self, id: &str, row: &Row, plan: &Plan) -> Result<Vec<String>, String> {
        let source = record(row).map_err(|error| error.to_string())?;
        let registration = plan.submitted.map(|day| registration(id, row, day, &source));
        let registration = registration.transpose().map_err(|error| error.to_string())?.map(Batch::from);
        let entries: Vec<Batch> =
            registration.into_iter().chain(plan.steps.iter().map(|step| entry(id, step, &source))).collect();
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        match self.tracker.append(entries.iter().cloned().collect::<Batch>()) {
            Ok(_) => Ok(Vec::new()),
            Err(Error::Core(CoreError::IllegalStep { presumed: true, .. })) => {
                let refused = entries.into_iter().filter_map(|entry| self.tracker.append(entry).err());
                Ok(refused.map(|error| format!("{error}; the step is left out")).collect())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Promulgation comes last, whichever row has it.
    fn promulgate(&self, commitment: &str, treaty: &mut Treaty, rows: &[Row]) {
        for (row, on) in rows.iter().filter_map(|row| Some((row, row.promulgated?))) {
            let step = |source| Advance::new(commitment, diet::PROMULGATED).on(on).by("jp").citing(source);
            if let Err(error) = record(row).and_then(|source| self.tracker.append(step(source))) {
                treaty.note(self.file, row.line, format!("{error}; the step is left out"));
            }
        }
    }

    fn attest(&self, id: &str, session: u32, closed: Day) -> Result<(), Error> {
        let complete = "The official list of the session has every step through both houses.";
        let attestation = Attest::new(id).on(closed).citing(list(session)?).noting(complete);
        self.tracker.append(attestation).map(drop)
    }
}

/// The words are the title under which the Cabinet asks for approval. It strives for what is the Diet's to decide.
fn registration(id: &str, row: &Row, day: Day, source: &Source) -> Result<Commitment, Error> {
    let words = Words::new(&row.title, source.clone())?;
    Ok(Commitment::new(id, &short(&row.title), builtin::diet_treaty_approval())?
        .given("jp", day, Obligation::Conduct, words)?
        .opening_at(diet::SUBMITTED, day, vec![source.clone()]))
}

fn entry(id: &str, step: &Step, source: &Source) -> Batch {
    let Step { on, what, house, note } = step;
    match what {
        What::To(status) => {
            let step = Advance::new(id, status).on(*on).by(house.id()).citing(source.clone());
            if note.is_empty() { step.into() } else { step.noting(note).into() }
        }
        What::InAdvance(title) => {
            let title = format!("{}: {title}", house.names().0);
            let remark = Remark::new(id, &title).on(*on).citing(source.clone());
            if note.is_empty() { remark.into() } else { remark.noting(note).into() }
        }
    }
}

/// The progress page of a row, or the list of its session if it has none.
fn record(row: &Row) -> Result<Source, Error> {
    let Some(page) = &row.page else { return list(row.listed) };
    let title =
        format!("Record of the {} Diet on treaty no. {} of the {}", nth(row.listed), row.number, nth(row.submitted));
    Ok(Source { url: page.clone(), ..published(&title, page.as_str())? })
}

/// The list of what is before the Diet in a session, from which the progress pages are linked.
fn list(session: u32) -> Result<Source, Error> {
    let url = format!("https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/kaiji{session}.htm");
    published(&format!("List of bills and treaties of the {} Diet", nth(session)), &url)
}

fn published(title: &str, url: &str) -> Result<Source, Error> {
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
