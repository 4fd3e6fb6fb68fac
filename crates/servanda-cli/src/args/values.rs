//! How values are written that are more than one word.

use std::str::FromStr;

use servanda::{EntryId, Language, Slug, Source, Title};

/// An entry, by its id or by how that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntryRef {
    Id(EntryId),
    /// Hexadecimal digits.
    Prefix(String),
}

impl FromStr for EntryRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const FEWEST: usize = 4;
        let hex = text.strip_prefix("sha256:").unwrap_or(text);
        if let Ok(id) = format!("sha256:{hex}").parse() {
            return Ok(Self::Id(id));
        }
        if (FEWEST..64).contains(&hex.len()) && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Ok(Self::Prefix(hex.to_owned()));
        }
        let rule = "give its id, or at least the first 4 of its hexadecimal digits, in lower case";
        Err(format!("{text:?} names no entry: {rule}"))
    }
}

/// A source: its address, and after a bar its title. An address has no bar of its own. Without a title it is called after its
/// host, which is what is certain about it.
pub(super) fn source(text: &str) -> servanda::Result<Source> {
    let (url, title) = text.split_once('|').unwrap_or((text, ""));
    let (url, title) = (url.trim(), title.trim());
    let title = if title.is_empty() { host(url) } else { title };
    // If the address is not one, that is what has to be said, and not that its host is no title.
    url.parse::<servanda::Url>()?;
    Ok(Source::new(title, url)?)
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}

pub(super) fn name(text: &str) -> Result<(Language, Title), String> {
    let (language, name) = text.split_once('=').ok_or_else(|| format!("{text:?} is not written as in en=Japan"))?;
    Ok((language.parse().map_err(of)?, name.parse().map_err(of)?))
}

pub(super) fn identifier(text: &str) -> Result<(Slug, Title), String> {
    let (scheme, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not written as in iso-3166-1=JP"))?;
    Ok((scheme.parse().map_err(of)?, value.parse().map_err(of)?))
}

fn of(error: servanda::ValueError) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_after_its_host_unless_it_has_a_title() {
        let title = |text: &str| source(text).map(|source| source.title.to_string());
        assert_eq!(title("https://www.mofa.go.jp/press?a=b#c"), Ok("www.mofa.go.jp".to_owned()));
        assert_eq!(title("http://example.org:8080"), Ok("example.org:8080".to_owned()));
        assert_eq!(title("https://somebody@example.org/"), Ok("example.org".to_owned()));
        assert_eq!(title("https://example.org/| A report | of two parts "), Ok("A report | of two parts".to_owned()));
        assert_eq!(source("example.org|A report").unwrap_err().code(), "invalid-url");
        assert_eq!(source("|").unwrap_err().code(), "invalid-url");
        assert_eq!(source("https://example.org|\u{7}").unwrap_err().code(), "invalid-title");
    }

    #[test]
    fn an_entry_is_named_by_its_id_or_by_how_that_begins() {
        let id = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let whole = EntryRef::Id(format!("sha256:{id}").parse().unwrap());
        assert_eq!(id.parse(), Ok(whole.clone()));
        assert_eq!(format!("sha256:{id}").parse(), Ok(whole));
        assert_eq!("sha256:e3b0".parse(), Ok(EntryRef::Prefix("e3b0".to_owned())));
        for wrong in ["", "e3b", "sha256:", "E3B0", "e3b0…", &format!("{id}0")] {
            assert!(wrong.parse::<EntryRef>().is_err(), "{wrong}");
        }
    }
}
