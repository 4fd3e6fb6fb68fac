//! `servanda log`: what was recorded, by whom and when.

use std::io;

use servanda::{
    Fact, Moment,
    answers::{Logged, Unmatched},
    format,
};

use super::history::{write_detail, write_evidence, write_head, write_retraction};
use super::write::describe;
use super::{READER, note, open};
use crate::Environment;
use crate::args::{Format, LogArgs};
use crate::exit::{Exit, Failure, with_notes};
use crate::output::{Output, Style};
use crate::phrases::{count, short_id};
use crate::records::{Records, optional, references};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: &LogArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    if args.format == Format::Table && !args.pager.no_pager {
        out.allow_pager();
    }
    let env = &env.in_zone(args.zone.zone.as_ref());
    let tracker = open(&args.ledger, READER, env, out)?;
    let mut view = tracker.view();
    if let Some(known) = args.known_at {
        view = view.known_at(known.moment(env))?;
    }
    let filter = args.filter(env);
    let log = view.log(&filter)?;
    match args.format {
        Format::Json => format::write_json(&log, out.writer())?,
        Format::Csv | Format::Tsv => records(&log).write(args.format, args.raw, out)?,
        Format::Table => write_log(&log, args.full, out)?,
    }
    let unmatched = if log.is_empty() { view.unmatched_in_log(&filter)? } else { Vec::new() };
    let condition =
        |unmatched: &Unmatched| if unmatched.member == "commitment" { "is about" } else { "is recorded by" };
    let notes = unmatched.iter().map(|unmatched| note("entry", condition(unmatched), unmatched));
    with_notes(Exit::Done, notes.collect())
}

/// Marks an entry that was retracted.
const RETRACTED: &str = "✗";

fn write_log(log: &[Logged], full: bool, out: &mut Output<'_>) -> io::Result<()> {
    if log.is_empty() {
        return out.paragraph(0, None, "No entries.");
    }
    let is_retracted = |logged: &&Logged| logged.retracted.is_some();
    if full {
        for (index, logged) in log.iter().enumerate() {
            if index > 0 {
                out.blank()?;
            }
            write_entry(logged, out)?;
        }
    } else {
        let columns = [Column::text("Recorded"), Column::text("By"), Column::heading("Entry"), Column::text("Id")];
        table::write(out, &columns, log.iter().map(row).collect(), true)?;
    }
    out.blank()?;
    let retracted = match log.iter().filter(is_retracted).count() {
        0 => String::new(),
        retracted => format!(", {retracted} of them retracted"),
    };
    let how = if full || retracted.is_empty() { "" } else { " (✗; --full shows by whom, when and why)" };
    out.paragraph(0, Style::Strong, &format!("{}{retracted}{how}", count(log.len(), "entry", "entries")))
}

fn row(logged: &Logged) -> Vec<Cell> {
    let Logged { entry, retracted, .. } = logged;
    let (mark, style) = match retracted {
        Some(_) => (format!("{RETRACTED} "), Some(Style::Caution)),
        None => (String::new(), None),
    };
    vec![
        seconds(entry.recorded_at()).into(),
        entry.recorded_by().into(),
        Cell::new(format!("{mark}{}", describe(entry)), style),
        Cell::new(short_id(entry.id()), Style::Faint),
    ]
}

/// Returns a moment without the fraction of its second.
fn seconds(moment: Moment) -> String {
    let text = moment.to_string();
    text.split_once('.').map_or(text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// Writes an entry with its evidence.
fn write_entry(logged: &Logged, out: &mut Output<'_>) -> io::Result<()> {
    let Logged { entry, retracted, .. } = logged;
    let style = if retracted.is_some() { Style::Faint } else { Style::Strong };
    write_head(out, &entry.recorded_at().day().to_string(), Some(style), &describe(entry))?;
    if let Some(retraction) = retracted {
        write_retraction(retraction, out)?;
    }
    let fact = entry.fact();
    match &fact {
        Fact::Register(commitment) => {
            write_detail(out, commitment.title.as_str())?;
            if let Some(words) = &commitment.words {
                write_detail(out, &format!("“{}”", words.text))?;
            }
        }
        Fact::Amend(amend) => {
            if let Some(title) = &amend.title {
                write_detail(out, title.as_str())?;
            }
        }
        Fact::Retract(retract) => write_detail(out, &format!("reason: {}", retract.reason))?,
        _ => {}
    }
    // The note of a retraction is its reason.
    let note = fact.note().filter(|_| !matches!(fact, Fact::Retract(_)));
    write_evidence(note, fact.sources(), out)?;
    if let Some(published) = entry.published() {
        write_detail(out, &format!("published {published}"))?;
    }
    write_detail(out, &format!("recorded {} by {}", entry.recorded_at(), entry.recorded_by()))?;
    write_detail(out, &format!("entry {}", entry.id()))
}

/// Returns the entries for programs.
fn records(log: &[Logged]) -> Records {
    let mut records = Records::new(&[
        "recorded_at",
        "recorded_by",
        "kind",
        "commitment",
        "on",
        "published",
        "entry",
        "description",
        "note",
        "sources",
        "retracted_at",
        "retracted_by",
        "reason",
        "retraction",
    ]);
    for Logged { entry, retracted, .. } in log {
        let fact = entry.fact();
        let retraction = retracted.as_ref();
        records.push(vec![
            entry.recorded_at().to_string(),
            entry.recorded_by().to_owned(),
            entry.kind().to_owned(),
            optional(entry.commitment()),
            optional(entry.on()),
            optional(entry.published()),
            entry.id().to_string(),
            describe(entry),
            optional(fact.note()),
            references(fact.sources()),
            optional(retraction.map(|retraction| retraction.recorded_at)),
            optional(retraction.map(|retraction| &retraction.recorded_by)),
            optional(retraction.map(|retraction| &retraction.reason)),
            optional(retraction.map(|retraction| retraction.entry)),
        ]);
    }
    records
}
