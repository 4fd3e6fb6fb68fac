//! The command as its users meet it: what it prints, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test may fail in whatever way is shortest, and so may what helps it")]

mod backends;
mod completions;
mod entry_into_force;
mod facts;
mod history;
mod interruption;
mod json;
mod ledgers;
mod next;
mod procedures;
#[cfg(unix)]
mod pty;
mod queries;
mod register;
mod status;
#[cfg(unix)]
mod terminal;
mod test_dir;
mod usage;
