//! Edited tables: what has changed is corrected, with a reason.

use servanda::Tracker;

use crate::desk::{Desk, PLEDGES, shown, yaml};

#[test]
fn a_changed_date_status_or_source_is_a_correction() {
    for (name, from, to) in [
        ("date", "2014-05-01", "2014-05-02"),
        ("status", ",kept,", ",broken,"),
        ("source", "https://example.org/opened", "https://example.org/opening"),
        ("date_and_status", "In progress,2013-03-01", "stalled,2013-03-05"),
    ] {
        let desk = Desk::new();
        desk.import(PLEDGES);
        let edited = PLEDGES.replace(from, to);
        insta::assert_snapshot!(format!("changed_{name}"), desk.import(&edited));
        desk.import_again(&edited);
        assert_eq!(desk.steps("roads").len(), 3);
    }
}

#[test]
fn a_change_of_any_member_of_a_source_is_shown() {
    let columns = "source_title,source_publisher,source_date,source_language,source_quotation,source_archived";
    let row = "Opened,NHK,2014-05-01,ja,a road,https://example.org/copy";
    let csv = format!(
        "id,title,status,on,sources,{columns}\nroads,Build roads,kept,2014-05-01,https://example.org/opened,{row}\n"
    );
    let changes = [
        ("2014-05-01,ja", "2014-05-02,ja"),
        (",ja,", ",en,"),
        ("a road", "the road"),
        ("example.org/copy", "example.org/archive"),
        // The same words in another member.
        ("Opened,NHK,2014-05-01", "\"Opened (NHK, 2014-05-01)\",,"),
    ];
    let shown = changes.map(|(from, to)| {
        let desk = Desk::new();
        desk.import(&csv);
        let edited = csv.replace(from, to);
        let shown = desk.import(&edited);
        desk.import_again(&edited);
        shown
    });
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_change_of_the_source_of_words_is_shown() {
    let text = "\
commitments:
  - id: roads
    title: Build roads
    obligation: result
    words: {text: we will build, source: {title: Manifesto, url: \"https://example.org/m\", published: 2012}}
";
    let sources = ["published: 2013", "language: en", "publisher: \"2012\""];
    let shown_of = |recorder: &str| {
        let shown = sources.map(|source| {
            let other = Desk::recording_as(&Tracker::in_memory(recorder).unwrap());
            other.import_input(&yaml(text));
            let desk = Desk::new();
            desk.tracker.merge(other.tracker.export_since(None).unwrap().entries).unwrap();
            shown(&desk.plan_of(&yaml(&text.replace("published: 2012", source))))
        });
        shown.join("\n")
    };
    insta::assert_snapshot!("source_of_words", shown_of("sheet"));
    insta::assert_snapshot!("source_of_words_of_another_recorder", shown_of("editor"));
}

#[test]
fn a_correction_is_one_batch_with_a_reason() {
    let mut desk = Desk::new();
    desk.import(PLEDGES);
    desk.options.reason = Some("The ministry gave another day".to_owned());
    let plan = desk.plan(&PLEDGES.replace("2013-03-01", "2013-03-02"));
    let kinds: Vec<&str> = plan.entries().iter().map(|entry| entry.kind()).collect();
    assert_eq!(kinds, ["retract", "advance"]);
    assert!(plan.entries().iter().all(|entry| entry.batch().is_some_and(|batch| batch.of == 2)));
    assert!(plan.entries()[0].line().contains("The ministry gave another day"));
}

#[test]
fn a_column_gives_the_reason_of_a_row() {
    let desk = Desk::new();
    let csv = "id,title,status,on,reason\nroads,Build roads,stalled,2013-03-01,\n";
    desk.import(csv);
    let plan = desk.plan(&csv.replace("03-01,", "03-02,Misread"));
    assert_eq!(plan.changes()[0].reason.as_deref(), Some("Misread"));
}

#[test]
fn better_titles_and_other_topics_are_amended() {
    let desk = Desk::new();
    let csv = "id,title,topics\nroads,Build roads,transport\n";
    desk.import(csv);
    let edited = csv.replace("Build roads,transport", "Build new roads,transport;money");
    insta::assert_snapshot!(desk.import(&edited));
    desk.import_again(&edited);
    assert_eq!(desk.standing("roads").title.as_str(), "Build new roads");
    // And back again.
    desk.import(csv);
    assert_eq!(desk.standing("roads").title.as_str(), "Build roads");
    desk.import_again(csv);
}

#[test]
fn another_part_of_the_registration_is_registered_again() {
    let desk = Desk::new();
    let csv =
        "id,title,made,by,status,on,sources\nroads,Build roads,2013-01-18,gov,kept,2014-05-01,https://example.org/o\n";
    desk.import(csv);
    // The title was amended in between, so the amendment goes with the registration.
    desk.import(&csv.replace("Build roads", "Roads"));
    let edited = csv.replace("Build roads,2013-01-18,gov", "More roads,2013-01-19,gov;city");
    insta::assert_snapshot!(desk.import(&edited));
    desk.import_again(&edited);
    let standing = desk.standing("roads");
    assert_eq!((standing.title.as_str(), standing.made.to_string().as_str()), ("More roads", "2013-01-19"));
    assert_eq!(desk.steps("roads"), ["2013-01-19 not-rated", "2014-05-01 kept"]);
}

#[test]
fn a_newer_version_of_a_procedure_changes_nothing() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let mut newer = servanda::builtin::pledge().clone();
    newer.version = 2;
    desk.tracker.append(newer).unwrap();
    desk.import_again(PLEDGES);
}

#[test]
fn steps_of_one_day_keep_their_order_when_the_first_is_corrected() {
    let desk = Desk::new();
    let csv = "id,title,status,on,note\n\
        roads,Build roads,In progress,2013-03-01,\n\
        roads,,stalled,2013-03-01,\n\
        roads,,In progress,2013-03-01,again\n";
    desk.import(csv);
    let edited = csv.replace("In progress,2013-03-01,\n", "In progress,2013-03-01,begun\n");
    desk.import(&edited);
    let fresh = Desk::new();
    fresh.import(&edited);
    assert_eq!(desk.steps("roads"), fresh.steps("roads"));
    let notes = |desk: &Desk| {
        let history = desk.standing("roads").history;
        history.into_iter().map(|step| step.note.map(|note| note.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(notes(&desk), notes(&fresh));
    desk.import_again(&edited);
}

#[test]
fn steps_with_imprecise_dates_are_recorded_again_if_their_order_changes() {
    let desk = Desk::new();
    // The ledger finds out that work stopped after the first rating, because it could not before
    // it.
    let csv = "id,title,status,on,sources\n\
        roads,Build roads,stalled,2013-01-20,\n\
        roads,,stalled,2013-02,\n\
        roads,,partly-kept,2013-02-05,https://example.org/o\n";
    desk.import(csv);
    let edited = csv.replace("stalled,2013-01-20,", "partly-kept,2013-02-14,https://example.org/p");
    insta::assert_snapshot!(desk.import(&edited));
    let fresh = Desk::new();
    fresh.import(&edited);
    assert_eq!(desk.steps("roads"), fresh.steps("roads"));
    desk.import_again(&edited);
    // A later step leaves them alone.
    let later = format!("{edited}roads,,kept,2014-01-01,https://example.org/q\n");
    assert_eq!(desk.plan(&later).entries().len(), 1);
}
