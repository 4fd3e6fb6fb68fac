//! Reads CSV.

use csv::{ReaderBuilder, StringRecord};

use super::ReadOptions;
use super::grid::Grid;
use crate::{Cell, Table};

/// The delimiters that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The delimiter of a file with one column: a character that texts do not have.
const NO_DELIMITER: u8 = 0x1F;
/// How many records are read to find out the delimiter.
const SAMPLE: usize = 100;

/// Reads CSV. The number of a row is the line in which it starts.
pub(super) fn read(name: &str, text: &str, options: &ReadOptions) -> Result<Table, String> {
    let (stated, text, skipped) = match separator_line(text) {
        Some((delimiter, rest)) => (Some(delimiter), rest, 1),
        None => (None, text, 0),
    };
    let delimiter = match options.delimiter.map(|delimiter| (delimiter, u8::try_from(delimiter))) {
        Some((_, Ok(delimiter))) if delimiter.is_ascii() && !b"\"\r\n".contains(&delimiter) => delimiter,
        Some((delimiter, _)) => {
            return Err(format!(
                "{delimiter:?} cannot be the delimiter; use an ASCII character such as , ; | or a tab"
            ));
        }
        None => stated.unwrap_or_else(|| likely_delimiter(text)),
    };
    check_quotes(text, delimiter, skipped)?;
    let mut grid = Grid::default();
    let mut record = StringRecord::new();
    let mut reader = reader(text, delimiter);
    let mut counted = Lines { text, at: 0, number: skipped };
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(error.to_string()),
        }
        let line = counted.row_at(from);
        for (column, value) in (0..).zip(&record) {
            grid.set(line, column, Cell::Text(value.to_owned()))?;
        }
    }
    grid.table(name, None, options)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// Returns the delimiter of a first line such as `sep=;`, which Excel writes, and the rest.
fn separator_line(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let (line, rest) = rest.split_once('\n')?;
    match *line.trim_end_matches('\r').as_bytes() {
        [delimiter] if delimiter.is_ascii() => Some((delimiter, rest)),
        _ => None,
    }
}

/// Returns the delimiter that cuts most records into the same number of cells, at least two.
fn likely_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut lengths = std::collections::BTreeMap::<usize, usize>::new();
        for record in reader(text, delimiter).into_records().take(SAMPLE).flatten() {
            *lengths.entry(record.len()).or_default() += 1;
        }
        let all: usize = lengths.values().sum();
        // Many records of one length; then many cells.
        let usual = lengths.into_iter().map(|(length, count)| (count, length)).filter(|(_, length)| *length > 1).max();
        usual.filter(|(count, _)| count * 2 > all)
    };
    let scored = DELIMITERS.into_iter().filter_map(|delimiter| Some((score(delimiter)?, delimiter)));
    // The earlier one if two are as good.
    scored.rev().max_by_key(|(score, _)| *score).map_or(NO_DELIMITER, |(_, delimiter)| delimiter)
}

/// Counts lines up to places in a text, one after the other.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl Lines<'_> {
    /// Moves to the record that starts at or after `place`, behind empty lines. Returns its line,
    /// from 0.
    fn row_at(&mut self, place: usize) -> u32 {
        let rest = self.text.as_bytes().get(place..).unwrap_or_default();
        let place = place + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        let mut previous = self.at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before).copied());
        for byte in passed {
            // A line ends with \n, \r or both.
            if *byte == b'\r' || (*byte == b'\n' && previous != Some(b'\r')) {
                self.number = self.number.saturating_add(1);
            }
            previous = Some(*byte);
        }
        self.at = place;
        self.number
    }
}

/// Rejects quotation marks that would let the reader take several cells for one.
fn check_quotes(text: &str, delimiter: u8, skipped: u32) -> Result<(), String> {
    let line = |place| Lines { text, at: 0, number: skipped }.row_at(place) + 1;
    let mut bytes = text.bytes().enumerate().peekable();
    let mut starts = true;
    while let Some((place, byte)) = bytes.next() {
        if starts && byte == b'"' {
            loop {
                match bytes.next() {
                    None => {
                        return Err(format!("line {}: a quotation mark opens a cell and is never closed", line(place)));
                    }
                    Some((_, b'"')) if bytes.next_if(|(_, next)| *next == b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            if let Some((end, next)) = bytes.peek()
                && ![delimiter, b'\r', b'\n'].contains(next)
            {
                return Err(format!(
                    "line {}: a quotation mark ends a cell in the middle; write two for each one in a quoted cell",
                    line(*end)
                ));
            }
        }
        starts = byte == delimiter || matches!(byte, b'\r' | b'\n');
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read("a.csv", text, &ReadOptions::default()).unwrap()
    }

    fn numbers(table: &Table) -> Vec<u32> {
        table.rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn the_delimiter_is_found() {
        for delimiter in [',', ';', '\t', '|'] {
            let text =
                format!("Title{delimiter}Made\n\"A, b; c\"{delimiter}2013\n\"Bridge, and road\"{delimiter}2014\n");
            let table = table(&text);
            assert_eq!(table.columns, ["Title", "Made"], "{delimiter:?}");
            assert_eq!(numbers(&table), [2, 3]);
        }
        assert_eq!(table("Title\nBridge, with a road\nTunnel\n").columns, ["Title"]);
    }

    #[test]
    fn a_line_of_excel_says_the_delimiter() {
        let table = table("sep=#\r\nTitle#Status\r\nA,b,c#kept\r\n");
        assert_eq!(table.columns, ["Title", "Status"]);
        assert_eq!(numbers(&table), [3]);
    }

    #[test]
    fn a_row_is_numbered_by_the_line_in_which_it_starts() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "Title,Status", "", "\"A", "b\",kept", "", "", "C,kept"].join(end);
            assert_eq!(numbers(&table(&text)), [4, 8], "{end:?}");
        }
    }

    #[test]
    fn quotation_marks_that_do_not_match_are_refused() {
        let error = |text| read("a.csv", text, &ReadOptions::default()).unwrap_err();
        assert_eq!(
            error("Title,Status\n\nA,\"kept\nB,broken\n"),
            "line 3: a quotation mark opens a cell and is never closed"
        );
        // The first mark has a partner: the one that was to open the next cell.
        assert_eq!(
            error("Title,Status\nA,\"kept\nB,\"broken\"\n"),
            "line 3: a quotation mark ends a cell in the middle; write two for each one in a quoted cell"
        );
        assert_eq!(table("Title,Status\n5\" pipe,\"say \"\"kept\"\"\"\n").rows.len(), 1);
    }

    #[test]
    fn a_delimiter_that_cannot_be_one_is_refused() {
        for delimiter in ['"', '\n', 'é'] {
            let options = ReadOptions { delimiter: Some(delimiter), ..ReadOptions::default() };
            assert!(read("a.csv", "a,b\n", &options).unwrap_err().contains("cannot be the delimiter"));
        }
    }

    #[test]
    fn more_cells_than_names_are_a_column_of_its_own() {
        let table = table("Title,Status\nA,kept,a note\nB,kept,\n");
        assert_eq!(table.columns, ["Title", "Status", "column C"]);
    }
}
