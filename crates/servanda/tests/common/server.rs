//! A PostgreSQL server for tests, and programs that write to it.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process};

use postgres::{Client, NoTls};

/// The variable with the URL of the server, which `cargo xtask test` sets.
const SERVER: &str = "SERVANDA_TEST_POSTGRES";

/// A schema on the server, which is removed after the test.
pub(crate) struct Server {
    /// The URL of the schema.
    pub(crate) url: String,
    /// Another connection to it.
    pub(crate) admin: Client,
    schema: String,
}

/// Returns the value of a variable that a test needs. Without it the test is skipped, with a line
/// for the user; in CI that is an error.
pub(crate) fn required_variable(variable: &str, test: &str) -> Option<String> {
    let value = env::var(variable).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        let in_ci = env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false");
        assert!(!in_ci, "{test}: skipped, which CI does not allow: {variable} is not set");
        // Do not use a macro: the test harness would hide its output.
        let line = format!("skipped: {test}: {variable} is not set; `cargo xtask test` sets it\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    value
}

pub(crate) fn server(test: &str) -> Option<Server> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = required_variable(SERVER, test)?;
    let schema = format!("servanda_test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let join = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{join}options=-csearch_path%3D{schema}");
    let mut admin = Client::connect(&url, NoTls).unwrap();
    admin.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
    Some(Server { url, admin, schema })
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.schema)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.admin.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}

/// This test binary, run as another process with a role.
pub(crate) struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
}

const ROLE: &str = "SERVANDA_TEST_ROLE";
const URL: &str = "SERVANDA_TEST_LEDGER";
const NAME: &str = "SERVANDA_TEST_NAME";

/// Returns the role, the URL and the name that this process was started with.
pub(crate) fn role() -> Option<(String, String, usize)> {
    let role = env::var(ROLE).ok()?;
    Some((role, env::var(URL).unwrap(), env::var(NAME).unwrap().parse().unwrap()))
}

/// Prints a line, marked to tell it from the output of the test harness.
pub(crate) fn send(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n> {line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

pub(crate) fn receive(expected: &str) {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    assert_eq!(line.trim_end(), expected);
}

impl Program {
    pub(crate) fn start(role: &str, url: &str, name: usize) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["program", "--exact", "--nocapture", "--test-threads=1"]);
        command.env(ROLE, role).env(URL, url).env(NAME, name.to_string());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Returns the next line that the program prints, or `None` when it has ended.
    pub(crate) fn receive(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.out.read_line(&mut line).unwrap() > 0 {
            if let Some(said) = line.strip_prefix("> ").and_then(|said| said.strip_suffix('\n')) {
                return Some(said.to_owned());
            }
            line.clear();
        }
        None
    }

    pub(crate) fn send(&mut self, line: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
