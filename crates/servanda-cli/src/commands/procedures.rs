//! `servanda procedures`: lists, shows and checks procedures.

use std::path::Path;

use servanda::{Error, Procedure, builtin, format, procedure::in_english};

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
            table::write(out, &columns, procedures.iter().map(|procedure| row(procedure)).collect())?;
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
    let checked = match Procedure::from_toml(&name, &text) {
        Ok(procedure) => Ok(procedure),
        Err(Error::ProcedureRefused { diagnostics }) => Err(diagnostics),
        Err(error) => return Err(error.into()),
    };
    match (format, &checked) {
        (ProcedureFormat::Toml, _) => return Err(files::check_as_toml()),
        (ProcedureFormat::Json, checked) => {
            let reference = checked.as_ref().ok().map(Procedure::reference);
            let findings = checked.as_ref().err().map_or(&[][..], Vec::as_slice);
            let members = [("findings", format::to_json(&findings)), ("procedure", format::to_json(&reference))];
            out.json(&json::object(members))?;
        }
        (ProcedureFormat::Mermaid, Ok(procedure)) => out.writer().write_all(procedure.to_mermaid().as_bytes())?,
        (ProcedureFormat::Mermaid, Err(diagnostics)) => {
            let diagnostics = diagnostics.clone();
            return Err(Error::ProcedureRefused { diagnostics }.into());
        }
        (ProcedureFormat::Text, Ok(procedure)) => {
            let parts = [
                count(procedure.statuses.len(), "status", "statuses"),
                count(procedure.transitions.len(), "transition", "transitions"),
                count(procedure.clocks.len(), "clock", "clocks"),
            ];
            let reference = procedure.reference();
            out.line(&format!("{name} is fine: {reference}, {}", parts.join(", ")))?;
            out.line(&reference.digest.to_string())?;
        }
        (ProcedureFormat::Text, Err(diagnostics)) => files::write_diagnostics(diagnostics, out)?,
    }
    Ok(if checked.is_ok() { Exit::Done } else { Exit::Refused })
}
