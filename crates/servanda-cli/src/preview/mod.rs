//! The preview of a site: a small server for the browser on this machine.
//!
//! It listens on 127.0.0.1 only, and answers one request on each connection. [`request`] decides
//! what is answered at all, [`files`] which file a path names, and [`response`] what is sent. This
//! file has the sockets and the threads.

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

/// The number of connections that are answered at the same time.
const MAX_CONNECTIONS: usize = 64;
/// The time in which the head of a request has to come.
const TIME_TO_ASK: Duration = Duration::from_secs(10);
/// The time in which a client has to take the answer.
const TIME_TO_TAKE: Duration = Duration::from_secs(60);
/// The time that a client has to close the connection.
const TIME_TO_CLOSE: Duration = Duration::from_secs(2);
/// The time after which a page has to ask again whether the site has changed.
const TIME_TO_ASK_AGAIN: Duration = Duration::from_secs(20);

/// Listens on a port of 127.0.0.1. The port 0 stands for any free one.
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
    /// Starts to serve a folder. Pages that show an earlier version than this one load again.
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

    /// Makes all open pages load again.
    pub(crate) fn reload(&self) {
        let mut state = self.shared.state();
        state.version = state.version.wrapping_add(1);
        drop(state);
        self.shared.changed.notify_all();
    }
}

/// Stops the server. Connections that are open end by themselves.
impl Drop for Preview {
    fn drop(&mut self) {
        self.shared.state().closed = true;
        self.shared.changed.notify_all();
        // This wakes the thread that accepts connections. If it fails, that thread is left alone.
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

    /// Waits until the site has another version than this one, or until it is time to ask again.
    /// Returns the version of the site.
    fn wait_for_change(&self, seen: Option<u64>) -> u64 {
        let is_seen = |state: &mut State| seen == Some(state.version) && !state.closed;
        let waited = self.changed.wait_timeout_while(self.state(), TIME_TO_ASK_AGAIN, is_seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.version
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
        // Each connection has a clone, next to those of the preview and of this thread.
        if Arc::strong_count(shared) < MAX_CONNECTIONS + 2 {
            let shared = Arc::clone(shared);
            // A connection that fails concerns only its client.
            let _ = thread::Builder::new().spawn(move || converse(&stream, &shared));
        }
    }
}

/// Answers the request of a connection, and closes it.
fn converse(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    let request = request::read(&mut Timed::new(stream, TIME_TO_ASK))?;
    let response = match &request.target {
        Ok(target) => {
            let version = shared.state().version;
            match response::answer(target, &shared.root, version) {
                Answer::Now(response) => response,
                Answer::NextVersion(seen) => Response::version(shared.wait_for_change(seen)),
            }
        }
        Err(refused) => (*refused).into(),
    };
    response.write(request.head_only, &mut BufWriter::new(Timed::new(stream, TIME_TO_TAKE)))?;
    stream.shutdown(Shutdown::Write)?;
    // If the client is still sending, closing at once would destroy the answer on its way.
    let mut rest = Timed::new(stream, TIME_TO_CLOSE).take(1 << 20);
    io::copy(&mut rest, &mut io::sink())?;
    Ok(())
}

/// A connection that fails at a certain time, however slow the client is.
struct Timed<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl<'a> Timed<'a> {
    fn new(stream: &'a TcpStream, time: Duration) -> Self {
        Self { stream, until: Instant::now() + time }
    }

    fn time_left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.saturating_duration_since(Instant::now());
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
