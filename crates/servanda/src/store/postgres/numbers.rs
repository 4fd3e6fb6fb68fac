//! The numbers of rows, and how far a reader can be sure to have seen all of them.
//!
//! A number is the time at which its transaction began, by the server's clock in microseconds, times [`A_MICROSECOND`], and some more; and it is
//! larger than all that the transaction could see. So numbers grow with time, without a counter that writers would have to wait for, and
//! without an identity column: those are handed out in order but not committed in order, and in blocks by databases that are spread over machines.
//!
//! Numbers are not committed in order either. But no transaction lasts longer than [`LONGEST`]: the server breaks off what idles or what
//! computes for too long, and before a commit the writer compares the server's clock with what it was. So what is older than that, and
//! [some more](SETTLED), is settled, and a [`Mark`] names the rows after it one by one.
//!
//! A clock that is set back does no harm, because numbers then go on from the largest. One that jumps ahead by half a minute, in the very milliseconds between
//! a writer's last look at it and its commit, can hide that writer's entries from readers that are already running, until they open the ledger again.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};

use crate::store::Mark;

/// How many numbers there are in a microsecond: 10 bits leave 53 for the microseconds, which is enough until the year 2255.
const A_MICROSECOND: i64 = 1 << 10;

/// How long a transaction may last from the moment that its numbers come from until it is about to be committed, in microseconds.
pub(super) const LONGEST: i64 = 30_000_000;

/// After how long everything has been committed that ever will be: the longest transaction, as long again for a server that is slow to commit.
const SETTLED: i64 = 2 * LONGEST;

/// The first number for a transaction that began at this time and can see numbers up to `largest`.
pub(super) fn first(time: i64, largest: i64) -> i64 {
    // Two that begin in the same microsecond should not meet.
    let some = i64::try_from(RandomState::new().hash_one(time) % A_MICROSECOND as u64).unwrap_or_default();
    time.saturating_mul(A_MICROSECOND).max(largest.saturating_add(1)).saturating_add(some)
}

/// The largest number of a transaction that is settled at this time.
pub(super) fn settled(time: i64) -> i64 {
    time.saturating_sub(SETTLED).saturating_mul(A_MICROSECOND)
}

/// How far a reader has come that knows of these numbers: `all_to` is the largest that is settled, or what it was before.
pub(super) fn mark(before: i64, largest_settled: Option<i64>, numbers: impl IntoIterator<Item = i64>) -> Mark {
    let all_to = largest_settled.unwrap_or_default().max(before);
    let and: BTreeSet<i64> = numbers.into_iter().filter(|number| *number > all_to).collect();
    Mark { all_to, and }
}

#[cfg(test)]
mod tests {
    use super::{A_MICROSECOND, LONGEST, SETTLED, first, mark, settled};

    const NOW: i64 = 1_700_000_000_000_000;

    #[test]
    fn numbers_grow_with_time_and_beyond_what_is_there() {
        let within = |number: i64, from: i64| (from..from + A_MICROSECOND).contains(&number);
        assert!(within(first(NOW, 0), NOW * A_MICROSECOND));
        let ahead = (NOW + 5_000_000) * A_MICROSECOND;
        assert!(within(first(NOW, ahead), ahead + 1));
    }

    #[test]
    fn what_a_transaction_can_still_commit_is_not_settled() {
        let began = NOW;
        let committed_at_the_latest = began + LONGEST;
        assert!(settled(committed_at_the_latest) < first(began, 0));
        assert!(settled(began + SETTLED + 1) >= began * A_MICROSECOND);
    }

    #[test]
    fn a_mark_names_what_is_not_settled() {
        let numbers = [5, 7, 9];
        assert_eq!(mark(0, Some(7), numbers), super::Mark { all_to: 7, and: [9].into() });
        assert_eq!(mark(9, Some(7), numbers), super::Mark { all_to: 9, and: [].into() });
        assert_eq!(mark(0, None, numbers), super::Mark { all_to: 0, and: numbers.into() });
    }
}
