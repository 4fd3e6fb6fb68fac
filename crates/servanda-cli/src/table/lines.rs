//! The layout of wide terminals: one line for each row.

use super::{Cell, Column, GAP, Kind, Row};
use crate::output::Output;
use crate::text::{padded, width};

/// The width to which a heading can be cut, and the one for other text.
const MIN_HEADING: usize = 20;
const MIN_TEXT: usize = 14;

/// A column with its width.
pub(super) type Sized = (Column, usize);

/// Returns the columns that fit, with their widths, and the rows with cells that are cut to them.
/// `None` if the columns do not fit even if their texts are cut.
pub(super) fn arrange(columns: &[Column], rows: &[Row], room: usize, ids: bool) -> Option<(Vec<Sized>, Vec<Row>)> {
    let widest = |index: usize| rows.iter().filter_map(|row| row.get(index)).map(|cell| width(&cell.text)).max();
    let widths: Vec<usize> = (0..columns.len()).map(|index| widest(index).unwrap_or(0)).collect();
    let all: Vec<usize> = (0..columns.len()).collect();
    let without_ids = || all.iter().copied().filter(|index| columns.get(*index).is_some_and(|c| c.kind != Kind::Id));
    let shown: Vec<usize> = if ids || total(&widths) <= room { all.clone() } else { without_ids().collect() };
    let columns: Vec<Column> = shown.iter().filter_map(|index| columns.get(*index).copied()).collect();
    let mut widths: Vec<usize> = shown.iter().filter_map(|index| widths.get(*index).copied()).collect();
    while total(&widths) > room {
        // Cut what is widest, ids last.
        let can_be_cut = |(index, width): &(usize, &usize)| {
            let min = columns.get(*index).map_or(usize::MAX, |column| match column.kind {
                Kind::Heading | Kind::Id => MIN_HEADING,
                Kind::Text => MIN_TEXT,
                Kind::Number => usize::MAX,
            });
            **width > min
        };
        let is_id = |index: usize| columns.get(index).is_some_and(|column| column.kind == Kind::Id);
        let candidates = widths.iter().enumerate().filter(can_be_cut);
        let (widest, _) = candidates.max_by_key(|(index, width)| (!is_id(*index), **width))?;
        *widths.get_mut(widest)? -= 1;
    }
    let cut = |row: &Row| {
        let cells = shown.iter().zip(&widths).filter_map(|(index, room)| Some(cut(row.get(*index)?, *room)));
        cells.collect::<Row>()
    };
    Some((columns.into_iter().zip(widths.iter().copied()).collect(), rows.iter().map(cut).collect()))
}

fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Cuts the text of a cell to a width, and marks the place.
fn cut(cell: &Cell, room: usize) -> Cell {
    if width(&cell.text) <= room {
        return cell.clone();
    }
    let mut text = String::new();
    for character in cell.text.chars() {
        text.push(character);
        if width(&text) >= room {
            text.pop();
            break;
        }
    }
    Cell { text: format!("{}…", text.trim_end()), style: cell.style }
}

/// Returns the line of a row.
pub(super) fn line(out: &Output<'_>, columns: &[Sized], row: &Row) -> String {
    let cells = columns.iter().zip(row).map(|((column, room), cell)| {
        let space = " ".repeat(room.saturating_sub(width(&cell.text)));
        let text = cell.text.trim_start();
        let indent = " ".repeat(cell.text.len() - text.len());
        let text = out.styled(cell.style, text);
        match column.kind {
            Kind::Number => format!("{space}{indent}{text}"),
            _ => format!("{indent}{text}{space}"),
        }
    });
    cells.collect::<Vec<_>>().join(&padded("", GAP))
}
