//! Reads tables of participation as depositaries publish them, such as the UN Treaty Collection.
//!
//! A table has a heading line, a line for each participant with days in one or more columns, and
//! notes. Letters after a day say what the participant did, brackets mark an act that no longer has
//! effect, and digits refer to the notes.

use std::collections::BTreeMap;

use csv::ByteRecord;
use servanda::{
    Date, Day,
    format::quote,
    treaty::{Instrument, InstrumentKind, Unread},
};

use super::deposits::Deposits;
use super::records::is_blank;
use super::written_day::{date_at, day_after, days_in};

/// What a participant did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It consented to be bound, or gave notice that it leaves.
    Instrument(InstrumentKind),
    /// It signed, subject to ratification.
    Signature,
    /// It took the place of a State that had signed.
    SuccessionToSignature,
    /// It applies the treaty before its entry into force.
    ProvisionalApplication,
    /// It ended the provisional application.
    EndOfProvisionalApplication,
}

impl Act {
    /// The acts that a heading can name, by their names in headings.
    const NAMED: [(&'static str, Self); 15] = [
        ("signature", Self::Signature),
        ("definitive signature", Self::Instrument(InstrumentKind::DefinitiveSignature)),
        ("succession to signature", Self::SuccessionToSignature),
        ("provisional application", Self::ProvisionalApplication),
        ("ratification", Self::Instrument(InstrumentKind::Ratification)),
        ("acceptance", Self::Instrument(InstrumentKind::Acceptance)),
        ("approval", Self::Instrument(InstrumentKind::Approval)),
        ("accession", Self::Instrument(InstrumentKind::Accession)),
        ("succession", Self::Instrument(InstrumentKind::Succession)),
        ("formal confirmation", Self::Instrument(InstrumentKind::FormalConfirmation)),
        ("notification", Self::Instrument(InstrumentKind::Notification)),
        ("withdrawal", Self::Instrument(InstrumentKind::Withdrawal)),
        ("denunciation", Self::Instrument(InstrumentKind::Denunciation)),
        ("act of formal confirmation", Self::Instrument(InstrumentKind::FormalConfirmation)),
        ("acte of formal confirmation", Self::Instrument(InstrumentKind::FormalConfirmation)),
    ];

    /// Whether a participant that does this deposits an instrument by which it becomes a party.
    fn binds(self) -> bool {
        matches!(self, Self::Instrument(kind) if !kind.leaves())
    }
}

/// An act of a participant, as a table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) participant: String,
    pub(super) act: Act,
    pub(super) date: Date,
    /// The day on which it takes effect, if a note gives another day.
    pub(super) effective: Option<Day>,
    /// The numbers of the notes.
    pub(super) notes: Vec<u32>,
    pub(super) line: usize,
}

/// The meaning of a column: an act for each letter, and one for days without a letter.
#[derive(Clone, Debug, Default)]
struct Column {
    by_letter: BTreeMap<String, Act>,
    plain: Vec<Act>,
}

/// The heading of a table.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    participant: usize,
    /// The columns that have acts, by index.
    columns: BTreeMap<usize, Column>,
    share: Option<usize>,
}

/// A cell with a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    date: Date,
    letter: Option<String>,
    /// Whether the act no longer has effect.
    is_bracketed: bool,
    notes: Vec<u32>,
}

impl Column {
    /// Reads a heading such as `Ratification, Acceptance(A), Accession(a), Succession(d)`. `None`
    /// if it names no act.
    fn read(heading: &str) -> Option<Self> {
        let mut column = Self::default();
        for part in heading.split([',', ';', '/', '\n']) {
            let (name, letter) = match part.split_once('(') {
                Some((name, letter)) => (name, letter.trim_end().strip_suffix(')').map(str::trim)),
                None => (part, None),
            };
            let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let Some((_, act)) = Act::NAMED.into_iter().find(|(known, _)| *known == name) else { continue };
            match letter.filter(|letter| !letter.is_empty()) {
                Some(letter) => _ = column.by_letter.insert(letter.to_owned(), act),
                None => column.plain.push(act),
            }
        }
        (!column.by_letter.is_empty() || !column.plain.is_empty()).then_some(column)
    }

    /// The act that a day with this letter, or without a letter, stands for.
    fn act(&self, letter: Option<&str>) -> Result<Act, String> {
        match (letter, self.plain.as_slice()) {
            (Some(letter), _) => self.by_letter.get(letter).copied().ok_or_else(|| {
                let known: Vec<&str> = self.by_letter.keys().map(String::as_str).collect();
                let known = if known.is_empty() { "no letter".to_owned() } else { known.join(", ") };
                format!("the heading does not say what ({letter}) stands for; it explains {known}")
            }),
            (None, [act]) => Ok(*act),
            (None, []) => Err("the heading explains only days with a letter, and this one has none".to_owned()),
            // Ratification, acceptance and approval have the same effect.
            (None, [first, ..]) if self.plain.iter().all(|act| act.binds()) => Ok(*first),
            (None, _) => Err("the heading gives days without a letter more than one meaning".to_owned()),
        }
    }
}

impl Heading {
    /// Reads a line as a heading. `None` if it has no column of participants, or none of acts.
    pub(super) fn read(record: &ByteRecord) -> Option<Self> {
        let titles: Vec<String> = record.iter().map(text).collect();
        let is_participant = |title: &String| {
            let title = title.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_lowercase();
            matches!(title.as_str(), "participant" | "participants" | "party" | "state" | "country")
        };
        let participant = titles.iter().position(is_participant)?;
        let columns: BTreeMap<usize, Column> =
            titles.iter().enumerate().filter_map(|(index, title)| Some((index, Column::read(title)?))).collect();
        let binds = |column: &Column| column.plain.iter().chain(column.by_letter.values()).any(|act| act.binds());
        let share = titles.iter().position(|title| title.eq_ignore_ascii_case("share"));
        columns.values().any(binds).then_some(Self { participant, columns, share })
    }
}

/// Reads the lines of a table after its heading.
pub(super) fn read(heading: &Heading, records: impl Iterator<Item = (usize, Result<ByteRecord, String>)>) -> Table {
    let mut table = Table::default();
    let (mut lines, mut in_notes) = (Vec::new(), false);
    for (line, record) in records {
        match record {
            Ok(record) if is_blank(&record) => {}
            Ok(record) if in_notes => table.add_note(&record),
            Ok(record) if begins_notes(&record) => in_notes = true,
            Ok(record) => lines.push((line, record)),
            Err(_) if in_notes => {}
            Err(reason) => table.refuse(line, reason, Unread::default()),
        }
    }
    let names = names(heading, &lines);
    for ((line, record), (name, notes)) in lines.iter().zip(names) {
        table.add(heading, *line, record, &name, &notes);
    }
    table
}

/// Whether a line says that notes follow.
fn begins_notes(record: &ByteRecord) -> bool {
    let mut cells = record.iter().map(text).filter(|cell| !cell.is_empty());
    let first = cells.next().unwrap_or_default().to_lowercase();
    cells.next().is_none()
        && matches!(first.trim_end_matches(':'), "notes" | "note" | "end note" | "endnote" | "endnotes")
}

/// The names of the participants, and the numbers of their notes.
///
/// Digits at the end of a name refer to notes, unless two names differ only in them.
fn names(heading: &Heading, lines: &[(usize, ByteRecord)]) -> Vec<(String, Vec<u32>)> {
    let written: Vec<String> =
        lines.iter().map(|(_, record)| record.get(heading.participant).map(text).unwrap_or_default()).collect();
    let split: Vec<(String, Vec<u32>)> = written.iter().map(|name| without_notes(name)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &split {
        *times.entry(name).or_default() += 1;
    }
    let is_unique = |name: &str| times.get(name).is_none_or(|times| *times == 1);
    let own = split.iter().zip(&written).map(|((name, notes), written)| {
        if is_unique(name) { (name.clone(), notes.clone()) } else { (written.clone(), Vec::new()) }
    });
    own.collect()
}

/// Takes the numbers of notes from the end of a text, such as `Dallmark 3, 4`.
fn without_notes(text: &str) -> (String, Vec<u32>) {
    let mut rest = text.trim_end();
    let mut notes = Vec::new();
    loop {
        let start = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(digits) = rest.get(start.len()..).filter(|digits| !digits.is_empty() && digits.len() <= 3) else {
            break;
        };
        let before = start.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        if before.is_empty() {
            break;
        }
        notes.extend(digits.parse::<u32>().ok());
        rest = before;
    }
    notes.reverse();
    (rest.to_owned(), notes)
}

/// The acts of a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// The share of each participant that has one, as written.
    shares: BTreeMap<String, String>,
    /// The acts in brackets, by their index in `rows`.
    bracketed: Vec<usize>,
    notes: BTreeMap<u32, String>,
    /// The line numbers of invalid rows, with the reasons and what is known about them.
    refused: Vec<(usize, String, Unread)>,
}

impl Table {
    fn refuse(&mut self, line: usize, reason: String, unread: Unread) {
        self.refused.push((line, reason, unread));
    }

    fn add_note(&mut self, record: &ByteRecord) {
        let cells: Vec<String> = record.iter().map(text).collect();
        let Some((number, rest)) = cells.split_first() else { return };
        if let Ok(number) = number.trim_end_matches(['.', ')']).parse() {
            self.notes.insert(number, rest.join(" ").trim().to_owned());
        }
    }

    fn add(&mut self, heading: &Heading, line: usize, record: &ByteRecord, name: &str, notes: &[u32]) {
        if std::str::from_utf8(record.as_slice()).is_err() {
            return self.refuse(line, "it is not UTF-8".to_owned(), Unread::default());
        }
        let cells =
            heading.columns.iter().map(|(index, column)| (column, record.get(*index).map(text).unwrap_or_default()));
        let cells: Vec<(&Column, String)> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        if name.is_empty() {
            if !cells.is_empty() {
                self.refuse(line, "it has no participant".to_owned(), Unread::default());
            }
            return;
        }
        if let Some(share) =
            heading.share.and_then(|share| record.get(share)).map(text).filter(|share| !share.is_empty())
        {
            self.shares.insert(name.to_owned(), share);
        }
        for (column, written) in cells {
            let read = Cell::read(&written).and_then(|cell| Ok((column.act(cell.letter.as_deref())?, cell)));
            match read {
                Ok((act, cell)) => {
                    let numbers: Vec<u32> = notes.iter().chain(&cell.notes).copied().collect();
                    if cell.is_bracketed {
                        self.bracketed.push(self.rows.len());
                    }
                    let participant = name.to_owned();
                    self.rows.push(Row { participant, act, date: cell.date, effective: None, notes: numbers, line });
                }
                Err(reason) => {
                    // A column of signatures alone decides nothing.
                    let may_bind = column.plain.iter().chain(column.by_letter.values()).any(|act| act.binds());
                    let leaves = |act: &Act| matches!(act, Act::Instrument(kind) if kind.leaves());
                    // Brackets mark an act that no longer has effect.
                    let may_leave = may_bind && written.starts_with('[')
                        || column.plain.iter().chain(column.by_letter.values()).any(leaves);
                    let mut unread = unread(name, may_bind, may_leave);
                    unread.on = date_in(&written);
                    self.refuse(line, format!("{name}: {}: {reason}", quote(&written)), unread);
                }
            }
        }
    }

    /// Adds what the notes say: other days of effect, and the ends of acts in brackets.
    pub(super) fn apply_notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        let sentences = |row: &Row| -> Vec<&str> {
            row.notes
                .iter()
                .filter_map(|number| notes.get(number))
                .flat_map(|note| note.split_inclusive(". "))
                .collect()
        };
        let mut ends = Vec::new();
        for (index, row) in self.rows.iter_mut().enumerate() {
            let said = sentences(row);
            if self.bracketed.contains(&index) {
                ends.push((index, said.iter().find_map(|sentence| end_of(row, sentence))));
                continue;
            }
            let is_about = |sentence: &&&str| days_in(sentence).iter().any(|day| Date::from(*day) == row.date);
            let effective = said.iter().find(is_about).and_then(|sentence| effect(sentence));
            row.effective = effective.filter(|effective| Date::from(*effective) != row.date);
        }
        for (index, end) in ends.into_iter().rev() {
            let Some(row) = self.rows.get(index).cloned() else { continue };
            match end {
                Some(end) => self.rows.insert(index + 1, end),
                None => {
                    let reason = format!(
                        "{}: the act of {} is in brackets, so it no longer has effect, and no note that could be read says since when",
                        row.participant, row.date
                    );
                    let binds = row.act.binds();
                    if binds {
                        self.refuse(row.line, reason, unread(&row.participant, false, true));
                    }
                }
            }
        }
    }

    /// Turns the acts into deposits. Signatures and provisional application are not deposits.
    pub(super) fn into_deposits(
        self,
        share: impl Fn(&str, &str) -> Result<servanda::value::Decimal, String>,
    ) -> Deposits {
        let mut deposits = Deposits::default();
        for (line, reason, unread) in self.refused {
            deposits.errors.push((line, reason));
            deposits.unread.push(unread);
        }
        for row in self.rows {
            let Act::Instrument(kind) = row.act else { continue };
            let mut instrument = match Instrument::new(&row.participant, row.date.first_day()) {
                Ok(instrument) => instrument,
                Err(error) => {
                    deposits.errors.push((row.line, error.to_string()));
                    deposits.unread.push(Unread::default());
                    continue;
                }
            };
            (instrument.kind, instrument.on, instrument.effective) = (Some(kind), row.date, row.effective);
            match self.shares.get(&row.participant).map(|written| share(&row.participant, written)) {
                Some(Ok(share)) => instrument.share = Some(share),
                Some(Err(reason)) => deposits.errors.push((row.line, reason)),
                None => {}
            }
            deposits.instruments.push(instrument);
            deposits.lines.push(row.line);
        }
        deposits
    }
}

/// A row about a participant that could not be read.
fn unread(participant: &str, may_deposit: bool, may_leave: bool) -> Unread {
    let mut unread = Unread::default();
    (unread.by, unread.may_deposit, unread.may_leave) = (participant.parse().ok(), may_deposit, may_leave);
    unread
}

/// The date in a cell that could not be read, if it has only one.
fn date_in(written: &str) -> Option<Date> {
    let written = written.replace(['[', ']'], " ");
    let words: Vec<&str> = written.split_whitespace().collect();
    let (date, rest) = date_at(&words)?.ok()?;
    rest.iter().all(|word| word.len() < 4).then_some(date)
}

/// The act by which the effect of an act in brackets ended, as a sentence of a note tells it.
fn end_of(row: &Row, sentence: &str) -> Option<Row> {
    let lower = sentence.to_lowercase();
    let act = match row.act {
        Act::ProvisionalApplication if lower.contains("end of provisional application") => {
            Act::EndOfProvisionalApplication
        }
        Act::Instrument(_) if lower.contains("denunciation") => Act::Instrument(InstrumentKind::Denunciation),
        Act::Instrument(_) if lower.contains("withdrawal") => Act::Instrument(InstrumentKind::Withdrawal),
        _ => return None,
    };
    let effective = effect(sentence);
    let day = day_after(sentence, "received on").or_else(|| {
        let mut days =
            days_in(sentence).into_iter().filter(|day| Some(*day) != effective && Date::from(*day) != row.date);
        // With two other days, it is not clear which of them is that of the notice.
        days.next().filter(|_| days.next().is_none())
    })?;
    let effective = effective.filter(|effective| *effective != day);
    Some(Row { act, date: day.into(), effective, ..row.clone() })
}

/// The day of effect that a sentence names.
fn effect(sentence: &str) -> Option<Day> {
    ["with effect from", "with effect on", "to take effect on", "took effect on", "takes effect on"]
        .into_iter()
        .find_map(|phrase| day_after(sentence, phrase))
}

impl Cell {
    /// Reads a cell such as `3 Mar 1954`, `22 Mar 1956 a` or `[ 9 Aug 1962 a] 7`.
    fn read(written: &str) -> Result<Self, String> {
        let written = written.trim();
        let (inner, after, is_bracketed) = match written.strip_prefix('[') {
            Some(rest) => {
                let (inner, after) = rest.split_once(']').ok_or("the bracket is not closed")?;
                (inner, after, true)
            }
            None => (written, "", false),
        };
        let words: Vec<&str> = inner.split_whitespace().collect();
        let (date, rest) = date_at(&words).ok_or(DAY_RULE)??;
        let (letter, rest) = match rest {
            [letter, rest @ ..] if letter.chars().all(char::is_alphabetic) => (Some((*letter).to_owned()), rest),
            rest => (None, rest),
        };
        let mut notes = Vec::new();
        for word in rest.iter().copied().chain(after.split_whitespace()).flat_map(|word| word.split(',')) {
            if !word.is_empty() {
                notes.push(word.parse().map_err(|_| DAY_RULE)?);
            }
        }
        Ok(Self { date, letter, is_bracketed, notes })
    }
}

const DAY_RULE: &str = "it is not one date with at most one letter, such as 22 Mar 1956 or 22 Mar 1956 a";

/// The text of a cell, without spaces around it and with single spaces in it.
fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "published_tests.rs"]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests;
