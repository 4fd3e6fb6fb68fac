//! Tables that fit the terminal. The crate comfy-table aligns and wraps the columns of narrow ones.

mod lines;

use std::io;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width,
};

use servanda::format::escape_invisible;

use crate::output::{Output, Style};
use crate::text::{padded, width};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Names the row. In a narrow table, it moves to a line above the row.
    Heading,
    /// The id of the row, which is left out if titles would have to be cut for it. It is a heading
    /// too.
    Id,
    Text,
    /// Aligned to the right.
    Number,
}

impl Column {
    pub(crate) fn heading(title: &'static str) -> Self {
        Self { title, kind: Kind::Heading }
    }

    pub(crate) fn text(title: &'static str) -> Self {
        Self { title, kind: Kind::Text }
    }

    pub(crate) fn number(title: &'static str) -> Self {
        Self { title, kind: Kind::Number }
    }

    pub(crate) fn id(title: &'static str) -> Self {
        Self { title, kind: Kind::Id }
    }

    fn is_heading(self) -> bool {
        matches!(self.kind, Kind::Heading | Kind::Id)
    }
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Option<Style>,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, style: impl Into<Option<Style>>) -> Self {
        let text: String = text.into();
        // Escaped here, because the columns are measured next.
        Self { text: escape_invisible(&text).into_owned(), style: style.into() }
    }

    /// Returns the cell with more text at its end.
    pub(crate) fn followed_by(self, text: &str) -> Self {
        Self { text: format!("{}{}", self.text, escape_invisible(text)), ..self }
    }

    /// Tells whether the cell has this text.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text, None)
    }
}

type Row = Vec<Cell>;

/// The space between two columns, and the indentation below a heading.
const GAP: usize = 2;

/// From this width on, a table has one line for each row.
const ONE_LINE: usize = 100;

/// Writes a table. In a pipe, and on a terminal of 100 columns or more, each row is one line: ids
/// are left out if they do not fit, unless `ids` is true, and long texts are cut on the terminal.
/// On a narrower one, text is wrapped and never cut, in the first of these layouts that fits:
///
/// - All columns are side by side.
/// - The headings of a row are on a line above the other columns.
/// - Each cell is a paragraph with the title of its column.
pub(crate) fn write(out: &mut Output<'_>, columns: &[Column], rows: Vec<Row>, ids: bool) -> io::Result<()> {
    let titles = columns.iter().map(|column| Cell::new(column.title, Style::Strong)).collect();
    let rows: Vec<Row> = std::iter::once(titles).chain(rows).collect();
    if out.table_width() >= ONE_LINE
        && let Some((columns, rows)) = lines::arrange(columns, &rows, out.table_width(), ids)
    {
        for row in rows {
            out.line(&lines::line(out, &columns, &row))?;
        }
        return Ok(());
    }
    if fits(columns, &rows, out.width()) {
        for line in align(out, columns, &rows, out.width()).into_iter().flatten() {
            out.line(&line)?;
        }
        return Ok(());
    }
    let is_heading = |index: usize| columns.get(index).is_some_and(|column| column.is_heading());
    let (headings, values): (Vec<Row>, Vec<Row>) = rows.into_iter().map(|row| partition(row, is_heading)).unzip();
    let columns: Vec<Column> = columns.iter().copied().filter(|column| !column.is_heading()).collect();
    let room = out.width().saturating_sub(GAP);
    if !fits(&columns, &values, room) {
        return write_paragraphs(out, &columns, &headings, &values);
    }
    for (headings, lines) in headings.iter().zip(align(out, &columns, &values, room)) {
        let indent = headings.iter().map(Cell::indentation).max().unwrap_or(0);
        write_headings(out, indent, headings)?;
        for line in lines {
            out.line(&format!("{}{line}", " ".repeat(GAP + indent)))?;
        }
    }
    Ok(())
}

/// Writes the headings of a row. A heading that does not fit on the line starts another one, unless
/// it would take several lines anyway.
fn write_headings(out: &mut Output<'_>, indent: usize, headings: &[Cell]) -> io::Result<()> {
    let mut line: Vec<&Cell> = Vec::new();
    let hang = indent + 2 * GAP;
    let mut margin = indent;
    for cell in headings.iter().filter(|cell| !cell.text.is_empty()) {
        let taken: usize = line.iter().map(|cell| width(cell.text.trim()) + GAP).sum();
        let alone = hang + width(cell.text.trim());
        let room = out.width();
        if !line.is_empty() && margin + taken + width(cell.text.trim()) > room && alone <= room {
            write_heading(out, margin, hang, &line)?;
            line.clear();
            margin = hang;
        }
        line.push(cell);
    }
    write_heading(out, margin, hang, &line)
}

fn write_heading(out: &mut Output<'_>, margin: usize, hang: usize, cells: &[&Cell]) -> io::Result<()> {
    let texts: Vec<String> = cells.iter().map(|cell| out.styled(cell.style, cell.text.trim())).collect();
    out.hanging(&" ".repeat(margin), hang, None, &texts.join("  "))
}

/// Splits a row into the cells at the indices that `first` accepts, and the others.
fn partition(row: Row, first: impl Fn(usize) -> bool) -> (Row, Row) {
    let (first, second): (Vec<_>, Vec<_>) = row.into_iter().enumerate().partition(|(index, _)| first(*index));
    let cells = |row: Vec<(usize, Cell)>| row.into_iter().map(|(_, cell)| cell).collect();
    (cells(first), cells(second))
}

/// Tells whether the columns fit side by side.
fn fits(columns: &[Column], rows: &[Row], width: usize) -> bool {
    min_widths(columns, rows).into_iter().map(|width| width + GAP).sum::<usize>() <= width + GAP
}

/// Returns the smallest width of each column that keeps words whole and text easy to read.
fn min_widths(columns: &[Column], rows: &[Row]) -> Vec<usize> {
    let min_width = |(index, column): (usize, &Column)| {
        let legible = if column.is_heading() { 28 } else { 16 };
        let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| {
            let longest_word = cell.text.split(' ').map(width).max().unwrap_or(0);
            longest_word.max(width(&cell.text).min(legible))
        });
        cells.max().unwrap_or(0)
    };
    columns.iter().enumerate().map(min_width).collect()
}

/// Separates the columns and the rows in the output of comfy-table, so that it can be split again.
const UNIT_SEPARATOR: char = '\u{1f}';
const RECORD_SEPARATOR: char = '\u{1e}';

/// Arranges the columns side by side, and returns the lines of each row.
///
/// Styles are applied afterwards, because comfy-table measures only plain text.
fn align(out: &Output<'_>, columns: &[Column], rows: &[Row], width: usize) -> Vec<Vec<String>> {
    let style = TableStyle::new()
        .content_lines(ContentLineStyle::none().junction(UNIT_SEPARATOR))
        .row_separator(LineStyle::none().fill(RECORD_SEPARATOR).junction(RECORD_SEPARATOR));
    let cells =
        |row: &Row| row.iter().take(columns.len()).map(|cell| comfy_table::Cell::new(&cell.text)).collect::<Vec<_>>();
    let mut table = comfy_table::Table::new();
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(narrow(width + 1)).add_rows(rows.iter().map(cells));
    for ((arranged, column), min_width) in table.column_iter_mut().zip(columns).zip(min_widths(columns, rows)) {
        // The separator is the second column of the gap. A boundary includes the padding.
        let boundary = ColumnConstraint::LowerBoundary(Width::Fixed(narrow(min_width + GAP - 1)));
        arranged.set_padding((0, 1)).set_constraint(boundary);
        if column.kind == Kind::Number {
            arranged.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> = table.lines().collect();
    let groups = lines.split(|line| line.starts_with(RECORD_SEPARATOR));
    let styled = |row: &Row, line: &String| -> String {
        let parts = line.split(UNIT_SEPARATOR).zip(row).map(|(part, cell)| match part.trim() {
            "" => part.to_owned(),
            // Spaces stay outside the style, so that none are left at the end of a line.
            text => part.replacen(text, &out.styled(cell.style, text), 1),
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    groups.zip(rows).map(|(lines, row)| lines.iter().map(|line| styled(row, line)).collect()).collect()
}

fn narrow(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Writes each row as paragraphs, with the titles of the columns as labels. The first row has the
/// titles. Empty cells are omitted.
fn write_paragraphs(out: &mut Output<'_>, columns: &[Column], headings: &[Row], values: &[Row]) -> io::Result<()> {
    let label_width = GAP + columns.iter().map(|column| width(column.title) + GAP).max().unwrap_or(0);
    for (index, (headings, values)) in headings.iter().zip(values).skip(1).enumerate() {
        if index > 0 {
            out.blank()?;
        }
        let level = headings.iter().map(Cell::indentation).max().unwrap_or(0);
        for (index, cell) in headings.iter().filter(|cell| !cell.text.is_empty()).enumerate() {
            let indent = if index == 0 { level } else { level + GAP };
            out.paragraph(indent, cell.style, &cell.text)?;
        }
        for (column, cell) in columns.iter().zip(values).filter(|(_, cell)| !cell.text.is_empty()) {
            let label = padded(&format!("  {}", column.title), label_width);
            let label = out.styled(Style::Faint, &label);
            out.hanging(&label, label_width, cell.style, &cell.text)?;
        }
    }
    Ok(())
}
