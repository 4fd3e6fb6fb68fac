//! The command as users see it: its output and its exit codes.

#![expect(clippy::unwrap_used, reason = "a panic is the shortest way to fail a test")]

mod add;
mod again;
mod backends;
mod batches;
mod calendars;
mod completions;
mod corrections;
mod defaults;
mod duties;
mod entry_into_force;
mod facts;
mod find;
mod formats;
mod future;
mod git;
mod history;
#[cfg(feature = "import")]
mod import;
mod interruption;
mod json;
mod ledgers;
mod log;
mod naming;
mod next;
mod parties;
mod procedures;
#[cfg(unix)]
mod pty;
#[cfg(feature = "publish")]
mod publish;
mod queries;
mod register;
mod repin;
#[cfg(feature = "publish")]
mod running;
#[cfg(feature = "publish")]
mod serve;
mod status;
#[cfg(unix)]
mod targets;
mod terminal;
mod test_dir;
mod text;
mod usage;
mod zones;
