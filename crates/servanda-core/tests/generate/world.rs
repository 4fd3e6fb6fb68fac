//! A simulated world of three people who record on three devices.
//!
//! They merge from time to time, make mistakes, and receive entries from other programs.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use servanda_core::{
    Advance, Amend, Assign, Attest, Batch, Cite, ClockRule, Commitment, Date, Deposit, Entry, EntryId, EntryIntoForce,
    Fact, FactBuilder, Identifier, Ledger, Link, Measure, Moment, Obligation, Party, Procedure, Relation, Remark,
    Repin, Reschedule, Result, Retract, Rule, Slug, Topic, Unassign,
};

use super::sealing::{at, entry_about, seal};
use super::{calendar, day, lines_of, merged, procedure, source};

pub(crate) const COMMITMENTS: [&str; 3] = ["jp/visit", "jp/visit/agenda", "us/stance"];
const RECORDERS: [&str; 3] = ["desk", "phone", "archive"];
/// By how many seconds the clock of each device is wrong.
const SKEW: [i64; 3] = [0, -7_200, 1_800];

/// One action in the simulated world. Each kind of action uses `number` and `day` in its own way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Action {
    pub(crate) kind: ActionKind,
    pub(crate) device: usize,
    pub(crate) commitment: usize,
    pub(crate) day: u32,
    pub(crate) number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActionKind {
    /// A step that the view offers, on a day after all recorded days.
    Legal,
    /// A step to any status on any day.
    Step,
    /// A step that is dated only by month or year.
    Roughly,
    /// A step that is stated to come after another one of the same day.
    After,
    /// A step that is already on the ledger.
    Again,
    Remark,
    Cite,
    Attest,
    Reschedule,
    Assign,
    Unassign,
    Measure,
    Repin,
    Deposit,
    Amend,
    Link,
    Retract,
    /// Two steps in one batch.
    Steps,
    /// Facts about two commitments and a party in one batch.
    Mixed,
    Calendar,
    /// Only a part of a batch arrives.
    HalfBatch,
    /// A device merges the entries of another one.
    Sync,
    /// An unchecked step arrives from another program, recorded at any time.
    Foreign,
    /// A retraction arrives from another program.
    ForeignRetraction,
    /// A citation arrives from another program.
    ///
    /// It may have been recorded before the entry for which it cites sources.
    ForeignCite,
    /// A rival registration arrives from another program.
    Rival,
    /// A fact of an unknown kind.
    UnknownKind,
    /// A known fact with fields of a later version.
    UnknownField,
    /// An entry that claims a position in a batch to which it does not belong.
    Forged,
}

impl ActionKind {
    const WEIGHTED: [(u32, Self); 29] = [
        (14, Self::Legal),
        (6, Self::Step),
        (2, Self::Roughly),
        (2, Self::After),
        (2, Self::Again),
        (2, Self::Remark),
        (2, Self::Cite),
        (2, Self::Attest),
        (1, Self::Reschedule),
        (2, Self::Assign),
        (1, Self::Unassign),
        (1, Self::Measure),
        (2, Self::Repin),
        (3, Self::Deposit),
        (2, Self::Amend),
        (1, Self::Link),
        (3, Self::Retract),
        (3, Self::Steps),
        (2, Self::Mixed),
        (1, Self::Calendar),
        (2, Self::HalfBatch),
        (4, Self::Sync),
        (3, Self::Foreign),
        (1, Self::ForeignRetraction),
        (1, Self::ForeignCite),
        (1, Self::Rival),
        (1, Self::UnknownKind),
        (2, Self::UnknownField),
        (1, Self::Forged),
    ];

    /// Whether the action only adds entries: it retracts nothing, and changes no calendar.
    pub(crate) fn only_adds(self) -> bool {
        !matches!(self, Self::Retract | Self::ForeignRetraction | Self::Calendar)
    }

    /// Whether the action is an append, which may be refused.
    pub(crate) fn appends(self) -> bool {
        use ActionKind::{
            Foreign, ForeignCite, ForeignRetraction, Forged, HalfBatch, Rival, Sync, UnknownField, UnknownKind,
        };
        !matches!(
            self,
            Foreign | ForeignCite | ForeignRetraction | Forged | HalfBatch | Rival | Sync | UnknownField | UnknownKind
        )
    }
}

pub(crate) fn action() -> impl Strategy<Value = Action> {
    let kind =
        prop::strategy::Union::new_weighted(ActionKind::WEIGHTED.map(|(w, kind)| (w, Just(kind).boxed())).to_vec());
    (kind, 0..3_usize, 0..3_usize, 0..200_u32, any::<u8>()).prop_map(|(kind, device, commitment, day, number)| Action {
        kind,
        device,
        commitment,
        day,
        number,
    })
}

pub(crate) fn actions(most: usize) -> impl Strategy<Value = Vec<Action>> {
    vec(action(), 0..=most)
}

/// Worlds after at most `most` actions.
pub(crate) fn worlds(most: usize) -> impl Strategy<Value = World> {
    (procedure("first"), procedure("second"), actions(most)).prop_map(|(first, second, actions)| {
        let mut world = World::start(&first, &second);
        actions.iter().for_each(|action| drop(world.perform(action)));
        world
    })
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) devices: [Ledger; 3],
    seconds: i64,
}

/// Shows the lines of each device, so that a failing case can be read.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        RECORDERS.iter().zip(&self.devices).try_for_each(|(who, ledger)| write!(f, "\n{who}:\n{}", lines_of(ledger)))
    }
}

fn commitments(first: &Procedure, second: &Procedure) -> [Commitment; 3] {
    let [visit, agenda, stance] = COMMITMENTS;
    let given = |id: &str, procedure: &Procedure, obligation| {
        let commitment = Commitment::builder(id, "Made up").procedure(procedure).by("jp").made(day(10));
        commitment.obligation(obligation).words("will", source(0)).to("us").target("200", "visits")
    };
    let last = second.statuses.iter().rfind(|status| !status.is_final).unwrap();
    let mut agenda =
        given(agenda, second, Obligation::Consideration).opening(&last.id, day(5), [source(1)]).part_of(visit);
    for (clock, n) in second.clocks.iter().filter(|clock| clock.rule == Rule::SetByCommitment).zip(1..) {
        let deposits = (n % 2 == 0).then_some(n);
        let rule = Rule::Months { count: n };
        let mut plain = ClockRule::new("Article 9", rule).unwrap();
        plain.deposits = deposits;
        let in_full = second.statuses.len().is_multiple_of(2);
        let given = if in_full { ClockRule::from(&treaty(n)) } else { plain };
        agenda = agenda.rule(&clock.id, given);
    }
    let visit = given(visit, first, Obligation::Result)
        .deadline("2001-04")
        .responsible_as("b0", "lead")
        .responsible("b1")
        .identifier("made-up", "=0_A")
        .language("en")
        .title_in("ja", "作り話")
        .words_language("en")
        .translation("de-ch", "wird");
    [visit, agenda, given(stance, first, Obligation::Conduct)].map(|builder| builder.build().unwrap())
}

/// A treaty that enters into force `months` months after the second deposit.
///
/// For a later party it enters into force one month after its own deposit.
fn treaty(months: u32) -> EntryIntoForce {
    let text = format!(
        "id = 'treaty'\ntitle = {{ en = 'A treaty' }}\n[[general]]\nbasis = 'Article 9(1)'\ndeposits = 2\n\
         rule = {{ months = {{ count = {months} }} }}\n[later]\nbasis = 'Article 9(2)'\nrule = {{ months = {{ count = 1 }} }}\n"
    );
    EntryIntoForce::from_toml("treaty.toml", &text).unwrap()
}

impl World {
    /// A world in which all devices have the same definitions and registrations.
    pub(crate) fn start(first: &Procedure, second: &Procedure) -> Self {
        let mut world = Self { devices: Default::default(), seconds: 10_000 };
        let setup = Batch::new().and(first.clone()).and(second.clone()).and(calendar(0));
        let ledger = &mut world.devices[0];
        ledger.append(setup, &"desk".parse().unwrap(), at(0)).unwrap();
        for commitment in commitments(first, second) {
            ledger.append(commitment, &"desk".parse().unwrap(), at(1)).unwrap();
        }
        world.devices = [ledger.clone(), ledger.clone(), ledger.clone()];
        world
    }

    pub(crate) fn all(&self) -> Ledger {
        merged(&self.devices.each_ref())
    }

    /// The time on the clock of a device, ten minutes after the last action.
    pub(crate) fn now(&mut self, device: usize) -> Moment {
        self.seconds += 600;
        at(self.seconds + SKEW[device])
    }

    /// Performs the action, and returns the result of an append.
    ///
    /// Returns `None` if the action is not an append or has no target.
    pub(crate) fn perform(&mut self, action: &Action) -> Option<Result<Vec<EntryId>>> {
        let now = self.now(action.device);
        if action.kind == ActionKind::Sync {
            let other = self.devices[(action.device + 1 + usize::from(action.number) % 2) % 3].clone();
            self.devices[action.device].merge(&other);
            return None;
        }
        if action.kind.appends() {
            let batch = self.batch(action)?;
            return Some(self.devices[action.device].append(batch, &RECORDERS[action.device].parse().unwrap(), now));
        }
        let entries = self.foreign(action, now).unwrap_or_default();
        self.devices[action.device].merge_entries(entries);
        None
    }

    /// The batch that an action appends. `None` if it has no target.
    pub(crate) fn batch(&self, action: &Action) -> Option<Batch> {
        let Action { kind, device, commitment, day: n, number } = *action;
        let ledger = &self.devices[device];
        let id = COMMITMENTS[commitment];
        let entries = entries_about(ledger, id);
        let picked = || pick(&entries, number);
        let steps: Vec<&Entry> =
            entries.iter().copied().filter(|entry| matches!(entry.fact(), Fact::Advance(_))).collect();
        let to = |number: u8| format!("s{}", number % 7);
        let cited = |draft: FactBuilder<Advance>| draft.by("jp").citing(source(1)).citing(source(2));
        Some(match kind {
            ActionKind::Legal => {
                let (to, on) = legal_step(ledger, id, n, number)?;
                cited(Advance::builder(id, to).on(on)).into()
            }
            ActionKind::Step => {
                let step = Advance::builder(id, to(number)).on(day(n));
                if number < 200 { cited(step).into() } else { step.into() }
            }
            ActionKind::Roughly => {
                let on = if number % 4 == 0 { "2001".to_owned() } else { format!("2001-{:02}", n % 7 + 1) };
                cited(Advance::builder(id, to(number)).on(on.as_str())).into()
            }
            ActionKind::After => {
                let earlier = pick(&steps, number)?;
                cited(Advance::builder(id, to(number / 3)).on(earlier.on()?).after(earlier.id())).into()
            }
            ActionKind::Again => {
                let earlier = pick(&steps, number)?;
                let Fact::Advance(advance) = earlier.fact() else { return None };
                Advance::builder(id, &advance.to).on(earlier.on()?).citing(source(number)).into()
            }
            ActionKind::Remark => Remark::builder(id, "A referendum").on(day(n)).noting("It moves nothing").into(),
            ActionKind::Cite => Cite::builder(id, picked()?.id()).citing(source(number)).into(),
            ActionKind::Attest => Attest::builder(id).on(day(n)).into(),
            ActionKind::Reschedule => Reschedule::builder(id, day(n + u32::from(number))).on(day(n)).into(),
            ActionKind::Assign => {
                let assign = Assign::builder(id, format!("b{}", number % 3));
                let assign = if number % 2 == 0 { assign.role("lead") } else { assign };
                match number % 5 {
                    0 => assign.on(day(n)).until(day(n + u32::from(number) + 1)).into(),
                    1 => assign.on(format!("2001-{:02}", n % 7 + 1).as_str()).into(),
                    _ => assign.on(day(n)).into(),
                }
            }
            ActionKind::Unassign => {
                let unassign = Unassign::builder(id, format!("b{}", number % 3));
                let on = if number % 4 == 0 { format!("2001-{:02}", n % 7 + 1) } else { day(n).to_string() };
                unassign.on(on.as_str()).into()
            }
            ActionKind::Measure => {
                let on = if number % 4 == 0 { format!("2001-{:02}", n % 7 + 1) } else { day(n).to_string() };
                Measure::builder(id, number.to_string().as_str()).on(on.as_str()).into()
            }
            ActionKind::Repin => {
                let procedures = ledger.view_on(day(0)).unwrap().procedures();
                let procedure = &procedures[usize::from(number) % procedures.len()];
                let repin = Repin::builder(id, procedure.reference(), "A reform");
                if number % 3 == 0 { repin.into() } else { repin.status(to(number / 3), to(number / 21)).into() }
            }
            ActionKind::Deposit => {
                Deposit::builder(id, format!("p{}", number % 4)).instrument("acceptance").on(day(n)).into()
            }
            ActionKind::Amend if number % 5 == 0 => Amend::builder(id).title(format!("Title {number}")).into(),
            ActionKind::Amend if number % 5 == 1 => Amend::builder(id).topics([format!("topic-{number}")]).into(),
            ActionKind::Amend if number % 5 == 2 => {
                Amend::builder(id).language("en").title_in("ja", format!("題 {number}")).into()
            }
            ActionKind::Amend if number % 5 == 3 => {
                // Some of them are those of other commitments.
                let identifiers =
                    (0..number % 3).map(|n| Identifier::new("made-up", &format!("{}", (number / 3 + n) % 8)));
                Amend::builder(id).identifiers(identifiers.map(Result::unwrap).collect()).into()
            }
            ActionKind::Amend => Amend::builder(id).note_of(picked()?.id(), format!("Note {number}")).into(),
            ActionKind::Link => {
                let relation = Relation::ALL[usize::from(number / 3) % Relation::ALL.len()];
                let link = Link::builder(id, relation, COMMITMENTS[usize::from(number) % 3]);
                if number % 2 == 0 { link.on(day(n)).into() } else { link.into() }
            }
            ActionKind::Retract => Retract::builder(id, picked()?.id(), "It was a mistake").into(),
            ActionKind::Steps => {
                let (first, on) = legal_step(ledger, id, n, number)?;
                let later = on.plus_days(u32::from(number % 5))?;
                let second = cited(Advance::builder(id, to(number / 7)).on(later));
                Batch::new().and(cited(Advance::builder(id, first).on(on))).and(second)
            }
            ActionKind::Mixed => {
                let (first, on) = legal_step(ledger, id, n, number)?;
                let other = COMMITMENTS[(commitment + 1) % 3];
                let elsewhere = cited(Advance::builder(other, to(number)).on(day(n)));
                // An importer may state that the entries of a batch were recorded hours apart.
                let late = at(self.seconds + 2 * 7_200);
                let elsewhere = if number % 2 == 0 { elsewhere } else { elsewhere.recorded_at(late) };
                Batch::new()
                    .and(cited(Advance::builder(id, first).on(on)))
                    .and(Remark::builder(other, "Elsewhere").on(day(n)))
                    .and(elsewhere)
                    .and(Party::new("jp", "en", &format!("Japan {number}")).unwrap())
                    .and(Topic::new("topic-1", "ja", &format!("題目 {number}")).unwrap())
            }
            ActionKind::Calendar => calendar(number % 2 + 1).into(),
            _ => return None,
        })
    }

    /// The entries that arrive from another program. `None` if the action has no target.
    fn foreign(&self, action: &Action, now: Moment) -> Option<Vec<Entry>> {
        let Action { kind, device, commitment, day: n, number } = *action;
        let ledger = &self.devices[device];
        let id = COMMITMENTS[commitment];
        let entries = entries_about(ledger, id);
        // Half of them were recorded long ago and are merged only now.
        let recorded_at = if number % 2 == 0 { at(i64::from(n) * 37 + i64::from(number)) } else { now };
        let sealed = |fact, on: Option<&str>| seal(entry_about(id, fact, on, recorded_at, "elsewhere"));
        let on = day(n).to_string();
        let to = format!("s{}", number % 7);
        Some(match kind {
            ActionKind::Foreign => {
                vec![sealed(json!({ "advance": { "sources": [source(1), source(2)], "to": to } }), Some(&on))]
            }
            ActionKind::ForeignRetraction => {
                let entry = pick(&entries, number)?.id();
                vec![sealed(json!({ "retract": { "entry": entry, "reason": "Not so" } }), None)]
            }
            ActionKind::ForeignCite => {
                let cite = json!({ "cite": { "entry": pick(&entries, number)?.id(), "sources": [source(number)] } });
                vec![sealed(cite, None)]
            }
            ActionKind::Rival => {
                let Fact::Register(held) = entries.iter().find(|e| matches!(e.fact(), Fact::Register(_)))?.fact()
                else {
                    return None;
                };
                let mut register = serde_json::to_value(held).unwrap();
                if number % 3 > 0 {
                    register["title"] = json!(format!("Rival {number}"));
                }
                vec![sealed(json!({ "register": register }), None)]
            }
            ActionKind::UnknownKind => {
                let on = (number % 4 > 0).then_some(on.as_str());
                vec![sealed(json!({ "suspend": { "until": "2040", "x": [n, null, true] } }), on)]
            }
            ActionKind::UnknownField => {
                let fact =
                    json!({ "advance": { "certainty": { "of": n }, "sources": [source(1), source(2)], "to": to } });
                let mut entry = entry_about(id, fact, Some(&on), recorded_at, "elsewhere");
                entry["x-checked-by"] = json!([number]);
                vec![seal(entry)]
            }
            ActionKind::HalfBatch => {
                let steps = self.batch(&Action { kind: ActionKind::Mixed, ..*action })?;
                let mut prepared = ledger.prepare(steps, &"elsewhere".parse::<Slug>().unwrap(), now).ok()?;
                prepared.remove(usize::from(number) % prepared.len());
                prepared
            }
            ActionKind::Forged => {
                // It claims the position of an existing entry, which may be the last one, whose
                // hashes cover the whole batch.
                let mark = ledger
                    .entries()
                    .filter_map(Entry::batch)
                    .nth(usize::from(number))
                    .or_else(|| ledger.entries().filter_map(Entry::batch).last())?;
                let fact = json!({ "advance": { "to": to } });
                let mut entry = entry_about(id, fact, Some(&on), now, "forger");
                entry["batch"] = serde_json::to_value(mark).unwrap();
                vec![seal(entry)]
            }
            _ => return None,
        })
    }
}

fn entries_about<'a>(ledger: &'a Ledger, id: &str) -> Vec<&'a Entry> {
    ledger.entries().filter(|entry| entry.commitment().is_some_and(|about| about == id)).collect()
}

fn pick<'a>(entries: &[&'a Entry], number: u8) -> Option<&'a Entry> {
    // The number counts from the newest entry, so recent entries are picked most often.
    entries.get(entries.len().checked_sub(1 + usize::from(number) % entries.len().max(1))?).copied()
}

/// A step that a view offers, on a day after all recorded days.
pub(crate) fn legal_step(ledger: &Ledger, id: &str, n: u32, number: u8) -> Option<(Slug, servanda_core::Day)> {
    let last = entries_about(ledger, id).into_iter().filter_map(Entry::day).max().unwrap_or(day(10)).max(day(10));
    let on = last.plus_days(1 + n % 12)?;
    let next = ledger.view_on(on).unwrap().standing(id).ok()?.next;
    let step = next.get(usize::from(number) % next.len().max(1))?;
    Some((step.to.clone(), on))
}
