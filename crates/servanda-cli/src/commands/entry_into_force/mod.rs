//! `servanda entry-into-force`: when a treaty enters into force, and for whom.

mod deposits;

use std::io;
use std::path::Path;

use servanda::{Day, EntryIntoForce, InForce, builtin, format, in_english};

use self::deposits::Deposits;
use super::files;
use crate::args::{EntryIntoForceArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::ABSENT;
use crate::table::{self, Cell, Column};

pub(super) fn run(args: &EntryIntoForceArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let mut rule = rule(&args.rule)?;
    let name = args.deposits.display().to_string();
    let deposits = Deposits::read(&args.deposits, &rule)?;
    let mut notes = Vec::new();
    if let Some(note) = unlisted(&rule, &deposits) {
        notes.push(format!("note: {name}: {note}"));
        rule = rule.whoever_signed();
    }
    let answer = rule.apply(&deposits.instruments, args.on);
    match args.format {
        Format::Json => format::write_json(&answer, out.writer())?,
        Format::Table => write(&rule, &answer, args.on, out)?,
    }
    let mut faults = deposits.faults;
    faults.extend(answer.unused.iter().map(|unused| {
        let line = deposits.lines.get(unused.index).copied().unwrap_or_default();
        (line, unused.reason.clone())
    }));
    faults.sort();
    if faults.is_empty() && notes.is_empty() {
        return Ok(Exit::Done);
    }
    out.writer().flush()?;
    let exit = if faults.is_empty() { Exit::Done } else { Exit::Refused };
    notes.extend(faults.into_iter().map(|(line, reason)| format!("{name}, line {line}: {reason}")));
    Err(Failure::Notes { exit, notes })
}

/// The built-in rule with this id, or the one in this file.
fn rule(name: &str) -> Result<EntryIntoForce, Failure> {
    let treaties = builtin::treaties();
    if let Some(treaty) = treaties.iter().find(|treaty| treaty.id == name) {
        return Ok((*treaty).clone());
    }
    let file = Path::new(name);
    if !file.exists() {
        let ids: Vec<&str> = treaties.iter().map(|treaty| treaty.id.as_str()).collect();
        let reason = format!("there is no built-in rule and no file {name}; built in are: {}", ids.join(", "));
        return Err(Failure::refused("no-rule", reason));
    }
    let text = files::text(file, "a treaty's rule is a TOML file")?;
    EntryIntoForce::from_toml(name, &text).map_err(|error| servanda::Error::from(error).into())
}

/// What to say if the rule lists signatories and the deposits name none of them: then they are called something else here, or
/// made up.
fn unlisted(rule: &EntryIntoForce, deposits: &Deposits) -> Option<String> {
    let count = rule.signatories.as_ref().filter(|signatories| !signatories.parties.is_empty())?.count;
    let instruments = &deposits.instruments;
    let none = !instruments.is_empty() && !instruments.iter().any(|instrument| rule.lists(instrument.by.as_str()));
    none.then(|| {
        format!("none of the parties is one of the {count} signatories by a name known here; each is taken to be one")
    })
}

fn write(rule: &EntryIntoForce, answer: &InForce, on: Option<Day>, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(0, Style::Strong, in_english(&rule.title))?;
    let when = on.map_or_else(String::new, |day| format!("As of {day}: "));
    match answer.general {
        Some(day) => out.paragraph(0, None, &format!("{when}in force from {day}"))?,
        None => out.paragraph(0, None, &format!("{when}not in force, as far as the deposits tell"))?,
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

/// The parties, with a letter for each reason, and the reasons.
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
    let mut columns = vec![
        Column::new("Party").heading_cut_to(24),
        Column::new("Deposited"),
        Column::new("In force"),
        Column::new("Why"),
    ];
    if has_ends {
        columns.insert(3, Column::new("Until"));
    }
    let rows: Vec<Vec<Cell>> = answer
        .parties
        .iter()
        .map(|party| {
            let mut row = vec![
                Cell::new(party.party.as_str(), Style::Strong),
                party.deposited.to_string().into(),
                Cell::new(text(party.in_force), party.in_force.map(|_| Style::Good)),
                Cell::new(mark(&party.why), Style::Faint),
            ];
            if has_ends {
                row.insert(3, text(party.until).into());
            }
            row
        })
        .collect();
    if !table::write(out, &columns, &rows)? {
        for party in &answer.parties {
            out.paragraph(0, Style::Strong, party.party.as_str())?;
            out.paragraph(2, None, &format!("deposited {}", party.deposited))?;
            out.paragraph(2, None, &format!("in force {}", text(party.in_force)))?;
            if let Some(until) = party.until {
                out.paragraph(2, None, &format!("until {until}"))?;
            }
            out.paragraph(2, Style::Faint, &mark(&party.why))?;
        }
    }
    out.blank()?;
    for reason in &reasons {
        let before = out.styled(Style::Faint, &mark(reason));
        let indent = mark(reason).len() + 1;
        out.hanging(&format!("{before} "), indent, None, reason)?;
    }
    Ok(())
}
