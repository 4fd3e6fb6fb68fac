//! Reads deposits from a CSV file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use csv::ByteRecord;
use servanda::{
    Date,
    format::quote,
    treaty::{EntryIntoForce, Instrument, InstrumentKind, Unread},
    value::Decimal,
};

use super::published::{self, Heading};
use super::records::{Records, is_blank};
use super::written_day::date_at;
use crate::exit::Failure;

/// The deposits in a file.
#[derive(Debug, Default)]
pub(super) struct Deposits {
    pub(super) instruments: Vec<Instrument>,
    /// The line number of each instrument.
    pub(super) lines: Vec<usize>,
    /// The line numbers of invalid rows, with the reasons.
    pub(super) errors: Vec<(usize, String)>,
    /// What is known about rows that could not be read.
    pub(super) unread: Vec<Unread>,
}

/// The indices of the columns.
#[derive(Clone, Copy, Debug)]
struct Columns {
    party: usize,
    deposited: usize,
    signature: Option<usize>,
    share: Option<usize>,
    kind: Option<usize>,
    /// The number of columns in the header.
    count: usize,
}

impl Deposits {
    /// Reads a file. If the treaty counts shares, they must be percentages.
    pub(super) fn read(file: &Path, rule: &EntryIntoForce) -> Result<Self, Failure> {
        let name = file.display();
        let bytes = fs::read(file).map_err(|error| {
            let (code, text) = match error.kind() {
                ErrorKind::NotFound => ("no-file", format!("there is no file {name}")),
                ErrorKind::IsADirectory => ("not-a-file", format!("{name} is a folder; deposits are a CSV file")),
                _ => ("io", format!("could not read {name}: {error}")),
            };
            Failure::refused(code, text)
        })?;
        let counts_shares = rule.general.iter().any(|alternative| alternative.share.is_some());
        Self::parse(&bytes, counts_shares)
            .map_err(|reason| Failure::refused("invalid-deposits", format!("{name}: {reason}")))
    }

    fn parse(bytes: &[u8], counts_shares: bool) -> Result<Self, String> {
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err("it is UTF-16; save it as UTF-8".to_owned());
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut records = Records::new(bytes);
        let mut first = None;
        let header = loop {
            match records.next() {
                Some((_, Ok(record))) if is_blank(&record) => {}
                Some((_, Ok(record))) if is_title(&record) => first = first.or(Some(record)),
                Some((_, record)) => break record?,
                None => match first {
                    Some(first) => break first,
                    None => return Err(format!("it is empty; {HEADER_RULE}")),
                },
            }
        };
        let share = |party: &str, written: &str| share(party, written, counts_shares);
        let columns = match Columns::from_header(&header) {
            Ok(columns) => columns,
            Err(reason) => {
                let heading = Heading::read(&header).ok_or(reason)?;
                let mut table = published::read(&heading, records);
                table.apply_notes();
                return Ok(table.into_deposits(share));
            }
        };
        let mut deposits = Self::default();
        for (line, record) in records {
            match record {
                Ok(record) if is_blank(&record) || columns.has_no_deposit(&record) => {}
                Ok(record) => match columns.instrument(&record, &share) {
                    Ok(instrument) => {
                        deposits.instruments.push(instrument);
                        deposits.lines.push(line);
                    }
                    Err(reason) => {
                        deposits.errors.push((line, reason));
                        deposits.unread.push(columns.unread(&record));
                    }
                },
                Err(reason) => {
                    deposits.errors.push((line, reason));
                    deposits.unread.push(Unread::default());
                }
            }
        }
        Ok(deposits)
    }
}

const HEADER_RULE: &str = "its first line must name the columns, separated by commas: party,deposited and optionally \
                           share and kind, or those of a table of participation, such as Participant,Signature,Ratification";

/// Whether a line has only one text. A published table has its title in such a line.
fn is_title(record: &ByteRecord) -> bool {
    record.len() > 1 && record.iter().filter(|cell| !cell.trim_ascii().is_empty()).count() == 1
}

impl Columns {
    fn from_header(header: &ByteRecord) -> Result<Self, String> {
        let titles: Vec<String> =
            header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
        let found = |wanted: &str| -> Result<Option<usize>, String> {
            let mut indices = titles.iter().enumerate().filter(|(_, title)| *title == wanted).map(|(index, _)| index);
            let first = indices.next();
            match indices.next() {
                Some(_) => Err(format!("there are two columns {wanted}; {HEADER_RULE}")),
                None => Ok(first),
            }
        };
        let missing = |wanted: &str| format!("there is no column {wanted}, only: {}; {HEADER_RULE}", titles.join(", "));
        let deposited = match found("deposited")? {
            Some(deposited) => Some(deposited),
            None => found("notified")?,
        };
        Ok(Self {
            party: found("party")?.ok_or_else(|| missing("party"))?,
            deposited: deposited.ok_or_else(|| missing("deposited"))?,
            signature: found("signature")?,
            share: found("share")?,
            kind: found("kind")?,
            count: titles.len(),
        })
    }

    /// Whether a row is of a participant that deposited nothing. Only a list that has signatures
    /// has such rows.
    fn has_no_deposit(&self, record: &ByteRecord) -> bool {
        let is_blank = |index: usize| record.get(index).is_none_or(|cell| cell.trim_ascii().is_empty());
        self.signature.is_some() && is_blank(self.deposited) && !is_blank(self.party)
    }

    fn instrument(
        &self,
        record: &ByteRecord,
        share: &impl Fn(&str, &str) -> Result<Decimal, String>,
    ) -> Result<Instrument, String> {
        let cell = |index: usize| cell(record, index);
        if record.len() > self.count {
            let (has, count) = (record.len(), self.count);
            return Err(format!(
                "it has {has} cells, but the header has {count} columns; put quotation marks around a cell with a comma"
            ));
        }
        let (party, deposited) = (cell(self.party)?, cell(self.deposited)?);
        if party.is_empty() {
            return Err("it has no party".to_owned());
        }
        if deposited.is_empty() {
            return Err(format!("{party} has no day of deposit"));
        }
        let (date, by_letter) = written_deposit(deposited).map_err(|reason| format!("{party}: {reason}"))?;
        let mut instrument = Instrument::new(party, date.first_day()).map_err(|error| error.to_string())?;
        (instrument.kind, instrument.on) = (by_letter, date);
        if let Some(kind) = self.kind.map(cell).transpose()?.filter(|kind| !kind.is_empty()) {
            let kind = kind.to_lowercase().parse::<InstrumentKind>().map_err(|error| format!("{party}: {error}"))?;
            if by_letter.is_some_and(|by_letter| by_letter != kind) {
                return Err(format!(
                    "{party}: its kind is {kind}, but the letter in {} says another one",
                    quote(deposited)
                ));
            }
            instrument.kind = Some(kind);
        }
        if let Some(written) = self.share.map(cell).transpose()?.filter(|share| !share.is_empty()) {
            instrument.share = Some(share(party, written)?);
        }
        Ok(instrument)
    }

    /// What is known about a row that could not be read.
    fn unread(&self, record: &ByteRecord) -> Unread {
        let mut unread = Unread::default();
        if record.len() > self.count {
            return unread;
        }
        let cell = |index: usize| cell(record, index).ok().filter(|cell| !cell.is_empty());
        unread.by = cell(self.party).and_then(|party| party.parse().ok());
        let written = cell(self.deposited).unwrap_or_default();
        let deposit = written_deposit(written).ok();
        unread.on = deposit.map(|(date, _)| date);
        let kind = match self.kind {
            Some(index) => cell(index).and_then(|kind| kind.to_lowercase().parse::<InstrumentKind>().ok()),
            None => deposit.and_then(|(_, kind)| kind),
        };
        match kind {
            Some(kind) => (unread.may_deposit, unread.may_leave) = (!kind.leaves(), kind.leaves()),
            // A list without kinds has deposits only.
            None => {
                unread.may_leave = self.kind.is_some_and(|index| record.get(index).is_some_and(|kind| !kind.is_empty()))
            }
        }
        unread
    }
}

fn cell(record: &ByteRecord, index: usize) -> Result<&str, String> {
    let cell = record.get(index).unwrap_or_default();
    let text = std::str::from_utf8(cell).map_err(|_| "it is not UTF-8".to_owned())?;
    Ok(text.trim())
}

/// Reads the date of a deposit, such as `2018-07-06` or `22 Mar 1956 a`. The letters are those that
/// the UN Treaty Collection uses.
fn written_deposit(written: &str) -> Result<(Date, Option<InstrumentKind>), String> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let (date, rest) = match date_at(&words) {
        Some(read) => read?,
        None => return Err(format!("{} is not a day: {DAY_RULE}", quote(written))),
    };
    let kind = match rest {
        [] => None,
        ["A"] => Some(InstrumentKind::Acceptance),
        ["AA"] => Some(InstrumentKind::Approval),
        ["a"] => Some(InstrumentKind::Accession),
        ["c"] => Some(InstrumentKind::FormalConfirmation),
        ["d"] => Some(InstrumentKind::Succession),
        ["s"] => Some(InstrumentKind::DefinitiveSignature),
        _ => return Err(format!("{} is not a day: {LETTER_RULE}", quote(written))),
    };
    Ok((date, kind))
}

const DAY_RULE: &str = "a day is written YYYY-MM-DD, such as 1956-03-22, or as in 22 Mar 1956; if no more is known, a month or a \
                        year";
const LETTER_RULE: &str = "after the day, one letter says the kind of instrument: A acceptance, AA approval, a accession, \
                           c formal confirmation, d succession, s definitive signature";

fn share(party: &str, written: &str, counts_shares: bool) -> Result<Decimal, String> {
    let number = written.strip_suffix('%').map_or(written, str::trim_end);
    let decimal: Decimal = number.parse().map_err(|error| format!("{party}: {error}"))?;
    if counts_shares && !is_percent(&decimal) {
        return Err(format!("{party}: a share is a percentage of the total, so {written} is too much"));
    }
    Ok(decimal)
}

/// Tells whether a number is at most 100.
fn is_percent(decimal: &Decimal) -> bool {
    let (whole, fraction) = decimal.as_str().split_once('.').unwrap_or((decimal.as_str(), ""));
    match whole.parse::<u64>() {
        Ok(whole) => whole < 100 || (whole == 100 && fraction.bytes().all(|digit| digit == b'0')),
        Err(_) => false,
    }
}
