//! Responsible bodies, identifiers, titles in other languages, targets and measurements.

use crate::desk::{Desk, MAPPING, shown, yaml};

/// Invented.
const HOMES: &str = "\
id,title,responsible,identifier,identifiers,language,titles,target_value,target_unit,target_date,status,on,measured,sources
homes,Build homes,Ministry of Works=lead;arden/treasury,P-7,wikidata=Q1;gazette=2013/4,en,fr=Bâtir des logements,1000,homes,2015,In progress,2013-03-01,,
homes,,,,,,,,,,,2013-12-31,120,https://example.org/homes
homes,,,,,,,,,,,2014-12-31,450.5,https://example.org/homes
";

fn desk() -> Desk {
    Desk::with_mapping(&format!(
        "{MAPPING}\n[bodies]\n\"Ministry of works\" = \"arden/works\"\nTreasury = \"arden/treasury\"\n"
    ))
}

fn registered(desk: &Desk) -> servanda::Commitment {
    let ledger = desk.tracker.ledger().unwrap();
    let fact = ledger.entries().find(|entry| entry.kind() == "register").unwrap().fact();
    match fact {
        servanda::Fact::Register(commitment) => *commitment,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_further_members_of_a_registration_are_columns() {
    let mut desk = desk();
    desk.mapping = desk.mapping.replace("[defaults]", "[defaults]\nidentifier_scheme = \"desk\"");
    insta::assert_snapshot!(desk.import(HOMES));
    desk.import_again(HOMES);
    let standing = desk.standing("homes");
    let registered = registered(&desk);
    let identifiers: Vec<String> = registered.identifiers.iter().map(ToString::to_string).collect();
    assert_eq!(identifiers, ["desk=P-7", "wikidata=Q1", "gazette=2013/4"]);
    let bodies: Vec<String> = standing.responsible.iter().map(|body| body.body.to_string()).collect();
    assert_eq!(bodies, ["arden/works", "arden/treasury"]);
    let measurement = standing.measurement.unwrap();
    assert_eq!((measurement.value.to_string().as_str(), measurement.on.to_string().as_str()), ("450.5", "2014-12-31"));
    assert_eq!(servanda::format::to_json(&registered.titles), r#"{"fr":"Bâtir des logements"}"#);
}

#[test]
fn another_ministry_and_another_number_are_corrections() {
    let desk = desk();
    desk.import(HOMES);
    let edited = HOMES.replace("Ministry of Works=lead;", "").replace("450.5", "455").replace("1000,", "1200,");
    insta::assert_snapshot!(desk.import(&edited));
    desk.import_again(&edited);
    assert_eq!(desk.standing("homes").measurement.unwrap().value.to_string(), "455");
}

#[test]
fn further_members_are_objects_in_documents() {
    let desk = desk();
    let text = r#"
commitments:
  - id: homes
    title: Build homes
    responsible: [{body: arden/works, role: lead}, arden/treasury]
    identifiers: {wikidata: Q1}
    titles: {fr: "Bâtir des logements, enfin"}
    language: en
    target: {value: 1000, unit: homes, date: 2015}
    steps:
      - {on: 2013-12-31, measured: 120}
"#;
    insta::assert_snapshot!(desk.import_input(&yaml(text)));
    assert_eq!(desk.standing("homes").responsible.len(), 2);
    assert!(desk.plan_of(&yaml(text)).entries().is_empty());
}

#[test]
fn an_identifier_of_another_commitment_needs_permission() {
    let mut desk = desk();
    desk.import(HOMES);
    let csv = "id,title,identifiers\nflats,Build flats,wikidata=Q1\n";
    let plan = desk.plan(csv);
    assert_eq!(plan.refused().next().unwrap().code.as_deref(), Some("identifier-taken"));
    assert!(plan.entries().is_empty());
    desk.options.share_identifiers = true;
    desk.import(csv);
    assert_eq!(desk.standing("flats").title.as_str(), "Build flats");
}

#[test]
fn what_is_wrong_with_them_is_refused_in_its_column() {
    let desk = desk();
    let wrong = HOMES
        .replace("Ministry of Works", "Ministry of Work")
        .replace("wikidata=Q1", "Q1")
        .replace(",homes,2015", ",,2015")
        .replace("120,", "many,");
    insta::assert_snapshot!(shown(&desk.plan(&wrong)));
}
