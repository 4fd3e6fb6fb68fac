//! Computes the digest of the source files, from which the library tells whether the program that
//! made a page was the same.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    list(Path::new("src"), &mut files)?;
    files.sort();
    let mut digest = DefaultHasher::new();
    for file in files {
        fs::read(&file)?.hash(&mut digest);
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=SERVANDA_PUBLISH_SOURCES={:016x}", digest.finish());
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}
