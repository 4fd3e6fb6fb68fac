//! Ends a command that runs until Ctrl-C.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Takes note of Ctrl-C and of SIGTERM, so that a command can clean up before it ends.
///
/// A second Ctrl-C ends the process at once, as the first one does after this is dropped. On
/// Windows, Ctrl-C always ends the process at once.
#[derive(Debug)]
pub(crate) struct Interrupts(Arc<AtomicBool>);

impl Interrupts {
    /// Starts to take note.
    pub(crate) fn catch() -> io::Result<Self> {
        let interrupts = Self(Arc::default());
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            interrupts.take_note_of(signal)?;
        }
        Ok(interrupts)
    }

    /// Takes note of a closed terminal, too. A command that can do without its terminal must not
    /// call this, because `nohup` would have no effect.
    pub(crate) fn and_hangup(self) -> io::Result<Self> {
        #[cfg(unix)]
        self.take_note_of(signal_hook::consts::SIGHUP)?;
        Ok(self)
    }

    #[cfg(unix)]
    fn take_note_of(&self, signal: i32) -> io::Result<()> {
        // The order matters: the first of the two must find the flag as it was before.
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&self.0))?;
        signal_hook::flag::register(signal, Arc::clone(&self.0))?;
        Ok(())
    }

    /// Whether one of these has come.
    pub(crate) fn caught(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
