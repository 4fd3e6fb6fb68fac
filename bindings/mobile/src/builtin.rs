//! What comes with the library.

use servanda::{Calendar, ClockRule, Procedure, ValueError, builtin};

use crate::error::ServandaError;

/// The procedures that come with the library.
#[uniffi::export]
pub fn builtin_procedures() -> Vec<Procedure> {
    builtin::procedures().into_iter().cloned().collect()
}

/// The procedure with this id among those that come with the library.
///
/// # Errors
///
/// `no-procedure`, with those that there are.
#[uniffi::export]
pub fn builtin_procedure(id: &str) -> Result<Procedure, ServandaError> {
    Ok(Procedure::named(id, [])?.clone())
}

/// The sessions of the Diet of Japan.
#[uniffi::export]
pub fn builtin_calendar() -> Calendar {
    builtin::jp_diet().clone()
}

/// The rule of a treaty that comes with the library (`cptpp`, `hague-1980`, `paris`, `tpp`), as a commitment can give it.
///
/// # Errors
///
/// `unknown-word`, with those that there are.
#[uniffi::export]
pub fn builtin_treaty(id: &str) -> Result<ClockRule, ServandaError> {
    let treaties = builtin::treaties();
    match treaties.iter().find(|treaty| treaty.id == *id) {
        Some(treaty) => Ok(ClockRule::from(*treaty)),
        None => Err(ServandaError::from(ValueError::UnknownWord {
            vocabulary: "treaty".to_owned(),
            given: id.to_owned(),
            known: treaties.iter().map(|treaty| treaty.id.to_string()).collect(),
        })),
    }
}

/// The rule of a treaty, read from TOML, as a commitment can give it. `file` is the name to use in diagnostics.
///
/// # Errors
///
/// `entry-into-force-refused`, with everything that is wrong, by line.
#[uniffi::export]
pub fn treaty_from_toml(file: &str, text: &str) -> Result<ClockRule, ServandaError> {
    Ok(ClockRule::from(&servanda::EntryIntoForce::from_toml(file, text)?))
}
