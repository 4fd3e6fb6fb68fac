//! Catches the signals that end a command.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit::Failure;

/// Catches Ctrl-C and SIGTERM until it is dropped, so that a command can clean up before it ends.
///
/// A second signal ends the process at once, and so does the first one after the drop. On Windows,
/// nothing is caught: Ctrl-C always ends the process at once.
#[derive(Debug)]
pub(crate) struct Interrupts(Arc<AtomicBool>);

impl Interrupts {
    /// Starts to catch signals.
    pub(crate) fn catch() -> Result<Self, Failure> {
        let interrupts = Self(Arc::default());
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            interrupts.register(signal)?;
        }
        Ok(interrupts)
    }

    /// Also catches SIGHUP, which a process gets when its terminal is closed. `nohup` then has no
    /// effect, so this is only for commands that have no use without a terminal.
    pub(crate) fn and_hangup(self) -> Result<Self, Failure> {
        #[cfg(unix)]
        self.register(signal_hook::consts::SIGHUP)?;
        Ok(self)
    }

    #[cfg(unix)]
    fn register(&self, signal: i32) -> Result<(), Failure> {
        // The first action must read the flag before the second one sets it.
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&self.0))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&self.0)))
            .map(|_| ())
            .map_err(|error| Failure::refused("io", format!("could not catch signal {signal}: {error}")))
    }

    /// Returns whether a signal was caught.
    pub(crate) fn caught(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
