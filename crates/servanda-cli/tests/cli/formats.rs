//! The formats of answers, and the order of their rows.

use insta::assert_snapshot;
use servanda::{Commitment, Obligation, builtin};
use servanda_cli::{Environment, Exit, Terminal};

use crate::test_dir::{TestDir, made, moved_deadlines};

/// The environment of a command that writes into a pipe.
fn pipe() -> Environment {
    Environment { terminal: Terminal { tables: false, ..Terminal::plain(40) }, ..Environment::plain(40) }
}

const ANSWERS: [(&str, &str); 9] = [
    ("status", "status @p.jsonl --on 2013-05-01"),
    ("history", "history @p.jsonl jp/hague-convention --on 2014-03-01"),
    ("next", "next @p.jsonl jp/hague-convention --on 2013-05-01"),
    ("next_to", "next @p.jsonl jp/hague-convention --on 2013-05-01 --to in-force"),
    ("agenda", "agenda @p.jsonl --on 2013-05-01 --to 2013-07-01"),
    ("changes", "changes @p.jsonl --since 2013-02-20 --on 2013-04-30"),
    ("parts", "parts @p.jsonl us/senkaku --on 2013-05-01"),
    ("stale", "stale @p.jsonl --on 2013-12-31"),
    ("bodies", "bodies @p.jsonl --on 2013-02-01"),
];

/// Returns the usual ledger, with a body that is responsible for two of its commitments.
fn promises_with_a_body() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    for commitment in ["us/abe-visit", "us/abductees"] {
        let assign = format!("assign @p.jsonl {commitment} us/state --on 2013-01-31 --role lead");
        assert_eq!(dir.run_as_desk(&assign).exit, Exit::Done);
    }
    dir
}

#[test]
fn in_a_pipe_answers_are_uncut_and_tab_separated() {
    let dir = promises_with_a_body();
    for (name, question) in ANSWERS {
        let outcome = dir.run_in(&pipe(), question);
        assert_snapshot!(format!("pipe_{name}"), outcome.transcript());
        assert_eq!(outcome.out, dir.run(80, &format!("{question} --format tsv")).out);
        let columns = |line: &str| line.matches('\t').count();
        let header = outcome.out.lines().next().map(columns);
        assert!(outcome.out.lines().all(|line| Some(columns(line)) == header), "{question}");
    }
}

#[test]
fn rows_have_the_words_of_json() {
    let dir = promises_with_a_body();
    let bodies = dir.run(80, "bodies @p.jsonl --on 2013-02-01 --format tsv").out;
    assert!(bodies.contains("\ttimeliness\ton-time\t1\n"), "{bodies}");
    let before = dir.run(80, "bodies @p.jsonl --on 2013-02-01").out;
    assert!(before.contains("1 on time"), "{before}");
    let changes = dir.run(80, "changes @p.jsonl --since 2013-02-10 --on 2013-03-01 --known-at 2013-02-01 --format tsv");
    assert!(changes.out.contains("\ttimeliness\ton-time\toverdue\n"), "{}", changes.out);
}

#[test]
fn in_a_pipe_a_table_is_not_cut() {
    let dir = TestDir::promises("p.jsonl");
    let terminal = Terminal { cuts: false, tables: false, ..Terminal::plain(100) };
    let table = |arguments: &str| dir.run_on(&terminal, arguments).out;
    let status = table("status @p.jsonl --on 2013-05-01 --format table");
    assert!(status.contains("and whatever else makes a title long") && !status.contains('…'), "{status}");
    assert!(status.contains("us/abe-visit"), "{status}");
    let procedures = table("procedures");
    assert!(!procedures.contains('…'), "{procedures}");
}

#[test]
fn csv_has_the_same_cells_as_tsv() {
    let dir = promises_with_a_body();
    for (_, question) in ANSWERS {
        let csv = dir.run(80, &format!("{question} --format csv")).out;
        let tsv = dir.run(80, &format!("{question} --format tsv")).out;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().collect::<Vec<_>>().join("\t"));
        assert_eq!(rows.map(|row| row + "\n").collect::<String>(), tsv, "{question}");
    }
}

#[test]
fn the_format_of_the_environment_is_a_default() {
    let dir = TestDir::promises("p.jsonl");
    let env = |format: &str| Environment { format: Some(format.to_owned()), ..pipe() };
    let table = dir.run_in(&env("table"), "status @p.jsonl --on 2013-05-01");
    assert_eq!(table.out, dir.run(40, "status @p.jsonl --on 2013-05-01").out);
    let json = dir.run_in(&env("table"), "status @p.jsonl --on 2013-05-01 --format json");
    assert!(json.out.starts_with('['));
    let unknown = dir.run_in(&env("xml"), "status @p.jsonl");
    assert_eq!((unknown.exit, unknown.out.as_str()), (Exit::Usage, ""));
    assert_eq!(unknown.err, "error: SERVANDA_FORMAT: \"xml\" is no format; use one of: table, json, csv, tsv\n");
    // Reports keep their own formats.
    assert_eq!(dir.run_in(&env("csv"), "verify @p.jsonl").out, dir.run(40, "verify @p.jsonl").out);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_escaped() {
    let dir = TestDir::new();
    let tracker = dir.tracker("l.jsonl");
    let formula = "=HYPERLINK(\"https://example.org\";\"a\")";
    let trap = Commitment::builder("arden/trap", formula).procedure(builtin::action()).by("arden").made(made());
    let trap = trap.obligation(Obligation::Result);
    tracker.register(trap.words("will build it", ("Words", "https://example.org")).build().unwrap()).unwrap();
    for (format, escaped) in [("csv", formula.replace('"', "\"\"")), ("tsv", formula.to_owned())] {
        let asked = |raw: &str| dir.run(80, &format!("status @l.jsonl --on 2013-05-01 --format {format} {raw}")).out;
        assert!(asked("").contains(&format!("'{escaped}")), "{}", asked(""));
        assert!(asked("--raw").contains(&escaped) && !asked("--raw").contains('\''), "{}", asked("--raw"));
    }
}

/// Returns an invented ledger with wholes and parts. One part is overdue, and one is stalled.
fn roads() -> TestDir {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let register = |id: &str, title: &str, more: &str| {
        let outcome = dir.run_as_desk(&format!(
            "register @l.jsonl {id} --title '{title}' --procedure action --given-by arden --made 2019-01-01 \
             --obligation result --words 'will build it' --source https://example.org/words {more}"
        ));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
    };
    register("arden/airport", "An airport", "--deadline 2021-12");
    register("arden/roads", "Roads to the coast", "");
    register("arden/roads/north", "The road in the north", "--part-of arden/roads");
    register("arden/roads/south", "The road in the south", "--part-of arden/roads --deadline 2019-06-30");
    register("arden/roads/south/bridge", "Its bridge", "--part-of arden/roads/south");
    register("arden/tunnel", "A tunnel", "");
    let stalled = "--on 2019-05-01 --source https://example.org/report";
    assert_eq!(dir.run_as_desk(&format!("advance @l.jsonl arden/tunnel stalled {stalled}")).exit, Exit::Done);
    dir
}

#[test]
fn what_needs_attention_comes_first_and_parts_stand_below_their_whole() {
    let dir = roads();
    for width in [40, 80, 120] {
        assert_snapshot!(format!("attention_{width}"), dir.run(width, "status @l.jsonl --on 2019-12-31").transcript());
    }
    let ids = dir.run(100, "status @l.jsonl --on 2019-12-31 --ids").out;
    assert!(ids.lines().all(|line| line.chars().count() <= 100) && ids.contains("arden/roads/south/bridge"), "{ids}");
}

#[test]
fn rows_can_be_sorted() {
    let dir = roads();
    let order = |arguments: &str| {
        let out = dir.run(80, &format!("status @l.jsonl --on 2019-12-31 --format tsv {arguments}")).out;
        let ids = out.lines().skip(1).filter_map(|line| line.split('\t').next());
        ids.map(|id| id.trim_start_matches("arden/").to_owned()).collect::<Vec<_>>().join(" ")
    };
    let by_id = "airport roads roads/north roads/south roads/south/bridge tunnel";
    assert_eq!(order(""), by_id);
    assert_eq!(order("--sort id"), by_id);
    assert_eq!(order("--sort id --reverse"), by_id.split(' ').rev().collect::<Vec<_>>().join(" "));
    assert_eq!(order("--sort attention"), "roads roads/south roads/south/bridge roads/north tunnel airport");
    assert_eq!(order("--sort title"), "tunnel airport roads/south/bridge roads roads/north roads/south");
    assert_eq!(order("--sort since"), "tunnel airport roads roads/north roads/south roads/south/bridge");
    assert_eq!(order("--sort deadline"), "roads/south airport roads roads/north roads/south/bridge tunnel");
    let road = "advance @l.jsonl arden/roads/south done --on 2019-06-01 --source https://example.org/report";
    assert_eq!(dir.run_as_desk(road).exit, Exit::Done);
    assert_eq!(order("--sort verdict"), "roads/south airport roads roads/north roads/south/bridge tunnel");
    let reversed = "tunnel roads/south/bridge roads/north roads airport roads/south";
    assert_eq!(order("--sort verdict --reverse"), reversed);
    let unsorted = dir.run(80, "status @l.jsonl --reverse");
    assert_eq!(unsorted.exit, Exit::Usage);
}

#[test]
fn in_the_reverse_order_parts_are_not_below_their_whole() {
    let dir = roads();
    let out = dir.run(120, "status @l.jsonl --on 2019-12-31 --sort attention --reverse").out;
    let column = |title: &str| out.lines().find_map(|line| Some(line.split_once(title)?.0.chars().count()));
    assert!(column("An airport").is_some() && column("Its bridge") == column("An airport"), "{out}");
}

#[test]
fn urls_are_links_on_a_terminal_and_keep_their_indentation() {
    let terminal = Terminal { links: true, ..Terminal::plain(50) };
    let question = "history @p.jsonl us/abe-visit --on 2013-03-01";
    let out = TestDir::promises("p.jsonl").run_on(&terminal, question).out;
    let url = "https://example.org/press/2013/02/a-report-with-a-long-address.html";
    let parts: Vec<&str> = out.lines().filter(|line| line.contains(&format!(";{url}\x1b\\"))).collect();
    assert_eq!(parts.len(), 2, "{out}");
    assert!(
        parts.iter().all(|part| part.starts_with("          \x1b]8;id=") && part.ends_with("\x1b]8;;\x1b\\")),
        "{out}"
    );
    let shown = |part: &&str| part.split("\x1b\\").nth(1).unwrap().split('\x1b').next().unwrap().to_owned();
    assert_eq!(parts.iter().map(shown).collect::<String>(), url);
    let elsewhere = TestDir::promises("p.jsonl").run(50, question).out;
    assert!(!elsewhere.contains('\x1b') && elsewhere.contains(&format!("\n{url}\n")));
}

#[test]
fn a_history_can_be_brief() {
    let dir = TestDir::promises("p.jsonl");
    for width in [50, 100] {
        let outcome = dir.run(width, "history @p.jsonl jp/hague-convention --on 2014-03-01 --brief");
        assert_snapshot!(format!("brief_{width}"), outcome.transcript());
    }
    let moved = moved_deadlines().run(100, "history @moved.jsonl us/abe-visit --on 2013-06-01 --brief");
    assert_snapshot!("brief_deadlines_and_links", moved.transcript());
}
