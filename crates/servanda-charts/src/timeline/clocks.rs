//! The bars of clocks: from the step that started a clock to the one that it takes.

use servanda_core::{Day, Procedure};

use super::events::{Event, Mark};

/// A clock from one row to another, by the indexes of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The column, counted from the line of the steps.
    pub(super) lane: usize,
}

/// The most columns for bars. Further clocks have no bar, only their row.
const MAX_LANES: usize = 4;

/// Sets the day on which each clock started.
///
/// It is that of the latest arrival at one of the statuses that start the clock, as the procedure
/// says. Without a procedure, it is the day asked for a clock that runs.
pub(super) fn set_starts(events: &mut [Event], procedure: Option<&Procedure>) {
    for index in 0..events.len() {
        let start = start_of(events, index, procedure);
        if let Some(event) = events.get_mut(index) {
            event.clock_start = start;
        }
    }
}

fn start_of(events: &[Event], index: usize, procedure: Option<&Procedure>) -> Option<Day> {
    let (before, rest) = events.split_at_checked(index)?;
    let event = rest.first()?;
    let start = match (procedure.and_then(|procedure| procedure.clock(event.clock.as_ref()?.as_str())), &event.clock) {
        (Some(clock), _) => before.iter().rfind(|event| {
            let is_arrival = event.changes_status || event.mark == Mark::Clock;
            is_arrival && event.status.as_ref().is_some_and(|status| clock.starts.contains(status))
        }),
        (None, Some(_)) if event.mark == Mark::Clock => before.iter().find(|event| event.mark == Mark::Asked),
        (None, _) => None,
    };
    start.map(|start| start.day)
}

/// Returns the bars of the clocks whose start is known, each in the first column that is free.
pub(super) fn bars(events: &[Event]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for (to, event) in events.iter().enumerate() {
        let Some(start) = event.clock_start else { continue };
        let before = events.get(..to).unwrap_or_default();
        // The row that starts the clock can be left out. Another row stands for it then.
        let is_start = |event: &Event| event.day == start && (event.changes_status || event.mark != Mark::Note);
        let from = before.iter().rposition(is_start).or_else(|| before.iter().rposition(|event| event.day <= start));
        let Some(from) = from else { continue };
        let is_free = |lane: &usize| bars.iter().all(|bar| bar.lane != *lane || bar.to < from);
        if let Some(lane) = (0..MAX_LANES).find(is_free) {
            bars.push(Bar { from, to, lane });
        }
    }
    bars
}
