//! The text of a line.

use std::sync::Arc;

/// A line, which shares its text with the lines that were read together with it.
///
/// A ledger that is read therefore allocates memory per block and not per line.
#[derive(Clone)]
pub(crate) struct Line {
    block: Arc<Box<str>>,
    /// The position and the length of the line in the block. Blocks are far shorter than 4 GiB.
    start: u32,
    length: u32,
}

impl Line {
    /// Creates a line that is part of a block.
    pub(crate) fn part(block: &Arc<Box<str>>, start: usize, length: usize) -> Self {
        let part = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { block: Arc::clone(block), start: part(start), length: part(length) }
    }

    pub(crate) fn as_str(&self) -> &str {
        let start = self.start as usize;
        self.block.get(start..start + self.length as usize).unwrap_or_default()
    }
}

impl From<Box<str>> for Line {
    /// Creates a line that has its own block.
    fn from(text: Box<str>) -> Self {
        let length = text.len();
        Self::part(&Arc::new(text), 0, length)
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}
