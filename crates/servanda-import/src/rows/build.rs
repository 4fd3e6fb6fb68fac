//! Builds the commitment and the events that a group of rows describes.

use std::sync::Arc;

use servanda::facts::{Advance, Measure, Remark, Reschedule, Words};
use servanda::procedure::ProcedureRef;
use servanda::{Commitment, Date, Fact, Moment, Procedure, Slug};

use super::fields::Fields;
use super::further::further;
use super::group::Group;
use super::record::{Problem, Record};
use super::sources::{STEP_PARTS, WORDS_PARTS};
use super::{Refused, Vocabulary, Wanted, WantedEvent, slug_of};
use crate::Position;
use crate::mapping::{Field, Mapping, Scope};

/// Returns what the ledger should say about the commitment of a group. If the rows are only about
/// its steps, `registered` is its registration.
pub(crate) fn wanted(
    group: &Group<'_>,
    registered: Option<Commitment>,
    mapping: &Mapping,
    vocabulary: &Vocabulary,
    now: Moment,
) -> Result<Wanted, Refused> {
    let mut problems = group.contradictions();
    let mut fields = Fields { records: &group.rows, mapping, problems: &mut problems };
    let named = registered.as_ref().map(|registered| registered.procedure.id.to_string());
    let procedure = match named.or_else(|| fields.text(Field::Procedure)) {
        Some(word) => match vocabulary.procedure(&word, mapping) {
            Ok(procedure) => Some(procedure),
            Err(word) => {
                fields.unknown(Field::Procedure, word);
                None
            }
        },
        None => {
            missing(&mut fields, Field::Procedure, "set `procedure` under [defaults], or map its column");
            None
        }
    };
    let registration =
        registered.or_else(|| procedure.and_then(|known| registration(group, &mut fields, vocabulary, known)));
    let (reason, known) = (fields.text(Field::Reason), fields.moment(Field::RecordedAt, now));
    let published = fields.date(Field::Published);
    let position = group.rows.first().map_or_else(Position::default, |row| row.position(None));
    let mut events = Vec::new();
    if let Some((procedure, _)) = procedure {
        for row in group.rows.iter().filter(|_| group.steps.is_empty()).chain(&group.steps) {
            let rows = std::slice::from_ref(row);
            let mut fields = Fields { records: rows, mapping, problems: &mut problems };
            events_of(*row, &mut fields, vocabulary, procedure, now, &mut events);
        }
    }
    match registration {
        Some(registration) if problems.is_empty() => {
            events.sort_by_key(|event| (event.on.first_day(), event.on.last_day()));
            Ok(Wanted { registration, events, position, reason, published, known })
        }
        _ => Err(Refused { commitment: Some(group.id.clone()), problems }),
    }
}

fn missing(fields: &mut Fields<'_, '_>, field: Field, remedy: &str) {
    let mut position = fields.position(field);
    if fields.record(field).is_none() && position.column.is_none() {
        position.column = Some(field.key().to_owned());
    }
    let what = if field.scope() == Scope::Commitment { "commitment" } else { "row" };
    let text = format!("the {what} has no `{}`; {remedy}", field.key());
    fields.problems.push(Problem { position, text, nearest: None });
}

fn registration(
    group: &Group<'_>,
    fields: &mut Fields<'_, '_>,
    vocabulary: &Vocabulary,
    (procedure, reference): &(Arc<Procedure>, ProcedureRef),
) -> Option<Commitment> {
    let mapping = fields.mapping;
    let title = fields.text(Field::Title);
    if title.is_none() {
        missing(fields, Field::Title, "map the column of titles");
    }
    let by = fields.slugs(Field::By, |word| vocabulary.party(word, mapping));
    let to = fields.slugs(Field::To, |word| vocabulary.party(word, mapping));
    let topics = fields.slugs(Field::Topics, |word| vocabulary.topic(word, mapping));
    let before = fields.problems.len();
    let made = fields.date(Field::Made);
    if made.is_none() && fields.problems.len() == before {
        missing(fields, Field::Made, "map the column with the date on which it was made, or set a default");
    }
    let mut builder =
        Commitment::builder(&group.id, title.as_deref().unwrap_or_default()).procedure_ref(reference.clone());
    builder = by.iter().fold(builder, |builder, party| builder.by(party));
    builder = further(fields, vocabulary, builder);
    builder = to.iter().fold(builder, |builder, party| builder.to(party));
    builder = topics.iter().fold(builder, |builder, topic| builder.topic(topic));
    if let Some(made) = made {
        builder = builder.made(made);
    }
    if let Some(word) = fields.text(Field::Obligation) {
        match Vocabulary::obligation(&word, mapping) {
            Ok(Some(obligation)) => builder = builder.obligation(obligation),
            Ok(None) => {}
            Err(word) => fields.unknown(Field::Obligation, word),
        }
    }
    if let Some(deadline) = fields.date(Field::Deadline) {
        builder = builder.deadline(deadline);
    }
    if let Some(whole) = fields.text(Field::PartOf) {
        // An id is made of the whole's name as it is made of the names of commitments.
        let whole = if whole.parse::<Slug>().is_ok() { whole } else { slug_of(&whole).unwrap_or(whole) };
        builder = builder.part_of(format!("{}{whole}", mapping.ids.prefix));
    }
    if let Some(words) = words(fields) {
        builder = builder.words(words.text.as_str(), words.source);
    }
    if let Some((status, on)) = opening(fields, vocabulary, procedure) {
        builder = builder.opening(&status, on, fields.sources(Field::OpeningSources, &[]));
    }
    if let Some(rules) = fields.json::<std::collections::BTreeMap<String, servanda::facts::ClockRule>>(Field::Rules) {
        builder = rules.into_iter().fold(builder, |builder, (clock, rule)| builder.rule(clock, rule));
    }
    match builder.build() {
        Ok(commitment) => Some(commitment),
        // A missing value has been reported already, with its column.
        Err(_) if !fields.problems.is_empty() => None,
        Err(error) => {
            fields.problem(Field::Title, error.to_string());
            None
        }
    }
}

fn words(fields: &mut Fields<'_, '_>) -> Option<Words> {
    let text = fields.text(Field::Words)?;
    let before = fields.problems.len();
    let mut sources = fields.sources(Field::WordsSource, WORDS_PARTS);
    if sources.is_empty() && fields.problems.len() == before {
        sources = fields.sources(Field::Sources, STEP_PARTS);
    }
    match sources.into_iter().next() {
        Some(source) => Words::new(&text, source).map_err(|error| fields.problem(Field::Words, error.to_string())).ok(),
        None if fields.problems.len() == before => {
            missing(fields, Field::WordsSource, "map the column with the source of the words");
            None
        }
        None => None,
    }
}

fn opening(fields: &mut Fields<'_, '_>, vocabulary: &Vocabulary, procedure: &Procedure) -> Option<(Slug, Date)> {
    let mapping = fields.mapping;
    let word = fields.text(Field::OpeningStatus)?;
    let status = match vocabulary.status(&word, procedure, mapping) {
        Ok(status) => status?,
        Err(word) => {
            fields.unknown(Field::OpeningStatus, word);
            return None;
        }
    };
    let on = fields.date(Field::OpeningOn).or_else(|| fields.date(Field::Made))?;
    Some((status, on))
}

/// Adds what happened according to one row.
fn events_of(
    row: Record<'_>,
    fields: &mut Fields<'_, '_>,
    vocabulary: &Vocabulary,
    procedure: &Procedure,
    now: Moment,
    events: &mut Vec<WantedEvent>,
) {
    let mapping = fields.mapping;
    let status = match fields.text(Field::Status) {
        None => None,
        Some(word) => vocabulary.status(&word, procedure, mapping).unwrap_or_else(|word| {
            fields.unknown(Field::Status, word);
            None
        }),
    };
    let remark = fields.text(Field::Remark);
    let deadline = fields.date(Field::NewDeadline);
    let measured = fields.parsed::<servanda::value::Decimal>(Field::Measured);
    if status.is_none() && remark.is_none() && deadline.is_none() && measured.is_none() {
        return;
    }
    let before = fields.problems.len();
    let Some(on) = fields.date(Field::On) else {
        // A commitment that has not begun needs no date for that.
        let has_not_begun =
            remark.is_none() && deadline.is_none() && measured.is_none() && status.as_ref() == Some(&procedure.initial);
        if !has_not_begun && fields.problems.len() == before {
            missing(fields, Field::On, "what happened has a date, as precisely as it is known");
        }
        return;
    };
    let note = fields.parsed::<servanda::value::Note>(Field::Note);
    let sources = fields.sources(Field::Sources, STEP_PARTS);
    let (reason, known) = (fields.text(Field::Reason), fields.moment(Field::RecordedAt, now));
    let published = fields.date(Field::Published);
    let mut add = |fact: Fact, field: Field, on: Date| {
        let (position, reason) = (row.position(Some(field)), reason.clone());
        events.push(WantedEvent { on, fact, position, reason, published, known });
    };
    if let Some(status) = status {
        let mut advance = Advance::new(status);
        (advance.note, advance.sources) = (note.clone(), sources.clone());
        match fields.text(Field::TakenBy).map(|word| vocabulary.party(&word, mapping)) {
            None => {}
            Some(Ok(party)) => advance.by = party,
            Some(Err(word)) => fields.unknown(Field::TakenBy, word),
        }
        add(advance.into(), Field::Status, on);
    }
    if let Some(title) = remark {
        match title.parse() {
            Ok(title) => {
                let mut remark = Remark::new(title);
                (remark.note, remark.sources) = (note.clone(), sources.clone());
                add(remark.into(), Field::Remark, on);
            }
            Err(error) => fields.problem(Field::Remark, format!("{error}")),
        }
    }
    if let Some(value) = measured {
        let mut measure = Measure::new(value);
        (measure.note, measure.sources) = (note.clone(), sources.clone());
        add(measure.into(), Field::Measured, on);
    }
    if let Some(deadline) = deadline {
        let mut reschedule = Reschedule::new(deadline.into());
        (reschedule.note, reschedule.sources) = (note, sources);
        add(reschedule.into(), Field::NewDeadline, on);
    }
}
