//! An invented tracker of any size.

use servanda::facts::Batch;
use servanda::{Advance, Commitment, Obligation, Party, Tracker, builtin};

/// Small numbers that look random and are the same each time (splitmix64).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

const VERBS: [&str; 8] = ["Build", "Mend", "Open", "Plant", "Publish", "Lower", "Protect", "Teach"];
const THINGS: [&str; 10] = [
    "the coast road to the northern harbours",
    "the roofs of the village schools",
    "the archives of the old ministry",
    "a thousand trees along the river",
    "the accounts of every district",
    "the fares of buses and ferries",
    "the wetlands around the capital",
    "music in every primary school",
    "a library for each town of the plain",
    "the wards of the island hospitals",
];

/// A tracker of invented promises of the invented country of Arden.
pub(crate) fn invented(count: usize) -> Tracker {
    let tracker = Tracker::in_memory("desk").unwrap();
    let mut numbers = Numbers::new(7);
    let bodies = ["transport", "schools", "culture", "nature", "finance", "health"];
    for id in ["arden", "arden-senate"].into_iter().chain(bodies) {
        tracker.append(Party::new(id, "en", &format!("The invented {id}")).unwrap()).unwrap();
    }
    let mut batch = Batch::default();
    for number in 0..count {
        let id = format!("promise-{number}");
        let mut pick = |words: &[&'static str]| words[usize::try_from(numbers.below(words.len() as u64)).unwrap()];
        let title = format!("{} {} (invented promise no. {number})", pick(&VERBS), pick(&THINGS));
        let (body, topic) = (pick(&bodies), pick(&bodies));
        let (made, deadline) = (1 + numbers.below(28), 1 + numbers.below(12));
        let promise = Commitment::builder(&id, &title)
            .procedure(builtin::action())
            .by("arden")
            .made(format!("2012-02-{made:02}").as_str())
            .deadline(format!("2013-{deadline:02}-28").as_str())
            .obligation(Obligation::Result)
            .words("will do so within this term", ("An invented manifesto", "https://example.org/manifesto"))
            .responsible(body)
            .topic(topic);
        batch = batch.and(promise);
        let statuses: &[&str] =
            [&[][..], &["under-way"], &["under-way", "done"], &["under-way", "stalled"], &["not-done"]]
                [usize::try_from(numbers.below(5)).unwrap()];
        for (step, status) in statuses.iter().enumerate() {
            let on = format!(
                "2013-{:02}-{:02}",
                1 + 4 * step + usize::try_from(numbers.below(4)).unwrap(),
                1 + numbers.below(28)
            );
            let source = ("An invented report", format!("https://example.org/reports/{number}"));
            batch = batch.and(Advance::builder(&id, *status).on(on.as_str()).citing((source.0, source.1.as_str())));
        }
    }
    tracker.append(batch).unwrap();
    tracker
}
