//! Where a tracker learns what time it is.

use std::fmt::Debug;

use servanda_core::{Day, Moment};

/// Tells a tracker the time: when an entry is recorded, and which day is today.
pub trait TimeSource: Debug + Send + Sync {
    /// The moment it is now.
    fn now(&self) -> Moment;

    /// The day it is today, where the tracker is used.
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

/// The clock of the machine. Today is the day in UTC.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTime;

impl TimeSource for SystemTime {
    fn now(&self) -> Moment {
        // A machine whose clock stands outside the years 1 to 9999 is taken to stand at the start of 1970: appends to a ledger
        // with entries are then refused with `clock-behind`.
        Moment::from_micros(chrono::Utc::now().timestamp_micros()).unwrap_or(Moment::EPOCH)
    }
}

/// A time that stands still, for tests and imports.
///
/// ```
/// use servanda::{FixedTime, TimeSource};
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
