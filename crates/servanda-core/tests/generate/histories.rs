//! Random histories of few entries that affect one another as often as possible.
//!
//! Each is a set of definitions, retractions of definitions and of retractions, registrations and
//! steps. Half of the entries are in batches. An entry may be recorded before the one that it
//! refers to, batches may be incomplete, and two batches may share their first entry.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use servanda_core::{
    Advance, Changes, Conflict, Day, Entry, EntryId, Filter, Ledger, Party, Procedure, Standing, Summary, View,
};

use super::sealing::{at, seal};
use super::{calendar, day, source};

pub(crate) const SUBJECTS: [&str; 2] = ["arden/toll", "arden/visit"];

/// A sequence of numbers that depends only on its seed (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (2..=items.len()).rev() {
            items.swap(end - 1, self.below(end));
        }
    }
}

/// A procedure whose clock needs the calendar of the council.
const ERRAND: &str = r#"
id = "errand"
version = 1
initial = "s0"
title = { en = "Errand" }
statuses = [
    { id = "s0", phase = "planned", title = { en = "Planned" } },
    { id = "s1", phase = "active", title = { en = "Begun" } },
    { id = "s2", phase = "achieved", title = { en = "Done" }, final = true },
    { id = "s3", phase = "failed", title = { en = "Dropped" }, final = true },
]
transitions = [
    { from = ["s0"], to = "s1", basis = "Art. 1", title = { en = "Begin" } },
    { from = ["s1"], to = "s0", basis = "Art. 1", title = { en = "Go back" } },
    { from = ["s0", "s1"], to = "s2", basis = "Art. 1", title = { en = "Finish" } },
    { from = ["s2", "s3"], to = "s1", reopening = true, basis = "Art. 1", title = { en = "Begin again" } },
]
[[clocks]]
id = "close"
while = ["s1"]
starts = ["s1"]
to = "s3"
fires = "end"
rule = { close = { calendar = "council", of = "containing" } }
basis = "Art. 2"
title = { en = "Dropped at the close" }
"#;

/// Two rival versions of one procedure, and another one.
static PROCEDURES: LazyLock<[Procedure; 3]> = LazyLock::new(|| {
    let text = |from: &str, to: &str| Procedure::from_toml("errand.toml", &ERRAND.replace(from, to)).unwrap();
    [text("Go back", "Back"), text("Go back", "Return"), text("\"errand\"", "\"trip\"")]
});

/// The facts as JSON, because they are the same in all histories.
static DEFINITIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let define = |kind: &str, content: Value| json!({ "define": { kind: content } });
    let procedures = PROCEDURES.iter().map(|procedure| define("procedure", serde_json::to_value(procedure).unwrap()));
    let calendars = (0..3).map(|edition| define("calendar", serde_json::to_value(calendar(edition)).unwrap()));
    let party = |name: &str| define("party", json!({ "id": "arden", "names": { "en": name } }));
    procedures.chain(calendars).chain(["Arden", "Arden and Isles"].map(party)).collect()
});

static REGISTRATIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let registration = |procedure: &Procedure| {
        json!({ "register": {
            "by": ["arden"], "made": "2001-01-02", "obligation": "result", "procedure": procedure.reference(),
            "target": { "unit": "visits", "value": "12" }, "title": "A visit", "words": { "source": source(1), "text": "will visit" },
        } })
    };
    PROCEDURES.iter().map(registration).collect()
});

/// An entry without its place in a batch: the commitment, the day, and the fact.
type Draft = (Option<&'static str>, Option<String>, Value);

/// Day number `n`, or a month, a year or a range with this day.
fn date(random: &mut Random, n: u32) -> String {
    let day = day(n);
    match random.below(12) {
        0 => day.to_string()[..7].to_owned(),
        1 => day.to_string()[..4].to_owned(),
        2 | 3 => format!("[{day}..{}]", day.plus_days(1 + u32::try_from(random.below(20)).unwrap()).unwrap()),
        _ => day.to_string(),
    }
}

/// The facts without which little depends on anything: a procedure, its calendar, a commitment, and
/// a step that starts a clock.
fn beginning(nth: usize) -> Option<Draft> {
    Some(match nth {
        0 => (None, None, DEFINITIONS[0].clone()),
        1 => (Some(SUBJECTS[0]), None, REGISTRATIONS[0].clone()),
        2 => {
            (Some(SUBJECTS[0]), Some(day(12).to_string()), json!({ "advance": { "sources": [source(1)], "to": "s1" } }))
        }
        3 => (None, None, DEFINITIONS[3].clone()),
        _ => return None,
    })
}

fn draft(random: &mut Random, earlier: &[Entry]) -> Draft {
    if let Some(begun) = beginning(earlier.len()).filter(|_| random.below(5) > 0) {
        return begun;
    }
    let about = SUBJECTS[random.below(2)];
    let n = u32::try_from(random.below(60)).unwrap() * 3;
    let on = date(random, n);
    match random.below(16) {
        0..=3 => (None, None, DEFINITIONS[random.below(DEFINITIONS.len())].clone()),
        4..=6 => (Some(about), None, REGISTRATIONS[random.below(3)].clone()),
        7..=10 if !earlier.is_empty() => {
            // Definitions are retracted as often as everything else together.
            let definitions: Vec<&Entry> = earlier.iter().filter(|entry| entry.commitment().is_none()).collect();
            let target = match definitions.len() {
                count if count > 0 && random.below(2) == 0 => definitions[random.below(count)],
                _ => &earlier[random.below(earlier.len())],
            };
            let about = SUBJECTS.into_iter().find(|id| target.commitment() == Some(*id));
            (about, None, json!({ "retract": { "entry": target.id(), "reason": "a mistake" } }))
        }
        11 => (Some(about), Some(on), json!({ "remark": { "title": "A remark" } })),
        12 if random.below(4) == 0 => (Some(about), Some(on), json!({ "ponder": {} })),
        12 if random.below(3) == 0 => {
            let body = format!("b{}", random.below(2));
            let kind = ["assign", "assign", "unassign"][random.below(3)];
            (Some(about), Some(on), json!({ kind: { "body": body } }))
        }
        12 if random.below(2) == 0 => {
            let procedure = PROCEDURES[random.below(3)].reference();
            let table = [("s1", "s2"), ("s0", "s1"), ("s3", "s3")][random.below(3)];
            let statuses = json!({ table.0: table.1 });
            (
                Some(about),
                None,
                json!({ "repin": { "procedure": procedure, "reason": "A reform", "statuses": statuses } }),
            )
        }
        12 if random.below(3) == 0 => {
            let value = random.below(20).to_string();
            (Some(about), Some(on), json!({ "measure": { "value": value } }))
        }
        12 => (Some(about), Some(on), json!({ "reschedule": { "deadline": "2001-09-01" } })),
        _ => {
            let to = format!("s{}", random.below(4));
            (Some(about), Some(on), json!({ "advance": { "sources": [source(1)], "to": to } }))
        }
    }
}

fn sealed((about, on, fact): Draft, seconds: usize, batch: Option<Value>) -> Entry {
    let recorded_at = at(i64::try_from(seconds).unwrap());
    let mut entry = json!({ "fact": fact, "recorded_at": recorded_at, "recorded_by": "desk" });
    let members = entry.as_object_mut().unwrap();
    members.extend(about.map(|about| ("commitment".to_owned(), json!(about))));
    members.extend(on.map(|on| ("on".to_owned(), json!(on))));
    members.extend(batch.map(|batch| ("batch".to_owned(), batch)));
    seal(entry)
}

/// The entries of a history, in the order in which they were written.
pub(crate) fn history(seed: u64) -> Vec<Entry> {
    let mut random = Random(seed);
    let mut entries: Vec<Entry> = Vec::new();
    while entries.len() < 10 {
        let seconds = random.below(40);
        if random.below(3) > 0 {
            let single = draft(&mut random, &entries);
            entries.push(sealed(single, seconds, None));
            continue;
        }
        let of = 2 + random.below(2);
        let mut previous: Option<EntryId> = None;
        for nth in 1..=of {
            let mark = match previous {
                None => json!({ "nth": nth, "of": of }),
                Some(previous) => json!({ "nth": nth, "of": of, "previous": previous }),
            };
            let rival = (nth == of && random.below(5) == 0).then(|| draft(&mut random, &entries));
            entries.extend(rival.map(|rival| sealed(rival, seconds + 20, Some(mark.clone()))));
            let part = sealed(draft(&mut random, &entries), seconds + nth * (1 + random.below(6)), Some(mark));
            previous = Some(part.id());
            // Some batches stay incomplete.
            if random.below(24) > 0 {
                entries.push(part);
            }
        }
    }
    entries
}

/// An answer that depends on cached state: on the definitions, on timelines, or on the index of
/// days.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Definitions(Vec<Arc<Procedure>>, Vec<Arc<Party>>, Vec<Conflict>),
    Summaries(Vec<Summary>),
    Standings(Vec<Standing>),
    /// Why a step on a day after all others is refused.
    Refusals(Vec<Option<String>>),
    Changes(Changes),
}

impl Answer {
    /// The number of questions.
    pub(crate) const QUESTIONS: usize = 6;

    pub(crate) fn to(question: usize, ledger: &Ledger) -> Self {
        let on = |n: u32| ledger.view_on(day(n)).unwrap();
        let all = Filter::default();
        match question {
            0 => Self::Definitions(on(0).procedures(), on(0).parties(), on(0).conflicts()),
            1 => Self::Summaries(on(250).summaries(&all)),
            2 => Self::Standings(on(100).standings(&all)),
            3 => Self::Refusals(SUBJECTS.map(|id| refusal(&on(250), id)).to_vec()),
            // On these days clocks can fire, and little else happens.
            4 => Self::Changes(on(51).changes_since(&on(49), &all)),
            _ => Self::Changes(on(182).changes_since(&on(179), &all)),
        }
    }
}

fn refusal(view: &View<'_>, id: &str) -> Option<String> {
    let step = Advance::builder(id, "s2").on(day(200)).citing(source(1));
    view.check(step).err().map(|error| error.to_string())
}

/// The entries in a random order, in pieces of random sizes, some of them twice.
pub(crate) fn pieces(entries: &[Entry], random: &mut Random) -> Vec<Vec<Entry>> {
    let again = random.below(3);
    let mut arriving: Vec<Entry> = entries.iter().chain(entries.iter().take(again)).cloned().collect();
    // Some arrive in the order in which they were written.
    if random.below(4) > 0 {
        random.shuffle(&mut arriving);
    }
    let most = 1 + random.below(6);
    let mut pieces = Vec::new();
    while !arriving.is_empty() {
        let rest = arriving.split_off(arriving.len().min(1 + random.below(most)));
        pieces.push(std::mem::replace(&mut arriving, rest));
    }
    pieces
}
