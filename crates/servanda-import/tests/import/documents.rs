//! Documents: commitments with lists of steps.

use crate::desk::{Desk, shown, yaml};

/// An invented tracker in YAML.
const TRACKER: &str = r#"
commitments:
  - id: roads
    title: Build roads
    by: [gov, city]
    made: 2013-01-18
    obligation: result
    words:
      text: we will build
      source: {title: Manifesto, url: "https://example.org/m", published: 2012}
    steps:
      - to: In progress
        on: 2013-03-01
        note: First works
      - to: kept
        on: 2014-05-01
        sources:
          - https://example.org/opened
          - {title: Opening, url: "https://example.org/opening"}
  - id: schools
    title: Mend schools
"#;

#[test]
fn a_document_has_commitments_with_steps() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.import_input(&yaml(TRACKER)));
    let standing = desk.standing("roads");
    assert_eq!(standing.history.last().unwrap().sources.len(), 2);
    assert_eq!(standing.words.unwrap().source.published.unwrap().to_string(), "2012");
    assert!(desk.plan_of(&yaml(TRACKER)).entries().is_empty());
}

#[test]
fn problems_in_a_document_have_their_line() {
    let desk = Desk::new();
    let plan = desk.plan_of(&yaml(&TRACKER.replace("to: kept", "to: keppt").replace("2013-01-18", "soon")));
    insta::assert_snapshot!(shown(&plan));
}

#[test]
fn a_document_can_have_other_keys() {
    let desk = Desk::with_mapping(&format!(
        "{}\n[columns]\ntitle = \"name\"\nstatus = \"state\"\non = \"when.day\"\n",
        crate::desk::MAPPING
    ));
    let text = "commitments:\n  - {id: roads, name: Build roads, steps: [{state: stalled, when: {day: 2013-05-01}}]}\n";
    desk.import_input(&yaml(text));
    assert_eq!(desk.steps("roads")[1], "2013-05-01 stalled");
}

#[test]
fn a_commitment_without_steps_has_the_keys_of_a_table() {
    let desk = Desk::new();
    let text = "\
commitments:
  - {id: roads, title: Build roads, by: arden, to: citizens, deadline: 2015}
  - {id: schools, title: Mend schools, deadline: 2015, status: stalled, on: 2013-03-01}
  - {id: parks, title: Open parks, by: arden, taken_by: gov, status: stalled, on: 2013-03-01, new_deadline: 2016}
";
    insta::assert_snapshot!(desk.import_input(&yaml(text)));
    let ledger = desk.tracker.ledger().unwrap();
    let roads = ledger.entries().find(|entry| entry.commitment() == Some("roads")).unwrap();
    let own = [r#""by":["arden"]"#, r#""deadline":"2015""#, r#""to":["citizens"]"#];
    assert!(own.iter().all(|member| roads.line().contains(member)), "{}", roads.line());
    assert_eq!(desk.standing("parks").history[1].by.as_ref().map(|party| party.as_str()), Some("gov"));
    assert!(desk.plan_of(&yaml(text)).entries().is_empty());
}

#[test]
fn problems_with_a_step_in_a_commitment_name_the_key_of_a_table() {
    let desk = Desk::new();
    let text = "commitments:\n  - {id: roads, title: Build roads, to: citizens, status: keppt, on: 2013-03-01}\n";
    insta::assert_snapshot!(shown(&desk.plan_of(&yaml(text))));
}

#[test]
fn an_opening_and_rules_are_read_from_documents() {
    let desk = Desk::new();
    let text = r#"
commitments:
  - id: hague
    title: The Hague Abduction Convention
    procedure: diet-treaty-approval
    by: jp
    opening: {status: preparing, on: 2011-05-20}
    rules:
      entry-into-force:
        basis: Hague Convention of 25 October 1980, art. 43(2)(1)
        rule: {first-of-month: {count: 3}}
"#;
    desk.import_input(&yaml(text));
    assert_eq!(desk.steps("hague"), ["2011-05-20 preparing"]);
    assert!(desk.plan_of(&yaml(text)).entries().is_empty());
}
