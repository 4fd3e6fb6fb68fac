//! The part that all writing commands share: they open a ledger, append a batch and report it.

use std::collections::BTreeSet;
use std::path::Path;

use servanda::{
    Batch, Date, Day, Entry, Fact, Slug, Standing, Tracker,
    facts::{Define, Retract},
    tracker::TimeSource as _,
    value::{EntryId, Note},
};

use super::parties;
use crate::Environment;
use crate::args::{EntryRef, FutureArgs, RecordArgs, ReplaceArgs, ReportFormat};
use crate::commands::open;
use crate::days::OrRelative;
use crate::environment::SERVANDA_BY;
use crate::exit::{Exit, Failure, with_notes};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases::{self, in_role, short_id};

/// A ledger opened by a command that writes.
#[derive(Debug)]
pub(super) struct WriteSession<'a> {
    pub(super) tracker: Tracker,
    args: &'a RecordArgs,
    env: Environment,
    /// Retractions that go before the rest of the batch.
    retractions: Batch,
}

impl<'a> WriteSession<'a> {
    pub(super) fn open(
        ledger: &Path,
        args: &'a RecordArgs,
        env: &Environment,
        out: &mut Output<'_>,
    ) -> Result<Self, Failure> {
        let by = recorder_name(args, env)?;
        let env = env.in_zone(args.zone.zone.as_ref());
        let tracker = open(ledger, by.as_str(), &env, out)?;
        Ok(Self { tracker, args, env, retractions: Batch::new() })
    }

    /// Retracts these entries in the same batch as the new ones.
    pub(super) fn replacing(self, args: &ReplaceArgs) -> Result<Self, Failure> {
        let retractions = match &args.reason {
            Some(reason) => self.retractions(&args.instead_of, reason)?,
            None => Batch::new(),
        };
        Ok(Self { retractions, ..self })
    }

    /// Returns retractions of these entries.
    pub(super) fn retractions(&self, entries: &[EntryRef], reason: &Note) -> Result<Batch, Failure> {
        let retraction = |entry: Entry| match entry.commitment() {
            Some(commitment) => Retract::builder(commitment, entry.id(), reason.as_str()),
            None => Retract::definition(entry.id(), reason.as_str()),
        };
        entries.iter().map(|entry| self.find(entry).map(retraction)).collect()
    }

    /// Returns the standing of a commitment on a day, with only the retractions of this batch
    /// applied.
    pub(super) fn standing(&self, commitment: &Slug, on: Day) -> Option<Standing> {
        let retractions = self.tracker.prepare(self.retractions.clone()).unwrap_or_default();
        self.tracker.view().on(on).ok()?.with(retractions).standing(commitment).ok()
    }

    /// Finds the entry that an argument names.
    pub(super) fn find(&self, entry: &EntryRef) -> Result<Entry, Failure> {
        let unknown = |given: &str, text: String| {
            Failure::refused_with("unknown-entry", json::object([("entry", json::text(given))]), text)
        };
        let prefix = match entry {
            EntryRef::Id(id) => {
                let text = || format!("there is no entry {id} on this ledger");
                let found = self.tracker.entries_like(&id.to_string())?;
                return found.into_iter().next().ok_or_else(|| unknown(&id.to_string(), text()));
            }
            EntryRef::Prefix(digits) => format!("sha256:{digits}"),
        };
        let found = self.tracker.entries_like(&prefix)?;
        match found.as_slice() {
            [entry] => Ok(entry.clone()),
            [] => {
                let hint = "`servanda history` shows the ids";
                Err(unknown(&prefix, format!("no entry on this ledger begins with {prefix}; {hint}")))
            }
            several => {
                const MAX_LISTED: usize = 10;
                let mut reason = format!("{} entries begin with {prefix}; give more digits:", several.len());
                for entry in several.iter().take(MAX_LISTED) {
                    reason.push_str(&format!("\n  {}  {}", entry.id(), describe(entry)));
                }
                let entries = json::array(several.iter().map(|entry| json::text(entry.id())));
                let details = json::object([("entries", entries), ("entry", json::text(&prefix))]);
                Err(Failure::refused_with("ambiguous-entry", details, reason))
            }
        }
    }

    pub(super) fn id(&self, entry: &EntryRef) -> Result<EntryId, Failure> {
        self.find(entry).map(|entry| entry.id())
    }

    /// Returns the date that is given, or the day that is named by its distance from today.
    pub(super) fn date(&self, on: OrRelative<Date>) -> Date {
        on.resolve(self.env.time.today())
    }

    /// Refuses dates that are certainly later than today, unless the user has confirmed them.
    pub(super) fn check_future(&self, dates: impl IntoIterator<Item = Date>, args: FutureArgs) -> Result<(), Failure> {
        let today = self.env.time.today();
        let Some(on) = dates.into_iter().find(|on| on.first_day() > today).filter(|_| !args.future) else {
            return Ok(());
        };
        let zone = &self.env.zone;
        let hint = "correct the date, or add --future if it is already certain to happen";
        let details = json::object([("on", json::text(on)), ("today", json::text(today))]);
        let text = format!("{on} is later than today, {today} ({zone}); {hint}");
        Err(Failure::refused_with("in-the-future", details, text))
    }

    /// Appends what a batch says and this recorder has not recorded yet. A dry run only prepares
    /// it. `explain` turns the reason for a refusal into a message.
    pub(super) fn append(
        &self,
        batch: impl Into<Batch>,
        explain: impl FnOnce(servanda::Error) -> Failure,
    ) -> Result<Appended, Failure> {
        let mut batch = self.retractions.clone().and(batch).skip_recorded();
        if let Some(published) = self.args.published {
            batch = batch.published(published);
        }
        if self.args.allow_shared_identifiers {
            batch = batch.share_identifiers();
        }
        let notes = parties::check(&self.tracker, &batch, self.args.allow_new_parties, &self.env)?;
        let earlier = self.tracker.recorded(&batch)?.into_iter().flatten().collect();
        let new = if self.args.dry_run { self.tracker.prepare(batch) } else { self.tracker.record(batch) };
        Ok(Appended { new: new.map_err(explain)?, earlier, notes })
    }

    /// Reports the new entries, the earlier ones that say the same as a part of the batch, and the
    /// standing of their commitments.
    pub(super) fn report(&self, appended: Appended, out: &mut Output<'_>) -> Result<Exit, Failure> {
        self.show(&appended, out)?;
        with_notes(Exit::Done, appended.notes)
    }

    fn show(&self, appended: &Appended, out: &mut Output<'_>) -> Result<(), Failure> {
        let Appended { new: entries, earlier, .. } = appended;
        if self.args.format == ReportFormat::Json {
            for entry in entries {
                out.json(entry.line())?;
            }
            return Ok(());
        }
        if entries.is_empty() {
            out.paragraph(0, None, "Nothing was written, because all of it was recorded before:")?;
        } else if !earlier.is_empty() {
            out.paragraph(0, None, "Recorded before, so not written again:")?;
        }
        for entry in earlier {
            let id = out.styled(Style::Faint, &format!("entry {}", short_id(entry.id())));
            out.hanging("  ", 4, None, &format!("{}; {id}", describe(entry)))?;
        }
        if self.args.dry_run && !entries.is_empty() {
            out.paragraph(0, Style::Caution, "Nothing was written. This would be appended:")?;
            for entry in entries {
                out.hanging("  ", 4, None, &describe(entry))?;
            }
        }
        let commitments: BTreeSet<&str> = entries.iter().chain(earlier).filter_map(Entry::commitment).collect();
        let today = self.env.time.today();
        let mut view = self.tracker.view().on(today)?;
        if self.args.dry_run {
            view = view.with(entries.iter().cloned());
        }
        let then = if self.args.dry_run && !entries.is_empty() { "Then " } else { "" };
        for commitment in commitments {
            let mut idle = None;
            let stands = match view.standing(commitment) {
                Ok(stands) => {
                    let is_new = |id: EntryId| entries.iter().any(|entry| entry.id() == id);
                    idle = stands.deadlines.iter().find(|set| !set.in_force && is_new(set.entry)).cloned();
                    phrases::standing(&stands)
                }
                Err(error) if error.code() == "unknown-commitment" => "no longer registered".to_owned(),
                // The entries are already recorded, so this must not fail the command.
                Err(error) => error.to_string(),
            };
            out.paragraph(0, None, &format!("{then}{commitment}: {stands}"))?;
            if let Some(set) = idle {
                let text = format!(
                    "The deadline {} is not in force: on {}, the previous one had already passed, or may have.",
                    set.deadline, set.set_on
                );
                out.paragraph(0, Style::Caution, &text)?;
            }
        }
        let dates = entries.iter().filter_map(Entry::on).max_by_key(|on| on.first_day());
        if let Some(on) = dates.filter(|on| on.first_day() > today) {
            let zone = &self.env.zone;
            let text = format!("This is as of today, {today} ({zone}). What is recorded is for {on}, which is later.");
            out.paragraph(0, Style::Caution, &text)?;
        }
        if !self.args.dry_run {
            let single = entries.len() == 1;
            for entry in entries {
                if !single || entry.commitment().is_none() {
                    out.paragraph(0, None, &describe(entry))?;
                }
                out.line(&out.styled(Style::Faint, &entry.id().to_string()))?;
            }
        }
        Ok(())
    }

    /// Appends a batch and reports it.
    pub(super) fn record(&self, batch: impl Into<Batch>, out: &mut Output<'_>) -> Result<Exit, Failure> {
        self.report(self.append(batch, Failure::from)?, out)
    }
}

/// The outcome of a batch.
#[derive(Debug)]
pub(super) struct Appended {
    /// The new entries.
    new: Vec<Entry>,
    /// Earlier entries of the same recorder that say the same as a part of the batch.
    earlier: Vec<Entry>,
    /// Notes for stderr.
    notes: Vec<String>,
}

pub(crate) fn recorder_name(args: &RecordArgs, env: &Environment) -> Result<Slug, Failure> {
    if let Some(by) = &args.by {
        return Ok(by.clone());
    }
    match &env.recorded_by {
        Some(by) => by.parse().map_err(|error| Failure::Usage(format!("{SERVANDA_BY}: {error}"))),
        None => {
            let reason = "an entry needs the name of its recorder; give --by NAME, such as --by desk, or set";
            Err(Failure::Usage(format!("{reason} the environment variable {SERVANDA_BY}")))
        }
    }
}

/// Describes an entry in a few words.
pub(crate) fn describe(entry: &Entry) -> String {
    let target = |id: EntryId| format!(": the entry {}", short_id(id));
    let what = match entry.fact() {
        Fact::Advance(advance) => format!(" to {}", advance.to),
        Fact::Deposit(deposit) => format!(", by {}", deposit.by),
        Fact::Cite(cite) => target(cite.entry),
        Fact::Remark(remark) => format!(": {}", remark.title),
        Fact::Reschedule(reschedule) => format!(" to {}", reschedule.deadline),
        Fact::Assign(assign) => format!(" to {}", in_role(&assign.body, assign.role.as_ref())),
        Fact::Unassign(unassign) => format!(" from {}", in_role(&unassign.body, unassign.role.as_ref())),
        Fact::Repin(repin) => format!(" to {}", repin.procedure),
        Fact::Measure(measure) => format!(": {}", measure.value),
        Fact::Link(link) => format!(": {} {}", link.relation, link.to),
        Fact::Retract(retract) => target(retract.entry),
        Fact::Define(Define::Party(party)) => format!(" the party {}", party.id),
        Fact::Define(Define::Procedure(procedure)) => format!(" the procedure {}", procedure.reference()),
        Fact::Define(Define::Topic(topic)) => format!(" the topic {}", topic.id),
        Fact::Define(Define::Calendar(calendar)) => {
            format!(" the calendar {}, through {}", calendar.id, calendar.through)
        }
        Fact::Amend(amend) => {
            let note = amend.entry.map(|entry| format!("the note of the entry {}", short_id(entry)));
            let parts = [
                (amend.title.is_some(), "the title"),
                (amend.language.is_some(), "the language of the title"),
                (amend.titles.is_some(), "the titles in other languages"),
                (amend.identifiers.is_some(), "the identifiers"),
                (amend.topics.is_some(), "the topics"),
            ];
            let changed = parts.into_iter().filter(|(is_changed, _)| *is_changed).map(|(_, part)| part.to_owned());
            let changed: Vec<String> = changed.chain(note).collect();
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
