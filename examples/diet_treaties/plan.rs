//! Turns a row into steps: the meaning of the list's columns in terms of the procedure
//! `diet-treaty-approval`.

use servanda::builtin::diet_treaty_approval as diet;
use servanda::{
    Day, Slug,
    procedure::{Calendar, Period},
};

use super::row::{Proceedings, Row};
use super::vocabulary::{Ended, House, OMITTED, SiteStatus, Turn};

/// How a treaty came into the session of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// The Cabinet submitted it in that session.
    Submitted,
    /// This house carried it over from that session, and now counts as the first (Diet Act, art.
    /// 83-5).
    CarriedOver { by: House, from: u32 },
    /// It is already before the houses in that session, and the row only adds a step. The second
    /// house rejected it; the flag says whether that was the lower house.
    Disputed { by_the_lower_house: bool },
    /// The list does not say.
    Unknown,
}

/// The steps of a row, in the order of the procedure.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The day of submission, in the row of the session in which the treaty was submitted.
    pub(crate) submitted: Option<Day>,
    pub(crate) steps: Vec<Step>,
    /// How the treaty comes into the session of its next row.
    pub(crate) next: Arrival,
    /// Entries that differ from the list, and why.
    pub(crate) remarks: Vec<String>,
    /// Data that the list should have but does not.
    pub(crate) oddities: Vec<String>,
    /// Whether the day of receipt, from which the thirty days are counted, is missing.
    pub(crate) no_receipt: bool,
}

/// An event on a day.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) on: Day,
    pub(crate) event: Event,
    /// The house in which it happened.
    pub(crate) house: House,
    pub(crate) note: String,
}

#[derive(Debug)]
pub(crate) enum Event {
    /// A step to a status.
    Step(Slug),
    /// An event that does not change the status.
    InAdvance(&'static str),
}

impl Plan {
    /// The plan of a row, or its faults if it contradicts itself.
    pub(crate) fn of(row: &Row, arrival: Arrival, calendar: &Calendar) -> Result<Self, Vec<String>> {
        let session = calendar.periods.iter().find(|period| period.number == row.listed);
        let mut faults: Vec<String> =
            session.into_iter().flat_map(|session| days_outside_session(row, session)).collect();
        if row.reports_disagreement() {
            return Self::of_disagreement(row, arrival, faults);
        }
        let Some((first, submitted)) = first_house_and_submission(row, arrival, &mut faults) else {
            return Err(faults);
        };
        acts_too_early(row, first, &mut faults);
        let mut plan = Self {
            submitted,
            steps: Vec::new(),
            next: Arrival::Unknown,
            remarks: Vec::new(),
            oddities: Vec::new(),
            no_receipt: false,
        };
        for (house, turn) in [(first, Turn::First), (first.other(), Turn::Second)] {
            plan.in_advance(house, row.of(house));
            plan.in_committee(house, turn, row.of(house));
            plan.in_plenary(row, house, turn, session, &mut faults);
        }
        acts_missing_for_status(row, &mut faults);
        if faults.is_empty() { Ok(plan) } else { Err(faults) }
    }

    /// The plan of a row that reports a failed conference: the decision of the lower house is that
    /// of the Diet (Constitution, arts. 60(2), 61).
    fn of_disagreement(row: &Row, arrival: Arrival, mut faults: Vec<String>) -> Result<Self, Vec<String>> {
        let on = row.of(House::Lower).voted;
        let (Some(on), Arrival::Disputed { by_the_lower_house }) = (on, arrival) else {
            faults.push("it reports that the houses disagree, but no row of its session has one house approve and the other reject".to_owned());
            return Err(faults);
        };
        let step =
            |to: Slug, note: &str| Step { on, event: Event::Step(to), house: House::Lower, note: note.to_owned() };
        let declared = "The House of Representatives' decision is the decision of the Diet. The record has the report that the \
                        conference of both houses failed.";
        let steps = match by_the_lower_house {
            true => vec![step(diet::REJECTED, declared)],
            false => vec![
                step(diet::CONFERENCE_FAILED, "The chair of the delegates reports that the houses disagree."),
                step(diet::APPROVED_AFTER_REJECTION, declared),
            ],
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            submitted: None,
            steps,
            next: Arrival::Unknown,
            remarks: Vec::new(),
            oddities: Vec::new(),
            no_receipt: false,
        })
    }

    /// Receipt and referral while the other house has the treaty do not change the status (Diet
    /// Act, art. 58).
    fn in_advance(&mut self, house: House, proceedings: &Proceedings) {
        let mut happened = |on: Option<Day>, title, note: String| {
            self.steps.extend(on.map(|on| Step { on, event: Event::InAdvance(title), house, note }));
        };
        happened(proceedings.received_in_advance, "Received for examination in advance", String::new());
        let committee = committee(&proceedings.committee_in_advance);
        happened(proceedings.referred_in_advance, "Referred to a committee in advance", committee);
    }

    fn in_committee(&mut self, house: House, turn: Turn, proceedings: &Proceedings) {
        let Proceedings { referred, reported, report, .. } = proceedings;
        let mut step = |on, to, note| self.steps.push(Step { on, event: Event::Step(to), house, note });
        if let Some(on) = *referred {
            step(on, house.referred(turn), committee(&proceedings.committee));
        }
        let note = match report {
            Some(Ended::Approved) => "For approval.",
            Some(Ended::Rejected) => "Against approval.",
            _ => "",
        };
        match (report, reported) {
            (Some(Ended::Withdrawn), Some(on)) => step(*on, diet::WITHDRAWN, "Allowed in committee.".to_owned()),
            (_, Some(on)) => step(*on, house.reported(turn), note.to_owned()),
            _ => {}
        }
    }

    fn in_plenary(&mut self, row: &Row, house: House, turn: Turn, session: Option<&Period>, faults: &mut Vec<String>) {
        let proceedings = row.of(house);
        let received = row.of(house.other()).received.filter(|_| turn == Turn::First);
        let mut note = votes(proceedings);
        let (to, on) = match (proceedings.vote, proceedings.voted) {
            (Some(Ended::Approved), Some(voted)) => {
                let on = received.unwrap_or(voted);
                if on > voted {
                    note = format!("The vote was on {voted}; received on {on}. {note}");
                }
                if turn == Turn::First && received.is_none() {
                    self.no_receipt = house == House::Lower;
                    note = format!(
                        "The record has no day of receipt by the other house; this is the day of the vote. {note}"
                    );
                    self.oddities.push(format!(
                        "{}_received is blank, although the treaty was passed and sent on",
                        house.other().prefix()
                    ));
                }
                (house.approved(turn), on)
            }
            (Some(Ended::Rejected), Some(voted)) => {
                if turn == Turn::Second {
                    self.next = Arrival::Disputed { by_the_lower_house: house == House::Lower };
                }
                (house.rejected(turn), voted)
            }
            (Some(Ended::Withdrawn), Some(voted)) => (diet::WITHDRAWN, voted),
            (Some(Ended::CarriedOver), voted) => {
                let Some(on) = voted.or(session.and_then(|session| session.closed)) else {
                    faults.push(format!(
                        "{} carried it over on an unrecorded day, and the closing day of session {} is unknown",
                        house.spoken(),
                        row.listed
                    ));
                    return;
                };
                if voted.is_none() {
                    note = "The day of the vote is not recorded. The step stands on the day on which the session closed, when it takes effect.".to_owned();
                    self.remarks.push(format!(
                        "carried over from session {} on an unrecorded day; entered on the closing day {on}",
                        row.listed
                    ));
                }
                self.next = Arrival::CarriedOver { by: house, from: row.listed };
                (house.carried_over(), on)
            }
            _ => return,
        };
        self.steps.push(Step { on, event: Event::Step(to), house, note: note.trim().to_owned() });
    }
}

/// The days of a row that are outside its session.
fn days_outside_session(row: &Row, session: &Period) -> Vec<String> {
    let within = |day: Day| session.convened <= day && session.closed.is_none_or(|closed| day <= closed);
    let sat = match session.closed {
        Some(closed) => format!("sat from {} to {closed}", session.convened),
        None => format!("convened on {}", session.convened),
    };
    row.days()
        .filter(|(_, day)| !within(*day))
        .map(|(column, day)| format!("{column} ({day}) is outside session {}, which {sat}", session.number))
        .collect()
}

/// The house that has the treaty first, and the day of submission if it was submitted in this
/// session.
fn first_house_and_submission(row: &Row, arrival: Arrival, faults: &mut Vec<String>) -> Option<(House, Option<Day>)> {
    match arrival {
        Arrival::CarriedOver { by, from } if row.listed == from.saturating_add(1) => return Some((by, None)),
        Arrival::CarriedOver { from, .. } => {
            let listed = row.listed;
            faults.push(format!(
                "it was carried over from session {from} into the next one, but no row says how it came into session {listed}"
            ));
            return None;
        }
        Arrival::Submitted if row.listed == row.submitted => {}
        Arrival::Submitted => {
            let (submitted, listed) = (row.submitted, row.listed);
            faults.push(format!("it was submitted to session {submitted}, but no row of that session can be used, so it is unknown how it came into session {listed}"));
            return None;
        }
        Arrival::Disputed { .. } | Arrival::Unknown => {
            faults.push(format!(
                "it is listed in session {}, but no row says that it was carried over into that session",
                row.listed
            ));
            return None;
        }
    }
    let Some(first) = first_house(row) else {
        faults.push("it is unknown which house had it first: both or neither received it in advance, and the days of receipt do not decide".to_owned());
        return None;
    };
    match row.of(first).received {
        Some(day) => Some((first, Some(day))),
        None => {
            let column = format!("{}_received", first.prefix());
            faults.push(format!(
                "{} had it first, but {column} is blank, so the day of submission is unknown",
                first.spoken()
            ));
            None
        }
    }
}

/// Finds the house that has the treaty first. A house that received it in advance is the second
/// one. If neither did, the house with the earlier receipt is first; on the same day, the house
/// that passed the treaty on that day.
fn first_house(row: &Row) -> Option<House> {
    let in_advance = House::BOTH.map(|house| row.of(house).received_in_advance.is_some());
    match in_advance {
        [true, false] => return Some(House::Upper),
        [false, true] => return Some(House::Lower),
        [true, true] => return None,
        [false, false] => {}
    }
    match House::BOTH.map(|house| row.of(house).received) {
        [Some(_), None] => Some(House::Lower),
        [None, Some(_)] => Some(House::Upper),
        [Some(lower), Some(upper)] if lower < upper => Some(House::Lower),
        [Some(lower), Some(upper)] if upper < lower => Some(House::Upper),
        [Some(day), Some(_)] => {
            let passed_at_once =
                |house: &House| row.of(*house).vote == Some(Ended::Approved) && row.of(*house).voted == Some(day);
            let mut first = House::BOTH.into_iter().filter(passed_at_once);
            let only = first.next()?;
            first.next().is_none().then_some(only)
        }
        [None, None] => None,
    }
}

/// Finds acts of the second house on a treaty that the first house has not passed, or not yet.
fn acts_too_early(row: &Row, first: House, faults: &mut Vec<String>) {
    let (has, second) = (row.of(first), first.other());
    let passed = has.voted.filter(|_| has.vote == Some(Ended::Approved));
    let in_advance = |column: &String| column.contains("_prelim_");
    for (column, day) in row.of(second).days(second).filter(|(column, _)| !in_advance(column)) {
        match passed {
            None => faults.push(format!("{column} is {day}, but {} has not passed the treaty", first.spoken())),
            Some(voted) if day < voted => {
                faults.push(format!("{column} ({day}) is before {} passed the treaty, on {voted}", first.spoken()));
            }
            Some(_) => {}
        }
    }
    if passed.is_none() && row.of(second).vote == Some(Ended::CarriedOver) {
        faults.push(format!("{} carried it over, but {} has not passed it", second.spoken(), first.spoken()));
    }
}

/// Finds a final status that names an act, such as a withdrawal, without that act in the columns.
fn acts_missing_for_status(row: &Row, faults: &mut Vec<String>) {
    let did = |house: House, ended: Ended| [row.of(house).vote, row.of(house).report].contains(&Some(ended));
    match row.status {
        Some(SiteStatus::CarriedOver(house)) if !did(house, Ended::CarriedOver) => faults.push(format!(
            "status_ja says that {} carried it over, but {}_plenary_result does not",
            house.spoken(),
            house.prefix()
        )),
        Some(SiteStatus::Withdrawn) if !House::BOTH.into_iter().any(|house| did(house, Ended::Withdrawn)) => {
            faults.push("status_ja says that it was withdrawn, but no column says when".to_owned());
        }
        _ => {}
    }
}

fn committee(name: &str) -> String {
    match name {
        "" => String::new(),
        OMITTED => format!("Examination in committee was omitted ({OMITTED})."),
        name => format!("Committee: {name}."),
    }
}

/// The vote, as far as the record has it.
fn votes(proceedings: &Proceedings) -> String {
    let Proceedings { attitude, for_it, against, committee: name, referred, .. } = proceedings;
    // An omitted examination in committee has no step of its own, so it is noted here.
    let omitted = if name == OMITTED && referred.is_none() { committee(name) } else { String::new() };
    let vote = match attitude.as_str() {
        "" => String::new(),
        "全会一致" => "Unanimous (全会一致).".to_owned(),
        "多数" => "By a majority (多数).".to_owned(),
        "少数" => "A minority was for it (少数).".to_owned(),
        word => format!("Vote: {word}."),
    };
    let side = |name: &str, groups: &str| if groups.is_empty() { String::new() } else { format!("{name}: {groups}.") };
    let parts = [omitted, vote, side("For", for_it), side("Against", against)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
