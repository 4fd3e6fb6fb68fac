//! Finds a Swift compiler and runs it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::tools::{root, run, target};

/// A script that keeps a small Debian with a Swift compiler in the user's cache folder.
const DEBIAN: &str = "bindings/mobile/swift/debian.sh";

/// A Swift compiler of version 6 or later.
#[derive(Clone, Copy)]
pub(crate) enum Swift {
    /// The `swift` on the path.
    OnPath,
    /// The one in the Debian that `debian.sh` makes.
    InDebian,
}

impl Swift {
    /// The compiler of this machine, or `None` if it has none.
    pub(crate) fn find() -> Option<Self> {
        if on_path() {
            return Some(Self::OnPath);
        }
        debian("check").stderr(Stdio::null()).status().is_ok_and(|status| status.success()).then_some(Self::InDebian)
    }

    /// Installs a compiler if there is none. Returns true if there is one then. If not, the script
    /// has printed the reason.
    pub(crate) fn install() -> bool {
        on_path() || run(&mut debian("make")).is_ok()
    }

    /// Runs `swift` in a folder of the workspace or of cargo's target folder.
    ///
    /// Its output goes to `output`, or is shown if that is `None`.
    pub(crate) fn run(
        self,
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
        output: Option<File>,
    ) -> Result<(), String> {
        let mut command = match self {
            Self::OnPath => {
                let mut command = Command::new("swift");
                command.envs(environment.iter().copied());
                command
            }
            Self::InDebian => {
                let mut command = debian("run");
                command.args([&root(), &target()]).arg("--");
                command.args(environment.iter().map(|(name, value)| format!("{name}={value}"))).arg("swift");
                command
            }
        };
        command.stdout(output.map_or_else(Stdio::inherit, Stdio::from));
        run(command.args(arguments).current_dir(folder))
    }
}

/// The script with one of its subcommands.
fn debian(subcommand: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg(root().join(DEBIAN)).arg(subcommand);
    command
}

/// Whether `swift` on the path is a compiler that is new enough. OpenStack has a program of the
/// same name.
fn on_path() -> bool {
    let output = Command::new("swift").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    output.is_ok_and(|output| major_version(&String::from_utf8_lossy(&output.stdout)).is_some_and(|major| major >= 6))
}

/// The major version in the output of `swift --version`.
fn major_version(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("Swift version ")?;
    rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{debian, major_version};

    #[cfg(target_os = "linux")]
    #[test]
    fn partial_debian_is_not_used() {
        let cache = std::env::temp_dir().join(format!("servanda-xtask-debian-{}", std::process::id()));
        let script = |subcommand: &str| {
            let output = debian(subcommand).env("XDG_CACHE_HOME", &cache).output().unwrap();
            (output.status.success(), String::from_utf8(output.stdout).unwrap())
        };
        let (_, path) = script("path");
        assert!(path.starts_with(cache.to_str().unwrap()), "{path}");
        std::fs::create_dir_all(format!("{}.partial/usr/bin", path.trim())).unwrap();
        assert!(!script("check").0);
        std::fs::remove_dir_all(&cache).unwrap();
    }

    #[test]
    fn major_version_is_read_only_from_the_compiler() {
        let check = |text: &str, expected: Option<u32>| assert_eq!(major_version(text), expected, "{text}");
        check("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-unknown-linux-gnu\n", Some(6));
        check("swift-driver version: 1.115 Apple Swift version 6.0.3 (swiftlang-6.0.3.1.10)", Some(6));
        check("Swift version 5.10.1 (swift-5.10.1-RELEASE)", Some(5));
        check("python-swiftclient 4.1.0", None);
        check("", None);
    }
}
