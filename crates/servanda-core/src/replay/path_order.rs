//! The places that steps can have on a path, from their dates.

use crate::entry::Entry;

/// Returns the orders in which new steps can be added to a path, the preferred one first.
///
/// The order of the steps on the path stays. A new step comes behind all steps that are certainly
/// earlier, and before all that are certainly later. Between these, the latest place is preferred.
/// Two steps of one exact day stay in the order in which they were taken. A step that comes `after`
/// another one goes directly behind it, if their dates overlap.
pub(crate) fn orders<'a>(path: &[&'a Entry], new: &[&'a Entry]) -> impl Iterator<Item = Vec<&'a Entry>> + use<'a> {
    // Each element is a path with the number of steps in it that are new.
    let mut stack = vec![(path.to_vec(), 0)];
    let new = new.to_vec();
    std::iter::from_fn(move || {
        loop {
            let (path, placed) = stack.pop()?;
            let Some(step) = new.get(placed) else { return Some(path) };
            // The preferred place is popped first, so it is pushed last.
            for place in places(&path, step).into_iter().rev() {
                let mut path = path.clone();
                path.insert(place, step);
                stack.push((path, placed + 1));
            }
        }
    })
}

/// The maximum number of places that are tried for one step.
const MAX_PLACES: usize = 64;

/// The indexes at which a step can be inserted, the preferred one first.
fn places(path: &[&Entry], step: &Entry) -> Vec<usize> {
    let Some(on) = step.on() else { return vec![path.len()] };
    let is_earlier = |other: &&Entry| other.on().is_some_and(|other| other.last_day() < on.first_day());
    let is_later = |other: &&Entry| {
        other.on().is_some_and(|other| on.last_day() < other.first_day()) || other.after() == Some(step.id())
    };
    // A step of the same exact day stays before this one.
    let is_before = |other: &&Entry| is_earlier(other) || (on.exact_day().is_some() && other.on() == Some(on));
    let first = path.iter().rposition(is_before).map_or(0, |last| last + 1);
    let last = path.iter().position(is_later).unwrap_or(path.len());
    let parent = step.after().and_then(|after| {
        path.iter().position(|other| other.id() == after && other.on().is_some_and(|other| other.overlaps(on)))
    });
    match parent {
        None => (first..=last.max(first)).rev().take(MAX_PLACES).collect(),
        Some(parent) => {
            let first = path.iter().rposition(is_earlier).map_or(0, |last| last + 1).max(parent + 1);
            if first > last {
                return Vec::new();
            }
            let preferred = behind(path, parent).clamp(first, last);
            let others = (first..=last).rev().filter(|place| *place != preferred && on.exact_day().is_none());
            std::iter::once(preferred).chain(others).collect()
        }
    }
}

/// The index behind a step and the steps that follow it because they come `after` it.
fn behind(path: &[&Entry], parent: usize) -> usize {
    let mut end = parent + 1;
    let follows = |end: usize| {
        let after = path.get(end).and_then(|step| step.after());
        let among = path.get(parent..end).unwrap_or_default();
        after.is_some_and(|after| among.iter().any(|step| step.id() == after))
    };
    while follows(end) {
        end += 1;
    }
    end
}
