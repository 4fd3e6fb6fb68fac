//! The code of an error, and its data as JSON, for programs.

use serde_json::{Map, Value, json};

use crate::Error;
use crate::value::json::to_json;

impl Error {
    /// Returns the stable code, such as `illegal-step`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Value(error) => error.code(),
            Self::Store(failure) => failure.code(),
            Self::NotCanonical { problem, .. } => problem.code(),
            Self::InvalidField { .. } => "invalid-field",
            Self::InvalidDraft { .. } => "invalid-draft",
            Self::WrongId { .. } => "wrong-id",
            Self::AtLine { error, .. } => error.code(),
            Self::Several { .. } => "several-errors",
            Self::Interrupted => "interrupted",
            Self::Unreadable { .. } => "unreadable",
            Self::ProcedureRefused { .. } => "procedure-refused",
            Self::CalendarRefused { .. } => "calendar-refused",
            Self::CommitmentRefused { .. } => "commitment-refused",
            Self::FactsRefused { .. } => "facts-refused",
            Self::EntryIntoForceRefused { .. } => "entry-into-force-refused",
            Self::NoProcedure { .. } => "no-procedure",
            Self::EmptyBatch => "empty-batch",
            Self::BatchTooLarge { .. } => "batch-too-large",
            Self::UnknownCommitment { .. } => "unknown-commitment",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::UnknownIdentifier { .. } => "unknown-identifier",
            Self::AmbiguousIdentifier { .. } => "ambiguous-identifier",
            Self::IdentifierTaken { .. } => "identifier-taken",
            Self::UnknownProcedure { .. } => "unknown-procedure",
            Self::RivalDefinition { .. } => "rival-definition",
            Self::UnknownStatus { .. } => "unknown-status",
            Self::UnknownClock { .. } => "unknown-clock",
            Self::IllegalStep { .. } => "illegal-step",
            Self::BeforeOpening { .. } => "before-opening",
            Self::ClockNotDue { .. } => "clock-not-due",
            Self::BreaksLaterStep { .. } => "breaks-later-step",
            Self::MissingSources { .. } => "missing-sources",
            Self::WrongParty { .. } => "wrong-party",
            Self::UnknownEntry { .. } => "unknown-entry",
            Self::AlreadyRetracted { .. } => "already-retracted",
            Self::RetractionBreaks { .. } => "retraction-breaks",
            Self::CalendarBreaks { .. } => "calendar-breaks",
            Self::AttestsTheFuture { .. } => "attests-the-future",
            Self::DeadlineBeforeMade { .. } => "deadline-before-made",
            Self::NotResponsible { .. } => "not-responsible",
            Self::RepinBreaks { .. } => "repin-breaks",
            Self::NoTarget { .. } => "no-target",
            Self::PositionTakesNoDeadline { .. } => "position-takes-no-deadline",
            Self::PartOfItself { .. } => "part-of-itself",
            Self::ClockBehind { .. } => "clock-behind",
            Self::RecordedTooEarly { .. } => "recorded-too-early",
            Self::RecordedTooLate { .. } => "recorded-too-late",
            Self::HalfBatch { .. } => "half-batch",
            Self::NotUnderstood { .. } => "not-understood",
        }
    }

    /// Returns the data of the error as canonical JSON: an object with the error's fields.
    ///
    /// ```
    /// let error = servanda_core::Error::from("javascript:alert(1)".parse::<servanda_core::value::Url>().unwrap_err());
    /// assert_eq!(
    ///     error.details(),
    ///     r#"{"given":"javascript:alert(1)","kind":"url","reason":"an address starts with https://, http:// or ftp://"}"#,
    /// );
    /// ```
    #[must_use]
    pub fn details(&self) -> String {
        to_json(&self.fields())
    }

    fn fields(&self) -> Value {
        match self {
            Self::Value(error) => error.fields(),
            Self::Store(failure) => failure.fields(),
            Self::NotCanonical { at, .. } => json!({ "byte": at + 1 }),
            Self::InvalidField { field, reason } => json!({ "field": field, "reason": reason }),
            Self::WrongId { given, computed } => json!({ "computed": computed, "given": given }),
            Self::AtLine { line, error } => {
                let mut fields = error.fields();
                if let Value::Object(fields) = &mut fields {
                    fields.insert("line".to_owned(), json!(line));
                }
                fields
            }
            Self::Several { errors } => {
                let one = |error: &Error| json!({ "code": error.code(), "details": error.fields(), "text": error.to_string() });
                json!({ "errors": errors.iter().map(one).collect::<Vec<_>>() })
            }
            Self::InvalidDraft { reason } | Self::Unreadable { reason } | Self::CalendarRefused { reason } => {
                json!({ "reason": reason })
            }
            Self::ProcedureRefused { diagnostics }
            | Self::CommitmentRefused { diagnostics }
            | Self::FactsRefused { diagnostics }
            | Self::EntryIntoForceRefused { diagnostics } => {
                json!({ "findings": diagnostics })
            }
            Self::NoProcedure { procedure, nearest, procedures } => {
                json!({ "nearest": nearest, "procedure": procedure, "procedures": procedures })
            }
            Self::EmptyBatch | Self::Interrupted => Value::Object(Map::new()),
            Self::BatchTooLarge { entries } => json!({ "entries": entries }),
            Self::UnknownCommitment { commitment, nearest } => json!({ "commitment": commitment, "nearest": nearest }),
            Self::UnknownIdentifier { identifier } => json!({ "identifier": identifier }),
            Self::AmbiguousIdentifier { commitments, identifier } => {
                json!({ "commitments": commitments, "identifier": identifier })
            }
            Self::IdentifierTaken { commitment, holder, identifier } => {
                json!({ "commitment": commitment, "holder": holder, "identifier": identifier })
            }
            Self::AlreadyRegistered { commitment, by } => {
                json!({ "by": by, "commitment": commitment })
            }
            Self::UnknownProcedure { commitment, procedure } => {
                json!({ "commitment": commitment, "procedure": procedure })
            }
            Self::RivalDefinition { procedure, held, given } => {
                json!({ "given": given, "held": held, "procedure": procedure })
            }
            Self::UnknownStatus { procedure, status, nearest, statuses } => {
                json!({ "nearest": nearest, "procedure": procedure, "status": status, "statuses": statuses })
            }
            Self::UnknownClock { procedure, clock, clocks } => {
                json!({ "clock": clock, "clocks": clocks, "procedure": procedure })
            }
            Self::IllegalStep { commitment, to, on, from, since, presumed, allowed } => json!({
                "allowed": allowed, "commitment": commitment, "from": from, "on": on, "presumed": presumed,
                "since": since, "to": to,
            }),
            Self::BeforeOpening { commitment, to, on, opens, status } => {
                json!({ "commitment": commitment, "on": on, "opens": opens, "status": status, "to": to })
            }
            Self::ClockNotDue { commitment, to, on, clock, due } => {
                json!({ "clock": clock, "commitment": commitment, "due": due, "on": on, "to": to })
            }
            Self::BreaksLaterStep { commitment, what, on, entry, later, later_on } => json!({
                "commitment": commitment, "entry": entry, "later": later, "later_on": later_on, "on": on, "what": what,
            }),
            Self::MissingSources { commitment, to, on, needed, given } => {
                json!({ "commitment": commitment, "given": given, "needed": needed, "on": on, "to": to })
            }
            Self::WrongParty { commitment, to, on, allowed, given } => {
                json!({ "allowed": allowed, "commitment": commitment, "given": given, "on": on, "to": to })
            }
            Self::UnknownEntry { kind, entry, wanted } => json!({ "entry": entry, "kind": kind, "wanted": wanted }),
            Self::AlreadyRetracted { entry, by } => json!({ "by": by, "entry": entry }),
            Self::RetractionBreaks { entry, then } => json!({ "entry": entry, "then": then }),
            Self::CalendarBreaks { calendar, then } => json!({ "calendar": calendar, "then": then }),
            Self::AttestsTheFuture { commitment, on, recorded_at } => {
                json!({ "commitment": commitment, "on": on, "recorded_at": recorded_at })
            }
            Self::DeadlineBeforeMade { commitment, deadline, made } => {
                json!({ "commitment": commitment, "deadline": deadline, "made": made })
            }
            Self::NotResponsible { commitment, body, role, on, responsible } => json!({
                "body": body, "commitment": commitment, "on": on, "responsible": responsible, "role": role,
            }),
            Self::RepinBreaks { commitment, procedure, entry, step, then } => json!({
                "commitment": commitment, "entry": entry, "on": step.as_ref().map(|(_, on)| on), "procedure": procedure,
                "then": then, "to": step.as_ref().map(|(to, _)| to),
            }),
            Self::NoTarget { commitment } => json!({ "commitment": commitment }),
            Self::PositionTakesNoDeadline { commitment } => json!({ "commitment": commitment }),
            Self::PartOfItself { commitment, path } => {
                json!({ "commitment": commitment, "path": path })
            }
            Self::ClockBehind { newest, now } => json!({ "newest": newest, "now": now }),
            Self::RecordedTooEarly { given, newest } => json!({ "given": given, "newest": newest }),
            Self::RecordedTooLate { given, now } => json!({ "given": given, "now": now }),
            Self::HalfBatch { nth, of } => json!({ "nth": nth, "of": of }),
            Self::NotUnderstood { commitment, kind, entry } => {
                json!({ "commitment": commitment, "entry": entry, "kind": kind })
            }
        }
    }
}
