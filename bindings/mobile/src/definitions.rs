//! Procedures, calendars, treaties and commitments: the built-in ones, and those of an app.

use servanda::{builtin, value::ValueError};

use crate::error::ServandaError;
use crate::records::{Calendar, ClockRule, Commitment, Procedure, ProcedureRef};

/// The built-in procedures.
#[uniffi::export]
pub fn builtin_procedures() -> Vec<Procedure> {
    builtin::procedures().into_iter().cloned().map(Into::into).collect()
}

/// The built-in procedure with this id.
///
/// # Errors
///
/// `no-procedure`, with the ids of the built-in procedures.
#[uniffi::export]
pub fn builtin_procedure(id: &str) -> Result<Procedure, ServandaError> {
    Ok(servanda::Procedure::named(id, [])?.clone().into())
}

/// The built-in calendar: the sessions of the Diet of Japan.
#[uniffi::export]
pub fn builtin_calendar() -> Calendar {
    builtin::jp_diet().clone().into()
}

/// The rule of a built-in treaty (`cptpp`, `hague-1980`, `paris`, `tpp`), for a clock of a
/// commitment.
///
/// # Errors
///
/// `unknown-word`, with the ids of the built-in treaties.
#[uniffi::export]
pub fn builtin_treaty(id: &str) -> Result<ClockRule, ServandaError> {
    let treaties = builtin::treaties();
    match treaties.iter().find(|treaty| treaty.id == *id) {
        Some(treaty) => Ok(servanda::facts::ClockRule::from(*treaty).into()),
        None => Err(ServandaError::from(ValueError::UnknownWord {
            vocabulary: "treaty".to_owned(),
            given: id.to_owned(),
            known: treaties.iter().map(|treaty| treaty.id.to_string()).collect(),
        })),
    }
}

/// Reads the rule of a treaty from TOML, for a clock of a commitment. Messages call the text
/// `file`.
///
/// # Errors
///
/// `entry-into-force-refused`, with every mistake and its line.
#[uniffi::export]
pub fn treaty_from_toml(file: &str, text: &str) -> Result<ClockRule, ServandaError> {
    Ok(servanda::facts::ClockRule::from(&servanda::treaty::EntryIntoForce::from_toml(file, text)?).into())
}

/// Reads a procedure from TOML. Messages call the text `file`.
///
/// # Errors
///
/// `procedure-refused`, with every mistake and its line.
#[uniffi::export]
pub fn procedure_from_toml(file: &str, text: &str) -> Result<Procedure, ServandaError> {
    Ok(servanda::Procedure::from_toml(file, text)?.into())
}

/// Reads a calendar from TOML. Messages call the text `file`.
///
/// # Errors
///
/// `calendar-refused`.
#[uniffi::export]
pub fn calendar_from_toml(file: &str, text: &str) -> Result<Calendar, ServandaError> {
    Ok(servanda::procedure::Calendar::from_toml(file, text)?.into())
}

/// Reads a commitment from TOML. Messages call the text `file`. It can name its procedure by the
/// id, if the procedure is built in or among `procedures`.
///
/// # Errors
///
/// `commitment-refused`, with lines; `no-procedure`.
#[uniffi::export]
pub fn commitment_from_toml(file: &str, text: &str, procedures: Vec<Procedure>) -> Result<Commitment, ServandaError> {
    let procedures: Vec<servanda::Procedure> = procedures.into_iter().map(Into::into).collect();
    Ok(servanda::Commitment::from_toml(file, text, &procedures)?.into())
}

/// The id, version and digest of a procedure.
///
/// # Errors
///
/// If a part of it is not well-formed, such as `invalid-slug`.
#[uniffi::export]
pub fn procedure_ref(procedure: Procedure) -> Result<ProcedureRef, ServandaError> {
    Ok(servanda::Procedure::from(procedure).reference().into())
}
