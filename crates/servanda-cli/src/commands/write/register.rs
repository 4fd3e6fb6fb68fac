//! `servanda register`: registers a commitment.

use std::path::Path;
use std::sync::Arc;

use servanda::{Commitment, Procedure, facts::CommitmentBuilder};

use super::session::WriteSession;
use crate::Environment;
use crate::args::RegisterArgs;
use crate::commands::files;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(args: &RegisterArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?.replacing(&args.replace)?;
    let procedures = session.tracker.view().procedures()?;
    let commitment = match &args.file {
        Some(file) => from_file(file, &procedures)?,
        None => from_options(args, &procedures)?,
    };
    session.record(commitment, out)
}

fn from_file(file: &Path, procedures: &[Arc<Procedure>]) -> Result<Commitment, Failure> {
    let name = file.display().to_string();
    let text = files::read(file, "a commitment is a TOML or JSON file")?;
    let extension = file.extension().map(|extension| extension.to_ascii_lowercase());
    let commitment = match extension.as_ref().and_then(|extension| extension.to_str()) {
        Some("toml") => Commitment::from_toml(&name, &text, procedures.iter().map(AsRef::as_ref)),
        Some("json") => Commitment::from_json(&name, &text, procedures.iter().map(AsRef::as_ref)),
        _ => {
            let reason = format!("{name} is not a .toml or .json file");
            return Err(Failure::Usage(reason));
        }
    };
    Ok(commitment?)
}

fn from_options(args: &RegisterArgs, procedures: &[Arc<Procedure>]) -> Result<Commitment, Failure> {
    let (Some(id), Some(title), Some(procedure), Some(made)) =
        (&args.commitment, &args.title, &args.procedure, args.made)
    else {
        return Err(Failure::Usage("describe the commitment with options, or give a file with --file".to_owned()));
    };
    let procedure = Procedure::named(procedure.as_str(), procedures.iter().map(AsRef::as_ref))?;
    let mut commitment = Commitment::builder(id, title.as_str()).procedure(procedure).made(made);
    if let (Some(obligation), Some(text), Some(source)) = (args.obligation, &args.words, &args.words_source.0) {
        commitment = commitment.obligation(obligation).words(text.as_str(), source.clone());
    }
    commitment = args.given_by.iter().fold(commitment, CommitmentBuilder::by);
    commitment = args.to.iter().fold(commitment, CommitmentBuilder::to);
    if let Some(language) = &args.title_language {
        commitment = commitment.language(language);
    }
    for (language, title) in &args.titles {
        commitment = commitment.title_in(language, title.as_str());
    }
    for (scheme, value) in &args.identifiers {
        commitment = commitment.identifier(scheme, value.as_str());
    }
    commitment = args.topics.iter().fold(commitment, CommitmentBuilder::topic);
    if let Some(deadline) = args.deadline {
        commitment = commitment.deadline(deadline);
    }
    if let Some(whole) = &args.part_of {
        commitment = commitment.part_of(whole);
    }
    for (body, role) in &args.responsible {
        commitment = match role {
            Some(role) => commitment.responsible_as(body, role),
            None => commitment.responsible(body),
        };
    }
    if let (Some(value), Some(unit)) = (&args.target, &args.target_unit) {
        commitment = match args.target_date {
            Some(date) => commitment.target_by(value.clone(), unit.as_str(), date),
            None => commitment.target(value.clone(), unit.as_str()),
        };
    }
    if let (Some(status), Some(on)) = (&args.opens_at, args.opens_on) {
        commitment = commitment.opening(status, on, args.opening_sources.0.iter().cloned());
        if let Some(note) = &args.note {
            commitment = commitment.opening_note(note.as_str());
        }
        for (clock, on) in &args.clocks_started {
            commitment = commitment.clock_started(clock, *on);
        }
        commitment = args.clocks_not_started.iter().fold(commitment, CommitmentBuilder::clock_not_started);
    }
    Ok(commitment.build()?)
}
