//! The parts of `cargo xtask test` and `check`. All parts run, and each has one line in the
//! summary.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::arrows;
use crate::generate;
use crate::guide;
use crate::kotlin;
use crate::packages;
use crate::pictures;
use crate::postgres;
use crate::python;
use crate::site;
use crate::swift;
use crate::tools::{self, Tool, cargo_for_tested};

/// One part of a run.
pub(crate) struct Part {
    name: &'static str,
    /// The tool it needs besides cargo.
    needs: Option<Tool>,
    run: fn() -> Result<(), String>,
}

/// How a part ended.
enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// Every test of the project.
pub(crate) fn tests() -> Vec<Part> {
    let mut parts = vec![
        // First, so that --setup installs the server that the Rust tests use.
        Part { name: "PostgreSQL: a server for the Rust tests", needs: Some(Tool::Postgres), run: postgres::starts },
        Part { name: "Rust: tests, examples and documentation", needs: None, run: rust_tests },
        Part { name: "Rust: xtask", needs: None, run: || cargo("test --package xtask --bins") },
        Part {
            name: "records: tests that compare with official lists",
            needs: Some(Tool::Records),
            run: || {
                let tests = ["--test", "procedures_check", "--test", "entry_into_force", "--test", "diet_treaties"];
                tools::run(cargo_for_tested("test").args(tests))
            },
        },
        Part {
            name: "format: golden vectors, checked by the Python checker",
            needs: Some(Tool::Python),
            run: || check_format(&["--vectors".into(), "tests/format".into()]),
        },
        Part {
            name: "format: committed ledgers, checked by the Python checker",
            needs: Some(Tool::Python),
            run: || check_format(&committed_ledgers()?),
        },
        Part {
            name: "format: golden vectors are up to date",
            needs: Some(Tool::Python),
            run: || run_python(&["tests/format/make_vectors.py".into(), "--check".into()]),
        },
        site_tests(),
        Part { name: "README: pictures are up to date", needs: Some(Tool::Browser), run: pictures::check },
        Part { name: "Kotlin", needs: Some(Tool::Kotlin), run: || kotlin::maven_goals(&["test"]) },
        Part { name: "Swift", needs: Some(Tool::Swift), run: swift::test },
        Part {
            name: "generated files are up to date",
            needs: Some(Tool::Rustfmt),
            run: || generate::check().map(|text| println!("{text}")),
        },
    ];
    parts.extend(python_tests());
    parts
}

/// The tests of the Python package.
pub(crate) fn python_tests() -> Vec<Part> {
    vec![
        Part {
            name: "Python: the tests of the installed wheel",
            needs: Some(Tool::PythonEnvironment),
            run: python::test,
        },
        Part {
            name: "Python: mypy, pyright and stubtest",
            needs: Some(Tool::PythonEnvironment),
            run: python::check_types,
        },
    ]
}

/// The tests of the static site.
pub(crate) fn site_tests() -> Part {
    Part { name: "site: tests in a real browser", needs: Some(Tool::Browser), run: site::test }
}

/// Every check that is not a test.
pub(crate) fn checks() -> Vec<Part> {
    vec![
        Part { name: "formatting", needs: Some(Tool::Rustfmt), run: || cargo("fmt --all --check") },
        Part {
            name: "clippy",
            needs: Some(Tool::Clippy),
            run: || cargo("clippy --workspace --all-targets -- -D warnings"),
        },
        Part {
            name: "clippy, with PostgreSQL",
            needs: Some(Tool::Clippy),
            run: || cargo("clippy --package servanda --all-targets --features postgres -- -D warnings"),
        },
        Part { name: "module imports in servanda-core", needs: None, run: arrows::check },
        Part {
            name: "documentation",
            needs: None,
            run: || {
                let mut doc = tools::cargo();
                // With the examples, cargo chooses the same features as for clippy and shares its
                // files.
                doc.args(["doc", "--workspace", "--no-deps", "--lib", "--examples"]);
                tools::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
            },
        },
        Part { name: "guide", needs: Some(Tool::MdBook), run: guide::build },
        Part { name: "packages", needs: None, run: packages::check },
    ]
}

/// Runs all parts, even if some fail, and prints a summary. Returns true if no part failed.
pub(crate) fn run(parts: &[Part], setup: bool) -> bool {
    let in_ci = std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false");
    let start = Instant::now();
    let mut lines = Vec::new();
    let mut good = true;
    for part in parts {
        println!("\n== {}", part.name);
        let start = Instant::now();
        let outcome = outcome(part, setup);
        let (passed, line) = summary(part.name, &outcome, start.elapsed(), in_ci);
        good &= passed;
        lines.push(line);
    }
    println!("\n== summary");
    for line in lines {
        println!("{line}");
    }
    println!("{:<8}  {:>7.1} s", "total", start.elapsed().as_secs_f64());
    good
}

/// Whether the run may still succeed after this part, and the part's line in the summary.
fn summary(name: &str, outcome: &Outcome, time: Duration, in_ci: bool) -> (bool, String) {
    let (passed, word, why) = match outcome {
        Outcome::Passed => (true, "ok", String::new()),
        Outcome::Failed(why) => (false, "FAILED", format!(": {why}")),
        Outcome::Skipped(why) if in_ci => (false, "FAILED", format!(": CI does not allow skipping this part: {why}")),
        Outcome::Skipped(why) => (true, "skipped", format!(": {why}")),
    };
    (passed, format!("{word:<8}  {:>7.1} s  {name}{why}", time.as_secs_f64()))
}

fn outcome(part: &Part, setup: bool) -> Outcome {
    if let Some(tool) = part.needs
        && !tool.is_available()
        && !(setup && tool.install())
    {
        let (name, install_hint) = (tool.name(), tool.install_hint());
        let setup_hint = if setup { "" } else { ", or add --setup to this command" };
        return Outcome::Skipped(format!("needs {name}; to get it: {install_hint}{setup_hint}"));
    }
    match (part.run)() {
        Ok(()) => Outcome::Passed,
        Err(why) => Outcome::Failed(why),
    }
}

fn cargo(arguments: &str) -> Result<(), String> {
    tools::run(tools::cargo().args(arguments.split(' ')))
}

/// Runs the Rust tests. If this machine has PostgreSQL, the tests that need a server run too:
/// building `servanda` once with that feature takes less time than building it with and without.
fn rust_tests() -> Result<(), String> {
    // Some systems cannot replace a running program, so this does not build xtask again. Without
    // named targets, Cargo also builds the example programs, which tests run.
    let mut tests = cargo_for_tested("test");
    tests.arg("--no-fail-fast");
    if Tool::Postgres.is_available() { postgres::with_server(&mut tests) } else { tools::run(&mut tests) }
}

fn check_format(arguments: &[PathBuf]) -> Result<(), String> {
    run_python(&[&["tests/format/check.py".into()], arguments].concat())
}

fn run_python(arguments: &[PathBuf]) -> Result<(), String> {
    let mut python = tools::python().ok_or("no Python 3 to run it")?;
    tools::run(python.args(arguments))
}

/// The ledgers in `examples/`, sorted by name, relative to the root.
fn committed_ledgers() -> Result<Vec<PathBuf>, String> {
    let root = tools::root();
    let ledgers = generate::files_in(&root.join("examples"), "jsonl")?;
    if ledgers.is_empty() {
        return Err("there is no ledger in examples/".into());
    }
    let short = |path: PathBuf| path.strip_prefix(&root).map(PathBuf::from).unwrap_or(path);
    Ok(ledgers.into_iter().map(short).collect())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, summary};

    #[test]
    fn summary_shows_outcome_and_seconds() {
        let check = |outcome: Outcome, in_ci: bool, passed: bool, line: &str| {
            let actual = summary("clippy", &outcome, Duration::from_millis(118_040), in_ci);
            assert_eq!(actual, (passed, line.to_owned()));
        };
        check(Outcome::Passed, true, true, "ok          118.0 s  clippy");
        check(Outcome::Failed("exit status: 1".into()), true, false, "FAILED      118.0 s  clippy: exit status: 1");
        check(Outcome::Skipped("needs clippy".into()), false, true, "skipped     118.0 s  clippy: needs clippy");
    }

    #[test]
    fn skipped_part_fails_in_ci() {
        let (passed, line) = summary("clippy", &Outcome::Skipped("needs clippy".into()), Duration::ZERO, true);
        assert!(!passed);
        assert_eq!(line, "FAILED        0.0 s  clippy: CI does not allow skipping this part: needs clippy");
    }
}
