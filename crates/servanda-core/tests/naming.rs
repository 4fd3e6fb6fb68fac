//! Identifiers, titles by language, topics, and links seen from both sides.

#![allow(clippy::unwrap_used)]

mod common;

use common::{commitment, moment, source};
use servanda_core::{
    Advance, Amend, Batch, CommitmentBuilder, Identifier, Language, Ledger, Link, Obligation, Relation, Result,
    Retract, Slug, Topic, builtin,
};

fn desk() -> Slug {
    "desk".parse().unwrap()
}

fn promise(id: &str) -> CommitmentBuilder {
    commitment(id, builtin::action(), Obligation::Result)
}

fn append(ledger: &mut Ledger, batch: impl Into<Batch>) -> Result<Vec<servanda_core::EntryId>> {
    ledger.append(batch, &desk(), moment("2026-08-01T00:00:00.000000Z"))
}

fn ledger(batches: impl IntoIterator<Item = CommitmentBuilder>) -> Ledger {
    let mut ledger = Ledger::new();
    batches.into_iter().for_each(|batch| drop(append(&mut ledger, batch).unwrap()));
    ledger
}

fn languages(tags: &[&str]) -> Vec<Language> {
    tags.iter().map(|tag| tag.parse().unwrap()).collect()
}

#[test]
fn a_commitment_is_found_by_ids_of_any_form() {
    let ids = ["AB_20210101_OTHER_1a", "nv/81/ajr2**", "คำสัญญา/1", "=1+1"];
    let ledger = ledger(ids.iter().enumerate().map(|(n, id)| promise(&format!("xx/p{n}")).identifier("tracker", id)));
    let view = ledger.view_on("2026-08-01").unwrap();
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(view.resolve(&format!("tracker={id}")).unwrap().to_string(), format!("xx/p{n}"));
    }
    assert_eq!(view.resolve("xx/p0").unwrap().as_str(), "xx/p0");
    assert_eq!(view.standing("xx/p0").unwrap().identifiers, [Identifier::new("tracker", ids[0]).unwrap()]);
    assert_eq!(view.resolve("tracker=AB").unwrap_err().code(), "unknown-identifier");
    assert_eq!(view.resolve("Tracker=AB").unwrap_err().code(), "invalid-slug");
}

#[test]
fn an_identifier_names_one_commitment_unless_sharing_is_allowed() {
    let mut ledger = ledger([promise("xx/a").identifier("tracker", "1")]);
    let other = || promise("xx/b").identifier("tracker", "1");
    let refused = append(&mut ledger, other()).unwrap_err();
    assert_eq!(refused.code(), "identifier-taken");
    let same_batch =
        Batch::from(promise("xx/c").identifier("tracker", "2")).and(promise("xx/d").identifier("tracker", "2"));
    assert_eq!(append(&mut ledger, same_batch).unwrap_err().code(), "identifier-taken");
    // The same value in another scheme is another identifier.
    append(&mut ledger, promise("xx/e").identifier("parliament", "1")).unwrap();
    append(&mut ledger, Batch::from(other()).share_identifiers()).unwrap();
    let shared = ledger.view_on("2026-08-01").unwrap().resolve("tracker=1").unwrap_err();
    assert_eq!(shared.code(), "ambiguous-identifier");
}

#[test]
fn an_identifier_that_was_given_up_is_free() {
    let mut ledger = ledger([promise("xx/a").identifier("tracker", "1"), promise("xx/b")]);
    let identifiers = |values: &[&str]| values.iter().map(|value| Identifier::new("tracker", value).unwrap()).collect();
    // One batch can pass an identifier on.
    let passed = Batch::from(Amend::builder("xx/a").identifiers(identifiers(&["2"])))
        .and(Amend::builder("xx/b").identifiers(identifiers(&["1"])));
    append(&mut ledger, passed).unwrap();
    let view = ledger.view_on("2026-08-01").unwrap();
    assert_eq!(view.resolve("tracker=1").unwrap().as_str(), "xx/b");
    assert_eq!(view.resolve("tracker=2").unwrap().as_str(), "xx/a");
    let earlier = view.known_at("2026-07-31T00:00:00.000000Z").unwrap();
    assert_eq!(earlier.resolve("tracker=1").unwrap_err().code(), "unknown-identifier");
}

#[test]
fn copies_with_the_same_identifier_merge_and_say_so() {
    let mut one = ledger([promise("xx/a").identifier("tracker", "1")]);
    let mut other = Ledger::new();
    let (copy, now) = ("copy".parse().unwrap(), moment("2026-07-02T00:00:00.000000Z"));
    other.append(promise("xx/b").identifier("tracker", "1"), &copy, now).unwrap();
    assert_eq!(one.view_on("2026-08-01").unwrap().resolve("tracker=1").unwrap().as_str(), "xx/a");
    one.merge(&other);
    assert_eq!(one.view_on("2026-08-01").unwrap().resolve("tracker=1").unwrap_err().code(), "ambiguous-identifier");
}

#[test]
fn titles_and_names_are_in_the_first_known_language() {
    let titled = promise("xx/a").language("en").title_in("ja", "約束").title_in("de", "Ein Versprechen");
    let ledger = ledger([titled]);
    let in_languages = |tags: &[&str]| {
        let languages = languages(tags);
        ledger.view_on("2026-08-01").unwrap().in_languages(&languages).standing("xx/a").unwrap()
    };
    let plain = ledger.view_on("2026-08-01").unwrap().standing("xx/a").unwrap();
    for (tags, title) in [
        (&[][..], plain.title.as_str()),
        (&["ja"], "約束"),
        (&["fr", "ja", "de"], "約束"),
        (&["de-ch", "ja"], "Ein Versprechen"),
        (&["en", "ja"], plain.title.as_str()),
        (&["fr"], plain.title.as_str()),
    ] {
        assert_eq!(in_languages(tags).title.as_str(), title, "{tags:?}");
    }
    let japanese = in_languages(&["ja"]);
    assert_eq!(japanese.language.unwrap().as_str(), "ja");
    assert_eq!(japanese.titles.keys().map(Language::as_str).collect::<Vec<_>>(), ["de", "en"]);
    assert_eq!(japanese.titles.get("en"), Some(&plain.title));
}

#[test]
fn steps_of_any_time_are_named_in_the_first_known_language() {
    let mut ledger = ledger([promise("xx/a").language("en").title_in("ja", "約束")]);
    let step = |to: &str, on: &str| Advance::builder("xx/a", to).on(on).citing(source());
    let mistake = append(&mut ledger, step("stalled", "2013-02-01")).unwrap();
    append(&mut ledger, Retract::builder("xx/a", mistake[0], "A slip")).unwrap();
    append(&mut ledger, step("under-way", "2013-03-01")).unwrap();
    append(&mut ledger, step("done", "2030-01-01")).unwrap();
    let languages = languages(&["ja"]);
    let standing = ledger.view_on("2026-08-01").unwrap().in_languages(&languages).standing("xx/a").unwrap();
    let past = standing.history.iter().map(|step| &step.title);
    let ahead = standing.future.iter().filter_map(|event| event.status_title.as_ref());
    let retracted = standing.retracted.iter().filter_map(|event| event.status_title.as_ref());
    let named: Vec<Vec<&str>> =
        past.chain(ahead).chain(retracted).map(|names| names.keys().map(Language::as_str).collect()).collect();
    assert_eq!(named, vec![["ja"]; 4]);
    assert_eq!(standing.future[0].title.as_str(), "約束");
}

#[test]
fn summaries_use_the_languages_too() {
    let ledger = ledger([promise("xx/a").language("en").title_in("ja", "約束")]);
    let languages = languages(&["ja"]);
    let view = ledger.view_on("2026-08-01").unwrap().in_languages(&languages);
    assert_eq!(view.summaries(&servanda_core::Filter::default())[0].title.as_str(), "約束");
}

#[test]
fn an_amendment_replaces_all_titles_in_other_languages() {
    let mut ledger = ledger([promise("xx/a").title_in("ja", "約束").title_in("de", "Ein Versprechen")]);
    append(&mut ledger, Amend::builder("xx/a").title_in("fr", "Une promesse").language("en")).unwrap();
    let standing = ledger.view_on("2026-08-01").unwrap().standing("xx/a").unwrap();
    assert_eq!(standing.titles.keys().map(Language::as_str).collect::<Vec<_>>(), ["fr"]);
    assert_eq!(standing.language.unwrap().as_str(), "en");
}

#[test]
fn a_link_is_seen_from_both_sides() {
    let mut ledger = ledger([promise("xx/bill-1"), promise("xx/bill-9")]);
    for relation in Relation::ALL {
        append(&mut ledger, Link::builder("xx/bill-1", relation, "xx/bill-9").on("2013-05-01").citing(source()))
            .unwrap();
    }
    let view = ledger.view_on("2013-05-01").unwrap();
    let seen = view.standing_with_links("xx/bill-9").unwrap().linked_from.unwrap();
    assert_eq!(seen.iter().map(|link| link.relation).collect::<Vec<_>>(), Relation::ALL);
    assert!(seen.iter().all(|link| link.commitment == *"xx/bill-1" && link.sources == [source()]));
    assert_eq!(view.standing_with_links("xx/bill-1").unwrap().linked_from, Some(Vec::new()));
    assert_eq!(view.standing("xx/bill-9").unwrap().linked_from, None);
    // The links hold from their day on.
    let before = ledger.view_on("2013-04-30").unwrap().standing_with_links("xx/bill-9").unwrap();
    assert_eq!(before.linked_from, Some(Vec::new()));
}

#[test]
fn a_retracted_link_is_seen_from_neither_side() {
    let mut ledger = ledger([promise("xx/bill-1"), promise("xx/bill-9")]);
    let id = append(&mut ledger, Link::builder("xx/bill-1", Relation::SplitFrom, "xx/bill-9")).unwrap()[0];
    append(&mut ledger, Retract::builder("xx/bill-1", id, "They are unrelated")).unwrap();
    let view = ledger.view_on("2026-08-01").unwrap();
    assert_eq!(view.standing_with_links("xx/bill-9").unwrap().linked_from, Some(Vec::new()));
    assert_eq!(view.standing("xx/bill-1").unwrap().links, []);
}

#[test]
fn topics_have_names_in_any_script() {
    let mut ledger = Ledger::new();
    let topic = || Topic::new("children", "en", "Children").unwrap();
    append(&mut ledger, topic()).unwrap();
    append(&mut ledger, topic().named("ja", "子ども").unwrap().named("ar", "أطفال").unwrap()).unwrap();
    let topics = ledger.view_on("2026-08-01").unwrap().topics();
    assert_eq!(topics.iter().map(|topic| topic.names.len()).collect::<Vec<_>>(), [3]);
}
