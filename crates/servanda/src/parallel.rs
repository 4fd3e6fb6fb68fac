//! Parses entries with two threads. The calling thread produces work, adds parsed entries to the
//! ledger, and parses work itself when the other thread is busy.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, channel, sync_channel};
use std::thread::{self, Scope};

use servanda_core::{Entry, Ledger};

use crate::first_few::FirstFew;

/// How many pieces of work can wait for the second thread.
const QUEUE_LENGTH: usize = 2;
/// How many pieces are parsed before the second thread is started.
const BEFORE_SECOND_THREAD: usize = 1;

/// The entries of a piece of work, and its errors.
pub(crate) type Parsed<E> = (Vec<Arc<Entry>>, FirstFew<E>);

/// Parses all pieces of work, and adds their entries to the ledger in the order in which the pieces
/// were produced. Returns the result of `produce`, and the first errors.
///
/// `produce` runs on this thread and calls back with each piece; `parse` runs on both threads.
pub(crate) fn parse_in_parallel<W: Send, E: Send, R>(
    ledger: &mut Ledger,
    produce: impl FnOnce(&mut dyn FnMut(W)) -> R,
    parse: impl Fn(W) -> Parsed<E> + Sync,
) -> (R, FirstFew<E>) {
    let (from_other, done) = channel();
    let mut in_order = InOrder { ledger, errors: FirstFew::default(), early: BTreeMap::new(), next: 0 };
    let parse = &parse;
    let produced = thread::scope(|scope| {
        let mut to_other = None;
        let mut number = 0;
        let produced = produce(&mut |work| {
            in_order.add(done.try_iter());
            if number >= BEFORE_SECOND_THREAD
                && to_other.is_none()
                && thread::available_parallelism().is_ok_and(|n| n.get() > 1)
            {
                let from_other = from_other.clone();
                to_other = Some(spawn(scope, move |(number, work)| from_other.send((number, parse(work))).is_ok()));
            }
            let left = match &to_other {
                None => Some((number, work)),
                Some(to_other) => to_other.try_send((number, work)).err().map(|error| match error {
                    TrySendError::Full(work) | TrySendError::Disconnected(work) => work,
                }),
            };
            if let Some((number, work)) = left {
                in_order.add([(number, parse(work))]);
            }
            number += 1;
        });
        drop((to_other, from_other));
        in_order.add(Receiver::iter(&done));
        produced
    });
    (produced, in_order.errors)
}

/// Spawns a thread that does what it is sent, until the channel or the receiver of results is
/// closed.
fn spawn<'scope, W: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut work: impl FnMut(W) -> bool + Send + 'scope,
) -> SyncSender<W> {
    let (sender, waiting) = sync_channel(QUEUE_LENGTH);
    scope.spawn(move || while waiting.recv().is_ok_and(&mut work) {});
    sender
}

/// Adds results to the ledger in the order of their numbers.
struct InOrder<'a, E> {
    ledger: &'a mut Ledger,
    errors: FirstFew<E>,
    /// Results that have to wait for an earlier one.
    early: BTreeMap<usize, Parsed<E>>,
    next: usize,
}

impl<E> InOrder<'_, E> {
    fn add(&mut self, parsed: impl IntoIterator<Item = (usize, Parsed<E>)>) {
        for (number, parsed) in parsed {
            self.early.insert(number, parsed);
            while let Some((entries, errors)) = self.early.remove(&self.next) {
                self.ledger.merge_entries(entries);
                self.errors.append(errors);
                self.next += 1;
            }
        }
    }
}
