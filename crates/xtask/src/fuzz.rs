//! Runs the properties in `tests/fuzz` under libFuzzer, one after the other.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::generate::files_in;
use crate::tools::{Tool, cargo, root, run};

/// The limits that every property must keep on any input.
const LIMITS: [&str; 4] = [
    // Longer inputs are covered by the memory test.
    "-max_len=65536",
    // Seconds. An input of the maximum length takes a fraction of one.
    "-timeout=20",
    "-report_slow_units=2",
    // MiB for the whole process, including libFuzzer's inputs and counters.
    "-rss_limit_mb=1024",
];

/// Fuzzes each property for `seconds` seconds. An error names the folders with the failing inputs.
pub(crate) fn fuzz(seconds: u32, setup: bool) -> Result<String, String> {
    for tool in [Tool::Nightly, Tool::CargoFuzz] {
        let available = tool.is_available() || (setup && tool.install());
        if !available {
            let (name, hint) = (tool.name(), tool.install_hint());
            return Err(format!("fuzzing needs {name}; to get it: {hint}, or `cargo xtask fuzz --setup`"));
        }
    }
    let folder = root().join("target/fuzz");
    let seeds = folder.join("seeds");
    let mut write = cargo();
    write.args(["run", "--quiet", "--package", "servanda-fuzz", "--example", "seeds", "--"]);
    run(write.arg(&seeds))?;

    let mut failures = Vec::new();
    for target in files_in(&root().join("tests/fuzz/targets"), "rs")? {
        let Some(name) = target.file_stem().and_then(|name| name.to_str()) else { continue };
        println!("\n== {name}, for {seconds} seconds");
        let corpus = folder.join("corpus").join(name);
        std::fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
        if let Err(why) = run(&mut libfuzzer(name, seconds, &corpus, &seeds)) {
            failures.push(format!("{name}: {why}; see tests/fuzz/artifacts/{name}"));
        }
    }
    if failures.is_empty() { Ok("no property failed".to_owned()) } else { Err(failures.join("\n")) }
}

fn libfuzzer(name: &str, seconds: u32, corpus: &Path, seeds: &Path) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root()).args(["run", "nightly", "cargo", "fuzz", "run", "--fuzz-dir", "tests/fuzz"]);
    // There is no unsafe code to watch, and without a sanitizer libFuzzer tries many more inputs.
    command.args(["--sanitizer", "none", "--features", "libfuzzer", name]).arg(corpus).arg(seeds.join(name)).arg("--");
    let dictionary = seeds.join(format!("{name}.dict"));
    if dictionary.exists() {
        let mut option = OsString::from("-dict=");
        option.push(dictionary);
        command.arg(option);
    }
    command.args(LIMITS).args([&format!("-max_total_time={seconds}"), "-print_final_stats=1"]);
    command
}
