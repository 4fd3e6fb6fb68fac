//! Decodes the bytes of a text file.

use encoding_rs::{Encoding, UTF_8};

/// Decodes a text. A byte order mark goes before the stated encoding; without both, it is UTF-8.
pub(super) fn decode(bytes: Vec<u8>, stated: Option<&str>) -> Result<String, String> {
    let stated = stated.map(known).transpose()?;
    let (encoding, mark) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (stated.unwrap_or(UTF_8), 0),
    };
    let content = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8 {
        if stated.is_none() && mark == 0 && content.iter().take(512).any(|byte| *byte == 0) {
            return Err("it is neither UTF-8 nor has it a byte order mark; state its encoding, \
                        such as utf-16le"
                .to_owned());
        }
        let (line, byte) = match std::str::from_utf8(content) {
            Ok(text) if mark > 0 => return Ok(text.to_owned()),
            Ok(_) => return String::from_utf8(bytes).map_err(|error| error.to_string()),
            Err(error) => {
                let at = error.valid_up_to();
                let before = content.get(..at).unwrap_or_default();
                (1 + before.iter().filter(|byte| **byte == b'\n').count(), content.get(at).copied())
            }
        };
        return Err(format!(
            "line {line} is not UTF-8: the byte {:#04x} has no meaning there; state the encoding of the file, \
             such as windows-1252 or shift_jis",
            byte.unwrap_or_default()
        ));
    }
    match encoding.decode_without_bom_handling_and_without_replacement(content) {
        Some(text) => Ok(text.into_owned()),
        None => {
            let (text, _) = encoding.decode_without_bom_handling(content);
            let line = text.split_once('\u{fffd}').map_or(1, |(before, _)| 1 + before.matches('\n').count());
            Err(format!("line {line} is not {}; state the encoding of the file", encoding.name()))
        }
    }
}

fn known(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        format!(
            "{label:?} is not an encoding; use a label of https://encoding.spec.whatwg.org/#names-and-labels, \
             such as utf-8, utf-16le, windows-1252, shift_jis or gb18030"
        )
    })
}
