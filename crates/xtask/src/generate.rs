//! Files that are generated from others and committed.
//!
//! A field of a fact is written once, as a field of a Rust struct in `servanda-core`. The JSON
//! Schema, the bindings and their documentation are generated from it.

mod bindings;
mod builders;
mod constructors;
mod ids;
mod kotlin;
mod mobile;
mod python;
mod schema;
mod swift;
mod types;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tools::root;
use types::Types;

/// A generated file: its path from the root, and its text.
type File = (&'static str, String);

/// Every generated file.
fn files() -> Result<Vec<File>, String> {
    let types = Types::read(&root().join("crates/servanda-core/src"))?;
    let mut files = vec![
        (ids::IDS, ids::text()?),
        (schema::SCHEMA, schema::text(&types)?),
        constructors::file(&types)?,
        builders::file(&types)?,
    ];
    files.extend(mobile::files(&types)?);
    files.extend(kotlin::files(&types)?);
    files.extend(swift::files(&types)?);
    files.extend(python::files(&types)?);
    Ok(files)
}

/// Writes the generated files that are out of date, and says which.
pub(crate) fn write() -> Result<String, String> {
    let stale = stale()?;
    for (path, text) in &stale {
        let wrong = |error: std::io::Error| format!("{path}: {error}");
        let file = root().join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(wrong)?;
        }
        fs::write(&file, text).map_err(wrong)?;
    }
    if stale.is_empty() {
        return Ok("every generated file is up to date".to_owned());
    }
    Ok(format!("written: {}", paths(&stale)))
}

/// Fails if a generated file is out of date.
pub(crate) fn check() -> Result<String, String> {
    let stale = stale()?;
    if stale.is_empty() {
        return Ok("every generated file is up to date".to_owned());
    }
    Err(format!("out of date: {}; run `cargo xtask generate`", paths(&stale)))
}

fn stale() -> Result<Vec<File>, String> {
    let is_stale = |(path, text): &File| fs::read_to_string(root().join(path)).map_or(true, |found| found != *text);
    Ok(files()?.into_iter().filter(is_stale).collect())
}

fn paths(files: &[File]) -> String {
    files.iter().map(|(path, _)| *path).collect::<Vec<_>>().join(", ")
}

/// The files of a folder with this extension, by name.
pub(crate) fn files_in(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Formats source text by rustfmt, with the project's settings.
fn rustfmt(text: &str) -> Result<String, String> {
    let wrong = |error: std::io::Error| format!("rustfmt: {error}");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(wrong)?;
    let mut stdin = child.stdin.take().ok_or("rustfmt takes no input")?;
    let input = text.to_owned();
    // From a thread of its own, so that neither side waits for the other when the text is long.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().map_err(wrong)?;
    match writer.join() {
        Ok(written) => written.map_err(wrong)?,
        Err(_) => return Err("rustfmt: the text could not be handed over".into()),
    }
    if !output.status.success() {
        return Err(format!("rustfmt: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}"))
}
