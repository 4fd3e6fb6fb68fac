//! `cargo xtask`: what a developer of Servanda runs.

mod cluster;
mod fuzz;
mod generate;
mod kotlin;
mod packages;
mod parts;
mod python;
mod swift;
mod tools;

use std::process::{Command, ExitCode};

use crate::swift::Build;
use crate::tools::{pass_through, root};

const USAGE: &str = "\
What a developer of Servanda runs.

Usage: cargo xtask <COMMAND>

Commands:
  test [--setup]      run every test; with --setup, install what a test needs and is missing
  python [--setup]    of these, what is about the Python package
  check               formatting, clippy, documentation, packages
  ci                  everything the CI does: check, then test --setup
  fuzz [--setup] [SECONDS]
                      try each law of tests/fuzz on inputs that libFuzzer makes up, for so many seconds; 60 if none are given
  postgres PROGRAM [ARGUMENT...]
                      run a program with a PostgreSQL server that is thrown away afterwards, its address in SERVANDA_TEST_POSTGRES
  kotlin [GOAL...]    run Maven in the package for Kotlin, such as `kotlin test` or `kotlin install`, with the library built anew
  kotlin alliance FILE
                      tell the story of the alliance in Kotlin, and write its ledger
  kotlin bench        measure what a call costs in Kotlin and in Rust
  mobile-size         build the library as an app carries it about, and say how large it is and what takes the most room
  swift [--release] [ARGUMENT...]
                      run Swift in the package for it, such as `swift test --filter Day`, with the library built anew
  swift --setup       get a Swift, if this machine has none
  swift alliance [FILE]
                      tell the story of examples/swift/alliance, with the ledger in this file
  swift generate      bring only that library, and the Swift code that calls it, up to date
  swift bench         measure what a call costs in Swift and in Rust
  generate [--check]  write the files made from others; with --check, only say whether they are up to date

With the environment variable CI set, a test left out is an error.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["test"] => parts::run(&parts::tests(), false),
        ["test", "--setup"] => parts::run(&parts::tests(), true),
        ["python"] => parts::run(&parts::of_python(), false),
        ["python", "--setup"] => parts::run(&parts::of_python(), true),
        ["check"] => parts::run(&parts::checks(), false),
        ["ci"] => {
            let mut all = parts::checks();
            all.extend(parts::tests());
            parts::run(&all, true)
        }
        ["fuzz", options @ ..] => match fuzzing(options) {
            Some((seconds, setup)) => report(fuzz::run(seconds, setup)),
            None => return misused(),
        },
        ["postgres", program, arguments @ ..] => {
            let mut command = std::process::Command::new(program);
            report(cluster::with_server(command.args(arguments)).map(|()| "the server is stopped".to_owned()))
        }
        ["kotlin"] => done(kotlin::in_package(&["test"])),
        ["kotlin", "alliance", file] => done(kotlin::alliance(file)),
        ["kotlin", "bench"] => done(kotlin::bench()),
        ["kotlin", goals @ ..] => done(kotlin::in_package(goals)),
        ["mobile-size"] => done(pass_through(Command::new("sh").arg("bindings/mobile/size.sh").current_dir(root()))),
        ["swift"] => done(swift::in_package(Build::Debug, &["test"])),
        ["swift", "bench"] => done(swift::bench()),
        ["swift", "--setup"] => swift::Swift::install(),
        ["swift", "alliance"] => done(swift::alliance("examples/alliance.jsonl")),
        ["swift", "alliance", file] => done(swift::alliance(file)),
        ["swift", "generate"] => done(swift::in_package(Build::Debug, &[])),
        ["swift", "--release", arguments @ ..] => done(swift::in_package(Build::Release, arguments)),
        ["swift", arguments @ ..] => done(swift::in_package(Build::Debug, arguments)),
        ["generate"] => report(generate::write()),
        ["generate", "--check"] => report(generate::check()),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            true
        }
        _ => return misused(),
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn misused() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::from(2)
}

/// For how many seconds, and whether to install what is missing.
fn fuzzing(options: &[&str]) -> Option<(u32, bool)> {
    let (setup, seconds) = match options {
        ["--setup", rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    match seconds {
        [] => Some((60, setup)),
        [seconds] => seconds.parse().ok().map(|seconds| (seconds, setup)),
        _ => None,
    }
}

/// Says why something was not done; true if it was.
fn done(outcome: Result<(), String>) -> bool {
    outcome.inspect_err(|why| eprintln!("error: {why}")).is_ok()
}

/// Prints what was done, or why it was not; true if it was.
fn report(outcome: Result<String, String>) -> bool {
    match outcome {
        Ok(text) => {
            println!("{text}");
            true
        }
        Err(text) => {
            eprintln!("error: {text}");
            false
        }
    }
}
