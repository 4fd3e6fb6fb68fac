//! Whether the published crates build from their packages alone.
//!
//! `cargo package` can check that itself, but while a version stays the same it may build a crate against an
//! older package of another that it unpacked before. So the packages are unpacked and built here.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::tools::{cargo, pass_through, root};

const PUBLISHED: [&str; 3] = ["servanda-core", "servanda", "servanda-cli"];

/// Packages the published crates, and builds what is in the packages.
pub(crate) fn check() -> Result<(), String> {
    let target = root().join("target");
    let mut package = cargo();
    package.args(["package", "--allow-dirty", "--no-verify", "--target-dir"]);
    package.arg(&target);
    for name in PUBLISHED {
        package.args(["-p", name]);
    }
    pass_through(&mut package)?;

    let folder = target.join("package-check");
    unpack(&target.join("package"), &folder)?;
    let mut build = cargo();
    build.current_dir(&folder).args(["check", "--workspace", "--target-dir"]);
    pass_through(build.arg(&target))
}

/// Makes a workspace of the packages, in which they find each other.
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
        // `m`: with the time of now, for the old time in a package would pass for a file already built.
        let mut tar = Command::new("tar");
        tar.arg("-xmzf").arg(packages.join(format!("{path}.crate")));
        pass_through(tar.arg("-C").arg(folder))?;
        manifest.push_str(&format!("{name} = {{ path = {path:?} }}\n"));
    }
    fs::write(folder.join("Cargo.toml"), manifest).map_err(wrong)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(wrong)?;
    Ok(())
}
