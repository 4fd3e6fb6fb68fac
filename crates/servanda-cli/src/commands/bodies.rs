//! `servanda bodies`: the responsible bodies, with counts of their commitments.

use std::io;

use servanda::answers::BodyTotals;
use servanda::{Filter, format};

use super::parts::{listed, phases, timeliness, verdicts};
use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{BodiesArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{count, matching};
use crate::records::Records;
use crate::table::{self, Cell, Column};

pub(super) fn run(args: BodiesArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let filter: Filter = args.filter.into();
    let bodies = view.bodies(&filter)?;
    let counted = usize::try_from(bodies.count).unwrap_or(usize::MAX);
    match args.view.format {
        Format::Json => {
            format::write_json(&bodies, out.writer())?;
            return finish(counted, &filter, &view);
        }
        Format::Csv | Format::Tsv => {
            records(&bodies.bodies).write(args.view.format, args.view.raw, out)?;
            return finish(counted, &filter, &view);
        }
        Format::Table => {}
    }
    let number = count(counted, "commitment", "commitments");
    let of = count(bodies.bodies.len(), "responsible body", "responsible bodies");
    let without = match bodies.without {
        0 => String::new(),
        without => format!(", {without} without one"),
    };
    out.paragraph(0, None, &format!("{title}: {number}{}, {of}{without}", matching(counted, &filter)))?;
    if !bodies.bodies.is_empty() {
        out.blank()?;
        write_table(&bodies.bodies, out)?;
    }
    finish(counted, &filter, &view)
}

/// Returns a row for each count that is not zero.
fn records(bodies: &[BodyTotals]) -> Records {
    let mut records = Records::new(&["body", "commitments", "counted", "word", "count"]);
    for totals in bodies {
        let phases = phases(totals.phases).map(|count| ("phase", count));
        let verdicts = verdicts(totals.verdicts).map(|count| ("verdict", count));
        let timeliness = timeliness(totals.timeliness).map(|count| ("timeliness", count));
        let counts = phases.into_iter().chain(verdicts).chain(timeliness);
        for (counted, (word, count)) in counts.filter(|(_, (_, count))| *count > 0) {
            let (body, commitments) = (totals.body.to_string(), totals.count.to_string());
            records.push(vec![body, commitments, counted.to_owned(), word.to_owned(), count.to_string()]);
        }
    }
    records
}

fn write_table(bodies: &[BodyTotals], out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::heading("Body"),
        Column::text("Commitments"),
        Column::text("Phases"),
        Column::text("Verdicts"),
        Column::text("Deadlines"),
    ];
    table::write(out, &columns, bodies.iter().map(row).collect(), true)
}

fn row(totals: &BodyTotals) -> Vec<Cell> {
    let presumed = if totals.presumed == 0 { String::new() } else { format!(" ({} presumed)", totals.presumed) };
    vec![
        Cell::new(totals.body.as_str(), Style::Strong),
        totals.count.to_string().into(),
        format!("{}{presumed}", listed(&phases(totals.phases))).into(),
        listed(&verdicts(totals.verdicts)).into(),
        listed(&timeliness(totals.timeliness)).into(),
    ]
}
