//! What makes a procedure fit for use.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::{Procedure, Rule};
use crate::value::Slug;

/// Something wrong with a procedure: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, if the procedure comes from one.
    pub file: Option<String>,
    /// The line, from 1, if the procedure comes from a file.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, _) => {}
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

/// The part of a procedure that a finding is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// The value of this key of the procedure itself.
    Key(&'static str),
    /// The n-th element of the array with this key.
    In(&'static str, usize),
}

pub(crate) type Located = (Place, String, String);

/// How many texts a procedure or a treaty's rule refers to at the most, as an entry cites sources.
pub(crate) const MOST_REFERENCES: usize = 100;

pub(crate) fn too_many_references(count: usize) -> Located {
    (Place::Key("references"), format!("it has {count} references"), format!("keep at most {MOST_REFERENCES}"))
}

impl Procedure {
    /// Checks the procedure: every status named is declared and can be reached, every status that is not final has a way out,
    /// no two transitions clash, no clocks could fire for ever, nothing lacks its title or basis, and there are at most 100 references.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let unlocated = |(_, problem, remedy)| Finding { file: None, line: None, problem, remedy };
        self.findings().into_iter().map(unlocated).collect()
    }

    pub(super) fn findings(&self) -> Vec<Located> {
        let mut findings = Vec::new();
        self.find_missing_words(&mut findings);
        self.find_doubles(&mut findings);
        let before = findings.len();
        self.find_unknown_statuses(&mut findings);
        if findings.len() == before {
            self.find_bad_ways(&mut findings);
            self.find_unreachable(&mut findings);
            self.find_endless_clocks(&mut findings);
        }
        findings
    }

    fn find_missing_words(&self, findings: &mut Vec<Located>) {
        let mut lacks = |place, what: String| {
            findings.push((
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
        if self.references.len() > MOST_REFERENCES {
            findings.push(too_many_references(self.references.len()));
        }
        if self.version == 0 {
            findings.push((Place::Key("version"), "the version is 0".to_owned(), "number versions from 1".to_owned()));
        }
    }

    fn find_doubles(&self, findings: &mut Vec<Located>) {
        let mut seen = BTreeSet::new();
        for (index, status) in self.statuses.iter().enumerate() {
            if !seen.insert(&status.id) {
                let problem = format!("the status {} is declared twice", status.id);
                findings.push((Place::In("statuses", index), problem, "remove one, or rename it".to_owned()));
            }
        }
        let mut seen = BTreeSet::new();
        for (index, clock) in self.clocks.iter().enumerate() {
            if !seen.insert(&clock.id) {
                let problem = format!("the clock {} is declared twice", clock.id);
                findings.push((Place::In("clocks", index), problem, "remove one, or rename it".to_owned()));
            }
        }
        let mut seen = BTreeSet::new();
        for (index, transition) in self.transitions.iter().enumerate() {
            for from in &transition.from {
                if !seen.insert((from, &transition.to)) {
                    findings.push((
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

    fn find_unknown_statuses(&self, findings: &mut Vec<Located>) {
        const MOST_NAMED: usize = 40;
        let declared: BTreeSet<&Slug> = self.statuses.iter().map(|status| &status.id).collect();
        let mut named: Vec<_> = self.statuses.iter().take(MOST_NAMED).map(|status| status.id.as_str()).collect();
        named.extend((self.statuses.len() > MOST_NAMED).then_some("…"));
        let remedy = format!("declare it under [[statuses]], or use one of: {}", named.join(", "));
        let mut check = |place, role: &str, id: &Slug| {
            if !declared.contains(id) {
                findings.push((place, format!("{role} the status {id}, which is not declared"), remedy.clone()));
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

    fn find_bad_ways(&self, findings: &mut Vec<Located>) {
        let is_final = |id: &Slug| self.status(id.as_str()).is_some_and(|status| status.is_final);
        for (index, transition) in self.transitions.iter().enumerate() {
            let place = Place::In("transitions", index);
            if transition.from.is_empty() {
                let problem = format!("the transition to {} leads from no status", transition.to);
                findings.push((place, problem, "name at least one status in `from`".to_owned()));
            }
            for from in transition.from.iter().filter(|from| is_final(from) != transition.reopening) {
                findings.push(if transition.reopening {
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
                findings.push((place, problem, format!("take {from} out of `while`")));
            }
            if clock.starts.is_empty() || clock.during.is_empty() {
                let problem = format!("the clock {} can never run", clock.id);
                findings.push((place, problem, "name statuses in `while` and in `starts`".to_owned()));
            }
            let count = match &clock.rule {
                Rule::Days(counted) | Rule::FullDays(counted) => counted.count,
                Rule::Months { count } | Rule::FirstOfMonth { count } => *count,
                Rule::Close { .. } | Rule::Given => 1,
            };
            if count == 0 {
                let problem = format!("the clock {} counts to 0", clock.id);
                findings.push((place, problem, "count from 1".to_owned()));
            }
        }
        for (index, status) in self.statuses.iter().enumerate().filter(|(_, status)| !status.is_final) {
            let leaves = self.transitions_from(status.id.as_str()).any(|t| t.to != status.id)
                || self.clocks.iter().any(|clock| clock.during.contains(&status.id) && clock.to != status.id);
            if !leaves {
                findings.push((
                    Place::In("statuses", index),
                    format!("nothing leads out of the status {}, which is not final", status.id),
                    "add a transition or a clock that leaves it, or declare it final = true".to_owned(),
                ));
            }
        }
    }

    fn find_unreachable(&self, findings: &mut Vec<Located>) {
        let mut reached = BTreeSet::from([&self.initial]);
        let mut frontier = vec![&self.initial];
        while let Some(at) = frontier.pop() {
            let by_step = self.transitions_from(at.as_str()).map(|transition| &transition.to);
            let by_clock = self.clocks.iter().filter(|clock| clock.during.contains(at)).map(|clock| &clock.to);
            frontier.extend(by_step.chain(by_clock).filter(|to| reached.insert(to)));
        }
        for (index, status) in self.statuses.iter().enumerate().filter(|(_, status)| !reached.contains(&status.id)) {
            findings.push((
                Place::In("statuses", index),
                format!("the status {} cannot be reached from {}", status.id, self.initial),
                "add a transition that leads to it, or remove it".to_owned(),
            ));
        }
    }

    /// Clocks that lead into one another without a step in between would fire for ever.
    fn find_endless_clocks(&self, findings: &mut Vec<Located>) {
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
                findings.push((
                    Place::In("clocks", index),
                    format!("the clock {} could fire for ever: clocks lead from {} back to {back}", clock.id, clock.to),
                    format!("take {back} out of its `while`, or put a transition in the clocks' place"),
                ));
            }
        }
    }
}
