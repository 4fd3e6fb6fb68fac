//! Every transition of every built-in procedure is taken, and every other step is refused.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, commitment, day, source};
use servanda_core::{
    Advance, Clock, Day, Error, FactBuilder, Obligation, Procedure, Slug, Status, Transition, builtin,
};

/// The day on which a commitment opens, in the 183rd session of the Diet.
const STOOD: &str = "2013-03-01";
/// The next day, on which a step is taken.
const STEPPED: &str = "2013-03-02";

/// A ledger with a commitment that opens at a status.
fn at(procedure: &Procedure, status: &Status) -> Desk {
    let mut desk = Desk::default();
    let commitment = commitment(common::COMMITMENT, procedure, Obligation::Conduct);
    let opened = commitment.opening(&status.id, day(STOOD), vec![source()]);
    desk.append(procedure.clocks.iter().fold(opened, |opened, clock| opened.clock_not_started(&clock.id)));
    desk
}

/// A step to a status, with this many sources, taken by this party.
fn step(to: &Slug, sources: u32, by: Option<&Slug>) -> FactBuilder<Advance> {
    let step = Advance::builder(common::COMMITMENT, to).on(STEPPED);
    let step = (0..sources).fold(step, |step, _| step.citing(source()));
    by.into_iter().fold(step, |step, by| step.by(by.as_str()))
}

fn pairs(procedure: &Procedure) -> impl Iterator<Item = (&Transition, &Status)> {
    procedure.transitions.iter().flat_map(move |transition| {
        transition.from.iter().map(move |from| (transition, procedure.status(from.as_str()).unwrap()))
    })
}

#[test]
fn the_built_in_procedures_declare_the_expected_number_of_transitions() {
    let found: Vec<_> =
        builtin::procedures().into_iter().map(|procedure| (procedure.id.as_str(), pairs(procedure).count())).collect();
    let expected = [
        ("action", 19),
        ("base-realignment", 117),
        ("diet-treaty-approval", 110),
        ("pledge", 72),
        ("position", 5),
        ("trade-agreement", 43),
    ];
    assert_eq!(expected.to_vec(), found);
}

#[test]
fn every_transition_can_be_taken() {
    for procedure in builtin::procedures() {
        for (transition, from) in pairs(procedure) {
            let mut desk = at(procedure, from);
            let entry = desk.append(step(&transition.to, transition.sources, transition.taken_by.first()));
            let standing = desk.standing(STEPPED);
            let taken = standing.history.last().unwrap();
            let found = (
                standing.status.as_ref(),
                standing.since,
                standing.phase,
                standing.presumed,
                standing.conflicts.as_slice(),
                taken.entry,
                taken.basis.as_ref(),
                standing.history.iter().map(|step| step.status.as_str()).collect::<Vec<_>>(),
            );
            let to = procedure.status(transition.to.as_str()).unwrap();
            let expected = (
                Some(&to.id),
                Some(day(STEPPED).into()),
                Some(to.phase),
                false,
                [].as_slice(),
                Some(entry),
                Some(&transition.basis),
                vec![from.id.as_str(), to.id.as_str()],
            );
            assert_eq!(expected, found, "{}: from {} to {}", procedure.id, from.id, to.id);
        }
    }
}

#[test]
fn the_next_steps_are_the_transitions_that_the_procedure_declares() {
    for procedure in builtin::procedures() {
        for status in &procedure.statuses {
            let next = at(procedure, status).standing(STEPPED).next;
            let found: Vec<_> = next.iter().map(|next| (&next.to, next.sources, next.reopening, &next.basis)).collect();
            let declared = procedure.transitions_from(status.id.as_str());
            let expected: Vec<_> = declared.map(|t| (&t.to, t.sources, t.reopening, &t.basis)).collect();
            assert_eq!(expected, found, "{}: from {}", procedure.id, status.id);
        }
    }
}

/// The day on which a clock of a built-in procedure is due that started on the first day.
fn due_of(clock: &Clock) -> Option<Day> {
    match clock.id.as_str() {
        "thirty-days" => Some(day("2013-03-31")),
        // The 183rd session of the Diet closed on this day, and the 184th in August.
        "close-of-session" => Some(day("2013-06-26")),
        "close-of-next-session" => Some(day("2013-08-07")),
        // The session did not end by dissolution, and no commitment here sets the rule of a clock.
        _ => None,
    }
}

#[test]
fn every_step_that_is_not_declared_is_refused() {
    for procedure in builtin::procedures() {
        let mut refused = 0;
        for from in &procedure.statuses {
            let mut desk = at(procedure, from);
            let digest = desk.ledger.digest();
            let mut allowed: Vec<Slug> =
                procedure.transitions_from(from.id.as_str()).map(|transition| transition.to.clone()).collect();
            allowed.sort();
            let before = refused;
            for to in procedure.statuses.iter().filter(|to| !allowed.contains(&to.id)) {
                let (commitment, on) = (common::COMMITMENT.parse().unwrap(), day(STEPPED).into());
                let runs = |clock: &&Clock| {
                    clock.to == to.id && clock.during.contains(&from.id) && clock.starts.contains(&from.id)
                };
                let running = procedure.clocks.iter().filter(runs).find_map(|clock| Some((clock, due_of(clock)?)));
                let expected = match running {
                    Some((clock, due)) => {
                        Error::ClockNotDue { commitment, to: to.id.clone(), on, clock: clock.id.clone(), due }
                    }
                    None => Error::IllegalStep {
                        commitment,
                        to: to.id.clone(),
                        on,
                        from: from.id.clone(),
                        since: day(STOOD).into(),
                        presumed: false,
                        allowed: allowed.clone(),
                    },
                };
                assert_eq!(desk.try_append(step(&to.id, 9, None)).unwrap_err(), expected);
                assert_eq!(
                    desk.ledger.view_on(STEPPED).unwrap().why_not(common::COMMITMENT, to.id.as_str()).unwrap(),
                    Some(expected)
                );
                refused += 1;
            }
            assert!(refused > before, "{}: from {} everything is allowed", procedure.id, from.id);
            assert_eq!(desk.ledger.digest(), digest);
        }
        let every = procedure.statuses.len().pow(2);
        assert_eq!(refused + pairs(procedure).count(), every, "{}", procedure.id);
    }
}

#[test]
fn a_transition_that_needs_sources_is_refused_without_them() {
    let mut needing = Vec::new();
    for procedure in builtin::procedures() {
        for (transition, from) in pairs(procedure).filter(|(transition, _)| transition.sources > 0) {
            let given = transition.sources - 1;
            let expected = Error::MissingSources {
                commitment: common::COMMITMENT.parse().unwrap(),
                to: transition.to.clone(),
                on: day(STEPPED).into(),
                needed: transition.sources,
                given,
            };
            let refused = at(procedure, from).try_append(step(&transition.to, given, None)).unwrap_err();
            assert_eq!(refused, expected);
            needing.push(format!("{}: {} to {}", procedure.id, from.id, transition.to));
        }
    }
    let some = ["action: stalled to not-done", "position: holding to changed", "position: holding to given-up"];
    assert!(some.iter().all(|pair| needing.iter().any(|found| found == pair)), "{needing:#?}");
}

#[test]
fn a_transition_reserved_for_certain_parties_is_refused_to_others() {
    // No built-in procedure names parties, so the test adds them to a copy of one.
    let mut procedure = builtin::position().clone();
    procedure.version = 2;
    for transition in &mut procedure.transitions {
        transition.taken_by = vec!["us".parse().unwrap(), "jp".parse().unwrap()];
    }
    assert!(builtin::procedures().iter().all(|p| p.transitions.iter().all(|t| t.taken_by.is_empty())));
    for (transition, from) in pairs(&procedure) {
        let mut desk = Desk::default();
        desk.append(procedure.clone());
        let commitment = commitment(common::COMMITMENT, &procedure, Obligation::Position);
        desk.append(commitment.opening(&from.id, day(STOOD), []));
        for given in [None, Some("fr".parse::<Slug>().unwrap())] {
            let expected = Error::WrongParty {
                commitment: common::COMMITMENT.parse().unwrap(),
                to: transition.to.clone(),
                on: day(STEPPED).into(),
                allowed: transition.taken_by.clone(),
                given: given.clone(),
            };
            let refused = desk.try_append(step(&transition.to, transition.sources, given.as_ref())).unwrap_err();
            assert_eq!(refused, expected);
        }
        desk.append(step(&transition.to, transition.sources, transition.taken_by.last()));
        let taken = desk.standing(STEPPED).history.pop().unwrap();
        assert_eq!((taken.status, taken.by), (transition.to.clone(), transition.taken_by.last().cloned()));
    }
}

#[test]
fn an_entry_that_repeats_a_status_on_its_day_adds_no_step() {
    for procedure in builtin::procedures() {
        for status in &procedure.statuses {
            let mut desk = at(procedure, status);
            let again = desk.append(Advance::builder(common::COMMITMENT, &status.id).on(STOOD));
            let history = desk.standing(STEPPED).history;
            let found: Vec<_> = history.iter().map(|step| (&step.status, step.further_entries.as_slice())).collect();
            assert_eq!(vec![(&status.id, [again].as_slice())], found, "{}", procedure.id);
        }
    }
}
