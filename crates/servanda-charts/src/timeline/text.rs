//! Writes a timeline as lines of text.

use super::Timeline;
use super::clocks::{Bar, bars};
use super::events::{Event, Mark, events};
use crate::labels::Labels;
use crate::measure::{Font, wrap};
use crate::plain::{isolated, one_line};

/// The narrowest text.
const MIN_WIDTH: usize = 24;
/// The narrowest column of names.
const MIN_NAMES: usize = 10;
/// The most lines of one name or detail.
const MAX_LINES: usize = 200;

pub(super) fn write(timeline: &Timeline<'_>, labels: &dyn Labels, width: usize) -> String {
    let width = width.max(MIN_WIDTH);
    let events = events(timeline.standing, timeline.procedure, labels);
    let bars = bars(&events);
    let lanes = bars.iter().map(|bar| bar.lane + 1).max().unwrap_or(0);
    let dates = events.iter().map(|event| Font::Terminal.width(&event.date)).max().unwrap_or(0).clamp(10, 23);
    // Dates have a column of their own if there is room for them.
    let has_dates = width >= dates + lanes + 3 + 2 * MIN_NAMES;
    let indent = if has_dates { dates + 1 } else { 0 };
    let names = width.saturating_sub(indent + lanes + 4).max(MIN_NAMES);
    let mut text = String::new();
    for line in wrap(&one_line(timeline.standing.title.as_str()), Font::Terminal, width, MAX_LINES) {
        text.push_str(&isolated(&line));
        text.push('\n');
    }
    text.push('\n');
    let mut status: Option<&Event> = None;
    let mut year = None;
    for (index, event) in events.iter().enumerate() {
        if year.is_some_and(|year| year != event.day.year()) {
            push_line(&mut text, &" ".repeat(indent), &lanes_at(&bars, lanes, index, false), rail(status), "");
        }
        year = Some(event.day.year());
        let mut date = if has_dates { pad(&event.date, indent) } else { String::new() };
        let after = event.mark == Mark::Asked || event.day > timeline.standing.on;
        let mut lines: Vec<String> = Vec::new();
        if !has_dates {
            lines.push(event.date.clone());
        }
        if event.mark == Mark::Corrected {
            // A name that is wrong stands in brackets.
            let name = wrap(&event.name, Font::Terminal, names.saturating_sub(2), MAX_LINES);
            lines.extend(name.iter().map(|name| format!("[{name}]")));
        } else {
            lines.extend(wrap(&event.name, Font::Terminal, names, MAX_LINES));
        }
        lines.extend(wrap(&event.tags.join(" · "), Font::Terminal, names, MAX_LINES));
        lines.extend(event.details.iter().flat_map(|detail| wrap(detail, Font::Terminal, names, MAX_LINES)));
        if event.changes_status {
            status = Some(event);
        } else if after {
            status = None;
        }
        for (number, line) in lines.iter().enumerate() {
            let is_first = number == 0;
            let mark = if is_first { marker(event) } else { rail(status) };
            let lanes = lanes_at(&bars, lanes, index, is_first);
            push_line(&mut text, &date, &lanes, mark, line);
            date = " ".repeat(indent);
        }
    }
    text
}

fn push_line(text: &mut String, date: &str, lanes: &str, mark: &str, line: &str) {
    let line = format!("{date}{lanes}{mark}{}", isolated(line));
    text.push_str(line.trim_end());
    text.push('\n');
}

/// The marker of an event, three columns wide.
fn marker(event: &Event) -> &'static str {
    match event.mark {
        Mark::Made => " ◇  ",
        Mark::Step if event.is_hatched => " ○  ",
        Mark::Step => " ●  ",
        Mark::Note | Mark::LeftOut => " ·  ",
        Mark::Corrected => " ×  ",
        Mark::Deadline => " ⚑  ",
        Mark::Asked => "─┼─ ",
        Mark::Clock => " ◷  ",
    }
}

/// The line between two markers.
fn rail(status: Option<&Event>) -> &'static str {
    match status {
        Some(event) if event.is_hatched => " ┊  ",
        Some(_) => " │  ",
        None => "    ",
    }
}

/// The bars of the clocks next to a row. The first line of a row has their ends.
fn lanes_at(bars: &[Bar], lanes: usize, row: usize, is_first: bool) -> String {
    let lane = |lane: usize| {
        let bar = |is_here: &dyn Fn(&&Bar) -> bool| bars.iter().filter(|bar| bar.lane == lane).any(|bar| is_here(&bar));
        if is_first && bar(&|bar| bar.to == row) {
            "└"
        } else if is_first && bar(&|bar| bar.from == row) {
            "┌"
        } else if bar(&|bar| bar.from < row && row < bar.to || !is_first && bar.from == row) {
            "│"
        } else {
            " "
        }
    };
    (0..lanes).rev().map(lane).collect()
}

/// Pads a text to a number of columns.
fn pad(text: &str, columns: usize) -> String {
    let space = columns.saturating_sub(Font::Terminal.width(text));
    format!("{text}{}", " ".repeat(space))
}
