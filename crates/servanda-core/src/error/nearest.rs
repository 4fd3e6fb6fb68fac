//! What somebody may have meant.

use crate::value::Slug;

/// The candidate that is spelt most like `wanted`, if any is close.
pub(crate) fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a Slug>) -> Option<Slug> {
    let scored = candidates.into_iter().map(|slug| (distance(wanted, slug.as_str()), slug));
    let (distance, slug) = scored.min()?;
    (distance <= wanted.len().max(3) / 3).then(|| slug.clone())
}

/// The Levenshtein distance of two ASCII texts.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let cost = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, cost);
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
