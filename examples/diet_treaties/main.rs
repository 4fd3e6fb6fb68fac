//! What became of the treaties before the Diet of Japan.
//!
//! The House of Representatives lists every treaty in every session, with the days of each step and a final word. This program takes the
//! list as a CSV file and the sessions as another, writes every treaty down step by step on a ledger, which accepts only what the
//! procedure `diet-treaty-approval` allows, and asks the ledger what became of each. It says whether that is what the list says.
//!
//! ```console
//! $ cargo run --release --example diet_treaties -- treaties.csv --sessions sessions.csv --format json
//! ```
//!
//! The answers go to the standard output. What is wrong with the files goes to the standard error, by line, and so do the counts. The
//! exit status is 0 if every treaty agrees with the list, 1 if one does not, 2 if there is nothing to answer from, or nothing to write to.
//!
//! A row that contradicts itself is left out as a whole, for nothing says which half of it is right. Of a treaty with such a row
//! nothing is computed, so it does not agree; all others go on. [`vocabulary`] is the file to begin with, [`plan`] the one that says
//! what the columns mean.

pub(crate) mod answer;
mod diagnostic;
mod importer;
mod plan;
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
What became of the treaties before the Diet of Japan.

Usage: diet_treaties <CSV> --sessions <CSV> [OPTIONS]

Arguments:
  <CSV>                the treaties, one row for each session that lists one

Options:
      --sessions <CSV>     the sessions of the Diet, one row each
      --format <FORMAT>    table or json [default: table]
      --ledger <PATH>      put the ledger there as well, for those who want to ask more: a file of JSON Lines if the
                           name ends in .jsonl, and else a SQLite file
      --withhold           do not attest that the list has every step, as is done of the official one
  -h, --help               print this
";

/// What the program is asked to do.
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
                return Err(format!("{name} is one too many"));
            }
        }
        let json = match format.as_deref() {
            None | Some("table") => false,
            Some("json") => true,
            Some(other) => return Err(format!("--format is table or json, and not {other}")),
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

/// Does what the arguments ask, and comes back with the exit status.
pub(crate) fn respond(arguments: impl IntoIterator<Item = String>, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let request = Request::of(arguments).map_err(|wrong| format!("{wrong}\n\n{USAGE}"));
    match request.and_then(|request| run(&request, out, err)) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(wrong) => {
            // If this cannot be written either, nothing is left to say it with.
            let _ = writeln!(err, "error: {}", wrong.trim_end());
            2
        }
    }
}

/// True if every treaty agrees with the list.
fn run(request: &Request, out: &mut impl Write, err: &mut impl Write) -> Result<bool, String> {
    let Request::Report { treaties, sessions, json, ledger, attestation } = request else {
        return print(out, USAGE).map(|()| true);
    };
    let report = Report::of(&File::open(treaties)?, &File::open(sessions)?, *attestation)?;
    if let Some(place) = ledger {
        report.keep(place)?;
    }
    for diagnostic in &report.diagnostics {
        print(err, &format!("{diagnostic}\n"))?;
    }
    print(err, &report.counts())?;
    print(out, &if *json { report.json()? + "\n" } else { report.table() })?;
    Ok(report.disagreements() == 0)
}

/// Writes text. Whoever reads it may stop reading.
fn print(to: &mut impl Write, text: &str) -> Result<(), String> {
    match to.write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the answers cannot be written: {error}")),
        _ => Ok(()),
    }
}
