//! The procedures, treaties and the calendar that come with the library.
//!
//! Built-in procedures and calendars are templates. The first commitment that refers to a procedure
//! adds its definition to the ledger in the same batch, with the calendars that it uses. From then
//! on the ledger uses its own copy.
//!
//! For each procedure, a module has the ids of its statuses as constants. A misspelt constant does
//! not compile.

mod ids;
mod names;

use std::sync::LazyLock;

pub use ids::*;

use crate::procedure::{Calendar, Procedure, ProcedureRef};
use crate::treaty::EntryIntoForce;
use crate::value::{Day, Slug};

/// Defines a function for each built-in procedure, and functions that find procedures and files.
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

        /// Returns all built-in procedures, ordered by id.
        #[must_use]
        pub fn procedures() -> Vec<&'static Procedure> {
            vec![$($name()),*]
        }
    };
}

templates! {
    /// The procedure for a promise to do something.
    action: "action.toml";
    /// The procedure for realigning military bases, with the permits for land reclamation in Japan.
    base_realignment: "base-realignment.toml";
    /// The procedure for a treaty before the Japanese Diet, up to its entry into force.
    diet_treaty_approval: "diet-treaty-approval.toml";
    /// The procedure for rating a promise, as newsrooms do: kept, partly kept, broken.
    pledge: "pledge.toml";
    /// The procedure for a position that a party states and keeps.
    position: "position.toml";
    /// The procedure for joining a trade agreement, concluding it and bringing it into force.
    trade_agreement: "trade-agreement.toml";
}

/// Loads a built-in procedure. Tests load every file, so the empty procedure is never returned.
fn load(file: &str) -> Procedure {
    let text = procedure_file(file).unwrap_or_default();
    Procedure::from_toml(file, text)
        .unwrap_or_else(|_| Procedure::new(Slug::from_static("nothing"), Slug::from_static("nothing")))
}

/// Returns the TOML file of a built-in procedure, or `None` if no built-in procedure has the id.
///
/// The file contains comments, and can be the starting point for a procedure of your own.
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

/// Defines a function for each built-in treaty, and a function that returns all of them.
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

        /// Returns the rules on entry into force of all built-in treaties, ordered by id.
        #[must_use]
        pub fn treaties() -> Vec<&'static EntryIntoForce> {
            vec![$($name()),*]
        }
    };
}

treaties! {
    /// The rules on entry into force of the CPTPP (art. 3).
    ///
    /// The full title is Comprehensive and Progressive Agreement for Trans-Pacific Partnership.
    cptpp: "cptpp.toml";
    /// The rules on entry into force of the Hague Convention of 25 October 1980 (art. 43).
    ///
    /// The full title is Convention on the Civil Aspects of International Child Abduction.
    hague_1980: "hague-1980.toml";
    /// The rules on entry into force of the Paris Agreement (art. 21).
    paris: "paris.toml";
    /// The rules on entry into force of the TPP, which never entered into force (art. 30.5).
    ///
    /// The full title is Trans-Pacific Partnership Agreement.
    tpp: "tpp.toml";
}

/// Returns the built-in procedure with exactly this id, version and digest.
pub(crate) fn procedure(pin: &ProcedureRef) -> Option<&'static Procedure> {
    procedures().into_iter().find(|procedure| procedure.id == pin.id && procedure.reference() == *pin)
}

/// Returns the calendar with the sessions of the Japanese Diet.
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

/// Returns all built-in calendars, ordered by id.
#[must_use]
pub fn calendars() -> Vec<&'static Calendar> {
    vec![jp_diet()]
}

/// Returns the TOML file of a built-in calendar, or `None` if no built-in calendar has the id.
///
/// The file contains comments, and can be the starting point for a calendar of your own.
#[must_use]
pub fn calendar_toml(id: &str) -> Option<&'static str> {
    (jp_diet().id == *id).then_some(JP_DIET)
}

/// Returns the built-in calendar with this id.
pub(crate) fn calendar(id: &str) -> Option<&'static Calendar> {
    let calendar = jp_diet();
    (calendar.id == *id).then_some(calendar)
}
