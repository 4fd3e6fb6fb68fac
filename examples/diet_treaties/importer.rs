//! Records the steps as entries on a ledger. The ledger validates every append.

use servanda::builtin::{self, diet_treaty_approval as diet};
use servanda::{
    Advance, Batch, Commitment, Day, Error, FixedTime, Moment, Obligation, Party, Remark, Source, Tracker,
    facts::Attest, procedure::Calendar,
};

use super::plan::{Arrival, Event, Plan, Step};
use super::row::Row;
use super::table::File;
use super::treaty::Treaty;
use super::vocabulary::House;

/// Whether the importer attests that the record is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attestation {
    /// The list is the official one: a step that it does not have did not happen by the day on
    /// which the session closed.
    Complete,
    /// The list may be incomplete, so a lapse or a drop is only presumed.
    Withheld,
}

/// The recorder of all entries.
pub(crate) const RECORDER: &str = "diet-treaties";

/// Records treaties, one after the other.
pub(crate) struct Importer<'a> {
    tracker: Tracker,
    file: &'a File,
    attestation: Attestation,
}

/// A recorded treaty, and the question to ask about it.
pub(crate) struct Imported {
    pub(crate) treaty: Treaty,
    /// The commitment. `None` if it could not be registered.
    pub(crate) commitment: Option<String>,
    /// The day of the question: the day on which the session of the last row closed, or else the
    /// last known day.
    pub(crate) asked_on: Option<Day>,
    /// The day on which the session of the last row convened. `None` if the calendar does not have
    /// that session.
    pub(crate) convened: Option<Day>,
    /// Entries that differ from the list, and why.
    pub(crate) remarks: Vec<String>,
    /// Whether the day of receipt, from which the thirty days are counted, is missing.
    pub(crate) no_receipt: bool,
}

impl<'a> Importer<'a> {
    /// Creates a ledger with the calendar and the houses. All entries are recorded at the start of
    /// the day after the last day in the files, so the same files always give the same ledger.
    pub(crate) fn new(
        file: &'a File,
        calendar: &Calendar,
        newest: Option<Day>,
        attestation: Attestation,
    ) -> Result<Self, Error> {
        let last = newest.max(Some(calendar.through)).and_then(|day| day.plus_days(1)).unwrap_or(calendar.through);
        let recorded_at: Moment = format!("{last}T00:00:00.000000Z").parse()?;
        let tracker = Tracker::in_memory(RECORDER)?.with_time(FixedTime(recorded_at));
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

    /// Records a treaty row by row. After a row that is skipped, all further rows are skipped too.
    pub(crate) fn import(&self, mut treaty: Treaty, calendar: &Calendar) -> Imported {
        let commitment = format!("jp/treaties/{}", treaty.id);
        let rows = std::mem::take(&mut treaty.rows);
        let (mut registered, mut remarks, mut no_receipt) = (false, Vec::new(), false);
        let (mut arrival, mut newest) = (Arrival::Submitted, None);
        let mut left = rows.iter();
        for row in left.by_ref() {
            let plan = Plan::of(row, arrival, calendar).map_err(|faults| faults.join("; "));
            let recorded = plan.and_then(|plan| Ok((self.record_row(&commitment, row, &plan)?, plan)));
            match recorded {
                Ok((refused, plan)) => {
                    registered = true;
                    newest = plan.steps.iter().map(|step| step.on).chain(plan.submitted).max();
                    arrival = plan.next;
                    no_receipt |= plan.no_receipt;
                    remarks.extend(plan.remarks);
                    for text in plan.oddities.into_iter().chain(refused) {
                        treaty.note(self.file, row.line, text);
                    }
                }
                Err(why) => {
                    treaty.skip_row(self.file, row.line, &why);
                    break;
                }
            }
        }
        for row in left {
            treaty.skip_row(self.file, row.line, "it follows a row that is skipped");
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

    /// Sets the day of the question, and attests that the record is complete to the close of the
    /// last session.
    fn close(&self, imported: &mut Imported, last: &Row, calendar: &Calendar) {
        let Some(session) = calendar.periods.iter().find(|period| period.number == last.listed) else {
            let text = format!(
                "session {} is not in the calendar; the outcome is computed as of the last day of the row",
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
            let text = format!("the attestation that the record is complete was refused: {error}");
            imported.treaty.note(self.file, last.line, text);
        }
    }

    /// Records the steps of one row, all of them or none, because a step that is not allowed shows
    /// that the row contradicts itself. The exception is a step after one that a clock has taken,
    /// such as a vote after the thirty days: then only that step is skipped. Returns a message for
    /// each skipped step.
    fn record_row(&self, id: &str, row: &Row, plan: &Plan) -> Result<Vec<String>, String> {
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
            Err(Error::IllegalStep { presumed: true, .. }) => {
                let refused = entries.into_iter().filter_map(|entry| self.tracker.append(entry).err());
                Ok(refused.map(|error| format!("{error}; the step is skipped")).collect())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Records the promulgation, which is always the last step.
    fn promulgate(&self, commitment: &str, treaty: &mut Treaty, rows: &[Row]) {
        for (row, on) in rows.iter().filter_map(|row| Some((row, row.promulgated?))) {
            let step = |source| Advance::builder(commitment, diet::PROMULGATED).on(on).by("jp").citing(source);
            if let Err(error) = record(row).and_then(|source| self.tracker.append(step(source))) {
                treaty.note(self.file, row.line, format!("{error}; the step is skipped"));
            }
        }
    }

    fn attest(&self, id: &str, session: u32, closed: Day) -> Result<(), Error> {
        let complete = "The official list of the session has every step through both houses.";
        let attestation = Attest::builder(id).on(closed).citing(list(session)?).noting(complete);
        self.tracker.append(attestation).map(drop)
    }
}

/// The commitment of the Cabinet: its words are the title of the treaty. The obligation is conduct,
/// because the Diet decides the result.
fn registration(id: &str, row: &Row, day: Day, source: &Source) -> Result<Commitment, Error> {
    Commitment::builder(id, short(&row.title))
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .made(day)
        .obligation(Obligation::Conduct)
        .words(&row.title, source.clone())
        .opening(diet::SUBMITTED, day, vec![source.clone()])
        .build()
}

fn entry(id: &str, step: &Step, source: &Source) -> Batch {
    let Step { on, event, house, note } = step;
    match event {
        Event::Step(status) => {
            let step = Advance::builder(id, status).on(*on).by(house.id()).citing(source.clone());
            if note.is_empty() { step.into() } else { step.noting(note).into() }
        }
        Event::InAdvance(title) => {
            let title = format!("{}: {title}", house.names().0);
            let remark = Remark::builder(id, &title).on(*on).citing(source.clone());
            if note.is_empty() { remark.into() } else { remark.noting(note).into() }
        }
    }
}

/// The progress page of a row, or the list of its session if the row has no page.
fn record(row: &Row) -> Result<Source, Error> {
    let Some(page) = &row.page else { return list(row.listed) };
    let title =
        format!("Record of the {} Diet on treaty no. {} of the {}", nth(row.listed), row.number, nth(row.submitted));
    published(&title, page.as_str())
}

/// The list of bills and treaties of a session, which links to the progress pages.
fn list(session: u32) -> Result<Source, Error> {
    let url = format!("https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/kaiji{session}.htm");
    published(&format!("List of bills and treaties of the {} Diet", nth(session)), &url)
}

fn published(title: &str, url: &str) -> Result<Source, Error> {
    Ok(Source::new(title, url)?.published_by("House of Representatives of Japan")?.in_language("ja")?)
}

/// Shortens a title to the maximum of 300 characters.
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
