//! The kinds of error, which tell how the caller can react.

use crate::Error;

/// The class of an error, which tells how the caller can react to it.
///
/// There are many codes, and later versions can add more; the kinds stay the same. Each code
/// belongs to one kind. A program can therefore decide by the kind, and by the code where the exact
/// error matters. A test lists the kind of each code.
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
    /// The input is not well-formed: a value, a field, the file of a procedure, a cursor, a URL, or
    /// an empty batch. Correct it.
    Invalid,
    /// The input names something that does not exist: a commitment, a procedure, a status, a clock
    /// or an entry. Look for the intended one.
    Unknown,
    /// The input is well-formed, but the procedure, the timeline or the order of the ledger does
    /// not allow it. Ask what can be done next.
    Refused,
    /// The stored data is not what was written, or a later version wrote it: a line, a database, or
    /// half of a batch. A person has to look.
    Damaged,
    /// The place where the ledger is kept cannot be read or written: a file, a permission, a lock,
    /// or a connection. Try again, or elsewhere.
    Place,
    /// The operation was stopped: the caller cancelled it, the tracker was closed, or another
    /// thread failed. The request itself was fine.
    Stopped,
}

impl ErrorKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Invalid, Self::Unknown, Self::Refused, Self::Damaged, Self::Place, Self::Stopped];

    /// The word for the kind.
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
    /// Returns the kind of the error. An error at a line has the kind of the error in that line.
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
            | Self::FactsRefused { .. }
            | Self::EntryIntoForceRefused { .. }
            | Self::EmptyBatch
            | Self::BatchTooLarge { .. } => ErrorKind::Invalid,
            Self::NoProcedure { .. }
            | Self::UnknownCommitment { .. }
            | Self::UnknownIdentifier { .. }
            | Self::AmbiguousIdentifier { .. }
            | Self::UnknownProcedure { .. }
            | Self::UnknownStatus { .. }
            | Self::UnknownClock { .. }
            | Self::UnknownEntry { .. } => ErrorKind::Unknown,
            Self::AlreadyRegistered { .. }
            | Self::IdentifierTaken { .. }
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
            | Self::DeadlineBeforeMade { .. }
            | Self::NotResponsible { .. }
            | Self::RepinBreaks { .. }
            | Self::NoTarget { .. }
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
