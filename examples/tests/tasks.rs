//! The short examples print what their documentation says.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;

/// Runs a built example, and compares its output with the block in its documentation.
fn check(name: &str) {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{name}.rs"))).unwrap();
    let documentation: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let blocks = documentation.split(|line| line.trim().starts_with("```"));
    let expected: String =
        blocks.skip(1).take(1).flatten().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect();
    assert!(!expected.is_empty(), "{name} does not say what it prints");

    // Cargo builds the examples before the tests, into a folder next to that of the tests.
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(name);
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{} is missing: run `cargo build --examples`", program.display());
    let output = Command::new(program).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{name}");
}

#[test]
fn hello() {
    check("hello");
}

#[test]
fn record() {
    check("record");
}

#[test]
fn known_at() {
    check("known_at");
}

#[test]
fn merge() {
    check("merge");
}

#[test]
fn own_procedure() {
    check("own_procedure");
}

#[test]
fn observe() {
    check("observe");
}

#[test]
fn chart() {
    check("chart");
}
