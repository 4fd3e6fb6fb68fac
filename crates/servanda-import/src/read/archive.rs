//! Archives: the files in which spreadsheets are kept.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// How many times its size a file may grow when it is decompressed. Sheets grow 5 to 40 times.
const MAX_GROWTH: u128 = 200;
/// The size that every file may grow to.
const MIN_ALLOWANCE: u128 = 64 << 20;
/// The size that no file may grow to.
const MAX_SIZE: u128 = 4 << 30;

/// The members of a spreadsheet file.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A member of an archive that is read as XML.
pub(super) type Xml<'a, 'b> = Reader<BufReader<ZipFile<'a, Cursor<&'b [u8]>>>>;

/// Opens an archive, unless it would grow to many times its size.
///
/// The sizes in the directory of the archive can be trusted: `zip` reads no more than that.
pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut size = 0;
    for index in 0..archive.len() {
        size += u128::from(archive.by_index_raw(index).map_err(|error| broken(&error))?.size());
    }
    let allowed = (bytes.len() as u128 * MAX_GROWTH).clamp(MIN_ALLOWANCE, MAX_SIZE);
    if size > allowed {
        return Err(format!(
            "it would grow from {} to {size} bytes, and at most {allowed} are read; \
             split it, or save the sheet as CSV",
            bytes.len()
        ));
    }
    Ok(archive)
}

/// Opens a member as XML. `None` if the archive has no such member.
pub(super) fn member<'a, 'b>(archive: &'a mut Archive<'b>, name: &str) -> Result<Option<Xml<'a, 'b>>, String> {
    match archive.by_name(name) {
        Ok(file) => {
            let mut xml = Reader::from_reader(BufReader::new(file));
            xml.config_mut().expand_empty_elements = true;
            Ok(Some(xml))
        }
        Err(ZipError::FileNotFound) => Ok(None),
        Err(error) => Err(broken(&error)),
    }
}

/// Reads the next event, which is never the end of the file.
pub(super) fn next<'a>(xml: &mut Xml<'_, '_>, buffer: &'a mut Vec<u8>) -> Result<Event<'a>, String> {
    buffer.clear();
    match xml.read_event_into(buffer) {
        Ok(Event::Eof) => Err("the file ends too early; save it again".to_owned()),
        Ok(event) => Ok(event),
        Err(error) => Err(broken(&error)),
    }
}

/// Returns an attribute of an element, without entities.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    match element.try_get_attribute(name) {
        Ok(Some(attribute)) => match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
            Ok(value) => Ok(Some(value.into_owned())),
            Err(error) => Err(broken(&error)),
        },
        Ok(None) => Ok(None),
        Err(error) => Err(broken(&error)),
    }
}

/// Says that a file is not what its name promises.
pub(super) fn broken(error: &dyn std::fmt::Display) -> String {
    format!("the file is damaged: {error}; save it again")
}
