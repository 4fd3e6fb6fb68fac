//! Publishes a site again whenever something that it is made from has changed.
//!
//! The ledger itself says whether it has new entries. [`Tracker::refresh`] works for files and for
//! databases, also on network disks, and ignores the files that SQLite writes for its readers.

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

/// A site in a folder, and what it is made from.
pub(super) struct Publication<'a> {
    args: &'a SiteArgs,
    folder: &'a Path,
    env: Environment,
    tracker: Tracker,
    inputs: Inputs,
    /// The reason why the ledger could not be read the last time.
    refused: Option<String>,
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

/// The device and the inode number of a file, on systems that have them. A database that was
/// replaced by another file has to be opened again.
type FileIdentity = (u64, u64);

impl<'a> Publication<'a> {
    /// Publishes the site for the first time.
    pub(super) fn start(
        args: &'a SiteArgs,
        folder: &'a Path,
        env: &Environment,
        out: &mut Output<'_>,
    ) -> Result<(Self, Published), Failure> {
        let env = env.in_zone(args.zone.zone.as_ref());
        // A mistake in the configuration shows before a long ledger is read.
        site(args)?;
        // The file may be replaced while it is read.
        let ledger = identity(&args.ledger);
        let tracker = open_and_load(args, &env, out)?;
        let inputs = Inputs { ledger, ..Inputs::now(args, &env, &tracker)? };
        let publication = Self { args, folder, env, tracker, inputs, refused: None };
        let published = publication.publish()?;
        Ok((publication, published))
    }

    /// Publishes the site again if something that it is made from has changed.
    ///
    /// If the ledger cannot be read, this fails once. After that it returns `None` until there is
    /// another reason or the ledger can be read.
    pub(super) fn publish_if_changed(&mut self, out: &mut Output<'_>) -> Result<Option<Published>, Failure> {
        match self.has_changed(out) {
            Ok(changed) => {
                let recovered = self.refused.take().is_some();
                if changed || recovered { self.publish().map(Some) } else { Ok(None) }
            }
            Err(Failure::Refused(Refusal { text, .. })) if self.refused.as_ref() == Some(&text) => Ok(None),
            Err(failure) => {
                if let Failure::Refused(Refusal { text, .. }) = &failure {
                    self.refused = Some(text.clone());
                }
                Err(failure)
            }
        }
    }

    /// Tells whether anything has changed since the last time, and reads what is new.
    fn has_changed(&mut self, out: &mut Output<'_>) -> Result<bool, Failure> {
        let inputs = Inputs::now(self.args, &self.env, &self.tracker)?;
        let has_news = if inputs.ledger == self.inputs.ledger {
            self.tracker.refresh()?
        } else {
            self.tracker = open_and_load(self.args, &self.env, out)?;
            true
        };
        let has_other_inputs = inputs != self.inputs;
        self.inputs = inputs;
        Ok(has_news || has_other_inputs)
    }

    fn publish(&self) -> Result<Published, Failure> {
        let site = site(self.args)?;
        let view = at(self.tracker.view(), self.args.on, self.args.known_at, &self.env)?;
        Ok(publish(&view, &site, self.folder)?)
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

/// Calls a function again and again until Ctrl-C, or until it fails.
pub(super) fn until_interrupted(
    env: &Environment,
    interrupts: &Interrupts,
    mut look: impl FnMut() -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    loop {
        // Both are asked: a program that runs the command may handle the signal when it is asked.
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

/// Reports why the site was not published, so that the command can go on. Passes on a failure that
/// ends the command.
pub(super) fn go_on_after(
    failure: Failure,
    format: ReportFormat,
    env: &Environment,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    match failure {
        Failure::Refused(_) => {
            let reporter = ErrorReporter { json: format == ReportFormat::Json, terminal: &env.terminal };
            reporter.finish(out.progress_bar().err(), Err(failure));
            Ok(())
        }
        failure => Err(failure),
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
