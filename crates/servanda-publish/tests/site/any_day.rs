//! The data of the choice of a day agrees with the library.

use std::collections::BTreeSet;

use serde_json::Value;
use servanda::{Day, Moment};

use crate::html::texts;
use crate::invented::Numbers;
use crate::{Folder, alliance};

/// The answer of the script for a day and a moment: the class of the verdict and the status.
fn shown(states: &Value, day: Day, moment: Moment) -> Option<(String, String)> {
    let mut days: Vec<Value> = Vec::new();
    let mut version = None;
    for known in states["known"].as_array().unwrap() {
        days.truncate(usize::try_from(known[1].as_u64().unwrap()).unwrap());
        days.extend(known[2].as_array().unwrap().iter().cloned());
        if known[0].as_str().unwrap() <= moment.to_string().as_str() {
            version = Some(days.clone());
        }
    }
    let day = day.to_string();
    let found = version?.into_iter().rfind(|state| state[0].as_str().unwrap() <= day.as_str())?;
    let word = &states["words"][usize::try_from(found[1].as_u64().unwrap()).unwrap()];
    Some((word[0].as_str().unwrap().to_owned(), word[4].as_str().unwrap().to_owned()))
}

#[test]
fn any_day_as_known_at_any_moment_agrees_with_the_library() {
    let (tracker, site, mut numbers) = (alliance(), Folder::new(), Numbers::new(11));
    site.publish(&tracker.view().on("2025-01-01").unwrap(), "");
    let ledger = tracker.ledger().unwrap();
    let moments: BTreeSet<Moment> = ledger.entries().map(servanda::Entry::recorded_at).collect();
    let moments: Vec<Moment> = moments.into_iter().collect();
    for id in ledger.commitments() {
        let block = texts(&site.read(&format!("commitments/{id}/index.html")), "script#states");
        let states: Value = serde_json::from_str(&block[0]).unwrap();
        for _ in 0..10 {
            let day = Day::new(2009, 1, 1).unwrap().plus_days(u32::try_from(numbers.below(5800)).unwrap()).unwrap();
            // The end of a batch, which counts as a whole.
            let moment = moments[usize::try_from(numbers.below(moments.len() as u64)).unwrap()];
            let moment: Moment = format!("{}T23:59:59.999999Z", moment.day()).parse().unwrap();
            let standing = tracker.view().on(day).unwrap().known_at(moment).unwrap().standing(id);
            let expected = standing.ok().and_then(|standing| {
                let status =
                    standing.status_title.as_ref().map(|titles| servanda::procedure::in_english(titles).to_owned());
                let status = status.unwrap_or_default();
                let status = if standing.presumed { format!("{status} (presumed)") } else { status };
                let verdict = standing.verdict.map_or("none", |verdict| verdict.as_str());
                (verdict != "none" || !status.is_empty()).then(|| (verdict.to_owned(), status))
            });
            let found = shown(&states, day, moment).filter(|(verdict, status)| verdict != "none" || !status.is_empty());
            assert_eq!(found, expected, "{id} on {day} as known at {moment}");
        }
    }
}

#[test]
fn without_scripts_a_page_for_each_day_says_where_everything_stood() {
    let site = Folder::new();
    site.publish(&alliance().view().on("2015-01-01").unwrap(), "");
    let page = site.read("days/2013-05-22.html");
    assert_eq!(texts(&page, "ul.days .how").first().map(String::as_str), Some("now “Approved by both houses”"));
    let stood: Vec<String> = texts(&page, "ul.stood li");
    let hague = stood.iter().find(|line| line.starts_with("The 1980 Hague Abduction Convention")).unwrap();
    assert!(hague.ends_with("Approved by both houses"), "{hague}");
}
