//! CSV in several encodings.

use insta::assert_snapshot;
use servanda_import::read::{ReadOptions, read_bytes};
use servanda_import::{Cell, Input};

use crate::{refusal, table};

const TEXT: &str = "Titel;Zustand\nBürger;in Arbeit\n";

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn with_encoding(bytes: impl Into<Vec<u8>>, encoding: &str) -> String {
    let mut options = ReadOptions::default();
    options.encoding = Some(encoding.to_owned());
    match read_bytes("a.csv", bytes.into(), &options) {
        Ok(Input::Table(table)) => first(&table).to_owned(),
        other => panic!("{other:?}"),
    }
}

fn first(table: &servanda_import::Table) -> &str {
    match &table.rows[0].cells[0] {
        Cell::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_byte_order_mark_says_the_encoding() {
    for bytes in [
        TEXT.into(),
        format!("\u{feff}{TEXT}").into(),
        utf_16(&format!("\u{feff}{TEXT}"), u16::to_le_bytes),
        utf_16(&format!("\u{feff}{TEXT}"), u16::to_be_bytes),
    ] {
        let table = table("a.csv", bytes);
        assert_eq!(table.columns, ["Titel", "Zustand"]);
        assert_eq!(first(&table), "Bürger");
    }
}

#[test]
fn another_encoding_is_stated() {
    assert_eq!(with_encoding(b"Titel;Zustand\nB\xfcrger;x\n", "latin1"), "Bürger");
    assert_eq!(with_encoding(b"Titel;Zustand\n\x96\xf0\x8f\x8a;x\n", "Shift_JIS"), "役所");
    assert_eq!(with_encoding(utf_16(TEXT, u16::to_le_bytes), "utf-16le"), "Bürger");
    // Nobody writes these three letters at the start of a table.
    assert_eq!(with_encoding(format!("\u{feff}{TEXT}"), "windows-1252"), "Bürger");
}

#[test]
fn a_wrong_encoding_is_refused_with_the_line() {
    let stated = |encoding: &str| {
        let mut options = ReadOptions::default();
        options.encoding = Some(encoding.to_owned());
        options
    };
    let refusals = [
        refusal("pledges.csv", b"Titel;Zustand\nB\xfcrger;x\n", &ReadOptions::default()),
        refusal("pledges.csv", utf_16(TEXT, u16::to_le_bytes), &ReadOptions::default()),
        refusal("pledges.csv", b"Titel\n\n\x82", &stated("shift_jis")),
        refusal("pledges.csv", TEXT, &stated("latin")),
    ];
    assert_snapshot!("encodings", refusals.join("\n"));
}
