//! Reads deposits from a CSV file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};
use servanda::{
    Day,
    treaty::{EntryIntoForce, Instrument, InstrumentKind},
    value::Decimal,
};

use crate::exit::Failure;

/// The deposits in a file.
#[derive(Debug, Default)]
pub(super) struct Deposits {
    pub(super) instruments: Vec<Instrument>,
    /// The line number of each instrument.
    pub(super) lines: Vec<usize>,
    /// The line numbers of invalid rows, with the reasons.
    pub(super) errors: Vec<(usize, String)>,
}

/// The indices of the columns.
#[derive(Clone, Copy, Debug)]
struct Columns {
    party: usize,
    deposited: usize,
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
        let mut records = Records { bytes, position: 0, line: 1 };
        let header = loop {
            match records.next() {
                Some((_, Ok(record))) if is_blank(&record) => {}
                Some((_, record)) => break record?,
                None => return Err(format!("it is empty; {HEADER_RULE}")),
            }
        };
        let columns = Columns::from_header(&header)?;
        let mut deposits = Self::default();
        for (line, record) in records {
            match record {
                Ok(record) if is_blank(&record) => {}
                Ok(record) => match columns.instrument(&record, counts_shares) {
                    Ok(instrument) => {
                        deposits.instruments.push(instrument);
                        deposits.lines.push(line);
                    }
                    Err(reason) => deposits.errors.push((line, reason)),
                },
                Err(reason) => deposits.errors.push((line, reason)),
            }
        }
        Ok(deposits)
    }
}

const HEADER_RULE: &str =
    "its first line must name the columns, separated by commas: party,deposited and optionally share and kind";

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// An iterator over the records of a file, each with the line number of its start.
///
/// A record with a misplaced quotation mark ends at the end of its line, so that an unclosed
/// quotation mark does not swallow the rows below it.
struct Records<'a> {
    bytes: &'a [u8],
    position: usize,
    line: usize,
}

impl Records<'_> {
    fn advance(&mut self, to: usize) {
        let skipped = self.bytes.get(self.position..to).unwrap_or_default();
        self.line += skipped.iter().filter(|byte| **byte == b'\n').count();
        self.position = to;
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, Result<ByteRecord, String>);

    fn next(&mut self) -> Option<Self::Item> {
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let blank = self.bytes.get(self.position..)?.iter().take_while(|byte| ends(byte)).count();
        self.advance(self.position + blank);
        let rest = self.bytes.get(self.position..).filter(|rest| !rest.is_empty())?;
        let line = self.line;
        let length = length_of_record(rest);
        let raw = rest.get(..length.unwrap_or_else(|| rest.iter().take_while(|byte| !ends(byte)).count()))?;
        self.advance(self.position + raw.len());
        if length.is_none() {
            return Some((line, Err("a quotation mark is not closed, or is inside a cell".to_owned())));
        }
        let mut record = ByteRecord::new();
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(raw.len()).from_reader(raw);
        Some((line, reader.read_byte_record(&mut record).map(|_| record).map_err(|error| error.to_string())))
    }
}

/// Returns the length of the first record without its line ending, or `None` if it contains a
/// misplaced quotation mark (RFC 4180, section 2).
fn length_of_record(bytes: &[u8]) -> Option<usize> {
    let (mut quoted, mut cell_start, mut closed) = (false, true, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quoted) {
            (b'"', true) => (quoted, closed) = (false, true),
            // Two quotation marks stand for one.
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
            share: found("share")?,
            kind: found("kind")?,
            count: titles.len(),
        })
    }

    fn instrument(&self, record: &ByteRecord, counts_shares: bool) -> Result<Instrument, String> {
        let cell = |index: usize| -> Result<&str, String> {
            let cell = record.get(index).unwrap_or_default();
            let text = std::str::from_utf8(cell).map_err(|_| "it is not UTF-8".to_owned())?;
            Ok(text.trim())
        };
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
        let day: Day = deposited.parse().map_err(|error| format!("{party}: {error}"))?;
        let mut instrument = Instrument::new(party, day).map_err(|error| error.to_string())?;
        if let Some(kind) = self.kind.map(cell).transpose()?.filter(|kind| !kind.is_empty()) {
            let kind = kind.to_lowercase().parse::<InstrumentKind>().map_err(|error| format!("{party}: {error}"))?;
            instrument.kind = Some(kind);
        }
        if let Some(share) = self.share.map(cell).transpose()?.filter(|share| !share.is_empty()) {
            let number = share.strip_suffix('%').map_or(share, str::trim_end);
            let decimal: Decimal = number.parse().map_err(|error| format!("{party}: {error}"))?;
            if counts_shares && !is_percent(&decimal) {
                return Err(format!("{party}: a share is a percentage of the total, so {share} is too much"));
            }
            instrument.share = Some(decimal);
        }
        Ok(instrument)
    }
}

/// Tells whether a number is at most 100.
fn is_percent(decimal: &Decimal) -> bool {
    let (whole, fraction) = decimal.as_str().split_once('.').unwrap_or((decimal.as_str(), ""));
    match whole.parse::<u64>() {
        Ok(whole) => whole < 100 || (whole == 100 && fraction.bytes().all(|digit| digit == b'0')),
        Err(_) => false,
    }
}
