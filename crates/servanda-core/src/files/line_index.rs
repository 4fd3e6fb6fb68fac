//! Finds line numbers in a text.

/// The offsets of the line feeds in a text.
///
/// With them, each line number is found by binary search, without reading the text again.
pub(crate) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// Returns the number of the line that contains the byte at `offset`, from 1.
    pub(crate) fn number_at(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|line_feed| *line_feed < offset)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn a_line_feed_belongs_to_the_line_that_it_ends() {
        let lines = LineIndex::of("a\n\nbc");
        assert_eq!([0, 1, 2, 3, 4, 5].map(|offset| lines.number_at(offset)), [1, 1, 2, 3, 3, 3]);
        assert_eq!(LineIndex::of("").number_at(0), 1);
    }
}
