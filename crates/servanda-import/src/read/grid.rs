//! Cells by their place, from which a table is made.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::ReadOptions;
use crate::{Cell, Row, Table};

/// The rows and columns that spreadsheets have.
pub(super) const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;
/// The length of all texts together. A sheet of a few kilobytes can say that a text is repeated.
const MAX_TEXT: usize = 1 << 30;
/// The cells of a table for each one that has a value: more would be a sheet of stray cells.
const MAX_EMPTY_SHARE: usize = 32;
/// The cells that every table may have.
const MIN_CELLS: usize = 1 << 20;

/// The texts that spreadsheets show in place of a value. In CSV it is a text like any other.
const ERRORS: [&str; 14] = [
    "#BLOCKED!",
    "#BUSY!",
    "#CALC!",
    "#CONNECT!",
    "#DIV/0!",
    "#FIELD!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#SPILL!",
    "#UNKNOWN!",
    "#VALUE!",
];

/// The cells of a sheet that have a value, by row and column, from 0.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<(u32, Vec<(u32, Cell)>)>,
    merged: Vec<Merged>,
    /// The number of cells that have a value.
    filled: usize,
    text: usize,
    /// Whether a row came after a later one.
    unsorted: bool,
}

/// Cells that are merged into one: rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) rows: RangeInclusive<u32>,
    pub(super) columns: RangeInclusive<u32>,
}

impl Grid {
    /// Puts a value into a cell. A text of spaces is no value.
    pub(super) fn set(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), String> {
        match &cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) if text.trim().is_empty() => return Ok(()),
            Cell::Text(text) => self.take_room(text.len())?,
            _ => {}
        }
        let cell = match cell {
            Cell::Text(text) if ERRORS.contains(&text.as_str()) => Cell::Fault(text),
            cell => cell,
        };
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(format!(
                "row {}, column {} is outside of a sheet, which has {MAX_ROWS} rows and {MAX_COLUMNS} columns",
                row.saturating_add(1),
                letters(column)
            ));
        }
        self.filled += 1;
        match self.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, cell)),
            last => {
                self.unsorted |= last.is_some_and(|(last, _)| *last > row);
                self.rows.push((row, vec![(column, cell)]));
            }
        }
        Ok(())
    }

    fn take_room(&mut self, length: usize) -> Result<(), String> {
        self.check_room(length)?;
        self.text += length;
        Ok(())
    }

    /// Rejects texts that would be too long together with those that are there.
    pub(super) fn check_room(&self, length: usize) -> Result<(), String> {
        if self.text.saturating_add(length) > MAX_TEXT {
            return Err(format!("its texts are longer than {MAX_TEXT} bytes together; split the sheet"));
        }
        Ok(())
    }

    /// Says that cells are merged.
    pub(super) fn merge(&mut self, rows: RangeInclusive<u32>, columns: RangeInclusive<u32>) {
        if rows.end() > rows.start() || columns.end() > columns.start() {
            self.merged.push(Merged { rows, columns });
        }
    }

    /// Makes a table of the rows below the header.
    pub(super) fn table(mut self, name: &str, sheet: Option<String>, options: &ReadOptions) -> Result<Table, String> {
        self.sort();
        let columns = self.used_columns();
        if columns.len().saturating_mul(self.rows.len()) > MIN_CELLS.max(self.filled * MAX_EMPTY_SHARE) {
            return Err(format!(
                "it has {} columns and {} rows, but only {} cells with a value; \
                 delete the stray cells beside the table",
                columns.len(),
                self.rows.len(),
                self.filled
            ));
        }
        let place: BTreeMap<u32, usize> = columns.iter().enumerate().map(|(place, column)| (*column, place)).collect();
        let header = self.header(options)?;
        let budget = MIN_CELLS.max(self.filled * MAX_EMPTY_SHARE);
        let merged = std::mem::take(&mut self.merged);
        let mut rows: Vec<(u32, Vec<Cell>)> =
            self.rows.into_iter().map(|(row, cells)| (row, dense(cells, &place))).collect();
        repeat(&mut rows, &merged, &place, budget)?;

        let mut below = rows.into_iter().skip(header);
        let Some((_, names)) = below.next() else {
            return Err("it is empty; the first row must have the names of the columns".to_owned());
        };
        let columns = names_of(&names, &columns)?;
        let rows = below.map(|(row, cells)| Row { number: row + 1, cells }).collect();
        Ok(Table { name: name.to_owned(), sheet, columns, rows })
    }

    fn sort(&mut self) {
        if !self.unsorted {
            return;
        }
        self.rows.sort_by_key(|(row, _)| *row);
        let mut sorted: Vec<(u32, Vec<(u32, Cell)>)> = Vec::with_capacity(self.rows.len());
        for (row, cells) in std::mem::take(&mut self.rows) {
            match sorted.last_mut() {
                Some((last, all)) if *last == row => all.extend(cells),
                _ => sorted.push((row, cells)),
            }
        }
        self.rows = sorted;
    }

    /// Returns the columns that have a value, in their order.
    fn used_columns(&self) -> Vec<u32> {
        let mut used = vec![false; MAX_COLUMNS as usize];
        for (column, _) in self.rows.iter().flat_map(|(_, cells)| cells) {
            if let Some(used) = used.get_mut(*column as usize) {
                *used = true;
            }
        }
        (0..).zip(used).filter_map(|(column, used)| used.then_some(column)).collect()
    }

    /// Returns the index of the row with the names of the columns.
    fn header(&self, options: &ReadOptions) -> Result<usize, String> {
        match options.header {
            Some(number) => match self.rows.iter().position(|(row, _)| row + 1 == number) {
                Some(index) => Ok(index),
                None => Err(format!("row {number}, which should have the names of the columns, is empty")),
            },
            None => Ok(self.rows.iter().position(|(_, cells)| cells.len() > 1).unwrap_or(0)),
        }
    }
}

fn dense(cells: Vec<(u32, Cell)>, place: &BTreeMap<u32, usize>) -> Vec<Cell> {
    let places = cells.into_iter().filter_map(|(column, cell)| Some((*place.get(&column)?, cell)));
    let mut row = Vec::with_capacity(place.len());
    for (place, cell) in places {
        // Cells come in the order of the columns, apart from broken files.
        if row.len() <= place {
            row.resize(place + 1, Cell::Empty);
        }
        if let Some(slot) = row.get_mut(place) {
            *slot = cell;
        }
    }
    row.resize(place.len(), Cell::Empty);
    row
}

/// Repeats the value of merged cells in each of them, in rows and columns that have values.
fn repeat(
    rows: &mut [(u32, Vec<Cell>)],
    merged: &[Merged],
    place: &BTreeMap<u32, usize>,
    mut budget: usize,
) -> Result<(), String> {
    for Merged { rows: across, columns } in merged {
        let first = rows.partition_point(|(row, _)| row < across.start());
        let Some(value) = rows
            .get(first)
            .filter(|(row, _)| row == across.start())
            .and_then(|(_, cells)| cells.get(*place.get(columns.start())?))
            .filter(|cell| **cell != Cell::Empty)
            .cloned()
        else {
            continue;
        };
        let places: Vec<usize> = place.range(columns.clone()).map(|(_, place)| *place).collect();
        for (_, cells) in rows.iter_mut().skip(first).take_while(|(row, _)| row <= across.end()) {
            budget = budget.checked_sub(places.len()).ok_or("too many of its cells are merged; split them")?;
            for place in &places {
                if let Some(cell) = cells.get_mut(*place).filter(|cell| **cell == Cell::Empty) {
                    *cell = value.clone();
                }
            }
        }
    }
    Ok(())
}

/// Returns the names of the columns. A column without a name, and each of several columns with the
/// same name, is named by its letters too, so that a mapping can tell them apart.
fn names_of(header: &[Cell], columns: &[u32]) -> Result<Vec<String>, String> {
    let mut names = Vec::with_capacity(header.len());
    for (cell, column) in header.iter().zip(columns) {
        names.push(match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Cell::Number(number) => number.clone(),
            Cell::Date(day) => day.to_string(),
            Cell::Bool(value) => value.to_string(),
            Cell::Fault(reason) => return Err(format!("the name of column {} is {reason}", letters(*column))),
        });
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for name in &names {
        *count.entry(name.clone()).or_default() += 1;
    }
    let clear = names.into_iter().zip(columns).map(|(name, column)| match name.as_str() {
        "" => format!("column {}", letters(*column)),
        _ if count.get(&name).is_some_and(|count| *count > 1) => format!("{name} ({})", letters(*column)),
        _ => name,
    });
    Ok(clear.collect())
}

/// Returns the letters of a column: A for 0.
pub(super) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[(u32, &[&str])]) -> Grid {
        let mut grid = Grid::default();
        for (row, cells) in rows {
            for (column, text) in (0..).zip(*cells) {
                grid.set(*row, column, Cell::Text((*text).to_owned())).unwrap();
            }
        }
        grid
    }

    fn table(grid: Grid) -> Table {
        grid.table("sheet.xlsx", None, &ReadOptions::default()).unwrap()
    }

    fn texts(table: &Table) -> Vec<(u32, Vec<&str>)> {
        fn text(cell: &Cell) -> &str {
            match cell {
                Cell::Text(text) => text.as_str(),
                _ => "",
            }
        }
        table.rows.iter().map(|row| (row.number, row.cells.iter().map(text).collect())).collect()
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn empty_rows_are_left_out_and_rows_keep_their_numbers() {
        let table =
            table(grid(&[(0, &["Title", "Status"]), (3, &["Bridge", "kept"]), (4, &["", "  "]), (6, &["", "x"])]));
        assert_eq!(texts(&table), [(4, vec!["Bridge", "kept"]), (7, vec!["", "x"])]);
    }

    #[test]
    fn a_title_above_the_table_is_not_the_header() {
        let table = table(grid(&[(0, &["Our pledges"]), (2, &["Title", "Status"]), (3, &["Bridge", "kept"])]));
        assert_eq!(table.columns, ["Title", "Status"]);
        let options = ReadOptions { header: Some(4), ..ReadOptions::default() };
        let rows: &[(u32, &[&str])] = &[(0, &["As of", "today"]), (3, &["Title", "Status"])];
        assert_eq!(grid(rows).table("-", None, &options).unwrap().columns, ["Title", "Status"]);
        let error = grid(rows).table("-", None, &ReadOptions { header: Some(2), ..options }).unwrap_err();
        assert_eq!(error, "row 2, which should have the names of the columns, is empty");
    }

    #[test]
    fn one_column_is_a_table_too() {
        assert_eq!(table(grid(&[(0, &["Title"]), (1, &["Bridge"])])).columns, ["Title"]);
    }

    #[test]
    fn columns_with_the_same_name_or_none_are_told_apart() {
        let table = table(grid(&[(0, &["Title", "Source", "", " Source\n", ""]), (1, &["Bridge", "a", "b", "c", ""])]));
        assert_eq!(table.columns, ["Title", "Source (B)", "column C", "Source (D)"]);
    }

    #[test]
    fn merged_cells_are_repeated_where_there_are_rows() {
        let mut grid =
            grid(&[(0, &["Party", "Title", "Status"]), (1, &["Blue", "A", "kept"]), (2, &["", "B"]), (5, &["", "C"])]);
        grid.merge(1..=4, 0..=0);
        grid.merge(2..=2, 1..=2);
        assert_eq!(
            texts(&table(grid)),
            [(2, vec!["Blue", "A", "kept"]), (3, vec!["Blue", "B", "B"]), (6, vec!["", "C", ""])]
        );
    }

    #[test]
    fn rows_in_disorder_are_sorted() {
        let table = table(grid(&[(2, &["B", "x"]), (0, &["Title", "Status"]), (2, &["", ""]), (1, &["A", "y"])]));
        assert_eq!(texts(&table), [(2, vec!["A", "y"]), (3, vec!["B", "x"])]);
    }

    #[test]
    fn stray_cells_are_refused_instead_of_filling_the_memory() {
        let mut grid = Grid::default();
        for row in 0..8_000 {
            grid.set(row, row, Cell::Bool(true)).unwrap();
        }
        let error = grid.table("-", None, &ReadOptions::default()).unwrap_err();
        assert_eq!(
            error,
            "it has 8000 columns and 8000 rows, but only 8000 cells with a value; \
             delete the stray cells beside the table"
        );
        assert!(Grid::default().set(MAX_ROWS, 0, Cell::Bool(true)).is_err());
    }

    #[test]
    fn merged_cells_without_end_are_refused() {
        let mut grid = Grid::default();
        for row in 0..2_000 {
            grid.set(row, 0, Cell::Bool(true)).unwrap();
        }
        for _ in 0..2_000 {
            grid.merge(0..=MAX_ROWS, 0..=16_383);
        }
        assert!(grid.table("-", None, &ReadOptions::default()).is_err());
    }
}
