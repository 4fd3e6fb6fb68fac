//! Files that are given to a command.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::exit::Failure;

/// The text of a file. `rule` says what such a file is, such as `a procedure is a TOML file`.
pub(super) fn text(file: &Path, rule: &str) -> Result<String, Failure> {
    let name = file.display();
    fs::read_to_string(file).map_err(|error| {
        Failure::Refused(match error.kind() {
            ErrorKind::NotFound => format!("there is no file {name}"),
            ErrorKind::IsADirectory => format!("{name} is a folder; {rule}"),
            ErrorKind::InvalidData => format!("{name} is not UTF-8, as TOML and JSON are"),
            _ => format!("could not read {name}: {error}"),
        })
    })
}
