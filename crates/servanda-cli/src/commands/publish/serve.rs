//! `servanda serve`: a preview of a site.

use std::io;
use std::ops::RangeInclusive;
use std::path::Path;

use tempfile::TempDir;

use super::summary;
use super::watch::Publication;
use crate::Environment;
use crate::args::{ReportFormat, ServeArgs};
use crate::exit::{Exit, Failure};
use crate::interrupts::Interrupts;
use crate::json;
use crate::output::Output;
use crate::preview::{self, Preview};

/// The ports to try in order if the arguments have none.
const USUAL_PORTS: RangeInclusive<u16> = 8000..=8099;

pub(crate) fn run(args: &ServeArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let listener = listen(args.port, preview::listen)?;
    let mut publication = Publication::open(&args.site, env, out)?;
    let interrupts = Interrupts::catch()?.and_hangup()?;
    let temporary: TempDir;
    let folder: &Path = match &args.output {
        Some(folder) => folder,
        None => {
            temporary = temporary_folder()?;
            temporary.path()
        }
    };
    let published = publication.publish(folder)?;
    // A later preview has a higher version, so that pages of an earlier one reload.
    let version = env.time.now().micros().unsigned_abs();
    let preview = Preview::start(listener, folder, version)
        .map_err(|error| Failure::refused("io", format!("could not serve {}: {error}", folder.display())))?;
    out.line(&summary(&published))?;
    out.line(&format!("Open {}", preview.url()))?;
    out.writer().flush()?;
    publication.watch(folder, &interrupts, ReportFormat::Table, out, |published, out| {
        if published.written + published.removed > 0 {
            preview.reload();
        }
        out.line(&summary(published))?;
        Ok(out.writer().flush()?)
    })
}

fn temporary_folder() -> Result<TempDir, Failure> {
    tempfile::Builder::new().prefix("servanda-").tempdir().map_err(|error| {
        let text = format!("could not create a temporary folder: {error}; give a folder with --output");
        Failure::refused("io", text)
    })
}

/// Listens on the given port, or on the first free one of the usual ports. `listen_on` listens on
/// one port.
fn listen<T>(port: Option<u16>, listen_on: impl Fn(u16) -> io::Result<T>) -> Result<T, Failure> {
    let ports = port.map_or(USUAL_PORTS, |port| port..=port);
    let (first, last) = (*ports.start(), *ports.end());
    let mut reason = String::new();
    for port in ports {
        match listen_on(port) {
            Ok(listener) => return Ok(listener),
            Err(error) => reason = error.to_string(),
        }
    }
    let (place, advice) = match port {
        Some(port) => (format!("127.0.0.1:{port}"), "give another port with --port"),
        None => (format!("any port of 127.0.0.1 from {first} to {last}"), "give a port with --port"),
    };
    let text = format!("could not listen on {place}: {reason}; {advice}, or 0 for any free one");
    let details = [("first", first.to_string()), ("last", last.to_string()), ("reason", json::text(&reason))];
    Err(Failure::refused_with("no-port", json::object(details), text))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;
    use crate::exit::Refusal;

    /// Listens while these ports are taken. Returns the port, or the code, details and text of the error.
    fn outcome(port: Option<u16>, taken: RangeInclusive<u16>) -> Result<u16, (&'static str, String, String)> {
        let listen_on = |port| if taken.contains(&port) { Err(ErrorKind::AddrInUse.into()) } else { Ok(port) };
        listen(port, listen_on).map_err(|failure| match failure {
            Failure::Refused(Refusal { code, details, text }) => (code, details, text),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_next_port_is_tried_only_if_none_is_given() {
        assert_eq!(outcome(None, 1..=1), Ok(8000));
        assert_eq!(outcome(None, 8000..=8001), Ok(8002));
        assert_eq!(outcome(None, 0..=8098), Ok(8099));
        assert_eq!(outcome(Some(9000), 1..=1), Ok(9000));
        assert_eq!(outcome(Some(0), 1..=1), Ok(0));

        let reason = io::Error::from(ErrorKind::AddrInUse).to_string();
        let text = format!(
            "could not listen on 127.0.0.1:8000: {reason}; give another port with --port, or 0 for any free one"
        );
        let details = format!(r#"{{"first":8000,"last":8000,"reason":"{reason}"}}"#);
        assert_eq!(outcome(Some(8000), 8000..=8000), Err(("no-port", details, text)));
        let text = format!(
            "could not listen on any port of 127.0.0.1 from 8000 to 8099: {reason}; give a port with --port, or 0 for \
             any free one"
        );
        let details = format!(r#"{{"first":8000,"last":8099,"reason":"{reason}"}}"#);
        assert_eq!(outcome(None, 8000..=8099), Err(("no-port", details, text)));
    }
}
