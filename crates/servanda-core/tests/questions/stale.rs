//! Stale commitments.

use serde_json::json;
use servanda_core::{Day, Filter, Link, Obligation, Relation, Remark, Stale};

use crate::common::{commitment, day};
use crate::{all, bill, desk, json_of, with_story};

#[test]
fn a_commitment_is_stale_since_the_last_day_on_which_something_happened() {
    // The last day on which something happened, and the days since then on 31 December 2013.
    let cases = [
        ("a result", Some(("2013-01-18", 347))),
        ("a result; tabled 2013-02-01", Some(("2013-02-01", 333))),
        // A presumed step does not count; a confirmed or attested one does.
        ("a result; tabled 2013-02-01; dropped 2013-06-26", Some(("2013-06-26", 188))),
        ("a result; tabled 2013-02-01; attested 2013-07-01", Some(("2013-06-26", 188))),
        ("a result; deposit jp 2013-08-01", Some(("2013-08-01", 152))),
        ("a result; rescheduled 2014 on 2013-09", Some(("2013-09-30", 92))),
        ("a result; rescheduled 2014 on 2013-12-31", Some(("2013-12-31", 0))),
        ("a result; rescheduled 2015 on 2014-01-01", Some(("2013-01-18", 347))),
        // A commitment in a final status is not stale; once it is reopened, it can be.
        ("a result; tabled 2013-02-01; passed 2013-03-01", None),
        ("a result; tabled 2013-02-01; passed 2013-03-01; dropped 2013-04-01", Some(("2013-04-01", 274))),
        // Before the commitment is made, only its opening counts.
        ("a result, made 2014-01-01", None),
        ("a result, made 2014-01-01, opens tabled 2013-11-01", Some(("2013-11-01", 60))),
    ];
    for (story, expected) in cases {
        let desk = with_story(desk(), story);
        let view = desk.ledger.view_on("2013-12-31").unwrap();
        let stale = view.stale(0, &all());
        let found = stale.first().map(|stale| (stale.last.to_string(), stale.days));
        assert_eq!(found, expected.map(|(last, days)| (last.to_owned(), days)), "{story}");
        if let Some((_, days)) = expected {
            assert_eq!(view.stale(days, &all()), stale, "{story}, at least {days} days");
            assert!(view.stale(days + 1, &all()).is_empty(), "{story}, more than {days} days");
        }
    }
}

#[test]
fn stale_commitments_are_sorted_and_remarks_and_links_count() {
    let mut desk = with_story(desk(), "a result");
    desk.append(commitment("jp/alms", &bill(), Obligation::Result));
    desk.append(commitment("jp/barn", &bill(), Obligation::Conduct));
    desk.append(Remark::builder("jp/alms", "A hearing").on("2013-05-01"));
    let link = |to: &str| Link::builder("jp/barn", Relation::Related, to);
    desk.append(link("jp/alms").on("2013-04-01"));
    desk.append(link("jp/word"));
    let view = desk.ledger.view_on("2013-12-31").unwrap();
    let found = |filter: &Filter| -> Vec<(String, Day)> {
        view.stale(30, filter).into_iter().map(|stale| (stale.commitment.to_string(), stale.last)).collect()
    };
    let row = |id: &str, last: &str| (id.to_owned(), day(last));
    let expected = [row("jp/word", "2013-01-18"), row("jp/barn", "2013-04-01"), row("jp/alms", "2013-05-01")];
    assert_eq!(found(&all()), expected);
    assert_eq!(found(&all().obligation(Obligation::Conduct)), expected[1..2]);
}

#[test]
fn a_commitment_with_a_presumed_or_unknown_status_can_be_stale() {
    let whole = |story: &str, on: &str| -> Stale {
        let desk = with_story(desk(), story);
        desk.ledger.view_on(on).unwrap().stale(30, &all()).remove(0)
    };
    let presumed = whole("a result; tabled 2013-02-01", "2013-12-31");
    let unknown = whole("a result; tabled 2013-10-20", "2014-01-01");
    let title = bill().statuses[2].title.clone();
    let expected = json!({
        "commitment": "jp/word", "days": 333, "known_at": null, "last": "2013-02-01", "on": "2013-12-31",
        "phase": "failed", "presumed": true, "reason": null, "status": "dropped", "status_title": title,
        "timeliness": null, "title": "A word given", "verdict": "in-progress",
    });
    assert_eq!(json_of(&presumed), expected);
    assert_eq!(
        json_of(&unknown),
        json!({
            "commitment": "jp/word", "days": 73, "known_at": null, "last": "2013-10-20", "on": "2014-01-01", "phase": null,
            "presumed": false, "status": null, "status_title": null, "timeliness": null,
            "title": "A word given", "verdict": null,
            "reason": "from 2014-01-01 on it is not known whether a clock has fired: the calendar house does not say when period 2 closed",
        })
    );
}
