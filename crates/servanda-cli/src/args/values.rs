//! Parsers for arguments that have a structure of their own.

use std::str::FromStr;

use servanda::{
    Date, Slug,
    format::quote,
    value::{EntryId, Language, Title},
};

/// An entry, named by its id or by the first digits of its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntryRef {
    Id(EntryId),
    /// Hexadecimal digits.
    Prefix(String),
}

impl FromStr for EntryRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const MIN_DIGITS: usize = 4;
        let hex = text.strip_prefix("sha256:").unwrap_or(text);
        if let Ok(id) = format!("sha256:{hex}").parse() {
            return Ok(Self::Id(id));
        }
        if (MIN_DIGITS..64).contains(&hex.len()) && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Ok(Self::Prefix(hex.to_owned()));
        }
        let text = quote(text);
        Err(format!("{text} is not an entry; give its id, or at least its first 4 hexadecimal digits, in lower case"))
    }
}

/// Parses `LANGUAGE=NAME`.
pub(super) fn name(text: &str) -> Result<(Language, Title), String> {
    let (language, name) =
        text.split_once('=').ok_or_else(|| format!("{} is not of the form en=Japan", quote(text)))?;
    let language: Language = language.parse().map_err(message)?;
    if !language.is_bcp47() {
        return Err(format!(
            "{} is no language: a BCP 47 tag begins with two or three letters, such as en, de or zh-hant",
            quote(language.as_str())
        ));
    }
    Ok((language, name.parse().map_err(message)?))
}

/// Parses `CLOCK=DATE`: the date on which a clock started.
pub(super) fn clock_started(text: &str) -> Result<(Slug, Date), String> {
    let (clock, on) =
        text.split_once('=').ok_or_else(|| format!("{} is not of the form thirty-days=2013-04-10", quote(text)))?;
    Ok((clock.parse().map_err(message)?, on.parse().map_err(message)?))
}

/// Parses `BODY` or `BODY=ROLE`.
pub(super) fn body(text: &str) -> Result<(Slug, Option<Slug>), String> {
    let (body, role) = text.split_once('=').map_or((text, None), |(body, role)| (body, Some(role)));
    Ok((body.parse().map_err(message)?, role.map(str::parse).transpose().map_err(message)?))
}

/// Parses `PROCEDURE` or `PROCEDURE@VERSION`.
pub(super) fn procedure_version(text: &str) -> Result<(Slug, Option<u32>), String> {
    let (id, version) = text.split_once('@').map_or((text, None), |(id, version)| (id, Some(version)));
    let number = |text: &str| {
        text.parse::<u32>().map_err(|_| format!("{} is no version; a version is a number, such as 2", quote(text)))
    };
    Ok((id.parse().map_err(message)?, version.map(number).transpose()?))
}

/// Parses `OLD=NEW`: the names of a status in two procedures.
pub(super) fn status_names(text: &str) -> Result<(Slug, Slug), String> {
    let (old, new) =
        text.split_once('=').ok_or_else(|| format!("{} is not of the form under-way=begun", quote(text)))?;
    Ok((old.parse().map_err(message)?, new.parse().map_err(message)?))
}

/// Parses `SCHEME=VALUE`.
pub(super) fn identifier(text: &str) -> Result<(Slug, Title), String> {
    let (scheme, value) =
        text.split_once('=').ok_or_else(|| format!("{} is not of the form iso-3166-1=JP", quote(text)))?;
    Ok((scheme.parse().map_err(message)?, value.parse().map_err(message)?))
}

/// Reads the name of a commitment: its id, or an identifier as `SCHEME=VALUE`.
pub(super) fn commitment(text: &str) -> Result<String, String> {
    match text.contains('=') {
        true => identifier(text).map(|(scheme, value)| format!("{scheme}={value}")),
        false => text.parse::<Slug>().map(|id| id.to_string()).map_err(message),
    }
}

fn message(error: servanda::value::ValueError) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_language_tag() {
        assert_eq!(name("zh-hant=日本").unwrap().0.as_str(), "zh-hant");
        assert_eq!(
            name("deutsch=Japan").unwrap_err(),
            "\"deutsch\" is no language: a BCP 47 tag begins with two or three letters, such as en, de or zh-hant"
        );
    }

    #[test]
    fn an_entry_is_named_by_its_id_or_a_prefix_of_it() {
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
