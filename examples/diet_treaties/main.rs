//! Computes the outcome of each treaty before the Diet of Japan.
//!
//! The House of Representatives lists every treaty in every session, with the days of its steps and
//! a final status. This program reads the list and the sessions from two CSV files. It records
//! every treaty step by step on a ledger, which accepts only the steps that the procedure
//! `diet-treaty-approval` allows, asks the ledger for the outcome of each treaty, and compares it
//! with the status in the list.
//!
//! ```console
//! $ cargo run --release --example diet_treaties -- treaties.csv --sessions sessions.csv --format json
//! ```
//!
//! The program prints the answers to standard output, and the problems of the files and the counts
//! to standard error. The exit status is 0 if every treaty agrees with the list, 1 if one does not,
//! and 2 if a file cannot be read or written.
//!
//! A row that contradicts itself is skipped as a whole, because it is unknown which half of it is
//! right. The outcome of a treaty with such a row is not computed, so the treaty does not agree
//! with the list; the other treaties are not affected. Start with `vocabulary`; `plan` says
//! what the columns mean.

pub(crate) mod answer;
mod importer;
mod plan;
mod problem;
mod report;
mod row;
mod sessions;
mod table;
mod treaty;
mod vocabulary;

use std::io::{ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

pub(crate) use importer::Attestation;
pub(crate) use report::Report;
pub(crate) use table::File;

const USAGE: &str = "\
Computes the outcome of each treaty before the Diet of Japan.

Usage: diet_treaties <CSV> --sessions <CSV> [OPTIONS]

Arguments:
  <CSV>                the treaties, one row for each treaty and session

Options:
      --sessions <CSV>     the sessions of the Diet, one row each
      --format <FORMAT>    table or json [default: table]
      --ledger <PATH>      write the ledger to a new file: JSON Lines if the name ends in .jsonl, otherwise SQLite
      --withhold           do not attest that the list is complete
      -h, --help               print this help
";

/// The request that the arguments make.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    Help,
    Report { treaties: String, sessions: String, json: bool, ledger: Option<String>, attestation: Attestation },
}

impl Request {
    fn of(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let (mut treaties, mut sessions, mut format, mut ledger) = (None, None, None, None);
        let mut attestation = Attestation::Complete;
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (argument, None),
            };
            let mut given =
                || value.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
            let (place, given) = match name.as_str() {
                "-h" | "--help" => return Ok(Self::Help),
                "--withhold" if value.is_none() => {
                    attestation = Attestation::Withheld;
                    continue;
                }
                "--sessions" => (&mut sessions, given()?),
                "--format" => (&mut format, given()?),
                "--ledger" => (&mut ledger, given()?),
                "--withhold" => return Err("--withhold takes no value".to_owned()),
                option if option.starts_with('-') => return Err(format!("there is no option {option}")),
                _ => (&mut treaties, name.clone()),
            };
            if place.replace(given).is_some() {
                return Err(format!("{name} is one argument too many"));
            }
        }
        let json = match format.as_deref() {
            None | Some("table") => false,
            Some("json") => true,
            Some(other) => return Err(format!("--format must be table or json, not {other}")),
        };
        let treaties = treaties.ok_or("the CSV file with the treaties is missing")?;
        let sessions = sessions.ok_or("--sessions, the CSV file with the sessions, is missing")?;
        Ok(Self::Report { treaties, sessions, json, ledger, attestation })
    }
}

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    ExitCode::from(respond(arguments, &mut stdout(), &mut stderr()))
}

/// Runs the program with these arguments, and returns the exit status.
pub(crate) fn respond(arguments: impl IntoIterator<Item = String>, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let request = Request::of(arguments).map_err(|error| format!("{error}\n\n{USAGE}"));
    match request.and_then(|request| run(&request, out, err)) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(error) => {
            // If standard error cannot be written either, the message is lost.
            let _ = writeln!(err, "error: {}", error.trim_end());
            2
        }
    }
}

/// Prints the report. Returns whether every treaty agrees with the list.
fn run(request: &Request, out: &mut impl Write, err: &mut impl Write) -> Result<bool, String> {
    let Request::Report { treaties, sessions, json, ledger, attestation } = request else {
        return print(out, USAGE).map(|()| true);
    };
    let report = Report::of(&File::open(treaties)?, &File::open(sessions)?, *attestation)?;
    if let Some(place) = ledger {
        report.save(place)?;
    }
    for problem in &report.problems {
        print(err, &format!("{problem}\n"))?;
    }
    print(err, &report.counts())?;
    print(out, &if *json { report.json()? + "\n" } else { report.table() })?;
    Ok(report.disagreements() == 0)
}

/// Writes text. It is no error if the reader has closed the pipe.
fn print(to: &mut impl Write, text: &str) -> Result<(), String> {
    match to.write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the answers cannot be written: {error}")),
        _ => Ok(()),
    }
}
