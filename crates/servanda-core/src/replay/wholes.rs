//! Commitments that are parts of others.

use std::collections::BTreeSet;

use crate::value::Slug;

/// The way from a commitment back to itself over the wholes it is a part of, if there is one.
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
