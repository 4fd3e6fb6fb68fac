//! Reads lines in blocks, which two threads parse.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use servanda_core::format::{MAX_LINE_BYTES, Reader};
use servanda_core::{Error, Ledger};

use crate::first_few::FirstFew;
use crate::parallel::{Parsed, parse_in_parallel};

/// The size of a block in bytes.
const BLOCK: usize = 1 << 18;
/// A line of this length is too long, whatever it says.
const TOO_LONG: usize = MAX_LINE_BYTES + 1;
/// No line is shorter than this.
const SHORTEST_LINE: u64 = 128;

/// Some complete lines of a file.
struct Block {
    /// The number of lines before this block.
    lines_before: u64,
    bytes: Vec<u8>,
}

impl Block {
    fn parse(self) -> Parsed<Error> {
        let (mut entries, mut errors) = (Vec::new(), FirstFew::default());
        for line in Reader::of_lines(self.lines_before, self.bytes) {
            match line {
                Ok(entry) => entries.push(Arc::new(entry)),
                Err(error) => errors.push(error),
            }
        }
        (entries, errors)
    }
}

/// Reads a ledger. Returns it, or the first errors.
///
/// `length` is the length of the input, if it is known.
pub(super) fn read(input: impl Read, length: Option<u64>) -> Result<Ledger, FirstFew<Error>> {
    let input = BufReader::with_capacity(BLOCK, input);
    let mut blocks = Blocks { input, rest: Vec::new(), lines: 0, ended: false };
    let mut ledger = Ledger::new();
    let first = blocks.next();
    if let (Some(Ok(block)), Some(length)) = (&first, length) {
        // Assume that the other lines are about as long.
        let expected = length.saturating_mul(blocks.lines) / block.bytes.len().max(1) as u64;
        ledger.reserve(usize::try_from(expected.min(length / SHORTEST_LINE)).unwrap_or(0));
    }
    let make = |block: io::Result<Block>| match block {
        Ok(block) => block.parse(),
        Err(error) => (Vec::new(), vec![Error::Unreadable { reason: error.to_string() }].into()),
    };
    let ((), errors) =
        parse_in_parallel(&mut ledger, |hand_out| first.into_iter().chain(blocks).for_each(hand_out), make);
    if errors.is_empty() { Ok(ledger) } else { Err(errors) }
}

/// Splits the input into blocks.
struct Blocks<R> {
    input: R,
    /// The beginning of a line that continues in the next block.
    rest: Vec<u8>,
    lines: u64,
    ended: bool,
}

impl<R: BufRead> Blocks<R> {
    fn read(&mut self) -> io::Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            // The rest of the last block has no line feed yet.
            let new = self.input.fill_buf()?;
            self.ended = new.is_empty();
            let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
            let (lines, rest) = new.split_at(if whole > 0 { whole } else { new.len() });
            // The first of these lines may have begun in `bytes`. Of a line that is too long, only
            // enough is kept to see that.
            let first = lines.iter().position(|byte| *byte == b'\n').unwrap_or(lines.len());
            let room = TOO_LONG.saturating_sub(bytes.len());
            bytes.extend_from_slice(lines.get(..first.min(room)).unwrap_or_default());
            bytes.extend_from_slice(lines.get(first..).unwrap_or_default());
            self.rest.extend_from_slice(rest);
            let length = new.len();
            self.input.consume(length);
            if self.ended || whole > 0 {
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let lines = count_lines(&bytes);
        let block = Block { lines_before: self.lines, bytes };
        self.lines += lines;
        Ok(Some(block))
    }
}

/// Counts line feeds, in pieces that are short enough for sums in one byte, which is faster.
fn count_lines(bytes: &[u8]) -> u64 {
    let count = |piece: &[u8]| piece.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|piece| u64::from(count(piece))).sum()
}

impl<R: BufRead> Iterator for Blocks<R> {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let block = self.read();
        self.ended |= block.is_err();
        block.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns few bytes at a time, like a pipe.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(self.0.len()).min(777);
            let (now, later) = self.0.split_at(length);
            buffer[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    const ALLIANCE: &str = include_str!("../../../../examples/alliance.jsonl");

    /// Checks that reading in blocks gives the same result as reading line by line.
    fn check(text: &[u8]) {
        let errors: Vec<Error> = Reader::new(text).filter_map(Result::err).collect();
        for read in [read(text, Some(text.len() as u64)), read(Drops(text), None)] {
            match read {
                Ok(ledger) => assert_eq!((ledger, Vec::new()), (Ledger::read(text).unwrap(), errors.clone())),
                Err(found) => assert_eq!(found, errors.clone().into()),
            }
        }
    }

    #[test]
    fn a_line_that_never_ends_takes_no_more_memory_than_the_longest_line() {
        let endless = io::repeat(b'x').take(64 << 20).chain(&b"\n{}\n"[..]);
        let mut blocks =
            Blocks { input: BufReader::with_capacity(BLOCK, endless), rest: Vec::new(), lines: 0, ended: false };
        let longest = std::iter::from_fn(|| blocks.next()).map(|block| block.unwrap().bytes.capacity()).max().unwrap();
        assert!(longest < 3 * TOO_LONG, "{longest}");
        let endless = io::repeat(b'x').take(64 << 20).chain(&b"\n{}\n"[..]);
        let codes: Vec<_> = read(endless, None).unwrap_err().first.iter().map(Error::code).collect();
        assert_eq!(codes, ["line-too-long", "invalid-field"]);
    }

    #[test]
    fn reading_in_blocks_equals_reading_at_once() {
        let many = ALLIANCE.repeat(16);
        assert!(many.len() > 8 * BLOCK, "{} bytes are read in many blocks", many.len());
        check(b"");
        check(ALLIANCE.as_bytes());
        check(many.as_bytes());
        check(many.trim_end().as_bytes());
        check(&many.as_bytes()[..many.len() - 10]);
        check(format!("\u{feff}{many}").as_bytes());
        let damaged = many.replace("\"on\":\"2013-07-23\"", "\"on\":\"2013-07-24\"").replace("desk", "a desk");
        check(damaged.as_bytes());
        check(format!("{many}\n\n{many}{}\n{many}", "x".repeat(3 * BLOCK)).as_bytes());
    }
}
