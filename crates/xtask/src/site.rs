//! The tests of the static site in a real browser: publishes sites, and runs `tests/site` on them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::tools::{built_program, cargo_for_tested, root, run, succeeds, target};

/// The environment variable with the path of the browser. If the user sets it, no other is tried.
pub(crate) const BROWSER: &str = "SERVANDA_TEST_BROWSER";

/// The day and the moment that the sites are published for. `tests/site/support/sites.js` has them
/// too.
const DAY: &str = "2014-07-01";

/// The name of Chromium on this machine.
pub(crate) fn browser() -> Option<String> {
    if let Some(path) = std::env::var(BROWSER).ok().filter(|path| !path.is_empty()) {
        return Some(path);
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.into_iter().find(|name| succeeds(name, &["--version"])).map(str::to_owned)
}

/// Whether this machine has Node.js 18.19 or later.
pub(crate) fn has_node() -> bool {
    let recent = "const [a, b] = process.versions.node.split('.').map(Number); process.exit(a > 18 || a === 18 && b >= 19 ? 0 : 1)";
    succeeds("node", &["-e", recent])
}

/// Whether this machine has npm.
pub(crate) fn has_npm() -> bool {
    succeeds("npm", &["--version"])
}

/// Whether Chromium, Node.js and the packages of `tests/site/package-lock.json` are here.
pub(crate) fn is_ready() -> bool {
    let lock = |path| fs::read_to_string(package().join(path)).ok();
    let same = lock(INSTALLED).is_some_and(|installed| lock("package-lock.json") == Some(installed));
    same && has_node() && browser().is_some()
}

/// A copy of the package-lock.json that the packages were installed from.
const INSTALLED: &str = "node_modules/installed-lock.json";

/// Installs the packages. Only this step needs the network.
pub(crate) fn install_packages() -> Result<(), String> {
    let mut install = Command::new("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(package());
    println!("installing: {install:?}");
    run(&mut install)?;
    let (lock, copy) = (package().join("package-lock.json"), package().join(INSTALLED));
    fs::copy(lock, &copy).map(drop).map_err(|error| format!("{}: {error}", copy.display()))
}

/// Publishes the sites, and tests them in the browser.
pub(crate) fn test() -> Result<(), String> {
    run(cargo_for_tested("build").args(["--bin", "servanda", "--example", "site_ledgers"]))?;
    let folder = target().join("site-tests");
    run(built_program("examples/site_ledgers").arg(&folder))?;
    let alliance = root().join("examples/alliance.jsonl");
    for (name, ledger) in [
        ("alliance", alliance.clone()),
        ("invented", folder.join("invented.jsonl")),
        ("hostile", folder.join("hostile.jsonl")),
    ] {
        let mut publish = built_program("servanda");
        publish.arg("publish").arg(ledger).arg("-o").arg(folder.join("sites").join(name));
        publish.args(["--on", DAY, "--known-at", DAY, "--zone", "+00:00"]);
        let config = folder.join(name).with_extension("toml");
        if config.exists() {
            publish.arg("--config").arg(config);
        }
        run(&mut publish)?;
    }
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=2", "--test-reporter=spec"]);
    node.current_dir(package()).env("SERVANDA_TEST_SITES", &folder).env("SERVANDA_TEST_ALLIANCE", alliance);
    node.env("SERVANDA_TEST_PROGRAM", built_program("servanda").get_program());
    node.env(BROWSER, browser_path()?);
    run(&mut node)
}

/// The path of the browser, which the driver needs.
pub(crate) fn browser_path() -> Result<PathBuf, String> {
    let name = browser().ok_or("there is no Chromium")?;
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&folders).map(|folder| folder.join(&name));
    paths.find(|path| path.is_file()).ok_or_else(|| format!("{name} is not on the path"))
}

/// The folder of the package.
pub(crate) fn package() -> PathBuf {
    root().join("tests/site")
}
