//! Reads sheets of Excel workbooks.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::Event;

use super::grid::Grid;
use super::serial::{self, Shown};
use super::{ReadOptions, archive, number};
use crate::{Cell, Table};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The cell for a formula without a stored value.
pub(super) const NOT_CALCULATED: &str =
    "a formula whose value is not stored; open the file in a spreadsheet program and save it";

pub(super) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Table, String> {
    check_shared_strings(&bytes)?;
    // calamine reads ranges such as `B2:A1` with an unchecked subtraction.
    let read = catch_unwind(AssertUnwindSafe(|| read_sheet(&bytes, options)));
    let (sheet, grid) = read.unwrap_or_else(|_| Err(archive::broken(&"a part of it is malformed")))?;
    grid.table(name, Some(sheet), options)
}

/// Rejects a wrong number of shared strings, because calamine allocates memory for them first.
fn check_shared_strings(bytes: &[u8]) -> Result<(), String> {
    let mut archive = archive::open(bytes)?;
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    for name in names.iter().filter(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
        let size = archive.by_name(name).map_err(|error| archive::broken(&error))?.size();
        let Some(mut xml) = archive::member(&mut archive, name)? else { continue };
        let mut buffer = Vec::new();
        let counted = loop {
            match archive::next(&mut xml, &mut buffer)? {
                Event::Start(element) => break archive::attribute(&element, "uniqueCount")?,
                _ => continue,
            }
        };
        // The shortest string is `<si/>`.
        if counted.and_then(|count| count.parse::<u64>().ok()).is_some_and(|count| count > size / 5 + 1) {
            return Err(archive::broken(&"the number of its texts is wrong"));
        }
    }
    Ok(())
}

fn read_sheet(bytes: &[u8], options: &ReadOptions) -> Result<(String, Grid), String> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| describe(&error))?;
    let sheet = sheet_name(&workbook, options)?;
    let mut grid = Grid::default();
    let unclear = read_cells(&mut workbook, &sheet, &mut grid)?;
    if !unclear.errors.is_empty() || !unclear.empty.is_empty() {
        read_unclear_cells(&mut workbook, &sheet, &unclear, &mut grid)?;
    }
    for merged in workbook.merge_cells_by_sheet_name(&sheet).map_err(|error| describe(&error))? {
        grid.merge(merged.start.0..=merged.end.0, merged.start.1..=merged.end.1);
    }
    Ok((sheet, grid))
}

fn sheet_name(workbook: &Workbook<'_>, options: &ReadOptions) -> Result<String, String> {
    let sheets = || workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names = || sheets().map(|sheet| sheet.name.as_str());
    choose_sheet(
        options,
        sheets().find(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.as_str()),
        &names().collect::<Vec<_>>(),
    )
}

/// Returns the sheet that the options name, or the first one.
pub(super) fn choose_sheet(options: &ReadOptions, visible: Option<&str>, all: &[&str]) -> Result<String, String> {
    match &options.sheet {
        Some(wanted) if all.contains(&wanted.as_str()) => Ok(wanted.clone()),
        Some(wanted) => Err(format!("it has no sheet {wanted:?}; its sheets are {}", listed(all))),
        None => match visible.or(all.first().copied()) {
            Some(first) => Ok(first.to_owned()),
            None => Err("it has no sheet".to_owned()),
        },
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}

/// Cells that a second reading has to look at, by their index in the order of the file.
#[derive(Default)]
struct Unclear {
    errors: Vec<UnknownError>,
    /// Cells without a value, which may have a formula.
    empty: Vec<usize>,
}

/// A cell with an error that calamine does not know, and so does not give the place of.
struct UnknownError {
    index: usize,
    error: String,
    /// The place of the cell that follows, to check that both readings count the same cells.
    next: Option<(u32, u32)>,
}

fn read_cells(workbook: &mut Workbook<'_>, sheet: &str, grid: &mut Grid) -> Result<Unclear, String> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| describe(&error))?;
    let format =
        |style: &calamine::Style| style.number_format.as_ref().map(|format| Shown::by_format(&format.format_code));
    let shown: Vec<Shown> = cells.styles().iter().map(|style| format(style).unwrap_or_default()).collect();
    let mut unclear = Unclear::default();
    for index in 0.. {
        match cells.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let (row, column) = cell.get_position();
                if let Some(UnknownError { next: next @ None, .. }) = unclear.errors.last_mut() {
                    *next = Some((row, column));
                }
                let value = value(cell.get_value(), is_1904, shown.get(style).copied().unwrap_or_default());
                if value == Cell::Empty {
                    unclear.empty.push(index);
                }
                grid.set(row, column, value)?;
            }
            Ok(None) => break,
            Err(XlsxError::CellError(error)) => unclear.errors.push(UnknownError { index, error, next: None }),
            Err(error) => return Err(describe(&error)),
        }
    }
    Ok(unclear)
}

/// Reads the places of unknown errors, and of formulas without a value.
fn read_unclear_cells(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    unclear: &Unclear,
    grid: &mut Grid,
) -> Result<(), String> {
    let mut formulas = workbook.worksheet_cells_reader(sheet).map_err(|error| describe(&error))?;
    let mut errors = unclear.errors.iter().peekable();
    let mut empty = unclear.empty.iter().peekable();
    let mut expected = None;
    for index in 0.. {
        let Some(cell) = formulas.next_formula().map_err(|error| describe(&error))? else { break };
        let (row, column) = cell.get_position();
        if expected.take().is_some_and(|place| place != (row, column)) {
            return Err(archive::broken(&"its cells have no places"));
        }
        if let Some(UnknownError { error, next, .. }) = errors.next_if(|error| error.index == index) {
            expected = *next;
            grid.set(row, column, Cell::Fault(error.clone()))?;
        } else if empty.next_if_eq(&&index).is_some() && !cell.get_value().is_empty() {
            grid.set(row, column, Cell::Fault(NOT_CALCULATED.to_owned()))?;
        }
    }
    Ok(())
}

fn value(value: &DataRef<'_>, is_1904: bool, shown: Shown) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(float) => number::cell(*float),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(date) if date.is_duration() => serial::duration(date.as_f64()),
        DataRef::DateTime(date) => serial::date(date.as_f64(), is_1904, shown),
        DataRef::DateTimeIso(text) => serial::iso(text, shown),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Fault(error.to_string()),
    }
}

fn describe(error: &XlsxError) -> String {
    match error {
        XlsxError::FileNotFound(part) => format!("it is no workbook: it has no {part}"),
        XlsxError::NotAWorksheet(kind) => format!("the sheet is a {kind}, not a table"),
        XlsxError::Password => "it is protected by a password; save it without one".to_owned(),
        error => archive::broken(error),
    }
}
