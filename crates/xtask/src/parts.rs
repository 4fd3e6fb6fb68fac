//! The parts of a run: each is tried, and each gets one line in the summary.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::cluster;
use crate::generate;
use crate::kotlin;
use crate::packages;
use crate::python;
use crate::swift::{self, Build};
use crate::tools::{self, Tool, pass_through};

/// What is run as one part, and what it needs beside cargo.
pub(crate) struct Part {
    name: &'static str,
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
        Part {
            name: "Rust: tests and examples",
            needs: None,
            // A running program cannot be replaced everywhere, so the one that runs this is not built again.
            run: || cargo("test --workspace --exclude xtask --exclude servanda-python --all-targets"),
        },
        Part {
            name: "Rust: examples in the documentation",
            needs: None,
            run: || cargo("test --workspace --exclude xtask --exclude servanda-python --doc"),
        },
        Part { name: "Rust: xtask", needs: None, run: || cargo("test --package xtask --bins") },
        Part {
            name: "PostgreSQL: tests with a real server",
            needs: Some(Tool::Postgres),
            run: || {
                let tests = "test --package servanda --features postgres --lib --test stores --test postgres --test postgres_crash";
                cluster::with_server(tools::cargo().args(tests.split(' ')))
            },
        },
        Part {
            name: "README: its first command runs as it stands",
            needs: None,
            run: || cargo("run --quiet -- status examples/alliance.jsonl --on 2014-04-01"),
        },
        Part {
            name: "format: golden vectors, checked in Python",
            needs: Some(Tool::Python),
            run: || check_format(&["--vectors".into(), "tests/format".into()]),
        },
        Part {
            name: "format: committed ledgers, checked in Python",
            needs: Some(Tool::Python),
            run: || check_format(&committed_ledgers()?),
        },
        Part {
            name: "format: golden vectors are what their program writes",
            needs: Some(Tool::Python),
            run: || run_python(&["tests/format/make_vectors.py".into(), "--check".into()]),
        },
        Part {
            name: "records: the calendar of the Diet is the list of sessions",
            needs: Some(Tool::Records),
            run: || cargo("test --package servanda-core --test procedures_check the_calendar_of_the_diet"),
        },
        Part {
            name: "records: the CPTPP entered into force for each party as recorded",
            needs: Some(Tool::Records),
            run: || cargo("test --package servanda-core --test entry_into_force the_cptpp_parties_in_the_records"),
        },
        Part {
            name: "records: every treaty of the Diet's list ends as the list says",
            needs: Some(Tool::Records),
            run: diet_treaties,
        },
        Part { name: "Kotlin", needs: Some(Tool::Kotlin), run: || kotlin::in_package(&["test"]) },
        Part {
            name: "Kotlin: the alliance prints and writes what it does in Rust",
            needs: Some(Tool::Kotlin),
            run: kotlin::alliance_is_the_same,
        },
        Part { name: "Swift", needs: Some(Tool::Swift), run: || swift::in_package(Build::Debug, &["test"]) },
        Part {
            name: "Swift: the alliance prints and writes what it does in Rust",
            needs: Some(Tool::Swift),
            run: swift::alliance_is_the_same,
        },
        Part {
            name: "generated files are up to date",
            needs: Some(Tool::Rustfmt),
            run: || generate::check().map(|text| println!("{text}")),
        },
    ];
    parts.extend(of_python());
    parts
}

/// The tests of the Python package.
pub(crate) fn of_python() -> Vec<Part> {
    vec![
        Part {
            name: "Python: the package, installed from its wheel",
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

/// What is checked beside the tests.
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
        Part {
            name: "documentation",
            needs: None,
            run: || {
                let mut doc = tools::cargo();
                doc.args(["doc", "--workspace", "--no-deps"]);
                pass_through(doc.env("RUSTDOCFLAGS", "-D warnings"))
            },
        },
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
        && !tool.is_there()
        && !(setup && tool.install())
    {
        let (name, how) = (tool.name(), tool.how_to_get());
        let hint = if setup { "" } else { ", or `cargo xtask test --setup`" };
        return Outcome::Skipped(format!("needs {name}; to get it: {how}{hint}"));
    }
    match (part.run)() {
        Ok(()) => Outcome::Passed,
        Err(why) => Outcome::Failed(why),
    }
}

fn cargo(arguments: &str) -> Result<(), String> {
    pass_through(tools::cargo().args(arguments.split(' ')))
}

/// The whole list through the program, which fails if a treaty does not agree. The answers are left to the program's own tests.
fn diet_treaties() -> Result<(), String> {
    let records = tools::records().join("diet");
    let mut program = tools::cargo();
    program.args(["run", "--package", "servanda-examples", "--example", "diet_treaties", "--"]);
    program.arg(records.join("hr_treaties_142_183.csv")).arg("--sessions").arg(records.join("diet_sessions.csv"));
    pass_through(program.stdout(Stdio::null()))
}

fn check_format(arguments: &[PathBuf]) -> Result<(), String> {
    run_python(&[&["tests/format/check.py".into()], arguments].concat())
}

fn run_python(arguments: &[PathBuf]) -> Result<(), String> {
    let mut python = tools::python().ok_or("no Python 3 to run it")?;
    pass_through(python.args(arguments))
}

/// The ledgers in `examples/`, by name.
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
