//! Builds the guide in `docs/` with mdBook.
//!
//! mdBook is a program of its own, installed with `cargo install` into the user's cache folder. As
//! a library of xtask it would be compiled by everyone who runs any `cargo xtask` command.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::tools::{cache, cargo, root, run};

/// The version of mdBook that the guide is checked with.
const VERSION: &str = "0.5.4";

/// Its name for the user.
pub(crate) const MDBOOK: &str = "mdBook 0.5.4";

/// Builds the guide into `target/book`. Fails if mdBook prints a warning.
pub(crate) fn build() -> Result<(), String> {
    let mut mdbook = Command::new(program().ok_or("there is no mdBook")?);
    mdbook.args(["build", "docs"]).current_dir(root()).stdin(Stdio::null()).stdout(Stdio::inherit());
    let output = mdbook.output().map_err(|error| format!("mdbook could not be run: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    eprint!("{log}");
    if !output.status.success() {
        return Err(output.status.to_string());
    }
    if log.lines().any(is_warning) { Err("mdBook printed a warning".to_owned()) } else { Ok(()) }
}

/// Whether this machine has the version of mdBook that the guide is checked with.
pub(crate) fn is_available() -> bool {
    program().is_some()
}

/// Compiles mdBook and puts it into the user's cache folder. Returns true if that succeeds.
pub(crate) fn install() -> bool {
    let Some(folder) = folder() else { return false };
    let mut install = cargo();
    // Without the features for a local web server and for search, and without optimization, it
    // compiles in a third of the time.
    install.args(["install", "mdbook", "--locked", "--version", VERSION, "--no-default-features", "--debug"]);
    install.arg("--root").arg(folder).env("CARGO_PROFILE_DEV_DEBUG", "0");
    println!("installing: {install:?}");
    run(&mut install).is_ok()
}

/// The program on the path, or the installed one, if its version is the expected one.
fn program() -> Option<PathBuf> {
    let installed = folder().map(|folder| folder.join("bin/mdbook").with_extension(std::env::consts::EXE_EXTENSION));
    let is_expected = |program: &PathBuf| {
        let output = Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == format!("mdbook v{VERSION}"))
    };
    [Some(PathBuf::from("mdbook")), installed].into_iter().flatten().find(is_expected)
}

fn folder() -> Option<PathBuf> {
    cache().map(|cache| cache.join(format!("mdbook-{VERSION}")))
}

/// Whether a line of mdBook's log is a warning or an error: ` WARN …`, or `2026-11-29 … [WARN] …`.
fn is_warning(line: &str) -> bool {
    line.split_whitespace().take(4).any(|word| matches!(word.trim_matches(['[', ']']), "WARN" | "ERROR"))
}

#[cfg(test)]
mod tests {
    use super::is_warning;

    #[test]
    fn only_warnings_and_errors_count() {
        assert!(is_warning(" WARN unused key `output.html.search`"));
        assert!(is_warning("2026-11-29 01:02:03 [ERROR] (mdbook::utils): no such file"));
        assert!(!is_warning(" INFO Book building has started"));
        assert!(!is_warning(""));
    }
}
