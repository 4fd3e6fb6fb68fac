//! The Python package: built as a wheel, installed where nothing of its source is, and tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{self, pass_through, root};

/// The package, from the root.
const PACKAGE: &str = "bindings/python";

/// Where all of this lies.
fn folder() -> PathBuf {
    root().join("target/python")
}

/// A program of the virtual environment, to be run in the folder of the package.
fn program(name: &str) -> Command {
    let (programs, suffix) = if cfg!(windows) { ("Scripts", ".exe") } else { ("bin", "") };
    let mut command = Command::new(folder().join("venv").join(programs).join(format!("{name}{suffix}")));
    // Nothing of the machine's own Python is to be found, and no caches are to be left behind.
    command.env_remove("PYTHONPATH").env_remove("PYTHONHOME").env("PYTHONDONTWRITEBYTECODE", "1");
    command.current_dir(root().join(PACKAGE));
    command
}

fn python() -> Command {
    program("python")
}

/// What the environment has to have.
fn wanted() -> Result<String, String> {
    let path = root().join(PACKAGE).join("requirements.txt");
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Where it is written down what the environment has.
fn written() -> PathBuf {
    folder().join("requirements.txt")
}

/// Whether there is an environment that has what is wanted.
pub(crate) fn is_ready() -> bool {
    let same = fs::read_to_string(written()).is_ok_and(|has| wanted().is_ok_and(|wanted| has == wanted));
    same && python().arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Makes the environment anew, and says what is run. All that needs the network is done here.
pub(crate) fn set_up() -> Result<(), String> {
    let (venv, wanted) = (folder().join("venv"), wanted()?);
    remove(&venv)?;
    remove(&written())?;
    fs::create_dir_all(folder()).map_err(|error| format!("{}: {error}", folder().display()))?;
    let mut make = tools::python().ok_or("no Python 3")?;
    aloud(make.args(["-m", "venv"]).arg(&venv))?;
    let mut install = python();
    aloud(install.args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement", "requirements.txt"]))?;
    // It may still have to fetch what it runs.
    aloud(program("pyright").arg("--version"))?;
    fs::write(written(), wanted).map_err(|error| format!("{}: {error}", written().display()))
}

/// Builds the wheel, installs it, and runs the tests of the package with it.
pub(crate) fn test() -> Result<(), String> {
    install()?;
    pass_through(python().args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]))
}

/// Whether the types hold, in the tests and examples as in the package that is installed.
pub(crate) fn check_types() -> Result<(), String> {
    let mut mypy = python();
    let cache = folder().join("mypy");
    pass_through(mypy.args(["-m", "mypy", "--strict", "--cache-dir"]).arg(cache).args(checked()))?;
    let mut pyright = program("pyright");
    pass_through(pyright.arg("--pythonpath").arg(python().get_program()).args(checked()))?;
    pass_through(python().args(["-m", "mypy.stubtest", "servanda", "--ignore-disjoint-bases"]))
}

/// What has its types checked, beside the package itself.
fn checked() -> [&'static str; 2] {
    ["tests", "../../examples/alliance.py"]
}

fn install() -> Result<(), String> {
    let wheels = folder().join("wheels");
    remove(&wheels)?;
    let mut build = program("maturin");
    build.args(["build", "--locked", "--compression-level", "9", "--out"]).arg(&wheels);
    pass_through(build.arg("--interpreter").arg(python().get_program()))?;
    let wheel = the_file_in(&wheels)?;
    let bytes = fs::metadata(&wheel).map_err(|error| format!("{}: {error}", wheel.display()))?.len();
    if bytes >= 4 << 20 {
        return Err(format!("the wheel has {bytes} bytes, and is to stay below 4 MiB"));
    }
    println!("a wheel of {bytes} bytes");
    let mut install = python();
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pass_through(install.args(["--no-index", "--no-deps", "--force-reinstall"]).arg(wheel))
}

fn the_file_in(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        files => Err(format!("{}: {} files where there should be one wheel", folder.display(), files.len())),
    }
}

fn remove(path: &Path) -> Result<(), String> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if path.exists() => Err(format!("{}: {error}", path.display())),
        _ => Ok(()),
    }
}

fn aloud(command: &mut Command) -> Result<(), String> {
    println!("installing: {command:?}");
    pass_through(command)
}
