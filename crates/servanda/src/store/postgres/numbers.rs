//! The numbers of rows, and how a reader knows that it has seen all rows up to a number.
//!
//! A number is the start time of its transaction, by the server's clock in microseconds, times
//! [`NUMBERS_PER_MICROSECOND`], plus an offset. It is larger than every number that the transaction
//! could see. Numbers therefore grow with time. They need no counter, which writers would have to
//! wait for, and no identity column: identity values are not committed in order, and distributed
//! databases assign them in blocks.
//!
//! Numbers are not committed in order either. But no transaction lasts longer than
//! [`MAX_TRANSACTION`]: the server ends transactions that idle or compute for too long, and before
//! a commit the writer compares the server's clock with the start time. Numbers older than that,
//! plus [a margin](SETTLED), are *settled*. A [`Watermark`] lists the rows after the settled ones
//! individually.
//!
//! A clock that is set back does no harm: numbers continue from the largest one. A clock that jumps
//! ahead by half a minute, in the few milliseconds between the writer's last check and its commit,
//! can hide that writer's entries from readers that are already running, until they reopen the
//! ledger.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};

use crate::store::Watermark;

/// How many numbers there are for each microsecond. These 10 bits leave 53 for the microseconds,
/// which is enough until the year 2255.
const NUMBERS_PER_MICROSECOND: i64 = 1 << 10;

/// How long a transaction may last, in microseconds, from its start to just before its commit.
pub(super) const MAX_TRANSACTION: i64 = 30_000_000;

/// After this time every transaction has ended: the longest transaction, and as long again for a
/// server that is slow to commit.
const SETTLED: i64 = 2 * MAX_TRANSACTION;

/// Returns the first number of a transaction that began at `time` and can see numbers up to
/// `largest`.
pub(super) fn first(time: i64, largest: i64) -> i64 {
    // A random offset, so that two transactions of the same microsecond rarely collide.
    let some = i64::try_from(RandomState::new().hash_one(time) % NUMBERS_PER_MICROSECOND as u64).unwrap_or_default();
    time.saturating_mul(NUMBERS_PER_MICROSECOND).max(largest.saturating_add(1)).saturating_add(some)
}

/// Returns the largest number that is settled at this time.
pub(super) fn settled(time: i64) -> i64 {
    time.saturating_sub(SETTLED).saturating_mul(NUMBERS_PER_MICROSECOND)
}

/// Returns the watermark of a reader that has seen `numbers`. It covers everything up to the
/// largest settled number, or up to `before` if that is larger.
pub(super) fn watermark(
    before: i64,
    largest_settled: Option<i64>,
    numbers: impl IntoIterator<Item = i64>,
) -> Watermark {
    let through = largest_settled.unwrap_or_default().max(before);
    let also: BTreeSet<i64> = numbers.into_iter().filter(|number| *number > through).collect();
    Watermark { through, also }
}

#[cfg(test)]
mod tests {
    use super::{MAX_TRANSACTION, NUMBERS_PER_MICROSECOND, SETTLED, first, settled, watermark};

    const NOW: i64 = 1_700_000_000_000_000;

    #[test]
    fn numbers_grow_with_time_and_exceed_existing_ones() {
        let within = |number: i64, from: i64| (from..from + NUMBERS_PER_MICROSECOND).contains(&number);
        assert!(within(first(NOW, 0), NOW * NUMBERS_PER_MICROSECOND));
        let ahead = (NOW + 5_000_000) * NUMBERS_PER_MICROSECOND;
        assert!(within(first(NOW, ahead), ahead + 1));
    }

    #[test]
    fn uncommitted_numbers_are_not_settled() {
        let began = NOW;
        let committed_at_the_latest = began + MAX_TRANSACTION;
        assert!(settled(committed_at_the_latest) < first(began, 0));
        assert!(settled(began + SETTLED + 1) >= began * NUMBERS_PER_MICROSECOND);
    }

    #[test]
    fn a_watermark_lists_unsettled_numbers() {
        let numbers = [5, 7, 9];
        assert_eq!(watermark(0, Some(7), numbers), super::Watermark { through: 7, also: [9].into() });
        assert_eq!(watermark(9, Some(7), numbers), super::Watermark { through: 9, also: [].into() });
        assert_eq!(watermark(0, None, numbers), super::Watermark { through: 0, also: numbers.into() });
    }
}
