//! Where the rows, lines of text and labels of a timeline stand.

use servanda_core::Day;

use super::clocks::{Bar, bars};
use super::events::{Event, Mark};
use crate::labels::Labels;
use crate::measure::{Font, wrap};

/// The style of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Date,
    Tag,
    Name,
    Detail,
}

/// A line of text with its baseline.
pub(super) struct Line {
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) x: i64,
    pub(super) y: i64,
}

/// An event at its place.
pub(super) struct Row<'e> {
    pub(super) event: &'e Event,
    /// The middle of the marker.
    pub(super) y: i64,
    /// The ends of the span of an imprecise date.
    pub(super) span: Option<(i64, i64)>,
    pub(super) lines: Vec<Line>,
}

/// A label of the axis, with its baseline. A year is bold, a month is not.
pub(super) struct Tick {
    pub(super) y: i64,
    pub(super) text: String,
    pub(super) is_year: bool,
}

/// A timeline at its places.
pub(super) struct Layout<'e> {
    pub(super) rows: Vec<Row<'e>>,
    pub(super) ticks: Vec<Tick>,
    /// Where a year begins between two rows.
    pub(super) year_starts: Vec<i64>,
    pub(super) bars: Vec<Bar>,
    /// The line on which the markers stand.
    pub(super) rail: i64,
    /// The left edge of names.
    pub(super) text: i64,
    pub(super) bottom: i64,
}

/// The width of the labels of the axis.
const AXIS: i64 = 38;
/// The width of the bar of a clock, with the space next to it.
const LANE: i64 = 10;
/// The least and the largest width of the column of dates in a wide picture, with the space next to
/// it. A longer date is wrapped.
const DATES: (i64, i64) = (112, 160);
/// From this width on, dates have a column of their own.
const WIDE: i64 = 520;
/// The most days between two rows of a timeline whose axis has months, taken together.
const DAYS_WITH_MONTHS: i64 = 550;

impl<'e> Layout<'e> {
    /// Lays the events out from `top` down.
    pub(super) fn new(events: &'e [Event], labels: &dyn Labels, width: i64, top: i64) -> Self {
        let bars = bars(events);
        let lanes = bars.iter().map(|bar| bar.lane + 1).max().unwrap_or(0);
        let dates = if width >= WIDE { width_of_dates(events) } else { 0 };
        let rail = AXIS + dates + LANE * i64::try_from(lanes).unwrap_or(0) + 14;
        let mut layout = Self {
            rows: Vec::with_capacity(events.len()),
            ticks: Vec::new(),
            year_starts: Vec::new(),
            bars,
            rail,
            text: rail + 20,
            bottom: top,
        };
        let column = Column { left: layout.text, width: width - layout.text - 8, dates };
        for event in events {
            layout.bottom += layout.gap_before(event);
            let (lines, y, bottom) = column.lines(event, layout.bottom);
            layout.rows.push(Row { event, y, span: None, lines });
            layout.bottom = bottom;
        }
        layout.bottom += 16;
        layout.set_spans();
        layout.set_ticks(labels);
        layout
    }

    /// The space above a row: more after a long time.
    fn gap_before(&self, event: &Event) -> i64 {
        let Some(previous) = self.rows.last() else { return 0 };
        let days = event.day.days_since(previous.event.day).max(0);
        let asked = if event.mark == Mark::Asked || previous.event.mark == Mark::Asked { 8 } else { 0 };
        16 + asked + days.isqrt().min(40)
    }

    /// Where a day is on the axis. Between two rows, the distance to each is in proportion.
    fn y_of(&self, day: Day) -> i64 {
        let after = self.rows.iter().position(|row| row.event.day > day).unwrap_or(self.rows.len());
        let next = self.rows.get(after);
        match (after.checked_sub(1).and_then(|before| self.rows.get(before)), next) {
            (Some(before), Some(next)) => {
                let days = next.event.day.days_since(before.event.day).max(1);
                before.y + (next.y - before.y) * day.days_since(before.event.day) / days
            }
            (Some(row), None) | (None, Some(row)) => row.y,
            (None, None) => 0,
        }
    }

    /// Sets the spans of imprecise dates. Each is long enough to be seen, and contains its row.
    fn set_spans(&mut self) {
        let span = |row: &Row<'_>| {
            let (first, last) = row.event.span?;
            let (from, to) = (self.y_of(first).min(row.y), self.y_of(last).max(row.y));
            // A deadline is at its last day, so that its span grows upwards.
            Some(match row.event.mark {
                Mark::Deadline => (from.min(to - 14), to),
                _ => (from, to.max(from + 14)),
            })
        };
        let spans: Vec<_> = self.rows.iter().map(span).collect();
        for (row, span) in self.rows.iter_mut().zip(spans) {
            row.span = span;
        }
    }

    /// Sets the labels of the axis: the year at the first row of each year, and months in a short
    /// timeline. Years without a row have a label where there is room.
    fn set_ticks(&mut self, labels: &dyn Labels) {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        let has_months = last.event.day.days_since(first.event.day) <= DAYS_WITH_MONTHS;
        let (first_year, last_year) = (first.event.day.year(), last.event.day.year());
        let mut ticks = Vec::new();
        let mut previous: Option<Day> = None;
        for row in &self.rows {
            let day = row.event.day;
            let is_new_year = previous.is_none_or(|previous| previous.year() != day.year());
            let is_new_month = is_new_year || previous.is_none_or(|previous| previous.month() != day.month());
            let mut y = row.y + 4;
            if is_new_year {
                ticks.push(Tick { y, text: day.year().to_string(), is_year: true });
                y += 14;
            }
            if has_months && is_new_month {
                ticks.push(Tick { y, text: labels.month(day.month()).to_owned(), is_year: false });
            }
            previous = Some(day);
        }
        // A picture has few rows, but they can be thousands of years apart.
        let years = (first_year..=last_year).skip(1).filter(|_| last_year - first_year <= 400);
        for year in years {
            let Ok(start) = Day::new(year, 1, 1) else { continue };
            let y = self.y_of(start);
            let is_clear = self.rows.iter().all(|row| (row.y - y).abs() >= 12);
            if !is_clear || self.year_starts.last().is_some_and(|last| y - last < 5) {
                continue;
            }
            self.year_starts.push(y);
            let has_row = self.rows.iter().any(|row| row.event.day.year() == year);
            if !has_row && ticks.iter().all(|tick| (tick.y - y - 4).abs() >= 15) {
                ticks.push(Tick { y: y + 4, text: year.to_string(), is_year: true });
            }
        }
        self.ticks = ticks;
    }
}

/// The column of the names.
struct Column {
    left: i64,
    width: i64,
    /// The width of the column of dates, or 0 if dates stand above names.
    dates: i64,
}

impl Column {
    /// Lays out the lines of an event from `top` down. Also returns the middle of the marker, and
    /// the bottom.
    fn lines(&self, event: &Event, top: i64) -> (Vec<Line>, i64, i64) {
        let mut lines = Vec::new();
        let mut y = top;
        let mut push = |style: Style, x: i64, text: String, step: i64| {
            y += step;
            lines.push(Line { style, text, x, y: y - step / 4 });
        };
        let tags = event.tags.join(" · ");
        let mut marker = top + 9;
        if self.dates > 0 {
            marker = top + 10;
        } else {
            let is_short = Font::Regular.width(&event.date) * 13 / 100 + Font::Regular.width(&tags) * 13 / 100 + 20;
            let joined = is_short <= to_units(self.width) && !tags.is_empty();
            let dates =
                if joined { vec![format!("{} · {tags}", event.date)] } else { self.wrap(&event.date, Style::Date) };
            for line in dates {
                push(Style::Date, self.left, line, 17);
            }
            if !joined {
                for line in self.wrap(&tags, Style::Tag) {
                    push(Style::Tag, self.left, line, 17);
                }
            }
        }
        for line in self.wrap(&event.name, Style::Name) {
            push(Style::Name, self.left, line, 20);
        }
        if self.dates > 0 {
            for line in self.wrap(&tags, Style::Tag) {
                push(Style::Tag, self.left, line, 17);
            }
        }
        for line in event.details.iter().flat_map(|detail| self.wrap(detail, Style::Detail)) {
            push(Style::Detail, self.left, line, 17);
        }
        let mut bottom = y;
        if self.dates > 0 {
            let dates = wrap(&event.date, Font::Regular, units(self.dates - 12, 13), 4);
            for (index, text) in (0..).zip(dates) {
                let y = top + 15 + 16 * index;
                lines.push(Line { style: Style::Date, text, x: AXIS + self.dates - 2, y });
                bottom = bottom.max(y + 4);
            }
        }
        (lines, marker, bottom)
    }

    fn wrap(&self, text: &str, style: Style) -> Vec<String> {
        match style {
            Style::Name => wrap(text, Font::Bold, units(self.width, 15), 3),
            Style::Date | Style::Tag | Style::Detail => wrap(text, Font::Regular, units(self.width, 13), 3),
        }
    }
}

/// The width that the column of dates needs: that of the longest date that fits on one line.
fn width_of_dates(events: &[Event]) -> i64 {
    let widths = events.iter().map(|event| {
        let pixels = (Font::Regular.width(&event.date) * 13).div_ceil(100) + 12;
        i64::try_from(pixels).unwrap_or(i64::MAX)
    });
    let (least, most) = DATES;
    widths.filter(|width| *width <= most).max().map_or(least, |width| width.max(least))
}

/// A width in pixels, in the units of a font of this size.
fn units(pixels: i64, size: usize) -> usize {
    to_units(pixels) * 100 / size
}

fn to_units(pixels: i64) -> usize {
    usize::try_from(pixels).unwrap_or(0)
}
