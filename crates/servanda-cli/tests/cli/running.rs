//! Starts a command that runs until Ctrl-C.

use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::test_dir::TestDir;

/// The time after which a test fails if the command writes nothing.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(60);

/// A command that is running. It is killed when it is dropped.
pub(crate) struct Running {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Running {
    /// Starts `servanda` in the directory. Its temporary files are in the folder `temporary` there.
    pub(crate) fn start(dir: &TestDir, arguments: &str) -> Self {
        std::fs::create_dir_all(temporary(dir)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_servanda"));
        command.args(TestDir::split(arguments)).current_dir(dir.path(""));
        for variable in ["TMPDIR", "TMP", "TEMP"] {
            command.env(variable, temporary(dir));
        }
        command.env_remove("SERVANDA_LEDGER").env("TZ", "UTC");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        Self { child, out, err }
    }

    /// Waits for the next line on stdout.
    pub(crate) fn line(&self) -> String {
        self.out.recv_timeout(MAX_WAIT).unwrap()
    }

    /// Waits for the next line on stderr.
    pub(crate) fn error_line(&self) -> String {
        self.err.recv_timeout(MAX_WAIT).unwrap()
    }

    /// Ends the command as Ctrl-C does. Returns its exit code, and the rest of its output.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let rest = [&self.out, &self.err].map(|lines| std::iter::from_fn(|| lines.recv_timeout(MAX_WAIT).ok()));
        let rest = rest.into_iter().flatten().collect();
        // A command that still runs has no exit code.
        let _ = self.child.kill();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Killing fails if the command has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads lines, with their line ends, on a thread.
fn lines(input: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        let mut line = String::new();
        while input.read_line(&mut line).is_ok_and(|length| length > 0) && sender.send(line.clone()).is_ok() {
            line.clear();
        }
    });
    lines
}

/// The folder for the temporary files of a command.
pub(crate) fn temporary(dir: &TestDir) -> PathBuf {
    dir.path("temporary")
}
