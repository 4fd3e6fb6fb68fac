//! Reading many lines with two threads: one reads the file, takes entries in, and lends a hand; the other turns lines into entries.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TrySendError, channel, sync_channel};
use std::thread;

use servanda_core::format::Reader;
use servanda_core::{Entry, Error, Ledger};

/// How many bytes are read at a time.
const BLOCK: usize = 1 << 18;
/// No entry is written in fewer bytes.
const SHORTEST_LINE: u64 = 128;
/// How many blocks may wait for the other thread.
const WAITING: usize = 2;

/// Some whole lines of a file.
struct Block {
    /// Which block of the file it is.
    number: usize,
    /// How many lines come before it.
    lines_before: u64,
    bytes: Vec<u8>,
}

/// The entries of a block, and what is wrong in it.
type Parsed = (usize, Vec<Arc<Entry>>, Vec<Error>);

impl Block {
    fn parse(self) -> Parsed {
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        for line in Reader::after(self.lines_before, self.bytes.as_slice()) {
            match line {
                Ok(entry) => entries.push(Arc::new(entry)),
                Err(error) => errors.push(error),
            }
        }
        (self.number, entries, errors)
    }
}

/// Reads a ledger: all of it, or everything that is wrong.
///
/// `length` is how many bytes there will be, if that is known.
pub(super) fn read(input: impl Read, length: Option<u64>) -> Result<Ledger, Vec<Error>> {
    let input = BufReader::with_capacity(BLOCK, input);
    let mut blocks = Blocks { input, rest: Vec::new(), number: 0, lines: 0, ended: false };
    let mut taken = Taken::default();
    // A short file is read before another thread has begun.
    let first = blocks.next();
    if let (Some(Ok(block)), Some(length)) = (&first, length) {
        // The lines that follow will be about as long.
        let expected = length.saturating_mul(blocks.lines) / block.bytes.len().max(1) as u64;
        taken.ledger.reserve(usize::try_from(expected.min(length / SHORTEST_LINE)).unwrap_or(0));
    }
    let second = first.is_some().then(|| blocks.next()).flatten();
    taken.take_in(first.into_iter().chain(second).map(|block| block.map(Block::parse)));
    if blocks.ended || thread::available_parallelism().is_ok_and(|threads| threads.get() < 2) {
        taken.take_in(blocks.map(|block| block.map(Block::parse)));
        return taken.ledger();
    }
    let (to_other, waiting) = sync_channel(WAITING);
    let (from_other, done) = channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            for block in waiting {
                if from_other.send(Ok(Block::parse(block))).is_err() {
                    return;
                }
            }
        });
        for block in blocks {
            taken.take_in(done.try_iter());
            match block.map(|block| to_other.try_send(block)) {
                Ok(Ok(())) => {}
                Ok(Err(TrySendError::Full(block) | TrySendError::Disconnected(block))) => {
                    taken.take_in([Ok(block.parse())]);
                }
                Err(error) => taken.take_in([Err(error)]),
            }
        }
        drop(to_other);
        taken.take_in(Receiver::iter(&done));
    });
    taken.ledger()
}

/// What has been taken in so far.
#[derive(Default)]
struct Taken {
    ledger: Ledger,
    errors: BTreeMap<usize, Vec<Error>>,
    unread: Option<Error>,
    /// What comes after a block that is not here yet.
    early: BTreeMap<usize, Vec<Arc<Entry>>>,
    next: usize,
}

impl Taken {
    fn take_in(&mut self, read: impl IntoIterator<Item = io::Result<Parsed>>) {
        for read in read {
            match read {
                Ok((number, entries, errors)) => {
                    self.early.insert(number, entries);
                    if !errors.is_empty() {
                        self.errors.insert(number, errors);
                    }
                }
                Err(error) => self.unread = Some(Error::Unreadable { reason: error.to_string() }),
            }
            while let Some(entries) = self.early.remove(&self.next) {
                self.ledger.merge_entries(entries);
                self.next += 1;
            }
        }
    }

    fn ledger(self) -> Result<Ledger, Vec<Error>> {
        let errors: Vec<Error> = self.errors.into_values().flatten().chain(self.unread).collect();
        if errors.is_empty() { Ok(self.ledger) } else { Err(errors) }
    }
}

/// The blocks of a file.
struct Blocks<R> {
    input: R,
    /// The beginning of a line that goes on in the next block.
    rest: Vec<u8>,
    number: usize,
    lines: u64,
    ended: bool,
}

impl<R: BufRead> Blocks<R> {
    fn read(&mut self) -> io::Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            // What is there already has no line feed.
            let new = self.input.fill_buf()?;
            self.ended = new.is_empty();
            let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
            let (line, rest) = new.split_at(if whole > 0 { whole } else { new.len() });
            bytes.extend_from_slice(line);
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
        let block = Block { number: self.number, lines_before: self.lines, bytes };
        self.number += 1;
        self.lines += lines;
        Ok(Some(block))
    }
}

/// How many line feeds there are: in pieces short enough to be counted in bytes, which is quicker.
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

    /// A reader that gives little at a time, as pipes do.
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

    /// What a file says is the same whether it is read at once or in blocks.
    fn check(text: &[u8]) {
        let errors: Vec<Error> = Reader::new(text).filter_map(Result::err).collect();
        for read in [read(text, Some(text.len() as u64)), read(Drops(text), None)] {
            match read {
                Ok(ledger) => assert_eq!((ledger, Vec::new()), (Ledger::read(text).unwrap(), errors.clone())),
                Err(found) => assert_eq!(found, errors),
            }
        }
    }

    #[test]
    fn a_file_read_in_blocks_says_what_it_says_read_at_once() {
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
