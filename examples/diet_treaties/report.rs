//! Computes the answers from two files, and formats them.

use std::fmt::Write as _;

use servanda::{Day, Error, Tracker};

use super::answer::{Answer, Outcome};
use super::importer::{Attestation, Importer, RECORDER};
use super::problem::Problem;
use super::sessions;
use super::table::File;
use super::treaty::{self, Treaty};

/// The outcomes of the treaties of a list.
#[derive(Debug)]
pub(crate) struct Report {
    /// The answers, by session and number.
    pub(crate) answers: Vec<Answer>,
    /// The problems of the files, by file and line.
    pub(crate) problems: Vec<Problem>,
    /// The ledger with all imported entries.
    pub(crate) tracker: Tracker,
}

impl Report {
    /// Imports a list of treaties and a list of sessions, and computes the outcome of each treaty.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the files is not such a list. A faulty row is not an error, but
    /// one of `problems`.
    pub(crate) fn of(treaties: &File, sessions: &File, attestation: Attestation) -> Result<Self, String> {
        let read = treaty::read(treaties)?;
        let newest = newest(&read);
        let (calendar, mut problems) = sessions::read(sessions, newest)?;
        let importer = Importer::new(treaties, &calendar, newest, attestation).map_err(|error| error.to_string())?;
        let imported: Vec<_> = read.into_iter().map(|treaty| importer.import(treaty, &calendar)).collect();
        let mut answers = Vec::new();
        for mut imported in imported {
            let (answer, objection) =
                Answer::compute(&imported, importer.tracker()).map_err(|error| error.to_string())?;
            let line = imported.treaty.last_line;
            objection.into_iter().for_each(|objection| imported.treaty.note(treaties, line, objection));
            answers.push(answer);
            problems.extend(imported.treaty.problems);
        }
        problems.sort();
        Ok(Self { answers, problems, tracker: importer.tracker().clone() })
    }

    /// Writes the ledger to a new file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file exists or cannot be written.
    pub(crate) fn save(&self, place: &str) -> Result<(), String> {
        let save = || {
            let export = self.tracker.export_since(None)?;
            Tracker::create(place, RECORDER)?.merge(export.entries)
        };
        save().map(drop).map_err(|error: Error| error.to_string())
    }

    pub(crate) fn disagreements(&self) -> usize {
        self.answers.iter().filter(|answer| !answer.agrees).count()
    }

    /// The answers as a JSON array.
    pub(crate) fn json(&self) -> Result<String, String> {
        serde_json::to_string_pretty(&self.answers).map_err(|error| error.to_string())
    }

    /// The answers as a table, with each note below its treaty.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:10}{:28}{:12}{:8}site status\n", "treaty", "outcome", "effective", "agrees");
        for answer in &self.answers {
            let outcome = answer.outcome.map_or("-", Outcome::as_str);
            let effective = answer.effective.map_or("-".to_owned(), |day| day.to_string());
            let agrees = if answer.agrees { "yes" } else { "no" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{:10}{outcome:28}{effective:12}{agrees:8}{}", answer.treaty, answer.site_status);
            if !answer.note.is_empty() {
                let _ = writeln!(text, "          {}", answer.note);
            }
        }
        text
    }

    /// The number of treaties, of each outcome, and of disagreements with the list.
    pub(crate) fn counts(&self) -> String {
        let mut text = format!("treaties: {}\n", self.answers.len());
        let number = |outcome: Option<Outcome>| self.answers.iter().filter(|answer| answer.outcome == outcome).count();
        for outcome in Outcome::ALL {
            let _ = writeln!(text, "{}: {}", outcome.as_str(), number(Some(outcome)));
        }
        let _ = writeln!(text, "not computed: {}", number(None));
        let _ = writeln!(text, "disagreements: {}", self.disagreements());
        text
    }
}

/// The last day in any row.
fn newest(treaties: &[Treaty]) -> Option<Day> {
    let rows = treaties.iter().flat_map(|treaty| &treaty.rows);
    rows.flat_map(|row| row.days().map(|(_, day)| day).chain(row.promulgated)).max()
}
