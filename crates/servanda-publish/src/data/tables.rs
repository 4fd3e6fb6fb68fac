//! Standings and history as tables.

use std::fmt::Display;

use serde_json::json;
use servanda::answers::{LedgerView, Step};
use servanda::{Filter, Standing, Summary};

use crate::PublishError;
use crate::model::Model;
use crate::write::SiteWriter;

/// The columns of the table of standings.
const STANDINGS: [&str; 18] = [
    "commitment",
    "title",
    "verdict",
    "timeliness",
    "status",
    "status_title",
    "phase",
    "presumed",
    "since",
    "deadline",
    "made",
    "by",
    "to",
    "responsible",
    "topics",
    "obligation",
    "procedure",
    "corrections",
];

/// The columns of the table of steps.
const HISTORY: [&str; 11] = [
    "commitment",
    "on",
    "status",
    "phase",
    "presumed",
    "clock",
    "by",
    "basis",
    "sources",
    "recorded_at",
    "recorded_by",
];

pub(super) fn write(model: &Model, out: &mut SiteWriter) -> Result<(), PublishError> {
    let view = LedgerView::new(&model.ledger, model.day, None, None);
    let summaries = view.summaries(&Filter::default());
    let mut table = Table::new(&STANDINGS);
    for summary in &summaries {
        table.row(&standing(summary));
    }
    out.put("data/standings.csv", &table.finish())?;
    out.put("data/standings.json", &lines(summaries.iter().map(|summary| json!(summary).to_string())))?;
    drop(summaries);

    let (mut table, mut steps) = (Table::new(&HISTORY), Vec::new());
    for row in &model.rows {
        let standing = model.standing(&row.id)?;
        for step in &standing.history {
            table.row(&history(&standing, step));
            let mut step = json!(step);
            if let Some(members) = step.as_object_mut() {
                members.insert("commitment".to_owned(), json!(standing.commitment));
            }
            steps.push(step.to_string());
        }
    }
    out.put("data/history.csv", &table.finish())?;
    out.put("data/history.json", &lines(steps))
}

/// A JSON array with one element on each line.
fn lines(elements: impl IntoIterator<Item = String>) -> Vec<u8> {
    let elements: Vec<String> = elements.into_iter().collect();
    format!("[\n{}\n]\n", elements.join(",\n")).into_bytes()
}

fn standing(summary: &Summary) -> Vec<String> {
    vec![
        summary.commitment.to_string(),
        summary.title.to_string(),
        text(summary.verdict),
        text(summary.timeliness),
        text(summary.status.as_ref()),
        text(summary.status_title.as_ref()),
        text(summary.phase),
        summary.presumed.to_string(),
        text(summary.since),
        text(summary.deadline),
        summary.made.to_string(),
        joined(&summary.by),
        joined(&summary.to),
        joined(&summary.responsible),
        joined(&summary.topics),
        text(summary.obligation),
        summary.pin.to_string(),
        summary.corrections.to_string(),
    ]
}

fn history(standing: &Standing, step: &Step) -> Vec<String> {
    vec![
        standing.commitment.to_string(),
        step.on.to_string(),
        step.status.to_string(),
        step.phase.to_string(),
        step.presumed.to_string(),
        text(step.clock.as_ref()),
        text(step.by.as_ref()),
        text(step.basis.as_ref()),
        step.sources.iter().map(|source| source.reference().to_owned()).collect::<Vec<_>>().join(" "),
        text(step.recorded_at),
        text(step.recorded_by.as_ref()),
    ]
}

fn text(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn joined(values: &[impl Display]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A table as CSV.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(columns: &[&str]) -> Self {
        let mut table = Self(csv::Writer::from_writer(Vec::new()));
        // Writing to memory does not fail, here and below.
        let _ = table.0.write_record(columns);
        table
    }

    fn row(&mut self, cells: &[String]) {
        let _ = self.0.write_record(cells.iter().map(|cell| without_formula(cell)));
    }

    fn finish(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
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

#[cfg(test)]
mod tests {
    use super::without_formula;

    #[test]
    fn a_formula_becomes_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        assert_eq!(without_formula("Build roads"), "Build roads");
    }
}
