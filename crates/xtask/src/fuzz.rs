//! The laws of `tests/fuzz` under libFuzzer, one after the other, for as long as is wanted.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::generate::files_in;
use crate::tools::{Tool, cargo, pass_through, root};

/// The bounds within which a law is to stay on any input.
const LIMITS: [&str; 4] = [
    // Longer inputs are for the test of memory.
    "-max_len=65536",
    // Seconds; an input of that length takes a fraction of one.
    "-timeout=20",
    "-report_slow_units=2",
    // Mebibytes, of the whole process, which has inputs and counters to keep.
    "-rss_limit_mb=1024",
];

/// Tries each law for so many seconds, and says where what was found lies.
pub(crate) fn run(seconds: u32, setup: bool) -> Result<String, String> {
    for tool in [Tool::Nightly, Tool::CargoFuzz] {
        let is_there = tool.is_there() || (setup && tool.install());
        if !is_there {
            let (name, how) = (tool.name(), tool.how_to_get());
            return Err(format!("fuzzing needs {name}; to get it: {how}, or `cargo xtask fuzz --setup`"));
        }
    }
    let folder = root().join("target/fuzz");
    let seeds = folder.join("seeds");
    let mut write = cargo();
    write.args(["run", "--quiet", "--package", "servanda-fuzz", "--example", "seeds", "--"]);
    pass_through(write.arg(&seeds))?;

    let mut broken = Vec::new();
    for target in files_in(&root().join("tests/fuzz/targets"), "rs")? {
        let Some(name) = target.file_stem().and_then(|name| name.to_str()) else { continue };
        println!("\n== {name}, for {seconds} seconds");
        let corpus = folder.join("corpus").join(name);
        std::fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
        if let Err(why) = pass_through(&mut libfuzzer(name, seconds, &corpus, &seeds)) {
            broken.push(format!("{name}: {why}; see tests/fuzz/artifacts/{name}"));
        }
    }
    if broken.is_empty() { Ok("every law held".to_owned()) } else { Err(broken.join("\n")) }
}

fn libfuzzer(name: &str, seconds: u32, corpus: &Path, seeds: &Path) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root()).args(["run", "nightly", "cargo", "fuzz", "run", "--fuzz-dir", "tests/fuzz"]);
    // There is no unsafe code to watch, and without a sanitizer many times as many inputs are tried.
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
