//! Tools beside cargo that a part may need: finding them, and installing them when asked to.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cluster;
use crate::kotlin;
use crate::python;
use crate::swift::Swift;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.ancestors().nth(2).unwrap_or(xtask).to_path_buf()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The cargo that runs this program, to be run at the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root());
    command
}

/// Python 3 to be run at the root, without leaving caches behind; none if the machine has none.
pub(crate) fn python() -> Option<Command> {
    let name = ["python3", "python"].into_iter().find(|name| {
        let recent = "import sys; sys.exit(sys.version_info < (3, 10))";
        succeeds(name, &["-c", recent])
    })?;
    let mut command = Command::new(name);
    command.arg("-B").current_dir(root());
    Some(command)
}

/// Where the records are, if they are on this machine.
pub(crate) fn records() -> PathBuf {
    std::env::var_os("SERVANDA_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from)
}

/// A tool that a part needs and cargo does not bring along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Python 3.10 or later, for the checker of the format.
    Python,
    /// A virtual environment with what the Python package is built and tested with.
    PythonEnvironment,
    /// rustfmt, for formatting and for generated files.
    Rustfmt,
    /// clippy.
    Clippy,
    /// The records that some tests compare with.
    Records,
    /// A PostgreSQL server, or its programs.
    Postgres,
    /// A nightly Rust, which cargo-fuzz needs.
    Nightly,
    /// cargo-fuzz.
    CargoFuzz,
    /// Java and Maven, which brings the Kotlin compiler.
    Kotlin,
    /// A Swift compiler.
    Swift,
}

impl Tool {
    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Python => "Python 3.10 or later",
            Self::PythonEnvironment => "Python 3.11 or later, and what bindings/python/requirements.txt names",
            Self::Rustfmt => "rustfmt",
            Self::Clippy => "clippy",
            Self::Records => "a folder with the records",
            Self::Postgres => "PostgreSQL",
            Self::Nightly => "a nightly Rust",
            Self::CargoFuzz => "cargo-fuzz",
            Self::Kotlin => "Java 17 or later and Maven",
            Self::Swift => "Swift 6 or later",
        }
    }

    /// How to get it by hand.
    pub(crate) fn how_to_get(self) -> &'static str {
        match self {
            Self::Python => "`apt-get install python3`, `brew install python`, or https://www.python.org/downloads/",
            Self::PythonEnvironment => {
                "Python as above (on Debian also `apt-get install python3-venv`), and then `cargo xtask test --setup`, which puts the rest into target/python"
            }
            Self::Rustfmt => "`rustup component add rustfmt`",
            Self::Clippy => "`rustup component add clippy`",
            Self::Records => "set SERVANDA_DATA to its path; it is not part of this repository",
            Self::Postgres => "`apt-get install postgresql`, or set SERVANDA_TEST_POSTGRES to the URL of a server",
            Self::Nightly => "`rustup toolchain install nightly --profile minimal`",
            Self::CargoFuzz => "`cargo install --locked cargo-fuzz`, which needs a C++ compiler to be of use",
            Self::Kotlin => "`apt-get install maven openjdk-17-jdk-headless`, or https://maven.apache.org/install.html",
            Self::Swift => "https://www.swift.org/install; on Linux, root gets one in a Debian of its own by `--setup`",
        }
    }

    /// Whether it runs on this machine.
    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Python => python().is_some(),
            Self::PythonEnvironment => python::is_ready(),
            Self::Rustfmt => succeeds("rustfmt", &["--version"]),
            Self::Clippy => succeeds("cargo-clippy", &["--version"]),
            Self::Records => records().is_dir(),
            Self::Postgres => cluster::is_there(),
            Self::Nightly => succeeds("rustup", &["run", "nightly", "rustc", "--version"]),
            Self::CargoFuzz => succeeds("cargo-fuzz", &["--version"]),
            Self::Kotlin => kotlin::is_there(),
            Self::Swift => Swift::find().is_some(),
        }
    }

    /// Installs it, saying what is run; true if it is there afterwards.
    pub(crate) fn install(self) -> bool {
        match self {
            Self::Python => install_by_apt(&["python3"]),
            Self::PythonEnvironment => set_up_python(),
            Self::Rustfmt => run_aloud(&["rustup", "component", "add", "rustfmt"]),
            Self::Clippy => run_aloud(&["rustup", "component", "add", "clippy"]),
            Self::Records => false,
            Self::Postgres => install_by_apt(&["postgresql"]),
            Self::Nightly => run_aloud(&["rustup", "toolchain", "install", "nightly", "--profile", "minimal"]),
            Self::CargoFuzz => run_aloud(&["cargo", "install", "--locked", "cargo-fuzz"]),
            Self::Kotlin => install_by_apt(&["maven", "openjdk-17-jdk-headless"]),
            Self::Swift => Swift::install(),
        };
        self.is_there()
    }
}

/// Makes the environment; if it does not come about, perhaps for want of what Debian keeps apart, once more with that.
fn set_up_python() -> bool {
    if python().is_none() && !install_by_apt(&["python3"]) {
        return false;
    }
    let set_up = || python::set_up().map_err(|error| println!("it could not be set up: {error}")).is_ok();
    set_up()
        || (!succeeds("python3", &["-m", "ensurepip", "--version"]) && install_by_apt(&["python3-venv"]) && set_up())
}

/// Installs packages of Debian or of a relative, where that is possible without asking anything.
pub(crate) fn install_by_apt(packages: &[&str]) -> bool {
    if !succeeds("apt-get", &["--version"]) {
        return false;
    }
    let Some(before) = as_root() else { return false };
    let apt = |rest: &[&str]| run_aloud(&[before, &["apt-get"], rest].concat());
    apt(&["update"]) && apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

/// What to put before a command for it to be run by root without asking for a password, if that is possible.
pub(crate) fn as_root() -> Option<&'static [&'static str]> {
    if is_root() { Some(&[]) } else { succeeds("sudo", &["-n", "true"]).then_some(&["sudo", "-n"]) }
}

pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Runs a command whose output passes through.
pub(crate) fn pass_through(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(format!("{program} could not be run: {error}")),
    }
}

/// Runs a command whose output nobody needs; true if it ended well.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Says what is installed and how, and runs it.
fn run_aloud(words: &[&str]) -> bool {
    println!("installing: {}", words.join(" "));
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .env("DEBIAN_FRONTEND", "noninteractive")
        .status()
        .is_ok_and(|status| status.success())
}
