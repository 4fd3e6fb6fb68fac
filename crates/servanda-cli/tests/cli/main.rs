//! The command as its users meet it: what it prints, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test may fail in whatever way is shortest, and so may what helps it")]

mod asking;
mod comfort;
mod desk;
mod entry_into_force;
mod history;
mod interruption;
mod json;
mod kinds;
mod ledgers;
mod next;
mod procedures;
mod readme;
mod register;
#[cfg(unix)]
mod screen;
mod status;
#[cfg(unix)]
mod terminal;
mod usage;
mod writing;
