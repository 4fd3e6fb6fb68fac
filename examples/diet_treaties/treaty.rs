//! From rows to treaties: the rows of one treaty, in the order of its sessions, and what is wrong with them.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use super::row::{NEEDED, Row};
use super::table::{File, Line, Table};
use super::vocabulary::SiteStatus;

/// A treaty as the list has it.
#[derive(Debug)]
pub(crate) struct Treaty {
    /// The session it was submitted to and its number there, such as `183-1`.
    pub(crate) id: String,
    /// The rows that can be read, by session, that of a report of disagreement behind the treaty's own.
    pub(crate) rows: Vec<Row>,
    /// The last word of the list on it: that of its last row which is not a mere step.
    pub(crate) site_status: String,
    /// The line on which that row begins.
    pub(crate) last_line: usize,
    /// Whether some row of it is left out.
    pub(crate) incomplete: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The session and the number of a treaty, if both can be read, and what they read.
type Key = (Option<(u32, u32)>, String);

/// One row, read or not.
struct Entry<'a> {
    line: &'a Line,
    listed: Option<u32>,
    word: String,
    row: Result<Row, Vec<String>>,
}

impl Treaty {
    /// The word, if it is known.
    pub(crate) fn status(&self) -> Option<SiteStatus> {
        SiteStatus::of(&self.site_status)
    }

    /// The word, for people.
    pub(crate) fn said(&self) -> &str {
        if self.site_status.is_empty() { "nothing" } else { &self.site_status }
    }

    /// Notes that a row is left out.
    pub(crate) fn leave_out(&mut self, file: &File, line: usize, why: &str) {
        self.incomplete = true;
        self.note(file, line, format!("{why}; the row is left out"));
    }

    /// Notes that something is odd or wrong.
    pub(crate) fn note(&mut self, file: &File, line: usize, text: String) {
        self.diagnostics.push(Diagnostic::of(file, line, text).about(&self.id));
    }
}

/// The treaties of a list, by session and number; those whose number cannot be read come last.
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
    let mut treaty =
        Treaty { id, rows: Vec::new(), site_status, last_line, incomplete: false, diagnostics: Vec::new() };
    let mut kept: Vec<(&Line, Row)> = Vec::new();
    for entry in entries {
        let number = entry.line.number;
        match entry.row {
            Err(faults) => treaty.leave_out(file, number, &faults.join("; ")),
            Ok(row) => match kept.iter().find(|(line, _)| line.repeats(entry.line)) {
                Some((first, _)) => {
                    treaty.note(file, number, format!("the row of line {} once more; it counts once", first.number));
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
                let why = format!("lines {lines} say different things of it in session {}", row.listed);
                treaty.leave_out(file, line.number, &why);
            }
        }
    }
    for row in &treaty.rows {
        let odd = |text: &String| Diagnostic::of(file, row.line, text.clone()).about(&treaty.id);
        treaty.diagnostics.extend(row.oddities.iter().map(odd));
    }
    treaty
}
