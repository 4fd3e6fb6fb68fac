//! What all commands that write have in common.

use std::collections::BTreeSet;
use std::path::Path;

use servanda::{Batch, Day, Define, Entry, EntryId, Fact, Note, Retract, Slug, Standing, TimeSource as _, Tracker};

use crate::Environment;
use crate::args::{EntryRef, Format, RecordArgs, ReplaceArgs};
use crate::commands::open;
use crate::environment::SERVANDA_BY;
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases;

/// A ledger that is about to be written to, and how.
#[derive(Debug)]
pub(super) struct WriteSession<'a> {
    pub(super) tracker: Tracker,
    args: &'a RecordArgs,
    env: &'a Environment,
    /// What is retracted in the same batch, before the rest of it.
    replaced: Batch,
}

impl<'a> WriteSession<'a> {
    pub(super) fn open(
        ledger: &Path,
        args: &'a RecordArgs,
        env: &'a Environment,
        out: &mut Output<'_>,
    ) -> Result<Self, Failure> {
        let by = recorded_by(args, env)?;
        let tracker = open(ledger, by.as_str(), env, out)?;
        Ok(Self { tracker, args, env, replaced: Batch::new() })
    }

    /// What is recorded takes the place of these entries: both happens, or neither.
    pub(super) fn instead_of(self, args: &ReplaceArgs) -> Result<Self, Failure> {
        let replaced = match &args.reason {
            Some(reason) => self.retractions(&args.instead_of, reason)?,
            None => Batch::new(),
        };
        Ok(Self { replaced, ..self })
    }

    /// Retractions of these entries.
    pub(super) fn retractions(&self, entries: &[EntryRef], reason: &Note) -> Result<Batch, Failure> {
        let retraction = |entry: Entry| match entry.commitment() {
            Some(commitment) => Retract::new(commitment, entry.id(), reason.as_str()),
            None => Retract::definition(entry.id(), reason.as_str()),
        };
        entries.iter().map(|entry| self.find(entry).map(retraction)).collect()
    }

    /// Where a commitment stands on a day, before anything is recorded but what is retracted for it.
    pub(super) fn standing(&self, commitment: &Slug, on: Day) -> Option<Standing> {
        let retracted = self.tracker.prepare(self.replaced.clone()).unwrap_or_default();
        self.tracker.view().on(on).with(retracted).standing(commitment).ok()
    }

    /// The entry that is meant.
    pub(super) fn find(&self, named: &EntryRef) -> Result<Entry, Failure> {
        let unknown = |given: &str, text: String| {
            Failure::refused_with("unknown-entry", json::object([("entry", json::text(given))]), text)
        };
        let prefix = match named {
            EntryRef::Id(id) => {
                let text = || format!("there is no entry {id} on this ledger");
                let found = self.tracker.entries_like(&id.to_string())?;
                return found.into_iter().next().ok_or_else(|| unknown(&id.to_string(), text()));
            }
            EntryRef::Prefix(digits) => format!("sha256:{digits}"),
        };
        let fitting = self.tracker.entries_like(&prefix)?;
        match fitting.as_slice() {
            [entry] => Ok(entry.clone()),
            [] => {
                let hint = "`servanda history` shows the ids";
                Err(unknown(&prefix, format!("no entry on this ledger begins with {prefix}; {hint}")))
            }
            several => {
                const MOST_LISTED: usize = 10;
                let mut reason =
                    format!("{} entries begin with {prefix}; give more of the one you mean:", several.len());
                for entry in several.iter().take(MOST_LISTED) {
                    reason.push_str(&format!("\n  {}  {}", entry.id(), said(entry)));
                }
                let entries = json::array(several.iter().map(|entry| json::text(entry.id())));
                let details = json::object([("entries", entries), ("entry", json::text(&prefix))]);
                Err(Failure::refused_with("ambiguous-entry", details, reason))
            }
        }
    }

    pub(super) fn id(&self, named: &EntryRef) -> Result<EntryId, Failure> {
        self.find(named).map(|entry| entry.id())
    }

    /// Appends a batch, or finds out what would be appended: the new entries.
    pub(super) fn append(&self, batch: impl Into<Batch>) -> servanda::Result<Vec<Entry>> {
        let batch = self.replaced.clone().and(batch);
        if self.args.dry_run { self.tracker.prepare(batch) } else { self.tracker.record(batch) }
    }

    /// Says what was appended, and what stands now.
    pub(super) fn report(&self, entries: &[Entry], out: &mut Output<'_>) -> Result<Exit, Failure> {
        if self.args.format == Format::Json {
            for entry in entries {
                out.line(entry.line())?;
            }
            return Ok(Exit::Done);
        }
        if self.args.dry_run {
            out.paragraph(0, Style::Caution, "Nothing is written. This would be appended:")?;
            for entry in entries {
                out.hanging("  ", 4, None, &said(entry))?;
            }
        }
        let commitments: BTreeSet<&str> = entries.iter().filter_map(Entry::commitment).collect();
        let today = self.env.time.today();
        let mut view = self.tracker.view().on(today);
        if self.args.dry_run {
            view = view.with(entries.iter().cloned());
        }
        let then = if self.args.dry_run { "Then " } else { "" };
        for commitment in commitments {
            let stands = match view.standing(commitment) {
                Ok(stands) => phrases::standing(&stands),
                Err(error) if error.code() == "unknown-commitment" => "no longer registered".to_owned(),
                // What is recorded is recorded, whatever keeps it from being read now.
                Err(error) => error.to_string(),
            };
            out.paragraph(0, None, &format!("{then}{commitment}: {stands}"))?;
        }
        if let Some(day) = entries.iter().filter_map(Entry::day).max().filter(|day| *day > today) {
            let text = format!("This is as of today, {today} (UTC); what is recorded takes effect on {day}.");
            out.paragraph(0, Style::Caution, &text)?;
        }
        if !self.args.dry_run {
            let alone = entries.len() == 1;
            for entry in entries {
                if !alone || entry.commitment().is_none() {
                    out.paragraph(0, None, &said(entry))?;
                }
                out.line(&out.styled(Style::Faint, &entry.id().to_string()))?;
            }
        }
        Ok(Exit::Done)
    }

    /// Appends a batch and says what stands now.
    pub(super) fn record(&self, batch: impl Into<Batch>, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let entries = self.append(batch)?;
        self.report(&entries, out)
    }
}

fn recorded_by(args: &RecordArgs, env: &Environment) -> Result<Slug, Failure> {
    if let Some(by) = &args.by {
        return Ok(by.clone());
    }
    match &env.recorded_by {
        Some(by) => by.parse().map_err(|error| Failure::Usage(format!("{SERVANDA_BY}: {error}"))),
        None => {
            let reason = "every entry says who recorded it; give --by NAME, such as --by desk, or set";
            Err(Failure::Usage(format!("{reason} {SERVANDA_BY} in the environment")))
        }
    }
}

/// What an entry says, in a few words.
fn said(entry: &Entry) -> String {
    let of = |id: EntryId| format!(": the entry {}", start(id));
    let what = match entry.fact() {
        Fact::Advance(advance) => format!(" to {}", advance.to),
        Fact::Deposit(deposit) => format!(", by {}", deposit.by),
        Fact::Cite(cite) => of(cite.entry),
        Fact::Remark(remark) => format!(": {}", remark.title),
        Fact::Reschedule(reschedule) => format!(" to {}", reschedule.deadline),
        Fact::Link(link) => format!(": {} {}", link.relation, link.to),
        Fact::Retract(retract) => of(retract.entry),
        Fact::Define(Define::Party(party)) => format!(" the party {}", party.id),
        Fact::Define(Define::Procedure(procedure)) => format!(" the procedure {}", procedure.reference()),
        Fact::Define(Define::Calendar(calendar)) => {
            format!(" the calendar {}, through {}", calendar.id, calendar.through)
        }
        Fact::Amend(amend) => {
            let note = amend.entry.map(|entry| format!("the note of the entry {}", start(entry)));
            let title = amend.title.as_ref().map(|_| "the title".to_owned());
            let topics = amend.topics.as_ref().map(|_| "the topics".to_owned());
            let changed: Vec<String> = [title, topics, note].into_iter().flatten().collect();
            format!(": {}", changed.join(", "))
        }
        _ => String::new(),
    };
    let about = entry.commitment().map_or_else(String::new, |commitment| format!(" {commitment}"));
    let on = entry.on().map_or_else(String::new, |on| format!(", on {on}"));
    let sources = match entry.fact().sources().len() {
        0 => String::new(),
        number => format!(", citing {}", phrases::count(number, "source", "sources")),
    };
    format!("{}{about}{what}{on}{sources}", entry.fact().kind())
}

/// The start of an id, enough to name the entry.
fn start(id: EntryId) -> String {
    const DIGITS: usize = 12;
    id.to_string().chars().skip("sha256:".len()).take(DIGITS).collect()
}
