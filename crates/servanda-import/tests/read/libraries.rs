//! Files that common writer libraries of Python wrote.

use insta::assert_snapshot;
use servanda_import::Input;
use servanda_import::read::{ReadOptions, read};

use crate::shown;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spreadsheets");

fn table(file: &str, options: &ReadOptions) -> String {
    match read(format!("{FOLDER}/{file}"), options) {
        Ok(Input::Table(table)) => shown(&table),
        other => panic!("{file}: {other:?}"),
    }
}

#[test]
fn libraries_say_the_same_in_both_epochs() {
    let xlsxwriter = table("xlsxwriter.xlsx", &ReadOptions::default());
    assert_snapshot!("libraries", xlsxwriter);
    assert_eq!(table("xlsxwriter-1904.xlsx", &ReadOptions::default()), xlsxwriter);
    assert_eq!(table("odfpy.ods", &ReadOptions::default()), xlsxwriter);
}

/// openpyxl writes formulas without their values.
#[test]
fn formulas_of_openpyxl_have_no_value() {
    let openpyxl = table("openpyxl.xlsx", &ReadOptions::default());
    assert_snapshot!("openpyxl", openpyxl);
    assert_eq!(table("openpyxl-1904.xlsx", &ReadOptions::default()), openpyxl);
}

#[test]
fn text_of_python_can_have_a_byte_order_mark_or_another_encoding() {
    let text = table("python-bom.csv", &ReadOptions::default());
    assert_snapshot!("python_csv", text);
    let mut options = ReadOptions::default();
    options.encoding = Some("gb18030".to_owned());
    assert_eq!(table("python-gb18030.tsv", &options), text);
}
