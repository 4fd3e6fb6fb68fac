//! An invented tracker: 500 promises of a country that does not exist, recorded on three days.

use std::path::Path;

use servanda::facts::{Assign, Batch, Measure, Remark, Reschedule, Retract, Topic};
use servanda::value::EntryId;
use servanda::{Advance, Commitment, Obligation, Party, Tracker, builtin};

use crate::tracker_on;

const PROMISES: usize = 500;

pub(crate) const CONFIG: &str = "\
name = 'Invented promises of Arden'
languages = ['en', 'ja']
url = 'https://arden.example/promises/'
publisher = 'An invented paper'
contact = 'mailto:desk@arden.example'
licence = 'CC BY 4.0'
licence_url = 'https://creativecommons.org/licenses/by/4.0/'
introduction = 'Everything here is **invented**: a country, its promises and what became of them.'
about = 'This tracker exists for tests.'
method = 'A promise is on this list if the generator made it.'
";

const BODIES: [&str; 6] = ["transport", "schools", "culture", "nature", "finance", "health"];
const VERBS: [&str; 8] = ["Repair", "Reopen", "Widen", "Plant", "Publish", "Halve", "Protect", "Teach"];
const OBJECTS: [&str; 8] = [
    "the bridges of the eastern valley",
    "the night trains to the coast",
    "the list of all grants above ten thousand crowns",
    "a thousand hectares of mixed forest",
    "the waiting times of the hospitals in the mountain districts",
    "the marshes at the mouth of the Evenlode, with everything that lives, nests and grows there",
    "swimming in every third form",
    "the Staatsangehörigkeitsangelegenheitengesetzgebungsverfahrensordnung",
];

/// Small numbers that are the same each time: a linear congruential generator (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn day(&mut self, year: usize) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}

/// Records the tracker in a new file.
pub(crate) fn write(path: &Path) {
    let mut numbers = Numbers(500);
    let promises: Vec<String> = (0..PROMISES).map(|number| format!("promise-{number:03}")).collect();
    define(&tracker_on(path, "2012-01-10"));
    register(&tracker_on(path, "2012-01-10"), &promises, &mut numbers);
    let steps = advance(&tracker_on(path, "2014-01-20"), &promises, &mut numbers);
    correct(&tracker_on(path, "2014-06-12"), &promises, &steps);
}

fn define(tracker: &Tracker) {
    let mut batch = Batch::new()
        .and(Party::new("arden", "en", "Government of Arden").unwrap().named("ja", "アーデン政府").unwrap())
        .and(Party::new("people", "en", "People of Arden").unwrap());
    for body in BODIES {
        batch = batch.and(Party::new(body, "en", &format!("Ministry of {body} (invented)")).unwrap());
        let topic = Topic::new(body, "en", &format!("About {body}")).unwrap();
        batch = batch.and(topic.named("ar", "موضوع مخترع").unwrap());
    }
    tracker.append(batch).unwrap();
}

fn register(tracker: &Tracker, promises: &[String], numbers: &mut Numbers) {
    let mut batch = Batch::new();
    for (number, id) in promises.iter().enumerate() {
        let title = format!("{} {} (no. {number})", numbers.pick(&VERBS), numbers.pick(&OBJECTS));
        let procedure = if number % 3 == 0 { builtin::pledge() } else { builtin::action() };
        let mut promise = Commitment::builder(id, title)
            .language("en")
            .procedure(procedure)
            .by("arden")
            .to("people")
            .made(numbers.day(2011).as_str())
            .obligation(Obligation::Result)
            .words("we will do so before the term ends", ("An invented manifesto", "https://arden.example/manifesto"))
            .responsible(numbers.pick(&BODIES))
            .topic(numbers.pick(&BODIES));
        if number % 2 == 0 {
            promise = promise.deadline(numbers.day(2014).as_str());
        }
        match number % 25 {
            0 => promise = promise.title_in("ja", format!("架空の約束　第{number}号")).target("120", "km"),
            1 => promise = promise.title_in("ar", format!("وعد مخترع رقم {number}")),
            2 => promise = promise.part_of("promise-000"),
            _ => {}
        }
        batch = batch.and(promise);
    }
    tracker.append(batch).unwrap();
}

/// Records steps, and returns the last one of each promise that has one.
fn advance(tracker: &Tracker, promises: &[String], numbers: &mut Numbers) -> Vec<Option<EntryId>> {
    let source = ("An invented report", "https://arden.example/report");
    let mut batch = Batch::new();
    let mut count = 0;
    let mut last = vec![None; promises.len()];
    for (number, id) in promises.iter().enumerate() {
        let paths: &[&[&str]] = match number % 3 {
            0 => &[&[], &["in-the-works"], &["in-the-works", "kept"], &["broken"], &["partly-kept"]],
            _ => &[&[], &["under-way"], &["under-way", "done"], &["under-way", "stalled"], &["not-done"]],
        };
        for (year, status) in (2012..).zip(paths[numbers.below(paths.len())]) {
            batch = batch.and(Advance::builder(id, status).on(numbers.day(year).as_str()).citing(source));
            last[number] = Some(count);
            count += 1;
        }
    }
    let entries = tracker.append(batch).unwrap();
    last.into_iter().map(|index| index.map(|index: usize| entries[index])).collect()
}

/// Corrects some steps, and records what is not a step.
fn correct(tracker: &Tracker, promises: &[String], steps: &[Option<EntryId>]) {
    let source = ("A later invented report", "https://arden.example/later");
    let mut batch = Batch::new();
    for (number, (id, step)) in promises.iter().zip(steps).enumerate() {
        if number % 10 == 3
            && let Some(step) = step
        {
            batch = batch.and(Retract::builder(id, *step, "The report was about another promise"));
        }
        if number % 50 == 0 {
            batch = batch
                .and(Measure::builder(id, "40").on("2013-06-30").citing(source))
                .and(Measure::builder(id, "85.5").on("2014-03-31").citing(source))
                .and(Remark::builder(id, "A committee visited the site").on("2014-02").citing(source))
                .and(Assign::builder(id, "finance").on("2014-01-01").citing(source))
                .and(Reschedule::builder(id, "2015-12").on("2014-04-01").citing(source));
        }
    }
    tracker.append(batch).unwrap();
}
