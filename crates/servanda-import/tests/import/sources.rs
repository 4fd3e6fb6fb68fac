//! Further members of sources, in columns next to the sources.

use servanda::Source;

use crate::desk::{Desk, shown, yaml};

const ADDRESSES: &str = "https://example.org/a\nhttps://example.org/b\nhttps://example.org/c";

/// Imports a pledge with a step that has these columns, and returns the sources of the step.
fn sources(columns: &[(&str, &str)], mapping: &str) -> Vec<Source> {
    let desk = Desk::with_mapping(&format!("{}{mapping}", crate::desk::MAPPING));
    let csv = csv(columns);
    desk.import(&csv);
    desk.import_again(&csv);
    desk.standing("roads").history[1].sources.clone()
}

fn csv(columns: &[(&str, &str)]) -> String {
    let names: String = columns.iter().map(|(name, _)| format!(",{name}")).collect();
    let cells: String = columns.iter().map(|(_, cell)| format!(",\"{cell}\"")).collect();
    format!("id,title,status,on{names}\nroads,Build roads,stalled,2013-03-01{cells}\n")
}

fn publishers(sources: &[Source]) -> Vec<Option<&str>> {
    sources.iter().map(|source| source.publisher.as_ref().map(|publisher| publisher.as_str())).collect()
}

#[test]
fn a_value_that_is_empty_belongs_to_its_source() {
    let columns = [("sources", ADDRESSES), ("source_publisher", "NHK\n\nBBC")];
    assert_eq!(publishers(&sources(&columns, "")), [Some("NHK"), None, Some("BBC")]);
    let columns = [("sources", ADDRESSES), ("source_publisher", "\nNHK")];
    assert_eq!(publishers(&sources(&columns, "")), [None, Some("NHK"), None]);
    let spaced = [("sources", "https://example.org/a\n\nhttps://example.org/b"), ("source_publisher", "NHK\n\nBBC\n")];
    assert_eq!(publishers(&sources(&spaced, "")), [Some("NHK"), Some("BBC")]);
}

#[test]
fn the_value_of_one_source_is_whole() {
    let columns = [("sources", "https://example.org/a"), ("source_quotation", "We will build; we will pay")];
    let quotation = sources(&columns, "")[0].quotation.as_ref().unwrap().to_string();
    assert_eq!(quotation, "We will build; we will pay");
}

#[test]
fn sources_can_be_in_several_columns() {
    let mapping = "\n[columns]\nsources = [\"First\", \"Second\"]\n";
    let columns =
        [("First", "https://example.org/a"), ("Second", "https://example.org/b"), ("source_publisher", "NHK; BBC")];
    assert_eq!(publishers(&sources(&columns, mapping)), [Some("NHK"), Some("BBC")]);
}

#[test]
fn further_members_can_be_in_several_columns() {
    let mapping = "\n[columns]\nsources = [\"A\", \"B\", \"C\"]\nsource_publisher = [\"Of A\", \"Of B\", \"Of C\"]\n";
    let columns = [
        ("A", "https://example.org/a"),
        ("B", ""),
        ("C", "https://example.org/c\nhttps://example.org/d"),
        ("Of A", ""),
        ("Of B", ""),
        ("Of C", "NHK; BBC"),
    ];
    assert_eq!(publishers(&sources(&columns, mapping)), [None, Some("NHK"), Some("BBC")]);
    let mapping = "\n[columns]\nsource_publisher = [\"Of A\", \"Of B\", \"Of C\"]\n";
    let columns = [("sources", ADDRESSES), ("Of A", ""), ("Of B", "NHK"), ("Of C", "The Press; Evening Edition")];
    assert_eq!(publishers(&sources(&columns, mapping)), [None, Some("NHK"), Some("The Press; Evening Edition")]);
}

#[test]
fn more_values_than_sources_are_refused_at_their_column() {
    let refused = |columns: &[(&str, &str)], mapping: &str| {
        let desk = Desk::with_mapping(&format!("{}{mapping}", crate::desk::MAPPING));
        shown(&desk.plan(&csv(columns)))
    };
    let several = [("sources", ADDRESSES), ("source_publisher", "NHK; BBC; CBC; ABC")];
    let none = [("source_date", "2013-03-01")];
    let columns = "\n[columns]\nsources = [\"A\", \"B\"]\nsource_publisher = [\"Of A\", \"Of B\"]\n";
    let beside = [("A", "https://example.org/a"), ("B", ""), ("Of A", "NHK"), ("Of B", "BBC")];
    insta::assert_snapshot!([refused(&several, ""), refused(&none, ""), refused(&beside, columns)].join("\n"));
}

#[test]
fn a_default_is_for_the_sources_that_there_are() {
    let mapping = "\n[defaults]\nsource_publisher = \"NHK\"\n";
    let mapping = crate::desk::MAPPING.replace("[defaults]", mapping.trim());
    let desk = Desk::with_mapping(&mapping);
    desk.import("id,title,status,on,sources\nroads,Build roads,stalled,2013-03-01,\n");
    assert_eq!(desk.steps("roads").len(), 2);
}

#[test]
fn a_source_of_words_has_the_members_of_its_own_row() {
    let desk = Desk::new();
    let csv = "id,title,obligation,words,status,on,sources,source_publisher\n\
        roads,Build roads,result,we will build,stalled,2013-03-01,https://example.org/a,\n\
        roads,,,,In progress,2013-04-01,https://example.org/b,NHK\n";
    desk.import(csv);
    desk.import_again(csv);
    assert_eq!(desk.standing("roads").words.unwrap().source.publisher, None);
}

#[test]
fn sources_in_documents_can_be_texts_and_objects() {
    let desk = Desk::new();
    let text = r#"
commitments:
  - id: roads
    title: Build roads
    steps:
      - to: stalled
        on: 2013-03-01
        sources: ["https://example.org/a", {url: "https://example.org/b", publisher: BBC}]
        source_publisher: NHK; CBC
        source_date: 2013-03-01; 2013-03-02
"#;
    desk.import_input(&yaml(text));
    let sources = desk.standing("roads").history[1].sources.clone();
    assert_eq!(publishers(&sources), [Some("NHK"), Some("BBC")]);
    assert_eq!(sources[1].published.unwrap().to_string(), "2013-03-02");
    assert!(desk.plan_of(&yaml(text)).entries().is_empty());
}
