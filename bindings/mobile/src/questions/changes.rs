//! The answer to "what changed?". The core says it with generic types, of which the boundary knows none.

use servanda::{Deposited, Linked, Remarked, Step};

use super::*;

/// What differs between two views.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Changes {
    /// The view it is compared with.
    pub before: AsOf,
    /// The view asked.
    pub after: AsOf,
    /// The commitments of which something differs, in the order of their ids.
    pub commitments: Vec<Change>,
}

/// What a view is of.
#[uniffi::remote(Record)]
pub struct AsOf {
    /// The day asked about.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}

macro_rules! shifts {
    ($($(#[$doc:meta])* $name:ident: $value:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// As it was.
            pub before: $value,
            /// As it is.
            pub after: $value,
        }

        impl From<servanda::Shift<$value>> for $name {
            fn from(shift: servanda::Shift<$value>) -> Self {
                let servanda::Shift { after, before } = shift;
                Self { before, after }
            }
        }
    )*};
}
shifts! {
    /// A day that changed.
    DayShift: Option<Day>;
    /// A deadline that changed.
    DeadlineShift: Option<Deadline>;
    /// A phase that changed.
    PhaseShift: Option<Phase>;
    /// A status that changed.
    StatusShift: Option<Slug>;
    /// A verdict that changed.
    VerdictShift: Option<Verdict>;
    /// A text that changed.
    TextShift: Option<String>;
    /// Something that holds now and did not, or the other way round.
    FlagShift: bool;
    /// A title that changed.
    TitleShift: Title;
    /// Topics that changed.
    TopicsShift: Vec<Slug>;
}

/// A registration that changed: it came, went, or gave way to another.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct RegistrationShift {
    /// As it was; none if it was not registered.
    pub before: Option<Registration>,
    /// As it is; none if it is not registered.
    pub after: Option<Registration>,
}

/// What a registration says that nothing but a registration can change.
#[uniffi::remote(Record)]
pub struct Registration {
    /// Who commits.
    pub by: Vec<Slug>,
    /// To whom.
    pub to: Vec<Slug>,
    /// The day the word was given.
    pub made: Day,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The words used, with their source.
    pub words: Words,
    /// The procedure's version and digest.
    pub pin: ProcedureRef,
    /// The commitment of which this is one piece.
    pub part_of: Option<Slug>,
}

use servanda::Registration;

macro_rules! deltas {
    ($($(#[$doc:meta])* $name:ident, $shift:ident: $core:ty => $item:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// What was not there before.
            pub added: Vec<$item>,
            /// What was there before and reads otherwise now.
            pub altered: Vec<$shift>,
            /// What is no longer there.
            pub removed: Vec<$item>,
        }

        /// One that was there before and reads otherwise now.
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $shift {
            /// As it was.
            pub before: $item,
            /// As it is.
            pub after: $item,
        }

        impl From<servanda::Delta<$core>> for $name {
            fn from(delta: servanda::Delta<$core>) -> Self {
                let servanda::Delta { added, altered, removed } = delta;
                let shift = |servanda::Shift { after, before }| $shift { before: <$item>::from(before), after: <$item>::from(after) };
                Self {
                    added: added.into_iter().map(<$item>::from).collect(),
                    altered: altered.into_iter().map(shift).collect(),
                    removed: removed.into_iter().map(<$item>::from).collect(),
                }
            }
        }
    )*};
}
deltas! {
    /// What differs of the steps.
    StepDelta, StepShift: Step => Step;
    /// What differs of the clocks that run.
    ClockDelta, ClockShift: RunningClock => RunningClock;
    /// What differs of the deadlines that were set.
    SetDeadlineDelta, SetDeadlineShift: SetDeadline => SetDeadline;
    /// What differs of the instruments deposited.
    DepositDelta, DepositShift: Deposited => Deposited;
    /// What differs of the remarks.
    RemarkDelta, RemarkShift: Remarked => Remarked;
    /// What differs of the links.
    LinkDelta, LinkShift: Linked => Linked;
    /// What differs of the entries that do not fit.
    ConflictDelta, ConflictShift: servanda::Conflict => Conflict;
}

/// What differs of one commitment. What is absent does not differ.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Change {
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about, as the view asked has it if it was registered there.
    pub title: Title,
    /// The status.
    pub status: Option<StatusShift>,
    /// Since when it has its status.
    pub since: Option<DayShift>,
    /// The phase.
    pub phase: Option<PhaseShift>,
    /// The verdict.
    pub verdict: Option<VerdictShift>,
    /// Whether the status is presumed.
    pub presumed: Option<FlagShift>,
    /// Why status, phase or verdict are absent.
    pub reason: Option<TextShift>,
    /// The deadline in force.
    pub deadline: Option<DeadlineShift>,
    /// What the commitment is about, if that is worded anew.
    pub renamed: Option<TitleShift>,
    /// What it can be found under.
    pub topics: Option<TopicsShift>,
    /// What its registration says; none where it was not registered.
    pub registered: Option<RegistrationShift>,
    /// The steps of its history.
    pub steps: StepDelta,
    /// The clocks that run.
    pub clocks: ClockDelta,
    /// The deadlines that were set.
    pub deadlines: SetDeadlineDelta,
    /// The instruments deposited.
    pub deposits: DepositDelta,
    /// What happened and moved nothing.
    pub remarks: RemarkDelta,
    /// What other commitments are to it.
    pub links: LinkDelta,
    /// The entries about it that do not fit.
    pub conflicts: ConflictDelta,
}

impl From<servanda::Changes> for Changes {
    fn from(changes: servanda::Changes) -> Self {
        let servanda::Changes { after, before, commitments } = changes;
        Self { before, after, commitments: commitments.into_iter().map(Change::from).collect() }
    }
}

impl From<servanda::Change> for Change {
    fn from(change: servanda::Change) -> Self {
        let servanda::Change {
            clocks,
            commitment,
            conflicts,
            deadline,
            deadlines,
            deposits,
            links,
            phase,
            presumed,
            reason,
            registered,
            remarks,
            renamed,
            since,
            status,
            steps,
            title,
            topics,
            verdict,
        } = change;
        Self {
            commitment,
            title,
            status: status.map(StatusShift::from),
            since: since.map(DayShift::from),
            phase: phase.map(PhaseShift::from),
            verdict: verdict.map(VerdictShift::from),
            presumed: presumed.map(FlagShift::from),
            reason: reason.map(TextShift::from),
            deadline: deadline.map(DeadlineShift::from),
            renamed: renamed.map(TitleShift::from),
            topics: topics.map(TopicsShift::from),
            registered: registered.map(|servanda::Shift { after, before }| RegistrationShift { before, after }),
            steps: steps.into(),
            clocks: clocks.into(),
            deadlines: deadlines.into(),
            deposits: deposits.into(),
            remarks: remarks.into(),
            links: links.into(),
            conflicts: conflicts.into(),
        }
    }
}
