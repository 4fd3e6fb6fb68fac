//! The Swift package: builds its library and the code that UniFFI writes for it, and runs SwiftPM.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Swift;
use crate::tools::{built_program, cargo, cargo_for_tested, root, run, target};

const PACKAGE: &str = "bindings/mobile/swift";

/// How the library is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// Quick to build.
    Debug,
    /// Optimized.
    Release,
}

/// Builds the library and the generated files. If there are words, also runs `swift` with them for
/// the package.
pub(crate) fn swiftpm(build: Build, words: &[&str]) -> Result<(), String> {
    at_the_root(PACKAGE, build, words, None)
}

/// Tests the package, and checks the output of the example in `examples/swift`.
pub(crate) fn test() -> Result<(), String> {
    swiftpm(Build::Debug, &["test"])?;
    let printed = target().join("swift-example.txt");
    let wrong = |error: std::io::Error| format!("{}: {error}", printed.display());
    let output = fs::File::create(&printed).map_err(wrong)?;
    at_the_root(PACKAGE, Build::Debug, &["run", "--skip-build", "ServandaExample"], Some(output))?;
    let expected = fs::read_to_string(root().join("examples/two-phones.txt")).map_err(|error| error.to_string())?;
    let printed = fs::read_to_string(&printed).map_err(wrong)?;
    if printed == expected { Ok(()) } else { Err(format!("the example prints\n{printed}instead of\n{expected}")) }
}

/// Runs the example in `examples/swift`.
pub(crate) fn example() -> Result<(), String> {
    swiftpm(Build::Debug, &["build", "--product", "ServandaExample"])?;
    swiftpm(Build::Debug, &["run", "--skip-build", "ServandaExample"])
}

/// Builds the library and the generated files. If there are words, also runs `swift` with them in
/// the root of the workspace, for the package in the folder `package`.
///
/// The output of `swift` goes to `output`, or is shown if that is `None`.
fn at_the_root(package: &str, build: Build, words: &[&str], output: Option<fs::File>) -> Result<(), String> {
    let swift = Swift::find().ok_or("there is no Swift 6 on this machine; `cargo xtask swift --setup` installs one")?;
    let library = library(build)?;
    generate(&library)?;
    let Some((subcommand, rest)) = words.split_first() else { return Ok(()) };
    let folder = library.parent().unwrap_or(&library).to_string_lossy();
    let scratch = target().join("swift-build").join(package);
    // SwiftPM does not notice files that are added to or removed from a package that this one
    // depends on. Without its old plan it makes a new one.
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
        "build" => build_with_retry(|| run("build", rest)),
        // Builds first, in a step of its own, so that a failure of the second step is a failed
        // test.
        "test" => {
            build_with_retry(|| run("build", &["--build-tests"]))?;
            run("test", &[&["--skip-build"], rest].concat())
        }
        other => run(other, rest),
    }
}

/// Builds, and tries once more if Swift's own tools crash. Those of Swift 6.0 on Linux do at times.
fn build_with_retry(build: impl Fn() -> Result<(), String>) -> Result<(), String> {
    match build() {
        Err(why) if why.ends_with("139") || why.contains("SIGSEGV") => {
            println!("Swift's own tools crashed; trying once more");
            build()
        }
        outcome => outcome,
    }
}

/// Measures calls in Swift and in Rust, and checks the ratios against their limits.
pub(crate) fn bench() -> Result<(), String> {
    let ledgers = target().join("swift-bench");
    // Build everything before measuring.
    swiftpm(Build::Release, &["build", "--configuration", "release", "--product", "ServandaBenchmark"])?;
    let mut floor = cargo();
    floor.args(["run", "--release", "--quiet", "--package", "servanda-mobile", "--example", "floor", "--"]);
    run(floor.arg(&ledgers))?;
    let run = ["run", "--configuration", "release", "--skip-build", "ServandaBenchmark", &ledgers.to_string_lossy()];
    swiftpm(Build::Release, &run)
}

fn package() -> PathBuf {
    root().join(PACKAGE)
}

/// Builds the library and the program that writes the code for it. Returns the path of the library.
pub(crate) fn library(build: Build) -> Result<PathBuf, String> {
    // The example makes cargo choose the same features as for the tests.
    run(cargo_for_tested("build").args(["--lib", "--bin", "servanda-bindgen", "--example", "floor"]))?;
    let folder = match build {
        Build::Debug => "debug",
        Build::Release => {
            run(cargo().args(["build", "--release", "--package", "servanda-mobile"]))?;
            "release"
        }
    };
    let name = format!("{}servanda_mobile{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Ok(target().join(folder).join(name))
}

/// UniFFI's program that writes the code for a library, with its arguments up to the folder for it.
pub(crate) fn bindgen(library: &Path, language: &str) -> Command {
    let mut bindgen = built_program("servanda-bindgen");
    bindgen.arg("generate").arg(library).args(["--language", language, "--no-format", "--out-dir"]);
    bindgen
}

/// Runs UniFFI, and writes the Swift code and the C header into the package.
fn generate(library: &Path) -> Result<(), String> {
    let generated = target().join("swift-bindings");
    run(bindgen(library, "swift").arg(&generated))?;
    let code = generated.join("Servanda.swift");
    let code = fs::read_to_string(&code).map_err(|error| format!("{}: {error}", code.display()))?;
    write_if_changed(&adapt(code)?, &package().join("Sources/Servanda/Generated/Servanda.swift"))?;
    let header = generated.join("ServandaFFI.h");
    let header = fs::read_to_string(&header).map_err(|error| format!("{}: {error}", header.display()))?;
    write_if_changed(&header, &package().join("Sources/ServandaFFI/ServandaFFI.h"))
}

/// Changes that no setting of UniFFI makes: the text that UniFFI writes, and its replacement.
const ADAPTATIONS: [(&str, &str); 16] = [
    // Only the values are public. The package's own layer wraps everything else.
    ("\nopen class ", "\nfinal class "),
    ("\nopen func ", "\nfunc "),
    ("\npublic protocol ", "\nprotocol "),
    ("\npublic struct FfiConverter", "\nstruct FfiConverter"),
    ("\npublic func ", "\nfunc "),
    // The kinds of errors, named as Swift names cases.
    ("case Invalid(", "case invalid("),
    ("case Unknown(", "case unknown("),
    ("case Refused(", "case refused("),
    ("case Damaged(", "case damaged("),
    ("case Place(", "case place("),
    ("case Stopped(", "case stopped("),
    // Documentation in Swift's style, and for two names that have lost theirs.
    ("# Errors", "- Throws:"),
    (
        "\npublic typealias DigestText ",
        "\n/// A SHA-256 digest, such as `sha256:0b3f…`, as text.\npublic typealias DigestText ",
    ),
    (
        "\npublic typealias DecimalText ",
        "\n/// An exact number, such as `0.5`, as text.\npublic typealias DecimalText ",
    ),
    // Reads numbers and strings in place, without a copy: one standing has hundreds.
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

/// Applies `ADAPTATIONS` to the code that UniFFI wrote.
fn adapt(mut code: String) -> Result<String, String> {
    for (written, replacement) in ADAPTATIONS {
        if !code.contains(written) {
            return Err(format!("UniFFI no longer writes {written:?}; see ADAPTATIONS in xtask"));
        }
        code = code.replace(written, replacement);
    }
    for kind in ["Invalid", "Unknown", "Refused", "Damaged", "Place", "Stopped"] {
        let case = kind.to_lowercase();
        code = code.replace(&format!("return .{kind}("), &format!("return .{case}("));
        code = code.replace(&format!("case let .{kind}("), &format!("case let .{case}("));
    }
    Ok(code)
}

/// Writes a file unless it has this text already, so that SwiftPM compiles only what changed.
fn write_if_changed(text: &str, path: &Path) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|current| current == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
