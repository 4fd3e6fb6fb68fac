use servanda::format::{CanonicalError, Reader};
use servanda::{Entry, Error, Ledger, value::EntryId};
use sha2::{Digest as _, Sha256};

use super::{check_error, view};

/// The input is a ledger. Each accepted line is written back unchanged, has the id of its text, and
/// is canonical according to another library. A line that is refused as not JSON or not canonical
/// is so according to that library too. Ledgers with the same entries are equal and give the same
/// answers, in whatever order the entries were added.
pub fn ledger(data: &[u8]) {
    let (entries, first_error) = lines(data);
    let whole = in_order(entries.iter());
    check_ledger(&whole, &entries);
    match (Ledger::read(data), first_error) {
        (Ok(read), None) => assert_eq!(read, whole),
        (Err(error), Some(first)) => assert_eq!(error.to_string(), first),
        (read, first) => panic!("{read:?} beside {first:?}"),
    }

    let mut parted = in_order(entries.iter().rev().step_by(2));
    parted.merge(&in_order(entries.iter().rev().skip(1).step_by(2)));
    assert_eq!(parted.merge(&whole), 0, "the parts have all entries");
    assert_eq!(parted, whole);
    assert_eq!((parted.digest(), written(&parted)), (whole.digest(), written(&whole)));
    assert_eq!(view::answers(&parted), view::answers(&whole));
}

/// The entries of the accepted lines, and the error of the first refused line.
pub(super) fn lines(data: &[u8]) -> (Vec<Entry>, Option<String>) {
    let mut reader = Reader::new(data);
    let mut lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    let mut entries = Vec::new();
    let mut first_error = None;
    for (line, number) in lines.iter().zip(1..) {
        let read = reader.next().expect("each line is accepted or refused");
        assert_eq!(reader.lines(), number);
        match read {
            Ok(entry) => {
                check_entry(&entry, line);
                entries.push(entry);
            }
            Err(error) => {
                check_refusal(&error, line);
                first_error.get_or_insert(error.to_string());
            }
        }
    }
    assert!(reader.next().is_none(), "there are no more lines");
    (entries, first_error)
}

fn in_order<'a>(entries: impl Iterator<Item = &'a Entry>) -> Ledger {
    let mut ledger = Ledger::new();
    ledger.merge_entries(entries.cloned());
    ledger
}

fn written(ledger: &Ledger) -> Vec<u8> {
    let mut lines = Vec::new();
    ledger.write(&mut lines).expect("a vector takes all that is written");
    lines
}

fn check_entry(entry: &Entry, line: &[u8]) {
    assert_eq!(entry.line().as_bytes(), line, "a line is written back as it was read");
    let value: serde_json::Value = serde_json::from_slice(line).expect("an entry is JSON");
    let canonical = serde_json_canonicalizer::to_string(&value).expect("an entry is within what RFC 8785 knows");
    assert_eq!(canonical, entry.line());
    assert_eq!(id_of(entry), entry.id().to_string());
}

/// The hash of the line without its id, which can stand there but once: nothing that holds its own
/// hash can be written.
fn id_of(entry: &Entry) -> String {
    let member = format!("\"id\":\"{}\"", entry.id());
    let (before, after) = entry.line().split_once(&member).expect("the id stands in the line");
    let rest = match after.strip_prefix(',') {
        Some(after) => format!("{before}{after}"),
        None => format!("{}{after}", before.strip_suffix(',').unwrap_or(before)),
    };
    let hash: String = Sha256::digest(rest.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hash}")
}

fn check_refusal(error: &Error, line: &[u8]) {
    check_error(error.code(), &error.to_string(), &error.details());
    let mut inner = error;
    while let Error::AtLine { error, .. } = inner {
        inner = error;
    }
    let parsed = serde_json::from_slice::<serde_json::Value>(line);
    match (inner, parsed) {
        (Error::NotCanonical { problem: CanonicalError::NotJson, .. }, Ok(_)) => {
            panic!("JSON is refused as not JSON: {}", String::from_utf8_lossy(line));
        }
        (Error::NotCanonical { problem: CanonicalError::NotCanonical, .. }, Ok(value)) => {
            let canonical = serde_json_canonicalizer::to_vec(&value).unwrap_or_default();
            assert_ne!(canonical, line, "canonical JSON is refused as not canonical");
        }
        _ => {}
    }
}

fn check_ledger(ledger: &Ledger, entries: &[Entry]) {
    let mut ids: Vec<EntryId> = entries.iter().map(Entry::id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ledger.len(), ids.len(), "each entry is on the ledger once");
    for entry in entries {
        assert_eq!(ledger.entry(entry.id()).map(Entry::line), Some(entry.line()));
    }
    let order: Vec<_> = ledger.entries().map(|entry| (entry.recorded_at(), entry.id())).collect();
    assert!(order.is_sorted(), "entries are in the order of recording");
    let written = written(ledger);
    let again = Ledger::read(written.as_slice()).expect("written lines can be read");
    assert_eq!(self::written(&again), written);
}
