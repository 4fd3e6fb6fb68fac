use arbitrary::{Result, Unstructured};
use servanda::{
    Advance, Batch, Commitment, Day, Deadline, Ledger, Moment, Obligation, Party, Remark, Slug, Source, builtin,
    facts::{
        Amend, Assign, Attest, Cite, Deposit, FactBuilder, Link, Measure, Relation, Repin, Reschedule, Retract,
        Unassign, Words,
    },
    value::EntryId,
};

use super::{check_error, ledger};

/// The input is read as choices: two people record about three commitments, each on their own
/// device, and sync from time to time. An append succeeds exactly if its check passes, and its
/// entries are no conflicts; a refused append changes nothing. The merged ledger obeys the laws of
/// ledgers.
pub fn history(data: &[u8]) {
    let mut world = World::new();
    let mut choices = Unstructured::new(data);
    for _ in 0..MAX_ACTIONS {
        if choices.is_empty() || world.act(&mut choices).is_err() {
            break;
        }
    }
    let [one, other] = &mut world.devices;
    one.merge(other);
    let mut lines = Vec::new();
    one.write(&mut lines).expect("writing to a vector cannot fail");
    ledger(&lines);
}

const MAX_ACTIONS: usize = 24;
const COMMITMENTS: [&str; 3] = ["jp/visit", "jp/treaty", "us/stance"];

struct World {
    devices: [Ledger; 2],
    /// The seconds since the start.
    seconds: i64,
}

impl World {
    /// One device has the commitments, and the other one is empty.
    fn new() -> Self {
        let mut world = Self { devices: [Ledger::new(), Ledger::new()], seconds: 0 };
        let procedures = [builtin::action(), builtin::diet_treaty_approval(), builtin::position()];
        let obligations = [Obligation::Result, Obligation::Consideration, Obligation::Position];
        for ((id, procedure), obligation) in COMMITMENTS.into_iter().zip(procedures).zip(obligations) {
            let words = Words::new("will", source(0)).expect("words");
            let commitment = Commitment::builder(id, "A word given").procedure(procedure).by("jp").made(day(17));
            world.append(0, commitment.obligation(obligation).words(words.text, words.source).target("200", "visits"));
        }
        assert_eq!(
            world.devices[0].view_on(day(17)).unwrap().standings(&servanda::Filter::default()).len(),
            COMMITMENTS.len()
        );
        world
    }

    fn act(&mut self, choices: &mut Unstructured<'_>) -> Result<()> {
        let device = usize::from(choices.ratio(1, 4)?);
        match choices.int_in_range(0..=17)? {
            0 => {
                let [one, other] = &mut self.devices;
                let (from, to) = if device == 0 { (one, other) } else { (other, one) };
                to.merge(from);
            }
            1 => {
                let batch = Batch::new().and(self.fact(device, choices)?).and(self.fact(device, choices)?);
                self.append(device, batch);
            }
            2 => self.append(device, Party::new("jp", "en", "Japan").expect("a party")),
            _ => {
                let fact = self.fact(device, choices)?;
                self.append(device, fact);
            }
        }
        Ok(())
    }

    fn fact(&self, device: usize, choices: &mut Unstructured<'_>) -> Result<Batch> {
        let ledger = &self.devices[device];
        let about = *choices.choose(&COMMITMENTS)?;
        let on = day(u32::from(choices.arbitrary::<u16>()?) % 1500);
        let kind = choices.int_in_range(0..=17)?;
        let number = choices.arbitrary::<u8>()?;
        let entry = entry(ledger, number);
        Ok(match kind {
            0..=4 => match ledger.view_on(on).unwrap().standing(about) {
                Ok(standing) if !standing.next.is_empty() => {
                    let next = &standing.next[usize::from(number) % standing.next.len()];
                    dated(Advance::builder(about, next.to.as_str()), on, choices)?.into()
                }
                _ => Attest::builder(about).on(on).into(),
            },
            5 => {
                let procedures = builtin::procedures();
                let procedure = choices.choose(&procedures)?;
                let to = &procedure.statuses[usize::from(number) % procedure.statuses.len()].id;
                dated(Advance::builder(about, to.as_str()), on, choices)?.into()
            }
            6 => Attest::builder(about).on(on).into(),
            7 => Remark::builder(about, "Something happened").on(on).into(),
            8 => Cite::builder(about, entry).citing(source(number)).into(),
            9 => Retract::builder(about, entry, "It was not so").into(),
            10 => Reschedule::builder(about, Deadline::from(on)).on(day(u32::from(number))).into(),
            11 => Deposit::builder(about, "us").on(on).into(),
            12 => Link::builder(about, *choices.choose(&Relation::ALL)?, COMMITMENTS[usize::from(number) % 3]).into(),
            13 => Assign::builder(about, format!("body-{}", number % 3)).on(on).into(),
            14 => Unassign::builder(about, format!("body-{}", number % 3)).on(on).into(),
            15 => Measure::builder(about, number.to_string().as_str()).on(on).into(),
            16 => {
                let procedure = if number % 2 == 0 { builtin::action() } else { builtin::diet_treaty_approval() };
                Repin::builder(about, procedure.reference(), "A reform").status("planned", "preparing").into()
            }
            _ => Amend::builder(about).note_of(entry, "Put better").into(),
        })
    }

    /// Appends a batch, and checks that `View::check` predicts the result.
    fn append(&mut self, device: usize, batch: impl Into<Batch>) {
        let batch = batch.into();
        self.seconds += 60;
        let now = Moment::from_micros(1_400_000_000_000_000 + self.seconds * 1_000_000).expect("a moment");
        let desk: Slug = ["desk", "phone"][device].parse().expect("a slug");
        let ledger = &mut self.devices[device];
        let (before, held) = (ledger.digest(), ledger.len());
        // A view has no clock: it checks a batch as if it were recorded directly after the newest
        // entry.
        let possible = ledger.view_on(Day::FIRST).unwrap().check(batch.clone());
        let in_future = possible.as_ref().is_err_and(|error| error.code() == "attests-the-future");
        match ledger.append(batch, &desk, now) {
            Ok(ids) => {
                assert!(possible.is_ok() || in_future, "appended, but {possible:?}");
                assert_eq!(ledger.len(), held + ids.len());
                let conflicts = ledger.view_on(Day::FIRST).unwrap().conflicts();
                assert!(
                    conflicts.iter().all(|conflict| !ids.contains(&conflict.entry)),
                    "appended, but a conflict: {conflicts:?}"
                );
            }
            Err(error) => {
                check_error(error.code(), &error.to_string(), &error.details());
                let expected =
                    if in_future { Err(error.to_string()) } else { possible.map_err(|error| error.to_string()) };
                assert_eq!(expected, Err(error.to_string()));
                assert_eq!((ledger.digest(), ledger.len()), (before, held), "a refused append changes nothing");
            }
        }
    }
}

/// Dates a step on the day or, less often, in its month, by no party or, less often, by one, with
/// up to three sources.
fn dated(step: FactBuilder<Advance>, on: Day, choices: &mut Unstructured<'_>) -> Result<FactBuilder<Advance>> {
    let step = match choices.ratio(1, 8)? {
        true => step.on(format!("{:04}-{:02}", on.year(), on.month()).parse::<servanda::Date>().expect("a month")),
        false => step.on(on),
    };
    let step = match choices.ratio(1, 4)? {
        true => step.by("jp"),
        false => step,
    };
    Ok((0..choices.int_in_range(0..=3)?).fold(step, |step, n| step.citing(source(n))))
}

/// The id of an entry on the ledger, or an unknown id.
fn entry(ledger: &Ledger, number: u8) -> EntryId {
    let unknown = format!("sha256:{:064x}", number).parse().expect("an id");
    let held = ledger.entries();
    let index = held.len().checked_sub(1 + usize::from(number) % 16);
    index.and_then(|index| held.into_iter().nth(index)).map_or(unknown, servanda::Entry::id)
}

fn day(number: u32) -> Day {
    Day::new(2013, 1, 1).ok().and_then(|first| first.plus_days(number)).expect("a day")
}

fn source(number: u8) -> Source {
    Source::new("Gazette", &format!("https://gazette.example/{number}")).expect("a source")
}
