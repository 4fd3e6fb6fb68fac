//! Broken and hostile files: each is refused with a message, and quickly.

use std::io::{Cursor, Read, Write};

use insta::assert_snapshot;
use servanda_import::read::{ReadOptions, read_bytes};
use servanda_import::{Cell, Input};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::refusal;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spreadsheets");

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{name}")).unwrap()
}

/// Returns an archive in which one member is changed.
fn changed(archive: &[u8], member: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let deflated = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(&name, if name == "mimetype" { stored } else { deflated }).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == member {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns an archive whose directory says that one member has a gigabyte.
fn inflated(archive: &[u8]) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let entry = archive.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    archive[entry + 24..entry + 28].copy_from_slice(&(1_u32 << 30).to_le_bytes());
    archive
}

const SHEET: &str = "xl/worksheets/sheet2.xml";

#[test]
fn a_damaged_file_is_refused_with_a_reason() {
    let (workbook, spreadsheet) = (file("pledges.xlsx"), file("pledges.ods"));
    let xlsx = |member: &str, from: &str, to: &str| changed(&workbook, member, |text| text.replacen(from, to, 1));
    let ods = |from: &str, to: &str| changed(&spreadsheet, "content.xml", |text| text.replacen(from, to, 1));
    let cut = |archive: &[u8], member: &str| {
        changed(archive, member, |text| text.get(..text.len() / 2).unwrap_or_default().to_owned())
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("pledges.xlsx", b"Title,Status\n".to_vec()),
        ("pledges.xlsx", workbook.get(..workbook.len() / 2).unwrap().to_vec()),
        ("pledges.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].to_vec()),
        ("pledges.xlsx", cut(&workbook, SHEET)),
        ("pledges.xlsx", xlsx("xl/sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"999999999")),
        ("pledges.xlsx", xlsx(SHEET, r#"r="I9""#, r#"r="XFE1048577""#)),
        ("pledges.ods", cut(&spreadsheet, "content.xml")),
        ("pledges.ods", cut(&spreadsheet, "styles.xml")),
        ("pledges.ods", ods("table:number-columns-repeated=\"9\"", "table:number-columns-repeated=\"-9\"")),
        ("pledges.ods", ods("<office:spreadsheet", "<office:text")),
        (
            "pledges.ods",
            changed(&spreadsheet, "META-INF/manifest.xml", |text| {
                text.replacen("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>", 1)
            }),
        ),
        ("pledges.ods", inflated(&spreadsheet)),
    ];
    let mut options = ReadOptions::default();
    options.sheet = Some("Pledges".to_owned());
    let refusals: Vec<String> = cases.into_iter().map(|(name, bytes)| refusal(name, bytes, &options)).collect();
    assert_snapshot!("damaged", refusals.join("\n"));
}

#[test]
fn errors_and_formulas_without_a_value_are_faults() {
    let unclear = changed(&file("pledges.xlsx"), SHEET, |text| {
        text.replace("#DIV/0!", "#SPILL!").replace("<v>Tunnel of Red</v>", "<v></v>").replace(r#"t="str""#, "")
    });
    let mut options = ReadOptions::default();
    options.sheet = Some("Pledges".to_owned());
    let Ok(Input::Table(table)) = read_bytes("pledges.xlsx", unclear, &options) else { panic!("not a table") };
    let last: Vec<&Cell> = table.rows.iter().filter_map(|row| row.cells.last()).collect();
    let fault = |reason: &str| Cell::Fault(reason.to_owned());
    assert_eq!(
        last,
        [
            &Cell::Number("0.3".to_owned()),
            &fault("#SPILL!"),
            &fault("a formula whose value is not stored; open the file in a spreadsheet program and save it"),
        ]
    );
}

#[test]
fn a_wrong_range_does_not_panic() {
    let reversed = changed(&file("pledges.xlsx"), SHEET, |text| text.replace(r#"ref="A1:I9""#, r#"ref="I9:A1""#));
    // A release build reads the file; a debug build says that it is damaged.
    drop(read_bytes("pledges.xlsx", reversed, &ReadOptions::default()));
}

#[test]
fn a_sheet_that_repeats_a_text_without_end_is_refused() {
    let spreadsheet = file("pledges.ods");
    let long = "x".repeat(10_000);
    let repeated = changed(&spreadsheet, "content.xml", |text| {
        let cell = format!(
            r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>{long}</text:p></table:table-cell></table:table-row></table:table><table:named"#
        );
        text.replacen("</table:table><table:named", &cell, 1)
    });
    assert_ne!(repeated, spreadsheet);
    let error = refusal("pledges.ods", repeated, &ReadOptions::default());
    assert_eq!(
        error,
        "pledges.ods cannot be read: its texts are longer than 1073741824 bytes together; split the sheet"
    );
}

#[test]
fn options_that_do_not_fit_are_refused() {
    let with = |change: &dyn Fn(&mut ReadOptions)| {
        let mut options = ReadOptions::default();
        change(&mut options);
        options
    };
    let refusals = [
        refusal("a.csv", "a,b\n", &with(&|options| options.format = Some("docx".to_owned()))),
        refusal("a.csv", "a,b\n", &with(&|options| options.delimiter = Some('"'))),
        refusal("a.csv", "a,b\n1,2\n", &with(&|options| options.header = Some(7))),
        refusal("a.csv", "", &with(&|_| {})),
        refusal("a.csv", "Title,#REF!\n\"A", &with(&|_| {})),
    ];
    assert_snapshot!("options", refusals.join("\n"));
}
