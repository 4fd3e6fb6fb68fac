//! `servanda serve`: a preview of a site.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use insta::assert_snapshot;
use servanda_cli::Exit;

#[cfg(unix)]
use crate::running::temporary;
use crate::running::{MAX_WAIT, Running};
use crate::test_dir::{TestDir, desk_environment};

/// A request that was sent. The response may come later.
struct Sent(TcpStream);

impl Sent {
    fn new(address: &str, request: &str) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(MAX_WAIT)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        Self(stream)
    }

    fn get(address: &str, path: &str) -> Self {
        Self::new(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n"))
    }

    /// Waits for the response. Returns the status line, and everything after the headers.
    fn answer(mut self) -> (String, String) {
        let mut text = String::new();
        self.0.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }

    fn body(self) -> String {
        self.answer().1
    }
}

/// The version of the site in the address of the script of a page.
fn version(page: &str) -> u64 {
    let (_, rest) = page.split_once("<script src=\"/servanda-reload.js?").unwrap();
    rest.split_once('"').unwrap().0.parse().unwrap()
}

#[test]
fn a_page_is_told_when_the_site_has_changed() {
    let dir = TestDir::promises("p.jsonl");
    let serve = Running::start(&dir, "serve p.jsonl --on 2014-06-01 --port 0");
    let first = serve.line();
    assert!(first.contains(" of them new or changed, 0 removed"), "{first}");
    let line = serve.line();
    let address = line.strip_prefix("Open http://").and_then(|line| line.strip_suffix("/\n")).unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");

    let (status, page) = Sent::get(&address, "/commitments/us/senkaku/index.html").answer();
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(!page.contains("A second remark"));
    assert!(Sent::get(&address, "/servanda-reload.js").body().contains("/servanda-reload?"));

    // After 20 seconds without a change, the answer is the same version.
    let seen = version(&page).to_string();
    let ask = || Sent::get(&address, &format!("/servanda-reload?{seen}"));
    let first = ask();
    let remark = "remark @p.jsonl us/senkaku 'A second remark' --on 2014-05-01";
    assert_eq!(dir.run_in(&desk_environment(80), remark).exit, Exit::Done);
    let mut answers = std::iter::once(first.body()).chain(std::iter::repeat_with(|| ask().body()).take(30));
    assert_eq!(answers.find(|answer| *answer != seen), Some((version(&page) + 1).to_string()));
    let page = Sent::get(&address, "/commitments/us/senkaku/index.html").body();
    assert!(page.contains("A second remark"));
    let again = serve.line();
    assert!(again.contains(" files, ") && !again.contains(" 0 of them new or changed"), "{again}");

    // A page that shows another version does not wait.
    assert_eq!(Sent::get(&address, "/servanda-reload?1").body(), version(&page).to_string());

    #[cfg(unix)]
    {
        assert_eq!(std::fs::read_dir(temporary(&dir)).unwrap().count(), 1);
        assert_eq!(serve.interrupt(), (Some(130), String::new()));
        assert_eq!(std::fs::read_dir(temporary(&dir)).unwrap().count(), 0);
    }
}

#[test]
fn only_requests_to_this_machine_get_files_of_the_site() {
    let dir = TestDir::promises("p.jsonl");
    let serve = Running::start(&dir, "serve p.jsonl -o site --port 0");
    let lines = [serve.line(), serve.line()];
    let address = lines[1].strip_prefix("Open http://").and_then(|line| line.strip_suffix("/\n")).unwrap();
    let cases = [
        ("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "HTTP/1.1 403 Forbidden"),
        ("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 403 Forbidden"),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 405 Method Not Allowed"),
        ("GET /../p.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 404 Not Found"),
        ("GET /%2e%2e/p.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 404 Not Found"),
        ("GET /data/ledger.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 OK"),
        ("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request"),
    ];
    for (request, status) in cases {
        assert_eq!(Sent::new(address, request).answer().0, status, "{request}");
    }
    let head = Sent::new(address, "HEAD / HTTP/1.1\r\nHost: example.org\r\n\r\n").answer();
    assert_eq!(head, ("HTTP/1.1 403 Forbidden".to_owned(), String::new()));
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nA: {}\r\n\r\n", "a".repeat(100_000));
    assert_eq!(Sent::new(address, &long).answer().0, "HTTP/1.1 431 Request Header Fields Too Large");

    let index = std::fs::read_to_string(dir.path("site").join("index.html")).unwrap();
    assert!(!index.contains("servanda-reload"));
}

#[test]
fn a_first_mistake_ends_the_preview() {
    let dir = TestDir::promises("p.jsonl");
    dir.write("wrong.toml", "nam = 1\n");
    for (name, arguments) in [
        ("no_ledger", "serve"),
        ("missing", "serve @missing.jsonl --port 0"),
        ("wrong_config", "serve @p.jsonl --config @wrong.toml --port 0"),
        ("no_port", "serve @p.jsonl --port 65536"),
        ("no_format", "serve @p.jsonl --format json"),
    ] {
        let outcome = dir.run(80, arguments);
        assert_eq!(outcome.out, "", "{arguments}");
        assert_snapshot!(name, outcome.transcript());
    }
    assert_snapshot!("help", dir.run(80, "serve --help").out);
}
