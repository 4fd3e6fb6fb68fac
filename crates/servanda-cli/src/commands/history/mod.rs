//! `servanda history`: the history of one commitment.

mod brief;
mod events;

use std::io;

use servanda::{
    Source, Standing,
    answers::{Conflict, FutureEvent, Linked, RetractedEntry, Retraction, Step},
    format,
    procedure::in_english,
    value::Note,
};

use servanda_charts::{English, Timeline};

use self::events::{Event, events};

use super::{Load, open_view};
use crate::Environment;
use crate::args::{Format, HistoryArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{self, FUTURE, count, linked, short_id, verdict_style};
use crate::text::padded;

pub(super) fn run(args: &HistoryArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::OnDemand, &args.ledger, &args.view, env, out)?;
    let standing = view.standing_with_links(view.resolve(&args.commitment)?)?;
    if args.chart {
        let procedures = view.procedures()?;
        let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref));
        let text = timeline.text(&English, out.width());
        out.writer().write_all(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    match args.view.format {
        Format::Json => format::write_json(&standing, out.writer())?,
        Format::Csv | Format::Tsv => brief::records(&standing, args.all).write(args.view.format, args.view.raw, out)?,
        Format::Table => {
            write_titles(&standing, out)?;
            if !args.brief {
                write_facts(&standing, args.all, out)?;
            }
            out.paragraph(
                0,
                verdict_style(standing.verdict, standing.timeliness),
                &format!("{title}: {}", phrases::standing(&standing)),
            )?;
            if args.brief {
                brief::write_lines(&standing, args.all, out)?;
            } else {
                write_events(&standing, args.all, out)?;
            }
            write_conflicts(&standing.conflicts, out)?;
        }
    }
    Ok(Exit::Done)
}

fn write_events(standing: &Standing, all: bool, out: &mut Output<'_>) -> io::Result<()> {
    for (_, event) in events(standing, all) {
        out.blank()?;
        write_event(&event, standing, out)?;
    }
    write_undated_links(standing, out)?;
    write_future(&standing.future, out)?;
    if all {
        for retracted in standing.retracted.iter().filter(|retracted| retracted.on.is_none()) {
            out.blank()?;
            write_retracted("no date", retracted, out)?;
        }
    }
    Ok(())
}

/// The width of the column with the dates.
const MARGIN: usize = 12;

/// Returns the indentation for the details of an event. A narrow terminal has no room for a column
/// of dates.
fn margin(out: &Output<'_>) -> usize {
    const NARROW: usize = 60;
    const INDENT: usize = 2;
    if out.width() < NARROW { INDENT } else { MARGIN }
}

/// Writes the first line of an event.
pub(super) fn write_head(out: &mut Output<'_>, date: &str, style: Option<Style>, text: &str) -> io::Result<()> {
    let margin = margin(out);
    // A range of days is too long for the column.
    if margin < MARGIN || date.len() >= MARGIN {
        return out.hanging("", margin, style, &format!("{date}  {text}"));
    }
    out.hanging(&padded(date, MARGIN), MARGIN, style, text)
}

fn write_titles(standing: &Standing, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(0, Style::Strong, standing.commitment.as_str())?;
    out.paragraph(0, Style::Strong, standing.title.as_str())?;
    out.blank()
}

/// Writes what the registration says.
fn write_facts(standing: &Standing, all: bool, out: &mut Output<'_>) -> io::Result<()> {
    let join = |parties: &[servanda::Slug]| parties.iter().map(|party| party.as_str()).collect::<Vec<_>>().join(", ");
    let to = if standing.to.is_empty() { String::new() } else { format!(" to {}", join(&standing.to)) };
    let mut facts = vec![
        ("Made", format!("by {}{to} on {}", join(&standing.by), standing.made)),
        ("Procedure", standing.pin.to_string()),
    ];
    facts.extend(standing.repins.iter().map(|repinned| ("Moved", phrases::repinned(repinned))));
    if let Some(words) = &standing.words {
        facts.insert(0, ("Words", format!("“{}”", words.text)));
    }
    if let Some(obligation) = standing.obligation {
        facts.insert(2, ("Obligation", obligation.to_string()));
    }
    if let Some(title) = standing.status_title.as_ref().filter(|_| !standing.status_description.is_empty()) {
        facts.push(("Status", format!("{}: {}", in_english(title), in_english(&standing.status_description))));
    }
    if let Some(whole) = &standing.part_of {
        facts.push(("Part of", whole.to_string()));
    }
    if !standing.responsible.is_empty() {
        facts.push(("Responsible", standing.responsible.iter().map(phrases::assigned).collect::<Vec<_>>().join(", ")));
    }
    if !standing.may_be_responsible.is_empty() {
        let may_be: Vec<String> = standing.may_be_responsible.iter().map(phrases::assigned).collect();
        facts.push(("Perhaps", format!("responsible, as a date is not known exactly: {}", may_be.join(", "))));
    }
    for (language, title) in &standing.titles {
        facts.push(("Title", format!("{title} ({language})")));
    }
    if !standing.identifiers.is_empty() {
        let identifiers: Vec<String> = standing.identifiers.iter().map(ToString::to_string).collect();
        facts.push(("Identifiers", identifiers.join(", ")));
    }
    for link in standing.linked_from.iter().flatten() {
        facts.push(("Linked", phrases::linked_from(link)));
    }
    if let Some(target) = &standing.target {
        facts.push(("Target", phrases::target(target)));
    }
    if !standing.topics.is_empty() {
        facts.push(("Topics", join(&standing.topics)));
    }
    if standing.corrections > 0 {
        let number = usize::try_from(standing.corrections).unwrap_or(usize::MAX);
        let listed = if all { "" } else { "; --all shows what was retracted" };
        facts.push(("Corrections", format!("{}{listed}", count(number, "entry retracted", "entries retracted"))));
    }
    for (index, (name, text)) in facts.iter().enumerate() {
        let name = out.styled(Style::Faint, &padded(name, MARGIN));
        out.hanging(&name, MARGIN, None, text)?;
        if let Some(words) = standing.words.as_ref().filter(|_| index == 0) {
            write_source(&words.source, out)?;
        }
    }
    out.blank()
}

fn write_event(event: &Event<'_>, standing: &Standing, out: &mut Output<'_>) -> io::Result<()> {
    let date = event.date(standing).to_string();
    let mut head = |style: Option<Style>, text: &str| write_head(out, &date, style, text);
    match event {
        Event::Made => head(None, "The commitment is made"),
        Event::Step(step) => write_step(&date, step, out),
        Event::Possible(step) => {
            head(Some(Style::Strong), in_english(&step.title))?;
            write_detail(out, &format!("{} ({})", step.status, step.phase))?;
            out.paragraph(margin(out), Style::Caution, "not certain by this day: its date is not known exactly")
        }
        Event::Deposit(deposit) => {
            head(None, &phrases::deposit(deposit))?;
            write_evidence(deposit.note.as_ref(), &deposit.sources, out)?;
            write_detail(out, &format!("entry {}", short_id(deposit.entry)))
        }
        Event::Deadline(set) => {
            head(None, &format!("The deadline is set to {}", set.deadline))?;
            if !set.in_force {
                out.paragraph(
                    margin(out),
                    Style::Caution,
                    "not in force: the previous deadline had already passed, or may have",
                )?;
            }
            // The heading already shows the source of the words.
            let sources: &[Source] = if set.sources.iter().eq(standing.words.iter().map(|words| &words.source)) {
                &[]
            } else {
                &set.sources
            };
            write_evidence(set.note.as_ref(), sources, out)?;
            write_detail(out, &format!("entry {}", short_id(set.entry)))
        }
        Event::Remark(remark) => {
            head(None, remark.title.as_str())?;
            write_evidence(remark.note.as_ref(), &remark.sources, out)?;
            write_detail(out, &format!("remark, entry {}", short_id(remark.entry)))
        }
        Event::Measurement(measured) => {
            head(None, &format!("Measured: {}", phrases::measured(measured, standing.target.as_ref())))?;
            write_evidence(measured.note.as_ref(), &measured.sources, out)?;
            write_detail(out, &format!("measurement, entry {}", short_id(measured.entry)))
        }
        Event::Link(_, link) => {
            head(None, &linked(link))?;
            write_link_evidence(link, out)
        }
        Event::Retracted(_, retracted) => write_retracted(&date, retracted, out),
    }
}

fn write_step(date: &str, step: &Step, out: &mut Output<'_>) -> io::Result<()> {
    write_head(out, date, Some(Style::Strong), in_english(&step.title))?;
    write_detail(out, &format!("{} ({})", step.status, step.phase))?;
    if step.presumed {
        out.paragraph(margin(out), Style::Caution, "presumed: no entry confirms it")?;
    }
    match (&step.clock, &step.by) {
        (Some(clock), _) => write_detail(out, &format!("by the clock {clock}"))?,
        (None, Some(party)) => write_detail(out, &format!("by {party}"))?,
        (None, None) => {}
    }
    match &step.basis {
        Some(basis) => out.hanging(&label(out, "basis"), margin(out) + LABEL, None, basis.as_str())?,
        None => write_detail(out, "the history opens here")?,
    }
    write_evidence(step.note.as_ref(), &step.sources, out)?;
    if let Some((moment, party)) = step.recorded_at.zip(step.recorded_by.as_ref()) {
        let ids: Vec<String> = step.entry.iter().chain(&step.further_entries).copied().map(short_id).collect();
        let entries = if ids.len() == 1 { "entry" } else { "entries" };
        let published = step.published.map_or_else(String::new, |date| format!("published {date}, "));
        write_detail(out, &format!("{published}recorded {} by {party}, {entries} {}", moment.day(), ids.join(", ")))?;
    }
    Ok(())
}

/// Writes an entry that was retracted, and who retracted it, when and why.
fn write_retracted(date: &str, retracted: &RetractedEntry, out: &mut Output<'_>) -> io::Result<()> {
    write_head(out, date, Some(Style::Faint), &phrases::retracted_event(retracted))?;
    write_retraction(&retracted.retraction, out)?;
    write_evidence(retracted.note.as_ref(), &retracted.sources, out)?;
    let RetractedEntry { entry, recorded_at, recorded_by, retraction, .. } = retracted;
    let (entry, by) = (short_id(*entry), short_id(retraction.entry));
    write_detail(
        out,
        &format!("recorded {} by {recorded_by}, entry {entry}, retracted by entry {by}", recorded_at.day()),
    )
}

/// Writes who retracted an entry, when and why.
pub(super) fn write_retraction(retraction: &Retraction, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(margin(out), Style::Caution, &phrases::retraction(retraction))
}

/// The width of the labels of details.
const LABEL: usize = 8;

fn label(out: &Output<'_>, name: &str) -> String {
    format!("{}{}", " ".repeat(margin(out)), out.styled(Style::Faint, &padded(name, LABEL)))
}

pub(super) fn write_detail(out: &mut Output<'_>, text: &str) -> io::Result<()> {
    out.paragraph(margin(out), Style::Faint, text)
}

pub(super) fn write_evidence(note: Option<&Note>, sources: &[Source], out: &mut Output<'_>) -> io::Result<()> {
    if let Some(note) = note {
        out.hanging(&label(out, "note"), margin(out) + LABEL, None, note.as_str())?;
    }
    for (index, source) in sources.iter().enumerate() {
        let name = match (index, sources.len()) {
            (0, 1) => "source",
            (0, _) => "sources",
            _ => "",
        };
        out.hanging(&label(out, name), margin(out) + LABEL, None, &source.description())?;
        write_urls(source, margin(out) + LABEL, out)?;
    }
    Ok(())
}

fn write_source(source: &Source, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(MARGIN, None, &source.description())?;
    write_urls(source, MARGIN, out)
}

fn write_urls(source: &Source, indent: usize, out: &mut Output<'_>) -> io::Result<()> {
    if let Some(quotation) = &source.quotation {
        out.paragraph(indent, None, &format!("“{quotation}”"))?;
    }
    [&source.url, &source.archived].into_iter().flatten().try_for_each(|url| out.url(indent, url.as_str()))
}

fn write_link_evidence(link: &Linked, out: &mut Output<'_>) -> io::Result<()> {
    write_evidence(link.note.as_ref(), &link.sources, out)?;
    write_detail(out, &format!("link, entry {}", short_id(link.entry)))
}

fn write_undated_links(standing: &Standing, out: &mut Output<'_>) -> io::Result<()> {
    for link in standing.links.iter().filter(|link| link.on.is_none()) {
        out.blank()?;
        write_head(out, "no date", None, &linked(link))?;
        write_link_evidence(link, out)?;
    }
    Ok(())
}

fn write_future(events: &[FutureEvent], out: &mut Output<'_>) -> io::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Caution, FUTURE)?;
    for event in events {
        out.blank()?;
        write_head(out, &event.on.to_string(), None, &phrases::future_event(event))?;
        write_evidence(event.note.as_ref(), &event.sources, out)?;
        let (day, by, id) = (event.recorded_at.day(), &event.recorded_by, short_id(event.entry));
        write_detail(out, &format!("recorded {day} by {by}, entry {id}"))?;
    }
    Ok(())
}

fn write_conflicts(conflicts: &[Conflict], out: &mut Output<'_>) -> io::Result<()> {
    if conflicts.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Caution, "Conflicting entries, which do not count")?;
    super::verify::write_conflicts(conflicts, out)
}
