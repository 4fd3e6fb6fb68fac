//! Checks procedures for mistakes.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::{Diagnostic, Located, MAX_REFERENCES, Place, Severity};
use crate::procedure::{Phase, Procedure};
use crate::value::Slug;

pub(crate) fn too_many_references(count: usize) -> Located {
    (Place::Key("references"), format!("it has {count} references"), format!("keep at most {MAX_REFERENCES}"))
}

impl Procedure {
    /// Checks the procedure, and returns a diagnostic for each problem.
    ///
    /// The procedure, its statuses, transitions and clocks need titles. The version must be 1 or
    /// higher, and there can be at most 100 references. No status or clock may be declared twice.
    /// At most one transition may lead from one status to another. Every status that the procedure
    /// names must be declared.
    ///
    /// If all named statuses are declared, the check also requires the following:
    ///
    /// - Every status can be reached from the initial one.
    /// - Every status that is not final has a way out.
    /// - Only reopening transitions lead out of a final status, and they lead out of no other.
    /// - Every transition leads from at least one status.
    /// - Every clock has statuses that start it and statuses during which it runs. It does not run
    ///   during a final status, and it counts at least 1 day or month.
    /// - Clocks cannot fire in a cycle.
    /// - Only an achieved status is partly kept, and only the initial status is unrated.
    ///
    /// If there is no such fault, the check also looks for slips:
    ///
    /// - A clock that can never fire, that is cancelled by a status which starts it, or that always
    ///   fires together with an earlier one which leads elsewhere, is a fault.
    /// - A status that has no effect on its clock is a [warning](Severity::Warning).
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        let unlocated = |(severity, (_, problem, remedy))| Diagnostic::new(None, None, severity, problem, remedy);
        self.findings(None).into_iter().map(unlocated).collect()
    }

    /// Returns what the format does not allow in a definition: a list that is empty, or a number
    /// below 1.
    pub(crate) fn format_fault(&self) -> Option<&'static str> {
        let no_titles = self.title.is_empty()
            || self.statuses.iter().any(|status| status.title.is_empty())
            || self.transitions.iter().any(|transition| transition.title.is_empty())
            || self.clocks.iter().any(|clock| clock.title.is_empty());
        if no_titles {
            return Some("a title has at least one language");
        }
        if self.version == 0 {
            return Some("versions are numbered from 1");
        }
        if self.transitions.iter().any(|transition| transition.from.is_empty()) {
            return Some("a transition leads from at least one status");
        }
        if self.clocks.iter().any(|clock| clock.starts.is_empty() || clock.during.is_empty()) {
            return Some("a clock has at least one status in `starts` and in `while`");
        }
        let counts_to_zero = self.clocks.iter().any(|clock| clock.rule.count() == Some(0));
        if counts_to_zero {
            return Some("a rule counts from 1");
        }
        let in_two_ways = self.clocks.iter().any(|clock| clock.rule.fault().is_some());
        in_two_ways.then_some("a rule counts days in one way")
    }

    /// Returns the first problem because of which a definition on a ledger is not used.
    ///
    /// A problem that a later version of the library finds is not among these: a definition that
    /// was used once stays in use.
    pub(crate) fn fault(&self) -> Option<String> {
        let mut found = Vec::new();
        self.find_doubles(&mut found);
        self.find_unknown_statuses(&mut found);
        if found.is_empty() {
            self.find_bad_ways(&mut found);
            self.find_unreachable(&mut found);
            self.find_endless_clocks(&mut found);
        }
        let (_, problem, remedy) = found.into_iter().next()?;
        Some(format!("{problem}; {remedy}"))
    }

    /// Returns all problems: faults of form, or slips if there is none. `calendars` are the known
    /// calendars, if they are to be checked.
    pub(crate) fn findings(&self, calendars: Option<&[&Slug]>) -> Vec<(Severity, Located)> {
        let mut found: Vec<_> = self.diagnostics().into_iter().map(|located| (Severity::Fault, located)).collect();
        if found.is_empty() {
            self.find_slips(&mut found);
            if let Some(calendars) = calendars {
                self.find_unknown_calendars(calendars, &mut found);
            }
        }
        found
    }

    /// Returns the faults of form.
    pub(crate) fn diagnostics(&self) -> Vec<Located> {
        let mut diagnostics = Vec::new();
        self.find_missing_words(&mut diagnostics);
        self.find_doubles(&mut diagnostics);
        let before = diagnostics.len();
        self.find_unknown_statuses(&mut diagnostics);
        if diagnostics.len() == before {
            self.find_bad_ways(&mut diagnostics);
            self.find_unreachable(&mut diagnostics);
            self.find_endless_clocks(&mut diagnostics);
        }
        diagnostics
    }

    fn find_missing_words(&self, diagnostics: &mut Vec<Located>) {
        let mut lacks = |place, what: String| {
            diagnostics.push((
                place,
                format!("{what} has no title"),
                "give it one, such as title = { en = \"…\" }".to_owned(),
            ));
        };
        if self.title.is_empty() {
            lacks(Place::Key("title"), "the procedure".to_owned());
        }
        for (index, status) in self.statuses.iter().enumerate().filter(|(_, s)| s.title.is_empty()) {
            lacks(Place::In("statuses", index), format!("the status {}", status.id));
        }
        for (index, transition) in self.transitions.iter().enumerate().filter(|(_, t)| t.title.is_empty()) {
            lacks(Place::In("transitions", index), format!("the transition to {}", transition.to));
        }
        for (index, clock) in self.clocks.iter().enumerate().filter(|(_, c)| c.title.is_empty()) {
            lacks(Place::In("clocks", index), format!("the clock {}", clock.id));
        }
        if self.references.len() > MAX_REFERENCES {
            diagnostics.push(too_many_references(self.references.len()));
        }
        if self.version == 0 {
            diagnostics.push((
                Place::Key("version"),
                "the version is 0".to_owned(),
                "number versions from 1".to_owned(),
            ));
        }
    }

    fn find_doubles(&self, diagnostics: &mut Vec<Located>) {
        let mut seen = BTreeSet::new();
        for (index, status) in self.statuses.iter().enumerate() {
            if !seen.insert(&status.id) {
                let problem = format!("the status {} is declared twice", status.id);
                diagnostics.push((Place::In("statuses", index), problem, "remove one, or rename it".to_owned()));
            }
        }
        let mut seen = BTreeSet::new();
        for (index, clock) in self.clocks.iter().enumerate() {
            if !seen.insert(&clock.id) {
                let problem = format!("the clock {} is declared twice", clock.id);
                diagnostics.push((Place::In("clocks", index), problem, "remove one, or rename it".to_owned()));
            }
        }
        let mut seen = BTreeSet::new();
        for (index, transition) in self.transitions.iter().enumerate() {
            for from in &transition.from {
                if !seen.insert((from, &transition.to)) {
                    diagnostics.push((
                        Place::In("transitions", index),
                        format!(
                            "this transition clashes with an earlier one: both lead from {from} to {}",
                            transition.to
                        ),
                        format!("keep one, or take {from} out of the other"),
                    ));
                }
            }
        }
    }

    fn find_unknown_statuses(&self, diagnostics: &mut Vec<Located>) {
        const MAX_NAMED: usize = 40;
        let declared: BTreeSet<&Slug> = self.statuses.iter().map(|status| &status.id).collect();
        let mut named: Vec<_> = self.statuses.iter().take(MAX_NAMED).map(|status| status.id.as_str()).collect();
        named.extend((self.statuses.len() > MAX_NAMED).then_some("…"));
        let remedy = format!("declare it under [[statuses]], or use one of: {}", named.join(", "));
        let mut check = |place, role: &str, id: &Slug| {
            if !declared.contains(id) {
                diagnostics.push((place, format!("{role} the status {id}, which is not declared"), remedy.clone()));
            }
        };
        check(Place::Key("initial"), "the procedure starts at", &self.initial);
        for (index, transition) in self.transitions.iter().enumerate() {
            let place = Place::In("transitions", index);
            transition.from.iter().for_each(|from| check(place, "the transition leads from", from));
            check(place, "the transition leads to", &transition.to);
        }
        for (index, clock) in self.clocks.iter().enumerate() {
            let place = Place::In("clocks", index);
            clock.during.iter().for_each(|id| check(place, "the clock runs while at", id));
            clock.starts.iter().for_each(|id| check(place, "the clock starts at", id));
            clock.cancelled_by.iter().for_each(|id| check(place, "the clock is cancelled by", id));
            check(place, "the clock leads to", &clock.to);
        }
    }

    fn find_bad_ways(&self, diagnostics: &mut Vec<Located>) {
        let is_final = |id: &Slug| self.status(id.as_str()).is_some_and(|status| status.is_final);
        for (index, transition) in self.transitions.iter().enumerate() {
            let place = Place::In("transitions", index);
            if transition.from.is_empty() {
                let problem = format!("the transition to {} leads from no status", transition.to);
                diagnostics.push((place, problem, "name at least one status in `from`".to_owned()));
            }
            for from in transition.from.iter().filter(|from| is_final(from) != transition.reopening) {
                diagnostics.push(if transition.reopening {
                    let problem = format!("the transition to {} reopens {from}, which is not final", transition.to);
                    (place, problem, format!("take `reopening` away, or {from} out of `from`"))
                } else {
                    let problem = format!("the transition to {} leaves {from}, which is final", transition.to);
                    (place, problem, format!("declare it with reopening = true, or take {from} out of `from`"))
                });
            }
        }
        for (index, clock) in self.clocks.iter().enumerate() {
            let place = Place::In("clocks", index);
            for from in clock.during.iter().filter(|from| is_final(from)) {
                let problem = format!("the clock {} runs while at {from}, which is final", clock.id);
                diagnostics.push((place, problem, format!("take {from} out of `while`")));
            }
            if clock.starts.is_empty() || clock.during.is_empty() {
                let problem = format!("the clock {} can never run", clock.id);
                diagnostics.push((place, problem, "name statuses in `while` and in `starts`".to_owned()));
            }
            if let Some((problem, remedy)) = clock.rule.fault() {
                let problem = format!("the rule of the clock {} is refused: {problem}", clock.id);
                diagnostics.push((place, problem, remedy.to_owned()));
            }
            if clock.rule.count() == Some(0) {
                let problem = format!("the clock {} counts to 0", clock.id);
                diagnostics.push((place, problem, "count from 1".to_owned()));
            }
        }
        for (index, status) in self.statuses.iter().enumerate() {
            if status.partly && status.phase != Phase::Achieved {
                let problem = format!("the status {} is partly kept, and its phase is {}", status.id, status.phase);
                let remedy = "give it phase = \"achieved\", or take `partly` away".to_owned();
                diagnostics.push((Place::In("statuses", index), problem, remedy));
            }
            if status.unrated && (status.id != self.initial || status.phase != Phase::Planned) {
                let problem =
                    format!("the status {} is unrated, and is not the initial one in the phase planned", status.id);
                let remedy = "take `unrated` away; only what nobody has looked at yet is unrated".to_owned();
                diagnostics.push((Place::In("statuses", index), problem, remedy));
            }
        }
        for (index, status) in self.statuses.iter().enumerate().filter(|(_, status)| !status.is_final) {
            let leaves = self.transitions_from(status.id.as_str()).any(|t| t.to != status.id)
                || self.clocks.iter().any(|clock| clock.during.contains(&status.id) && clock.to != status.id);
            if !leaves {
                diagnostics.push((
                    Place::In("statuses", index),
                    format!("nothing leads out of the status {}, which is not final", status.id),
                    "add a transition or a clock that leaves it, or declare it final = true".to_owned(),
                ));
            }
        }
    }

    fn find_unreachable(&self, diagnostics: &mut Vec<Located>) {
        let mut reached = BTreeSet::from([&self.initial]);
        let mut frontier = vec![&self.initial];
        while let Some(at) = frontier.pop() {
            let by_step = self.transitions_from(at.as_str()).map(|transition| &transition.to);
            let by_clock = self.clocks.iter().filter(|clock| clock.during.contains(at)).map(|clock| &clock.to);
            frontier.extend(by_step.chain(by_clock).filter(|to| reached.insert(to)));
        }
        for (index, status) in self.statuses.iter().enumerate().filter(|(_, status)| !reached.contains(&status.id)) {
            diagnostics.push((
                Place::In("statuses", index),
                format!("the status {} cannot be reached from {}", status.id, self.initial),
                "add a transition that leads to it, or remove it".to_owned(),
            ));
        }
    }

    /// Finds clocks that could fire in a cycle.
    ///
    /// Each of them leads to a status in which the next one runs, so they would fire for ever
    /// without a recorded step.
    fn find_endless_clocks(&self, diagnostics: &mut Vec<Located>) {
        let mut follows: BTreeMap<&Slug, BTreeSet<&Slug>> = BTreeMap::new();
        for clock in &self.clocks {
            for from in &clock.during {
                follows.entry(from).or_default().insert(&clock.to);
            }
        }
        for (index, clock) in self.clocks.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let mut frontier = vec![&clock.to];
            while let Some(at) = frontier.pop() {
                if seen.insert(at) {
                    frontier.extend(follows.get(at).into_iter().flatten());
                }
            }
            if let Some(back) = clock.during.iter().find(|from| seen.contains(from)) {
                diagnostics.push((
                    Place::In("clocks", index),
                    format!("the clock {} could fire for ever: clocks lead from {} back to {back}", clock.id, clock.to),
                    format!("take {back} out of its `while`, or put a transition in the clocks' place"),
                ));
            }
        }
    }
}
