//! A list that keeps its first items and counts the others.

/// How many faults of a damaged ledger are kept. Faults are cheap to make: an empty line is one.
pub(crate) const MAX_FAULTS: usize = 100;

/// The first [`MAX_FAULTS`] items, and how many more there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FirstFew<T> {
    pub(crate) first: Vec<T>,
    pub(crate) more: u64,
}

impl<T> Default for FirstFew<T> {
    fn default() -> Self {
        Self { first: Vec::new(), more: 0 }
    }
}

impl<T> FirstFew<T> {
    pub(crate) fn push(&mut self, item: T) {
        if self.first.len() < MAX_FAULTS { self.first.push(item) } else { self.more += 1 }
    }

    /// Adds the items of another list, which come after those of this one.
    pub(crate) fn append(&mut self, others: Self) {
        others.first.into_iter().for_each(|item| self.push(item));
        self.more += others.more;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }
}

impl<T> From<Vec<T>> for FirstFew<T> {
    fn from(items: Vec<T>) -> Self {
        let mut few = Self::default();
        items.into_iter().for_each(|item| few.push(item));
        few
    }
}
