//! Facts on their way to a ledger.

use servanda::{
    Calendar, Commitment, Date, Deadline, Decimal, EntryId, Moment, Note, Party, Procedure, Relation, Slug, Source,
    Title,
};

/// A fact that is not yet on a ledger, with the commitment and the day.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Draft {
    /// The fact.
    pub fact: Fact,
    /// The commitment it is about; none for a definition, and for a registration, which has its own.
    #[uniffi(default)]
    pub commitment: Option<Slug>,
    /// The day it is effective, as precisely as known. A citation, an amendment, a retraction, a registration and a definition have
    /// no day of their own.
    #[uniffi(default)]
    pub on: Option<Date>,
    /// The entry of the same day that it comes after.
    #[uniffi(default)]
    pub after: Option<EntryId>,
    /// When it was written down, if that was earlier than now.
    #[uniffi(default)]
    pub recorded_at: Option<Moment>,
}

/// What is recorded.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum Fact {
    /// A commitment was made.
    Register {
        /// The commitment.
        commitment: Box<Commitment>,
    },
    /// A step was taken.
    Advance {
        /// The status.
        to: Slug,
        /// Who took it.
        #[uniffi(default)]
        by: Option<Slug>,
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// A party deposited an instrument.
    Deposit {
        /// The party.
        by: Slug,
        /// The kind of instrument, such as `ratification` or `acceptance`.
        #[uniffi(default)]
        instrument: Option<Slug>,
        /// The party's share of whatever total the treaty weighs, such as emissions.
        #[uniffi(default)]
        share: Option<Decimal>,
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// Further sources for an entry.
    Cite {
        /// The entry.
        entry: EntryId,
        /// The sources; at least one.
        sources: Vec<Source>,
        /// A note on them.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// Something happened that moves nothing.
    Remark {
        /// What happened.
        title: Title,
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// The record is complete to a day.
    Attest {
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// A deadline was set or moved.
    Reschedule {
        /// The new deadline.
        deadline: Deadline,
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// A title, topics or the wording of a note are put better.
    Amend {
        /// The commitment's new title.
        #[uniffi(default)]
        title: Option<Title>,
        /// The commitment's new topics, in place of all it had.
        #[uniffi(default)]
        topics: Option<Vec<Slug>>,
        /// The entry whose note is worded anew.
        #[uniffi(default)]
        entry: Option<EntryId>,
        /// The note's new wording.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// Two commitments have to do with one another.
    Link {
        /// The other commitment.
        to: Slug,
        /// What the other is to this one.
        relation: Relation,
        /// The evidence.
        #[uniffi(default)]
        sources: Vec<Source>,
        /// A note on it.
        #[uniffi(default)]
        note: Option<Note>,
    },
    /// An entry was a mistake.
    Retract {
        /// The entry.
        entry: EntryId,
        /// Why.
        reason: Note,
    },
    /// What a party is; the latest definition known applies.
    DefineParty {
        /// The party.
        party: Party,
    },
    /// What a procedure is; the first definition of a version holds.
    DefineProcedure {
        /// The procedure.
        procedure: Procedure,
    },
    /// What a calendar is; of the definitions known the one that speaks of the most days applies, and among equals the latest.
    DefineCalendar {
        /// The calendar.
        calendar: Calendar,
    },
    /// A kind of fact from a later version, which is kept and not understood. It cannot be appended.
    Unrecognised {
        /// Its kind.
        kind: String,
    },
}

/// What another commitment is to one.
#[uniffi::remote(Enum)]
pub enum Relation {
    /// It took the other's place.
    Successor,
    /// It has to do with the other.
    Related,
}

impl From<Fact> for servanda::Fact {
    fn from(fact: Fact) -> Self {
        match fact {
            Fact::Register { commitment } => Self::Register(commitment),
            Fact::Advance { to, by, sources, note } => Self::Advance(servanda::Advance { by, note, sources, to }),
            Fact::Deposit { by, instrument, share, sources, note } => {
                Self::Deposit(servanda::Deposit { by, instrument, note, share, sources })
            }
            Fact::Cite { entry, sources, note } => Self::Cite(servanda::Cite { entry, note, sources }),
            Fact::Remark { title, sources, note } => Self::Remark(servanda::Remark { note, sources, title }),
            Fact::Attest { sources, note } => Self::Attest(servanda::Attest { note, sources }),
            Fact::Reschedule { deadline, sources, note } => {
                Self::Reschedule(servanda::Reschedule { deadline, note, sources })
            }
            Fact::Amend { title, topics, entry, note } => Self::Amend(servanda::Amend { entry, note, title, topics }),
            Fact::Link { to, relation, sources, note } => Self::Link(servanda::Link { note, relation, sources, to }),
            Fact::Retract { entry, reason } => Self::Retract(servanda::Retract { entry, reason }),
            Fact::DefineParty { party } => Self::Define(servanda::Define::Party(party)),
            Fact::DefineProcedure { procedure } => Self::Define(servanda::Define::Procedure(procedure)),
            Fact::DefineCalendar { calendar } => Self::Define(servanda::Define::Calendar(calendar)),
            Fact::Unrecognised { kind } => Self::Unknown { kind },
        }
    }
}

impl From<servanda::Fact> for Fact {
    fn from(fact: servanda::Fact) -> Self {
        use servanda::{Advance, Amend, Attest, Cite, Define, Deposit, Link, Remark, Reschedule, Retract};
        match fact {
            servanda::Fact::Register(commitment) => Self::Register { commitment },
            servanda::Fact::Advance(Advance { by, note, sources, to }) => Self::Advance { to, by, sources, note },
            servanda::Fact::Deposit(Deposit { by, instrument, note, share, sources }) => {
                Self::Deposit { by, instrument, share, sources, note }
            }
            servanda::Fact::Cite(Cite { entry, note, sources }) => Self::Cite { entry, sources, note },
            servanda::Fact::Remark(Remark { note, sources, title }) => Self::Remark { title, sources, note },
            servanda::Fact::Attest(Attest { note, sources }) => Self::Attest { sources, note },
            servanda::Fact::Reschedule(Reschedule { deadline, note, sources }) => {
                Self::Reschedule { deadline, sources, note }
            }
            servanda::Fact::Amend(Amend { entry, note, title, topics }) => Self::Amend { title, topics, entry, note },
            servanda::Fact::Link(Link { note, relation, sources, to }) => Self::Link { to, relation, sources, note },
            servanda::Fact::Retract(Retract { entry, reason }) => Self::Retract { entry, reason },
            servanda::Fact::Define(Define::Party(party)) => Self::DefineParty { party },
            servanda::Fact::Define(Define::Procedure(procedure)) => Self::DefineProcedure { procedure },
            servanda::Fact::Define(Define::Calendar(calendar)) => Self::DefineCalendar { calendar },
            servanda::Fact::Unknown { kind } => Self::Unrecognised { kind },
        }
    }
}

impl From<Draft> for servanda::Draft {
    fn from(draft: Draft) -> Self {
        let Draft { fact, commitment, on, after, recorded_at } = draft;
        let commitment = match &fact {
            Fact::Register { commitment: registered } => commitment.or_else(|| Some(registered.id.clone())),
            _ => commitment,
        };
        let mut draft = Self::new(commitment, fact.into());
        if let Some(on) = on {
            draft = draft.on(on);
        }
        if let Some(after) = after {
            draft = draft.after(after);
        }
        match recorded_at {
            Some(recorded_at) => draft.recorded_at(recorded_at),
            None => draft,
        }
    }
}

/// Drafts that are appended together.
pub(crate) fn batch(drafts: Vec<Draft>) -> servanda::Batch {
    drafts.into_iter().map(servanda::Draft::from).collect()
}
