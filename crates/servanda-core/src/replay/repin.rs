//! Moves of a commitment to another procedure.
//!
//! A repin has no day. From its recording on, the whole history is judged by the new procedure: the
//! statuses of everything recorded before it are translated, and the path is replayed. So an
//! earlier view, which does not know the repin, stays as it was.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::Error;
use crate::entry::{Entry, Fact, Kind, Repin};
use crate::procedure::{Procedure, ProcedureRef};
use crate::replay::{Folded, Refused, Unit, slug};
use crate::value::{Date, EntryId, Slug, nearest};

/// The names of statuses in the present procedure, where entries use other names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Translation {
    /// The place of each entry in the order in which they became known. Empty without a repin.
    known: Arc<HashMap<EntryId, usize>>,
    /// The tables of the repins that count, with the place of each repin.
    tables: Vec<(usize, BTreeMap<Slug, Slug>)>,
    /// The status at which the history opens, after the first repin.
    opening: Option<Slug>,
}

impl Translation {
    pub(super) fn of(units: &[Unit<'_>]) -> Self {
        let entries = || units.iter().flatten();
        let known = match entries().any(|entry| entry.kind == Kind::Repin) {
            true => entries().enumerate().map(|(place, entry)| (entry.id(), place)).collect(),
            false => HashMap::new(),
        };
        Self { known: Arc::new(known), ..Self::default() }
    }

    /// The status that a step leads to, in the present procedure. A step that became known after a
    /// repin is in the words of the procedure of that repin.
    pub(crate) fn to<'a>(&'a self, step: &'a Entry) -> &'a str {
        let place = self.known.get(&step.id()).copied().unwrap_or(usize::MAX);
        let later = self.tables.iter().filter(|(repinned, _)| place < *repinned);
        later.fold(step.to(), |status, (_, table)| table.get(status).map_or(status, Slug::as_str))
    }

    fn add(&mut self, repin: EntryId, table: BTreeMap<Slug, Slug>, opening: Option<Slug>) {
        let place = self.known.get(&repin).copied().unwrap_or(usize::MAX);
        self.opening = opening;
        self.tables.push((place, table));
    }
}

/// A move to another procedure that counts.
#[derive(Clone, Debug)]
pub(crate) struct Moved<'a> {
    pub(crate) entry: &'a Entry,
    /// The procedure before.
    pub(crate) from: ProcedureRef,
}

/// Everything that a repin changes, to return to if it is refused.
pub(super) struct Pinned<'a> {
    procedure: Option<&'a Arc<Procedure>>,
    pin: ProcedureRef,
    translation: Arc<Translation>,
    repins: usize,
}

impl<'a> Folded<'a> {
    /// The status and the date at which the history opens.
    pub(crate) fn opens<'s>(&'s self, procedure: &'s Procedure) -> (&'s Slug, Date) {
        let (status, on) = self.terms.opens(procedure);
        (self.translation.opening.as_ref().unwrap_or(status), on)
    }

    pub(super) fn pinned(&self) -> Pinned<'a> {
        Pinned {
            procedure: self.procedure,
            pin: self.terms.procedure.clone(),
            translation: Arc::clone(&self.translation),
            repins: self.repins.len(),
        }
    }

    pub(super) fn return_to(&mut self, before: Pinned<'a>) {
        (self.procedure, self.terms.procedure, self.translation) = (before.procedure, before.pin, before.translation);
        self.repins.truncate(before.repins);
    }

    /// Moves to the procedures that the repins of a unit name.
    pub(super) fn move_on(&mut self, unit: &Unit<'a>) -> Result<(), Refused> {
        unit.iter().try_for_each(|entry| match entry.fact() {
            Fact::Repin(repin) => self.repin(entry, repin),
            _ => Ok(()),
        })
    }

    fn repin(&mut self, entry: &'a Entry, repin: Repin) -> Result<(), Refused> {
        // Two people can record the same move. The statuses are translated once.
        if repin.procedure == self.terms.procedure {
            return Ok(());
        }
        let Some(procedure) = self.definitions.procedure(&repin.procedure) else {
            let error = Error::UnknownProcedure { commitment: slug(self.commitment), procedure: repin.procedure };
            return Err(Refused { entry: entry.id(), error });
        };
        let opening = self.procedure.map(|before| self.opens(before).0);
        let opening = opening.map(|status| repin.statuses.get(status).unwrap_or(status).clone());
        Arc::make_mut(&mut self.translation).add(entry.id(), repin.statuses, opening);
        let from = std::mem::replace(&mut self.terms.procedure, repin.procedure);
        self.procedure = Some(procedure);
        self.repins.push(Moved { entry, from });
        Ok(())
    }

    /// Checks that a repin moves the commitment, and that its table has statuses of both procedures.
    pub(crate) fn check_repin(&self, entry: &Entry) -> Result<(), Error> {
        let (Fact::Repin(repin), Some(_)) = (entry.fact(), self.procedure) else { return Ok(()) };
        let Some(moved) = self.repins.iter().find(|moved| moved.entry.id() == entry.id()) else {
            let reason = format!("{} goes through {} already; name another", self.commitment, repin.procedure);
            return Err(Error::InvalidField { field: "fact.repin.procedure".to_owned(), reason });
        };
        let both = self.definitions.procedure(&moved.from).zip(self.definitions.procedure(&repin.procedure));
        let Some((before, after)) = both else { return Ok(()) };
        let known = |procedure: &Procedure, status: &Slug| {
            if procedure.status(status.as_str()).is_some() {
                return Ok(());
            }
            let statuses: Vec<Slug> = procedure.statuses.iter().map(|status| status.id.clone()).collect();
            let (procedure, nearest) = (procedure.reference(), nearest(status.as_str(), &statuses));
            Err(Error::UnknownStatus { procedure, nearest, status: status.clone(), statuses })
        };
        repin.statuses.iter().try_for_each(|(from, to)| known(before, from).and_then(|()| known(after, to)))
    }

    /// The error of a unit with a repin: the step that is not legal in the new procedure.
    pub(super) fn blame_repin(&self, unit: &Unit<'a>, refused: Refused) -> Refused {
        let repin = unit.iter().find(|entry| entry.kind == Kind::Repin);
        let Some(repin) = repin.filter(|_| !unit.iter().any(|entry| entry.id() == refused.entry)) else {
            return refused;
        };
        let step = self.steps.iter().find(|step| step.id() == refused.entry);
        let step = step.and_then(|step| Some((slug(step.to()), step.on()?)));
        let Fact::Repin(Repin { procedure, .. }) = repin.fact() else { return refused };
        let commitment = slug(self.commitment);
        let then = refused.error.to_string();
        let error = Error::RepinBreaks { commitment, procedure, entry: refused.entry, step, then };
        Refused { entry: repin.id(), error }
    }
}
