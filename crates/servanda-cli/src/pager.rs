//! Runs the pager.

use std::io::{self, ErrorKind, Write as _};
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};

/// Shows a text with a pager on the terminal of this process. Returns false if there is no such
/// pager.
pub(crate) fn show(pager: &str, text: &[u8]) -> io::Result<bool> {
    #[cfg(unix)]
    let _guard = ignore_interrupts()?;
    let Some(mut command) = command(pager) else { return Ok(false) };
    if std::env::var_os("LESS").is_none() {
        // Without these options, less prints colour codes as text and does not exit by itself when
        // the text fits the screen.
        command.env("LESS", "FRX");
    }
    let mut child = match command.stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    let status = child.wait()?;
    // The shell exits with these codes if it cannot find or run the command.
    if matches!(status.code(), Some(126 | 127)) {
        return Ok(false);
    }
    match written {
        // A broken pipe means that the user quit the pager early.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(true),
    }
}

/// Runs the pager in a shell, because POSIX defines `PAGER` as a shell command.
#[cfg(unix)]
fn command(pager: &str) -> Option<Command> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager);
    Some(command)
}

#[cfg(not(unix))]
fn command(pager: &str) -> Option<Command> {
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

/// Ignores Ctrl-C until it is dropped.
///
/// While a pager is on the screen, Ctrl-C is meant for the pager. If this process ended first, the
/// shell would take back the terminal with the pager still running on it.
#[cfg(unix)]
struct InterruptGuard(Arc<AtomicBool>);

#[cfg(unix)]
fn ignore_interrupts() -> io::Result<InterruptGuard> {
    let ends_process = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, Arc::clone(&ends_process))?;
    Ok(InterruptGuard(ends_process))
}

#[cfg(unix)]
impl Drop for InterruptGuard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
