//! The Python package: builds the wheel, installs it in an environment of its own, and tests it
//! there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{self, root, run};

/// The folder of the package, relative to the root.
const PACKAGE: &str = "bindings/python";

/// The limit for the released wheel.
const MAX_WHEEL_BYTES: u64 = 8 << 20;

/// The folder for the environment, the wheel and the caches.
fn folder() -> PathBuf {
    root().join("target/python")
}

/// A program of the virtual environment, started in the folder of the package.
fn program(name: &str) -> Command {
    let (programs, suffix) = if cfg!(windows) { ("Scripts", ".exe") } else { ("bin", "") };
    let mut command = Command::new(folder().join("venv").join(programs).join(format!("{name}{suffix}")));
    // Keep the machine's own Python packages out, and do not write `.pyc` files.
    command.env_remove("PYTHONPATH").env_remove("PYTHONHOME").env("PYTHONDONTWRITEBYTECODE", "1");
    command.current_dir(root().join(PACKAGE));
    command
}

fn python() -> Command {
    program("python")
}

/// The text of requirements.txt.
fn requirements() -> Result<String, String> {
    let path = root().join(PACKAGE).join("requirements.txt");
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// A copy of the requirements.txt that the environment was made from.
fn installed() -> PathBuf {
    folder().join("requirements.txt")
}

/// Whether the environment exists and was made from the current requirements.txt.
pub(crate) fn is_ready() -> bool {
    let same =
        fs::read_to_string(installed()).is_ok_and(|installed| requirements().is_ok_and(|text| installed == text));
    same && python().arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Makes the environment again and prints the commands it runs. Only this step needs the network.
pub(crate) fn set_up() -> Result<(), String> {
    let (venv, requirements) = (folder().join("venv"), requirements()?);
    remove(&venv)?;
    remove(&installed())?;
    fs::create_dir_all(folder()).map_err(|error| format!("{}: {error}", folder().display()))?;
    let mut make = tools::python().ok_or("no Python 3")?;
    print_and_run(make.args(["-m", "venv"]).arg(&venv))?;
    let mut install = python();
    print_and_run(install.args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--requirement",
        "requirements.txt",
    ]))?;
    // On its first run pyright may download parts of itself.
    print_and_run(program("pyright").arg("--version"))?;
    fs::write(installed(), requirements).map_err(|error| format!("{}: {error}", installed().display()))
}

/// Builds the wheel, installs it, and runs the tests of the package with it.
pub(crate) fn test() -> Result<(), String> {
    install()?;
    run(python().args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]))
}

/// Checks the types in the installed package, its tests and its example.
pub(crate) fn check_types() -> Result<(), String> {
    let mut mypy = python();
    let cache = folder().join("mypy");
    run(mypy.args(["-m", "mypy", "--strict", "--cache-dir"]).arg(cache).args(TYPE_CHECKED))?;
    let mut pyright = program("pyright");
    run(pyright.arg("--pythonpath").arg(python().get_program()).args(TYPE_CHECKED))?;
    let stubtest = ["-m", "mypy.stubtest", "servanda", "--ignore-disjoint-bases", "--allowlist", "stubtest.txt"];
    run(python().args(stubtest))
}

/// The paths that mypy and pyright check, relative to the package. Both follow imports into the
/// installed package.
const TYPE_CHECKED: [&str; 2] = ["tests", "../../examples/alliance.py"];

/// Builds the wheel as it is released, and checks its size.
pub(crate) fn release() -> Result<(), String> {
    if !is_ready() {
        return Err("there is no environment in target/python; make it with `cargo xtask python --setup`".to_owned());
    }
    let wheel = build(&root().join("target/wheels"), &["--compression-level", "9"])?;
    let bytes = fs::metadata(&wheel).map_err(|error| format!("{}: {error}", wheel.display()))?.len();
    println!("{}: {bytes} bytes; the limit is {MAX_WHEEL_BYTES}", wheel.display());
    if bytes > MAX_WHEEL_BYTES { Err("the wheel is over its limit".to_owned()) } else { Ok(()) }
}

/// Builds a wheel into an empty folder, with these arguments for maturin.
fn build(folder: &Path, arguments: &[&str]) -> Result<PathBuf, String> {
    remove(folder)?;
    let mut maturin = program("maturin");
    maturin.args(["build", "--locked"]).args(arguments).arg("--out").arg(folder);
    run(maturin.arg("--interpreter").arg(python().get_program()))?;
    only_file_in(folder)
}

/// Builds a wheel for the tests and installs it. It is not optimized, because the profile of the
/// released wheel takes minutes to build.
fn install() -> Result<(), String> {
    let wheel = build(&folder().join("wheels"), &["--profile", "dev", "--compression-level", "1"])?;
    let mut install = python();
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    run(install.args(["--no-index", "--no-deps", "--force-reinstall"]).arg(wheel))
}

fn only_file_in(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        files => Err(format!("{}: expected one wheel, found {} files", folder.display(), files.len())),
    }
}

fn remove(path: &Path) -> Result<(), String> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if path.exists() => Err(format!("{}: {error}", path.display())),
        _ => Ok(()),
    }
}

fn print_and_run(command: &mut Command) -> Result<(), String> {
    println!("installing: {command:?}");
    run(command)
}
