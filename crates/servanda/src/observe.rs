//! Who wants to hear what is new.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use servanda_core::{Day, Entry, Ledger, Slug, Standing};

/// What came onto a ledger at one time: by an append, a merge, or a refresh.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The day of which the standings are: today, as it was then.
    pub on: Day,
    /// The new entries, in the order in which they came.
    pub entries: Vec<Entry>,
    /// The commitments that they are about, in the order of their ids.
    pub standings: Vec<ObservedStanding>,
}

/// Where a commitment stood before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedStanding {
    /// The commitment.
    pub commitment: Slug,
    /// Where it stood without the new entries; nothing if it was not registered.
    pub before: Option<Standing>,
    /// Where it stands with them; nothing if it is not registered.
    pub after: Option<Standing>,
}

/// Keeps a callback subscribed: when it is dropped, the callback is not called any more. See [`Tracker::observe`](crate::Tracker::observe).
#[must_use = "when this is dropped, the callback is not called any more"]
#[derive(Debug)]
pub struct Observer {
    number: u64,
    observers: Weak<Observers>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        if let Some(observers) = self.observers.upgrade() {
            // What is dropped with the callback may be a tracker, so no lock is held then.
            let mut inner = observers.lock();
            let at = inner.callbacks.iter().position(|(number, _)| *number == self.number);
            let callback = at.map(|at| inner.callbacks.remove(at));
            drop(inner);
            drop(callback);
        }
    }
}

type Callback = Arc<dyn Fn(&Observed) + Send + Sync>;

/// All who want to hear, and what they are still to hear.
#[derive(Default)]
pub(crate) struct Observers {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    callbacks: Vec<(u64, Callback)>,
    next: u64,
    queue: VecDeque<Observed>,
    /// Whether a thread is telling. It tells what comes up meanwhile too, so that all is told in order.
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
        // No code of others runs while it is held.
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

    /// Takes note of what is to be told.
    pub(crate) fn enqueue(&self, observed: Observed) {
        if !observed.entries.is_empty() {
            self.lock().queue.push_back(observed);
        }
    }

    /// Tells what there is to tell. No lock may be held.
    pub(crate) fn deliver(&self) {
        if std::mem::replace(&mut self.lock().delivering, true) {
            return;
        }
        while let Some((observed, numbers)) = self.next() {
            for number in numbers {
                // Dropped meanwhile, perhaps by the one before it.
                let callback =
                    self.lock().callbacks.iter().find(|(other, _)| *other == number).map(|(_, c)| Arc::clone(c));
                if let Some(callback) = callback {
                    // What is observed is on the ledger, whatever becomes of who observes. The panic hook has said what went wrong.
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

/// The commitments that entries are about.
pub(crate) fn touched<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<String> {
    entries.into_iter().filter_map(Entry::commitment).map(str::to_owned).collect()
}

impl Observed {
    /// What is to be told of new entries and of the commitments that they are about, by the ledger before they are taken in.
    pub(crate) fn before(on: Day, entries: Vec<Entry>, about: BTreeSet<String>, before: &Ledger) -> Self {
        let standings = about.iter().filter_map(|id| {
            let before = before.view_on(on).standing(id).ok();
            Some(ObservedStanding { commitment: id.parse().ok()?, before, after: None })
        });
        let standings = standings.collect();
        Self { on, entries, standings }
    }

    /// The whole of it, by the ledger after.
    pub(crate) fn with_after(mut self, after: &Ledger) -> Self {
        for standing in &mut self.standings {
            standing.after = after.view_on(self.on).standing(standing.commitment.as_str()).ok();
        }
        self
    }
}
