//! The history of one commitment as a picture.

mod clocks;
mod contents;
mod draw;
mod events;
mod layout;
mod select;
mod text;

use servanda_core::{Procedure, Standing};

use crate::labels::{Label, Labels};

/// The history of one commitment, with time running down: its steps, clocks, deadlines and
/// corrections, the day asked, and what lies ahead.
///
/// - A step has a dot in the colour of its phase. If its date is imprecise, it has a capsule from
///   the first to the last day that it may be.
/// - The line between the dots has the colour of the phase. It is hatched where the status is
///   presumed, and thin after the day asked.
/// - A clock is a thin bar from its start to the day on which it fires. The name stands next to
///   that day. The bar is hatched after the day asked.
/// - A deadline has a flag, and an entry that was retracted has a cross.
///
/// ```
/// use servanda_charts::{English, Timeline};
/// use servanda_core::{Commitment, Ledger, Obligation, builtin};
///
/// let homes = Commitment::builder("xx/homes", "Invented: build <1,000> homes")
///     .procedure(builtin::action())
///     .by("xx")
///     .made("2024-05-01")
///     .obligation(Obligation::Result)
///     .words("will build", ("An invented source", "https://example.org/words"))
///     .deadline("2026")
///     .build()?;
/// let mut ledger = Ledger::new();
/// ledger.append(homes, &"desk".parse()?, "2024-05-02T09:00:00.000000Z".parse()?)?;
/// let standing = ledger.view_on("2025-06-01")?.standing("xx/homes")?;
///
/// let svg = Timeline::new(&standing).width(640).svg(&English);
/// assert!(svg.starts_with("<svg ") && svg.contains("build &lt;1,000&gt; homes"));
/// let text = Timeline::new(&standing).text(&English, 72);
/// assert!(text.contains("2026        ⚑  Deadline"), "{text}");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Timeline<'a> {
    standing: &'a Standing,
    procedure: Option<&'a Procedure>,
    width: u32,
    max_bytes: usize,
    max_events: usize,
    has_heading: bool,
}

impl<'a> Timeline<'a> {
    /// Creates a timeline of a standing, 320 pixels wide.
    #[must_use]
    pub fn new(standing: &'a Standing) -> Self {
        Self { standing, procedure: None, width: 320, max_bytes: 20 * 1024, max_events: 40, has_heading: true }
    }

    /// Sets the procedure of the commitment, which says when clocks started and what the clocks
    /// that fired are called.
    ///
    /// Without it, a clock that runs is drawn from the day asked on, and one that fired has no bar.
    #[must_use]
    pub fn procedure(mut self, procedure: &'a Procedure) -> Self {
        self.procedure = Some(procedure);
        self
    }

    /// Chooses the procedure of the commitment among those of a ledger. See
    /// [`procedure`](Timeline::procedure).
    ///
    /// ```
    /// # use servanda_charts::{English, Timeline};
    /// # use servanda_core::{Commitment, Ledger, builtin};
    /// # let bill = Commitment::builder("xx/bill", "An invented bill").procedure(builtin::action()).by("xx").made("2024-05").build()?;
    /// # let mut ledger = Ledger::new();
    /// # ledger.append(bill, &"desk".parse()?, "2024-06-02T09:00:00.000000Z".parse()?)?;
    /// let view = ledger.view_on("2024-06-10")?;
    /// let (standing, procedures) = (view.standing("xx/bill")?, view.procedures());
    /// let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref));
    /// # drop(timeline.svg(&English));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn procedure_among(mut self, procedures: impl IntoIterator<Item = &'a Procedure>) -> Self {
        let pin = &self.standing.pin;
        let is_it = |procedure: &&Procedure| {
            procedure.id == pin.id && procedure.version == pin.version && procedure.reference() == *pin
        };
        self.procedure = procedures.into_iter().find(is_it);
        self
    }

    /// Sets the width of the SVG in pixels: 240 to 2,000. From 520 on, dates have a column of their
    /// own.
    #[must_use]
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = pixels.clamp(240, 2_000);
        self
    }

    /// Sets the most bytes that the SVG may have, 20 KiB by default.
    ///
    /// Events are left out until the picture fits. A line says how many. The last step, the day
    /// asked and what lies ahead are kept the longest, so a limit of less than about 8 KiB may not
    /// be reached.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Sets the most events that the SVG shows, 40 by default.
    #[must_use]
    pub fn max_events(mut self, events: usize) -> Self {
        self.max_events = events.max(1);
        self
    }

    /// Leaves the title of the commitment out of the SVG, for a page that shows it anyway.
    ///
    /// The element `title` still has it.
    #[must_use]
    pub fn without_heading(mut self) -> Self {
        self.has_heading = false;
        self
    }

    /// Draws the timeline as SVG: one element `svg`, without an XML declaration.
    #[must_use]
    pub fn svg(&self, labels: &dyn Labels) -> String {
        let events = events::events(self.standing, self.procedure, labels);
        let mut most = self.max_events;
        loop {
            let svg = self.draw(labels, &select::most_important(&events, most, labels));
            if svg.len() <= self.max_bytes || most <= 4 {
                return svg;
            }
            most = (most * 3 / 4).min(events.len().saturating_sub(1)).max(4);
        }
    }

    /// Writes the timeline as lines of text with all events, in at most `width` columns, or 24 if
    /// `width` is less.
    ///
    /// ```
    /// # use servanda_charts::{English, Timeline};
    /// # use servanda_core::{Commitment, Ledger, builtin};
    /// let bill = Commitment::builder("xx/bill", "An invented bill").procedure(builtin::action()).by("xx").made("2024-05").build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(bill, &"desk".parse()?, "2024-06-02T09:00:00.000000Z".parse()?)?;
    /// let standing = ledger.view_on("2024-06-10")?.standing("xx/bill")?;
    ///
    /// let text = Timeline::new(&standing).text(&English, 60);
    /// assert_eq!(
    ///     text,
    ///     "An invented bill\n\
    ///      \n\
    ///      2024-05     ◇  Planned\n\
    ///      \u{20}           │  begins\n\
    ///      2024-06-10 ─┼─ No verdict\n\
    ///      \u{20}              as of this day\n",
    /// );
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn text(&self, labels: &dyn Labels, width: usize) -> String {
        text::write(self, labels, width)
    }

    /// One sentence on where the commitment stands.
    fn summary(&self, labels: &dyn Labels) -> String {
        let standing = self.standing;
        let status = match &standing.status_title {
            Some(title) => labels.title(title),
            None => labels.label(Label::UnknownStatus),
        };
        let presumed = if standing.presumed { format!(" ({})", labels.label(Label::Presumed)) } else { String::new() };
        format!("{}: {status}{presumed}; {}", labels.date(standing.on.into()), contents::verdict(standing, labels))
    }
}
