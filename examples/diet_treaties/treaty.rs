//! Groups the rows by treaty, in the order of the sessions, and collects their problems.

use std::collections::BTreeMap;

use super::problem::Problem;
use super::row::{NEEDED, Row};
use super::table::{File, Line, Table};
use super::vocabulary::SiteStatus;

/// A treaty of the list.
#[derive(Debug)]
pub(crate) struct Treaty {
    /// The session to which it was submitted and its number there, such as `183-1`.
    pub(crate) id: String,
    /// The rows that can be read, by session. The row of a report of disagreement comes after the
    /// others of its session.
    pub(crate) rows: Vec<Row>,
    /// The final status in the list, from the last row that is not a report of disagreement.
    pub(crate) site_status: String,
    /// The first line of that row.
    pub(crate) last_line: usize,
    /// Whether one of its rows is skipped.
    pub(crate) incomplete: bool,
    pub(crate) problems: Vec<Problem>,
}

/// The session and the number of a treaty, if both can be read, and the id made from their texts.
type Key = (Option<(u32, u32)>, String);

/// One row, or its faults.
struct Entry<'a> {
    line: &'a Line,
    listed: Option<u32>,
    word: String,
    row: Result<Row, Vec<String>>,
}

impl Treaty {
    /// The final status, if it is a known one.
    pub(crate) fn status(&self) -> Option<SiteStatus> {
        SiteStatus::of(&self.site_status)
    }

    /// The final status, for messages.
    pub(crate) fn said(&self) -> &str {
        if self.site_status.is_empty() { "nothing" } else { &self.site_status }
    }

    /// Skips a row and notes the reason.
    pub(crate) fn skip_row(&mut self, file: &File, line: usize, why: &str) {
        self.incomplete = true;
        self.note(file, line, format!("{why}; the row is skipped"));
    }

    /// Notes a problem.
    pub(crate) fn note(&mut self, file: &File, line: usize, text: String) {
        self.problems.push(Problem::of(file, line, text).about(&self.id));
    }
}

/// The treaties of a list, by session and number. Those whose number cannot be read come last.
pub(crate) fn read(file: &File) -> Result<Vec<Treaty>, String> {
    let table = Table::read(file, &NEEDED)?;
    let mut groups: BTreeMap<Key, Vec<Entry<'_>>> = BTreeMap::new();
    for line in &table.lines {
        let row = Row::read(&table, line);
        let number = |column: &str| table.cell(line, column).parse::<u32>().ok();
        let key = number("submitted_session").zip(number("number"));
        let id = match key {
            Some((session, number)) => format!("{session}-{number}"),
            None => format!("{}-{}", table.cell(line, "submitted_session"), table.cell(line, "number")),
        };
        let word = table.cell(line, "status_ja").to_owned();
        let listed = number("listed_session");
        groups.entry((key, id)).or_default().push(Entry { line, listed, word, row });
    }
    let (unreadable, mut treaties): (Vec<_>, Vec<_>) = groups.into_iter().partition(|((key, _), _)| key.is_none());
    treaties.extend(unreadable);
    Ok(treaties.into_iter().map(|((_, id), entries)| treaty(file, id, entries)).collect())
}

fn treaty(file: &File, id: String, mut entries: Vec<Entry<'_>>) -> Treaty {
    entries.sort_by_key(|entry| {
        let step = entry.row.as_ref().is_ok_and(Row::reports_disagreement);
        (entry.listed.unwrap_or(u32::MAX), step, entry.line.number)
    });
    let own_words = || entries.iter().filter(|entry| SiteStatus::of(&entry.word) != Some(SiteStatus::HousesDisagree));
    let last = own_words().next_back().or(entries.last());
    let (site_status, last_line) = last.map_or((String::new(), 0), |last| (last.word.clone(), last.line.number));
    let mut treaty = Treaty { id, rows: Vec::new(), site_status, last_line, incomplete: false, problems: Vec::new() };
    let mut kept: Vec<(&Line, Row)> = Vec::new();
    for entry in entries {
        let number = entry.line.number;
        match entry.row {
            Err(faults) => treaty.skip_row(file, number, &faults.join("; ")),
            Ok(row) => match kept.iter().find(|(line, _)| line.repeats(entry.line)) {
                Some((first, _)) => {
                    treaty.note(
                        file,
                        number,
                        format!("it repeats the row of line {}, which counts once", first.number),
                    );
                }
                None => kept.push((entry.line, row)),
            },
        }
    }
    let rivals = |row: &Row| {
        let same = |(_, other): &&(&Line, Row)| {
            other.listed == row.listed && other.reports_disagreement() == row.reports_disagreement()
        };
        let lines: Vec<String> = kept.iter().filter(same).map(|(line, _)| line.number.to_string()).collect();
        (lines.len() > 1).then(|| lines.join(" and "))
    };
    let rivals: Vec<Option<String>> = kept.iter().map(|(_, row)| rivals(row)).collect();
    for ((line, row), rivals) in kept.into_iter().zip(rivals) {
        match rivals {
            None => treaty.rows.push(row),
            Some(lines) => {
                let why = format!("lines {lines} contradict each other about session {}", row.listed);
                treaty.skip_row(file, line.number, &why);
            }
        }
    }
    for row in &treaty.rows {
        let odd = |text: &String| Problem::of(file, row.line, text.clone()).about(&treaty.id);
        treaty.problems.extend(row.oddities.iter().map(odd));
    }
    treaty
}
