//! Tests of guessing a mapping. All tables are invented.

#![allow(clippy::panic, clippy::unwrap_used)]

use insta::assert_snapshot;
use servanda::{Party, Tracker};
use servanda_import::guess::guess;
use servanda_import::read::{ReadOptions, read_bytes};
use servanda_import::{Input, Mapping};

fn guessed_on(tracker: &Tracker, csv: &str) -> String {
    let input = read_bytes("pledges.csv", csv.into(), &ReadOptions::default()).unwrap();
    let Input::Table(table) = input else { panic!("not a table") };
    let toml = guess(&table, tracker).unwrap().toml;
    // A guess is a mapping that can be used.
    Mapping::from_toml("pledges.toml", &toml).unwrap();
    toml
}

fn guessed(csv: &str) -> String {
    guessed_on(&Tracker::in_memory("editor").unwrap(), csv)
}

#[test]
fn a_tracker_in_english() {
    assert_snapshot!(guessed(
        "No.,Promise,Promised by,Date promised,Due date,Category,Rating,Last updated,Sources,Notes,Ministry\n\
         1,Build the bridge,Blue Party,\"March 15, 2013\",2015,Transport,Promise Kept,\"May 2, 2015\",https://example.org/a; https://example.org/b,Opened,Works\n\
         2,Plant trees,Blue Party,\"March 15, 2013\",2016,Environment,In the Works,\"Sept. 3, 2014\",https://example.org/c,,Forests\n\
         3,Lower the fare,Red Party,2014,,Transport,Promise Broken,\"June 30, 2015\",https://example.org/d,,Works\n\
         4,Open the archive,Red Party,2014,,Culture,Kept in part or in the works,\"June 30, 2015\",https://example.org/e,,Works\n\
         5,Open the town hall,Red Party,2014,,Culture,Somewhat,\"June 30, 2015\",https://example.org/f,,Works\n"
    ));
}

#[test]
fn a_tracker_in_german() {
    assert_snapshot!(guessed(
        "Kennung;Vorhaben;Partei;Versprochen am;Frist;Themenfeld;Umsetzungsstand;Stand vom;Quelle;Zuständig\n\
         A.1;Brücke bauen;Die Blauen;15.03.2013;2015;Verkehr;umgesetzt;02.05.2015;https://example.org/a;Bauamt\n\
         A.2;Bäume pflanzen;Die Blauen;15.03.2013;2016;Umwelt;begonnen;3. Oktober 2014;https://example.org/b;Forstamt\n\
         A.3;Fahrpreis senken;Die Roten;01.02.2014;;Verkehr;teilweise umgesetzt;30.06.2015;https://example.org/c;Bauamt\n\
         A.4;Archiv öffnen;Die Roten;01.02.2014;;Kultur;Zurückgestellt;30.06.2015;https://example.org/d;\n"
    ));
}

#[test]
fn a_tracker_in_french() {
    assert_snapshot!(guessed(
        "Promesse\tParti\tDate de la promesse\tÉchéance\tThème\tVerdict\tMise à jour\tSource\n\
         Construire le pont\tLes Bleus\t15/03/2013\t2015\tTransports\tRéalisée\t2 mai 2015\thttps://example.org/a\n\
         Planter des arbres\tLes Bleus\t15/03/2013\t2016\tEnvironnement\tEn voie de réalisation\t3 août 2014\thttps://example.org/b\n\
         Baisser le tarif\tLes Rouges\t01/02/2014\t\tTransports\tRompue\t30 juin 2015\thttps://example.org/c\n\
         Ouvrir les archives\tLes Rouges\t01/02/2014\t\tCulture\tEn suspens\t30 juin 2015\thttps://example.org/d\n"
    ));
}

#[test]
fn a_tracker_in_japanese() {
    let tracker = Tracker::in_memory("editor").unwrap();
    let party = Party::new("ao", "ja", "青党").unwrap();
    tracker.append(party).unwrap();
    assert_snapshot!(guessed_on(
        &tracker,
        "公約番号,公約,政党,発表日,期限,分野,達成状況,更新日,出典,担当課\n\
         1-1,橋を架ける,青党,2013年3月15日,2015年度,交通,達成,2015年5月2日,https://example.org/a,土木課\n\
         1-2,木を植える,青党,2013年3月15日,2016年度,環境,実施中,2014年10月3日,https://example.org/b,林務課\n\
         1-3,運賃を下げる,赤党,2014年2月,,交通,未達成,2015年6月30日,https://example.org/c,土木課\n\
         1-4,文書館を開く,赤党,2014年2月,,文化,未着手,2015年6月30日,https://example.org/d,\n"
    ));
}

#[test]
fn columns_without_telling_names_are_known_by_their_values() {
    assert_snapshot!(guessed(
        "A,B,C,D\n\
         Build the bridge over the river,kept,03/04/2015,https://example.org/a\n\
         Plant ten thousand trees in the town,stalled,05/06/2015,https://example.org/b\n\
         Lower the fare of the night bus,done,07/08/2015,https://example.org/c\n"
    ));
}

#[test]
fn several_columns_with_bodies_in_charge_are_a_list() {
    let guess = guessed(
        "Promise,Ministry,Notes,Agency,Status,Date\n\
         Build the bridge,Ministry of Works,by 2015,Roads Agency,Stalled,2013-03-01\n\
         Open the archives,Ministry of Culture,,,Kept,2013-04-01\n",
    );
    assert_snapshot!(guess);
}

#[test]
fn ids_of_parties_are_made_as_an_import_makes_ids() {
    let guess = guessed("Title,Party\nBuild the bridge,Grüne\nPlant trees,Parti socialiste d’Arden\nA road,NHK 日本\n");
    for line in
        [r#""Grüne" = "grune""#, r#""Parti socialiste d’Arden" = "parti-socialiste-darden""#, r##"# "NHK 日本""##]
    {
        assert!(guess.lines().any(|written| written.starts_with(line)), "{line} is not in\n{guess}");
    }
}

#[test]
fn several_rows_for_one_commitment_are_its_steps() {
    assert_snapshot!(guessed(
        "Pledge,Status,Date\n\
         Build the bridge,in-the-works,2014-01-01\n\
         Build the bridge,kept,2015-01-01\n\
         Plant trees,broken,3.4.15\n\
         Plant trees,broken,soon\n"
    ));
}

#[test]
fn a_table_of_something_else_leaves_everything_to_the_editor() {
    assert_snapshot!(guessed("x,y\n1,2\n3,4\n"));
}
