//! Reads sheets of OpenDocument spreadsheets.
//!
//! calamine reads them too, but it does not tell which cells are merged, and does not end on a
//! truncated file (docs/decisions/069-readers-of-spreadsheets-and-documents.md).

use quick_xml::events::{BytesStart, Event};

use super::archive::{self, Archive, Xml};
use super::grid::{Grid, MAX_ROWS};
use super::ods_styles::Styles;
use super::serial::{self, Shown};
use super::xlsx::{NOT_CALCULATED, choose_sheet};
use super::{ReadOptions, number};
use crate::{Cell, Table};

/// The longest run of spaces that one element may stand for.
const MAX_SPACES: usize = 10_000;

pub(super) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Table, String> {
    let mut archive = archive::open(&bytes)?;
    check_password(&mut archive)?;
    let sheets = sheets(&mut archive)?;
    let visible = sheets.iter().find(|(_, visible)| *visible).map(|(name, _)| name.as_str());
    let all: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let sheet = choose_sheet(options, visible, &all)?;
    let mut styles = Styles::read(&mut archive)?;
    let mut xml = content(&mut archive)?;
    let mut buffer = Vec::new();
    loop {
        let element = match archive::next(&mut xml, &mut buffer)? {
            Event::Start(element) => element.into_owned(),
            _ => continue,
        };
        if element.name().as_ref() == "table:table" {
            let is_wanted = archive::attribute(&element, "table:name")?.is_some_and(|name| name == sheet);
            let mut reading = Reading { styles: &styles, columns: Vec::new(), grid: Grid::default(), row: 0 };
            if is_wanted {
                reading.table(&mut xml)?;
                return reading.grid.table(name, Some(sheet), options);
            }
            skip(&mut xml, &element)?;
        } else {
            styles.element(&mut xml, &element)?;
        }
    }
}

fn content<'a, 'b>(archive: &'a mut Archive<'b>) -> Result<Xml<'a, 'b>, String> {
    archive::member(archive, "content.xml")?.ok_or_else(|| "it is no spreadsheet: it has no content.xml".to_owned())
}

/// Rejects a file with a password, whose content is encrypted.
fn check_password(archive: &mut Archive<'_>) -> Result<(), String> {
    let Some(mut xml) = archive::member(archive, "META-INF/manifest.xml")? else { return Ok(()) };
    let mut buffer = Vec::new();
    loop {
        match archive::next(&mut xml, &mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                return Err("it is protected by a password; save it without one".to_owned());
            }
            Event::End(end) if end.local_name().as_ref() == "manifest" => return Ok(()),
            _ => {}
        }
    }
}

/// Returns the names of the sheets, and whether each is visible.
fn sheets(archive: &mut Archive<'_>) -> Result<Vec<(String, bool)>, String> {
    let mut styles = Styles::default();
    let mut sheets = Vec::new();
    let mut xml = content(archive)?;
    let mut buffer = Vec::new();
    loop {
        let element = match archive::next(&mut xml, &mut buffer)? {
            Event::Start(element) => element.into_owned(),
            Event::End(end) if end.name().as_ref() == "office:spreadsheet" => return Ok(sheets),
            Event::End(end) if end.name().as_ref() == "office:document-content" => {
                return Err("it is no spreadsheet but another kind of document".to_owned());
            }
            _ => continue,
        };
        if element.name().as_ref() == "table:table" {
            let style = archive::attribute(&element, "table:style-name")?;
            let is_visible = style.is_none_or(|style| !styles.hidden.contains(&style));
            if let Some(name) = archive::attribute(&element, "table:name")? {
                sheets.push((name, is_visible));
            }
            skip(&mut xml, &element)?;
        } else {
            styles.element(&mut xml, &element)?;
        }
    }
}

/// Reads up to the end of an element.
fn skip(xml: &mut Xml<'_, '_>, element: &BytesStart<'_>) -> Result<(), String> {
    match xml.read_to_end_into(element.name(), &mut Vec::new()) {
        Ok(_) => Ok(()),
        Err(error) => Err(archive::broken(&error)),
    }
}

/// A sheet while it is read.
struct Reading<'a> {
    styles: &'a Styles,
    /// How much of a date the cells of each column show, with the number of columns.
    columns: Vec<(u32, Shown)>,
    grid: Grid,
    /// The row that comes next, from 0.
    row: u32,
}

/// A cell, and how often it stands in its row.
struct Repeated {
    column: u32,
    count: u32,
    cell: Cell,
}

impl Reading<'_> {
    fn table(&mut self, xml: &mut Xml<'_, '_>) -> Result<(), String> {
        let mut buffer = Vec::new();
        loop {
            let element = match archive::next(xml, &mut buffer)? {
                Event::Start(element) => element.into_owned(),
                Event::End(end) if end.name().as_ref() == "table:table" => return Ok(()),
                _ => continue,
            };
            match element.name().as_ref() {
                "table:table-column" => {
                    let style = archive::attribute(&element, "table:default-cell-style-name")?;
                    let shown = style.map_or(Shown::Day, |style| self.styles.shown(&style));
                    self.columns.push((count(&element, "table:number-columns-repeated")?, shown));
                }
                "table:table-row" => self.rows(xml, &element)?,
                // Drawings, forms and the table that a link shows.
                "table:shapes" | "office:forms" | "table:table" => skip(xml, &element)?,
                _ => {}
            }
        }
    }

    /// Reads a row, which can stand for many.
    fn rows(&mut self, xml: &mut Xml<'_, '_>, element: &BytesStart<'_>) -> Result<(), String> {
        let repeated = count(element, "table:number-rows-repeated")?;
        let cells = self.row(xml)?;
        if cells.is_empty() {
            self.row = self.row.saturating_add(repeated);
            return Ok(());
        }
        let lengths = cells.iter().map(|repeated| match &repeated.cell {
            Cell::Text(text) => text.len().saturating_mul(repeated.count as usize),
            _ => 0,
        });
        let length = lengths.fold(0, usize::saturating_add);
        self.grid.check_room(length.saturating_mul(repeated as usize))?;
        for _ in 0..repeated {
            for Repeated { column, count, cell } in &cells {
                for column in *column..column.saturating_add(*count) {
                    self.grid.set(self.row, column, cell.clone())?;
                }
            }
            self.row = self.row.saturating_add(1);
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_, '_>) -> Result<Vec<Repeated>, String> {
        let mut buffer = Vec::new();
        let mut cells = Vec::new();
        let mut column = 0_u32;
        loop {
            let element = match archive::next(xml, &mut buffer)? {
                Event::Start(element) => element.into_owned(),
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
                _ => continue,
            };
            let is_covered = element.name().as_ref() == "table:covered-table-cell";
            if !is_covered && element.name().as_ref() != "table:table-cell" {
                continue;
            }
            let count = count(&element, "table:number-columns-repeated")?;
            let (across, down) = (
                self::count(&element, "table:number-columns-spanned")?,
                self::count(&element, "table:number-rows-spanned")?,
            );
            if across > 1 || down > 1 {
                let last = (self.row.saturating_add(down - 1).min(MAX_ROWS), column.saturating_add(across - 1));
                self.grid.merge(self.row..=last.0, column..=last.1);
            }
            let cell = self.cell(xml, &element, column)?;
            // A covered cell can have a value, which the program does not show.
            if !is_covered && cell != Cell::Empty {
                cells.push(Repeated { column, count, cell });
            }
            column = column.saturating_add(count);
        }
    }

    fn cell(&self, xml: &mut Xml<'_, '_>, element: &BytesStart<'_>, column: u32) -> Result<Cell, String> {
        let attribute = |name| archive::attribute(element, name);
        let text = text_of(xml, element)?;
        if attribute("calcext:value-type")?.as_deref() == Some("error") {
            return Ok(Cell::Fault(if text.is_empty() { "an error".to_owned() } else { text }));
        }
        let kind = attribute("office:value-type")?;
        if kind.is_none() && attribute("table:formula")?.is_some() {
            return Ok(Cell::Fault(if text.is_empty() { NOT_CALCULATED.to_owned() } else { text }));
        }
        Ok(match kind.as_deref() {
            Some("float" | "percentage" | "currency") => match attribute("office:value")?.map(|value| value.parse()) {
                Some(Ok(value)) => number::cell(value),
                _ => Cell::Fault(format!("{text:?} is not a number")),
            },
            Some("date") => match attribute("office:date-value")? {
                Some(date) => serial::iso(&date, self.shown(attribute("table:style-name")?, column)),
                None => Cell::Text(text),
            },
            Some("boolean") => Cell::Bool(attribute("office:boolean-value")?.as_deref() == Some("true")),
            Some("string") => match attribute("office:string-value")? {
                Some(value) => Cell::Text(value),
                None => Cell::Text(text),
            },
            // Times are durations such as PT12H30M00S; people read what the cell shows.
            _ if text.is_empty() => Cell::Empty,
            _ => Cell::Text(text),
        })
    }

    fn shown(&self, style: Option<String>, column: u32) -> Shown {
        if let Some(style) = style {
            return self.styles.shown(&style);
        }
        let mut first = 0_u32;
        for (count, shown) in &self.columns {
            first = first.saturating_add(*count);
            if column < first {
                return *shown;
            }
        }
        Shown::Day
    }
}

/// Reads how often something is repeated: at least once.
fn count(element: &BytesStart<'_>, name: &str) -> Result<u32, String> {
    match archive::attribute(element, name)? {
        None => Ok(1),
        Some(count) => match count.parse() {
            Ok(count) if count > 0 => Ok(count),
            _ => Err(archive::broken(&format!("{name} is {count:?}"))),
        },
    }
}

/// Reads the paragraphs of a cell, without its comments, up to its end.
fn text_of(xml: &mut Xml<'_, '_>, cell: &BytesStart<'_>) -> Result<String, String> {
    let mut text = String::new();
    let mut buffer = Vec::new();
    let mut has_paragraph = false;
    // White space between the elements of a cell is layout.
    let mut paragraphs = 0_usize;
    loop {
        let element = match archive::next(xml, &mut buffer)? {
            Event::Start(element) => element.into_owned(),
            Event::End(end) if end.name() == cell.name() => return Ok(text),
            Event::End(end) => {
                if matches!(end.name().as_ref(), "text:p" | "text:h") {
                    paragraphs = paragraphs.saturating_sub(1);
                }
                continue;
            }
            Event::Text(part) if paragraphs > 0 => {
                // Some programs break lines inside of a paragraph; a line break has its own
                // element.
                text.push_str(&part.xml10_content().replace(['\n', '\r', '\t'], " "));
                continue;
            }
            Event::CData(part) if paragraphs > 0 => {
                text.push_str(&part.xml10_content());
                continue;
            }
            Event::GeneralRef(entity) if paragraphs > 0 => {
                match (quick_xml::escape::resolve_xml_entity(entity.as_ref()), entity.resolve_char_ref()) {
                    (Some(characters), _) => text.push_str(characters),
                    (None, Ok(Some(character))) => text.push(character),
                    (None, Ok(None)) => return Err(archive::broken(&format!("&{};", entity.as_ref()))),
                    (None, Err(error)) => return Err(archive::broken(&error)),
                }
                continue;
            }
            _ => continue,
        };
        match element.name().as_ref() {
            "text:p" | "text:h" => {
                if std::mem::replace(&mut has_paragraph, true) {
                    text.push('\n');
                }
                paragraphs += 1;
            }
            "text:s" => {
                let spaces = count(&element, "text:c")? as usize;
                text.extend(std::iter::repeat_n(' ', spaces.min(MAX_SPACES)));
            }
            "text:tab" => text.push('\t'),
            "text:line-break" => text.push('\n'),
            "office:annotation" | "text:note" | "text:ruby-text" => skip(xml, &element)?,
            name if name.starts_with("draw:") => skip(xml, &element)?,
            _ => {}
        }
    }
}
