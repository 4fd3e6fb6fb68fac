//! Finds out the format of a file.

use std::path::Path;

use super::ReadOptions;
use crate::ImportError;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Xlsx,
    Ods,
    Toml,
    Yaml,
    Json,
}

/// The formats, as messages list them.
const FORMATS: &str = "csv, xlsx, ods, toml, yaml or json";

impl Format {
    /// Returns the format that the options state, or that of the content and the name.
    pub(super) fn of(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Self, ImportError> {
        let unreadable = |reason: String| ImportError::Unreadable { name: name.to_owned(), reason };
        if let Some(stated) = &options.format {
            return Self::named(&stated.to_lowercase())
                .ok_or_else(|| unreadable(format!("{stated:?} is not a format; use {FORMATS}")));
        }
        if let Some(container) = container(bytes) {
            return container.map_err(unreadable);
        }
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            // Without the signature of an archive, it cannot be one.
            Some("xlsx" | "xlsm" | "ods") => {
                Err(unreadable(format!("its name says that it is a spreadsheet, but it is not; use {FORMATS}")))
            }
            Some(ending) => Ok(Self::named(ending).unwrap_or_else(|| of_text(bytes))),
            None => Ok(of_text(bytes)),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "csv" | "tsv" | "tab" => Self::Csv,
            "xlsx" | "xlsm" => Self::Xlsx,
            "ods" => Self::Ods,
            "toml" => Self::Toml,
            "yaml" | "yml" => Self::Yaml,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

/// Returns the format of a file that is an archive, by its signature; `None` if it is a text.
fn container(bytes: &[u8]) -> Option<Result<Format, String>> {
    if bytes.starts_with(b"PK\x03\x04") {
        // The first member of an OpenDocument file is `mimetype`, which is not compressed.
        let ods = bytes.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis."));
        return Some(Ok(if ods { Format::Ods } else { Format::Xlsx }));
    }
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]).then(|| {
        Err("it is a workbook with a password or in the format of Excel 97; save it without a password as .xlsx"
            .to_owned())
    })
}

/// Guesses the format of a text without a telling name.
fn of_text(bytes: &[u8]) -> Format {
    let text = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes));
    let content = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(content);
    let Some(first) = lines.next() else { return Format::Csv };
    if first.starts_with("[[") && first.ends_with("]]") {
        Format::Toml
    } else if first.starts_with(['{', '[']) {
        Format::Json
    } else if first == "---" || first.starts_with("- ") || first == "commitments:" {
        Format::Yaml
    } else {
        Format::Csv
    }
}
