//! Reads a request, and rejects those that the preview does not answer.

use std::io::{self, ErrorKind, Read};

/// The maximum length of the head of a request, in bytes.
const MAX_HEAD: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;

/// A request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether the method is HEAD, so that the response has no body.
    pub(super) head_only: bool,
    pub(super) target: Result<Target, Refused>,
}

/// The path and the query of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The path as it was sent. It starts with a slash.
    pub(super) path: String,
    /// The text after the first question mark.
    pub(super) query: String,
}

/// The reason why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is not HTTP, or not about a path.
    Malformed,
    /// Its `Host` is not this machine.
    Host,
    /// The site has no file at the path.
    NotFound,
    /// Its method is neither GET nor HEAD.
    Method,
    /// Its head is too long.
    TooLong,
}

impl Refused {
    /// Returns the code and the name of the status.
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::Host => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::Method => "405 Method Not Allowed",
            Self::TooLong => "431 Request Header Fields Too Large",
        }
    }

    /// Returns the text of the answer.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Malformed => "The request is not HTTP/1.1 with a path. Open a page of the site in a browser.\n",
            Self::Host => {
                "The preview answers only requests to 127.0.0.1 and localhost. Open the address that servanda serve \
                 printed.\n"
            }
            Self::NotFound => "The site has no file at this address. The front page is at /\n",
            Self::Method => "The preview only shows files. It answers only GET and HEAD.\n",
            Self::TooLong => "The headers of the request are too long. At most 64 headers and 16 KiB are allowed.\n",
        }
    }
}

/// Reads the head of a request.
///
/// # Errors
///
/// Fails if reading fails, or if the connection ends before the head does.
pub(super) fn read(input: &mut impl Read) -> io::Result<Request> {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let room = buffer.len().min(MAX_HEAD - head.len());
        let read = input.read(&mut buffer[..room])?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&buffer[..read]);
        if let Some(request) = parse(&head) {
            return Ok(request);
        }
    }
}

/// Parses the bytes that were read so far. Returns `None` if the head is not complete.
fn parse(bytes: &[u8]) -> Option<Request> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let target = match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => target(&request),
        Ok(httparse::Status::Partial) if bytes.len() < MAX_HEAD => return None,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => Err(Refused::TooLong),
        Err(_) => Err(Refused::Malformed),
    };
    Some(Request { head_only: request.method == Some("HEAD"), target })
}

/// Returns the path and the query of a request, if the preview answers it.
fn target(request: &httparse::Request<'_, '_>) -> Result<Target, Refused> {
    let mut hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = hosts.next().filter(|host| is_local(host.value));
    if host.is_none() || hosts.next().is_some() {
        return Err(Refused::Host);
    }
    if !matches!(request.method, Some("GET" | "HEAD")) {
        return Err(Refused::Method);
    }
    let target = request.path.filter(|target| target.starts_with('/')).ok_or(Refused::Malformed)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Target { path: path.to_owned(), query: query.to_owned() })
}

/// Whether a host is this machine, with or without a port.
///
/// A hostile site can point its own host name at 127.0.0.1 (DNS rebinding). Its pages can then send
/// requests to the preview and read the responses, but these requests have that name as their
/// `Host`.
fn is_local(host: &[u8]) -> bool {
    let Ok(host) = str::from_utf8(host) else { return false };
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_port && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A connection that delivers one byte at a time.
    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }

    /// Reads a request in one piece and byte by byte.
    fn request(bytes: &[u8]) -> Request {
        let whole = read(&mut &*bytes).unwrap();
        assert_eq!(read(&mut ByteByByte(bytes)).unwrap(), whole);
        whole
    }

    fn target(bytes: &[u8]) -> Result<Target, Refused> {
        request(bytes).target
    }

    fn with_host(host: &str) -> Result<Target, Refused> {
        target(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    }

    #[test]
    fn a_request_has_a_path_and_a_query() {
        let cases = [
            ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", false, "/", ""),
            ("HEAD /de/ HTTP/1.1\r\nhost: localhost\r\n\r\n", true, "/de/", ""),
            ("GET /a%20b?c?d HTTP/1.0\nHOST: 127.0.0.1:8000\n\n", false, "/a%20b", "c?d"),
            ("GET /../x HTTP/1.1\r\nAccept: */*\r\nHost: LOCALHOST:1\r\n\r\nthe rest", false, "/../x", ""),
        ];
        for (text, head_only, path, query) in cases {
            let target = Ok(Target { path: path.to_owned(), query: query.to_owned() });
            assert_eq!(request(text.as_bytes()), Request { head_only, target }, "{text}");
        }
    }

    #[test]
    fn a_refused_head_request_is_known_to_be_one() {
        let long = format!("HEAD / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(MAX_HEAD));
        let cases = [
            ("HEAD / HTTP/1.1\r\nHost: example.org\r\n\r\n", Refused::Host),
            ("HEAD * HTTP/1.1\r\nHost: localhost\r\n\r\n", Refused::Malformed),
            ("HEAD / HTTP/2.0\r\n\r\n", Refused::Malformed),
            (&long, Refused::TooLong),
        ];
        for (text, refused) in cases {
            assert_eq!(request(text.as_bytes()), Request { head_only: true, target: Err(refused) }, "{text}");
        }
    }

    #[test]
    fn only_this_machine_is_a_host() {
        for host in ["127.0.0.1", "127.0.0.1:8000", "localhost", "Localhost:65535"] {
            assert!(with_host(host).is_ok(), "{host}");
        }
        for host in [
            "",
            "example.org",
            "example.org:8000",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "example.org@localhost",
            "localhost@example.org",
            "127.0.0.1:8000:8000",
            "127.0.0.1:",
            "127.0.0.1:65536",
            "127.0.0.1:+80",
            "localhost:example.org",
            "127.1",
            "2130706433",
            "0.0.0.0:8000",
            "[::1]:8000",
            "localhost.",
            "localhost, example.org",
            "lócalhost",
        ] {
            assert_eq!(with_host(host), Err(Refused::Host), "{host}");
        }
        let none = target(b"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n");
        let two = target(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n\r\n");
        let invalid = target(b"GET / HTTP/1.1\r\nHost: localhost\xff\r\n\r\n");
        assert_eq!((none, two, invalid), (Err(Refused::Host), Err(Refused::Host), Err(Refused::Host)));
    }

    #[test]
    fn other_methods_and_targets_are_refused() {
        let host = "HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let cases = [
            ("POST /", Refused::Method),
            ("PUT /", Refused::Method),
            ("DELETE /", Refused::Method),
            ("OPTIONS *", Refused::Method),
            ("CONNECT localhost:80", Refused::Method),
            ("get /", Refused::Method),
            ("GET *", Refused::Malformed),
            ("GET http://localhost/", Refused::Malformed),
            ("GET index.html", Refused::Malformed),
            ("GET /a b", Refused::Malformed),
            ("GET", Refused::Malformed),
            ("", Refused::Malformed),
        ];
        for (start, refused) in cases {
            assert_eq!(target(format!("{start} {host}").as_bytes()), Err(refused), "{start}");
        }
        for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"GET / HTTP/2.0\r\n\r\n", b"GET /\r\n\r\n", b"\0\0\0\0"] {
            assert_eq!(target(bytes), Err(Refused::Malformed), "{bytes:?}");
        }
    }

    #[test]
    fn a_head_has_a_maximum_length() {
        let field = |length: usize| format!("GET / HTTP/1.1\r\nHost: localhost\r\nA: {}\r\n\r\n", "a".repeat(length));
        let shortest = field(0).len();
        assert!(target(field(MAX_HEAD - shortest).as_bytes()).is_ok());
        assert_eq!(target(field(MAX_HEAD - shortest + 1).as_bytes()), Err(Refused::TooLong));

        let fields = |number: usize| format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: a\r\n".repeat(number));
        assert!(target(fields(MAX_HEADERS - 1).as_bytes()).is_ok());
        assert_eq!(target(fields(MAX_HEADERS).as_bytes()), Err(Refused::TooLong));

        let endless = read(&mut io::repeat(b'a')).unwrap();
        assert_eq!(endless.target, Err(Refused::TooLong));
    }

    #[test]
    fn no_byte_in_any_place_panics_or_gives_a_wrong_path() {
        let text = b"GET /a%20b?c HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: */*\r\n\r\n";
        for place in 0..text.len() {
            for byte in 0..=u8::MAX {
                let mut bytes = text.to_vec();
                bytes[place] = byte;
                if let Ok(Request { target: Ok(target), .. }) = read(&mut &*bytes) {
                    assert!(target.path.starts_with('/') && !target.path.contains('?'), "{target:?}");
                }
            }
        }
    }

    #[test]
    fn a_connection_that_ends_early_is_an_error() {
        let text = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for length in 0..text.len() {
            let error = read(&mut &text[..length]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{length}");
        }
    }
}
