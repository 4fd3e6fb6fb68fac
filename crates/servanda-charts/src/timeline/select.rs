//! Chooses the events that a picture has room for.

use super::events::Event;
use crate::labels::Labels;

/// Returns at most `most` events, those of the lowest rank and of these the latest, in the order of
/// time. A row stands for each run of events that are left out.
pub(super) fn most_important(events: &[Event], most: usize, labels: &dyn Labels) -> Vec<Event> {
    let mut ranked: Vec<usize> = (0..events.len()).collect();
    ranked.sort_by_key(|index| (events.get(*index).map(|event| event.rank), std::cmp::Reverse(*index)));
    ranked.truncate(most);
    ranked.sort_unstable();
    let mut chosen = Vec::with_capacity(most + 1);
    let mut next = 0;
    for index in ranked.into_iter().chain([events.len()]) {
        let skipped: Vec<&Event> = events.get(next..index).unwrap_or_default().iter().collect();
        chosen.extend(Event::left_out(&skipped, labels));
        chosen.extend(events.get(index).cloned());
        next = index + 1;
    }
    chosen
}
