//! Finds a Swift compiler and runs it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use super::debian::Tree;
use crate::tools::{root, run, target};

/// A Swift compiler of version 6 or later.
pub(crate) enum Swift {
    /// The `swift` on the path.
    OnPath,
    /// One in a Debian of its own.
    InTree(Tree),
}

impl Swift {
    /// The compiler of this machine, or `None` if it has none.
    pub(crate) fn find() -> Option<Self> {
        if on_path() {
            return Some(Self::OnPath);
        }
        let tree = Tree::of_this_machine()?;
        (tree.is_complete() && tree.can_be_entered()).then_some(Self::InTree(tree))
    }

    /// Installs a compiler if there is none, and prints the commands it runs. Returns true if there
    /// is one then.
    pub(crate) fn install() -> bool {
        if on_path() {
            return true;
        }
        let Some(tree) = Tree::of_this_machine() else { return false };
        match tree.make() {
            Ok(()) => true,
            Err(why) => {
                println!("Swift could not be installed: {why}");
                false
            }
        }
    }

    /// Runs `swift` in a folder of the workspace or of cargo's target folder.
    ///
    /// Its output goes to `output`, or is shown if that is `None`.
    pub(crate) fn run(
        &self,
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
        output: Option<File>,
    ) -> Result<(), String> {
        match self {
            Self::OnPath => {
                let mut command = Command::new("swift");
                command.stdout(output.map_or_else(Stdio::inherit, Stdio::from));
                run(command.args(arguments).current_dir(folder).envs(environment.iter().copied()))
            }
            Self::InTree(tree) => {
                let words = [&["swift"], arguments].concat();
                tree.run(&[&root(), &target()], folder, &words, environment, output)
            }
        }
    }
}

/// Whether `swift` on the path is a compiler that is new enough. OpenStack has a program of the same
/// name.
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
    use super::major_version;

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
