//! `servanda entry-into-force`: computes when a treaty enters into force.

mod deposits;
mod published;
mod records;
mod written_day;

use std::io;
use std::path::Path;

use servanda::{
    Day, builtin, format,
    procedure::in_english,
    treaty::{Answer, EntryIntoForce, InForce, PartyInForce},
};

use self::deposits::Deposits;
use super::files;
use crate::Environment;
use crate::args::{EntryIntoForceArgs, ReportFormat};
use crate::exit::{Exit, Failure, with_notes};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, count};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: &EntryIntoForceArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let mut rule = rule(&args.rule)?;
    let on = args.on.map(|on| on.resolve(env.in_zone(None).time.today()));
    let name = args.deposits.display().to_string();
    let deposits = Deposits::read(&args.deposits, &rule)?;
    let mut notes = Vec::new();
    if let Some(note) = unknown_parties_note(&rule, &deposits) {
        notes.push(format!("note: {name}: {note}"));
        rule = rule.whoever_signed();
    }
    let answer = rule.apply_despite(&deposits.unread, &deposits.instruments, on);
    match args.format {
        ReportFormat::Json => format::write_json(&answer, out.writer())?,
        ReportFormat::Table => write(&rule, &answer, on, out)?,
    }
    let mut errors = deposits.errors;
    errors.extend(answer.unused.iter().map(|unused| {
        let line = deposits.lines.get(unused.index).copied().unwrap_or_default();
        (line, unused.reason.clone())
    }));
    errors.sort();
    let exit = if errors.is_empty() { Exit::Done } else { Exit::Refused };
    notes.extend(errors.into_iter().map(|(line, reason)| format!("{name}, line {line}: {reason}")));
    with_notes(exit, notes)
}

/// Returns the built-in rule with this id, or reads the rule from this file.
fn rule(name: &str) -> Result<EntryIntoForce, Failure> {
    let treaties = builtin::treaties();
    if let Some(treaty) = treaties.iter().find(|treaty| treaty.id == name) {
        return Ok((*treaty).clone());
    }
    let file = Path::new(name);
    if !file.exists() {
        let ids: Vec<&str> = treaties.iter().map(|treaty| treaty.id.as_str()).collect();
        let reason =
            format!("there is no built-in rule and no file {name}; the built-in rules are: {}", ids.join(", "));
        return Err(Failure::refused("no-rule", reason));
    }
    let text = files::read(file, "a treaty's rule is a TOML file")?;
    Ok(EntryIntoForce::from_toml(name, &text)?)
}

/// Returns a note if the rule lists signatories and no deposit is by one of them. Then the file
/// probably uses other names.
fn unknown_parties_note(rule: &EntryIntoForce, deposits: &Deposits) -> Option<String> {
    let count = rule.signatories.as_ref().filter(|signatories| !signatories.parties.is_empty())?.count;
    let instruments = &deposits.instruments;
    let none = !instruments.is_empty() && !instruments.iter().any(|instrument| rule.lists(instrument.by.as_str()));
    none.then(|| {
        format!("none of the parties has the name of one of the {count} signatories; each party counts as a signatory")
    })
}

fn write(rule: &EntryIntoForce, answer: &InForce, on: Option<Day>, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(0, Style::Strong, in_english(&rule.title))?;
    let when = on.map_or_else(String::new, |day| format!("As of {day}: "));
    let headline = match (answer.answer, answer.general) {
        (Answer::InForce, Some(day)) => format!("in force from {day}"),
        (Answer::NotInForce, _) => "not in force according to the deposits".to_owned(),
        _ if answer.unread > 0 => format!("not known, {} could not be read", count(answer.unread, "row", "rows")),
        _ => "not known".to_owned(),
    };
    out.paragraph(0, None, &format!("{when}{headline}"))?;
    if answer.answer == Answer::NotKnown {
        out.hanging("  possible: ", 12, None, &range(answer.earliest, answer.latest))?;
    }
    if let Some(why) = &answer.why {
        out.paragraph(2, None, why)?;
    }
    if let Some(missing) = &answer.missing {
        out.hanging("  missing: ", 11, None, missing)?;
    }
    if !answer.parties.is_empty() {
        out.blank()?;
        write_parties(answer, out)?;
    }
    Ok(())
}

/// Returns the possible days in words.
fn range(earliest: Option<Day>, latest: Option<Day>) -> String {
    match (earliest, latest) {
        (Some(earliest), Some(latest)) => format!("in force from a day between {earliest} and {latest}"),
        (Some(earliest), None) => format!("in force from {earliest} at the earliest, if at all"),
        (None, Some(latest)) => format!("in force from {latest} at the latest"),
        (None, None) => "in force from any day, if at all".to_owned(),
    }
}

/// Returns the days on which the treaty may enter into force for a party, for a table.
fn days(party: &PartyInForce) -> String {
    match (party.answer, party.earliest, party.latest) {
        (Answer::InForce, Some(day), _) => day.to_string(),
        (Answer::NotKnown, Some(earliest), Some(latest)) => format!("{UNKNOWN} {earliest} to {latest}"),
        (Answer::NotKnown, Some(earliest), None) => format!("{UNKNOWN} from {earliest}, if at all"),
        (Answer::NotKnown, None, Some(latest)) => format!("{UNKNOWN} by {latest}"),
        (Answer::NotKnown, None, None) => UNKNOWN.to_owned(),
        _ => ABSENT.to_owned(),
    }
}

/// Marks a day that is not known.
const UNKNOWN: &str = "?";

/// Writes a table of the parties, and a numbered list of the reasons.
fn write_parties(answer: &InForce, out: &mut Output<'_>) -> io::Result<()> {
    let mut reasons: Vec<&str> = Vec::new();
    for party in &answer.parties {
        if !reasons.contains(&party.why.as_str()) {
            reasons.push(&party.why);
        }
    }
    let mark = |why: &str| format!("[{}]", 1 + reasons.iter().position(|reason| *reason == why).unwrap_or_default());
    let text = |day: Option<Day>| day.map_or_else(|| ABSENT.to_owned(), |day| day.to_string());
    let has_ends = answer.parties.iter().any(|party| party.until.is_some());
    let mut columns =
        vec![Column::heading("Party"), Column::text("Deposited"), Column::text("In force"), Column::text("Why")];
    if has_ends {
        columns.insert(3, Column::text("Until"));
    }
    let style = |answer: Answer| match answer {
        Answer::InForce => Some(Style::Good),
        Answer::NotInForce => None,
        Answer::NotKnown => Some(Style::Caution),
    };
    let row = |party: &PartyInForce| {
        let mut row = vec![
            Cell::new(party.party.as_str(), Style::Strong),
            party.deposited.map_or_else(|| ABSENT.to_owned(), |date| date.to_string()).into(),
            Cell::new(days(party), style(party.answer)),
            Cell::new(mark(&party.why), Style::Faint),
        ];
        if has_ends {
            row.insert(3, text(party.until).into());
        }
        row
    };
    table::write(out, &columns, answer.parties.iter().map(row).collect(), true)?;
    out.blank()?;
    for reason in &reasons {
        let before = out.styled(Style::Faint, &mark(reason));
        let indent = mark(reason).len() + 1;
        out.hanging(&format!("{before} "), indent, None, reason)?;
    }
    Ok(())
}
