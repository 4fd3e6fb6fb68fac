//! A procedure as a diagram.

use servanda_core::{Procedure, Status};

use crate::colours::Role;
use crate::labels::{Label, Labels};
use crate::measure::{Font, wrap};
use crate::plain::one_line;
use crate::svg::Shapes;

/// The statuses of a procedure from top to bottom, each with the steps and clocks that lead out of
/// it, their legal basis, and an arrow to where they lead. A step that several
/// statuses allow is explained at the first.
///
/// ```
/// use servanda_charts::{English, ProcedureDiagram};
/// use servanda_core::builtin;
///
/// let svg = ProcedureDiagram::new(builtin::action()).width(640).svg(&English);
/// assert!(svg.contains("<title>Procedure: "));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ProcedureDiagram<'a> {
    procedure: &'a Procedure,
    width: u32,
}

/// The width of a column for arrows.
const LANE: i64 = 8;

impl<'a> ProcedureDiagram<'a> {
    /// Creates a diagram that is 320 pixels wide.
    #[must_use]
    pub fn new(procedure: &'a Procedure) -> Self {
        Self { procedure, width: 320 }
    }

    /// Sets the width of the SVG in pixels: 240 to 2,000.
    #[must_use]
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = pixels.clamp(240, 2_000);
        self
    }

    /// Draws the diagram as SVG: one element `svg`, without an XML declaration.
    ///
    /// A narrow picture has room for few arrows. Where there is none, the name of the status says
    /// where a step leads.
    #[must_use]
    pub fn svg(&self, labels: &dyn Labels) -> String {
        let width = i64::from(self.width);
        let max_lanes = width / 50;
        // The room for arrows decides where lines break, and these how many arrows overlap.
        let mut lanes = max_lanes;
        let (mut boxes, mut arrows) = self.layout(labels, lanes);
        let used = arrows.iter().filter_map(|arrow| arrow.lane).map(|lane| lane + 1).max().unwrap_or(0);
        if used < lanes {
            lanes = used;
            (boxes, arrows) = self.layout(labels, lanes);
        }
        let mut picture = Shapes::default();
        let left = left_of(lanes);
        for arrow in &arrows {
            draw_arrow(&mut picture, arrow, left);
        }
        let (mut names, mut targets, mut small, mut clocks) =
            (Shapes::default(), Shapes::default(), Shapes::default(), Shapes::default());
        for (status, place) in self.procedure.statuses.iter().zip(&boxes) {
            let mut frame = Shapes::default();
            frame.rectangle(
                (left, place.top),
                (width - left - 4, place.head - place.top),
                "rx=\"4\" fill-opacity=\".1\"",
            );
            frame.rectangle((left, place.top), (5, place.head - place.top), "rx=\"2\"");
            picture.group(Role::Phase(status.phase), "fill=\"currentColor\"", &frame);
            for line in &place.lines {
                match line.style {
                    Style::Name => names.text((line.x, line.y), &line.text, ""),
                    Style::Target => targets.text((line.x, line.y), &line.text, ""),
                    Style::Small => small.text((line.x, line.y), &line.text, ""),
                    Style::Clock => {
                        clocks.circle((line.x + 5, line.y - 5), 6, "");
                        clocks.path(&format!("M{} {}v4h3", line.x + 5, line.y - 9), "");
                    }
                }
            }
        }
        picture.group(Role::Ink, "fill=\"currentColor\" font-weight=\"600\"", &names);
        picture.group(Role::Ink, "fill=\"currentColor\" font-size=\"14\"", &targets);
        picture.group(Role::Muted, "fill=\"currentColor\" font-size=\"13\"", &small);
        picture.group(Role::Clock, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"", &clocks);
        let bottom = boxes.last().map_or(0, |place| place.bottom) + 8;
        let title = format!("{}: {}", labels.label(Label::Procedure), labels.title(&self.procedure.title));
        let names: Vec<&str> = self.procedure.statuses.iter().map(|status| labels.title(&status.title)).collect();
        picture.picture((width, bottom), labels.language(), &title, &names.join("; "))
    }

    /// Lays out the statuses and the arrows, with room for this number of columns of arrows.
    fn layout(&self, labels: &dyn Labels, lanes: i64) -> (Vec<Place>, Vec<Arrow>) {
        let column = Column { left: left_of(lanes) + 14, width: i64::from(self.width) - left_of(lanes) - 24 };
        let mut places: Vec<Place> = Vec::new();
        let mut arrows: Vec<Arrow> =
            self.procedure.statuses.iter().map(|status| Arrow::to(Role::Phase(status.phase))).collect();
        let mut top = 8;
        let mut explained: Vec<(usize, bool)> = Vec::new();
        for status in &self.procedure.statuses {
            let mut place = column.head(status, status.id == self.procedure.initial, labels, top);
            for exit in self.exits(status, labels) {
                let y = place.bottom + 20;
                // A step that several statuses allow is explained once.
                let is_new = !explained.contains(&(exit.nth, exit.is_clock));
                column.add_exit(&mut place, &exit, is_new);
                explained.push((exit.nth, exit.is_clock));
                let target = self.procedure.statuses.iter().position(|status| status.id.as_str() == exit.to);
                if let Some(arrow) = target.and_then(|target| arrows.get_mut(target)) {
                    arrow.from.push(y - 5);
                }
            }
            top = place.bottom + 22;
            places.push(place);
        }
        for (arrow, place) in arrows.iter_mut().zip(&places) {
            arrow.at = place.top + 14;
        }
        assign_lanes(&mut arrows, lanes);
        (places, arrows)
    }

    /// The steps and clocks that lead out of a status.
    fn exits(&self, status: &'a Status, labels: &dyn Labels) -> Vec<Exit<'a>> {
        let title_of = |id: &str| {
            let status = self.procedure.status(id);
            one_line(status.map_or(id, |status| labels.title(&status.title)))
        };
        let steps = self.procedure.transitions.iter().enumerate();
        let steps = steps.filter(|(_, step)| step.from.contains(&status.id)).map(|(nth, step)| Exit {
            nth,
            to: step.to.as_str(),
            target: title_of(step.to.as_str()),
            is_clock: false,
            lines: [
                one_line(labels.title(&step.title)),
                if step.reopening { one_line(labels.label(Label::Reopens)) } else { String::new() },
                one_line(step.basis.as_str()),
            ],
        });
        let clocks = self.procedure.clocks.iter().enumerate();
        let clocks = clocks.filter(|(_, clock)| clock.during.contains(&status.id)).map(|(nth, clock)| Exit {
            nth,
            to: clock.to.as_str(),
            target: title_of(clock.to.as_str()),
            is_clock: true,
            lines: [
                one_line(labels.title(&clock.title)),
                if clock.presumed { one_line(labels.label(Label::Presumed)) } else { String::new() },
                one_line(clock.basis.as_str()),
            ],
        });
        steps.chain(clocks).collect()
    }
}

/// A step or a clock that leads out of a status.
struct Exit<'a> {
    /// The number of the step or the clock in the procedure.
    nth: usize,
    to: &'a str,
    target: String,
    is_clock: bool,
    lines: [String; 3],
}

enum Style {
    Name,
    Target,
    Small,
    /// The sign of a clock, without text.
    Clock,
}

/// A line of text with its baseline.
struct Line {
    style: Style,
    text: String,
    x: i64,
    y: i64,
}

/// A status at its place: the frame of its name, and the steps below.
struct Place {
    top: i64,
    head: i64,
    bottom: i64,
    lines: Vec<Line>,
}

/// The arrows to one status, which share a column.
struct Arrow {
    role: Role,
    /// The middles of the rows that they come from.
    from: Vec<i64>,
    /// The middle of the row that they lead to.
    at: i64,
    /// The column, counted from the text; `None` if there is no room.
    lane: Option<i64>,
}

impl Arrow {
    fn to(role: Role) -> Self {
        Self { role, from: Vec::new(), at: 0, lane: None }
    }

    /// The first and the last pixel of the column that the arrows need.
    fn ends(&self) -> (i64, i64) {
        let ends = self.from.iter().chain([&self.at]);
        (ends.clone().min().copied().unwrap_or(0), ends.max().copied().unwrap_or(0))
    }
}

/// Gives each arrow the first column that is free, the shortest first.
fn assign_lanes(arrows: &mut [Arrow], lanes: i64) {
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by_key(|index| arrows.get(*index).map(|arrow| arrow.ends().1 - arrow.ends().0));
    for index in order {
        let Some(arrow) = arrows.get(index).filter(|arrow| !arrow.from.is_empty()) else { continue };
        let (top, bottom) = arrow.ends();
        let is_free = |lane: &i64| {
            arrows.iter().filter(|other| other.lane == Some(*lane)).all(|other| {
                let (first, last) = other.ends();
                last + 6 < top || bottom + 6 < first
            })
        };
        let lane = (0..lanes).find(is_free);
        if let Some(arrow) = arrows.get_mut(index) {
            arrow.lane = lane;
        }
    }
}

fn draw_arrow(picture: &mut Shapes, arrow: &Arrow, left: i64) {
    let Some(lane) = arrow.lane else {
        // The name of the status says where these lead.
        let (mut stubs, mut heads) = (Shapes::default(), Shapes::default());
        for from in &arrow.from {
            stubs.line((left, *from), (left + 6, *from), "");
            heads.path(&format!("M{} {}l5 3l-5 3z", left + 5, from - 3), "");
        }
        picture.group(arrow.role, "stroke=\"currentColor\" stroke-width=\"1.5\"", &stubs);
        picture.group(arrow.role, "fill=\"currentColor\"", &heads);
        return;
    };
    let x = left - 12 - LANE * lane;
    let (top, bottom) = arrow.ends();
    let mut d = format!("M{x} {top}V{bottom}M{x} {}H{}", arrow.at, left - 3);
    for from in &arrow.from {
        d.push_str(&format!("M{x} {from}H{}", left + 10));
    }
    let mut line = Shapes::default();
    line.path(&d, "");
    picture.group(arrow.role, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"", &line);
    let mut head = Shapes::default();
    head.path(&format!("M{} {}l7 4l-7 4z", left - 7, arrow.at - 4), "");
    picture.group(arrow.role, "fill=\"currentColor\"", &head);
}

fn left_of(lanes: i64) -> i64 {
    14 + LANE * lanes
}

/// The column of the text.
struct Column {
    left: i64,
    width: i64,
}

impl Column {
    fn head(&self, status: &Status, is_initial: bool, labels: &dyn Labels, top: i64) -> Place {
        let mut place = Place { top, head: top + 6, bottom: 0, lines: Vec::new() };
        for text in wrap(&one_line(labels.title(&status.title)), Font::Bold, self.units(15), 3) {
            place.lines.push(Line { style: Style::Name, text, x: self.left, y: place.head + 15 });
            place.head += 20;
        }
        let mut tags = vec![one_line(labels.phase(status.phase))];
        if is_initial {
            tags.push(one_line(labels.label(Label::Initial)));
        }
        if status.is_final {
            tags.push(one_line(labels.label(Label::Final)));
        }
        for text in wrap(&tags.join(" · "), Font::Regular, self.units(13), 2) {
            place.lines.push(Line { style: Style::Small, text, x: self.left, y: place.head + 12 });
            place.head += 17;
        }
        place.head += 5;
        place.bottom = place.head;
        place
    }

    fn add_exit(&self, place: &mut Place, exit: &Exit<'_>, is_new: bool) {
        place.bottom += 4;
        let indent = if exit.is_clock { 20 } else { 0 };
        if exit.is_clock {
            place.lines.push(Line { style: Style::Clock, text: String::new(), x: self.left + 1, y: place.bottom + 17 });
        }
        for text in wrap(&exit.target, Font::Regular, self.units(14), 2) {
            place.lines.push(Line { style: Style::Target, text, x: self.left + indent, y: place.bottom + 16 });
            place.bottom += 19;
        }
        for line in exit.lines.iter().filter(|line| is_new && !line.is_empty() && **line != exit.target) {
            for text in wrap(line, Font::Regular, self.units(13), 2) {
                place.lines.push(Line { style: Style::Small, text, x: self.left + indent, y: place.bottom + 13 });
                place.bottom += 17;
            }
        }
    }

    fn units(&self, size: usize) -> usize {
        usize::try_from(self.width - 20).unwrap_or(0) * 100 / size
    }
}
