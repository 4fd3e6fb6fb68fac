//! The digest of everything that the page of a commitment is made from.

use std::fmt::Write as _;

use servanda::value::Digest;

use super::Context;
use crate::model::Row;

/// The parts of the program that decide what a page looks like.
const PROGRAM: [&str; 10] = [
    env!("CARGO_PKG_VERSION"),
    include_str!("../../templates/commitment.html"),
    include_str!("../../templates/correction.html"),
    include_str!("../../templates/items.html"),
    include_str!("../../templates/layout.html"),
    include_str!("../channel.rs"),
    include_str!("../linked_data.rs"),
    include_str!("../pictures.rs"),
    include_str!("facts.rs"),
    include_str!("record.rs"),
];

/// Returns the digest of the inputs that all pages of a language have in common: the program, its
/// words, the configuration, the day, the moment and the definitions.
pub(super) fn of_all(context: &Context<'_>) -> Digest {
    let model = context.model;
    let mut inputs = PROGRAM.concat();
    let _ = write!(inputs, "{:?} {:?} {}", context.site, context.language, context.words.digest());
    let _ = write!(inputs, " {} {:?} {}", model.day, model.known_at, model.definitions);
    Digest::of(inputs.as_bytes())
}

/// Returns the digest of the inputs of one page: those of all, the entries about the commitment, and
/// what the page shows of other commitments.
pub(super) fn of_one(context: &Context<'_>, of_all: &Digest, row: &Row) -> Digest {
    let model = context.model;
    let mut inputs = of_all.to_string();
    for entry in model.ledger.entries_about(row.id.as_str()) {
        let _ = write!(inputs, " {}", entry.id());
    }
    let linking = model.links_to(&row.id).map(|(other, _)| other);
    for other in model.parts(&row.id).chain(linking).chain(model.linked_from(row)) {
        let _ = write!(inputs, " {}", other.shown_elsewhere());
    }
    Digest::of(inputs.as_bytes())
}
