//! A temporary PostgreSQL server for tests.
//!
//! It listens on loopback, keeps its data in a temporary folder, and is stopped and removed even if
//! this program is killed.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::tools::{is_root, succeeds};

/// The environment variable with the URL of the test server. If the user sets it, that server is
/// used and none is started.
pub(crate) const SERVER: &str = "SERVANDA_TEST_POSTGRES";

/// The environment variable with the path of the certificate that signed the server's certificate.
const ROOT_CERTIFICATE: &str = "SERVANDA_TEST_POSTGRES_ROOT_CERT";

/// The environment variable with the path of a program that kills the server with SIGKILL and
/// starts it again.
const CRASH: &str = "SERVANDA_TEST_POSTGRES_CRASH";

/// How many ports to try: another program may take a port between the check and its use.
const MAX_PORTS_TRIED: usize = 5;

/// A running server.
pub(crate) struct TemporaryServer {
    folder: PathBuf,
    url: String,
    /// A shell that waits for this program to end, then stops the server and removes its folder.
    watchdog: Option<Child>,
}

/// The folder with PostgreSQL's programs: Debian's newest version, or the one that `pg_config`
/// names.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse().ok()?, version.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Some(folder);
    }
    let output = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    folder.join("initdb").is_file().then_some(folder)
}

/// Whether the user names a server, or one can be started.
pub(crate) fn is_available() -> bool {
    user_names_server() || programs().is_some()
}

/// Fails if no server can be started and the user names none.
pub(crate) fn starts() -> Result<(), String> {
    if user_names_server() { Ok(()) } else { TemporaryServer::start().map(drop) }
}

fn user_names_server() -> bool {
    std::env::var_os(SERVER).is_some_and(|url| !url.is_empty())
}

/// Runs a command with the URL of a server in its environment.
pub(crate) fn with_server(command: &mut Command) -> Result<(), String> {
    if user_names_server() {
        return crate::tools::run(command);
    }
    let server = TemporaryServer::start()?;
    command.env(SERVER, &server.url).env(CRASH, server.folder.join("crash"));
    command.env(ROOT_CERTIFICATE, server.folder.join("root.crt"));
    crate::tools::run(command)
}

impl TemporaryServer {
    fn start() -> Result<Self, String> {
        let programs = programs().ok_or("there is no PostgreSQL on this machine")?;
        let random = random();
        let folder = std::env::temp_dir().join(format!("servanda-postgres-{random:x}"));
        let password = format!("{:x}", self::random());
        fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut server = Self { folder: folder.clone(), url: String::new(), watchdog: None };
        let user = ServerUser::of_this_machine();
        server.watchdog = Some(watchdog(&folder, &programs, &user)?);
        let write = |name: &str, text: &str| {
            fs::write(folder.join(name), text).map_err(|error| format!("{}: {error}", folder.join(name).display()))
        };
        write("password", &password)?;
        write("certificate", &certificate_script(&folder))?;
        write("crash", &crash_script(&folder, &programs, &user))?;
        quiet(Command::new("chmod").arg("755").arg(folder.join("crash")))?;
        user.give(&folder)?;
        quiet(user.command("sh").arg(folder.join("certificate")))?;

        let mut initdb = user.command(programs.join("initdb"));
        initdb.arg("--pgdata").arg(folder.join("data")).arg("--pwfile").arg(folder.join("password"));
        initdb.args(["--username=servanda", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"]);
        quiet(&mut initdb)?;
        let mut refused = String::new();
        for _ in 0..MAX_PORTS_TRIED {
            let port = free_port()?;
            let mut start = user.command(programs.join("pg_ctl"));
            start.args(["start", "--wait", "--pgdata"]).arg(folder.join("data"));
            start.arg("--log").arg(folder.join("log")).arg("--options").arg(options(&folder, port));
            match quiet(&mut start) {
                Ok(()) => {
                    server.url = format!("postgresql://servanda:{password}@127.0.0.1:{port}/postgres?sslmode=disable");
                    return Ok(server);
                }
                Err(error) => refused = error,
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL does not start: {refused}\n{log}"))
    }
}

impl Drop for TemporaryServer {
    fn drop(&mut self) {
        if let Some(mut watchdog) = self.watchdog.take() {
            // Closing its input tells the watchdog to stop the server.
            drop(watchdog.stdin.take());
            let _ = watchdog.wait();
        }
    }
}

/// The user who runs the server: `None` for the current one. PostgreSQL refuses to run as root.
struct ServerUser(Option<&'static str>);

impl ServerUser {
    fn of_this_machine() -> Self {
        let exists = |user: &&str| succeeds("id", &["-u", user]);
        Self(is_root().then(|| ["postgres", "nobody"].into_iter().find(exists).unwrap_or("nobody")))
    }

    /// The words to put before a command so that this user runs it.
    fn prefix(&self) -> Vec<String> {
        let Some(user) = self.0 else { return Vec::new() };
        ["setpriv".into(), format!("--reuid={user}"), "--regid".into(), group(user), "--init-groups".into()].into()
    }

    /// A command that this user runs.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut words = self.prefix().into_iter();
        let Some(first) = words.next() else { return Command::new(program) };
        let mut command = Command::new(first);
        command.args(words).arg(program);
        command
    }

    /// Makes this user the owner of a folder.
    fn give(&self, folder: &Path) -> Result<(), String> {
        let Some(user) = self.0 else { return Ok(()) };
        quiet(Command::new("chown").args(["-R", user]).arg(folder))
    }
}

fn group(user: &str) -> String {
    let output = Command::new("id").args(["-g", user]).output();
    output.map_or_else(|_| user.to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Starts a shell that stops the server and removes its folder once its input ends. This program
/// holds that input, so it ends when this program does.
fn watchdog(folder: &Path, programs: &Path, user: &ServerUser) -> Result<Child, String> {
    let stop = format!(
        "trap '' INT TERM HUP\ncat >/dev/null\n{} {} stop --mode=immediate --pgdata={} >/dev/null 2>&1\nrm -rf {}\n",
        quoted(&user.prefix()),
        quote(&programs.join("pg_ctl").to_string_lossy()),
        quote(&folder.join("data").to_string_lossy()),
        quote(&folder.to_string_lossy()),
    );
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(stop).current_dir("/").stdin(Stdio::piped());
    shell.spawn().map_err(|error| format!("sh could not be run: {error}"))
}

/// A script that kills the server and starts it again with the same options. It retries, because
/// the server's remaining processes may hold its shared memory for a moment.
fn crash_script(folder: &Path, programs: &Path, user: &ServerUser) -> String {
    let data = quote(&folder.join("data").to_string_lossy());
    format!(
        "#!/bin/sh\nkill -KILL \"$(head -n 1 {data}/postmaster.pid)\" || exit 1\n\
         for attempt in $(seq 100); do\n  {} {} restart --wait --mode=immediate --pgdata={data} --log={} >/dev/null 2>&1 && exit 0\n  \
         sleep 0.1\ndone\nexit 1\n",
        quoted(&user.prefix()),
        quote(&programs.join("pg_ctl").to_string_lossy()),
        quote(&folder.join("log").to_string_lossy()),
    )
}

/// A script that makes a certificate for `localhost` and the root certificate that signs it.
fn certificate_script(folder: &Path) -> String {
    format!(
        "set -e\ncd {}\numask 077\n\
         openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=servanda-test-root -keyout root.key -out root.crt\n\
         openssl req -new -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr\n\
         printf 'subjectAltName=DNS:localhost\\nbasicConstraints=CA:FALSE\\n' >server.ext\n\
         openssl x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -days 30 -extfile server.ext -out server.crt\n\
         chmod 644 root.crt\nchmod 755 .\n",
        quote(&folder.to_string_lossy())
    )
}

/// The server's own options.
fn options(folder: &Path, port: u16) -> String {
    let file = |name: &str| quote(&folder.join(name).to_string_lossy());
    // The tests kill the server, but not the machine, so its writes need not reach the disk.
    let mut options = format!(
        "-p {port} -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
        quote(&folder.to_string_lossy())
    );
    // Writing to a string cannot fail.
    let _ =
        write!(options, " -c ssl=on -c ssl_cert_file={} -c ssl_key_file={}", file("server.crt"), file("server.key"));
    options
}

/// A free port on loopback.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port on loopback: {error}"))
}

/// An unpredictable number. The standard library seeds its maps with one.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Runs a command and shows its output only if it fails. The output goes to a file, because a
/// server that the command leaves running would keep a pipe open.
fn quiet(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let log = std::env::temp_dir().join(format!("servanda-xtask-{:x}", random()));
    let run = || -> std::io::Result<_> {
        let output = fs::File::create(&log)?;
        let errors = output.try_clone()?;
        command.current_dir("/").stdin(Stdio::null()).stdout(output).stderr(errors).status()
    };
    let status = { run }();
    let text = fs::read_to_string(&log).unwrap_or_default();
    let _ = fs::remove_file(&log);
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program}: {status}\n{}", text.trim_end())),
        Err(error) => Err(format!("{program} could not be run: {error}")),
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ")
}

/// A word quoted for the shell.
fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quoted_word_stays_one_word() {
        assert_eq!(quote("it's /tmp/a b"), r"'it'\''s /tmp/a b'");
    }
}
