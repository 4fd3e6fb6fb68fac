//! Helpers that change the rows of the test files.

use super::diet_treaties::answer::{Answer, Outcome};
use super::diet_treaties::{Attestation, File, Report};

pub(crate) const FACTS: &str = include_str!("treaties.csv");
pub(crate) const SESSIONS: &str = include_str!("sessions.csv");

/// The sessions in which the Trans-Pacific Partnership was before the Diet.
pub(crate) const SESSIONS_OF_THE_TPP: [(&str, &str); 3] = [
    ("190", "190,regular,2016-01-04,2016-06-01,term_end,recalled"),
    ("191", "191,extraordinary,2016-08-01,2016-08-03,term_end,recalled"),
    ("192", "192,extraordinary,2016-09-26,2016-12-17,term_end,recalled"),
];

/// The report on two texts. In messages they are named `treaties.csv` and `sessions.csv`.
pub(crate) fn report(treaties: impl AsRef<[u8]>, sessions: impl AsRef<[u8]>) -> Report {
    let file = |name: &str, bytes: &[u8]| File { name: name.to_owned(), bytes: bytes.to_vec() };
    let (treaties, sessions) = (file("treaties.csv", treaties.as_ref()), file("sessions.csv", sessions.as_ref()));
    Report::of(&treaties, &sessions, Attestation::Complete).unwrap()
}

pub(crate) fn answer(treaties: &str, sessions: &str, treaty: &str) -> Answer {
    let report = report(treaties, sessions);
    report.answers.into_iter().find(|answer| answer.treaty == treaty).unwrap()
}

/// A treaty, its outcome and the day of the outcome, with `-` for each that is `None`.
pub(crate) fn outcome_of(answer: &Answer) -> (String, String, String) {
    let day = answer.effective.map_or("-".to_owned(), |day| day.to_string());
    (answer.treaty.clone(), answer.outcome.map_or("-", Outcome::as_str).to_owned(), day)
}

pub(crate) fn expected_outcome(treaty: &str, outcome: &str, day: &str) -> (String, String, String) {
    (treaty.to_owned(), outcome.to_owned(), day.to_owned())
}

/// Rows of a list of treaties, with the header, and the list of sessions to use.
#[derive(Clone)]
pub(crate) struct Rows {
    rows: Vec<Vec<String>>,
    sessions: String,
}

impl Rows {
    /// The rows of a treaty in the test files.
    pub(crate) fn of(treaty: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(FACTS.as_bytes());
        let all = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        let rows = all.enumerate().filter(|(n, row)| *n == 0 || format!("{}-{}", row[1], row[2]) == treaty);
        let rows: Vec<_> = rows.map(|(_, row)| row).collect();
        assert!(rows.len() > 1, "{treaty} is not in the test files");
        Self { rows, sessions: SESSIONS.to_owned() }
    }

    /// A row with these cells. All other cells are blank.
    pub(crate) fn new(cells: &[(&str, &str)]) -> Self {
        let header: Vec<String> = FACTS.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let blank = vec![String::new(); header.len()];
        Self { rows: vec![header, blank], sessions: SESSIONS.to_owned() }.with(cells)
    }

    fn column(&self, name: &str) -> usize {
        self.rows[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    /// Keeps only the rows of this session.
    pub(crate) fn only(mut self, session: &str) -> Self {
        let listed = self.column("listed_session");
        let mut first = true;
        self.rows.retain(|row| std::mem::take(&mut first) || row[listed] == session);
        self
    }

    /// Changes these cells in the last row.
    pub(crate) fn with(mut self, changes: &[(&str, &str)]) -> Self {
        for (name, text) in changes {
            let index = self.column(name);
            self.rows.last_mut().unwrap()[index] = (*text).to_owned();
        }
        self
    }

    /// Appends the rows of `others`.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.rows.extend(others.rows.into_iter().skip(1));
        self
    }

    /// Reverses the order of the rows.
    pub(crate) fn reversed(mut self) -> Self {
        self.rows[1..].reverse();
        self
    }

    /// Replaces a session by another line. An empty line removes the session.
    pub(crate) fn with_session(mut self, number: &str, line: &str) -> Self {
        let keep = |old: &&str| !old.starts_with(&format!("{number},"));
        let others: Vec<&str> = self.sessions.lines().filter(keep).collect();
        let more = if line.is_empty() { String::new() } else { format!("{line}\n") };
        self.sessions = format!("{}\n{more}", others.join("\n"));
        self
    }

    pub(crate) fn text(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    pub(crate) fn report(&self) -> Report {
        report(self.text(), &self.sessions)
    }

    /// The answer for the first treaty.
    pub(crate) fn answer(&self) -> Answer {
        self.report().answers.into_iter().next().unwrap()
    }

    /// The problems of the report, as text.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.report().problems.iter().map(ToString::to_string).collect()
    }
}
