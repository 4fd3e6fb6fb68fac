//! Callbacks that are told about new entries.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use servanda_core::{Day, Entry, Ledger, Slug, Standing};

/// The entries that one append, merge or refresh has added.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The day of the standings: the day on which the entries were added.
    pub on: Day,
    /// The new entries, in the order in which they came.
    pub entries: Vec<Entry>,
    /// The commitments that the entries are about, sorted by id.
    pub standings: Vec<ObservedStanding>,
}

/// The standings of a commitment before and after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedStanding {
    /// The commitment.
    pub commitment: Slug,
    /// The standing without the new entries. `None` if the commitment was not registered.
    pub before: Option<Standing>,
    /// The standing with the new entries. `None` if the commitment is not registered.
    pub after: Option<Standing>,
}

/// Keeps a callback subscribed until it is dropped. See
/// [`Tracker::observe`](crate::Tracker::observe).
#[must_use = "when this is dropped, the callback is not called any more"]
#[derive(Debug)]
pub struct Observer {
    number: u64,
    observers: Weak<Observers>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        if let Some(observers) = self.observers.upgrade() {
            // Dropping the callback may drop a tracker, so release the lock first.
            let mut inner = observers.lock();
            let at = inner.callbacks.iter().position(|(number, _)| *number == self.number);
            let callback = at.map(|at| inner.callbacks.remove(at));
            drop(inner);
            drop(callback);
        }
    }
}

type Callback = Arc<dyn Fn(&Observed) + Send + Sync>;

/// The callbacks, and the queue of changes to deliver.
#[derive(Default)]
pub(crate) struct Observers {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    callbacks: Vec<(u64, Callback)>,
    next: u64,
    queue: VecDeque<Observed>,
    /// Whether a thread is delivering. That thread also delivers what is added in the meantime, so
    /// that everything is delivered in order.
    delivering: bool,
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.lock();
        f.debug_struct("Observers").field("callbacks", &inner.callbacks.len()).field("queue", &inner.queue).finish()
    }
}

impl Observers {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // No foreign code runs while the lock is held.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn subscribe(self: &Arc<Self>, callback: impl Fn(&Observed) + Send + Sync + 'static) -> Observer {
        let mut inner = self.lock();
        let number = inner.next;
        inner.next += 1;
        inner.callbacks.push((number, Arc::new(callback)));
        Observer { number, observers: Arc::downgrade(self) }
    }

    pub(crate) fn has_callbacks(&self) -> bool {
        !self.lock().callbacks.is_empty()
    }

    /// Queues a change for delivery.
    pub(crate) fn enqueue(&self, observed: Observed) {
        if !observed.entries.is_empty() {
            self.lock().queue.push_back(observed);
        }
    }

    /// Delivers the queued changes. The caller must hold no lock.
    pub(crate) fn deliver(&self) {
        if std::mem::replace(&mut self.lock().delivering, true) {
            return;
        }
        while let Some((observed, numbers)) = self.next() {
            for number in numbers {
                // The callback may have been dropped by a previous one.
                let callback =
                    self.lock().callbacks.iter().find(|(other, _)| *other == number).map(|(_, c)| Arc::clone(c));
                if let Some(callback) = callback {
                    // The entries are on the ledger whatever a callback does. The panic hook has
                    // already reported the panic.
                    let _ = catch_unwind(AssertUnwindSafe(|| callback(&observed)));
                }
            }
        }
    }

    fn next(&self) -> Option<(Observed, Vec<u64>)> {
        let mut inner = self.lock();
        let Some(observed) = inner.queue.pop_front() else {
            inner.delivering = false;
            return None;
        };
        let numbers = inner.callbacks.iter().map(|(number, _)| *number).collect();
        Some((observed, numbers))
    }
}

/// Returns the commitments that the entries are about.
pub(crate) fn touched<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<String> {
    entries.into_iter().filter_map(Entry::commitment).map(str::to_owned).collect()
}

impl Observed {
    /// Starts a change, with the standings before the entries are added.
    pub(crate) fn before(on: Day, entries: Vec<Entry>, about: BTreeSet<String>, before: &Ledger) -> Self {
        let standings = about.iter().filter_map(|id| {
            let before = servanda_core::View::new(before, on, None, None).standing(id).ok();
            Some(ObservedStanding { commitment: id.parse().ok()?, before, after: None })
        });
        let standings = standings.collect();
        Self { on, entries, standings }
    }

    /// Adds the standings after the entries were added.
    pub(crate) fn with_after(mut self, after: &Ledger) -> Self {
        for standing in &mut self.standings {
            standing.after =
                servanda_core::View::new(after, self.on, None, None).standing(standing.commitment.as_str()).ok();
        }
        self
    }
}
