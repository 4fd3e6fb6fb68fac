//! The facts, and rows made from them.

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

/// What became of the treaties of two texts. Their names are `treaties.csv` and `sessions.csv`.
pub(crate) fn report(treaties: impl AsRef<[u8]>, sessions: impl AsRef<[u8]>) -> Report {
    let file = |name: &str, bytes: &[u8]| File { name: name.to_owned(), bytes: bytes.to_vec() };
    let (treaties, sessions) = (file("treaties.csv", treaties.as_ref()), file("sessions.csv", sessions.as_ref()));
    Report::of(&treaties, &sessions, Attestation::Complete).unwrap()
}

pub(crate) fn answer(treaties: &str, sessions: &str, treaty: &str) -> Answer {
    let report = report(treaties, sessions);
    report.answers.into_iter().find(|answer| answer.treaty == treaty).unwrap()
}

/// A treaty, its outcome and the day of it, `-` for each that is absent.
pub(crate) fn told(answer: &Answer) -> (String, String, String) {
    let day = answer.effective.map_or("-".to_owned(), |day| day.to_string());
    (answer.treaty.clone(), answer.outcome.map_or("-", Outcome::as_str).to_owned(), day)
}

pub(crate) fn tell(treaty: &str, outcome: &str, day: &str) -> (String, String, String) {
    (treaty.to_owned(), outcome.to_owned(), day.to_owned())
}

/// Some rows of a list of treaties, with the header, and the sessions they are read with.
#[derive(Clone)]
pub(crate) struct Rows {
    rows: Vec<Vec<String>>,
    sessions: String,
}

impl Rows {
    /// The rows of a treaty of the facts.
    pub(crate) fn of(treaty: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(FACTS.as_bytes());
        let all = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        let rows = all.enumerate().filter(|(n, row)| *n == 0 || format!("{}-{}", row[1], row[2]) == treaty);
        let rows: Vec<_> = rows.map(|(_, row)| row).collect();
        assert!(rows.len() > 1, "{treaty} is not among the facts");
        Self { rows, sessions: SESSIONS.to_owned() }
    }

    /// A row with these cells, and all others blank.
    pub(crate) fn new(cells: &[(&str, &str)]) -> Self {
        let header: Vec<String> = FACTS.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let blank = vec![String::new(); header.len()];
        Self { rows: vec![header, blank], sessions: SESSIONS.to_owned() }.with(cells)
    }

    fn column(&self, name: &str) -> usize {
        self.rows[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    /// The same rows, those of this session alone.
    pub(crate) fn only(mut self, session: &str) -> Self {
        let listed = self.column("listed_session");
        let mut first = true;
        self.rows.retain(|row| std::mem::take(&mut first) || row[listed] == session);
        self
    }

    /// The same rows with these cells changed in the last one.
    pub(crate) fn with(mut self, changes: &[(&str, &str)]) -> Self {
        for (name, text) in changes {
            let index = self.column(name);
            self.rows.last_mut().unwrap()[index] = (*text).to_owned();
        }
        self
    }

    /// The same rows and those of `others`.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.rows.extend(others.rows.into_iter().skip(1));
        self
    }

    /// The same rows, the last ones first.
    pub(crate) fn backwards(mut self) -> Self {
        self.rows[1..].reverse();
        self
    }

    /// The same rows, read with one line of the sessions put in the place of another; with nothing, taken out.
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

    /// What became of the first treaty.
    pub(crate) fn answer(&self) -> Answer {
        self.report().answers.into_iter().next().unwrap()
    }

    /// What is found wrong or odd.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        self.report().diagnostics.iter().map(ToString::to_string).collect()
    }
}
