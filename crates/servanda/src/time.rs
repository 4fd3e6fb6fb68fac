//! Sources of the current time.

use std::fmt::Debug;

use servanda_core::{Day, Moment};

/// Tells a tracker the current time, which is recorded in entries, and the current day.
pub trait TimeSource: Debug + Send + Sync {
    /// Returns the current moment.
    fn now(&self) -> Moment;

    /// Returns the current day at the place where the tracker is used.
    fn today(&self) -> Day {
        self.now().day()
    }
}

impl<T: TimeSource + ?Sized> TimeSource for std::sync::Arc<T> {
    fn now(&self) -> Moment {
        (**self).now()
    }

    fn today(&self) -> Day {
        (**self).today()
    }
}

/// The system clock. The current day is the day in UTC.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTime;

impl TimeSource for SystemTime {
    fn now(&self) -> Moment {
        // If the system clock is outside the years 1 to 9999, use the start of 1970. Appends to a
        // ledger with entries then fail with `clock-behind`.
        Moment::from_micros(chrono::Utc::now().timestamp_micros()).unwrap_or(Moment::EPOCH)
    }
}

/// A fixed time, for tests and imports.
///
/// ```
/// use servanda::{FixedTime, tracker::TimeSource};
///
/// let noon = FixedTime("2013-01-18T12:00:00.000000Z".parse()?);
/// assert_eq!(noon.today().to_string(), "2013-01-18");
/// # Ok::<(), servanda::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FixedTime(pub Moment);

impl TimeSource for FixedTime {
    fn now(&self) -> Moment {
        self.0
    }
}
