//! Publishes a site again when its ledger, its configuration or its day has changed.
//!
//! [`Tracker::refresh`] finds new entries. Unlike notifications of the file system, it works for
//! databases and on network disks, and ignores the files that SQLite writes for its readers.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::Duration;

use servanda::Tracker;
use servanda::answers::AsOf;
use servanda_publish::{Published, publish};

use super::site;
use crate::Environment;
use crate::args::{ReportFormat, SiteArgs};
use crate::commands::{READER, at, load, open};
use crate::exit::{Exit, Failure, Refusal};
use crate::interrupts::Interrupts;
use crate::output::Output;
use crate::run::ErrorReporter;

/// The time between two looks at the ledger and the configuration.
const PAUSE: Duration = Duration::from_millis(500);
/// The number of looks without a change before a failed publication is tried again. Publishing a
/// large ledger takes too long to do it at every look.
const LOOKS_BEFORE_RETRY: u32 = 20;

/// A site that is published again when its inputs change.
pub(super) struct Publication<'a> {
    args: &'a SiteArgs,
    env: Environment,
    tracker: Tracker,
    inputs: Inputs,
    /// The error of the last look, if it failed.
    error: Option<String>,
    /// The number of looks before a failed publication is tried again.
    looks_before_retry: u32,
}

/// The inputs of a site, apart from the entries.
#[derive(Debug, PartialEq)]
struct Inputs {
    /// The day and the moment. The day can be today.
    as_of: AsOf,
    /// The content of the configuration, if there is one, or why it could not be read.
    config: Option<Result<Vec<u8>, ErrorKind>>,
    ledger: Option<FileIdentity>,
}

/// The device and the inode number of a file, on systems that have them. A database file that was
/// replaced has to be opened again.
type FileIdentity = (u64, u64);

impl<'a> Publication<'a> {
    /// Reads the configuration and the ledger.
    pub(super) fn open(args: &'a SiteArgs, env: &Environment, out: &mut Output<'_>) -> Result<Self, Failure> {
        let env = env.in_zone(args.zone.zone.as_ref());
        // A mistake in the configuration shows before a long ledger is read.
        site(args)?;
        // The file may be replaced while it is read.
        let ledger = identity(&args.ledger);
        let tracker = open_and_load(args, &env, out)?;
        let inputs = Inputs { ledger, ..Inputs::now(args, &env, &tracker)? };
        Ok(Self { args, env, tracker, inputs, error: None, looks_before_retry: 0 })
    }

    /// Publishes the site.
    pub(super) fn publish(&self, folder: &Path) -> Result<Published, Failure> {
        let site = site(self.args)?;
        let view = at(self.tracker.view(), self.args.on, self.args.known_at, &self.env)?;
        Ok(publish(&view, &site, folder)?)
    }

    /// Publishes the site again after each change, until Ctrl-C. Calls `report` each time. A refusal
    /// is reported on stderr and does not end the command.
    pub(super) fn watch(
        &mut self,
        folder: &Path,
        interrupts: &Interrupts,
        format: ReportFormat,
        out: &mut Output<'_>,
        mut report: impl FnMut(&Published, &mut Output<'_>) -> Result<(), Failure>,
    ) -> Result<Exit, Failure> {
        let env = self.env.clone();
        until_interrupted(&env, interrupts, || match self.publish_if_changed(folder, out) {
            Ok(Some(published)) => report(&published, out),
            Ok(None) => Ok(()),
            Err(failure @ Failure::Refused(_)) => {
                let reporter = ErrorReporter { json: format == ReportFormat::Json, terminal: &env.terminal };
                reporter.finish(out.progress_bar().err(), Err(failure));
                Ok(())
            }
            Err(failure) => Err(failure),
        })
    }

    /// Looks at the inputs once, and publishes the site if they have changed or if the last look
    /// failed.
    ///
    /// Returns the same refusal only once: after that, `None` until there is a change or another
    /// refusal.
    fn publish_if_changed(&mut self, folder: &Path, out: &mut Output<'_>) -> Result<Option<Published>, Failure> {
        let outcome = self.look(folder, out);
        match &outcome {
            Err(Failure::Refused(Refusal { text, .. })) => {
                if self.error.as_ref() == Some(text) {
                    return Ok(None);
                }
                self.error = Some(text.clone());
            }
            Ok(Some(_)) => self.error = None,
            _ => {}
        }
        outcome
    }

    fn look(&mut self, folder: &Path, out: &mut Output<'_>) -> Result<Option<Published>, Failure> {
        if self.has_changed(out)? {
            self.error = None;
            self.looks_before_retry = 0;
        } else if self.error.is_none() {
            return Ok(None);
        } else if self.looks_before_retry > 0 {
            self.looks_before_retry -= 1;
            return Ok(None);
        }
        self.looks_before_retry = LOOKS_BEFORE_RETRY;
        let published = self.publish(folder)?;
        self.looks_before_retry = 0;
        Ok(Some(published))
    }

    /// Reads what is new. Returns whether anything has changed since the last look.
    fn has_changed(&mut self, out: &mut Output<'_>) -> Result<bool, Failure> {
        let inputs = Inputs::now(self.args, &self.env, &self.tracker)?;
        let has_new_entries = if inputs.ledger == self.inputs.ledger {
            self.tracker.refresh()?
        } else {
            self.tracker = open_and_load(self.args, &self.env, out)?;
            true
        };
        let has_other_inputs = inputs != self.inputs;
        self.inputs = inputs;
        Ok(has_new_entries || has_other_inputs)
    }
}

fn open_and_load(args: &SiteArgs, env: &Environment, out: &mut Output<'_>) -> Result<Tracker, Failure> {
    let tracker = open(&args.ledger, READER, env, out)?;
    load(&tracker, &args.ledger, out)?;
    Ok(tracker)
}

impl Inputs {
    fn now(args: &SiteArgs, env: &Environment, tracker: &Tracker) -> Result<Self, Failure> {
        let as_of = at(tracker.view(), args.on, args.known_at, env)?.as_of();
        let config = args.config.as_ref().map(|path| fs::read(path).map_err(|error| error.kind()));
        Ok(Self { as_of, config, ledger: identity(&args.ledger) })
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt as _;
    // There is no file at the URL of a database.
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<FileIdentity> {
    None
}

/// Calls a function repeatedly until Ctrl-C, or until it fails.
fn until_interrupted(
    env: &Environment,
    interrupts: &Interrupts,
    mut look: impl FnMut() -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    loop {
        // Always call `interrupted`: Python handles its pending signals there.
        if (env.interrupted)() | interrupts.caught() {
            return Ok(Exit::Interrupted);
        }
        match look() {
            Err(Failure::Interrupted) => return Ok(Exit::Interrupted),
            result => result?,
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
