//! Records that were published before they came to the ledger.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, Desk, commitment, moment, source};
use servanda_core::{
    Advance, Batch, Draft, FactBuilder, Ledger, LogFilter, Obligation, Party, Remark, Retract, Standing, View, builtin,
};

/// A promise of 18 January 2013, brought to a ledger in 2026 with two steps, in one batch.
fn imported() -> Desk {
    let promise = commitment(COMMITMENT, builtin::action(), Obligation::Result).build().unwrap();
    let step = |to: &str, on: &str| Advance::builder(COMMITMENT, to).on(on).citing(source());
    let history = Batch::from(FactBuilder::from(promise).published("2013-01-18"))
        .and(step("under-way", "2014-03-01").published("2014-03-05"))
        .and(step("done", "2016-05-01").published("2016"));
    let mut desk = Desk::default();
    desk.append(history);
    desk
}

fn view<'a>(ledger: &'a Ledger, published: &str) -> View<'a> {
    ledger.view_on("2026-12-31").unwrap().as_published(published).unwrap()
}

/// The statuses with the days on which they were published, or the code of the refusal.
fn told(desk: &Desk, published: &str) -> String {
    match view(&desk.ledger, published).standing(COMMITMENT) {
        Ok(Standing { history, as_published, .. }) => {
            assert_eq!(as_published, Some(published.parse().unwrap()));
            let published = |step: &servanda_core::Step| step.published.map_or("here".to_owned(), |on| on.to_string());
            let steps: Vec<String> =
                history.iter().map(|step| format!("{} ({})", step.status, published(step))).collect();
            steps.join(", ")
        }
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn a_view_as_published_has_what_was_published_by_the_end_of_its_day() {
    let desk = imported();
    for (published, expected) in [
        ("2013-01-17", "unknown-commitment"),
        ("2013-01-18", "planned (2013-01-18)"),
        ("2014-03-04", "planned (2013-01-18)"),
        ("2014-03-05", "planned (2013-01-18), under-way (2014-03-05)"),
        // A year may be its last day.
        ("2016-12-30", "planned (2013-01-18), under-way (2014-03-05)"),
        ("2016-12-31", "planned (2013-01-18), under-way (2014-03-05), done (2016)"),
    ] {
        assert_eq!(told(&desk, published), expected, "as published on {published}");
    }
}

#[test]
fn every_question_is_answered_as_published_and_says_so() {
    let desk = imported();
    let view = view(&desk.ledger, "2015-01-01");
    let day = Some("2015-01-01".parse().unwrap());
    let filter = Default::default();
    assert_eq!(view.standings(&filter).iter().map(|one| one.as_published).collect::<Vec<_>>(), [day]);
    let summaries = view.summaries(&filter);
    assert_eq!(
        summaries.iter().map(|one| (one.status.clone(), one.as_published)).collect::<Vec<_>>(),
        [(Some("under-way".parse().unwrap()), day)]
    );
    assert_eq!(view.bodies(&filter).as_published, day);
    assert_eq!(view.outlook(COMMITMENT).unwrap().as_published, day);
    assert_eq!(view.parts(COMMITMENT, &filter).unwrap().as_published, day);
    assert_eq!(view.stale(0, &filter).iter().map(|one| one.as_published).collect::<Vec<_>>(), [day]);
    let log = view.log(&LogFilter::default());
    let kinds: Vec<&str> = log.iter().map(|one| one.entry.kind()).collect();
    assert_eq!(kinds, ["advance", "register", "define"]);
}

#[test]
fn changes_between_two_days_of_publication_have_the_steps_published_between_them() {
    let desk = imported();
    let before = view(&desk.ledger, "2014-03-04");
    let changes = view(&desk.ledger, "2014-03-05").changes_since(&before, &Default::default());
    let changed: Vec<_> = changes.commitments.iter().map(|change| change.commitment.as_str()).collect();
    assert_eq!(changed, [COMMITMENT]);
    assert_eq!(changes.after.as_published, Some("2014-03-05".parse().unwrap()));
}

#[test]
fn a_retraction_counts_from_its_own_publication() {
    let retracted = |published: Option<&str>| {
        let mut desk = imported();
        let ids: Vec<_> = desk.ledger.entries().map(|entry| entry.id()).collect();
        let step = *ids.last().unwrap();
        let retract = Retract::builder(COMMITMENT, step, "A slip");
        desk.append(match published {
            Some(published) => retract.published(published),
            None => retract,
        });
        (told(&desk, "2016-12-31"), told(&desk, "2020-01-01"), told(&desk, "2026-12-31"))
    };
    let (with, without) = (
        "planned (2013-01-18), under-way (2014-03-05), done (2016)".to_owned(),
        "planned (2013-01-18), under-way (2014-03-05)".to_owned(),
    );
    assert_eq!(retracted(None), (with.clone(), with.clone(), without.clone()));
    assert_eq!(retracted(Some("2019-01-01")), (with, without.clone(), without.clone()));
    assert_eq!(retracted(Some("2016")), (without.clone(), without.clone(), without));
}

#[test]
fn what_was_published_here_counts_from_the_day_of_recording() {
    let mut ledger = Ledger::new();
    let promise = commitment(COMMITMENT, builtin::action(), Obligation::Result);
    ledger.append(promise, &"desk".parse().unwrap(), moment("2013-02-01T09:00:00.000000Z")).unwrap();
    assert!(view(&ledger, "2013-01-31").standing(COMMITMENT).is_err());
    assert!(view(&ledger, "2013-02-01").standing(COMMITMENT).is_ok());
}

#[test]
fn a_batch_sets_the_date_of_all_its_facts_that_have_none() {
    let remark = |title: &str| Remark::builder(COMMITMENT, title).on("2014-01-01");
    let mut desk = imported();
    let batch = Batch::from(remark("One")).and(remark("Two").published("2014-02-03"));
    desk.append(batch.published("2015".parse().unwrap()));
    let entries: Vec<_> = desk.ledger.entries().collect();
    let published: Vec<_> = entries.iter().rev().take(2).map(|entry| entry.published().unwrap().to_string()).collect();
    assert_eq!(published, ["2014-02-03", "2015"]);
    let definition = Batch::from(Party::new("jp", "en", "Japan").unwrap()).published("2015".parse().unwrap());
    let refused = desk.try_append(definition).unwrap_err();
    assert_eq!(refused.to_string(), "the field published: `define` has no such member without a commitment");
}

#[test]
fn a_view_can_ask_by_both_times() {
    let desk = imported();
    let before = view(&desk.ledger, "2020-01-01").known_at("2013-01-01T00:00:00.000000Z").unwrap();
    assert_eq!(before.standing(COMMITMENT).unwrap_err().code(), "unknown-commitment");
}

#[test]
fn nothing_is_published_after_it_was_recorded() {
    let mut desk = imported();
    let remark = |published: &str| Remark::builder(COMMITMENT, "A remark").on("2013-02-01").published(published);
    let today = Desk::now().day();
    let tomorrow = today.plus_days(1).unwrap();
    let later = tomorrow.plus_days(1).unwrap();
    assert!(desk.try_append(remark(&tomorrow.to_string())).is_ok());
    let refused = desk.try_append(remark(&later.to_string())).unwrap_err();
    let message = format!(
        "the field published: it is {later}, after {today}, on which the entry is recorded; give the date on which \
         the fact was published before it came to this ledger"
    );
    assert_eq!(refused.to_string(), message);
}

#[test]
fn a_draft_in_json_has_the_date_of_publication() {
    let json = r#"{"commitment":"us/abe-visit","fact":{"remark":{"title":"A remark"}},"on":"2013-02-01","published":"2013-02"}"#;
    assert_eq!(Draft::from_json(json).unwrap().to_json(), json);
    let refused =
        Draft::from_json(r#"{"fact":{"define":{"party":{"id":"jp","names":{"en":"Japan"}}}},"published":"2013"}"#);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the field published: `define` has no such member without a commitment"
    );
}
