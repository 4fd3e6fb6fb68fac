//! The Swift package: its library, its generated files, and what is run in its folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::Swift;
use crate::tools::{cargo, pass_through, root, target};

/// How the library is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// Quickly.
    Debug,
    /// To be quick.
    Release,
}

/// Brings the library and the generated files up to date, and runs `swift` with these words, if any, in the package.
pub(crate) fn in_package(build: Build, words: &[&str]) -> Result<(), String> {
    at_the_root("bindings/mobile/swift", build, words, None)
}

/// Runs the story of `examples/swift/alliance`, which leaves the ledger in a file.
pub(crate) fn alliance(file: &str) -> Result<(), String> {
    at_the_root("examples/swift/alliance", Build::Debug, &["build"], None)?;
    at_the_root("examples/swift/alliance", Build::Debug, &["run", "--skip-build", "Alliance", file], None)
}

/// Tells the story in Swift and in Rust: what is printed and what is written is the same, to the byte.
pub(crate) fn alliance_is_the_same() -> Result<(), String> {
    let (ledger, printed) = (target().join("swift-alliance.jsonl"), target().join("swift-alliance.txt"));
    let path = ledger.to_string_lossy();
    let wrong = |error: std::io::Error| format!("{}: {error}", printed.display());
    let both = || [&ledger, &printed].map(|file| fs::read(file).map_err(wrong));

    at_the_root("examples/swift/alliance", Build::Debug, &["build"], None)?;
    let words = ["run", "--skip-build", "Alliance", &path];
    at_the_root("examples/swift/alliance", Build::Debug, &words, Some(fs::File::create(&printed).map_err(wrong)?))?;
    let in_swift = both();

    let mut rust = cargo();
    rust.args(["run", "--quiet", "--package", "servanda-examples", "--example", "alliance", &path]);
    pass_through(rust.stdout(fs::File::create(&printed).map_err(wrong)?))?;
    if in_swift.iter().all(Result::is_ok) && in_swift == both() {
        Ok(())
    } else {
        Err(format!("it is not the same: {path}, {}", printed.display()))
    }
}

/// Runs `swift` at the root with these words, if any, for the package in a folder.
///
/// What it prints goes to `output`, if one is given.
fn at_the_root(package: &str, build: Build, words: &[&str], output: Option<fs::File>) -> Result<(), String> {
    let swift = Swift::find().ok_or("there is no Swift 6 on this machine; `cargo xtask test --setup` gets one")?;
    let library = library(build)?;
    generate(&library)?;
    let Some((subcommand, rest)) = words.split_first() else { return Ok(()) };
    let folder = library.parent().unwrap_or(&library).to_string_lossy();
    let scratch = target().join("swift-build").join(package);
    // SwiftPM does not plan anew when files come and go in a package that this one depends on, unless there is no plan.
    let _ = fs::remove_file(scratch.join("debug.yaml"));
    let scratch = scratch.to_string_lossy();
    let run = |subcommand: &str, rest: &[&str]| {
        let words: &[&str] = match subcommand {
            "build" | "run" | "test" | "package" => &["--package-path", package, "--scratch-path", &scratch],
            _ => &[],
        };
        let output = output.as_ref().map(fs::File::try_clone).transpose().map_err(|error| error.to_string())?;
        swift.run(&root(), &[&[subcommand], words, rest].concat(), &[("SERVANDA_LIBRARY", &folder)], output)
    };
    match *subcommand {
        "build" => build_well(|| run("build", rest)),
        // Built first, and by itself: what then fails are the tests.
        "test" => {
            build_well(|| run("build", &["--build-tests"]))?;
            run("test", &[&["--skip-build"], rest].concat())
        }
        other => run(other, rest),
    }
}

/// Builds, and begins again once if the compiler's own tools crash, as those of Swift 6.0 on Linux do now and then.
fn build_well(build: impl Fn() -> Result<(), String>) -> Result<(), String> {
    match build() {
        Err(why) if why.ends_with("139") || why.contains("SIGSEGV") => {
            println!("Swift's own tools have crashed; trying once more");
            build()
        }
        outcome => outcome,
    }
}

/// Measures what a call costs in Swift and in Rust, and says whether that is within its limits.
pub(crate) fn bench() -> Result<(), String> {
    let ledgers = target().join("swift-bench");
    // Built before anything is measured.
    in_package(Build::Release, &["build", "--configuration", "release", "--product", "ServandaBenchmark"])?;
    let mut floor = cargo();
    floor.args(["run", "--release", "--quiet", "--package", "servanda-mobile", "--example", "floor", "--"]);
    pass_through(floor.arg(&ledgers))?;
    let run = ["run", "--configuration", "release", "--skip-build", "ServandaBenchmark", &ledgers.to_string_lossy()];
    in_package(Build::Release, &run)
}

fn package() -> PathBuf {
    root().join("bindings/mobile/swift")
}

/// Builds the library, and says where it is.
pub(crate) fn library(build: Build) -> Result<PathBuf, String> {
    let mut command = cargo();
    command.args(["build", "--package", "servanda-mobile"]);
    let folder = match build {
        Build::Debug => "debug",
        Build::Release => {
            command.arg("--release");
            "release"
        }
    };
    pass_through(&mut command)?;
    let name = format!("{}servanda_mobile{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Ok(target().join(folder).join(name))
}

/// Writes what UniFFI makes of the library to where the package expects it.
fn generate(library: &Path) -> Result<(), String> {
    let made = target().join("swift-bindings");
    let mut bindgen = cargo();
    bindgen.args(["run", "--quiet", "--package", "servanda-bindgen", "--", "generate"]).arg(library);
    pass_through(bindgen.args(["--language", "swift", "--no-format", "--out-dir"]).arg(&made))?;
    let code = made.join("Servanda.swift");
    let code = fs::read_to_string(&code).map_err(|error| format!("{}: {error}", code.display()))?;
    place(&fit(code)?, &package().join("Sources/Servanda/Generated/Servanda.swift"))?;
    let header = made.join("ServandaFFI.h");
    let header = fs::read_to_string(&header).map_err(|error| format!("{}: {error}", header.display()))?;
    place(&header, &package().join("Sources/ServandaFFI/ServandaFFI.h"))
}

/// What no setting of UniFFI says, as what it writes and what is wanted.
const FITTING: [(&str, &str); 16] = [
    // Only values are for users, the rest is for the package's own layer.
    ("\nopen class ", "\nfinal class "),
    ("\nopen func ", "\nfunc "),
    ("\npublic protocol ", "\nprotocol "),
    ("\npublic struct FfiConverter", "\nstruct FfiConverter"),
    ("\npublic func ", "\nfunc "),
    // The families of errors, spelt as Swift spells cases.
    ("case Invalid(", "case invalid("),
    ("case Unknown(", "case unknown("),
    ("case Refused(", "case refused("),
    ("case Damaged(", "case damaged("),
    ("case Place(", "case place("),
    ("case Stopped(", "case stopped("),
    // As documentation comments of Swift have it, and where a new name has lost them.
    ("# Errors", "- Throws:"),
    (
        "\npublic typealias DigestText ",
        "\n/// A SHA-256 digest, such as `sha256:0b3f…`, as text.\npublic typealias DigestText ",
    ),
    (
        "\npublic typealias DecimalText ",
        "\n/// An exact number, such as `0.5`, as text.\npublic typealias DecimalText ",
    ),
    // Numbers and texts where they are, without a copy in between: a standing has hundreds.
    (
        "    var value: T = 0\n    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})\n",
        "    let value = reader.data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }\n",
    ),
    (
        "        return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)\n",
        "        let range = buf.offset..<(buf.offset + Int(len))\n        \
         guard buf.data.count >= range.upperBound else {\n            throw UniffiInternalError.bufferOverflow\n        }\n        \
         buf.offset = range.upperBound\n        \
         return buf.data.withUnsafeBytes { String(decoding: UnsafeRawBufferPointer(rebasing: $0[range]), as: UTF8.self) }\n",
    ),
];

/// Fits what UniFFI has written to the package.
fn fit(mut code: String) -> Result<String, String> {
    for (written, wanted) in FITTING {
        if !code.contains(written) {
            return Err(format!("UniFFI no longer writes {written:?}; see FITTING in xtask"));
        }
        code = code.replace(written, wanted);
    }
    for family in ["Invalid", "Unknown", "Refused", "Damaged", "Place", "Stopped"] {
        let case = family.to_lowercase();
        code = code.replace(&format!("return .{family}("), &format!("return .{case}("));
        code = code.replace(&format!("case let .{family}("), &format!("case let .{case}("));
    }
    Ok(code)
}

/// Writes a file, unless it is there as it is: what has not changed is not compiled again.
fn place(text: &str, path: &Path) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
