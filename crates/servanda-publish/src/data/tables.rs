//! Standings and history as tables.

use std::fmt::Display;

use serde::Serialize;
use servanda::answers::Step;
use servanda::{Slug, Standing, Summary};

use crate::PublishError;
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

/// The lines of the tables about one commitment.
pub(crate) struct Lines {
    standings_csv: Vec<u8>,
    standings_json: String,
    history_csv: Vec<u8>,
    history_json: Vec<String>,
}

impl Lines {
    /// Makes the lines about a commitment.
    pub(crate) fn of(standing: Standing) -> Self {
        let commitment = &standing.commitment;
        let history_json = standing.history.iter().map(|step| json(&StepOf { commitment, step })).collect();
        let history_csv = csv(standing.history.iter().map(|step| history(&standing, step)));
        let summary = Summary::from(standing);
        Self {
            standings_csv: csv([self::standing(&summary)]),
            standings_json: json(&summary),
            history_csv,
            history_json,
        }
    }
}

pub(super) fn write(lines: &[Lines], out: &SiteWriter) -> Result<(), PublishError> {
    let all = || lines.iter();
    out.put("data/standings.csv", &table(&STANDINGS, all().map(|lines| lines.standings_csv.as_slice())))?;
    out.put("data/standings.json", &array(all().map(|lines| lines.standings_json.as_str())))?;
    out.put("data/history.csv", &table(&HISTORY, all().map(|lines| lines.history_csv.as_slice())))?;
    out.put("data/history.json", &array(all().flat_map(|lines| &lines.history_json).map(String::as_str)))
}

/// A table as CSV, from lines that were made before.
fn table<'l>(columns: &[&str], lines: impl Iterator<Item = &'l [u8]> + Clone) -> Vec<u8> {
    let mut table = csv([columns.iter().map(ToString::to_string).collect()]);
    table.reserve(lines.clone().map(<[u8]>::len).sum());
    lines.for_each(|line| table.extend_from_slice(line));
    table
}

/// A JSON array with one element on each line.
fn array<'l>(elements: impl Iterator<Item = &'l str>) -> Vec<u8> {
    let elements: Vec<&str> = elements.collect();
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

/// A step with the commitment that it is about.
#[derive(Serialize)]
struct StepOf<'s> {
    commitment: &'s Slug,
    #[serde(flatten)]
    step: &'s Step,
}

fn json(value: &impl Serialize) -> String {
    // Values whose keys are text can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// Rows of cells as CSV.
fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = table.write_record(row.iter().map(|cell| without_formula(cell)));
    }
    table.into_inner().unwrap_or_default()
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
