//! Making entries with two threads: one hands out work, takes entries in, and lends a hand; the other turns work into entries.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel};
use std::thread::{self, Scope};

use servanda_core::{Entry, Ledger};

/// How many pieces of work may wait for the other thread.
const WAITING: usize = 2;
/// So many pieces are done before another thread has begun.
const ALONE: usize = 1;

/// The entries of a piece of work, and what is wrong in it.
pub(crate) type Made<E> = (Vec<Arc<Entry>>, Vec<E>);

/// Takes in what all pieces of work come to, in the order in which they are handed out. Gives back everything that is wrong.
///
/// `hand_out` is called on this thread, and calls back for each piece; `make` is called on either.
pub(crate) fn make_entries<W: Send, E: Send, R>(
    ledger: &mut Ledger,
    hand_out: impl FnOnce(&mut dyn FnMut(W)) -> R,
    make: impl Fn(W) -> Made<E> + Sync,
) -> (R, Vec<E>) {
    let (from_other, done) = channel();
    let mut taken = Taken { ledger, wrong: Vec::new(), early: BTreeMap::new(), next: 0 };
    let make = &make;
    let handed_out = thread::scope(|scope| {
        let mut to_other = None;
        let mut number = 0;
        let handed_out = hand_out(&mut |work| {
            taken.take_in(done.try_iter());
            if number >= ALONE && to_other.is_none() && thread::available_parallelism().is_ok_and(|n| n.get() > 1) {
                let from_other = from_other.clone();
                to_other = Some(spawn(scope, move |(number, work)| from_other.send((number, make(work))).is_ok()));
            }
            let left = match &to_other {
                None => Some((number, work)),
                Some(to_other) => to_other.try_send((number, work)).err().map(|error| match error {
                    TrySendError::Full(work) | TrySendError::Disconnected(work) => work,
                }),
            };
            if let Some((number, work)) = left {
                taken.take_in([(number, make(work))]);
            }
            number += 1;
        });
        drop((to_other, from_other));
        taken.take_in(Receiver::iter(&done));
        handed_out
    });
    (handed_out, taken.wrong)
}

/// A thread that does what it is sent, until there is no more or nobody wants it.
fn spawn<'scope, W: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut work: impl FnMut(W) -> bool + Send + 'scope,
) -> SyncSender<W> {
    let (sender, waiting) = sync_channel(WAITING);
    scope.spawn(move || while waiting.recv().is_ok_and(&mut work) {});
    sender
}

/// What has been taken in so far.
struct Taken<'a, E> {
    ledger: &'a mut Ledger,
    wrong: Vec<E>,
    /// What comes after a piece that is not here yet.
    early: BTreeMap<usize, Made<E>>,
    next: usize,
}

impl<E> Taken<'_, E> {
    fn take_in(&mut self, made: impl IntoIterator<Item = (usize, Made<E>)>) {
        for (number, made) in made {
            self.early.insert(number, made);
            while let Some((entries, wrong)) = self.early.remove(&self.next) {
                self.ledger.merge_entries(entries);
                self.wrong.extend(wrong);
                self.next += 1;
            }
        }
    }
}
