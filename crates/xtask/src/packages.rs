//! Checks that the published crates build from their packages alone.
//!
//! `cargo package` can verify a package itself. But while the version stays the same, it may build
//! a crate against an older package of another crate that it unpacked earlier. So this module
//! unpacks and builds the packages itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::tools::{cargo, root, run};

const PUBLISHED: [&str; 6] =
    ["servanda-core", "servanda-charts", "servanda", "servanda-import", "servanda-publish", "servanda-cli"];

/// Packages the published crates, and checks the packages with cargo.
pub(crate) fn check() -> Result<(), String> {
    let target = root().join("target");
    let mut package = cargo();
    package.args(["package", "--allow-dirty", "--no-verify", "--target-dir"]);
    package.arg(&target);
    for name in PUBLISHED {
        package.args(["-p", name]);
    }
    run(&mut package)?;

    let folder = target.join("package-check");
    unpack(&target.join("package"), &folder)?;
    let mut build = cargo();
    build.current_dir(&folder).args(["check", "--workspace", "--target-dir"]);
    run(build.arg(&target))
}

/// Unpacks the packages into a workspace in which they depend on each other.
fn unpack(packages: &Path, folder: &Path) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(wrong)?;
    }
    fs::create_dir_all(folder).map_err(wrong)?;
    let unpacked = PUBLISHED.map(|name| format!("{name}-{}", env!("CARGO_PKG_VERSION")));
    let mut manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {unpacked:?}\n");
    manifest.push_str("\n[patch.crates-io]\n");
    for (name, path) in PUBLISHED.iter().zip(&unpacked) {
        // `m` sets the current time: with the old time stored in a package, cargo would take the
        // files for ones it has built already.
        let mut tar = Command::new("tar");
        tar.arg("-xmzf").arg(packages.join(format!("{path}.crate")));
        run(tar.arg("-C").arg(folder))?;
        manifest.push_str(&format!("{name} = {{ path = {path:?} }}\n"));
    }
    fs::write(folder.join("Cargo.toml"), manifest).map_err(wrong)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(wrong)?;
    Ok(())
}
