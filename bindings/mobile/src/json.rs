//! The answers of a view as JSON. The core writes it, so the bytes are the same in every language.

use std::sync::Arc;

use serde::Serialize;
use servanda::{Day, answers::Span};

use crate::error::ServandaError;
use crate::records::{Calendar, Commitment, Filter, LogFilter, Procedure};
use crate::view::View;

fn json(answer: Result<impl Serialize, servanda::Error>) -> Result<String, ServandaError> {
    Ok(servanda::format::to_json(&answer?))
}

#[uniffi::export]
impl View {
    /// The JSON of `standing`.
    ///
    /// # Errors
    ///
    /// As `standing`.
    pub fn standing_json(&self, commitment: &str) -> Result<String, ServandaError> {
        json(self.open_view()?.standing(commitment))
    }

    /// The JSON of `standing_with_links`.
    ///
    /// # Errors
    ///
    /// As `standing_with_links`.
    pub fn standing_with_links_json(&self, commitment: &str) -> Result<String, ServandaError> {
        json(self.open_view()?.standing_with_links(commitment))
    }

    /// The JSON of `standings`.
    ///
    /// # Errors
    ///
    /// As `standings`.
    pub fn standings_json(&self, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.standings(&filter.into()))
    }

    /// The JSON of `outlook`.
    ///
    /// # Errors
    ///
    /// As `outlook`.
    pub fn outlook_json(&self, commitment: &str, to: Option<String>) -> Result<String, ServandaError> {
        Ok(servanda::format::to_json(&self.core_outlook(commitment, to.as_deref())?))
    }

    /// The JSON of `agenda`.
    ///
    /// # Errors
    ///
    /// As `agenda`.
    pub fn agenda_json(&self, first: Day, last: Day, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.agenda(Span { first, last }, &filter.into()))
    }

    /// The JSON of `changes_since`.
    ///
    /// # Errors
    ///
    /// As `changes_since`.
    pub fn changes_since_json(&self, before: Arc<View>, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.changes_since(before.open_view()?, &filter.into()))
    }

    /// The JSON of `parts`.
    ///
    /// # Errors
    ///
    /// As `parts`.
    pub fn parts_json(&self, commitment: &str, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.parts(commitment, &filter.into()))
    }

    /// The JSON of `bodies`.
    ///
    /// # Errors
    ///
    /// As `bodies`.
    pub fn bodies_json(&self, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.bodies(&filter.into()))
    }

    /// The JSON of `stale`.
    ///
    /// # Errors
    ///
    /// As `stale`.
    pub fn stale_json(&self, at_least_days: u32, filter: Filter) -> Result<String, ServandaError> {
        json(self.open_view()?.stale(at_least_days, &filter.into()))
    }

    /// The JSON of `log`.
    ///
    /// # Errors
    ///
    /// As `log`.
    pub fn log_json(&self, filter: LogFilter) -> Result<String, ServandaError> {
        json(self.open_view()?.log(&filter.into()))
    }

    /// The JSON of `conflicts`.
    ///
    /// # Errors
    ///
    /// As `conflicts`.
    pub fn conflicts_json(&self) -> Result<String, ServandaError> {
        json(self.open_view()?.conflicts())
    }

    /// The JSON of `procedures`.
    ///
    /// # Errors
    ///
    /// As `procedures`.
    pub fn procedures_json(&self) -> Result<String, ServandaError> {
        json(self.open_view()?.procedures())
    }

    /// The JSON of `parties`.
    ///
    /// # Errors
    ///
    /// As `parties`.
    pub fn parties_json(&self) -> Result<String, ServandaError> {
        json(self.open_view()?.parties())
    }

    /// The JSON of `topics`.
    ///
    /// # Errors
    ///
    /// As `topics`.
    pub fn topics_json(&self) -> Result<String, ServandaError> {
        json(self.open_view()?.topics())
    }
}

/// A procedure as canonical JSON, from which its digest is computed.
///
/// # Errors
///
/// If a part of it is not well-formed, such as `invalid-slug`.
#[uniffi::export]
pub fn procedure_json(procedure: Procedure) -> Result<String, ServandaError> {
    Ok(servanda::Procedure::from(procedure).to_json())
}

/// A calendar as canonical JSON.
///
/// # Errors
///
/// If a part of it is not well-formed, such as `invalid-day`.
#[uniffi::export]
pub fn calendar_json(calendar: Calendar) -> Result<String, ServandaError> {
    Ok(servanda::format::to_json(&servanda::procedure::Calendar::from(calendar)))
}

/// A commitment as canonical JSON, as an entry has it: without its id.
///
/// # Errors
///
/// If a part of it is not well-formed, such as `invalid-slug`.
#[uniffi::export]
pub fn commitment_json(commitment: Commitment) -> Result<String, ServandaError> {
    Ok(servanda::format::to_json(&servanda::Commitment::from(commitment)))
}
