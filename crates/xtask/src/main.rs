//! `cargo xtask`: the commands for developers of Servanda.

mod arrows;
mod fuzz;
mod generate;
mod guide;
mod kotlin;
mod packages;
mod parts;
mod pictures;
mod postgres;
mod python;
mod site;
mod swift;
mod tools;

use std::process::{Command, ExitCode};

use crate::swift::Build;
use crate::tools::root;

const USAGE: &str = "\
The commands for developers of Servanda.

Usage: cargo xtask <COMMAND>

Commands:
  test [--setup]      run all tests; --setup installs the tools that are missing
  python [--setup]    run only the tests of the Python package
  site [--setup]      run only the tests of the static site in a real browser
  example             publish the example tracker into target/example
  pictures [--check]  draw the pictures of the README; --check only tells whether they are up to date
  wheel               build the Python wheel as it is released, and check its size
  check [--setup]     check formatting, clippy, module imports, documentation, guide and packages
  arrows              of these, check only the module imports in servanda-core
  ci                  run everything that CI runs: check --setup and test --setup
  fuzz [--setup] [SECONDS]
                      run each property in tests/fuzz on inputs from libFuzzer (default: 60 seconds each)
  postgres PROGRAM [ARGUMENT...]
                      run a program with a temporary PostgreSQL server, its URL in SERVANDA_TEST_POSTGRES
  kotlin [GOAL...]    build the library and run Maven in the Kotlin package (default: test)
  kotlin example      run the example in examples/kotlin
  kotlin bench        measure calls in Kotlin and in Rust
  mobile-size         build the library for mobile apps, and show its size and its largest parts
  swift [--release] [ARGUMENT...]
                      build the library and run SwiftPM for the Swift package (default: test)
  swift --setup       install a Swift compiler if this machine has none
  swift example       run the example in examples/swift
  swift generate      only build the library and the Swift code that calls it
  swift bench         measure calls in Swift and in Rust
  generate [--check]  write the generated files; --check only tells whether they are up to date

If the environment variable CI is set, a skipped part is an error.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let succeeded = match arguments.as_slice() {
        ["test"] => parts::run(&parts::tests(), false),
        ["test", "--setup"] => parts::run(&parts::tests(), true),
        ["python"] => parts::run(&parts::python_tests(), false),
        ["python", "--setup"] => parts::run(&parts::python_tests(), true),
        ["site"] => parts::run(&[parts::site_tests()], false),
        ["site", "--setup"] => parts::run(&[parts::site_tests()], true),
        ["example"] => report_error(pictures::publish()),
        ["pictures"] => report(pictures::write()),
        ["pictures", "--check"] => report_error(pictures::check()),
        ["arrows"] => report_error(arrows::check()),
        ["wheel"] => report_error(python::release()),
        ["check"] => parts::run(&parts::checks(), false),
        ["check", "--setup"] => parts::run(&parts::checks(), true),
        ["ci"] => {
            let mut all = parts::checks();
            all.extend(parts::tests());
            parts::run(&all, true)
        }
        ["fuzz", options @ ..] => match fuzz_options(options) {
            Some((seconds, setup)) => report(fuzz::fuzz(seconds, setup)),
            None => return usage_error(),
        },
        ["postgres", program, arguments @ ..] => {
            report_error(postgres::with_server(Command::new(program).args(arguments)))
        }
        ["kotlin"] => report_error(kotlin::maven_goals(&["test"])),
        ["kotlin", "example"] => report_error(kotlin::example()),
        ["kotlin", "bench"] => report_error(kotlin::bench()),
        ["kotlin", goals @ ..] => report_error(kotlin::maven_goals(goals)),
        ["mobile-size"] => {
            report_error(tools::run(Command::new("sh").arg("bindings/mobile/size.sh").current_dir(root())))
        }
        ["swift"] => report_error(swift::swiftpm(Build::Debug, &["test"])),
        ["swift", "bench"] => report_error(swift::bench()),
        ["swift", "--setup"] => swift::Swift::install(),
        ["swift", "example"] => report_error(swift::example()),
        ["swift", "generate"] => report_error(swift::swiftpm(Build::Debug, &[])),
        ["swift", "--release", arguments @ ..] => report_error(swift::swiftpm(Build::Release, arguments)),
        ["swift", arguments @ ..] => report_error(swift::swiftpm(Build::Debug, arguments)),
        ["generate"] => report(generate::write()),
        ["generate", "--check"] => report(generate::check()),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            true
        }
        _ => return usage_error(),
    };
    if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage_error() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::from(2)
}

/// The number of seconds for each property, and whether to install missing tools.
fn fuzz_options(options: &[&str]) -> Option<(u32, bool)> {
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

/// Prints the error, if there is one. Returns true if there is none.
fn report_error(outcome: Result<(), String>) -> bool {
    outcome.inspect_err(|why| eprintln!("error: {why}")).is_ok()
}

/// Prints the result or the error. Returns true if it is a result.
fn report(outcome: Result<String, String>) -> bool {
    report_error(outcome.map(|text| println!("{text}")))
}
