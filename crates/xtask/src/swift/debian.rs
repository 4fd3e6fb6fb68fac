//! A minimal Debian 13 with its Swift, for a Linux without.
//!
//! Whatever runs in it runs in mount and process namespaces of its own, which end with this program, however that ends: so neither
//! a mount nor a process is left behind. The first process of the namespace waits for the end of its input, which this program
//! holds; when it goes, the system ends all others and takes the mounts away.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tools::{apt_install, as_root, run, succeeds, target};

/// What the tree is made of. A tree made of anything else is made anew.
const SUITE: &str = "trixie";
const PACKAGES: &str = "swiftlang libc6-dev libstdc++-14-dev";

/// The first process: runs its arguments until they end, or its own input does.
const FIRST_PROCESS: &str = r#"
exec 3<&0
"$@" </dev/null 3<&- &
work=$!
{ cat; kill -KILL "$work"; } <&3 >/dev/null 2>&1 &
exec 3<&-
wait "$work"
"#;

/// Makes the tree: its arguments are the folder, the suite and the packages.
const MAKE: &str = r#"
set -e
tree=$1 suite=$2; shift 2
export DEBIAN_FRONTEND=noninteractive
debootstrap --variant=minbase "$suite" "$tree"
mount -t proc proc "$tree/proc"
chroot "$tree" apt-get install --yes --no-install-recommends "$@"
chroot "$tree" apt-get clean
"#;

/// Runs something in the tree: its arguments are the folder, what else is to be seen there, `--`, and what is to be run. Without
/// `/proc` the compiler does not find its own libraries.
const ENTER: &str = r#"
set -e
tree=$1; shift
mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev"
mount -t tmpfs tmpfs "$tree/tmp"
while [ "$1" != -- ]; do
    mkdir -p "$tree$1"
    mount --bind "$1" "$tree$1"
    shift
done
shift
exec "$@"
"#;

/// The tree, made or not.
pub(crate) struct Tree {
    folder: PathBuf,
}

impl Tree {
    /// The place of the tree, where there can be one.
    pub(super) fn of_this_machine() -> Option<Self> {
        cfg!(target_os = "linux").then(|| Self { folder: target().join("swift-on-debian") })
    }

    /// Whether it was made to the end, of what it is to be made of.
    pub(super) fn is_complete(&self) -> bool {
        fs::read_to_string(self.mark()).is_ok_and(|made_of| made_of == recipe())
    }

    /// Whether this user may enter it.
    pub(super) fn can_be_entered(&self) -> bool {
        as_root().is_some_and(|before| {
            let words = [before, &["unshare", "--mount", "--pid", "--fork", "--kill-child", "true"]].concat();
            words.split_first().is_some_and(|(program, arguments)| succeeds(program, arguments))
        })
    }

    /// Makes it, unless it is there: one that was begun and not completed is made anew.
    pub(super) fn make(&self) -> Result<(), String> {
        if !self.can_be_entered() {
            return Err(
                "a Debian with it can be made and entered by root only, where the system allows `unshare`".into()
            );
        }
        if self.is_complete() {
            return Ok(());
        }
        if !succeeds("debootstrap", &["--version"]) && !apt_install(&["debootstrap", "debian-archive-keyring"]) {
            return Err("debootstrap could not be installed".into());
        }
        let folder = self.folder.display();
        self.remove()?;
        println!("installing: Debian {SUITE} with {PACKAGES} (2.6 GB) into {folder}");
        let tree = self.folder.to_string_lossy();
        let packages: Vec<&str> = PACKAGES.split(' ').collect();
        in_namespaces(&[&["sh", "-c", MAKE, "sh", &tree, SUITE], &packages[..]].concat(), None)?;
        fs::write(self.mark(), recipe()).map_err(|error| format!("{}: {error}", self.mark().display()))
    }

    /// Runs a program in a folder that is one of those to be seen, or in one. It gets no environment but what is given.
    pub(super) fn run(
        &self,
        seen: &[&Path],
        folder: &Path,
        words: &[&str],
        environment: &[(&str, &str)],
        output: Option<File>,
    ) -> Result<(), String> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let tree = text(&self.folder);
        let mut all: Vec<String> = ["sh", "-c", ENTER, "sh", &tree].map(String::from).into();
        all.extend(seen.iter().map(|path| text(path)));
        let user = format!("--userspec={}:{}", id("-u")?, id("-g")?);
        all.extend(["--", "chroot", &user, &tree, "env", "--ignore-environment"].map(String::from));
        all.extend(["HOME=/tmp", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"].map(String::from));
        all.extend(environment.iter().map(|(name, value)| format!("{name}={value}")));
        all.extend(["sh", "-c", r#"cd "$1" && shift && exec "$@""#, "sh", &text(folder)].map(String::from));
        all.extend(words.iter().map(|&word| String::from(word)));
        in_namespaces(&all.iter().map(String::as_str).collect::<Vec<_>>(), output)
    }

    /// Removes what there is of it.
    fn remove(&self) -> Result<(), String> {
        let wrong = |what: &str| format!("{} could not be removed: {what}", self.folder.display());
        if self.mark().exists() {
            fs::remove_file(self.mark()).map_err(|error| wrong(&error.to_string()))?;
        }
        // Its files belong to root. Out here nothing is mounted in it.
        let folder = self.folder.to_string_lossy();
        let before = as_root().ok_or_else(|| wrong("that takes root"))?;
        let words = [before, &["rm", "-rf", "--one-file-system", &folder]].concat();
        run(&mut command(&words)).map_err(|error| wrong(&error))
    }

    /// Beside the tree; written when it is complete, and says what it is made of.
    fn mark(&self) -> PathBuf {
        self.folder.with_extension("complete")
    }
}

fn recipe() -> String {
    format!("{SUITE} {PACKAGES}\n")
}

/// Runs something as root, in namespaces of its own. What it prints passes through, or goes to `output`.
fn in_namespaces(words: &[&str], output: Option<File>) -> Result<(), String> {
    let before = as_root().ok_or("it takes root to enter another Debian")?;
    let namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", FIRST_PROCESS, "sh"];
    let mut first = command(&[before, &namespaces, words].concat());
    first.stdout(output.map_or_else(Stdio::inherit, Stdio::from));
    let mut first =
        first.stdin(Stdio::piped()).spawn().map_err(|error| format!("unshare could not be run: {error}"))?;
    // Held until all is done: `wait` would close it first.
    let input = first.stdin.take();
    let status = first.wait();
    drop(input);
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(format!("unshare could not be waited for: {error}")),
    }
}

/// A command of its words.
fn command(words: &[&str]) -> Command {
    let (program, arguments) = words.split_first().unwrap_or((&"true", &[]));
    let mut command = Command::new(program);
    command.args(arguments).current_dir("/");
    command
}

/// A number of the user who runs this.
fn id(which: &str) -> Result<String, String> {
    let output = Command::new("id").arg(which).output().map_err(|error| format!("id could not be run: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
