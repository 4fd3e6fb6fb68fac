//! Which Swift is used, and how it is run.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use super::debian::Tree;
use crate::tools::{pass_through, root, target};

/// A Swift compiler of version 6 or later.
pub(crate) enum Swift {
    /// The `swift` on the path.
    OnPath,
    /// One in a Debian of its own.
    InTree(Tree),
}

impl Swift {
    /// The compiler of this machine, if it has one.
    pub(crate) fn find() -> Option<Self> {
        if on_path() {
            return Some(Self::OnPath);
        }
        let tree = Tree::of_this_machine()?;
        (tree.is_complete() && tree.can_be_entered()).then_some(Self::InTree(tree))
    }

    /// Makes one, saying what is run; true if it is there afterwards.
    pub(crate) fn install() -> bool {
        if on_path() {
            return true;
        }
        let Some(tree) = Tree::of_this_machine() else { return false };
        match tree.make() {
            Ok(()) => true,
            Err(why) => {
                println!("no Swift: {why}");
                false
            }
        }
    }

    /// Runs `swift` in a folder of the checkout or of the build's files. What it prints passes through, or goes to `output`.
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
                pass_through(command.args(arguments).current_dir(folder).envs(environment.iter().copied()))
            }
            Self::InTree(tree) => {
                let words = [&["swift"], arguments].concat();
                tree.run(&[&root(), &target()], folder, &words, environment, output)
            }
        }
    }
}

/// Whether `swift` on the path is the compiler, and new enough: OpenStack has a program of that name too.
fn on_path() -> bool {
    let output = Command::new("swift").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    output.is_ok_and(|output| version(&String::from_utf8_lossy(&output.stdout)).is_some_and(|major| major >= 6))
}

/// The major version in what `swift --version` prints.
fn version(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("Swift version ")?;
    rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn only_the_compiler_has_a_version() {
        let check = |text: &str, expected: Option<u32>| assert_eq!(version(text), expected, "{text}");
        check("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-unknown-linux-gnu\n", Some(6));
        check("swift-driver version: 1.115 Apple Swift version 6.0.3 (swiftlang-6.0.3.1.10)", Some(6));
        check("Swift version 5.10.1 (swift-5.10.1-RELEASE)", Some(5));
        check("python-swiftclient 4.1.0", None);
        check("", None);
    }
}
