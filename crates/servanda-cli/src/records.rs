//! Rows for programs and spreadsheets: comma-separated or tab-separated values.

use std::io;

use servanda::Source;

use crate::args::Format;
use crate::output::Output;

/// Rows with named columns. Nothing is cut, wrapped or styled.
#[derive(Debug)]
pub(crate) struct Records {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Records {
    pub(crate) fn new(columns: &'static [&'static str]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row with a cell for each column.
    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Writes a header and the rows as CSV, or else as TSV. Cells are escaped unless `raw` is true.
    pub(crate) fn write(&self, format: Format, raw: bool, out: &mut Output<'_>) -> io::Result<()> {
        let cell = |text: &str| if raw { text.to_owned() } else { without_formula(text) };
        if format == Format::Csv {
            let mut writer = csv::Writer::from_writer(out.writer());
            writer.write_record(self.columns)?;
            for row in &self.rows {
                writer.write_record(row.iter().map(|text| cell(text)))?;
            }
            return writer.flush();
        }
        let writer = out.writer();
        writeln!(writer, "{}", self.columns.join("\t"))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|text| on_one_line(&cell(text))).collect();
            writeln!(writer, "{}", cells.join("\t"))?;
        }
        Ok(())
    }
}

/// Returns the text of an optional value, which is empty if there is none.
pub(crate) fn optional(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Returns the texts of several values, separated by spaces, which ids and addresses do not
/// contain.
pub(crate) fn several<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
}

/// Returns the addresses of sources, or else their titles, separated by semicolons.
pub(crate) fn references(sources: &[Source]) -> String {
    sources.iter().map(Source::reference).collect::<Vec<_>>().join("; ")
}

pub(crate) fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// Puts an apostrophe before a text that a spreadsheet would run as a formula, as OWASP recommends
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn without_formula(text: &str) -> String {
    // Some spreadsheets ignore spaces before a formula.
    let starts = text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(FORMULA_STARTS);
    if starts { format!("'{text}") } else { text.to_owned() }
}

/// The characters that begin a formula. Some spreadsheets accept their full-width forms.
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Tab-separated values have no quotes, so tabs and line ends become spaces.
fn on_one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\t', '\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_escaped() {
        let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "＋1", "－1", "＠A"];
        for formula in formulas {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        for text in ["", "A = B", "us/abe-visit", "2013-01-18", "'=1"] {
            assert_eq!(without_formula(text), text);
        }
    }

    #[test]
    fn a_cell_of_tab_separated_values_has_one_line() {
        assert_eq!(on_one_line("one\ttwo\r\nthree\nfour"), "one two three four");
    }
}
