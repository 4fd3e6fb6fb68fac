//! The procedures and the calendar that come with the library.
//!
//! They are templates: the first commitment that is pinned to one brings it into the ledger, in the same batch, and from then on
//! the ledger's own copy counts. The modules here hold the statuses of each procedure as constants, so that a misspelt one does
//! not compile.

mod ids;
mod names;

use std::sync::LazyLock;

pub use ids::*;

use crate::procedure::{Calendar, Procedure, ProcedureRef};
use crate::treaty::EntryIntoForce;
use crate::value::{Day, Slug};

/// Loads a file that lies in the crate and that a test has loaded: the empty definition it falls back on is never seen.
macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident: $file:literal;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name() -> &'static Procedure {
            static PROCEDURE: LazyLock<Procedure> = LazyLock::new(|| load($file));
            &PROCEDURE
        })*

        fn procedure_file(name: &str) -> Option<&'static str> {
            match name {
                $($file => Some(include_str!(concat!("../../procedures/", $file))),)*
                _ => None,
            }
        }

        /// All built-in procedures, by id.
        #[must_use]
        pub fn procedures() -> Vec<&'static Procedure> {
            vec![$($name()),*]
        }
    };
}

templates! {
    /// An undertaking to do something.
    action: "action.toml";
    /// The realignment of a military base, with the permits that land reclamation needs in Japan.
    base_realignment: "base-realignment.toml";
    /// The approval of a treaty by the Japanese Diet, and what follows up to its entry into force.
    diet_treaty_approval: "diet-treaty-approval.toml";
    /// A view that is held.
    position: "position.toml";
    /// Joining, concluding and bringing into force a trade agreement.
    trade_agreement: "trade-agreement.toml";
}

fn load(file: &str) -> Procedure {
    let text = procedure_file(file).unwrap_or_default();
    Procedure::from_toml(file, text)
        .unwrap_or_else(|_| Procedure::new(Slug::from_static("nothing"), Slug::from_static("nothing")))
}

/// Returns the TOML file of a built-in procedure, with its comments, as a starting point for one of your
/// own.
///
/// ```
/// use servanda_core::{Procedure, builtin};
///
/// let text = builtin::procedure_toml("action").expect("there is such a procedure");
/// let action = Procedure::from_toml("my-action.toml", text)?;
/// assert_eq!(action.reference(), builtin::action().reference());
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[must_use]
pub fn procedure_toml(id: &str) -> Option<&'static str> {
    procedure_file(&format!("{id}.toml"))
}

/// The same for the rules of treaties.
macro_rules! treaties {
    ($($(#[$doc:meta])* $name:ident: $file:literal;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name() -> &'static EntryIntoForce {
            static TREATY: LazyLock<EntryIntoForce> = LazyLock::new(|| {
                let text = include_str!(concat!("../../treaties/", $file));
                EntryIntoForce::from_toml($file, text).unwrap_or_else(|_| EntryIntoForce::nothing())
            });
            &TREATY
        })*

        /// The rules on entry into force of all built-in treaties, by id.
        #[must_use]
        pub fn treaties() -> Vec<&'static EntryIntoForce> {
            vec![$($name()),*]
        }
    };
}

treaties! {
    /// How the Comprehensive and Progressive Agreement for Trans-Pacific Partnership enters into force (art. 3).
    cptpp: "cptpp.toml";
    /// How the 1980 Hague Convention on the Civil Aspects of International Child Abduction enters into force (art. 43).
    hague_1980: "hague-1980.toml";
    /// How the Paris Agreement enters into force (art. 21).
    paris: "paris.toml";
    /// How the Trans-Pacific Partnership Agreement would have entered into force (art. 30.5).
    tpp: "tpp.toml";
}

/// The built-in procedure that this pin means.
pub(crate) fn procedure(pin: &ProcedureRef) -> Option<&'static Procedure> {
    procedures().into_iter().find(|procedure| procedure.id == pin.id && procedure.reference() == *pin)
}

/// The sessions of the Japanese Diet.
///
/// ```
/// use servanda_core::{Basis, Day, builtin};
///
/// let session = builtin::jp_diet().period_on(Day::new(2013, 5, 22)?).expect("the Diet was in session");
/// assert_eq!((session.number, session.basis), (183, Basis::Published));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[must_use]
pub fn jp_diet() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
        Calendar::from_toml("jp-diet.toml", JP_DIET)
            .unwrap_or_else(|_| Calendar::new(Slug::from_static("nothing"), Day::FIRST))
    });
    &CALENDAR
}

const JP_DIET: &str = include_str!("../../calendars/jp-diet.toml");

/// All built-in calendars, by id.
#[must_use]
pub fn calendars() -> Vec<&'static Calendar> {
    vec![jp_diet()]
}

/// Returns the TOML file of a built-in calendar, with its comments, as a starting point for one of your
/// own.
#[must_use]
pub fn calendar_toml(id: &str) -> Option<&'static str> {
    (jp_diet().id == *id).then_some(JP_DIET)
}

/// The built-in calendar with this id.
pub(crate) fn calendar(id: &str) -> Option<&'static Calendar> {
    let calendar = jp_diet();
    (calendar.id == *id).then_some(calendar)
}
