//! The families of errors: what a caller can do about them.

use crate::Error;

/// What kind of thing an error is, by what a caller can do about it.
///
/// There are many codes, and more may come; the families stay. A code belongs to one family, so that a program in any language can decide
/// by the family, and by the code where it has to be exact. A test lists the family of each code.
///
/// ```
/// use servanda_core::{Day, ErrorKind, Ledger};
///
/// let unknown = Ledger::new().view_on("2013-06-01")?.standing("jp/hague-convention").unwrap_err();
/// assert_eq!((unknown.code(), unknown.kind()), ("unknown-commitment", ErrorKind::Unknown));
/// let invalid = servanda_core::Error::from(Day::new(2013, 2, 29).unwrap_err());
/// assert_eq!((invalid.code(), invalid.kind().as_str()), ("invalid-day", "invalid"));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// What was given is not well-formed: a value, a field, the file of a procedure, a cursor, a URL, an empty batch. Give something else.
    Invalid,
    /// It names something that is not there: a commitment, a procedure, a status, a clock, an entry. Look for what was meant.
    Unknown,
    /// It is well-formed, and the procedure, the path or the order of the ledger does not allow it. Ask what can be done next.
    Refused,
    /// What is kept is not what was written, or was written by a later version: a line, a database, half of a batch. A person has to look.
    Damaged,
    /// The place where the ledger is kept cannot be read or written: a file, a permission, a lock, a connection. Try again, or elsewhere.
    Place,
    /// It was stopped: because the caller asked, because the tracker was closed, or because another thread failed. Nothing is wrong with what was
    /// asked.
    Stopped,
}

impl ErrorKind {
    /// All families.
    pub const ALL: [Self; 6] = [Self::Invalid, Self::Unknown, Self::Refused, Self::Damaged, Self::Place, Self::Stopped];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Damaged => "damaged",
            Self::Place => "place",
            Self::Stopped => "stopped",
        }
    }
}
word!(ErrorKind);

impl Error {
    /// The family of the error. That of a line's error is the one that it would have by itself.
    ///
    /// ```
    /// use servanda_core::{Batch, ErrorKind, Ledger};
    ///
    /// let refused = Ledger::new().append(Batch::new(), &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?).unwrap_err();
    /// assert_eq!((refused.code(), refused.kind()), ("empty-batch", ErrorKind::Invalid));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::AtLine { error, .. } => error.kind(),
            Self::Store(failure) => failure.kind(),
            Self::Value(_)
            | Self::InvalidField { .. }
            | Self::InvalidDraft { .. }
            | Self::Several { .. }
            | Self::ProcedureRefused { .. }
            | Self::CalendarRefused { .. }
            | Self::CommitmentRefused { .. }
            | Self::EntryIntoForceRefused { .. }
            | Self::EmptyBatch
            | Self::BatchTooLarge { .. } => ErrorKind::Invalid,
            Self::NoProcedure { .. }
            | Self::UnknownCommitment { .. }
            | Self::UnknownProcedure { .. }
            | Self::UnknownStatus { .. }
            | Self::UnknownClock { .. }
            | Self::UnknownEntry { .. } => ErrorKind::Unknown,
            Self::AlreadyRegistered { .. }
            | Self::RivalDefinition { .. }
            | Self::IllegalStep { .. }
            | Self::BeforeOpening { .. }
            | Self::ClockNotDue { .. }
            | Self::BreaksLaterStep { .. }
            | Self::MissingSources { .. }
            | Self::WrongParty { .. }
            | Self::AlreadyRetracted { .. }
            | Self::RetractionBreaks { .. }
            | Self::CalendarBreaks { .. }
            | Self::AttestsTheFuture { .. }
            | Self::PositionTakesNoDeadline { .. }
            | Self::PartOfItself { .. }
            | Self::ClockBehind { .. }
            | Self::RecordedTooEarly { .. }
            | Self::RecordedTooLate { .. }
            | Self::NotUnderstood { .. } => ErrorKind::Refused,
            Self::NotCanonical { .. } | Self::WrongId { .. } | Self::HalfBatch { .. } => ErrorKind::Damaged,
            Self::Unreadable { .. } => ErrorKind::Place,
            Self::Interrupted => ErrorKind::Stopped,
        }
    }
}
