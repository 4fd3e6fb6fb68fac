//! The instruments that parties deposit.

use crate::value::ValueError;
use crate::value::{Date, Day, Decimal, Title};

/// An instrument that a party deposited, or a notice that it gave, on a day.
///
/// ```
/// use servanda_core::{Instrument, InstrumentKind};
///
/// let mut china = Instrument::new("China", "2016-09-03".parse()?)?;
/// china.kind = Some(InstrumentKind::Ratification);
/// assert_eq!(Instrument::new(" ", "2016-09-03".parse()?).unwrap_err().code(), "invalid-title");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Instrument {
    /// The party, by its name or id.
    pub by: Title,
    /// The day on which it takes effect, if the depositary published one. It counts for a notice
    /// of leaving.
    pub effective: Option<Day>,
    /// The kind. An instrument without a kind counts as consent to be bound.
    pub kind: Option<InstrumentKind>,
    /// The date on which the depositary received it. If it is a month or a year, each of its days
    /// is possible.
    pub on: Date,
    /// The share of the party in the total that the treaty weighs, in per cent, if known.
    pub share: Option<Decimal>,
}

impl Instrument {
    /// Creates an instrument by which a party consents to be bound. Set the other fields directly,
    /// and the date too if it is not known to the day.
    ///
    /// # Errors
    ///
    /// `invalid-title` if `by` cannot be the name of a party.
    pub fn new(by: &str, on: Day) -> Result<Self, ValueError> {
        Ok(Self { by: by.parse()?, effective: None, kind: None, on: on.into(), share: None })
    }
}

/// A row of a list of deposits that could not be read, as far as it was understood.
///
/// By default nothing is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// The party, if the row says it.
    pub by: Option<Title>,
    /// Whether the row may be a deposit.
    pub may_deposit: bool,
    /// Whether the row may be a notice of leaving.
    pub may_leave: bool,
    /// The date, if the row says it: a day, a month or a year.
    pub on: Option<Date>,
}

impl Default for Unread {
    fn default() -> Self {
        Self { by: None, may_deposit: true, may_leave: true, on: None }
    }
}

/// The kinds of instruments and notices (Vienna Convention on the Law of Treaties, arts. 11, 54).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstrumentKind {
    /// Consent to be bound, usually after signature.
    Ratification,
    /// The same as ratification, by another name.
    Acceptance,
    /// The same as ratification, by another name.
    Approval,
    /// Consent to be bound, by a party that did not sign.
    Accession,
    /// Signature without the need of ratification.
    DefinitiveSignature,
    /// Consent to be bound, by an international organization.
    FormalConfirmation,
    /// A notice that the party has completed its own procedures.
    Notification,
    /// A successor State takes the place of another State.
    Succession,
    /// The party leaves, or takes its instrument back.
    Withdrawal,
    /// The same as withdrawal, by another name.
    Denunciation,
}

impl InstrumentKind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Ratification,
        Self::Acceptance,
        Self::Approval,
        Self::Accession,
        Self::DefinitiveSignature,
        Self::FormalConfirmation,
        Self::Notification,
        Self::Succession,
        Self::Withdrawal,
        Self::Denunciation,
    ];

    /// The word for the kind, such as `ratification`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ratification => "ratification",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::Accession => "accession",
            Self::DefinitiveSignature => "definitive-signature",
            Self::FormalConfirmation => "formal-confirmation",
            Self::Notification => "notification",
            Self::Succession => "succession",
            Self::Withdrawal => "withdrawal",
            Self::Denunciation => "denunciation",
        }
    }

    /// Whether a party leaves with an instrument of this kind.
    #[must_use]
    pub fn leaves(self) -> bool {
        matches!(self, Self::Withdrawal | Self::Denunciation)
    }
}

impl std::fmt::Display for InstrumentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for InstrumentKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let known = Self::ALL.map(Self::as_str);
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ValueError::unknown_word("kind of instrument", text, &known))
    }
}
