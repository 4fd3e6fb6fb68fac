//! Starts a command that runs until Ctrl-C.

#[cfg(unix)]
use std::io::Read as _;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use crate::test_dir::TestDir;

/// A command that is running. It is killed when it is dropped.
pub(crate) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
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
        let out = BufReader::new(child.stdout.take().unwrap());
        let err = BufReader::new(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// Waits for the next line on stdout.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Waits for the next line on stderr.
    pub(crate) fn error_line(&mut self) -> String {
        let mut line = String::new();
        self.err.read_line(&mut line).unwrap();
        line
    }

    /// Ends the command as Ctrl-C does. Returns its exit code, and the rest of its output.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        self.err.read_to_string(&mut rest).unwrap();
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

/// The folder for the temporary files of a command.
pub(crate) fn temporary(dir: &TestDir) -> PathBuf {
    dir.path("temporary")
}
