//! Suggestions for misspelt ids.

use crate::value::Slug;

/// Returns the candidate that is spelt most like `wanted`, if it is close enough.
///
/// ```
/// use servanda_core::{Slug, value::nearest};
///
/// let known: Vec<Slug> = vec!["done".parse()?, "planned".parse()?];
/// assert_eq!(nearest("doen", &known).as_ref().map(Slug::as_str), Some("done"));
/// assert_eq!(nearest("finished", &known), None);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[must_use]
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a Slug>) -> Option<Slug> {
    let scored = candidates.into_iter().map(|slug| (distance(wanted, slug.as_str()), slug));
    let (distance, slug) = scored.min()?;
    (distance <= wanted.len().max(3) / 3).then(|| slug.clone())
}

/// The edit distance between two ASCII texts.
///
/// One edit inserts, removes or changes a letter, or swaps two neighbouring letters.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let at = |text: &[u8], index: usize| text.get(index).copied();
    // Each row has the distances from one prefix of `a` to all prefixes of `b`. `last` is the row
    // of the prefix that is one letter shorter, and `before` the one that is two letters shorter.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cell = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let changed = cell(&last, j - 1) + usize::from(at(a, i - 1) != at(b, j - 1));
            let mut cost = changed.min(cell(&row, j - 1) + 1).min(cell(&last, j) + 1);
            if i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) && at(a, i - 2) == at(b, j - 1) {
                cost = cost.min(cell(&before, j - 2) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_put_in_left_out_changed_or_swapped() {
        let cases =
            [("", ""), ("done", "done"), ("done", "doen"), ("done", "doner"), ("done", "dne"), ("done", "dome")];
        assert_eq!(cases.map(|(a, b)| distance(a, b)), [0, 0, 1, 1, 1, 1]);
        assert_eq!(
            [distance("", "abc"), distance("abc", ""), distance("abcd", "badc"), distance("kitten", "sitting")],
            [3, 3, 2, 3]
        );
    }

    #[test]
    fn only_what_is_close_is_suggested() {
        let known: Vec<Slug> = ["done", "planned", "under-way"].iter().filter_map(|slug| slug.parse().ok()).collect();
        let suggested = |wanted: &str| nearest(wanted, &known).map(|slug| slug.to_string());
        assert_eq!(suggested("doen").as_deref(), Some("done"));
        assert_eq!(suggested("plan").as_deref(), None);
        assert_eq!(suggested("underway").as_deref(), Some("under-way"));
        assert_eq!(suggested("finished"), None);
    }
}
