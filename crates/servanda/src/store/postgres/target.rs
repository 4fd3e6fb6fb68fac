//! Parses the URL of a server.

use std::fmt::{self, Write as _};
use std::path::PathBuf;
use std::str::FromStr as _;

use postgres::config::{Host, SslMode};

use super::tls::Tls;
use crate::store::is_database_url;
use crate::{Error, Result, StoreError};

/// A parsed URL. The password is only in `config`, and never in any output.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) config: postgres::Config,
    pub(super) tls: Tls,
    /// The URL without its password and options, for messages.
    pub(super) place: String,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)
    }
}

impl Target {
    /// Parses a URL.
    ///
    /// # Errors
    ///
    /// `invalid-url`. The message never repeats the URL: a password with an unescaped character in
    /// it could be anywhere.
    pub(super) fn parse(url: &str) -> Result<Self> {
        let invalid = |reason: &str| Error::from(StoreError::InvalidUrl { reason: reason.to_owned() });
        let Some((_, url)) = url.split_once("://").filter(|_| is_database_url(url)) else {
            return Err(invalid("it does not begin with postgresql://"));
        };
        let (address, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut kept, mut mode, mut root) = (String::new(), None, None);
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => {
                    let path = percent_decoded(value).ok_or_else(|| invalid("sslrootcert is not a path in UTF-8"))?;
                    root = Some(PathBuf::from(path));
                }
                _ => {
                    // Writing to a string cannot fail.
                    let _ = write!(kept, "{}{option}", if kept.is_empty() { "?" } else { "&" });
                }
            }
        }
        let wrong = "it is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE; \
                     in a user, a password or a value write %40 for @, %3A for :, %2F for / and %3F for ?";
        let mut config =
            postgres::Config::from_str(&format!("postgresql://{address}{kept}")).map_err(|_| invalid(wrong))?;
        let (tls, ssl_mode) = match mode.unwrap_or("prefer") {
            "disable" => (Tls::None, SslMode::Disable),
            "prefer" => (Tls::checked_if_given(root), SslMode::Prefer),
            "require" => (Tls::checked_if_given(root), SslMode::Require),
            "verify-full" => (Tls::Verified(root), SslMode::Require),
            "verify-ca" => return Err(invalid("sslmode=verify-ca is not supported; use sslmode=verify-full")),
            _ => return Err(invalid("sslmode can be disable, prefer, require or verify-full")),
        };
        config.ssl_mode(ssl_mode);
        if config.get_application_name().is_none() {
            config.application_name("servanda");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(super::CONNECT_TIMEOUT);
        }
        let place = place(&config);
        Ok(Self { config, tls, place })
    }
}

/// Builds a URL from the parts that may be shown.
fn place(config: &postgres::Config) -> String {
    let mut place = String::from("postgresql://");
    // Writing to a string cannot fail.
    if let Some(user) = config.get_user() {
        let _ = write!(place, "{user}@");
    }
    for (nth, host) in config.get_hosts().iter().enumerate() {
        let comma = if nth > 0 { "," } else { "" };
        let _ = match host {
            Host::Tcp(name) => write!(place, "{comma}{name}"),
            #[cfg(unix)]
            Host::Unix(folder) => write!(place, "{comma}{}", folder.display()),
        };
        if let Some(port) = config.get_ports().get(nth).or_else(|| config.get_ports().first())
            && *port != 5432
        {
            let _ = write!(place, ":{port}");
        }
    }
    if let Some(database) = config.get_dbname() {
        let _ = write!(place, "/{database}");
    }
    place
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Target;

    fn shown(url: &str) -> String {
        match Target::parse(url) {
            Ok(target) => format!("{} {:?} {:?}", target.place, target.config.get_ssl_mode(), target.tls),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn urls_are_parsed() {
        let cases = [
            ("postgresql://desk:secret@db.example/tracker", "postgresql://desk@db.example/tracker Prefer Unverified"),
            ("POSTGRESQL://desk@db.example/t", "postgresql://desk@db.example/t Prefer Unverified"),
            ("postgres://desk@db.example:5433/t?sslmode=disable", "postgresql://desk@db.example:5433/t Disable None"),
            ("postgresql://h/t?sslmode=require", "postgresql://h/t Require Unverified"),
            (
                "postgresql://h/t?sslrootcert=%2Fetc%2Fca.pem&sslmode=require",
                "postgresql://h/t Require Verified(Some(\"/etc/ca.pem\"))",
            ),
            ("postgresql://h/t?sslmode=verify-full", "postgresql://h/t Require Verified(None)"),
        ];
        for (url, expected) in cases {
            assert_eq!(shown(url), expected, "{url}");
        }
    }

    #[test]
    fn unsupported_urls_are_refused_with_a_reason() {
        let cases = [
            ("postgresql://h/t?sslmode=verify-ca", "sslmode=verify-ca is not supported; use sslmode=verify-full"),
            ("postgresql://h/t?sslmode=allow", "sslmode can be disable, prefer, require or verify-full"),
            ("https://h/t", "it does not begin with postgresql://"),
        ];
        for (url, expected) in cases {
            assert!(shown(url).ends_with(expected), "{url}: {}", shown(url));
        }
    }

    #[test]
    fn passwords_are_never_shown() {
        let urls = [
            "postgresql://desk:hunter2@db.example/tracker",
            "postgresql://desk:hunter2?x@db.example/tracker",
            "postgresql://desk:/hunter2@db.example:port/tracker",
            "postgresql://desk@db.example/tracker?password=hunter2",
            "postgresql://desk:hunter2@db.example/tracker?hunter2=1",
            "postgresql://desk:%hunter2@db.example/tracker?sslmode=hunter2",
        ];
        for url in urls {
            let parsed = Target::parse(url);
            assert!(!format!("{parsed:?} {}", shown(url)).contains("hunter2"), "{url}: {parsed:?} {}", shown(url));
        }
    }
}
