//! Mapping files, and what is wrong with them.

use servanda_import::{Mapping, PlanOptions, plan};

use crate::desk::{Desk, table};

#[test]
fn every_problem_of_a_mapping_is_reported_with_its_line() {
    let text = r#"
[colums]
title = "Promise"

[columns]
titel = "Promise"
by = 3

[defaults]
id = "one"

[ids]
from = "titles"
on_clash = "count"
prefx = "us/"

[dates]
formats = ["%d.%m.%y", "%q", "%d.%m"]
months = ["Januar"]

[lists]
separator = ";"

[steps]
keep_earlier = "yes"

[statuses]
"In progress" = 3
"#;
    let error = Mapping::from_toml("mapping.toml", text).unwrap_err();
    assert_eq!(error.code(), "mapping-refused");
    insta::assert_snapshot!(error);
    insta::assert_snapshot!(Mapping::from_toml("mapping.toml", "[columns\n").unwrap_err());
}

#[test]
fn a_column_that_the_table_lacks_is_refused() {
    let desk = Desk::new();
    let mapping = Mapping::from_toml("mapping.toml", "[columns]\ntitle = \"Promisse\"\nby = \"Who\"\n").unwrap();
    let error = plan(&desk.tracker, &table("id,Promise\n"), &mapping, &PlanOptions::default()).unwrap_err();
    assert_eq!(error.code(), "column-missing");
    insta::assert_snapshot!(error);
}

#[test]
fn a_mapping_names_columns_and_formats() {
    let desk = Desk::with_mapping(
        r#"
[columns]
id = "Nr."
title = "Versprechen"
by = ["Partei", "Partner"]
made = "Datum"
status = "Stand"
on = "Seit"
sources = ["Beleg 1", "Beleg 2"]

[defaults]
procedure = "pledge"

[dates]
formats = ["%d.%m.%Y"]

[parties]
"CDU/CSU" = "cdu-csu"
SPD = "spd"

[statuses]
"In Arbeit" = "in-the-works"
"#,
    );
    let csv = "Nr.,Versprechen,Partei,Partner,Datum,Stand,Seit,Beleg 1,Beleg 2\n\
        p1,Straßen,CDU/CSU,spd,1.2.2013,in arbeit,3.4.2013,https://example.org/1,https://example.org/2\n";
    desk.import(csv);
    let standing = desk.standing("p1");
    assert_eq!(standing.by.iter().map(|party| party.as_str()).collect::<Vec<_>>(), ["cdu-csu", "spd"]);
    assert_eq!(desk.steps("p1"), ["2013-02-01 not-rated", "2013-04-03 in-the-works"]);
    assert_eq!(standing.history[1].sources.len(), 2);
    desk.import_again(csv);
}
