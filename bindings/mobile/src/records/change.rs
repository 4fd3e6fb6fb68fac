//! Changes between two views. UniFFI knows no type parameters, so each `Shift` and each
//! `Delta` of the core is a record of its own here.

use super::*;

macro_rules! shifts {
    ($($(#[$doc:meta])* $name:ident: $value:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// The value before.
            pub before: $value,
            /// The value after.
            pub after: $value,
        }

        impl From<servanda::answers::Shift<$value>> for $name {
            fn from(shift: servanda::answers::Shift<$value>) -> Self {
                Self { before: shift.before, after: shift.after }
            }
        }
    )*};
}
shifts! {
    /// A date that changed.
    DateShift: Option<Date>;
    /// A deadline that changed.
    DeadlineShift: Option<Deadline>;
    /// A phase that changed.
    PhaseShift: Option<Phase>;
    /// A status that changed.
    StatusShift: Option<Slug>;
    /// A verdict that changed.
    VerdictShift: Option<Verdict>;
    /// A timeliness that changed.
    TimelinessShift: Option<Timeliness>;
    /// A text that changed.
    TextShift: Option<String>;
    /// A condition that became true or false.
    FlagShift: bool;
    /// A title that changed.
    TitleShift: Title;
    /// Topics that changed.
    TopicsShift: Vec<Slug>;
}

macro_rules! record_shifts {
    ($($(#[$doc:meta])* $name:ident: $item:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// The value before, or none if there was none.
            pub before: Option<$item>,
            /// The value after, or none if there is none.
            pub after: Option<$item>,
        }

        impl From<servanda::answers::Shift<Option<servanda::answers::$item>>> for $name {
            fn from(shift: servanda::answers::Shift<Option<servanda::answers::$item>>) -> Self {
                Self { before: shift.before.map(Into::into), after: shift.after.map(Into::into) }
            }
        }
    )*};
}
record_shifts! {
    /// A registration that changed: it appeared, disappeared or was replaced by another.
    RegistrationShift: Registration;
    /// The identifiers and further titles, which changed.
    NamingShift: Naming;
    /// The latest measurement, which changed.
    MeasuredShift: Measured;
}

macro_rules! deltas {
    ($($(#[$doc:meta])* $name:ident, $shift:ident: $item:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// The added elements.
            pub added: Vec<$item>,
            /// The elements that were there before and differ now.
            pub altered: Vec<$shift>,
            /// The removed elements.
            pub removed: Vec<$item>,
        }

        /// An element that was there before and differs now.
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $shift {
            /// The element before.
            pub before: $item,
            /// The element after.
            pub after: $item,
        }

        impl From<servanda::answers::Delta<servanda::answers::$item>> for $name {
            fn from(delta: servanda::answers::Delta<servanda::answers::$item>) -> Self {
                let all = |items: Vec<servanda::answers::$item>| items.into_iter().map(Into::into).collect();
                let shift = |shift: servanda::answers::Shift<servanda::answers::$item>| $shift {
                    before: shift.before.into(),
                    after: shift.after.into(),
                };
                Self {
                    added: all(delta.added),
                    altered: delta.altered.into_iter().map(shift).collect(),
                    removed: all(delta.removed),
                }
            }
        }
    )*};
}
deltas! {
    /// How the steps differ.
    StepDelta, StepShift: Step;
    /// How the steps that may have been taken differ.
    PossibleStepDelta, PossibleStepShift: PossibleStep;
    /// How the running clocks differ.
    ClockDelta, ClockShift: RunningClock;
    /// How the deadlines that were set differ.
    SetDeadlineDelta, SetDeadlineShift: SetDeadline;
    /// How the deposited instruments differ.
    DepositDelta, DepositShift: Deposited;
    /// How the remarks differ.
    RemarkDelta, RemarkShift: Remarked;
    /// How the responsible bodies differ.
    AssignedDelta, AssignedShift: Assigned;
    /// How the links differ.
    LinkDelta, LinkShift: Linked;
    /// How the moves to other procedures differ.
    RepinDelta, RepinShift: Repinned;
    /// How the retracted entries differ.
    RetractedDelta, RetractedShift: RetractedEntry;
    /// How the conflicts differ.
    ConflictDelta, ConflictShift: Conflict;
}
