//! Draws a timeline as SVG.

use super::Timeline;
use super::events::{Event, Mark};
use super::layout::{Layout, Row, Style};
use crate::colours::Role;
use crate::labels::{Label, Labels};
use crate::measure::{Font, wrap};
use crate::plain::one_line;
use crate::svg::Shapes;

/// The stripes of a line that is presumed or ahead.
const HATCHED: &str = "stroke-dasharray=\"2 3\"";

impl Timeline<'_> {
    /// Draws these events.
    pub(super) fn draw(&self, labels: &dyn Labels, events: &[Event]) -> String {
        let width = i64::from(self.width);
        let mut heading = Shapes::default();
        let top = if self.has_heading { self.draw_heading(&mut heading, labels, width) } else { 12 };
        let layout = Layout::new(events, labels, width, top);
        let mut picture = Shapes::default();
        picture.group(Role::Ink, "fill=\"currentColor\" font-size=\"17\" font-weight=\"700\"", &heading);
        draw_axis(&mut picture, &layout);
        draw_asked(&mut picture, &layout, width);
        draw_clocks(&mut picture, &layout);
        draw_rail(&mut picture, &layout);
        for row in &layout.rows {
            draw_span(&mut picture, row, layout.rail);
        }
        for row in &layout.rows {
            draw_marker(&mut picture, row, &layout);
        }
        draw_lines(&mut picture, &layout);
        let title = format!("{}: {}", labels.label(Label::Timeline), self.standing.title);
        picture.picture((width, layout.bottom), labels.language(), &title, &self.summary(labels))
    }

    /// Draws the title of the commitment, and returns where the rest can begin.
    fn draw_heading(&self, heading: &mut Shapes, labels: &dyn Labels, width: i64) -> i64 {
        let units = usize::try_from(width - 24).unwrap_or(0) * 100 / 17;
        // A browser chooses the font of a title in Chinese or Japanese by its language.
        let language = self.standing.language.as_ref().filter(|language| language.as_str() != labels.language());
        let language = language.map_or(String::new(), |language| format!("lang=\"{language}\""));
        let mut y = 6;
        for line in wrap(&one_line(self.standing.title.as_str()), Font::Bold, units, 4) {
            y += 23;
            heading.text((12, y), &line, &language);
        }
        y + 26
    }
}

fn draw_axis(picture: &mut Shapes, layout: &Layout<'_>) {
    let (mut years, mut months, mut starts) = (Shapes::default(), Shapes::default(), Shapes::default());
    for tick in &layout.ticks {
        let shapes = if tick.is_year { &mut years } else { &mut months };
        shapes.text((4, tick.y), &one_line(&tick.text), "");
    }
    for y in &layout.year_starts {
        starts.line((layout.rail - 6, *y), (layout.rail + 6, *y), "");
    }
    picture.group(Role::Ink, "fill=\"currentColor\" font-size=\"13\" font-weight=\"700\"", &years);
    picture.group(Role::Muted, "fill=\"currentColor\" font-size=\"13\"", &months);
    picture.group(Role::Muted, "stroke=\"currentColor\"", &starts);
}

fn draw_asked(picture: &mut Shapes, layout: &Layout<'_>, width: i64) {
    let mut line = Shapes::default();
    for row in layout.rows.iter().filter(|row| row.event.mark == Mark::Asked) {
        let y = row.y - 15;
        line.line((layout.rail, y), (width - 8, y), "");
        line.path(&format!("M{} {}V{}", layout.rail, y, row.y), "");
    }
    picture.group(Role::Accent, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"", &line);
}

fn draw_clocks(picture: &mut Shapes, layout: &Layout<'_>) {
    let asked = layout.rows.iter().find(|row| row.event.mark == Mark::Asked).map_or(i64::MAX, |row| row.y - 15);
    let (mut bars, mut ends) = (Shapes::default(), Shapes::default());
    for bar in &layout.bars {
        let (Some(from), Some(to)) = (layout.rows.get(bar.from), layout.rows.get(bar.to)) else { continue };
        let x = layout.rail - 14 - 10 * i64::try_from(bar.lane).unwrap_or(0);
        let (top, bottom) = (from.y, to.y);
        let middle = asked.clamp(top, bottom);
        if top < middle {
            bars.line((x, top), (x, middle), "");
        }
        if middle < bottom {
            bars.line((x, middle), (x, bottom), HATCHED);
        }
        ends.line((x, top), (layout.rail, top), "");
        ends.line((x, bottom), (layout.rail, bottom), "");
    }
    picture.group(Role::Clock, "stroke=\"currentColor\"", &ends);
    picture.group(Role::Clock, "stroke=\"currentColor\" stroke-width=\"4\"", &bars);
}

/// Draws the line between the markers: in the colour of the phase up to the day asked, and thin
/// before the first step and after the day asked.
fn draw_rail(picture: &mut Shapes, layout: &Layout<'_>) {
    let mut thin = Shapes::default();
    if let (Some(first), Some(last)) = (layout.rows.first(), layout.rows.last()) {
        thin.line((layout.rail, first.y), (layout.rail, last.y), "");
    }
    picture.group(Role::Faint, "stroke=\"currentColor\" stroke-width=\"2\"", &thin);
    let mut steps = layout.rows.iter().filter(|row| row.event.changes_status).peekable();
    let asked = layout.rows.iter().find(|row| row.event.mark == Mark::Asked).map(|row| row.y - 15);
    while let Some(step) = steps.next() {
        let Some(until) = steps.peek().map(|next| next.y).or(asked) else { continue };
        let mut segment = Shapes::default();
        segment.line((layout.rail, step.y), (layout.rail, until), if step.event.is_hatched { HATCHED } else { "" });
        picture.group(step.event.role, "stroke=\"currentColor\" stroke-width=\"4\"", &segment);
    }
}

/// Draws the days that an imprecise date may be.
fn draw_span(picture: &mut Shapes, row: &Row<'_>, rail: i64) {
    let Some((from, to)) = row.span else { return };
    // A deadline is narrower, because steps can lie within it.
    let half = if row.event.mark == Mark::Deadline { 4 } else { 6 };
    let (corner, size) = ((rail - half, from - 6), (2 * half, to - from + 12));
    // The paper under the capsule, so that the line does not show through it.
    let mut paper = Shapes::default();
    paper.rectangle(corner, size, &format!("rx=\"{half}\""));
    picture.group(Role::Paper, "fill=\"currentColor\"", &paper);
    let mut capsule = Shapes::default();
    let dashes = if row.event.is_hatched { " stroke-dasharray=\"3 2\"" } else { "" };
    capsule.rectangle(corner, size, &format!("rx=\"{half}\"{dashes}"));
    let look = "fill=\"currentColor\" fill-opacity=\".25\" stroke=\"currentColor\" stroke-width=\"1.5\"";
    picture.group(row.event.role, look, &capsule);
}

fn draw_marker(picture: &mut Shapes, row: &Row<'_>, layout: &Layout<'_>) {
    let (x, y) = (layout.rail, row.y);
    let mut shapes = Shapes::default();
    let is_hollow = row.event.is_hatched;
    let hollow = "fill=\"none\" stroke-dasharray=\"3 2\"";
    match row.event.mark {
        Mark::Step if row.span.is_some() => {}
        Mark::Made => shapes.path(&format!("M{x} {}l8 8l-8 8l-8-8z", y - 8), if is_hollow { hollow } else { "" }),
        Mark::Step if is_hollow => {
            draw_paper(picture, (x, y), 7);
            shapes.circle((x, y), 6, hollow);
        }
        Mark::Step => shapes.circle((x, y), 6, ""),
        Mark::Note | Mark::LeftOut if row.span.is_none() => {
            draw_paper(picture, (x, y), 5);
            shapes.circle((x, y), 4, "fill=\"none\"");
        }
        Mark::Note | Mark::LeftOut => {}
        Mark::Corrected => {
            draw_paper(picture, (x, y), 8);
            shapes.path(&format!("M{} {}l10 10m0-10l-10 10", x - 5, y - 5), "stroke-width=\"3\"");
        }
        Mark::Deadline => {
            shapes.path(&format!("M{x} {}v-17l11 5l-11 5", y + 8), "");
        }
        Mark::Asked => shapes.circle((x, y), 4, ""),
        Mark::Clock => {
            draw_paper(picture, (x, y), 8);
            shapes.circle((x, y), 7, "fill=\"none\"");
            shapes.path(&format!("M{x} {}v4.5h4", y - 4), "fill=\"none\"");
        }
    }
    picture.group(row.event.role, "fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"2\"", &shapes);
}

/// Covers what is under a marker.
fn draw_paper(picture: &mut Shapes, at: (i64, i64), radius: i64) {
    let mut paper = Shapes::default();
    paper.circle(at, radius, "");
    picture.group(Role::Paper, "fill=\"currentColor\"", &paper);
}

fn draw_lines(picture: &mut Shapes, layout: &Layout<'_>) {
    let (mut names, mut asked, mut corrected) = (Shapes::default(), Shapes::default(), Shapes::default());
    let mut small = Shapes::default();
    for row in &layout.rows {
        for line in &row.lines {
            let at = (line.x, line.y);
            match line.style {
                Style::Date if line.x < layout.rail => small.text_to(at, &line.text),
                Style::Date | Style::Tag | Style::Detail => small.text(at, &line.text, ""),
                Style::Name => match row.event.mark {
                    Mark::Corrected => corrected.text(at, &line.text, "text-decoration=\"line-through\""),
                    Mark::Asked => asked.text(at, &line.text, ""),
                    Mark::LeftOut => small.text(at, &line.text, ""),
                    _ => names.text(at, &line.text, ""),
                },
            }
        }
    }
    picture.group(Role::Muted, "fill=\"currentColor\" font-size=\"13\"", &small);
    picture.group(Role::Ink, "fill=\"currentColor\" font-weight=\"600\"", &names);
    picture.group(Role::Muted, "fill=\"currentColor\"", &corrected);
    picture.group(Role::Accent, "fill=\"currentColor\" font-weight=\"600\"", &asked);
}
