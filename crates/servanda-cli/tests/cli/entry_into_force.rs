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
    assert_snapshot!(outcome.out, @r#"{"general":"2001-02-28","missing":null,"parties":[{"deposited":"2001-01-31","in_force":"2001-02-28","party":"A","why":"1 month after 2001-01-31, when A and B deposited, which made 2 deposits and 50 % of the harvest: My treaty, art. 9(1)"},{"deposited":"2001-01-31","in_force":"2001-02-28","party":"B","why":"1 month after 2001-01-31, when A and B deposited, which made 2 deposits and 50 % of the harvest: My treaty, art. 9(1)"},{"deposited":"2001-02-01","in_force":"2001-03-03","party":"C","why":"30 days after its own deposit: My treaty, art. 9(2)"}],"treaty":"my-treaty"}"#);
    let outcome = run("party,deposited,share\nA,2001-01-31,30.5\n", 80, "@my-treaty.toml @d.csv --format json");
    assert_snapshot!(outcome.out, @r#"{"general":null,"missing":"1 more deposit (1 of 2) and 19.5 % more of the harvest (30.5 of 50 %): My treaty, art. 9(1)","parties":[{"deposited":"2001-01-31","in_force":null,"party":"A","why":"the treaty is not in force, and the deposit counts"}],"treaty":"my-treaty"}"#);
}

#[test]
fn invalid_rows_are_listed_and_the_others_count() {
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
    assert!(outcome.out.starts_with(r#"{"general":"2018-03-03","#), "{}", outcome.out);
    assert_snapshot!(outcome.err, @"note: DIR/d.csv: none of the parties has the name of one of the 11 signatories; each party counts as a signatory");
    let outcome = run(made_up.replace("A,", "Japan,"), 100, "cptpp @d.csv");
    assert_snapshot!("strangers", outcome.transcript());
}

#[test]
fn help_has_an_example() {
    assert_snapshot!("help_entry_into_force", TestDir::new().run(100, "entry-into-force --help").transcript());
}
