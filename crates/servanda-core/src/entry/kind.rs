//! The kinds of fact.

use crate::entry::Fact;

/// The kind of a fact, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Register,
    Advance,
    Deposit,
    Cite,
    Remark,
    Attest,
    Reschedule,
    Assign,
    Unassign,
    Measure,
    Repin,
    Amend,
    Link,
    Retract,
    Define,
    /// A kind from a later version.
    Unknown,
}

/// Whether a kind of fact has a date on which it is effective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HasDay {
    Always,
    Perhaps,
    Never,
}

impl Kind {
    pub(crate) const ALL: [Self; 15] = [
        Self::Register,
        Self::Advance,
        Self::Deposit,
        Self::Cite,
        Self::Remark,
        Self::Attest,
        Self::Reschedule,
        Self::Assign,
        Self::Unassign,
        Self::Measure,
        Self::Repin,
        Self::Amend,
        Self::Link,
        Self::Retract,
        Self::Define,
    ];

    /// The word for the kind, as in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Advance => "advance",
            Self::Deposit => "deposit",
            Self::Cite => "cite",
            Self::Remark => "remark",
            Self::Attest => "attest",
            Self::Reschedule => "reschedule",
            Self::Assign => "assign",
            Self::Unassign => "unassign",
            Self::Measure => "measure",
            Self::Repin => "repin",
            Self::Amend => "amend",
            Self::Link => "link",
            Self::Retract => "retract",
            Self::Define => "define",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a replay takes facts of this kind, so that one can be refused because of the others.
    pub(crate) fn is_on_path(self) -> bool {
        matches!(self, Self::Advance | Self::Deposit | Self::Repin)
    }

    pub(crate) fn has_day(self) -> HasDay {
        match self {
            Self::Advance
            | Self::Deposit
            | Self::Remark
            | Self::Attest
            | Self::Reschedule
            | Self::Assign
            | Self::Unassign
            | Self::Measure => HasDay::Always,
            Self::Link | Self::Unknown => HasDay::Perhaps,
            Self::Register | Self::Cite | Self::Repin | Self::Amend | Self::Retract | Self::Define => HasDay::Never,
        }
    }

    /// Whether a fact of this kind is about a commitment.
    pub(crate) fn needs_commitment(self) -> bool {
        !matches!(self, Self::Define | Self::Retract | Self::Unknown)
    }
}

impl From<&Fact> for Kind {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::Register(_) => Self::Register,
            Fact::Advance(_) => Self::Advance,
            Fact::Deposit(_) => Self::Deposit,
            Fact::Cite(_) => Self::Cite,
            Fact::Remark(_) => Self::Remark,
            Fact::Attest(_) => Self::Attest,
            Fact::Reschedule(_) => Self::Reschedule,
            Fact::Assign(_) => Self::Assign,
            Fact::Unassign(_) => Self::Unassign,
            Fact::Measure(_) => Self::Measure,
            Fact::Repin(_) => Self::Repin,
            Fact::Amend(_) => Self::Amend,
            Fact::Link(_) => Self::Link,
            Fact::Retract(_) => Self::Retract,
            Fact::Define(_) => Self::Define,
            Fact::Unknown { .. } => Self::Unknown,
        }
    }
}
