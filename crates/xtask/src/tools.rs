//! Tools other than cargo that a part may need: how to find them, and how to install them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::guide;
use crate::kotlin;
use crate::postgres;
use crate::python;
use crate::site;
use crate::swift::Swift;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.ancestors().nth(2).unwrap_or(xtask).to_path_buf()
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The cargo that runs this program, started in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root());
    command
}

/// `cargo SUBCOMMAND` for the packages that the tests build: all but xtask and the Python package.
///
/// Cargo decides which features a dependency has by looking at all selected packages and targets.
/// Commands that select these packages and at least one test, bench or example therefore share what
/// they build. A command that selects one package would build most dependencies again.
pub(crate) fn cargo_for_tested(subcommand: &str) -> Command {
    let mut command = cargo();
    command.args([subcommand, "--workspace", "--exclude", "xtask", "--exclude", "servanda-python"]);
    if Tool::Postgres.is_available() {
        command.args(["--features", "servanda-cli/postgres"]);
    }
    command
}

/// A program in the folder for debug builds, started in the root of the workspace.
pub(crate) fn built_program(name: &str) -> Command {
    let mut program = Command::new(target().join(format!("debug/{name}{}", std::env::consts::EXE_SUFFIX)));
    program.current_dir(root());
    program
}

/// Python 3.10 or later, started in the root of the workspace and without writing `.pyc` files.
///
/// `None` if this machine has no such Python.
pub(crate) fn python() -> Option<Command> {
    let name = ["python3", "python"].into_iter().find(|name| {
        let recent = "import sys; sys.exit(sys.version_info < (3, 10))";
        succeeds(name, &["-c", recent])
    })?;
    let mut command = Command::new(name);
    command.arg("-B").current_dir(root());
    Some(command)
}

/// The folder for things that all clones of the project share. `None` if the user has no home
/// folder.
pub(crate) fn cache() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let caches = folder("XDG_CACHE_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    Some(caches.join("servanda"))
}

/// The folder with the records that some tests compare with. It may not exist.
pub(crate) fn records() -> PathBuf {
    std::env::var_os("SERVANDA_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from)
}

/// A tool that a part needs and that cargo does not provide.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Python 3.10 or later, for the independent checker of the file format.
    Python,
    /// A virtual environment with the tools that build and test the Python package.
    PythonEnvironment,
    /// rustfmt, for formatting and for generated files.
    Rustfmt,
    /// clippy.
    Clippy,
    /// The records that some tests compare with.
    Records,
    /// A PostgreSQL server, or the programs to start one.
    Postgres,
    /// A nightly Rust, which cargo-fuzz needs.
    Nightly,
    /// cargo-fuzz.
    CargoFuzz,
    /// Java and Maven. Maven downloads the Kotlin compiler.
    Kotlin,
    /// A Swift compiler.
    Swift,
    /// Chromium, and Node.js with the packages that drive it.
    Browser,
    /// mdBook, which builds the guide.
    MdBook,
}

impl Tool {
    /// The name shown to the user.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Python => "Python 3.10 or later",
            Self::PythonEnvironment => "Python 3.11 or later and the packages in bindings/python/requirements.txt",
            Self::Rustfmt => "rustfmt",
            Self::Clippy => "clippy",
            Self::Records => "a folder with the records",
            Self::Postgres => "PostgreSQL",
            Self::Nightly => "a nightly Rust",
            Self::CargoFuzz => "cargo-fuzz",
            Self::Kotlin => "Java 17 or later and Maven",
            Self::Swift => "Swift 6 or later",
            Self::Browser => "Chromium, Node.js 18.19 or later, and the packages in tests/site/package-lock.json",
            Self::MdBook => guide::MDBOOK,
        }
    }

    /// How a user can install the tool.
    pub(crate) fn install_hint(self) -> &'static str {
        match self {
            Self::Python => "`apt-get install python3`, `brew install python`, or https://www.python.org/downloads/",
            Self::PythonEnvironment => {
                "Python as above (on Debian also `apt-get install python3-venv`), then `cargo xtask test --setup`, \
                 which installs the packages into target/python"
            }
            Self::Rustfmt => "`rustup component add rustfmt`",
            Self::Clippy => "`rustup component add clippy`",
            Self::Records => "set SERVANDA_DATA to their folder; they are not part of this repository",
            Self::Postgres => "`apt-get install postgresql`, or set SERVANDA_TEST_POSTGRES to the URL of a server",
            Self::Nightly => "`rustup toolchain install nightly --profile minimal`",
            Self::CargoFuzz => "`cargo install --locked cargo-fuzz`; it also needs a C++ compiler",
            Self::Kotlin => "`apt-get install maven openjdk-17-jdk-headless`, or https://maven.apache.org/install.html",
            Self::Swift => "https://www.swift.org/install; on Linux, root gets one with `cargo xtask swift --setup`",
            Self::Browser => {
                "`apt-get install chromium nodejs npm`, or set SERVANDA_TEST_BROWSER to the path of a browser; then \
                 `cargo xtask site --setup`, which installs the packages into tests/site"
            }
            Self::MdBook => "`cargo xtask check --setup`, which compiles it and keeps it in your cache folder",
        }
    }

    /// Whether the tool runs on this machine.
    pub(crate) fn is_available(self) -> bool {
        match self {
            Self::Python => python().is_some(),
            Self::PythonEnvironment => python::is_ready(),
            Self::Rustfmt => succeeds("rustfmt", &["--version"]),
            Self::Clippy => succeeds("cargo-clippy", &["--version"]),
            Self::Records => records().is_dir(),
            Self::Postgres => postgres::is_available(),
            Self::Nightly => succeeds("rustup", &["run", "nightly", "rustc", "--version"]),
            Self::CargoFuzz => succeeds("cargo-fuzz", &["--version"]),
            Self::Kotlin => kotlin::is_available(),
            Self::Swift => Swift::find().is_some(),
            Self::Browser => site::is_ready(),
            Self::MdBook => guide::is_available(),
        }
    }

    /// Installs the tool and prints the commands it runs. Returns true if the tool then runs.
    pub(crate) fn install(self) -> bool {
        match self {
            Self::Python => apt_install(&["python3"]),
            Self::PythonEnvironment => install_python_environment(),
            Self::Rustfmt => install_by(&["rustup", "component", "add", "rustfmt"]),
            Self::Clippy => install_by(&["rustup", "component", "add", "clippy"]),
            Self::Records => false,
            Self::Postgres => apt_install(&["postgresql"]),
            Self::Nightly => install_by(&["rustup", "toolchain", "install", "nightly", "--profile", "minimal"]),
            Self::CargoFuzz => install_by(&["cargo", "install", "--locked", "cargo-fuzz"]),
            Self::Kotlin => apt_install(&["maven", "openjdk-17-jdk-headless"]),
            Self::Swift => Swift::install(),
            Self::Browser => install_browser(),
            Self::MdBook => guide::install(),
        };
        self.is_available()
    }
}

/// Makes the Python environment. Debian packages the module `ensurepip` separately, so if the first
/// attempt fails and it is missing, installs it and tries again.
fn install_python_environment() -> bool {
    if python().is_none() && !apt_install(&["python3"]) {
        return false;
    }
    let set_up = || python::set_up().map_err(|error| println!("the environment could not be made: {error}")).is_ok();
    let no_pip = || !succeeds("python3", &["-m", "ensurepip", "--version"]);
    set_up() || (no_pip() && apt_install(&["python3-venv"]) && set_up())
}

/// Installs what is missing of Chromium, Node.js and npm, and then the packages that drive Chromium.
fn install_browser() -> bool {
    let wanted = [("chromium", site::browser().is_some()), ("nodejs", site::has_node()), ("npm", site::has_npm())];
    let missing: Vec<&str> = wanted.iter().filter(|(_, exists)| !exists).map(|(package, _)| *package).collect();
    let installed = missing.is_empty() || apt_install(&missing);
    installed && site::install_packages().map_err(|error| println!("npm failed: {error}")).is_ok()
}

/// Installs Debian packages. Returns false if there is no apt-get or the user cannot become root
/// without a password.
fn apt_install(packages: &[&str]) -> bool {
    if !succeeds("apt-get", &["--version"]) {
        return false;
    }
    let Some(as_root) = as_root() else { return false };
    let apt = |rest: &[&str]| install_by(&[as_root, &["apt-get"], rest].concat());
    apt(&["update"]) && apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

/// The words to put before a command so that root runs it: none for root, `sudo -n` for a user who
/// needs no password. `None` if neither applies.
fn as_root() -> Option<&'static [&'static str]> {
    if is_root() { Some(&[]) } else { succeeds("sudo", &["-n", "true"]).then_some(&["sudo", "-n"]) }
}

/// Whether root runs this program.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Runs a command without input and shows its output.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(format!("{program} could not be run: {error}")),
    }
}

/// Runs a command and discards its output. Returns true if it succeeds.
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

/// Prints a command that installs something, and runs it.
fn install_by(words: &[&str]) -> bool {
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
