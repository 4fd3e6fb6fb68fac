//! The example tracker, and the pictures of the README.
//!
//! The timeline is the same on every machine and is compared byte for byte. The pictures of the
//! front page depend on the fonts of the machine, so a file with digests says which page they show.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::site::{BROWSER, browser_path, package};
use crate::tools::{Tool, built_program, cargo_for_tested, root, run, target};

/// The ledger ends in the month of this day.
const DAY: &str = "2024-12-31";

/// The timeline in the README.
const TIMELINE: &str = "docs/images/hague.svg";

/// The pictures of the front page in the README.
const FRONT: [&str; 2] = ["docs/images/front-light.png", "docs/images/front-dark.png"];

/// The digests of the files that these pictures show, in the format of `sha256sum`.
const DIGESTS: &str = "docs/images/front.sha256";

/// The files of the site that decide how the front page looks.
const SHOWN: [&str; 3] = ["index.html", "site.js", "style.css"];

/// The most bytes of a picture in the README.
const MAX_BYTES: u64 = 200_000;

/// Publishes the tracker of `examples/alliance.jsonl`, and prints which page to open.
pub(crate) fn publish() -> Result<(), String> {
    run(cargo_for_tested("build").args(["--bin", "servanda", "--example", "chart"]))?;
    let mut publish = built_program("servanda");
    publish.args(["publish", "examples/alliance.jsonl", "--config", "examples/alliance.toml"]);
    publish.args(["--on", DAY, "--zone", "+00:00", "-o"]);
    run(publish.arg(site()))
}

/// Draws the pictures that are out of date.
pub(crate) fn write() -> Result<String, String> {
    let drawn = Drawn::new()?;
    let mut written = Vec::new();
    if drawn.timeline != committed(TIMELINE)? {
        save(TIMELINE, &drawn.timeline)?;
        written.push(TIMELINE);
    }
    if drawn.digests != committed(DIGESTS)? || !FRONT.iter().all(|path| root().join(path).exists()) {
        for (picture, path) in draw_front()?.iter().zip(FRONT) {
            save(path, &read(picture)?)?;
            written.push(path);
        }
        save(DIGESTS, &drawn.digests)?;
        written.push(DIGESTS);
    }
    Ok(match written.is_empty() {
        true => "every picture is up to date".to_owned(),
        false => format!("written: {}; look at the pictures before you commit them", written.join(", ")),
    })
}

/// Fails if a picture is out of date, or if the front page cannot be drawn.
pub(crate) fn check() -> Result<(), String> {
    let drawn = Drawn::new()?;
    let again = "run `cargo xtask pictures`, which draws it again";
    if drawn.timeline != committed(TIMELINE)? {
        return Err(format!("{TIMELINE} is not what examples/chart.rs draws; {again}"));
    }
    if drawn.digests != committed(DIGESTS)? {
        return Err(format!("the front page is no longer the one in {}; {again}", FRONT[0]));
    }
    for picture in draw_front()?.into_iter().chain(FRONT.map(|path| root().join(path))) {
        let bytes = fs::metadata(&picture).map_err(|error| format!("{}: {error}", picture.display()))?.len();
        if bytes > MAX_BYTES {
            return Err(format!("{} has {bytes} bytes; at most {MAX_BYTES} are allowed", picture.display()));
        }
    }
    Ok(())
}

/// The timeline as it is now, and the digests of the front page as it is now.
struct Drawn {
    timeline: Vec<u8>,
    digests: Vec<u8>,
}

impl Drawn {
    fn new() -> Result<Self, String> {
        publish()?;
        let timeline = folder()?.join("hague.svg");
        run(built_program("examples/chart").arg(&timeline))?;
        let mut digests = String::new();
        for file in SHOWN {
            let digest = Sha256::digest(read(&site().join(file))?);
            let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            digests.push_str(&format!("{digits}  {file}\n"));
        }
        Ok(Self { timeline: read(&timeline)?, digests: digests.into_bytes() })
    }
}

/// Draws the front page in the browser, in light and dark, and returns the paths.
fn draw_front() -> Result<[PathBuf; 2], String> {
    if !Tool::Browser.is_available() {
        return Err(format!("needs {}; to get it: {}", Tool::Browser.name(), Tool::Browser.install_hint()));
    }
    let folder = folder()?;
    let mut node = Command::new("node");
    node.arg("front_picture.js").current_dir(package()).env(BROWSER, browser_path()?);
    node.env("SERVANDA_PICTURE_SITE", site()).env("SERVANDA_PICTURE_FOLDER", &folder);
    run(&mut node)?;
    Ok(["front-light.png", "front-dark.png"].map(|name| folder.join(name)))
}

/// Where the example tracker is published.
fn site() -> PathBuf {
    target().join("example")
}

/// Where pictures are drawn.
fn folder() -> Result<PathBuf, String> {
    let folder = target().join("pictures");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The bytes of a committed file; none if it does not exist.
fn committed(path: &str) -> Result<Vec<u8>, String> {
    let file = root().join(path);
    if file.exists() { read(&file) } else { Ok(Vec::new()) }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn save(path: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(root().join(path), bytes).map_err(|error| format!("{path}: {error}"))
}
