//! Tables that fit a width.

use std::io;

use crate::output::{Output, Style};
use crate::text::{cut, padded, width};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    gives: Gives,
    /// Whether it stands at the right edge of its column, as numbers do.
    right: bool,
}

/// What a column gives up where the table is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gives {
    Nothing,
    /// It is cut down to this width.
    Width(usize),
    /// It is cut down to this width; if that is not enough, it moves to a line of its own above the row.
    Line(usize),
    /// It is left out, once others have moved.
    Place,
}

impl Column {
    /// A column that is shown in full or not at all.
    pub(crate) fn new(title: &'static str) -> Self {
        Self { title, gives: Gives::Nothing, right: false }
    }

    /// A column of numbers.
    pub(crate) fn number(title: &'static str) -> Self {
        Self { right: true, ..Self::new(title) }
    }

    /// The column, which can be cut down to this width.
    pub(crate) fn cut_to(self, least: usize) -> Self {
        Self { gives: Gives::Width(least), ..self }
    }

    /// The column as a heading of the row: where there is no room beside the others, it stands above them.
    pub(crate) fn heading(self) -> Self {
        Self { gives: Gives::Line(usize::MAX), ..self }
    }

    /// The column as a heading that is cut down to this width before it moves.
    pub(crate) fn heading_cut_to(self, least: usize) -> Self {
        Self { gives: Gives::Line(least), ..self }
    }

    /// The column, which can be done without.
    pub(crate) fn optional(self) -> Self {
        Self { gives: Gives::Place, ..self }
    }

    fn is_heading(&self) -> bool {
        matches!(self.gives, Gives::Line(_))
    }
}

/// A text in a table.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Option<Style>,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, style: impl Into<Option<Style>>) -> Self {
        Self { text: text.into(), style: style.into() }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text, None)
    }
}

const GAP: usize = 2;
/// How far a row is indented below its heading.
const INDENT: usize = 2;

/// A column that stands beside others, with its width.
#[derive(Clone, Copy, Debug)]
struct Fitted {
    column: Column,
    /// Which column of the rows it is.
    index: usize,
    natural: usize,
    width: usize,
}

/// Cuts columns that can be cut until they fit side by side; says whether they do.
fn fit(columns: &mut [Fitted], room: usize) -> bool {
    let total = columns.iter().map(|fitted| fitted.natural + GAP).sum::<usize>().saturating_sub(GAP);
    let mut excess = total.saturating_sub(room);
    // Headings give first: what is cut of them matters least.
    for headings in [true, false] {
        for fitted in columns.iter_mut().filter(|fitted| fitted.column.is_heading() == headings) {
            let least = match fitted.column.gives {
                Gives::Width(least) | Gives::Line(least) => least,
                Gives::Nothing | Gives::Place => fitted.natural,
            };
            let given = excess.min(fitted.natural.saturating_sub(least));
            fitted.width = fitted.natural - given;
            excess -= given;
        }
    }
    excess == 0
}

/// Writes a table, if it can be made to fit, and says whether it could.
pub(crate) fn write(out: &mut Output<'_>, columns: &[Column], rows: &[Vec<Cell>]) -> io::Result<bool> {
    let fitted = columns.iter().enumerate().map(|(index, column)| {
        let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| width(&cell.text));
        let natural = cells.chain([width(column.title)]).max().unwrap_or(0);
        Fitted { column: *column, index, natural, width: natural }
    });
    let mut beside: Vec<Fitted> = fitted.collect();
    let heads: Vec<Cell> = columns.iter().map(|column| Cell::new(column.title, Style::Strong)).collect();
    let rows = std::iter::once(heads.as_slice()).chain(rows.iter().map(Vec::as_slice));
    if fit(&mut beside, out.width()) {
        for row in rows {
            let line = side_by_side(out, &beside, row);
            out.line(&line)?;
        }
        return Ok(true);
    }
    let above: Vec<Fitted> = beside.extract_if(.., |fitted| fitted.column.is_heading()).collect();
    let Some(headings) = Headings::of(&above, out.width()) else { return Ok(false) };
    while !fit(&mut beside, out.width().saturating_sub(INDENT)) {
        match beside.iter().rposition(|fitted| fitted.column.gives == Gives::Place) {
            Some(going) => drop(beside.remove(going)),
            None => return Ok(false),
        }
    }
    for row in rows {
        for line in headings.lines(out, &above, row) {
            out.line(&line)?;
        }
        let line = side_by_side(out, &beside, row);
        out.line(&format!("{}{line}", " ".repeat(INDENT)))?;
    }
    Ok(true)
}

fn side_by_side(out: &Output<'_>, columns: &[Fitted], row: &[Cell]) -> String {
    let cells = columns.iter().filter_map(|fitted| Some((fitted, row.get(fitted.index)?))).map(|(fitted, cell)| {
        let text = cut(&cell.text, fitted.width);
        // The spaces stay outside the colour, so that none are left at the end of a line.
        let spaces = padded("", fitted.width.saturating_sub(width(&text)));
        let text = out.styled(cell.style, &text);
        if fitted.column.right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
    });
    cells.collect::<Vec<_>>().join(&" ".repeat(GAP))
}

/// How the headings of a row stand above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Headings {
    /// One after the other, the last cut where the line ends.
    InARow,
    /// Each on a line of its own, all but the first indented.
    Stacked,
}

impl Headings {
    /// How they can stand in so many columns. The first names the row, and is never cut; where it would be, there is no table.
    fn of(above: &[Fitted], columns: usize) -> Option<Self> {
        /// What is left of a heading in fewer columns says nothing.
        const LEAST: usize = 24;
        let (first, others) = above.split_first()?;
        if first.natural > columns {
            return None;
        }
        let others = others.iter().map(|fitted| fitted.natural.min(LEAST) + GAP).sum::<usize>();
        Some(if first.natural + others <= columns { Self::InARow } else { Self::Stacked })
    }

    fn lines(self, out: &Output<'_>, above: &[Fitted], row: &[Cell]) -> Vec<String> {
        let cells = above.iter().filter_map(|fitted| row.get(fitted.index));
        if self == Self::Stacked {
            let cells = cells.enumerate().map(|(index, cell)| {
                let indent = if index == 0 { 0 } else { INDENT };
                let text = out.styled(cell.style, &cut(&cell.text, out.width().saturating_sub(indent)));
                format!("{}{text}", " ".repeat(indent))
            });
            return cells.collect();
        }
        let (mut line, mut room) = (String::new(), out.width());
        for cell in cells {
            let text = cut(&cell.text, room);
            room = room.saturating_sub(width(&text) + GAP);
            line.push_str(&out.styled(cell.style, &text));
            line.push_str(&" ".repeat(GAP));
        }
        vec![line]
    }
}
