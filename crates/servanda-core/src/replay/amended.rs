//! The names of a commitment after its amendments.

use std::collections::BTreeMap;

use crate::entry::{Fact, Kind};
use crate::replay::Folded;
use crate::value::{Identifier, Language, Slug, Title};

/// The latest names that amendments give to a commitment; `None` where none of them does.
#[derive(Default)]
pub(crate) struct Amended {
    pub(crate) identifiers: Option<Vec<Identifier>>,
    pub(crate) language: Option<Language>,
    pub(crate) title: Option<Title>,
    pub(crate) titles: Option<BTreeMap<Language, Title>>,
    pub(crate) topics: Option<Vec<Slug>>,
}

impl Folded<'_> {
    pub(crate) fn amended(&self) -> Amended {
        let mut amended = Amended::default();
        for entry in self.others.iter().filter(|entry| entry.kind == Kind::Amend) {
            if let Fact::Amend(amend) = entry.fact() {
                amended.identifiers = amend.identifiers.or(amended.identifiers);
                amended.language = amend.language.or(amended.language);
                amended.title = amend.title.or(amended.title);
                amended.titles = amend.titles.or(amended.titles);
                amended.topics = amend.topics.or(amended.topics);
            }
        }
        amended
    }

    /// The identifiers of the commitment after all amendments.
    pub(crate) fn identifiers(&self) -> Vec<Identifier> {
        let registered = || self.registration().map(|commitment| commitment.identifiers);
        self.amended().identifiers.or_else(registered).unwrap_or_default()
    }
}
