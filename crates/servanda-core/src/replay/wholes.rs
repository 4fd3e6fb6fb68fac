//! Commitments that are parts of others.

use std::collections::BTreeSet;

use crate::value::Slug;

/// The path from a commitment back to itself through the commitments that it is part of. `None` if
/// it is not part of itself.
pub(crate) fn way_back(
    start: &Slug,
    first: Option<Slug>,
    mut whole_of: impl FnMut(&Slug) -> Option<Slug>,
) -> Option<Vec<Slug>> {
    let mut path = vec![start.clone()];
    let mut seen = BTreeSet::new();
    let mut next = first;
    while let Some(whole) = next {
        path.push(whole.clone());
        if whole == *start {
            return Some(path);
        }
        if !seen.insert(whole.clone()) {
            return None;
        }
        next = whole_of(&whole);
    }
    None
}
