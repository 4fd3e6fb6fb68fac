//! Workbooks that rust_xlsxwriter writes.

use insta::assert_snapshot;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::{shown, table};

#[test]
fn cells_of_every_kind() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let (month, year) = (Format::new().set_num_format("mmm yyyy"), Format::new().set_num_format("yyyy"));
    let (time, hours) = (Format::new().set_num_format("yyyy-mm-dd hh:mm"), Format::new().set_num_format("[h]:mm"));
    let date = ExcelDateTime::parse_from_str("2015-03-01").unwrap();
    sheet.write_row(1, 1, ["Title", "Made", "Month", "Year", "Seen", "Took", "Cost", "Sum", "Fault"]).unwrap();
    sheet.write(3, 1, "役所").unwrap();
    sheet.write_with_format(3, 2, &date, &day).unwrap();
    sheet.write_with_format(3, 3, &date, &month).unwrap();
    sheet.write_with_format(3, 4, ExcelDateTime::parse_from_str("2015-01-01").unwrap(), &year).unwrap();
    sheet.write_with_format(3, 5, ExcelDateTime::parse_from_str("2015-03-01T18:30").unwrap(), &time).unwrap();
    sheet.write_with_format(3, 6, 1.5, &hours).unwrap();
    sheet.write(3, 7, 0.1 + 0.2).unwrap();
    sheet.write(3, 8, Formula::new("=H4*2").set_result("0.6")).unwrap();
    sheet.write(3, 9, Formula::new("=NOWHERE").set_result("#NAME?")).unwrap();
    sheet.write(4, 1, true).unwrap();
    sheet.write(4, 7, 12_345_678_901_234_567.0).unwrap();
    // Excel writes errors of newer functions, too.
    sheet.write(4, 9, Formula::new("=SEQUENCE(2)").set_result("#SPILL!")).unwrap();
    sheet.write_blank(5, 1, &day).unwrap();
    sheet.write(6, 1, Formula::new("=B5").set_result("")).unwrap();
    assert_snapshot!("cells", shown(&table("cells.xlsx", workbook.save_to_buffer().unwrap())));
}

#[test]
fn a_hidden_sheet_is_passed_over() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Lists").unwrap().write(0, 0, "kept").unwrap();
    workbook
        .add_worksheet()
        .set_name("Pledges")
        .unwrap()
        .write_row(0, 0, ["Title", "Status"])
        .unwrap()
        .set_active(true);
    workbook.worksheet_from_name("Lists").unwrap().set_hidden(true);
    assert_eq!(table("two.xlsx", workbook.save_to_buffer().unwrap()).sheet.as_deref(), Some("Pledges"));
}

#[test]
fn merged_cells_are_repeated_in_the_rows_that_exist() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 2, "All pledges", &plain).unwrap();
    sheet.write_row(1, 0, ["Party", "Title", "Status"]).unwrap();
    sheet.merge_range(2, 0, 5, 0, "Blue", &plain).unwrap();
    sheet.write_row(2, 1, ["Bridge", "kept"]).unwrap();
    sheet.write_row(4, 1, ["Tunnel", "broken"]).unwrap();
    sheet.write_row(6, 1, ["Road", "kept"]).unwrap();
    assert_snapshot!("merged", shown(&table("merged.xlsx", workbook.save_to_buffer().unwrap())));
}

#[test]
fn as_many_rows_as_a_sheet_can_have() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Title", "Status"]).unwrap();
    sheet.write_row(1_048_575, 0, ["Bridge", "kept"]).unwrap();
    let table = table("tall.xlsx", workbook.save_to_buffer().unwrap());
    assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1_048_576]);
}
