//! Identifiers, titles by language, and links seen from the other side.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::Wording;
use crate::entry::{Fact, Kind, Link, Relation};
use crate::value::{Date, EntryId, Identifier, Language, Note, Slug, Source, Title};
use crate::view::{Standing, View};
use crate::{Error, Result};

/// A link of another commitment to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LinkedFrom {
    /// The other commitment.
    pub commitment: Slug,
    /// The entry, which is about the other commitment.
    pub entry: EntryId,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// Since when the two are related, if the entry says.
    pub on: Option<Date>,
    /// The relation, as the other commitment states it: with `successor`, this one is the
    /// successor.
    pub relation: Relation,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
}

/// The text in the first of these languages in which there is one. A region, such as that of
/// `de-ch`, gives way to the language without one.
fn preferred<'a>(texts: &'a BTreeMap<Language, Title>, languages: &[Language]) -> Option<(&'a Language, &'a Title)> {
    let exact = |language: &str| texts.get_key_value(language);
    languages.iter().find_map(|language| {
        let language = language.as_str();
        exact(language).or_else(|| exact(language.split_once('-')?.0))
    })
}

/// Leaves only the preferred text. Without one, all stay.
fn prefer(texts: &mut BTreeMap<Language, Title>, languages: &[Language]) {
    if let Some((language, text)) = preferred(texts, languages) {
        *texts = BTreeMap::from([(language.clone(), text.clone())]);
    }
}

impl Standing {
    /// Puts the names into the first of these languages in which each is known.
    pub(super) fn prefer(&mut self, languages: &[Language]) {
        if languages.is_empty() {
            return;
        }
        let mut titles = self.titles.clone();
        if let Some(language) = &self.language {
            titles.insert(language.clone(), self.title.clone());
        }
        if let Some((language, title)) = preferred(&titles, languages) {
            let own = self.language.replace(language.clone()).map(|own| (own, self.title.clone()));
            self.title = title.clone();
            self.titles.extend(own);
            self.titles.remove(language);
        }
        let names = self.history.iter_mut().map(|step| &mut step.title);
        let names = names.chain(self.next.iter_mut().map(|step| &mut step.title));
        let names = names.chain(self.clocks.iter_mut().map(|clock| &mut clock.title));
        let names = names.chain(self.may_have.iter_mut().map(|step| &mut step.title));
        let names = names.chain(self.future.iter_mut().filter_map(|event| event.status_title.as_mut()));
        let names = names.chain(self.retracted.iter_mut().filter_map(|event| event.status_title.as_mut()));
        names.chain(self.status_title.as_mut()).for_each(|texts| prefer(texts, languages));
        for event in &mut self.future {
            event.title.clone_from(&self.title);
        }
    }
}

impl<'a> View<'a> {
    /// Returns the same view with the names in answers in the first of these languages in which
    /// each is known.
    ///
    /// The `title` of a commitment is the one in that language, and `titles` has the others. The
    /// name of a status, a step or a clock has that language alone. Without any of the languages, a
    /// name stays as it is.
    #[must_use]
    pub fn in_languages(mut self, languages: &'a [Language]) -> Self {
        self.languages = languages;
        self
    }

    /// Returns the commitments that have an identifier, sorted by id.
    #[must_use]
    pub fn identified_by(&self, identifier: &Identifier) -> Vec<Slug> {
        let definitions = self.known.definitions();
        let has = |id: &&Slug| {
            let folded = self.known.fold(&definitions, id.as_str());
            folded.is_ok_and(|folded| folded.identifiers().contains(identifier))
        };
        self.known.ledger.mentions().identified(identifier).filter(has).cloned().collect()
    }

    /// Returns the id of the commitment that a text names: the id itself, or an identifier as
    /// `SCHEME=VALUE`.
    ///
    /// # Errors
    ///
    /// `unknown-identifier` if no commitment has the identifier, `ambiguous-identifier` if several
    /// do; `invalid-slug` or `invalid-title` if the text is not well-formed.
    pub fn resolve(&self, name: &str) -> Result<Slug> {
        if !name.contains('=') {
            return Ok(name.parse()?);
        }
        let identifier: Identifier = name.parse()?;
        let mut found = self.identified_by(&identifier);
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => Err(Error::UnknownIdentifier { identifier: Box::new(identifier) }),
            (Some(last), false) => {
                found.push(last);
                Err(Error::AmbiguousIdentifier { commitments: found, identifier: Box::new(identifier) })
            }
        }
    }

    /// Returns the standing of one commitment, together with the links of other commitments to it.
    ///
    /// A standing from any other question leaves [`linked_from`](Standing::linked_from) out,
    /// because it depends on all commitments.
    ///
    /// # Errors
    ///
    /// The errors of [`standing`](View::standing).
    pub fn standing_with_links(&self, commitment: impl AsRef<str>) -> Result<Standing> {
        let mut standing = self.standing(commitment)?;
        standing.linked_from = Some(self.linked_from(&standing.commitment));
        Ok(standing)
    }

    fn linked_from(&self, to: &Slug) -> Vec<LinkedFrom> {
        let definitions = self.known.definitions();
        let mut found: Vec<LinkedFrom> = Vec::new();
        for commitment in self.known.ledger.mentions().linking(to.as_str()) {
            let Ok(folded) = self.known.fold(&definitions, commitment.as_str()) else { continue };
            let words = Wording::of(&folded);
            let links = self.by_then(&folded).filter(|entry| entry.kind == Kind::Link);
            found.extend(links.filter_map(|entry| match entry.fact() {
                Fact::Link(Link { note, relation, sources, to: target, .. }) if target == *to => {
                    let (note, sources) = words.latest(entry, note, sources);
                    let (commitment, on) = (commitment.clone(), entry.on());
                    Some(LinkedFrom { commitment, entry: entry.id(), note, on, relation, sources })
                }
                _ => None,
            }));
        }
        found
    }
}
