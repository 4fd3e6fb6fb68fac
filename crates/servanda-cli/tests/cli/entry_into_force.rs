//! `servanda entry-into-force`.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::{Outcome, TestDir};

const CPTPP: &str = include_str!("../../../../examples/cptpp-deposits.csv");

const MY_TREATY: &str = "\
id = \"my-treaty\"
title = { en = \"My treaty\" }

[[general]]
basis = \"My treaty, art. 9(1)\"
deposits = 2
share = { at_least = \"50\", of = \"the harvest\" }
rule = { months = { count = 1 } }

[later]
basis = \"My treaty, art. 9(2)\"
rule = { days = { count = 30 } }

[leaving]
basis = \"My treaty, art. 12\"
rule = { months = { count = 6 } }
";

fn test_dir() -> TestDir {
    let dir = TestDir::new();
    dir.write("cptpp.csv", CPTPP);
    dir.write("my-treaty.toml", MY_TREATY);
    dir
}

fn run(content: impl AsRef<[u8]>, width: usize, arguments: &str) -> Outcome {
    let dir = test_dir();
    dir.write("d.csv", content);
    dir.run(width, &format!("entry-into-force {arguments}"))
}

#[test]
fn tables() {
    let dir = test_dir();
    for (name, width, arguments) in [
        ("cptpp", 100, ""),
        ("cptpp_missing", 100, "--on 2018-10-30"),
        ("cptpp_before", 100, "--on 2018-01-01"),
        ("cptpp_narrow", 40, "--on 2018-11-15"),
    ] {
        assert_snapshot!(name, dir.run(width, &format!("entry-into-force cptpp @cptpp.csv {arguments}")).transcript());
    }
}

#[test]
fn lines_fit_every_width() {
    let dir = test_dir();
    for width in 40..130 {
        for line in dir.run(width, "entry-into-force cptpp @cptpp.csv").out.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn json() {
    let outcome = run(
        "party,deposited,share\nA,2001-01-31,30\nB,2001-01-31,20\nC,2001-02-01,1\n",
        80,
        "@my-treaty.toml @d.csv --format json",
    );
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
    assert_snapshot!("json_in_force", outcome.out);
    let outcome = run("party,deposited,share\nA,2001-01-31,30.5\n", 80, "@my-treaty.toml @d.csv --format json");
    assert_snapshot!("json_not_in_force", outcome.out);
}

/// An invented treaty and the table of its participants, as a depositary publishes it.
const PILOTS: &str = "\
id = \"harbour-pilots\"
title = { en = \"Convention on Harbour Pilots\" }

[[general]]
basis = \"Convention on Harbour Pilots, art. 8(1)\"
deposits = 3
rule = { weeks = { count = 6 } }

[later]
basis = \"Convention on Harbour Pilots, art. 8(2)\"
rule = { weeks = { count = 6 } }
";

const PILOTS_TABLE: &str = "\
\"Convention on Harbour Pilots. Sandmouth, 1 May 1990\",,
Participant,Signature,\"Ratification, Accession(a), Succession(d), Definitive signature(s)\"
Ambria,1 May 1990,3 Jan 1991
\"Borne, Republic of 1\",2 May 1990,
Corvey,,[30 June 1992 a] 2
Dunmark,,1 Feb. 1993 s
Eastlund,,5 Mar 1994 d
Fenwick,,4 April 1995 a
Garland,,
,,
Notes,,
1,With a declaration.,
2,\"In a communication received on 2 February 2000, the Government of Corvey notified its withdrawal, with effect from 2 August 2000.\",
";

#[test]
fn a_published_table_is_read_as_it_is() {
    let dir = test_dir();
    dir.write("pilots.toml", PILOTS);
    for (name, table) in [
        ("published_table", PILOTS_TABLE.to_owned()),
        // One cell cannot be read. It may be a deposit of any day.
        ("published_table_unread", PILOTS_TABLE.replace("4 April 1995 a", "4 Aprl 1995 a")),
        // The others do not suffice.
        (
            "published_table_too_few",
            PILOTS_TABLE.replace("1 Feb. 1993 s", "").replace("30 June 1992 a", "30 June 1992 ad"),
        ),
    ] {
        dir.write("d.csv", table);
        assert_snapshot!(name, dir.run(100, "entry-into-force @pilots.toml @d.csv").transcript());
        assert_snapshot!(
            format!("{name}_json"),
            dir.run(100, "entry-into-force @pilots.toml @d.csv --format json").transcript()
        );
    }
}

#[test]
fn a_list_may_have_days_as_depositaries_write_them() {
    let list = "party,signature,deposited\nAmbria,,3 Jan 1991 a\nBorne,2 May 1990,14 Sept 1991\nCorvey,3 May 1990,\n\
        Dunmark,,1 Feb 1993 d\nEastlund,,2 Mar 1994 s\n";
    assert_snapshot!("list_of_written_days", run(list, 100, "hague-1980 @d.csv").transcript());
    let list = "party,deposited,kind\nAmbria,3 Jan 1991 x,\nBorne,3 Jan 1991 a,ratification\nCorvey,31 Jun 1991,\n";
    assert_snapshot!("list_of_unknown_days", run(list, 100, "hague-1980 @d.csv").transcript());
}

#[test]
fn a_month_gives_a_range_of_days() {
    let rows = "party,deposited\nA,1999-01-31\nB,Feb 1999 a\nC,1999-02\nD,2001\n";
    assert_snapshot!("range_of_months", run(rows, 100, "hague-1980 @d.csv").transcript());
}

#[test]
fn a_missing_share_gives_a_range_of_days() {
    let rows = "party,deposited,share,kind\nA,2001-01-31,20,\nB,2001-02-28,,\nC,2001-04-15,40,\nD,2002-01-01,5,\nB,2003-01-01,,withdrawal\n";
    assert_snapshot!("range_of_days", run(rows, 100, "@my-treaty.toml @d.csv").transcript());
    // Nothing later is enough for certain.
    let rows = rows.replace(",40,", ",20,");
    assert_snapshot!("range_without_end", run(rows, 100, "@my-treaty.toml @d.csv").transcript());
}

#[test]
fn invalid_rows_are_listed_and_nothing_depends_on_them() {
    let rows = "\u{feff}party,deposited,share,kind\r\nA,2000-02-29,30,\r\n\"B,2000-03-01,10,\r\nC,2001-02-29,1,\r\n\
        ,2000-03-01,,\r\nD,,1,\r\nE,2000-03,1,\r\nF,2000-03-01,abc,\r\nG,2000-03-01,140,\r\nH,2000-03-01,1,ratifcation\r\n\
        \r\n,,,\r\na,2001-01-01,50,\r\n\"I, Republic of\",2000-03-31,20.5 %,Ratification\r\nKorea, Republic of,2000-03-01,1,\r\n\
        J,2000-04-01,1,withdrawal\r\nA,2002-08-31,,denunciation\r\nK,2000-03-01,1e3,\r\n";
    let outcome = run(rows, 100, "@my-treaty.toml @d.csv");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("faulty_rows", outcome.transcript());
    // A row that is not UTF-8 is invalid.
    let outcome = run(b"party,deposited\nC\xf4te d'Ivoire,2000-01-01\nA,2000-01-01\n", 100, "hague-1980 @d.csv");
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Refused, "DIR/d.csv, line 2: it is not UTF-8\n"));
}

#[test]
fn a_quoted_cell_may_contain_a_line_break() {
    let outcome = run(
        "note,party,deposited\n\"two\nlines \"\"quoted\"\"\",A,2000-01-01\nx,B,\n",
        100,
        "hague-1980 @d.csv --format json",
    );
    assert_eq!(outcome.err, "DIR/d.csv, line 4: B has no day of deposit\n");
    assert!(outcome.out.contains(r#""party":"A""#));
}

#[test]
fn files_without_deposits() {
    for (name, content) in [
        ("no_rows", b"party,deposited\n".as_slice()),
        ("nothing", b""),
        ("blank", b"\n\n,,\n"),
        ("no_header", b"Mexico,2018-06-28\n"),
        ("semicolons", b"party;deposited\nMexico;2018-06-28\n"),
        ("column_twice", b"party,deposited,party\n"),
        ("utf16", b"\xff\xfep\0a\0"),
    ] {
        assert_snapshot!(format!("deposits_{name}"), run(content, 80, "hague-1980 @d.csv").transcript());
    }
    assert_snapshot!("deposits_missing", run("", 80, "hague-1980 @missing.csv").transcript());
    assert_snapshot!("deposits_folder", run("", 80, "hague-1980 @").transcript());
}

#[test]
fn a_rule_is_built_in_or_a_file() {
    let dir = test_dir();
    dir.write("bad.toml", MY_TREATY.replace("deposits = 2\n", "deposits = 0\n").replace("[later]", "[latter]"));
    assert_snapshot!("rule_unknown", dir.run(80, "entry-into-force cttpp @cptpp.csv").transcript());
    assert_snapshot!("rule_bad", dir.run(80, "entry-into-force @bad.toml @cptpp.csv").transcript());
    assert_snapshot!("rule_no_day", dir.run(80, "entry-into-force cptpp @cptpp.csv --on 2018-02-30").transcript());
}

#[test]
fn unknown_parties_count_as_signatories_only_if_all_are_unknown() {
    let made_up =
        "party,deposited\nA,2018-01-01\nB,2018-01-01\nC,2018-01-01\nD,2018-01-01\nE,2018-01-01\nF,2018-01-02\n";
    let outcome = run(made_up, 100, "cptpp @d.csv --format json");
    assert_eq!(outcome.exit, Exit::Done);
    assert!(outcome.out.contains(r#""general":"2018-03-03","#), "{}", outcome.out);
    assert_snapshot!(outcome.err, @"note: DIR/d.csv: none of the parties has the name of one of the 11 signatories; each party counts as a signatory");
    let outcome = run(made_up.replace("A,", "Japan,"), 100, "cptpp @d.csv");
    assert_snapshot!("strangers", outcome.transcript());
}

#[test]
fn help_has_an_example() {
    assert_snapshot!("help_entry_into_force", TestDir::new().run(100, "entry-into-force --help").transcript());
}
