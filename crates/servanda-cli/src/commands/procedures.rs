//! `servanda procedures`: lists, shows and checks procedures.

use std::path::Path;

use servanda::{Procedure, builtin, format, in_english};

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
        ProcedureFormat::Mermaid => procedure.to_mermaid(),
    };
    out.writer().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

fn list(procedures: &[&Procedure], format: ProcedureFormat, out: &mut Output<'_>) -> Result<Exit, Failure> {
    match format {
        ProcedureFormat::Json => format::write_json(&procedures, out.writer())?,
        ProcedureFormat::Mermaid => {
            let reason = "a diagram shows one procedure; name it, such as: servanda procedures action --format mermaid";
            return Err(Failure::Usage(reason.to_owned()));
        }
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
        Err(servanda::CoreError::ProcedureRefused { diagnostics }) => Err(diagnostics),
        Err(error) => return Err(servanda::Error::from(error).into()),
    };
    let exit = if checked.is_ok() { Exit::Done } else { Exit::Refused };
    match (format, checked) {
        (ProcedureFormat::Mermaid, Ok(procedure)) => out.writer().write_all(procedure.to_mermaid().as_bytes())?,
        (ProcedureFormat::Mermaid, Err(diagnostics)) => {
            return Err(servanda::Error::from(servanda::CoreError::ProcedureRefused { diagnostics }).into());
        }
        (ProcedureFormat::Json, checked) => {
            let (diagnostics, pin) = match &checked {
                Ok(procedure) => (&[][..], Some(procedure.reference())),
                Err(diagnostics) => (diagnostics.as_slice(), None),
            };
            let diagnostics = format::to_json(&diagnostics);
            let pin = format::to_json(&pin);
            out.line(&json::object([("findings", diagnostics), ("procedure", pin)]))?;
        }
        (ProcedureFormat::Text, Err(diagnostics)) => {
            for diagnostic in diagnostics {
                out.line(&diagnostic.to_string())?;
            }
        }
        (ProcedureFormat::Text, Ok(procedure)) => {
            let parts = [
                count(procedure.statuses.len(), "status", "statuses"),
                count(procedure.transitions.len(), "transition", "transitions"),
                count(procedure.clocks.len(), "clock", "clocks"),
            ];
            let pin = procedure.reference();
            out.line(&format!("{name} is fine: {pin}, {}", parts.join(", ")))?;
            out.line(&pin.digest.to_string())?;
        }
    }
    Ok(exit)
}
