//! `servanda procedures`: lists, shows and checks procedures.

use std::path::Path;

use servanda::{Error, Procedure, Slug, builtin, format, procedure::in_english};

use super::files;
use crate::args::{ProcedureFormat, ProceduresArgs};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases::count;
use crate::table::{self, Cell, Column};

pub(super) fn run(args: &ProceduresArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    if let Some(file) = &args.check {
        return check(file, args.format, out);
    }
    if args.format == ProcedureFormat::Text && !args.pager.no_pager {
        out.allow_pager();
    }
    let procedures = builtin::procedures();
    let Some(id) = &args.procedure else {
        return list(&procedures, args.format, out);
    };
    let Some(procedure) = procedures.iter().find(|procedure| procedure.id == *id) else {
        let ids: Vec<&str> = procedures.iter().map(|procedure| procedure.id.as_str()).collect();
        let reason = format!("there is no built-in procedure {id}; there are: {}", ids.join(", "));
        return Err(Failure::refused("no-procedure", reason));
    };
    let text = match args.format {
        ProcedureFormat::Text => procedure.to_text(),
        ProcedureFormat::Json => procedure.to_json() + "\n",
        ProcedureFormat::Toml => builtin::procedure_toml(id.as_str()).unwrap_or_default().to_owned(),
        ProcedureFormat::Mermaid => procedure.to_mermaid(),
    };
    out.writer().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

fn list(procedures: &[&Procedure], format: ProcedureFormat, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let needs_id = |format: &str| {
        let example = format!("servanda procedures action --format {format}");
        Err(Failure::Usage(format!("--format {format} shows one procedure; give its id, such as: {example}")))
    };
    match format {
        ProcedureFormat::Json => format::write_json(&procedures, out.writer())?,
        ProcedureFormat::Mermaid => return needs_id("mermaid"),
        ProcedureFormat::Toml => return needs_id("toml"),
        ProcedureFormat::Text => {
            let columns = [
                Column::heading("Procedure"),
                Column::heading("Title"),
                Column::number("Version"),
                Column::number("Statuses"),
                Column::number("Steps"),
                Column::number("Clocks"),
            ];
            table::write(out, &columns, procedures.iter().map(|procedure| row(procedure)).collect(), true)?;
        }
    }
    Ok(Exit::Done)
}

fn row(procedure: &Procedure) -> Vec<Cell> {
    vec![
        Cell::new(procedure.id.as_str(), Style::Strong),
        in_english(&procedure.title).into(),
        procedure.version.to_string().into(),
        procedure.statuses.len().to_string().into(),
        procedure.transitions.len().to_string().into(),
        procedure.clocks.len().to_string().into(),
    ]
}

fn check(file: &Path, format: ProcedureFormat, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let text = files::read(file, "a procedure is a TOML file")?;
    let calendars: Vec<&Slug> = builtin::calendars().into_iter().map(|calendar| &calendar.id).collect();
    let (checked, diagnostics) = Procedure::check_toml(&name, &text, &calendars);
    match (format, &checked) {
        (ProcedureFormat::Toml, _) => return Err(files::check_as_toml()),
        (ProcedureFormat::Json, checked) => {
            let reference = checked.as_ref().map(Procedure::reference);
            let needs = checked.as_ref().map(|procedure| {
                let calendars = format::to_json(&procedure.calendars());
                json::object([("calendars", calendars), ("parties", format::to_json(&procedure.parties()))])
            });
            out.json(&json::object([
                ("findings", format::to_json(&diagnostics)),
                ("needs", needs.unwrap_or_else(|| "null".to_owned())),
                ("procedure", format::to_json(&reference)),
            ]))?;
        }
        (ProcedureFormat::Mermaid, Some(procedure)) => out.writer().write_all(procedure.to_mermaid().as_bytes())?,
        (ProcedureFormat::Mermaid, None) => return Err(Error::ProcedureRefused { diagnostics }.into()),
        (ProcedureFormat::Text, Some(procedure)) => {
            let parts = [
                count(procedure.statuses.len(), "status", "statuses"),
                count(procedure.transitions.len(), "transition", "transitions"),
                count(procedure.clocks.len(), "clock", "clocks"),
            ];
            let reference = procedure.reference();
            let warnings = count(diagnostics.len(), "warning", "warnings");
            let verdict = if diagnostics.is_empty() { "is fine" } else { &format!("has {warnings} and no faults") };
            out.line(&format!("{name} {verdict}: {reference}, {}", parts.join(", ")))?;
            out.line(&reference.digest.to_string())?;
            for (ids, noun, nouns) in
                [(procedure.calendars(), "calendar", "calendars"), (procedure.parties(), "party", "parties")]
            {
                let noun = if ids.len() == 1 { noun } else { nouns };
                let ids: Vec<&str> = ids.into_iter().map(Slug::as_str).collect();
                if !ids.is_empty() {
                    out.paragraph(0, None, &format!("needs the {noun} {}", ids.join(", ")))?;
                }
            }
            files::write_diagnostics(&diagnostics, out)?;
        }
        (ProcedureFormat::Text, None) => files::write_diagnostics(&diagnostics, out)?,
    }
    Ok(if checked.is_some() { Exit::Done } else { Exit::Refused })
}
