//! Deposits as a CSV file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};
use servanda::{Day, Decimal, EntryIntoForce, Instrument, InstrumentKind};

use crate::exit::Failure;

/// What a file says was deposited.
#[derive(Debug, Default)]
pub(super) struct Deposits {
    pub(super) instruments: Vec<Instrument>,
    /// On which line each of them stands.
    pub(super) lines: Vec<usize>,
    /// The rows that cannot be read, by line, and why.
    pub(super) faults: Vec<(usize, String)>,
}

/// Which columns have what, and how many there are.
#[derive(Clone, Copy, Debug)]
struct Columns {
    party: usize,
    deposited: usize,
    share: Option<usize>,
    kind: Option<usize>,
    count: usize,
}

impl Deposits {
    /// Reads the deposits; shares are checked to be per cent if the treaty weighs them.
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
        let weighs = rule.general.iter().any(|alternative| alternative.share.is_some());
        Self::of(&bytes, weighs).map_err(|reason| Failure::refused("invalid-deposits", format!("{name}: {reason}")))
    }

    fn of(bytes: &[u8], weighs: bool) -> Result<Self, String> {
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err("it is UTF-16; save it as UTF-8".to_owned());
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut records = Records { bytes, at: 0, line: 1 };
        let header = loop {
            match records.next() {
                Some((_, Ok(record))) if is_blank(&record) => {}
                Some((_, record)) => break record?,
                None => return Err(format!("it is empty; {HEADER_RULE}")),
            }
        };
        let columns = Columns::of(&header)?;
        let mut deposits = Self::default();
        for (line, record) in records {
            match record {
                Ok(record) if is_blank(&record) => {}
                Ok(record) => match columns.instrument(&record, weighs) {
                    Ok(instrument) => {
                        deposits.instruments.push(instrument);
                        deposits.lines.push(line);
                    }
                    Err(reason) => deposits.faults.push((line, reason)),
                },
                Err(reason) => deposits.faults.push((line, reason)),
            }
        }
        Ok(deposits)
    }
}

const HEADER_RULE: &str =
    "its first line names the columns: party,deposited and, if wanted, share and kind, with commas between them";

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// The records of a file, each with the line on which it begins. One that is not well quoted takes up a single line, so that
/// a quotation mark left open does not swallow the rows below it.
struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Records<'_> {
    fn advance(&mut self, to: usize) {
        let passed = self.bytes.get(self.at..to).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = to;
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, Result<ByteRecord, String>);

    fn next(&mut self) -> Option<Self::Item> {
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let blank = self.bytes.get(self.at..)?.iter().take_while(|byte| ends(byte)).count();
        self.advance(self.at + blank);
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = self.line;
        let length = length_of_record(rest);
        let raw = rest.get(..length.unwrap_or_else(|| rest.iter().take_while(|byte| !ends(byte)).count()))?;
        self.advance(self.at + raw.len());
        if length.is_none() {
            return Some((line, Err("a quotation mark is not closed, or stands within a cell".to_owned())));
        }
        let mut record = ByteRecord::new();
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(raw.len()).from_reader(raw);
        Some((line, reader.read_byte_record(&mut record).map(|_| record).map_err(|error| error.to_string())))
    }
}

/// How long the first record is, up to the end of its line; nothing if a quotation mark in it is out of place (RFC 4180, 2).
fn length_of_record(bytes: &[u8]) -> Option<usize> {
    let (mut quoted, mut cell_start, mut closed) = (false, true, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quoted) {
            (b'"', true) => (quoted, closed) = (false, true),
            // The second of two stands for one.
            (b'"', false) if closed => (quoted, closed) = (true, false),
            (b'"', false) if cell_start => quoted = true,
            (_, true) => {}
            (b'\n' | b'\r', false) => return Some(at),
            (b',', false) => closed = false,
            (_, false) if closed => return None,
            (_, false) => {}
        }
        cell_start = *byte == b',' && !quoted;
    }
    (!quoted).then_some(bytes.len())
}

impl Columns {
    fn of(header: &ByteRecord) -> Result<Self, String> {
        let titles: Vec<String> =
            header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
        let found = |wanted: &str| -> Result<Option<usize>, String> {
            let mut places = titles.iter().enumerate().filter(|(_, title)| *title == wanted).map(|(index, _)| index);
            let first = places.next();
            match places.next() {
                Some(_) => Err(format!("the column {wanted} is there twice; {HEADER_RULE}")),
                None => Ok(first),
            }
        };
        let lacks = |wanted: &str| format!("there is no column {wanted}, but: {}; {HEADER_RULE}", titles.join(", "));
        let deposited = match found("deposited")? {
            Some(deposited) => Some(deposited),
            None => found("notified")?,
        };
        Ok(Self {
            party: found("party")?.ok_or_else(|| lacks("party"))?,
            deposited: deposited.ok_or_else(|| lacks("deposited"))?,
            share: found("share")?,
            kind: found("kind")?,
            count: titles.len(),
        })
    }

    fn instrument(&self, record: &ByteRecord, weighs: bool) -> Result<Instrument, String> {
        let cell = |index: usize| -> Result<&str, String> {
            let cell = record.get(index).unwrap_or_default();
            let text = std::str::from_utf8(cell).map_err(|_| "it is not UTF-8".to_owned())?;
            Ok(text.trim())
        };
        if record.len() > self.count {
            let (has, count) = (record.len(), self.count);
            return Err(format!(
                "it has {has} cells, and the first line has {count} columns; a cell with a comma stands between quotation marks"
            ));
        }
        let (party, deposited) = (cell(self.party)?, cell(self.deposited)?);
        if party.is_empty() {
            return Err("it names no party".to_owned());
        }
        if deposited.is_empty() {
            return Err(format!("{party} has no day of deposit"));
        }
        let day: Day = deposited.parse().map_err(|error| format!("{party}: {error}"))?;
        let mut instrument = Instrument::new(party, day).map_err(|error| error.to_string())?;
        if let Some(kind) = self.kind.map(cell).transpose()?.filter(|kind| !kind.is_empty()) {
            let kind = kind.to_lowercase().parse::<InstrumentKind>().map_err(|error| format!("{party}: {error}"))?;
            instrument.kind = Some(kind);
        }
        if let Some(share) = self.share.map(cell).transpose()?.filter(|share| !share.is_empty()) {
            let number = share.strip_suffix('%').map_or(share, str::trim_end);
            let decimal: Decimal = number.parse().map_err(|error| format!("{party}: {error}"))?;
            if weighs && !is_percent(&decimal) {
                return Err(format!(
                    "{party}: a share is in per cent of the total, and {share} is more than all of it"
                ));
            }
            instrument.share = Some(decimal);
        }
        Ok(instrument)
    }
}

/// Whether it is 100 at most.
fn is_percent(decimal: &Decimal) -> bool {
    let (whole, fraction) = decimal.as_str().split_once('.').unwrap_or((decimal.as_str(), ""));
    match whole.parse::<u64>() {
        Ok(whole) => whole < 100 || (whole == 100 && fraction.bytes().all(|digit| digit == b'0')),
        Err(_) => false,
    }
}
