//! Showing what is longer than the screen.

use std::io::{self, ErrorKind, Write as _};
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};

/// Shows a text with a pager, on the terminal that this process has, and says whether there was such a pager.
pub(crate) fn show(pager: &str, text: &[u8]) -> io::Result<bool> {
    #[cfg(unix)]
    let _held = held_off()?;
    let Some(mut command) = command(pager) else { return Ok(false) };
    if std::env::var_os("LESS").is_none() {
        // Without it, less shows the codes of colours, and waits even if there is nothing to scroll.
        command.env("LESS", "FRX");
    }
    let mut child = match command.stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    let status = child.wait()?;
    // With these a shell says that it could not find the command, or not run it.
    if matches!(status.code(), Some(126 | 127)) {
        return Ok(false);
    }
    match written {
        // Who has seen enough leaves.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(true),
    }
}

/// As POSIX has it, `PAGER` is what the shell understands.
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

/// Holds off Ctrl-C for as long as it is kept: while a pager is on the screen, it is for the pager. Whoever ended before the pager would
/// leave it behind on a terminal that the shell has taken back.
#[cfg(unix)]
struct HeldOff(Arc<AtomicBool>);

#[cfg(unix)]
fn held_off() -> io::Result<HeldOff> {
    let ends = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, Arc::clone(&ends))?;
    Ok(HeldOff(ends))
}

#[cfg(unix)]
impl Drop for HeldOff {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
