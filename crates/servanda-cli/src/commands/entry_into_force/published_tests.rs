//! Tests of published tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use servanda::treaty::{EntryIntoForce, InForce};

use super::super::records::Records;
use super::*;

/// An invented table with every form that published tables have.
const HARBOURS: &str = "\
\"CHAPTER IV. 2. Convention on Harbour Pilots. Sandmouth, 1 May 1990\",,,
Participant,\"Signature, Succession to signature(d)\",Provisional application(n),\"Ratification, Acceptance(A), Approval(AA), Accession(a), Definitive signature(s), Succession(d), Formal confirmation(c)\"
Ambria,1 May 1990,,3 Jan 1991
\"Borne, Republic of 1\",2 May 1990,2 May 1990 n,14 Sept 1991 A
Corvey 2,,,[ 30 June 1992 a] 3
Dunmark,,,1 Feb. 1993 s
Eastlund 1,,,5 Mar 1994 d
Fenwick,5 May 1990,[5 May 1990 n] 4,
Garland,,,
Halmar (Islands),6 May 1990 d,,19 July 1995 AA
Inland Union 5,,,20 Aug 1995 c
,,,
Notes,,,
1,\"Borne notified on 1 August 1994, with effect from 1 September 1994, that a declaration no longer applies. Eastlund notified its succession on 5 March 1994, with effect from 1 January 1994.\",,
2,Signed on 4 May 1990 by a person without full powers.,,
3,\"In a communication received on 2 February 2000, the Government of Corvey notified its withdrawal, with effect from 2 August 2000.\",,
4,The Government of Fenwick notified the end of provisional application on 9 June 1996.,,
5,A regional organization.,,
";

fn table(text: &str) -> Table {
    let mut records = Records::new(text.as_bytes());
    let heading = records.find_map(|(_, record)| Heading::read(&record.ok()?)).unwrap();
    let mut table = read(&heading, records);
    table.apply_notes();
    table
}

fn word(act: Act) -> &'static str {
    match act {
        Act::Instrument(InstrumentKind::DefinitiveSignature) => "definitive signature",
        Act::Instrument(InstrumentKind::FormalConfirmation) => "formal confirmation",
        Act::Instrument(kind) => kind.as_str(),
        Act::Signature => "signature",
        Act::SuccessionToSignature => "succession to signature",
        Act::ProvisionalApplication => "provisional application",
        Act::EndOfProvisionalApplication => "end of provisional application",
    }
}

/// The rows of a table as `participant|act|day|effective|notes`.
fn rows(table: &Table) -> Vec<String> {
    let row = |row: &Row| {
        let effective = row.effective.map_or_else(String::new, |day| day.to_string());
        let notes: Vec<String> = row.notes.iter().map(u32::to_string).collect();
        format!("{}|{}|{}|{effective}|{}", row.participant, word(row.act), row.date, notes.join(";"))
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn a_table_has_an_act_for_each_day() {
    let table = table(HARBOURS);
    let expected = "\
        Ambria|signature|1990-05-01||
        Ambria|ratification|1991-01-03||
        Borne, Republic of|signature|1990-05-02||1
        Borne, Republic of|provisional application|1990-05-02||1
        Borne, Republic of|acceptance|1991-09-14||1
        Corvey|accession|1992-06-30||2;3
        Corvey|withdrawal|2000-02-02|2000-08-02|2;3
        Dunmark|definitive signature|1993-02-01||
        Eastlund|succession|1994-03-05|1994-01-01|1
        Fenwick|signature|1990-05-05||
        Fenwick|provisional application|1990-05-05||4
        Fenwick|end of provisional application|1996-06-09||4
        Halmar (Islands)|succession to signature|1990-05-06||
        Halmar (Islands)|approval|1995-07-19||
        Inland Union|formal confirmation|1995-08-20||5";
    assert_eq!(rows(&table), expected.lines().map(str::trim).collect::<Vec<_>>());
    assert_eq!(table.refused, []);
}

#[test]
fn a_cell_that_is_not_one_act_is_refused() {
    let mut found = String::new();
    for cell in [
        "Mar 1991 x",
        "3 Jan 1991 x",
        "3 Jan 1991 a d",
        "3 Jan 1991 5 Mar 1994",
        "31 June 1991",
        "[3 Jan 1991",
        "[3 Jan 1991]",
        "[3 Jan 1991] 9",
        "yes",
    ] {
        let table = table(&HARBOURS.replace("3 Jan 1991", cell));
        let [(line, reason, unread)] = table.refused.as_slice() else { panic!("{cell}: {:?}", table.refused) };
        assert_eq!((*line, unread.by.as_ref().unwrap().as_str()), (3, "Ambria"));
        let expected = match cell {
            "Mar 1991 x" => Some("1991-03"),
            "3 Jan 1991 x" | "3 Jan 1991 a d" | "[3 Jan 1991" => Some("1991-01-03"),
            _ => None,
        };
        assert_eq!(unread.on.map(|on| on.to_string()).as_deref(), expected, "{cell}");
        // An act in brackets took place; only its end is not known.
        let is_read = cell.ends_with(']') || cell.ends_with('9');
        assert_eq!((unread.may_deposit, unread.may_leave), (!is_read, cell.starts_with('[')), "{cell}");
        writeln!(found, "{reason}").unwrap();
    }
    insta::assert_snapshot!(found.trim_end());
}

#[test]
fn a_bracketed_act_needs_a_note_with_one_day() {
    let without_day = HARBOURS.replace("received on 2 February 2000, ", "");
    assert_eq!(table(&without_day).refused.len(), 1);
    let denounced = HARBOURS.replace("withdrawal", "denunciation");
    assert!(rows(&table(&denounced)).contains(&"Corvey|denunciation|2000-02-02|2000-08-02|2;3".to_owned()));
}

#[test]
fn digits_that_tell_names_apart_belong_to_them() {
    let text = "Party,Accession\nZone 1,3 Jan 1991\nZone 2,4 Jan 1991\nOdde 3,5 Jan 1991\n";
    assert_eq!(
        rows(&table(text)),
        ["Zone 1|accession|1991-01-03||", "Zone 2|accession|1991-01-04||", "Odde|accession|1991-01-05||3"]
    );
}

#[test]
fn a_heading_explains_its_letters() {
    let act = |heading: &str, letter: Option<&str>| Column::read(heading).unwrap().act(letter);
    let ratified = Ok(Act::Instrument(InstrumentKind::Ratification));
    assert_eq!(act("Accession(a), Succession(d), Ratification", None), ratified);
    assert_eq!(act("Ratification 3, Accession (a)", None), ratified);
    assert_eq!(act("Ratification, Acceptance, Approval", None), ratified);
    assert_eq!(act("Accession(a)", Some("a")), Ok(Act::Instrument(InstrumentKind::Accession)));
    let mut refused = String::new();
    for (heading, letter) in [
        ("Accession(a)", None),
        ("Accession(a), Ratification", Some("d")),
        ("Ratification", Some("a")),
        ("Signature, Ratification", None),
    ] {
        writeln!(refused, "{heading}, {letter:?}: {}", act(heading, letter).unwrap_err()).unwrap();
    }
    insta::assert_snapshot!(refused.trim_end());
    assert!(Column::read("Entry into force").is_none());
}

/// Reads a file of the published tables, which are not part of the repository. `None` if it is
/// missing; in CI that is an error.
fn published(file: &str) -> Option<String> {
    let folder = std::env::var_os("SERVANDA_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join("un").join(file);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing, and CI needs it", path.display());
        println!("skipped: there is nothing to compare with, because {} is missing", path.display());
    }
    text
}

/// Asserts that a table means these rows, and that the rule gives their days of entry into force.
fn assert_means(name: &str, rule: &str) {
    let (Some(text), Some(meaning)) = (published(&format!("{name}.csv")), published(&format!("{name}-rows.csv")))
    else {
        return;
    };
    let table = table(&text);
    let found = rows(&table);
    let rule = EntryIntoForce::from_toml("treaty.toml", rule).unwrap();
    let deposits = table.into_deposits(|_, _| unreachable!());
    assert_eq!((deposits.errors, deposits.unread), (vec![], vec![]));
    let InForce { parties, unused, .. } = rule.apply(&deposits.instruments, None);
    assert_eq!(unused, []);
    let mut in_force: BTreeMap<(String, String), String> = BTreeMap::new();
    for party in parties {
        let day = party.in_force.map_or_else(String::new, |day| day.to_string());
        in_force.insert((party.party.to_string(), party.deposited.unwrap().to_string()), day);
    }
    let (mut expected, mut days) = (Vec::new(), 0);
    for (_, record) in Records::new(meaning.as_bytes()).skip(1) {
        let record = record.unwrap();
        let cells: Vec<String> = record.iter().map(text_of).collect();
        let [participant, act, day, effective, since, notes] = cells.as_slice() else { panic!("{cells:?}") };
        expected.push(format!("{participant}|{act}|{day}|{effective}|{notes}"));
        if !since.is_empty() {
            assert_eq!(in_force.get(&(participant.clone(), day.clone())), Some(since), "{participant}");
            days += 1;
        } else if let Some(since) = in_force.get(&(participant.clone(), day.clone())) {
            assert_eq!(since, "", "{participant}");
        }
    }
    assert_eq!(found, expected);
    assert!(days >= 8, "{days}");
}

fn text_of(cell: &[u8]) -> String {
    String::from_utf8(cell.to_vec()).unwrap()
}

#[test]
fn the_published_tables_mean_their_rows() {
    assert_means(
        "example-lighthouses",
        "id = 'lighthouses'\ntitle = { en = 'Convention on the Keeping of Lighthouses' }\n\
         [[general]]\nbasis = 'four deposits'\ndeposits = 4\nrule = { days = { count = 90 } }\n\
         [later]\nbasis = 'its own deposit'\nrule = { days = { count = 90 } }\n",
    );
    assert_means(
        "example-waterways",
        "id = 'waterways'\ntitle = { en = 'Agreement on Inland Waterways' }\n\
         [[general]]\nbasis = 'three deposits'\ndeposits = 3\nrule = { first-of-month-after-days = { count = 60 } }\n\
         [later]\nbasis = 'its own deposit'\nrule = { first-of-month-after-days = { count = 60 } }\n\
         [organizations]\nbasis = 'organizations'\nparties = [{ id = 'union', names = ['Union of Inland States'] }]\n",
    );
}
