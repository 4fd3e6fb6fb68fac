//! Retrying transactions: after which errors, how often, and with which delays.

use std::fmt::Debug;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use postgres::error::SqlState;

/// How often a transaction is attempted before it fails with `contended`.
pub(super) const MAX_ATTEMPTS: u32 = 60;

/// How many retries happen without a delay. A writer that loses a conflict learns it when the
/// winner commits, and then has the same chance as any other writer. If it waited, the row would be
/// busy again.
const IMMEDIATE_RETRIES: u32 = 20;

const MIN_WAIT: Duration = Duration::from_millis(1);
const MAX_WAIT: Duration = Duration::from_millis(50);

/// Waits before a retry. Tests replace it with an implementation that does not wait.
pub(crate) trait Wait: Debug + Send + Sync {
    /// Waits for this time.
    fn wait(&self, time: Duration);
}

/// Sleeps.
#[derive(Debug)]
pub(super) struct Sleep;

impl Wait for Sleep {
    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Whether a transaction that failed with this state is likely to succeed when it runs again.
pub(super) fn is_retryable(state: &SqlState) -> bool {
    *state == SqlState::T_R_SERIALIZATION_FAILURE || *state == SqlState::T_R_DEADLOCK_DETECTED
}

/// Returns the delay after this number of attempts: none at first, then a random time up to a limit
/// that doubles, so that writers that collided do not collide again.
pub(super) fn backoff(tries: u32) -> Duration {
    // The standard library seeds its hash maps randomly, and differently each time.
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
    fn the_delay_is_zero_at_first_and_then_random_up_to_a_doubling_limit() {
        let longest = |tries| (0..=200_000).map(|random| backoff_at(tries, random)).max().unwrap();
        assert!((0..IMMEDIATE_RETRIES).all(|tries| longest(tries) == Duration::ZERO));
        let bounds: Vec<Duration> = (IMMEDIATE_RETRIES..IMMEDIATE_RETRIES + 8).map(longest).collect();
        let millis = [1, 2, 4, 8, 16, 32, 50, 50].map(Duration::from_millis);
        assert_eq!(bounds, millis);
        assert_eq!(longest(u32::MAX), MAX_WAIT);
        assert_eq!(backoff_at(IMMEDIATE_RETRIES, 0), Duration::ZERO);
    }
}
