//! Builds and writes responses.

use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::Path;

use super::files::{self, Found, HTML, content_type};
use super::request::{Refused, Target};

/// The script that reloads a page.
const SCRIPT: &str = include_str!("reload.js");
const SCRIPT_PATH: &str = "/servanda-reload.js";
/// The path at which the script asks whether the site has changed.
const VERSION_PATH: &str = "/servanda-reload";

const END_OF_BODY: &[u8] = b"</body>";
/// The part of a Content-Security-Policy that allows scripts of the same origin.
const POLICY: &[u8] = b"script-src 'self'";

/// An answer to a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// This response.
    Now(Response),
    /// The version of the site, once it differs from this one.
    NextVersion(Option<u64>),
}

/// A response, without the headers that all responses have.
#[derive(Debug)]
pub(super) struct Response {
    status: &'static str,
    content_type: &'static str,
    /// A header that only this response has, with its line end, or nothing.
    header: String,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Bytes(Vec<u8>),
    /// A file, up to this length.
    File(File, u64),
}

/// Answers a request. `root` is the path of the site's folder without symbolic links.
pub(super) fn answer(target: &Target, root: &Path, version: u64) -> Answer {
    Answer::Now(match target.path.as_str() {
        VERSION_PATH => return Answer::NextVersion(target.query.parse().ok()),
        SCRIPT_PATH => Response::new("200 OK", content_type(Path::new(SCRIPT_PATH)), SCRIPT),
        path => match files::find(root, path) {
            // Publishing may have removed the file by now.
            Some(Found::File(file)) => of_file(&file, version).unwrap_or_else(|_| Refused::NotFound.into()),
            Some(Found::Folder(path)) => {
                let header = format!("Location: {path}\r\n");
                Response { header, ..Response::text("301 Moved Permanently", "This is a folder.\n") }
            }
            None => Refused::NotFound.into(),
        },
    })
}

fn of_file(path: &Path, version: u64) -> io::Result<Response> {
    let kind = content_type(path);
    if kind == HTML {
        return Ok(Response::new("200 OK", kind, with_script(fs::read(path)?, version)));
    }
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok(Response { body: Body::File(file, length), ..Response::new("200 OK", kind, "") })
}

/// Adds the script to the end of a page.
///
/// A page whose policy forbids scripts, such as a card for other sites, stays as it is.
fn with_script(mut page: Vec<u8>, version: u64) -> Vec<u8> {
    let place = page.windows(END_OF_BODY.len()).rposition(|part| part == END_OF_BODY);
    let allows = page.windows(POLICY.len()).any(|part| part == POLICY);
    if let Some(place) = place.filter(|_| allows) {
        let script = format!("<script src=\"{SCRIPT_PATH}?{version}\"></script>\n");
        page.splice(place..place, script.into_bytes());
    }
    page
}

impl Response {
    fn new(status: &'static str, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type, header: String::new(), body: Body::Bytes(body.into()) }
    }

    fn text(status: &'static str, text: impl Into<Vec<u8>>) -> Self {
        Self::new(status, content_type(Path::new("a.txt")), text)
    }

    /// Returns the response to a page that asks for the version.
    pub(super) fn version(version: u64) -> Self {
        Self::text("200 OK", version.to_string())
    }

    /// Writes the response, or only its head.
    pub(super) fn write(self, head_only: bool, out: &mut impl Write) -> io::Result<()> {
        let Self { status, content_type, header, body } = self;
        let length = match &body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File(_, length) => *length,
        };
        write!(
            out,
            "HTTP/1.1 {status}\r\n\
             Content-Type: {content_type}\r\n\
             Content-Length: {length}\r\n\
             Cache-Control: no-store\r\n\
             Connection: close\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\n\
             {header}\r\n"
        )?;
        match body {
            _ if head_only => {}
            Body::Bytes(bytes) => out.write_all(&bytes)?,
            Body::File(file, length) => _ = io::copy(&mut file.take(length), out)?,
        }
        out.flush()
    }
}

impl From<Refused> for Response {
    fn from(refused: Refused) -> Self {
        let header = if refused == Refused::Method { "Allow: GET, HEAD\r\n" } else { "" };
        Self { header: header.to_owned(), ..Self::text(refused.status(), refused.text()) }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const PAGE: &str = "<meta content=\"default-src 'none'; script-src 'self'\"><body>Words</body></html>\n";

    fn written(response: Response, head_only: bool) -> String {
        let mut out = Vec::new();
        response.write(head_only, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn get(root: &Path, path: &str, head_only: bool) -> String {
        let target = Target { path: path.to_owned(), query: String::new() };
        match answer(&target, &root.canonicalize().unwrap(), 7) {
            Answer::Now(response) => written(response, head_only),
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn pages_get_the_script_and_other_files_stay_as_they_are() {
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        let card = PAGE.replace("script-src 'self'", "");
        for (name, text) in [("index.html", PAGE), ("card.html", &card), ("page.txt", PAGE), ("half.html", "script")] {
            fs::write(root.join(name), text).unwrap();
        }
        let page = PAGE.replace("</body>", "<script src=\"/servanda-reload.js?7\"></script>\n</body>");
        let length = format!("\r\nContent-Length: {}\r\n", page.len());
        let index = get(root, "/", false);
        assert!(index.ends_with(&format!("\r\n\r\n{page}")) && index.contains(&length), "{index}");
        for (path, text) in [("/card.html", card.as_str()), ("/page.txt", PAGE), ("/half.html", "script")] {
            let shown = get(root, path, false);
            assert!(shown.ends_with(&format!("\r\n\r\n{text}")), "{path}: {shown}");
        }
        assert!(get(root, "/servanda-reload.js", false).ends_with(SCRIPT));
        assert_eq!(fs::read_to_string(root.join("index.html")).unwrap(), PAGE);
    }

    #[test]
    fn only_the_last_end_of_the_body_counts() {
        let page = PAGE.replace("Words", "</body>");
        let changed = String::from_utf8(with_script(page.into_bytes(), 1)).unwrap();
        assert!(changed.ends_with("</body><script src=\"/servanda-reload.js?1\"></script>\n</body></html>\n"));
        for other in [&b""[..], b"</body>", b"script-src 'self'", b"\xff\xfe", b"<html>"] {
            assert_eq!(with_script(other.to_vec(), 1), other);
        }
    }

    #[test]
    fn a_head_request_gets_the_headers_and_no_body() {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("de")).unwrap();
        for name in ["index.html", "de/index.html", "site.js"] {
            fs::write(folder.path().join(name), PAGE).unwrap();
        }
        for path in ["/", "/de", "/site.js", "/servanda-reload.js", "/missing"] {
            let (head, whole) = (get(folder.path(), path, true), get(folder.path(), path, false));
            assert!(head.ends_with("\r\n\r\n") && whole.starts_with(&head) && whole.len() > head.len(), "{path}");
        }
    }

    #[test]
    fn responses_are_not_cached_or_sniffed() {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("de")).unwrap();
        fs::write(folder.path().join("de/index.html"), PAGE).unwrap();
        let moved = get(folder.path(), "/de", true);
        let expected = "HTTP/1.1 301 Moved Permanently\r\nContent-Type: text/plain; charset=utf-8\r\n\
                        Content-Length: 18\r\nCache-Control: no-store\r\nConnection: close\r\n\
                        Cross-Origin-Resource-Policy: same-origin\r\nX-Content-Type-Options: nosniff\r\n\
                        Location: /de/\r\n\r\n";
        assert_eq!(moved, expected);
        let refused = written(Refused::Method.into(), true);
        assert!(refused.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{refused}");
        assert!(refused.ends_with("\r\nAllow: GET, HEAD\r\n\r\n"), "{refused}");
    }

    #[test]
    fn the_script_asks_for_the_next_version() {
        let cases = [("7", Some(7)), ("", None), ("-1", None), ("x", None), ("18446744073709551616", None)];
        for (query, expected) in cases {
            let target = Target { path: VERSION_PATH.to_owned(), query: query.to_owned() };
            let answer = answer(&target, Path::new("nowhere"), 7);
            assert!(matches!(answer, Answer::NextVersion(seen) if seen == expected), "{query}: {answer:?}");
        }
    }
}
