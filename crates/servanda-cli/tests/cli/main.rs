//! The command as its users meet it: what it prints, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test may fail in whatever way is shortest, and so may what helps it")]

mod desk;
mod history;
mod ledgers;
mod next;
mod procedures;
mod readme;
mod status;
mod usage;
