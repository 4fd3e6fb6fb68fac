//! The Kotlin package: its library, the code that UniFFI writes for it, and Maven in its folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::swift::{Build, library};
use crate::tools::{cargo, pass_through, root, succeeds, target};

/// Whether this machine has a Java compiler and Maven.
pub(crate) fn is_there() -> bool {
    succeeds("javac", &["--version"]) && succeeds("mvn", &["--version"])
}

/// Brings the library and the code that calls it up to date, and runs Maven with these goals in the package's folder.
pub(crate) fn in_package(goals: &[&str]) -> Result<(), String> {
    let library = library(Build::Debug)?;
    generate(&library)?;
    pass_through(maven(&library).args(goals))
}

/// Has the story of the alliance told in Kotlin, and its ledger written to this file. What it prints passes through.
pub(crate) fn alliance(file: &str) -> Result<(), String> {
    let library = library(Build::Debug)?;
    generate(&library)?;
    pass_through(&mut story(&library, &root().join(file))?)
}

/// Fails if the story of the alliance prints or writes something else in Kotlin than in Rust.
pub(crate) fn alliance_is_the_same() -> Result<(), String> {
    let library = library(Build::Debug)?;
    generate(&library)?;
    let file = target().join("alliance.jsonl");
    let told = |program: &mut Command| {
        let output = program.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
        let ledger = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok::<_, String>((output.stdout, ledger))
    };
    let rust = told(
        cargo().args(["run", "--quiet", "--package", "servanda-examples", "--example", "alliance", "--"]).arg(&file),
    )?;
    let kotlin = told(&mut story(&library, &file)?)?;
    match (rust.0 == kotlin.0, rust.1 == kotlin.1) {
        (true, true) => Ok(()),
        (false, _) => Err(format!("it prints\n{}", String::from_utf8_lossy(&kotlin.0))),
        (true, false) => Err("it writes another ledger".to_owned()),
    }
}

fn story(library: &Path, file: &Path) -> Result<Command, String> {
    program(library, "servanda.examples.alliance.MainKt", file)
}

/// A program of the package's tests, compiled, to be run with one argument. Java runs it, because Maven adds to what it prints.
fn program(library: &Path, class: &str, argument: &Path) -> Result<Command, String> {
    let target = package().join("target");
    let list = target.join("classpath");
    let mut compile = maven(library);
    compile.args(["--quiet", "test-compile", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"]);
    pass_through(compile.arg("-Dmdep.includeScope=test").arg(format!("-Dmdep.outputFile={}", list.display())))?;
    let jars = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let jars = std::env::split_paths(jars.trim()).collect::<Vec<_>>();
    let path = std::env::join_paths([target.join("classes"), target.join("test-classes")].into_iter().chain(jars));
    let mut java = Command::new("java");
    let folder = library.parent().unwrap_or(library).display();
    java.arg(format!("-Djna.library.path={folder}")).arg("-cp").arg(path.map_err(|error| error.to_string())?);
    java.arg(class).arg(argument);
    Ok(java)
}

/// Measures what a call costs in Kotlin and in Rust, and says whether that is within its limits.
pub(crate) fn bench() -> Result<(), String> {
    let library = library(Build::Release)?;
    generate(&library)?;
    let ledgers = target().join("kotlin-bench");
    let mut floor = cargo();
    floor.args(["run", "--release", "--quiet", "--package", "servanda-mobile", "--example", "floor", "--"]);
    pass_through(floor.arg(&ledgers))?;
    pass_through(&mut program(&library, "servanda.bench.BenchKt", &ledgers)?)
}

fn package() -> PathBuf {
    root().join("bindings/mobile/kotlin")
}

fn maven(library: &Path) -> Command {
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"]).current_dir(package());
    let folder = library.parent().unwrap_or(library).display();
    maven.arg(format!("-Dservanda.native={folder}"));
    maven
}

/// Has UniFFI write the code that calls the library to where the package expects it.
fn generate(library: &Path) -> Result<(), String> {
    let mut bindgen = cargo();
    bindgen.args(["run", "--quiet", "--package", "servanda-bindgen", "--", "generate"]).arg(library);
    let made = package().join("target/uniffi");
    pass_through(bindgen.args(["--language", "kotlin", "--no-format", "--out-dir"]).arg(made))
}
