//! The preview of a site: a small server for the browser on this machine.
//!
//! It listens on 127.0.0.1 only, and answers one request on each connection. [`request`] reads and
//! checks a request, [`files`] finds the file for its path, and [`response`] builds and writes the
//! response. This file has the sockets and the threads.

mod files;
mod request;
mod response;

use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use response::{Answer, Response};

/// The maximum number of open connections. Further ones are closed at once.
const MAX_CONNECTIONS: usize = 64;
/// The time limit for reading the head of a request.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// The time limit for writing a response.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);
/// The time limit for the client to close the connection after the response.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// The time between two checks whether a page that waits for a change still has its connection.
const POLL_PAUSE: Duration = Duration::from_secs(1);
/// The number of these checks before a page is told that the site has not changed. It then asks
/// again.
const MAX_POLL_CHECKS: u32 = 20;

/// Listens on a port of 127.0.0.1. Port 0 means any free port.
pub(crate) fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Preview {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

/// The state that the threads of the server share.
#[derive(Debug)]
struct Shared {
    /// The folder of the site, without symbolic links.
    root: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    version: u64,
    closed: bool,
}

impl Preview {
    /// Starts to serve a folder. Open pages that show another version than this one reload.
    pub(crate) fn start(listener: TcpListener, folder: &Path, version: u64) -> io::Result<Self> {
        let state = Mutex::new(State { version, closed: false });
        let shared = Arc::new(Shared { root: folder.canonicalize()?, state, changed: Condvar::new() });
        let address = listener.local_addr()?;
        let accepting = thread::Builder::new().spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        })?;
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// Returns the address of the front page.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Makes all open pages reload.
    pub(crate) fn reload(&self) {
        let mut state = self.shared.state();
        state.version = state.version.wrapping_add(1);
        drop(state);
        self.shared.changed.notify_all();
    }
}

/// Stops the server. Open connections are answered and closed by their own threads.
impl Drop for Preview {
    fn drop(&mut self) {
        self.shared.state().closed = true;
        self.shared.changed.notify_all();
        // Wake the thread that accepts connections. If this fails, do not wait for it.
        if TcpStream::connect(self.address).is_ok()
            && let Some(accepting) = self.accepting.take()
        {
            let _ = accepting.join();
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the site has another version than this one, until the client is gone, or until
    /// it is time to ask again. Returns the version of the site.
    ///
    /// A browser closes the connection when it leaves the page. Without the check, the connection
    /// would count towards [`MAX_CONNECTIONS`] until it is time to ask again.
    fn wait_for_change(&self, seen: Option<u64>, is_gone: impl Fn() -> bool) -> u64 {
        let is_seen = |state: &mut State| seen == Some(state.version) && !state.closed;
        let mut state = self.state();
        for _ in 0..MAX_POLL_CHECKS {
            if !is_seen(&mut state) || is_gone() {
                break;
            }
            let waited = self.changed.wait_timeout_while(state, POLL_PAUSE, is_seen);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.version
    }
}

/// Accepts connections until the preview is closed.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    loop {
        let accepted = listener.accept();
        if shared.state().closed {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // There may be too many open files.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        // The preview, this thread and each connection have one reference.
        if Arc::strong_count(shared) < MAX_CONNECTIONS + 2 {
            let shared = Arc::clone(shared);
            // An error concerns only the client of this connection.
            let _ = thread::Builder::new().spawn(move || handle(&stream, &shared));
        }
    }
}

/// Answers one request, and closes the connection.
fn handle(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    let request = request::read(&mut Timed::new(stream, READ_TIMEOUT))?;
    let response = match &request.target {
        Ok(target) => {
            let version = shared.state().version;
            match response::answer(target, &shared.root, version) {
                Answer::Now(response) => response,
                Answer::NextVersion(seen) => Response::version(shared.wait_for_change(seen, || is_gone(stream))),
            }
        }
        Err(refused) => (*refused).into(),
    };
    response.write(request.head_only, &mut BufWriter::new(Timed::new(stream, WRITE_TIMEOUT)))?;
    stream.shutdown(Shutdown::Write)?;
    // Closing a connection with unread data resets it, and the client could lose the response.
    let mut rest = Timed::new(stream, CLOSE_TIMEOUT).take(1 << 20);
    io::copy(&mut rest, &mut io::sink())?;
    Ok(())
}

/// Returns whether the client has closed the connection.
fn is_gone(stream: &TcpStream) -> bool {
    let peek = || {
        stream.set_nonblocking(true)?;
        let peeked = stream.peek(&mut [0]);
        stream.set_nonblocking(false)?;
        peeked
    };
    match peek() {
        Ok(bytes) => bytes == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    }
}

/// A connection with a deadline for all reads and writes together.
struct Timed<'a> {
    stream: &'a TcpStream,
    deadline: Instant,
}

impl<'a> Timed<'a> {
    fn new(stream: &'a TcpStream, timeout: Duration) -> Self {
        Self { stream, deadline: Instant::now() + timeout }
    }

    fn time_left(&self) -> io::Result<Option<Duration>> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.time_left()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.time_left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tempfile::TempDir;

    use super::*;

    /// Asks for the version after this one. Returns the connection.
    fn poll(address: SocketAddr, version: u64) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /servanda-reload?{version} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream
    }

    #[test]
    fn all_pages_reload_and_connections_above_the_limit_are_closed() {
        let folder = TempDir::new().unwrap();
        let preview = Preview::start(listen(0).unwrap(), folder.path(), 7).unwrap();
        let polls: Vec<TcpStream> = (0..MAX_CONNECTIONS).map(|_| poll(preview.address, 7)).collect();
        // Connections are accepted in order, so this one is above the limit.
        let mut text = String::new();
        let read = TcpStream::connect(preview.address).unwrap().read_to_string(&mut text);
        assert!(read.is_err() || text.is_empty(), "{text}");

        preview.reload();
        for mut stream in polls {
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\n8"), "{text}");
        }
    }

    #[test]
    fn a_dropped_preview_answers_pages_that_wait() {
        let folder = TempDir::new().unwrap();
        let preview = Preview::start(listen(0).unwrap(), folder.path(), 7).unwrap();
        let address = preview.address;
        let mut waiting = poll(address, 7);
        // The answer to a later connection shows that the first one was accepted.
        poll(address, 1).read_to_string(&mut String::new()).unwrap();
        drop(preview);
        let mut text = String::new();
        waiting.read_to_string(&mut text).unwrap();
        assert!(text.ends_with("\r\n\r\n7"), "{text}");
    }

    #[test]
    fn a_client_that_is_gone_is_not_waited_for() {
        let folder = TempDir::new().unwrap();
        let listener = listen(0).unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        assert!(!is_gone(&stream));
        client.write_all(b"a").unwrap();
        stream.peek(&mut [0]).unwrap();
        assert!(!is_gone(&stream));
        drop(client);
        stream.read_to_end(&mut Vec::new()).unwrap();
        assert!(is_gone(&stream));

        let preview = Preview::start(listen(0).unwrap(), folder.path(), 7).unwrap();
        let checks = Cell::new(0);
        let check = || checks.replace(checks.get() + 1) == 0;
        assert_eq!((preview.shared.wait_for_change(Some(7), check), checks.get()), (7, 1));
    }

    #[test]
    fn a_deadline_ends_reading_and_writing() {
        let listener = listen(0).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut late = Timed::new(&client, Duration::ZERO);
        assert_eq!(late.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
        assert_eq!(late.write(&[0]).unwrap_err().kind(), ErrorKind::TimedOut);
        // The system has its own name for a timeout.
        let error = Timed::new(&client, Duration::from_millis(1)).read(&mut [0]).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock), "{error}");
    }
}
