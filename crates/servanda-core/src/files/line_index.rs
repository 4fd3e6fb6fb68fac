//! The lines of a text.

/// Where the lines of a text end, so that many places in it can be found without reading it anew for each.
pub(crate) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The number of the line on which the byte at `offset` stands, from 1.
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
