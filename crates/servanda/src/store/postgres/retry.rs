//! Trying again: what is worth it, how often, and how long to wait before.

use std::fmt::Debug;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use postgres::error::SqlState;

/// How often a transaction is tried before its writer is told that others do not let it through.
pub(super) const MAX_ATTEMPTS: u32 = 60;

/// How often it is tried again at once. Who loses to another writer of the same commitment learns it in the moment in which that one is
/// done, and has as good a chance as any other to be next; who waits then finds it busy again.
const IMMEDIATE_RETRIES: u32 = 20;

const MIN_WAIT: Duration = Duration::from_millis(1);
const MAX_WAIT: Duration = Duration::from_millis(50);

/// Waits. Tests have one that does not.
pub(crate) trait Wait: Debug + Send + Sync {
    /// Waits this long.
    fn wait(&self, time: Duration);
}

/// Waits by sleeping.
#[derive(Debug)]
pub(super) struct Sleep;

impl Wait for Sleep {
    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Whether a transaction that failed with this may well go through if it is run again.
pub(super) fn is_retryable(state: &SqlState) -> bool {
    *state == SqlState::T_R_SERIALIZATION_FAILURE || *state == SqlState::T_R_DEADLOCK_DETECTED
}

/// How long to wait after so many tries: not at all at first, then any time up to a bound that doubles, so that those who met do not
/// meet again.
pub(super) fn backoff(tries: u32) -> Duration {
    // The standard library seeds its maps at random, and differently each time.
    backoff_at(tries, RandomState::new().hash_one(tries))
}

fn backoff_at(tries: u32, random: u64) -> Duration {
    let Some(waits) = tries.checked_sub(IMMEDIATE_RETRIES) else { return Duration::ZERO };
    let bound = MIN_WAIT.saturating_mul(1 << waits.min(16)).min(MAX_WAIT);
    let bound = u64::try_from(bound.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(random % (bound + 1))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{IMMEDIATE_RETRIES, MAX_WAIT, backoff_at};

    #[test]
    fn the_wait_is_none_at_first_and_then_any_up_to_a_bound_that_doubles() {
        let longest = |tries| (0..=200_000).map(|random| backoff_at(tries, random)).max().unwrap();
        assert!((0..IMMEDIATE_RETRIES).all(|tries| longest(tries) == Duration::ZERO));
        let bounds: Vec<Duration> = (IMMEDIATE_RETRIES..IMMEDIATE_RETRIES + 8).map(longest).collect();
        let millis = [1, 2, 4, 8, 16, 32, 50, 50].map(Duration::from_millis);
        assert_eq!(bounds, millis);
        assert_eq!(longest(u32::MAX), MAX_WAIT);
        assert_eq!(backoff_at(IMMEDIATE_RETRIES, 0), Duration::ZERO);
    }
}
