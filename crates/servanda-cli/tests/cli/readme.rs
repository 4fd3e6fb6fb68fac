//! What the README shows is what the command prints.

use std::path::Path;

use servanda_cli::{Environment, run};

/// Runs the command in the root of the project and asserts that the README shows its answer.
fn check(args: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let ledger = root.join("examples/alliance.jsonl");
    let shown = format!("servanda {}", args.join(" "));
    let deposits = root.join("examples/cptpp-deposits.csv");
    let args = args.iter().map(|arg| match *arg {
        "examples/alliance.jsonl" => ledger.to_str().unwrap(),
        "examples/cptpp-deposits.csv" => deposits.to_str().unwrap(),
        arg => arg,
    });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    run(["servanda"].into_iter().chain(args), &mut out, &mut err, &Environment::plain(100));
    let out = String::from_utf8(out).unwrap();
    assert!(readme.contains(out.trim_end()), "the README does not show what `{shown}` prints:\n{out}");
}

#[test]
fn the_readme_shows_where_the_commitments_stood() {
    check(&["status", "examples/alliance.jsonl", "--on", "2014-04-01"]);
}

#[test]
fn the_readme_shows_when_a_treaty_entered_into_force() {
    check(&["entry-into-force", "cptpp", "examples/cptpp-deposits.csv", "--on", "2018-11-15"]);
}

#[test]
fn the_readme_draws_a_procedure() {
    check(&["procedures", "position", "--format", "mermaid"]);
}
