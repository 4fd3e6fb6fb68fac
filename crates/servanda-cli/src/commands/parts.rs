//! `servanda parts`: the parts of one commitment, with counts.

use std::io;

use servanda::{
    Phase, Verdict,
    answers::{Part, Parts, PhaseCounts, Timeliness, TimelinessCounts, VerdictCounts},
    format,
};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{Format, PartsArgs};
use crate::attention::{TITLE, verdict_cell};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{self, ABSENT, PRESUMED, count, matching};
use crate::records::{Records, optional, yes_no};
use crate::table::{self, Cell, Column};
use crate::text::padded;

pub(super) fn run(args: PartsArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let filter = args.filter.into();
    let parts = view.parts(&args.commitment, &filter)?;
    match args.view.format {
        Format::Json => {
            format::write_json(&parts, out.writer())?;
            return finish(parts.parts.len(), &filter, &view);
        }
        Format::Csv | Format::Tsv => {
            records(&parts.parts).write(args.view.format, args.view.raw, out)?;
            return finish(parts.parts.len(), &filter, &view);
        }
        Format::Table => {}
    }
    out.paragraph(0, Style::Strong, parts.commitment.as_str())?;
    out.paragraph(0, Style::Strong, parts.title.as_str())?;
    out.blank()?;
    let number = count(parts.parts.len(), "part", "parts");
    out.paragraph(0, None, &format!("{title}: {number}{}", matching(parts.parts.len(), &filter)))?;
    if !parts.parts.is_empty() {
        write_counts(&parts, out)?;
        out.blank()?;
        write_table(&parts.parts, args.view.ids, out)?;
        write_legend(&parts.parts, out)?;
    }
    finish(parts.parts.len(), &filter, &view)
}

/// The column of the counts.
const MARGIN: usize = 11;

fn write_counts(parts: &Parts, out: &mut Output<'_>) -> io::Result<()> {
    let phases = phases(parts.phases);
    let presumed = if parts.presumed == 0 { String::new() } else { format!(" ({} presumed)", parts.presumed) };
    out.hanging(&padded("Phases", MARGIN), MARGIN, None, &format!("{}{presumed}", listed(&phases)))?;
    let verdicts = verdicts(parts.verdicts);
    out.hanging(&padded("Verdicts", MARGIN), MARGIN, None, &listed(&verdicts))?;
    let timeliness = timeliness(parts.timeliness);
    if timeliness.iter().all(|(_, count)| *count == 0) {
        return Ok(());
    }
    out.hanging(&padded("Deadlines", MARGIN), MARGIN, None, &listed(&timeliness))
}

/// The words of counts that have no phase or verdict, as in JSON.
const NONE: &str = "none";
const NOT_YET: &str = "not-yet";
const UNKNOWN: &str = "unknown";

/// Returns the counts of phases with their words, as in JSON.
pub(super) fn phases(counts: PhaseCounts) -> [(&'static str, u32); 8] {
    let PhaseCounts { achieved, active, failed, not_yet, planned, stalled, superseded, unknown } = counts;
    [
        (Phase::Planned.as_str(), planned),
        (Phase::Active.as_str(), active),
        (Phase::Stalled.as_str(), stalled),
        (Phase::Achieved.as_str(), achieved),
        (Phase::Failed.as_str(), failed),
        (Phase::Superseded.as_str(), superseded),
        (NOT_YET, not_yet),
        (UNKNOWN, unknown),
    ]
}

/// Returns the counts of verdicts with their words, as in JSON.
pub(super) fn verdicts(counts: VerdictCounts) -> [(&'static str, u32); 13] {
    let VerdictCounts { broken, holding, in_progress, kept, none, not_yet, partly_kept, .. } = counts;
    let VerdictCounts { pending, released, stalled, unfulfilled, unknown, unrated, .. } = counts;
    [
        (Verdict::Unrated.as_str(), unrated),
        (Verdict::Pending.as_str(), pending),
        (Verdict::InProgress.as_str(), in_progress),
        (Verdict::Stalled.as_str(), stalled),
        (Verdict::Kept.as_str(), kept),
        (Verdict::PartlyKept.as_str(), partly_kept),
        (Verdict::Broken.as_str(), broken),
        (Verdict::Unfulfilled.as_str(), unfulfilled),
        (Verdict::Released.as_str(), released),
        (Verdict::Holding.as_str(), holding),
        (NONE, none),
        (NOT_YET, not_yet),
        (UNKNOWN, unknown),
    ]
}

/// Returns the counts of timeliness with their words, as in JSON.
pub(super) fn timeliness(counts: TimelinessCounts) -> [(&'static str, u32); 4] {
    let TimelinessCounts { late, on_time, overdue, unknown } = counts;
    [
        (Timeliness::OnTime.as_str(), on_time),
        (Timeliness::Late.as_str(), late),
        (Timeliness::Overdue.as_str(), overdue),
        (UNKNOWN, unknown),
    ]
}

/// Returns the counts that are not zero, for people, such as `3 active, 1 stalled`.
pub(super) fn listed(counts: &[(&str, u32)]) -> String {
    let phrase = |word| match word {
        NONE => "without a promise",
        NOT_YET => "not yet",
        _ if word == Timeliness::OnTime.as_str() => phrases::timeliness(Timeliness::OnTime),
        _ => word,
    };
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    counts.map(|(word, count)| format!("{count} {}", phrase(word))).collect::<Vec<_>>().join(", ")
}

/// Returns the rows for programs.
fn records(parts: &[Part]) -> Records {
    let mut records =
        Records::new(&["commitment", "title", "depth", "phase", "verdict", "timeliness", "presumed", "reason"]);
    for part in parts {
        records.push(vec![
            part.commitment.to_string(),
            part.title.to_string(),
            part.depth.to_string(),
            optional(part.phase),
            optional(part.verdict),
            optional(part.timeliness),
            yes_no(part.presumed),
            optional(part.reason.as_ref()),
        ]);
    }
    records
}

fn write_table(parts: &[Part], ids: bool, out: &mut Output<'_>) -> io::Result<()> {
    let columns =
        [Column::heading("Verdict"), Column::heading("Title"), Column::text("Phase"), Column::id("Commitment")];
    table::write(out, &columns, parts.iter().map(row).collect(), ids)
}

/// Returns the level of a part: 0 for a part of the commitment, 1 for a part of a part.
fn level(part: &Part) -> usize {
    // Deeper indentation would be hard to read.
    usize::try_from(part.depth.saturating_sub(1)).unwrap_or(0).min(8)
}

fn row(part: &Part) -> Vec<Cell> {
    vec![
        verdict_cell(part.verdict, part.timeliness, part.phase, part.reason.is_none()),
        Cell::new(format!("{}{}", "  ".repeat(level(part)), part.title), TITLE),
        Cell::new(phase(part), part.presumed.then_some(Style::Caution)),
        Cell::new(part.commitment.as_str(), Style::Faint),
    ]
}

fn phase(part: &Part) -> String {
    let mark = if part.presumed { format!("{PRESUMED} ") } else { String::new() };
    format!("{mark}{}", part.phase.map_or(ABSENT, Phase::as_str))
}

fn write_legend(parts: &[Part], out: &mut Output<'_>) -> io::Result<()> {
    let reasons: Vec<_> = parts.iter().filter_map(|part| Some((part, part.reason.as_ref()?))).collect();
    let presumed = parts.iter().any(|part| part.presumed);
    if presumed || !reasons.is_empty() {
        out.blank()?;
    }
    if presumed {
        let mark = out.styled(Style::Caution, PRESUMED);
        out.hanging(&format!("{mark} "), 2, None, "presumed: a clock has fired, but no entry confirms it")?;
    }
    for (part, reason) in reasons {
        let mark = out.styled(Style::Caution, ABSENT);
        out.hanging(&format!("{mark} "), 2, None, &format!("{}: {reason}", part.commitment))?;
    }
    Ok(())
}
