//! Files that LibreOffice wrote.

use insta::assert_snapshot;
use servanda_import::Input;
use servanda_import::read::{ReadOptions, read};

use crate::shown;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spreadsheets");

fn table(file: &str, options: &ReadOptions) -> String {
    match read(format!("{FOLDER}/{file}"), options) {
        Ok(Input::Table(table)) => shown(&table),
        other => panic!("{other:?}"),
    }
}

fn pledges() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.sheet = Some("Pledges".to_owned());
    options
}

#[test]
fn a_workbook_and_a_spreadsheet_say_the_same() {
    let workbook = table("pledges.xlsx", &pledges());
    assert_snapshot!("pledges", workbook);
    // The first sheet of this one is hidden.
    assert_eq!(table("pledges.ods", &ReadOptions::default()), workbook);
}

#[test]
fn serial_dates_from_1904_are_the_same_days() {
    assert_eq!(table("pledges-1904.xlsx", &pledges()), table("pledges.xlsx", &pledges()));
}

#[test]
fn a_hidden_sheet_is_read_if_it_is_named() {
    let mut options = ReadOptions::default();
    options.sheet = Some("Lists".to_owned());
    let expected = "sheet Some(\"Lists\")\ncolumns [\"Words\", \"Meaning\"]\n";
    assert_eq!(table("pledges.xlsx", &options), expected);
    assert_eq!(table("pledges.ods", &options), expected);
    options.sheet = Some("Pledge".to_owned());
    for file in ["pledges.xlsx", "pledges.ods"] {
        let error = read(format!("{FOLDER}/{file}"), &options).unwrap_err().to_string();
        assert!(error.ends_with(r#"it has no sheet "Pledge"; its sheets are "Lists", "Pledges""#), "{error}");
    }
}

#[test]
fn text_in_utf_16_is_known_by_its_byte_order_mark() {
    assert_snapshot!("pledges_csv", table("pledges-utf16.csv", &ReadOptions::default()));
}
