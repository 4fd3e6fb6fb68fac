//! The number formats of OpenDocument cells: whether they show the day of a date.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::archive::{self, Archive, Xml};
use super::serial::Shown;

/// The styles of cells, and the formats of dates that they name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The format and the parent of each style.
    cells: HashMap<String, (Option<String>, Option<String>)>,
    dates: HashMap<String, Shown>,
    /// The tables that are hidden, by their style.
    pub(super) hidden: Vec<String>,
}

impl Styles {
    /// Reads the styles that are not in `content.xml`.
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, String> {
        let mut styles = Self::default();
        if let Some(mut xml) = archive::member(archive, "styles.xml")? {
            let mut buffer = Vec::new();
            loop {
                let name = match archive::next(&mut xml, &mut buffer)? {
                    Event::End(end) if end.name().as_ref() == "office:document-styles" => break,
                    Event::Start(element) => element.into_owned(),
                    _ => continue,
                };
                styles.element(&mut xml, &name)?;
            }
        }
        Ok(styles)
    }

    /// Takes note of an element if it is a style or a format.
    pub(super) fn element(
        &mut self,
        xml: &mut Xml<'_, '_>,
        element: &quick_xml::events::BytesStart<'_>,
    ) -> Result<(), String> {
        let attribute = |name| archive::attribute(element, name);
        match element.name().as_ref() {
            "style:style" => {
                let Some(name) = attribute("style:name")? else { return Ok(()) };
                match attribute("style:family")?.as_deref() {
                    Some("table-cell") => {
                        let style = (attribute("style:data-style-name")?, attribute("style:parent-style-name")?);
                        self.cells.insert(name, style);
                    }
                    Some("table") => self.table_style(xml, name)?,
                    _ => {}
                }
            }
            "number:date-style" => {
                if let Some(name) = attribute("style:name")? {
                    let shown = parts(xml)?;
                    self.dates.insert(name, shown);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads up to the end of the style of a table.
    fn table_style(&mut self, xml: &mut Xml<'_, '_>, name: String) -> Result<(), String> {
        let mut buffer = Vec::new();
        loop {
            match archive::next(xml, &mut buffer)? {
                Event::Start(element)
                    if element.name().as_ref() == "style:table-properties"
                        && archive::attribute(&element, "table:display")?.as_deref() == Some("false") =>
                {
                    self.hidden.push(name.clone());
                }
                Event::End(end) if end.name().as_ref() == "style:style" => return Ok(()),
                _ => {}
            }
        }
    }

    /// Returns how much of a date a cell with this style shows.
    pub(super) fn shown(&self, style: &str) -> Shown {
        let mut style = Some(style);
        // Styles have few ancestors, unless a broken file has a circle of them.
        for _ in 0..8 {
            match style.and_then(|name| self.cells.get(name)) {
                Some((Some(format), _)) => return self.dates.get(format).copied().unwrap_or_default(),
                Some((None, parent)) => style = parent.as_deref(),
                None => break,
            }
        }
        Shown::Day
    }
}

/// Reads up to the end of a format, and returns how much of a date it shows.
fn parts(xml: &mut Xml<'_, '_>) -> Result<Shown, String> {
    let mut buffer = Vec::new();
    let (mut year, mut month, mut finer) = (false, false, false);
    loop {
        match archive::next(xml, &mut buffer)? {
            Event::Start(element) => match element.name().as_ref() {
                "number:year" | "number:era" => year = true,
                "number:month" => month = true,
                "number:day" | "number:day-of-week" | "number:hours" | "number:week-of-year" | "number:quarter" => {
                    finer = true;
                }
                _ => {}
            },
            Event::End(end) if end.name().as_ref() == "number:date-style" => break,
            _ => {}
        }
    }
    Ok(match (year, month, finer) {
        (true, true, false) => Shown::Month,
        (true, false, false) => Shown::Year,
        _ => Shown::Day,
    })
}
