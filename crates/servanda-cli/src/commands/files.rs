//! Files that are given to a command.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::exit::Failure;

/// The text of a file. `rule` says what such a file is, such as `a procedure is a TOML file`.
pub(super) fn text(file: &Path, rule: &str) -> Result<String, Failure> {
    let name = file.display();
    fs::read_to_string(file).map_err(|error| {
        let (code, text) = match error.kind() {
            ErrorKind::NotFound => ("no-file", format!("there is no file {name}")),
            ErrorKind::IsADirectory => ("not-a-file", format!("{name} is a folder; {rule}")),
            ErrorKind::InvalidData => ("not-utf-8", format!("{name} is not UTF-8, as TOML and JSON are")),
            _ => ("io", format!("could not read {name}: {error}")),
        };
        Failure::refused(code, text)
    })
}
