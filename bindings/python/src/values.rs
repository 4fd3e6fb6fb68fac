//! Constructors of values. Each parses its parts as the core does, and returns the value as
//! canonical JSON.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use servanda::{
    Commitment, Date, Day, Deadline, Party, Procedure, Slug, Source, builtin,
    facts::{ClockRule, CommitmentBuilder, Identifier, Opening, Responsible, Target, Topic, Words},
    procedure::{Calendar, ProcedureRef, Rule},
    treaty::{EntryIntoForce, Instrument},
    value::ValueError,
};

use crate::convert::{self, Arg, Identifiers, Sources, all, by_language, json, json_of, jsons, parsed, read};
use crate::error::Result;

/// A date, with the first and the last day that it can mean.
#[pyfunction]
#[pyo3(signature = (value, /))]
pub(crate) fn date(value: &Bound<'_, PyAny>) -> PyResult<(String, String, String)> {
    let Arg(date): Arg<Date> = value.extract()?;
    Ok((date.to_string(), date.first_day().to_string(), date.last_day().to_string()))
}

#[pyfunction]
#[pyo3(signature = (title, url, publisher, published, page, archive, identifier, language, quotation, archived, /))]
#[allow(clippy::too_many_arguments)]
pub(crate) fn source(
    title: &str,
    url: Option<&str>,
    publisher: Option<&str>,
    published: Option<Arg<Date>>,
    page: Option<&str>,
    archive: Option<&str>,
    identifier: Option<&str>,
    language: Option<&str>,
    quotation: Option<&str>,
    archived: Option<&str>,
) -> Result<String> {
    let mut source = Source::titled(title)?;
    source.url = parsed(url)?;
    source.archive = parsed(archive)?;
    source.archived = parsed(archived)?;
    source.identifier = parsed(identifier)?;
    source.page = parsed(page)?;
    source.language = parsed(language)?;
    source.published = published.map(|Arg(date)| date);
    source.publisher = parsed(publisher)?;
    source.quotation = parsed(quotation)?;
    Ok(json(&source))
}

#[pyfunction]
#[pyo3(signature = (text, source, language, translations, /))]
pub(crate) fn words(
    text: &str,
    source: Arg<Source>,
    language: Option<&str>,
    translations: BTreeMap<String, String>,
) -> Result<String> {
    let mut words = Words::new(text, source.0)?;
    words.language = parsed(language)?;
    words.translations = by_language(translations)?;
    Ok(json(&words))
}

#[pyfunction]
#[pyo3(signature = (scheme, value, /))]
pub(crate) fn identifier(scheme: &str, value: &str) -> Result<String> {
    Ok(json(&Identifier::new(scheme, value)?))
}

#[pyfunction]
#[pyo3(signature = (id, names, /))]
pub(crate) fn topic(id: &str, names: BTreeMap<String, String>) -> Result<String> {
    Ok(json(&Topic::from_fields(id.parse()?, by_language(names)?)))
}

#[pyfunction]
#[pyo3(signature = (id, names, identifiers, /))]
pub(crate) fn party(id: &str, names: BTreeMap<String, String>, identifiers: Identifiers) -> Result<String> {
    Ok(json(&Party::from_fields(id.parse()?, identifiers.0, by_language(names)?)))
}

#[pyfunction]
#[pyo3(signature = (status, on, sources, note, clocks_started, clocks_not_started, /))]
pub(crate) fn opening(
    status: &str,
    on: Arg<Date>,
    sources: Sources,
    note: Option<&str>,
    clocks_started: BTreeMap<String, Arg<Date>>,
    clocks_not_started: Vec<String>,
) -> Result<String> {
    let started = clocks_started.into_iter().map(|(clock, Arg(on))| Ok((clock.parse()?, on)));
    let not_started = clocks_not_started.iter().map(|clock| Ok(clock.parse()?));
    Ok(json(&Opening::from_fields(
        not_started.collect::<Result<_>>()?,
        started.collect::<Result<_>>()?,
        parsed(note)?,
        on.0,
        sources.0,
        status.parse()?,
    )))
}

#[pyfunction]
#[pyo3(signature = (body, role, /))]
pub(crate) fn responsible(body: &str, role: Option<&str>) -> Result<String> {
    Ok(json(&Responsible::from_fields(body.parse()?, parsed(role)?)))
}

#[pyfunction]
#[pyo3(signature = (value, unit, date, /))]
pub(crate) fn target(value: &str, unit: &str, date: Option<Arg<Date>>) -> Result<String> {
    Ok(json(&Target::from_fields(date.map(|Arg(date)| date), unit.parse()?, value.parse()?)))
}

#[pyfunction]
#[pyo3(signature = (basis, rule, deposits, /))]
pub(crate) fn clock_rule(basis: &str, rule: Arg<Rule>, deposits: Option<u32>) -> Result<String> {
    Ok(json(&ClockRule::from_fields(basis.parse()?, deposits, rule.0, None)))
}

/// The article of a treaty as the rule of a clock.
#[pyfunction]
#[pyo3(signature = (treaty, /))]
pub(crate) fn treaty_clock_rule(treaty: Arg<EntryIntoForce>) -> String {
    json(&ClockRule::from(&treaty.0))
}

/// A rule, as canonical JSON.
#[pyfunction]
#[pyo3(signature = (json, /))]
pub(crate) fn rule(json: &str) -> Result<String> {
    Ok(convert::json(&read::<Rule>("rule", json)?))
}

/// A rule in English.
#[pyfunction]
#[pyo3(signature = (json, /))]
pub(crate) fn rule_text(json: &str) -> Result<String> {
    Ok(read::<Rule>("rule", json)?.to_string())
}

#[pyfunction]
#[pyo3(signature = (id, title, procedure, by, made, obligation, words, to, deadline, topics, part_of, responsible, target, opening, rules, language, titles, identifiers, /))]
#[expect(clippy::too_many_arguments, reason = "one argument for each part of a commitment")]
pub(crate) fn commitment(
    id: &str,
    title: &str,
    procedure: &Bound<'_, PyAny>,
    by: Vec<String>,
    made: Arg<Date>,
    obligation: Option<&str>,
    words: Option<Arg<Words>>,
    to: Vec<String>,
    deadline: Option<Arg<Deadline>>,
    topics: Vec<String>,
    part_of: Option<&str>,
    responsible: Vec<Arg<Responsible>>,
    target: Option<Arg<Target>>,
    opening: Option<Arg<Opening>>,
    rules: BTreeMap<String, Arg<ClockRule>>,
    language: Option<&str>,
    titles: BTreeMap<String, String>,
    identifiers: Identifiers,
) -> Result<String> {
    let mut commitment = Commitment::builder(id, title).procedure_ref(reference_to(procedure)?).made(made.0);
    commitment = by.iter().fold(commitment, CommitmentBuilder::by);
    commitment = to.iter().fold(commitment, CommitmentBuilder::to);
    commitment = topics.iter().fold(commitment, CommitmentBuilder::topic);
    if let Some(obligation) = obligation {
        commitment = commitment.obligation(obligation.parse()?);
    }
    if let Some(Arg(words)) = words {
        commitment = commitment.words(words.text, words.source);
        commitment = words.language.iter().fold(commitment, CommitmentBuilder::words_language);
        commitment =
            words.translations.iter().fold(commitment, |all, (language, text)| all.translation(language, text));
    }
    commitment = language.into_iter().fold(commitment, CommitmentBuilder::language);
    commitment = titles.iter().fold(commitment, |all, (language, title)| all.title_in(language, title));
    commitment = identifiers.0.iter().fold(commitment, |all, one| all.identifier(&one.scheme, &one.value));
    if let Some(Arg(deadline)) = deadline {
        commitment = commitment.deadline(deadline);
    }
    if let Some(whole) = part_of {
        commitment = commitment.part_of(whole);
    }
    for Arg(Responsible { body, role, .. }) in responsible {
        commitment = match role {
            Some(role) => commitment.responsible_as(body, role),
            None => commitment.responsible(body),
        };
    }
    if let Some(Arg(Target { date, unit, value, .. })) = target {
        commitment = match date {
            Some(date) => commitment.target_by(value, unit, date),
            None => commitment.target(value, unit),
        };
    }
    if let Some(Arg(opening)) = opening {
        let note = opening.note.clone();
        commitment = commitment.opening(&opening.status, opening.on, opening.sources);
        commitment = note.into_iter().fold(commitment, CommitmentBuilder::opening_note);
        for (clock, on) in opening.clocks_started {
            commitment = commitment.clock_started(clock, on);
        }
        commitment = opening.clocks_not_started.iter().fold(commitment, CommitmentBuilder::clock_not_started);
    }
    commitment = rules.into_iter().fold(commitment, |commitment, (clock, Arg(rule))| commitment.rule(clock, rule));
    Ok(with_id(&commitment.build()?))
}

/// The reference to a procedure that is passed by its id, as a `Procedure`, or as a `ProcedureRef`.
pub(crate) fn reference_to(procedure: &Bound<'_, PyAny>) -> Result<ProcedureRef> {
    if let Ok(id) = procedure.extract::<String>() {
        return Ok(Procedure::named(&id, [])?.reference());
    }
    if let Ok(json) = json_of(procedure, "ProcedureRef") {
        return read("ProcedureRef", &json);
    }
    Ok(procedure.extract::<Arg<Procedure>>()?.0.reference())
}

/// The JSON of a commitment with its id. In a line of a ledger the id is a member of the entry.
fn with_id(commitment: &Commitment) -> String {
    let mut members = serde_json::to_value(commitment).unwrap_or_default();
    members["id"] = commitment.id.as_str().into();
    json(&members)
}

#[pyfunction]
#[pyo3(signature = (file, text, procedures, /))]
pub(crate) fn commitment_from_toml(file: &str, text: &str, procedures: Vec<Arg<Procedure>>) -> Result<String> {
    Ok(with_id(&Commitment::from_toml(file, text, &all(procedures))?))
}

/// Reads a procedure, a calendar or a treaty from TOML.
#[pyfunction]
#[pyo3(signature = (kind, file, text, /))]
pub(crate) fn from_toml(kind: &str, file: &str, text: &str) -> Result<String> {
    Ok(match kind {
        "procedure" => json(&Procedure::from_toml(file, text)?),
        "calendar" => json(&Calendar::from_toml(file, text)?),
        _ => json(&EntryIntoForce::from_toml(file, text)?),
    })
}

/// All built-in procedures, calendars or treaties.
#[pyfunction]
#[pyo3(signature = (kind, /))]
pub(crate) fn built_in(kind: &str) -> Vec<String> {
    match kind {
        "procedure" => jsons(&builtin::procedures()),
        "calendar" => jsons(&[builtin::jp_diet()]),
        _ => jsons(&builtin::treaties()),
    }
}

/// The built-in procedure, calendar or treaty with this id.
#[pyfunction]
#[pyo3(signature = (kind, id, /))]
pub(crate) fn built_in_named(kind: &str, id: &str) -> Result<String> {
    let known: Vec<(&Slug, String)> = match kind {
        "procedure" => return Ok(json(Procedure::named(id, [])?)),
        "calendar" => [builtin::jp_diet()].map(|calendar| (&calendar.id, json(calendar))).into(),
        _ => builtin::treaties().into_iter().map(|treaty| (&treaty.id, json(treaty))).collect(),
    };
    let refused = || ValueError::UnknownWord {
        vocabulary: format!("built-in {kind}"),
        given: id.to_owned(),
        known: known.iter().map(|(id, _)| id.to_string()).collect(),
    };
    Ok(known.iter().find(|(known, _)| **known == *id).map(|(_, json)| json.clone()).ok_or_else(refused)?)
}

/// The reference to a procedure: its id, version and digest.
#[pyfunction]
#[pyo3(signature = (procedure, /))]
pub(crate) fn procedure_ref(procedure: Arg<Procedure>) -> String {
    json(&procedure.0.reference())
}

/// A procedure as a Mermaid diagram, or as text.
#[pyfunction]
#[pyo3(signature = (procedure, format, /))]
pub(crate) fn diagram(procedure: Arg<Procedure>, format: &str) -> String {
    if format == "mermaid" { procedure.0.to_mermaid() } else { procedure.0.to_text() }
}

/// An instrument as JSON, which the core does not write itself.
#[pyfunction]
#[pyo3(signature = (by, on, kind, share, /))]
pub(crate) fn instrument(by: &str, on: Arg<Day>, kind: Option<&str>, share: Option<&str>) -> Result<String> {
    let members = instrument_of(by, on.0, kind, share)?;
    let kind = members.kind.map(|kind| kind.as_str());
    Ok(json(&serde_json::json!({ "by": members.by, "kind": kind, "on": members.on, "share": members.share })))
}

fn instrument_of(by: &str, on: Day, kind: Option<&str>, share: Option<&str>) -> Result<Instrument> {
    let mut instrument = Instrument::new(by, on)?;
    (instrument.kind, instrument.share) = (parsed(kind)?, parsed(share)?);
    Ok(instrument)
}

/// The days on which a treaty enters into force, given these instruments.
#[pyfunction]
#[pyo3(signature = (treaty, instruments, as_of, /))]
pub(crate) fn in_force(
    treaty: Arg<EntryIntoForce>,
    instruments: Vec<Bound<'_, PyAny>>,
    as_of: Option<Arg<Day>>,
) -> Result<String> {
    #[derive(serde::Deserialize)]
    struct Members {
        by: String,
        kind: Option<String>,
        on: Day,
        share: Option<String>,
    }
    let read = |given: &Bound<'_, PyAny>| {
        let Members { by, kind, on, share } = read("Instrument", &json_of(given, "Instrument")?)?;
        instrument_of(&by, on, kind.as_deref(), share.as_deref())
    };
    let instruments = instruments.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(json(&treaty.0.apply(&instruments, as_of.map(|Arg(day)| day))))
}

/// Rewrites JSON in its canonical form.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn canonical(text: &str) -> Result<String> {
    Ok(json(&read::<serde_json::Value>("json", text)?))
}

/// Checks that a line is an entry, and returns it.
#[pyfunction]
#[pyo3(signature = (line, /))]
pub(crate) fn entry(line: &str) -> Result<String> {
    Ok(servanda::format::read_line(line)?.line().to_owned())
}
