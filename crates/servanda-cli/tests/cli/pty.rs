//! Runs the real command on a pseudoterminal of a given size.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::Command;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use crate::test_dir::{TestDir, without_ids};

/// A pseudoterminal.
pub(crate) struct Screen<'a> {
    dir: &'a TestDir,
    columns: u16,
    rows: u16,
    variables: Vec<(&'a str, String)>,
    /// Keys that the user types, each as soon as the text before it appears.
    typed: Vec<(&'a str, &'a str)>,
}

/// The final contents of a terminal, and the exit code of the command.
pub(crate) struct Shown {
    pub(crate) code: Option<i32>,
    /// The rows on the screen, without those that scrolled off.
    pub(crate) rows: Vec<String>,
    /// All output, with colour codes.
    pub(crate) written: String,
}

impl Shown {
    /// Returns the screen for a snapshot. Each row starts with `|`.
    pub(crate) fn transcript(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("|{row}\n")).collect::<String>();
        format!("{}--- exit {}", without_ids(&rows), self.code.unwrap_or(-1))
    }
}

impl<'a> Screen<'a> {
    pub(crate) fn of(dir: &'a TestDir, columns: u16, rows: u16) -> Self {
        Self { dir, columns, rows, variables: Vec::new(), typed: Vec::new() }
    }

    /// Adds an environment variable.
    pub(crate) fn with(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Types these keys as soon as this text appears, after everything typed before.
    pub(crate) fn typing(mut self, after: &'a str, keys: &'a str) -> Self {
        self.typed.push((after, keys));
        self
    }

    /// Runs `servanda` with these arguments in the test directory.
    pub(crate) fn run(&self, arguments: &str) -> Shown {
        let (mut terminal, end) = self.open();
        let mut command = Command::new(env!("CARGO_BIN_EXE_servanda"));
        command.args(TestDir::split(arguments)).current_dir(self.dir.path(""));
        command.stdin(end.try_clone().unwrap()).stdout(end.try_clone().unwrap()).stderr(end);
        command.env_clear().env("TERM", "xterm-256color").env("PATH", std::env::var_os("PATH").unwrap());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let mut child = command.spawn().unwrap();
        // Reading ends when no process has the other end open. On Linux it ends with an error.
        drop(command);
        let (mut written, mut buffer) = (Vec::new(), [0; 4096]);
        let (mut typed, mut seen) = (self.typed.iter(), 0);
        let mut next = typed.next();
        while let Ok(read @ 1..) = terminal.read(&mut buffer) {
            written.extend_from_slice(&buffer[..read]);
            while let Some((after, keys)) = next {
                let unseen = String::from_utf8_lossy(&written[seen..]).into_owned();
                let Some(place) = unseen.find(after) else { break };
                seen += place + after.len();
                terminal.write_all(keys.as_bytes()).unwrap();
                next = typed.next();
            }
        }
        let size = |count: u16| count.try_into().unwrap();
        let mut screen = vt100::Parser::new(size(self.rows), size(self.columns), 0);
        screen.process(&written);
        let mut rows: Vec<String> = screen.screen().rows(0, self.columns).collect();
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        Shown { code: child.wait().unwrap().code(), rows, written: String::from_utf8(written).unwrap() }
    }

    /// Opens both ends: the one of the user and the one of the programs.
    fn open(&self) -> (File, OwnedFd) {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let size = Winsize { ws_row: self.rows, ws_col: self.columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&terminal, size).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
        let end = File::options().read(true).write(true).open(name).unwrap();
        // Keys may arrive before the command takes over the echo; without this, the screen would
        // show some of them twice.
        let mut modes = tcgetattr(&end).unwrap();
        modes.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&end, OptionalActions::Now, &modes).unwrap();
        (File::from(terminal), end.into())
    }
}
