//! Asks the questions of the cases, and returns the answers as JSON.

use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::{Value, json};
use servanda::format::to_json;
use servanda::{
    Commitment, Date, Day, Deadline, Filter, Moment, Obligation, Phase, Procedure, Result, Slug, Tracker, Verdict,
    View,
    answers::{LogFilter, Span, Timeliness},
    facts::{Draft, Relation},
    procedure::Calendar,
    treaty::EntryIntoForce,
    value::{Decimal, Digest, EntryId, Language, Note, Title, Url},
};

use crate::files::text_of;

/// An answer as JSON.
pub(crate) struct Answer {
    pub(crate) json: String,
    /// Whether a case also states the digest of the whole answer.
    pub(crate) is_digested: bool,
}

impl Answer {
    pub(crate) fn plain(value: &impl Serialize) -> Self {
        Self { is_digested: false, ..Self::digested(value) }
    }

    fn digested(value: &impl Serialize) -> Self {
        Self { json: to_json(value), is_digested: true }
    }

    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(&self.json).unwrap()
    }

    pub(crate) fn digest(&self) -> String {
        Digest::of(self.json.as_bytes()).to_string()
    }
}

fn filter(given: &Value) -> Filter {
    let text = |key: &str| given[key].as_str();
    let known = ["party", "procedure", "phase", "verdict", "timeliness", "obligation", "topic", "part_of", "body"];
    let keys = given.as_object().into_iter().flat_map(|given| given.keys());
    keys.for_each(|key| assert!(known.contains(&key.as_str()), "a filter has no {key}"));
    let mut filter = Filter::default();
    filter.party = text("party").map(|party| party.parse().unwrap());
    filter.procedure = text("procedure").map(|procedure| procedure.parse().unwrap());
    filter.phase = text("phase").map(|phase| phase.parse().unwrap());
    filter.verdict = text("verdict").map(|verdict| verdict.parse().unwrap());
    filter.timeliness = text("timeliness").map(|timeliness| timeliness.parse().unwrap());
    filter.obligation = text("obligation").map(|obligation| obligation.parse().unwrap());
    filter.topic = text("topic").map(|topic| topic.parse().unwrap());
    filter.part_of = text("part_of").map(|whole| whole.parse().unwrap());
    filter.body = text("body").map(|body| body.parse().unwrap());
    filter
}

fn log_filter(given: &Value) -> LogFilter {
    let known = ["commitment", "kind", "limit", "recorded_by", "since", "until"];
    let keys = given.as_object().into_iter().flat_map(|given| given.keys());
    keys.for_each(|key| assert!(known.contains(&key.as_str()), "a filter of a log has no {key}"));
    if given.is_null() { LogFilter::default() } else { serde_json::from_value(given.clone()).unwrap() }
}

fn view(tracker: &Tracker, given: &Value) -> View {
    let mut view = tracker.view();
    if let Some(on) = given["on"].as_str() {
        view = view.on(on).unwrap();
    }
    if let Some(moment) = given["known_at"].as_str() {
        view = view.known_at(moment).unwrap();
    }
    if let Some(day) = given["as_published"].as_str() {
        view = view.as_published(day).unwrap();
    }
    let languages = given["languages"].as_array().into_iter().flatten();
    view.in_languages(languages.map(|language| language.as_str().unwrap().parse().unwrap()))
}

/// Asks a question.
pub(crate) fn ask(tracker: &Tracker, before: Option<&Tracker>, question: &str, given: &Value) -> Result<Answer> {
    let of = given["of"].as_str().unwrap_or_default();
    let day = |value: &Value| value.as_str().unwrap().parse::<Day>().unwrap();
    let view_asked = view(tracker, given);
    if question == "log" {
        return Ok(Answer::digested(&view_asked.log(&log_filter(&given["filter"]))?));
    }
    let filter = filter(&given["filter"]);
    Ok(match question {
        "standing" => Answer::digested(&view_asked.standing(of)?),
        "standing_with_links" => Answer::digested(&view_asked.standing_with_links(of)?),
        "resolve" => Answer::plain(&view_asked.resolve(of)?),
        "standings" => Answer::digested(&view_asked.standings(&filter)?),
        "why_not" => match view_asked.why_not(of, given["to"].as_str().unwrap())? {
            Some(error) => return Err(error),
            None => Answer::plain(&()),
        },
        "agenda" => {
            let span = Span { first: day(&given["span"]["first"]), last: day(&given["span"]["last"]) };
            Answer::digested(&view_asked.agenda(span, &filter)?)
        }
        "changes" => {
            let then = view(before.unwrap_or(tracker), &given["before"]);
            Answer::digested(&view_asked.changes_since(&then, &filter)?)
        }
        "parts" => Answer::digested(&view_asked.parts(of, &filter)?),
        "bodies" => Answer::digested(&view_asked.bodies(&filter)?),
        "stale" => Answer::digested(&view_asked.stale(given["days"].as_u64().unwrap().try_into().unwrap(), &filter)?),
        "conflicts" => Answer::digested(&view_asked.conflicts()?),
        "procedures" => Answer::digested(&view_asked.procedures()?),
        "procedure" => {
            let held = view_asked.procedures()?;
            Answer::digested(Procedure::named(of, held.iter().map(|procedure| &**procedure))?)
        }
        "parties" => Answer::digested(&view_asked.parties()?),
        "topics" => Answer::digested(&view_asked.topics()?),
        "digest" => Answer::plain(&tracker.digest()?),
        "entries" => {
            let ledger = tracker.ledger()?;
            Answer::digested(&sorted(ledger.entries().map(|entry| (entry.id(), entry.line().to_owned()))))
        }
        "entries_like" => {
            let entries = tracker.entries_like(of)?;
            Answer::digested(&sorted(entries.iter().map(|entry| (entry.id(), entry.line().to_owned()))))
        }
        "verify" => Answer::plain(&tracker.verify(|_| ControlFlow::Continue(()))?.len()),
        "refresh" => Answer::plain(&tracker.refresh()?),
        other => panic!("there is no question {other}"),
    })
}

/// The lines in the order of their ids.
fn sorted(lines: impl Iterator<Item = (EntryId, String)>) -> Vec<String> {
    let mut lines: Vec<_> = lines.map(|(id, line)| (id.to_string(), line)).collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Reads a text as a value of a type, and writes it again.
pub(crate) fn parse(kind: &str, text: &str) -> Result<Answer> {
    /// Reads and writes a type.
    macro_rules! as_type {
        ($($name:literal => $type:ty),+) => {
            match kind {
                $($name => text.parse::<$type>().map(|value| value.to_string()),)+
                other => panic!("there is no type {other}"),
            }
        };
    }
    let written = as_type!(
        "slug" => Slug, "day" => Day, "date" => Date, "deadline" => Deadline, "moment" => Moment, "url" => Url, "title" => Title,
        "note" => Note, "decimal" => Decimal, "digest" => Digest, "entry-id" => EntryId, "language" => Language,
        "phase" => Phase, "obligation" => Obligation, "verdict" => Verdict, "timeliness" => Timeliness,
        "relation" => Relation
    );
    Ok(Answer::plain(&written?))
}

/// Reads a file of a kind.
pub(crate) fn read(kind: &str, given: &Value) -> Result<Answer> {
    let (name, text) = match (given["file"].as_str(), given["text"].as_str()) {
        (Some(name), _) => (name, text_of(name)),
        (None, text) => ("case.toml", text.unwrap().to_owned()),
    };
    Ok(Answer::digested(&match kind {
        "procedure" => json!(Procedure::from_toml(name, &text)?),
        "calendar" => json!(Calendar::from_toml(name, &text)?),
        "treaty" => json!(EntryIntoForce::from_toml(name, &text)?),
        "draft" => return Draft::from_json(&text).map(|_| Answer::plain(&())),
        "commitment" => json!(Commitment::from_toml(name, &text, [])?),
        other => panic!("no file holds a {other}"),
    }))
}
