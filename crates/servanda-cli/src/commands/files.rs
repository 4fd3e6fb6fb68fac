//! Reads and checks the files that arguments name.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use servanda::procedure::Diagnostic;

use crate::exit::Failure;
use crate::output::Output;

/// Reads a text file. `expected` says what the file should be, such as
/// `a procedure is a TOML file`.
pub(super) fn read(file: &Path, expected: &str) -> Result<String, Failure> {
    let name = file.display();
    fs::read_to_string(file).map_err(|error| {
        let (code, text) = match error.kind() {
            ErrorKind::NotFound => ("no-file", format!("there is no file {name}")),
            ErrorKind::IsADirectory => ("not-a-file", format!("{name} is a folder; {expected}")),
            ErrorKind::InvalidData => ("not-utf-8", format!("{name} is not UTF-8, as TOML and JSON must be")),
            _ => ("io", format!("could not read {name}: {error}")),
        };
        Failure::refused(code, text)
    })
}

/// Reads a text file, or standard input if the path is `-`.
pub(super) fn read_or_stdin(file: &Path, expected: &str) -> Result<String, Failure> {
    if file != Path::new("-") {
        return read(file, expected);
    }
    io::read_to_string(io::stdin()).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => {
            Failure::refused("not-utf-8", "standard input is not UTF-8, as TOML and JSON must be")
        }
        _ => Failure::refused("io", format!("could not read standard input: {error}")),
    })
}

/// Writes each diagnostic on a line.
pub(super) fn write_diagnostics(diagnostics: &[Diagnostic], out: &mut Output<'_>) -> io::Result<()> {
    diagnostics.iter().try_for_each(|diagnostic| out.line(&diagnostic.to_string()))
}

/// Returns the failure for `--check` with `--format toml`.
pub(super) fn check_as_toml() -> Failure {
    Failure::Usage("--check reports errors, so it cannot be used with --format toml".to_owned())
}
