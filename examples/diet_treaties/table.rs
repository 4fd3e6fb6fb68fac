//! CSV files with a header. Each row knows its line number.

use std::collections::BTreeMap;
use std::path::Path;

/// The bytes of a file, with its name for messages.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    pub(crate) fn open(path: &str) -> Result<Self, String> {
        let bytes = std::fs::read(Path::new(path)).map_err(|error| format!("{path} cannot be read: {error}"))?;
        Ok(Self { name: path.to_owned(), bytes })
    }
}

/// The rows of a file, with access by column name. Other columns are ignored.
#[derive(Debug)]
pub(crate) struct Table {
    columns: BTreeMap<String, usize>,
    pub(crate) lines: Vec<Line>,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The line of the file on which the row starts, counted from 1.
    pub(crate) number: usize,
    /// The number of lines of the row.
    lines: usize,
    cells: Vec<String>,
    /// The fault of the row as a row of a CSV file, if any.
    pub(crate) damage: Option<String>,
}

impl Line {
    /// Whether both rows have the same cells.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        self.cells == other.cells
    }
}

impl Table {
    /// Reads a file that must have the columns `needed`. Rows without any text are ignored.
    pub(crate) fn read(file: &File, needed: &[&str]) -> Result<Self, String> {
        let name = &file.name;
        let bytes = file.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&file.bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut counter = LineCounter { bytes, offset: 0, line: 1 };
        let mut record = csv::ByteRecord::new();
        let mut next = || -> Result<Option<Line>, String> {
            let more = reader.read_byte_record(&mut record).map_err(|error| format!("{name}: {error}"))?;
            let start = record.position().map_or(0, csv::Position::byte);
            Ok(more.then(|| Line::of(&record, counter.line_of(start), counter.lines_within(reader.position().byte()))))
        };
        let Some(header) = next()? else {
            return Err(format!("{name} is empty; its first line must name the columns: {}", needed.join(", ")));
        };
        let mut columns = BTreeMap::new();
        for (index, column) in header.cells.iter().enumerate() {
            if columns.insert(column.clone(), index).is_some() && needed.contains(&column.as_str()) {
                return Err(format!("{name} has the column {column} twice"));
            }
        }
        let missing: Vec<&str> = needed.iter().copied().filter(|column| !columns.contains_key(*column)).collect();
        if !missing.is_empty() {
            let found: String = header.cells.join(", ").chars().take(200).collect();
            return Err(format!(
                "{name} does not have the columns {}; its first line reads: {found}",
                missing.join(", ")
            ));
        }
        let width = header.cells.len();
        let mut lines = Vec::new();
        while let Some(line) = next()? {
            if line.cells.iter().any(|cell| !cell.is_empty()) {
                lines.push(line.fitted_to(width));
            }
        }
        Ok(Self { columns, lines })
    }

    /// The trimmed cell of a row in a column. Empty if the column or the cell does not exist.
    pub(crate) fn cell<'a>(&self, line: &'a Line, column: &str) -> &'a str {
        self.columns.get(column).and_then(|index| line.cells.get(*index)).map_or("", String::as_str)
    }
}

impl Line {
    fn of(record: &csv::ByteRecord, number: usize, lines: usize) -> Self {
        let cells: Vec<String> = record.iter().map(|cell| tidy(&String::from_utf8_lossy(cell))).collect();
        let unreadable = record.iter().position(|cell| std::str::from_utf8(cell).is_err());
        let damage = unreadable.map(|index| format!("cell {} is not UTF-8", index + 1));
        Self { number, lines, cells, damage }
    }

    fn fitted_to(mut self, width: usize) -> Self {
        let (found, lines) = (self.cells.len(), self.lines);
        let surplus = self.cells.get(width..).is_some_and(|more| more.iter().any(|cell| !cell.is_empty()));
        if found < width || surplus {
            let counts = format!("it has {found} cells, but the header has {width}");
            self.damage = Some(match lines {
                1 => counts,
                _ => format!("{counts}; it spans {lines} lines: a closing quotation mark may be missing"),
            });
        }
        self.cells.resize(width, String::new());
        self
    }
}

/// The trimmed text of a cell, with spaces for control characters such as line breaks.
fn tidy(cell: &str) -> String {
    let clean: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().to_owned()
}

/// Counts lines in the bytes. The count of the CSV reader is wrong if lines end in CR LF or are
/// blank.
struct LineCounter<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl LineCounter<'_> {
    /// The line on which the row after the byte offset `start` begins.
    fn line_of(&mut self, start: u64) -> usize {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.offset) {
            if self.offset >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            let crlf = *byte == b'\r' && self.bytes.get(self.offset + 1) == Some(&b'\n');
            self.line += usize::from(matches!(byte, b'\r' | b'\n') && !crlf);
            self.offset += 1;
        }
        self.line
    }

    /// The number of lines of the row from here to the byte offset `end`.
    fn lines_within(&self, end: u64) -> usize {
        let end = usize::try_from(end).unwrap_or(usize::MAX).min(self.bytes.len());
        let row = self.bytes.get(self.offset..end).unwrap_or_default();
        row.trim_ascii_end().iter().filter(|byte| **byte == b'\n').count() + 1
    }
}
