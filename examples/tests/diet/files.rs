//! Files in different forms, and the output of the program.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::respond;
use super::rows::{FACTS, Rows, SESSIONS, report};

/// Runs the program on two files. Returns the exit status, standard output and standard error, with
/// `DIR` for the folder.
fn run(treaties: impl AsRef<[u8]>, sessions: impl AsRef<[u8]>, format: &str) -> (u8, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let arguments = [
        write("t.csv", treaties.as_ref()),
        "--sessions".to_owned(),
        write("s.csv", sessions.as_ref()),
        format!("--format={format}"),
    ];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = respond(arguments, &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(folder.path().to_str().unwrap(), "DIR");
    (status, text(out), text(err))
}

#[test]
fn json_has_six_members_for_each_treaty() {
    let rows = Rows::of("169-3").and(Rows::of("183-1").with(&[("hr_plenary", "")]));
    let (status, out, err) = run(rows.text(), SESSIONS, "json");
    let expected = json!([
        {
            "treaty": "169-3",
            "outcome": "approved-after-thirty-days",
            "effective": "2008-06-12",
            "site_status": "承認",
            "agrees": true,
            "note": "",
        },
        {
            "treaty": "183-1",
            "outcome": null,
            "effective": null,
            "site_status": "両院承認",
            "agrees": false,
            "note": "line 3: hr_plenary_result is 承認, but hr_plenary is blank; the row is skipped; \
                     the outcome is not computed, because one of its rows is skipped",
        },
    ]);
    assert_eq!((serde_json::from_str::<Value>(&out).unwrap(), status), (expected, 1));
    assert_eq!(
        err,
        "\
DIR/t.csv, line 3: treaty 183-1: hr_plenary_result is 承認, but hr_plenary is blank; the row is skipped
DIR/t.csv, line 3: treaty 183-1: the outcome is not computed, because one of its rows is skipped
treaties: 2
approved-by-both-houses: 0
approved-after-rejection: 0
approved-after-thirty-days: 1
rejected: 0
dropped: 0
carried-over: 0
pending: 0
withdrawn: 0
not computed: 1
disagreements: 1
"
    );
}

#[test]
fn a_table_has_a_line_for_each_treaty() {
    let (status, out, _) = run(Rows::of("180-7").and(Rows::of("183-1")).text(), SESSIONS, "table");
    let expected = "\
treaty    outcome                     effective   agrees  site status
180-7     dropped                     2012-11-16  yes     未了
          carried over from session 180 on an unrecorded day; entered on the closing day 2012-09-08
183-1     approved-by-both-houses     2013-05-22  yes     両院承認
";
    assert_eq!((status, out.as_str()), (0, expected));
}

#[test]
fn csv_files_of_spreadsheets_are_read() {
    let expected = report(FACTS, SESSIONS).answers;
    let same = |treaties: &str, sessions: &str| {
        let report = report(treaties, sessions);
        assert_eq!((report.answers, report.problems), (expected.clone(), Vec::new()));
    };
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    same(&crlf(FACTS), &crlf(SESSIONS));
    same(FACTS.trim_end(), SESSIONS.trim_end());
    let spaced = |text: &str| text.replace('\n', "\n\n").replace(',', " , ");
    same(&spaced(FACTS), &spaced(SESSIONS));
    let quoted =
        |text: &str| text.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect::<String>();
    same(&quoted(FACTS), &quoted(SESSIONS));
    let wider = |text: &str| text.lines().map(|line| format!("more,{line},,\n")).collect::<String>();
    same(&wider(FACTS), &wider(SESSIONS));
    let columns =
        |text: &str| text.lines().map(|line| line.rsplit(',').collect::<Vec<_>>().join(",") + "\n").collect::<String>();
    same(&columns(FACTS), &columns(SESSIONS));
}

/// Lines are counted as in an editor, with any line ending and with line breaks in cells.
#[test]
fn problems_name_the_line_as_in_an_editor() {
    let good = Rows::of("142-1").text();
    let (header, row) = good.trim_end().split_once('\n').unwrap();
    let broken = row.replace("142,142,1,", "142,142,1,\"海洋\n").replacen("の件,", "の件\",", 1);
    let bad = row.replace("1998-03-19", "?").replace("142,142,1,", "142,142,2,");
    let lines = |end: &str, text: String| {
        let report = report(text.replace('\n', end), SESSIONS);
        assert!(report.answers[0].agrees, "{end:?}");
        report.problems.iter().map(|problem| problem.line).collect::<Vec<_>>()
    };
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(lines(end, format!("{header}\n{row}\n{bad}\n")), [3, 3], "{end:?}");
        assert_eq!(lines(end, format!("{header}\n\n{row}\n\n{bad}\n")), [5, 5], "{end:?}");
        assert_eq!(lines(end, format!("{header}\n{broken}\n{bad}\n")), [4, 4], "{end:?}");
    }
}

#[test]
fn rows_with_another_width_or_encoding_are_skipped() {
    let text = Rows::of("142-1").and(Rows::of("183-1")).text();
    let problems =
        |bytes: &[u8]| report(bytes, SESSIONS).problems.into_iter().map(|found| found.to_string()).collect::<Vec<_>>();
    let short: String = text.trim_end().trim_end_matches(',').to_owned();
    assert_eq!(
        problems(short.as_bytes())[0],
        "treaties.csv, line 3: treaty 183-1: it has 32 cells, but the header has 33; the row is skipped"
    );
    assert_eq!(
        problems(format!("{},,x\n", text.trim_end()).as_bytes())[0],
        "treaties.csv, line 3: treaty 183-1: it has 35 cells, but the header has 33; the row is skipped"
    );
    let mut latin = text.clone().into_bytes();
    let place = text.rfind("国際").unwrap();
    latin[place] = 0xff;
    assert_eq!(problems(&latin)[0], "treaties.csv, line 3: treaty 183-1: cell 4 is not UTF-8; the row is skipped");
    let unclosed = format!("{}\n{}", text.replacen("\n183,183,1,", "\n183,183,1,\"", 1), "x\n".repeat(40));
    assert_eq!(
        problems(unclosed.as_bytes())[0],
        "treaties.csv, line 3: treaty 183-1: it has 4 cells, but the header has 33; \
         it spans 42 lines: a closing quotation mark may be missing; the row is skipped"
    );
    let nameless = format!("{text}{}", ",".repeat(32).replacen(',', "183,", 1));
    assert_eq!(problems(nameless.as_bytes())[0].split(" treaty").next().unwrap(), "treaties.csv, line 4:");
}

#[test]
fn a_file_that_is_not_such_a_list_is_refused() {
    let refused = |treaties: &str, sessions: &str| {
        let (status, out, err) = run(treaties, sessions, "json");
        assert_eq!((status, out.as_str()), (2, ""));
        err
    };
    assert!(
        refused("", SESSIONS)
            .starts_with("error: DIR/t.csv is empty; its first line must name the columns: listed_session, ")
    );
    assert!(
        refused(FACTS, "").starts_with("error: DIR/s.csv is empty; its first line must name the columns: session, ")
    );
    assert_eq!(
        refused("session,convened\n1,2000-01-01\n", SESSIONS)
            .lines()
            .next()
            .unwrap()
            .split("hr_prelim")
            .next()
            .unwrap(),
        "error: DIR/t.csv does not have the columns listed_session, submitted_session, number, title, status_ja, "
    );
    assert_eq!(
        refused(FACTS, "session,kind\n1,regular\n"),
        "error: DIR/s.csv does not have the columns convened, closed, ended_by; its first line reads: session, kind\n"
    );
    assert_eq!(
        refused(&FACTS.replacen("text_url", "number", 1), SESSIONS),
        "error: DIR/t.csv has the column number twice\n"
    );
    let header = FACTS.lines().next().unwrap();
    let (status, out, err) = run(header, SESSIONS, "json");
    assert_eq!((status, out.as_str(), err.lines().next()), (0, "[]\n", Some("treaties: 0")));
    let (status, _, err) = run(FACTS, "session,convened,closed,ended_by\n", "json");
    assert_eq!((status, err.lines().last()), (1, Some("disagreements: 9")));
}

#[test]
fn invalid_arguments_are_refused_with_the_usage() {
    let table = [
        (&["t.csv"][..], "--sessions, the CSV file with the sessions, is missing"),
        (&["--sessions", "s.csv"], "the CSV file with the treaties is missing"),
        (&["t.csv", "--sessions"], "--sessions needs a value"),
        (&["t.csv", "--sessions", "s.csv", "--format", "xml"], "--format must be table or json, not xml"),
        (&["t.csv", "--sessions", "s.csv", "--ledger"], "--ledger needs a value"),
        (&["t.csv", "--sessions", "s.csv", "--withhold=yes"], "--withhold takes no value"),
        (&["t.csv", "u.csv", "--sessions", "s.csv"], "u.csv is one argument too many"),
        (&["t.csv", "--session", "s.csv"], "there is no option --session"),
    ];
    for (arguments, message) in table {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = respond(arguments.iter().map(|text| (*text).to_owned()), &mut out, &mut err);
        let err = String::from_utf8(err).unwrap();
        assert_eq!((status, err.split('\n').next()), (2, Some(format!("error: {message}").as_str())));
        assert!(err.contains("Usage: diet_treaties <CSV> --sessions <CSV> [OPTIONS]"));
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let missing = ["/nowhere/t.csv", "--sessions", "/nowhere/s.csv"].map(str::to_owned);
    assert_eq!(respond(missing, &mut out, &mut err), 2);
    assert!(String::from_utf8(err).unwrap().starts_with("error: /nowhere/t.csv cannot be read: "));
    assert_eq!(respond(["--help".to_owned()], &mut out, &mut Vec::new()), 0);
    assert!(String::from_utf8(out).unwrap().contains("Usage: "));
}

/// The saved ledger has attestations only without the option `--withhold`.
#[test]
fn the_ledger_is_saved_only_to_a_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("t.csv"), Rows::of("183-8").text()).unwrap();
    std::fs::write(path("s.csv"), SESSIONS).unwrap();
    let run = |more: &[&str]| {
        let arguments = [path("t.csv"), "--sessions".to_owned(), path("s.csv")];
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status =
            respond(arguments.into_iter().chain(more.iter().map(|text| (*text).to_owned())), &mut out, &mut err);
        (status, String::from_utf8(err).unwrap())
    };
    let dropped = |place: &str| {
        let view = servanda::Tracker::open(place, "reader").unwrap().view().on("2013-06-26").unwrap();
        let standing = view.standing("jp/treaties/183-8").unwrap();
        (standing.status.unwrap().to_string(), standing.presumed)
    };
    let (attested, withheld) = (path("attested.db"), path("withheld.jsonl"));
    assert_eq!(run(&["--ledger", &attested]).0, 0);
    assert_eq!(run(&["--withhold", "--ledger", &withheld]).0, 1);
    assert_eq!(dropped(&attested), ("dropped".to_owned(), false));
    assert_eq!(dropped(&withheld), ("dropped".to_owned(), true));
    let (status, err) = run(&["--ledger", &attested]);
    assert_eq!(
        (status, err),
        (2, format!("error: there is already something at {attested}; open it, or choose another path\n"))
    );
}

#[test]
fn the_list_of_the_session_is_cited_if_the_page_is_missing() {
    for (url, odd) in [
        ("", "progress_url is blank"),
        (
            "javascript:alert(1)",
            "progress_url: \"javascript:alert(1)\" is not a URL: an address starts with https://, http:// or ftp://",
        ),
    ] {
        let rows = Rows::of("183-1").with(&[("progress_url", url)]);
        let found = format!("treaties.csv, line 2: treaty 183-1: {odd}; the list of the session is cited instead");
        assert_eq!((rows.answer().agrees, rows.problems()), (true, vec![found]));
        let view = rows.report().tracker.view().on("2013-06-26").unwrap();
        let standing = view.standing("jp/treaties/183-1").unwrap();
        let list = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/kaiji183.htm";
        assert!(standing.history.iter().all(|step| step.sources.iter().all(|source| source.reference() == list)));
    }
}
