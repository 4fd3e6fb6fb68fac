//! Changes between two views.

use serde_json::{Value, json};
use servanda_core::{
    Advance, Amend, AsOf, Batch, Change, Changes, Cite, Deposit, EntryId, Filter, Ledger, Link, Moment, Obligation,
    Phase, Relation, Remark, Reschedule, Retract, Shift, Step, Verdict,
};

use crate::common::{self, commitment, moment};
use crate::generate::{entry_about, seal};
use crate::{HOUSE, all, bill, desk, house, json_of, with_story};

/// Formats a change as lines, in the order of its JSON members.
fn lines_of_change(change: &Change) -> Vec<String> {
    let value = json_of(change);
    let members =
        value.as_object().unwrap().iter().filter(|(name, _)| !["commitment", "title"].contains(&name.as_str()));
    let mut lines = Vec::new();
    for (name, value) in members {
        if let (Some(before), Some(after)) = (value.get("before"), value.get("after")) {
            let short =
                |value: &Value| if value.is_object() { "{}".to_owned() } else { value.to_string().replace('"', "") };
            lines.push(format!("{name} {} -> {}", short(before), short(after)));
            continue;
        }
        let named = |value: &Value| {
            let key = ["status", "due", "clock", "deadline", "title", "relation", "code", "by"];
            key.iter().find_map(|key| value.get(key)?.as_str()).unwrap().to_owned()
        };
        let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        lines.extend(list("removed").iter().map(|one| format!("{name} - {}", named(one))));
        lines.extend(list("altered").iter().map(|one| format!("{name} ~ {}", named(&one["after"]))));
        lines.extend(list("added").iter().map(|one| format!("{name} + {}", named(one))));
    }
    lines
}

fn lines_of_changes(changes: &Changes) -> Vec<String> {
    let lines = changes.commitments.iter().flat_map(|change| {
        let of = change.commitment.clone();
        lines_of_change(change).into_iter().map(move |line| format!("{of}: {line}").replace("jp/word: ", ""))
    });
    lines.collect()
}

#[test]
fn changes_between_two_days() {
    let cases: [(&str, &str, &str, &[&str]); 11] = [
        ("a result; tabled 2013-03-15", "2013-03-01", "2013-03-14", &[]),
        (
            "a result; tabled 2013-03-15",
            "2013-03-14",
            "2013-03-15",
            &[
                "clocks + 2013-06-26",
                "phase planned -> active",
                "since 2013-01-18 -> 2013-03-15",
                "status idle -> tabled",
                "steps + tabled",
                "verdict pending -> in-progress",
            ],
        ),
        // In the other direction, added items become removed ones.
        (
            "a result; tabled 2013-03-15",
            "2013-03-15",
            "2013-03-14",
            &[
                "clocks - 2013-06-26",
                "phase active -> planned",
                "since 2013-03-15 -> 2013-01-18",
                "status tabled -> idle",
                "steps - tabled",
                "verdict in-progress -> pending",
            ],
        ),
        // A clock fires. A presumed step does not change the verdict.
        ("a result; tabled 2013-03-15", "2013-03-15", "2013-06-25", &[]),
        (
            "a result; tabled 2013-03-15",
            "2013-06-25",
            "2013-06-26",
            &[
                "clocks - 2013-06-26",
                "phase active -> failed",
                "presumed false -> true",
                "since 2013-03-15 -> 2013-06-26",
                "status tabled -> dropped",
                "steps + dropped",
            ],
        ),
        // It becomes unknown whether the clock has fired.
        ("a result; tabled 2013-10-20", "2013-10-20", "2013-12-31", &[]),
        (
            "a result; tabled 2013-10-20",
            "2013-12-31",
            "2014-01-01",
            &[
                "phase active -> null",
                "reason null -> from 2014-01-01 on it is not known whether a clock has fired: the calendar house does not say when period 2 closed",
                "since 2013-10-20 -> null",
                "status tabled -> null",
                "verdict in-progress -> null",
            ],
        ),
        // A deadline has passed on the day after it.
        ("a result, due 2013-03", "2013-03-01", "2013-03-31", &[]),
        ("a result, due 2013-03", "2013-03-31", "2013-04-01", &["timeliness on-time -> overdue"]),
        (
            "a result, due 2013-03; rescheduled 2013-05 on 2013-03-10",
            "2013-03-09",
            "2013-03-10",
            &["deadline 2013-03 -> 2013-05", "deadlines + 2013-05"],
        ),
        // The commitment is made.
        (
            "a result, opens tabled 2013-02-01, due 2014, made 2013-03-01",
            "2013-02-28",
            "2013-03-01",
            &[
                "deadline null -> 2014",
                "deadlines + 2014",
                "reason the word was given on 2013-03-01, which is later -> null",
                "timeliness null -> on-time",
                "verdict null -> pending",
            ],
        ),
    ];
    for (story, before, after, expected) in cases {
        let desk = with_story(desk(), story);
        let (before, after) = (desk.ledger.view_on(before).unwrap(), desk.ledger.view_on(after).unwrap());
        let changes = after.changes_since(&before, &all());
        assert_eq!(lines_of_changes(&changes), expected, "{story}, from {} to {}", before.day(), after.day());
        let as_of = |on| AsOf { as_published: None, known_at: None, on };
        assert_eq!((changes.before, changes.after), (as_of(before.day()), as_of(after.day())));
    }
}

/// A ledger to which one batch is appended per day, and the moment of each.
#[derive(Default)]
struct Journal {
    ledger: Ledger,
    moments: Vec<Moment>,
}

impl Journal {
    fn write(&mut self, batch: impl Into<Batch>) -> EntryId {
        let now = moment(&format!("2020-01-{:02}T00:00:00.000000Z", self.moments.len() + 1));
        let ids = self.ledger.append(batch, &"desk".parse().unwrap(), now).unwrap();
        self.moments.push(self.ledger.newest().unwrap());
        *ids.last().unwrap()
    }

    /// The changes by the last `writings` appends, as seen on a day.
    fn news(&self, writings: usize, on: &str) -> Vec<String> {
        let before =
            self.ledger.view_on(on).unwrap().known_at(self.moments[self.moments.len() - 1 - writings]).unwrap();
        lines_of_changes(&self.ledger.view_on(on).unwrap().changes_since(&before, &all()))
    }
}

#[test]
fn changes_between_two_moments() {
    let mut journal = Journal::default();
    journal.write(Batch::new().and(bill()).and(house(HOUSE)));
    let on = "2013-04-01";
    journal.write(commitment("jp/other", &bill(), Obligation::Result));
    let registered = journal.write(commitment("jp/word", &bill(), Obligation::Result).topic("farms"));
    let news = [
        "phase null -> planned",
        "registered null -> {}",
        "since null -> 2013-01-18",
        "status null -> idle",
        "steps + idle",
        "topics [] -> [farms]",
        "verdict null -> pending",
    ];
    assert_eq!(journal.news(1, on), news);
    journal.write(Remark::builder("jp/word", "A hearing").on("2013-03-01"));
    assert_eq!(journal.news(1, on), ["remarks + A hearing"]);
    journal.write(Remark::builder("jp/word", "Later").on("2013-04-02"));
    assert!(journal.news(1, on).is_empty(), "a remark on a later day is no change yet");
    journal.write(Link::builder("jp/word", Relation::Related, "jp/other"));
    assert_eq!(journal.news(1, on), ["links + related"]);
    journal.write(Deposit::builder("jp/word", "jp").on("2013-03-01"));
    assert_eq!(journal.news(1, on), ["deposits + jp"]);
    journal.write(Reschedule::builder("jp/word", "2014").on("2013-03-02"));
    assert_eq!(journal.news(1, on), ["deadline null -> 2014", "deadlines + 2014", "timeliness null -> on-time"]);
    let tabled = journal.write(Advance::builder("jp/word", "tabled").on("2013-03-15"));
    let stepped = [
        "clocks + 2013-06-26",
        "phase planned -> active",
        "since 2013-01-18 -> 2013-03-15",
        "status idle -> tabled",
        "steps + tabled",
        "verdict pending -> in-progress",
    ];
    assert_eq!(journal.news(1, on), stepped);
    journal.write(Cite::builder("jp/word", tabled).citing(common::source()));
    assert_eq!(journal.news(1, on), ["steps ~ tabled"]);
    journal.write(Amend::builder("jp/word").note_of(registered, "As the minister said"));
    assert_eq!(journal.news(1, on), ["steps ~ idle"]);
    journal.write(Amend::builder("jp/word").title("A bill on farms"));
    assert_eq!(journal.news(1, on), ["renamed A word given -> A bill on farms"]);
    journal.write(Amend::builder("jp/word").topics(["farms", "rice"]));
    assert_eq!(journal.news(1, on), ["topics [farms] -> [farms,rice]"]);
    assert!(journal.news(0, on).is_empty());
    // A new edition of a calendar can change a commitment without any entry about that commitment.
    let earlier = HOUSE.replace("closed = '2013-06-26'", "closed = '2013-05-31'");
    journal.write(house(&earlier));
    assert_eq!(journal.news(1, on), ["clocks ~ 2013-05-31"]);
    let before = journal.ledger.view_on(on).unwrap().known_at(journal.moments[journal.moments.len() - 2]).unwrap();
    let after = journal.ledger.view_on("2013-06-01").unwrap();
    let both = ["phase active -> failed", "presumed false -> true", "since 2013-03-15 -> 2013-05-31"];
    let lines = lines_of_changes(&after.changes_since(&before, &all()));
    assert!(both.iter().all(|line| lines.contains(&(*line).to_owned())), "{lines:?}");
    // The definition of a party changes no commitment.
    journal.write(servanda_core::Party::new("jp", "en", "Japan").unwrap());
    assert!(journal.news(1, on).is_empty());
    journal.write(Retract::builder("jp/word", tabled, "It was another bill"));
    assert_eq!(
        journal.news(1, on),
        [
            "clocks - 2013-05-31",
            "phase active -> planned",
            "retracted + tabled",
            "since 2013-03-15 -> 2013-01-18",
            "status tabled -> idle",
            "steps - tabled",
            "verdict in-progress -> pending",
        ]
    );
}

#[test]
fn a_batch_changes_commitments_at_the_moment_of_its_last_entry() {
    let mut journal = Journal::default();
    journal.write(Batch::new().and(bill()).and(house(HOUSE)));
    journal.write(commitment("jp/alms", &bill(), Obligation::Result));
    journal.write(commitment("jp/word", &bill(), Obligation::Result));
    let at = |second: u32| moment(&format!("2020-02-01T00:00:{second:02}.000000Z"));
    let remark = |id: &str, second| Remark::builder(id, "A hearing").on("2013-03-01").recorded_at(at(second));
    let batch = Batch::new().and(remark("jp/alms", 1)).and(remark("jp/word", 3));
    journal.ledger.append(batch, &"desk".parse().unwrap(), at(5)).unwrap();
    let view = |second| journal.ledger.view_on("2013-04-01").unwrap().known_at(at(second)).unwrap();
    assert!(lines_of_changes(&view(2).changes_since(&view(0), &all())).is_empty());
    let both = ["jp/alms: remarks + A hearing", "remarks + A hearing"];
    assert_eq!(lines_of_changes(&view(3).changes_since(&view(2), &all())), both);
    assert_eq!(lines_of_changes(&view(4).changes_since(&view(1), &all())), both);
}

#[test]
fn a_fact_of_an_unknown_kind_counts_from_the_first_day_that_its_date_can_mean() {
    let mut desk = with_story(desk(), "a result");
    let fact = json!({ "suspend": { "until": "2040" } });
    let moment = moment("2026-08-01T00:00:09.000000Z");
    desk.ledger.merge_entries([seal(entry_about("jp/word", fact, Some("2013-03"), moment, "desk"))]);
    let view = |on: &str| desk.ledger.view_on(on).unwrap();
    let changes = view("2013-03-01").changes_since(&view("2013-02-28"), &all());
    assert_eq!(changes.commitments.len(), 1);
    assert_eq!(changes.commitments[0].status, Some(Shift { after: None, before: Some("idle".parse().unwrap()) }));
    assert!(view("2013-03-31").changes_since(&view("2013-03-01"), &all()).commitments.is_empty());
}

#[test]
fn a_filter_keeps_commitments_that_match_it_before_or_after() {
    let mut desk = with_story(desk(), "a result, due 2013-03; tabled 2013-04-15");
    desk.append(commitment("jp/alms", &bill(), Obligation::Result).deadline("2013-03"));
    let (before, after) = (desk.ledger.view_on("2013-03-31").unwrap(), desk.ledger.view_on("2013-05-01").unwrap());
    let changed = |filter: &Filter| -> Vec<String> {
        let changes = after.changes_since(&before, filter).commitments;
        changes.into_iter().map(|change| change.commitment.to_string()).collect()
    };
    assert_eq!(changed(&all()), ["jp/alms", "jp/word"]);
    assert_eq!(changed(&all().phase(Phase::Active)), ["jp/word"]);
    assert_eq!(changed(&all().verdict(Verdict::Pending)), ["jp/alms", "jp/word"]);
    assert_eq!(changed(&all().verdict(Verdict::Kept)), [""; 0]);
}

#[test]
fn the_json_of_a_change_is_complete() {
    let mut desk = with_story(desk(), "a result, due 2013-03; tabled 2013-04-15");
    desk.append(Remark::builder("jp/word", "A hearing").on("2013-04"));
    let (before, after) = (desk.ledger.view_on("2013-03-31").unwrap(), desk.ledger.view_on("2013-05-01").unwrap());
    let standing = after.standing("jp/word").unwrap();
    let step: &Step = standing.history.last().unwrap();
    let expected = json!({
        "after": { "known_at": null, "on": "2013-05-01" },
        "before": { "known_at": null, "on": "2013-03-31" },
        "commitments": [{
            "clocks": { "added": [standing.clocks[0]] },
            "commitment": "jp/word",
            "phase": { "after": "active", "before": "planned" },
            "remarks": { "added": [standing.remarks[0]] },
            "since": { "after": "2013-04-15", "before": "2013-01-18" },
            "status": { "after": "tabled", "before": "idle" },
            "steps": { "added": [step] },
            "title": "A word given",
            "timeliness": { "after": "overdue", "before": "on-time" },
            "verdict": { "after": "in-progress", "before": "pending" },
        }],
    });
    assert_eq!(json_of(&after.changes_since(&before, &all())), expected);
}
