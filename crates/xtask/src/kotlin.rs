//! The Kotlin package: builds its library and the code that UniFFI writes for it, and runs Maven.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::swift::{Build, bindgen, library};
use crate::tools::{cargo, root, run, succeeds, target};

/// Whether this machine has a Java compiler and Maven.
pub(crate) fn is_available() -> bool {
    succeeds("javac", &["--version"]) && succeeds("mvn", &["--version"])
}

/// Builds the library and the code that calls it, and runs Maven with these goals in the package.
pub(crate) fn maven_goals(goals: &[&str]) -> Result<(), String> {
    let library = library(Build::Debug)?;
    generate(&library)?;
    run(maven(&library).args(goals))
}

/// Runs the example in `examples/kotlin`.
pub(crate) fn example() -> Result<(), String> {
    let library = library(Build::Debug)?;
    generate(&library)?;
    run(&mut program(&library, "servanda.examples.TwoPhonesKt")?)
}

/// Compiles the package's tests, and returns a command that runs one of their main classes. The
/// command calls Java itself, because Maven adds lines to a program's output.
fn program(library: &Path, class: &str) -> Result<Command, String> {
    let target = package().join("target");
    let list = target.join("classpath");
    let mut compile = maven(library);
    compile.args(["--quiet", "test-compile", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"]);
    run(compile.arg("-Dmdep.includeScope=test").arg(format!("-Dmdep.outputFile={}", list.display())))?;
    let jars = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let jars = std::env::split_paths(jars.trim()).collect::<Vec<_>>();
    let path = std::env::join_paths([target.join("classes"), target.join("test-classes")].into_iter().chain(jars));
    let mut java = Command::new("java");
    let folder = library.parent().unwrap_or(library).display();
    java.arg(format!("-Djna.library.path={folder}")).arg("-cp").arg(path.map_err(|error| error.to_string())?);
    java.arg(class);
    Ok(java)
}

/// Measures calls in Kotlin and in Rust, and checks the ratios against their limits.
pub(crate) fn bench() -> Result<(), String> {
    let library = library(Build::Release)?;
    generate(&library)?;
    let ledgers = target().join("kotlin-bench");
    let mut floor = cargo();
    floor.args(["run", "--release", "--quiet", "--package", "servanda-mobile", "--example", "floor", "--"]);
    run(floor.arg(&ledgers))?;
    run(program(&library, "servanda.bench.BenchKt")?.arg(&ledgers))
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

/// Runs UniFFI, which writes the Kotlin code that calls the library into the package.
fn generate(library: &Path) -> Result<(), String> {
    run(bindgen(library, "kotlin").arg(package().join("target/uniffi")))
}
