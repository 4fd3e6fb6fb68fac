//! `servanda import`: tables and documents that are edited and imported again.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::{Outcome, TestDir, desk_environment};

/// Three pledges with four steps. Invented.
const PLEDGES: &str = "\
Promise,Party,Rating,Rated,Sources,Desk
Build roads,gov,In progress,2013-03-01,https://example.org/roads,Jo
Build roads,,Kept,2014-05-01,https://example.org/opened,Jo
Mend schools,gov,Stalled,2013-06,,Jo
Open parks,gov,In progress,2013-07-01,,
";

const MAPPING: &str = r#"
[columns]
title = "Promise"
by = "Party"
status = "Rating"
on = "Rated"
sources = "Sources"

[defaults]
procedure = "pledge"
made = 2013-01-18

[statuses]
"In progress" = "in-the-works"
"Kept" = "kept"
"Stalled" = "stalled"
"#;

const IMPORT: &str = "import @l.jsonl @pledges.csv --mapping @mapping.toml --by sheet";

/// Runs a command on lines that are long enough for the path of the directory.
fn run(dir: &TestDir, arguments: &str) -> Outcome {
    dir.run_in(&desk_environment(240), arguments)
}

fn desk() -> TestDir {
    let dir = TestDir::new();
    run(&dir, "init @l.jsonl");
    dir.write("mapping.toml", MAPPING);
    dir.write("pledges.csv", PLEDGES);
    dir
}

fn imported() -> TestDir {
    let dir = desk();
    let outcome = run(&dir, IMPORT);
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
    dir
}

#[test]
fn a_shared_identifier_needs_permission() {
    let dir = desk();
    dir.write("pledges.csv", "id,title,identifiers\nroads,Roads,tracker=1\nparks,Parks,tracker=1\n");
    dir.write("mapping.toml", "[defaults]\nprocedure = \"pledge\"\nby = \"gov\"\nmade = 2013-01-18\n");
    let refused = run(&dir, IMPORT);
    assert_eq!(refused.exit, Exit::Refused);
    assert!(refused.out.contains("allow shared identifiers"), "{}", refused.out);
    assert_eq!(run(&dir, &format!("{IMPORT} --allow-shared-identifiers")).exit, Exit::Done);
}

#[test]
fn a_mapping_that_cannot_be_read_is_refused_as_other_files_are() {
    let dir = desk();
    dir.write("utf-16.toml", b"\xff\xfe[\0");
    let refused = ["@nothing.toml", "@", "@utf-16.toml"].map(|mapping| {
        let outcome = run(&dir, &IMPORT.replace("@mapping.toml", mapping));
        assert_eq!(outcome.exit, Exit::Refused);
        outcome.transcript()
    });
    assert_snapshot!("unread_mapping", refused.join("\n"));
}

#[test]
fn a_dry_run_lists_every_difference_and_writes_nothing() {
    let dir = desk();
    assert_snapshot!("dry", run(&dir, &format!("{IMPORT} --dry-run")).transcript());
    let json = run(&dir, &format!("{IMPORT} --dry-run --format json"));
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["recorded"], false);
    assert_eq!(json["unused_columns"], serde_json::json!(["Desk"]));
    assert_eq!(json["entries"].as_array().unwrap().len(), 8, "the procedure, three pledges and four steps");
    let place = serde_json::json!({
        "action": "add", "column": "Rating", "commitment": "build-roads", "file": "DIR/pledges.csv", "row": 3,
        "what": "the step to kept on 2014-05-01",
    });
    assert_eq!(json["changes"][2], place);
    assert_eq!(dir.lines("l.jsonl"), 0);
}

#[test]
fn a_file_that_has_not_changed_records_nothing() {
    let dir = imported();
    let lines = dir.lines("l.jsonl");
    for _ in 0..2 {
        let again = run(&dir, IMPORT);
        assert_eq!((again.exit, again.out.as_str()), (Exit::Done, "DIR/pledges.csv: the ledger says the same\n"));
    }
    assert_eq!(dir.lines("l.jsonl"), lines);
}

#[test]
fn an_edited_file_corrects_the_ledger_with_a_reason() {
    let dir = imported();
    let edited =
        PLEDGES.replace("2014-05-01", "2014-05-02").replace("Open parks,gov,In progress", "Open parks,gov,Kept");
    let edited = edited.replace("2013-07-01,,", "2013-07-01,https://example.org/parks,");
    dir.write("pledges.csv", format!("{edited}Lower taxes,gov,,,,\n"));
    assert_snapshot!("edited_dry", run(&dir, &format!("{IMPORT} --dry-run --reason 'Read again'")).transcript());
    assert_snapshot!("edited", run(&dir, &format!("{IMPORT} --reason 'Read again'")).transcript());
    let ledger = std::fs::read_to_string(dir.path("l.jsonl")).unwrap();
    assert_eq!(ledger.matches(r#""reason":"Read again""#).count(), 2);
}

#[test]
fn a_refused_row_keeps_everything_out_unless_the_import_is_partial() {
    let dir = desk();
    let wrong = PLEDGES.replace("2013-06,", "2013-06-31,").replace("Build roads,,Kept", "Build roads,,Keptt");
    dir.write("pledges.csv", wrong);
    assert_snapshot!("refused_dry", run(&dir, &format!("{IMPORT} --dry-run")).transcript());
    assert_snapshot!("refused", run(&dir, IMPORT).transcript());
    let json = run(&dir, &format!("{IMPORT} --format json"));
    let imported: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_snapshot!("refused_json", format!("{:#}\n{}", imported["changes"], json.err));
    assert_eq!(dir.lines("l.jsonl"), 0);
    let partial = run(&dir, &format!("{IMPORT} --partial"));
    assert_snapshot!("partial", partial.transcript());
    assert_eq!(partial.exit.code(), 1);
    assert_snapshot!("partial_status", run(&dir, "status @l.jsonl").transcript());
}

#[test]
fn missing_rows_are_retracted_only_on_request() {
    let dir = imported();
    let lines = dir.lines("l.jsonl");
    dir.write("pledges.csv", PLEDGES.lines().take(4).map(|line| format!("{line}\n")).collect::<String>());
    assert_snapshot!("missing", run(&dir, IMPORT).transcript());
    assert_eq!(dir.lines("l.jsonl"), lines);
    assert_snapshot!("retracted", run(&dir, &format!("{IMPORT} --retract-missing")).transcript());
    assert_eq!(run(&dir, "history @l.jsonl open-parks").exit, Exit::Refused);
}

#[test]
fn a_mapping_is_guessed_and_works_after_a_look() {
    let dir = desk();
    let guess = run(&dir, "import @l.jsonl @pledges.csv --guess");
    assert_snapshot!("guess", guess.transcript());
    dir.write("mapping.toml", guess.out.replace("# made = \"\"", "made = \"2013-01-18\""));
    assert_eq!(run(&dir, IMPORT).exit, Exit::Done);
    dir.write("pledges.yaml", "commitments: []\n");
    assert_snapshot!("guess_document", run(&dir, "import @l.jsonl @pledges.yaml --guess").transcript());
}

#[test]
fn files_and_mappings_that_cannot_be_read_are_refused() {
    let dir = desk();
    let with = |rest: &str| run(&dir, &format!("import @l.jsonl @pledges.csv --by sheet {rest}"));
    assert_snapshot!("no_mapping", with("").transcript());
    dir.write("wrong.toml", MAPPING.replace("[columns]", "[colums]"));
    assert_snapshot!("wrong_mapping", with("--mapping @wrong.toml").transcript());
    assert_snapshot!("wrong_mapping_json", with("--mapping @wrong.toml --format json").transcript());
    dir.write("column.toml", MAPPING.replace("\"Rated\"", "\"Rate\""));
    assert_snapshot!("wrong_column", with("--mapping @column.toml").transcript());
    assert_snapshot!("no_mapping_file", with("--mapping @nothing.toml").transcript());
    assert_snapshot!("wrong_encoding", with("--mapping @mapping.toml --encoding latin").transcript());
    assert_snapshot!("no_file", run(&dir, "import @l.jsonl @nothing.xlsx --by sheet").transcript());
    assert_eq!(dir.lines("l.jsonl"), 0);
}

#[test]
fn a_file_can_have_another_delimiter_and_another_encoding() {
    let dir = desk();
    let text = PLEDGES.replace(',', "|").replace("Build roads", "Bâtir");
    dir.write("pledges.csv", text.chars().map(|letter| letter as u8).collect::<Vec<u8>>());
    let outcome = run(&dir, &format!("{IMPORT} --delimiter | --encoding latin1"));
    assert_eq!(outcome.exit, Exit::Done, "{}{}", outcome.out, outcome.err);
    assert_snapshot!("encoded", run(&dir, "status @l.jsonl batir").transcript());
}

#[test]
fn history_arrives_with_the_moments_at_which_it_was_known() {
    let dir = desk();
    let known = PLEDGES.replace(",Jo\n", ",2014-06-01\n").replace("Desk", "Known");
    dir.write("pledges.csv", known);
    dir.write("mapping.toml", MAPPING.replace("[columns]", "[columns]\nrecorded_at = \"Known\""));
    assert_eq!(run(&dir, IMPORT).exit, Exit::Done);
    let at = |moment: &str| run(&dir, &format!("status @l.jsonl --on 2014-06-30 --known-at {moment}")).out;
    assert!(
        at("2014-05-31").starts_with("On 2014-06-30, as known at 2014-05-31T23:59:59.999999Z: no commitments"),
        "{}",
        at("2014-05-31")
    );
    assert!(
        at("2014-06-02").starts_with("On 2014-06-30, as known at 2014-06-02T23:59:59.999999Z: 2 commitments"),
        "{}",
        at("2014-06-02")
    );
}

#[test]
fn a_date_in_the_future_is_refused() {
    let dir = desk();
    dir.write("pledges.csv", PLEDGES.replace("2013-07-01", "2031-07-01"));
    assert_snapshot!("future", run(&dir, IMPORT).transcript());
    assert_eq!(run(&dir, &format!("{IMPORT} --future")).exit, Exit::Done);
}

#[test]
fn a_hyphen_stands_for_standard_input() {
    let dir = desk();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_servanda"));
    command
        .arg("import")
        .arg(dir.path("l.jsonl"))
        .args(["-", "--by", "sheet", "--mapping"])
        .arg(dir.path("mapping.toml"));
    let file = std::fs::File::open(dir.path("pledges.csv")).unwrap();
    let output = command.stdin(file).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, "standard input: 3 new commitments, 4 new steps\n");
}

/// The blocks of the guide that have the name of a file.
fn block_of_the_guide(name: &str) -> String {
    let page = include_str!("../../../../docs/import.md");
    let start = page.find(&format!(" {name}\n")).unwrap() + name.len() + 2;
    page[start..].split("```").next().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn the_history_of_a_file_in_git_is_imported_revision_by_revision() {
    let dir = TestDir::new();
    for name in ["import-history.sh", "tracker.toml"] {
        dir.write(name, block_of_the_guide(name));
    }
    let git = |arguments: &[&str], moment: &str| {
        let author = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
        let mut command = std::process::Command::new("git");
        command.current_dir(dir.path("")).args(author).args(arguments);
        let status = command.env("GIT_AUTHOR_DATE", moment).env("GIT_COMMITTER_DATE", moment).output().unwrap();
        assert!(status.status.success(), "{arguments:?}: {status:?}");
    };
    git(&["init", "--quiet"], "");
    let (january, march) = (block_of_the_guide("january.yaml"), block_of_the_guide("march.yaml"));
    let revisions = [
        (january, "Start the tracker", "2013-01-20T10:00:00+01:00"),
        (march.clone(), "Work on the road has begun", "2013-03-04T17:30:00Z"),
        (march.replace("2013-03-01", "2013-02-28"), "It began a day earlier", "2013-03-06T08:00:00Z"),
    ];
    for (text, subject, moment) in &revisions {
        dir.write("tracker.yaml", text);
        git(&["add", "tracker.yaml"], moment);
        git(&["commit", "--quiet", "-m", subject], moment);
    }
    run(&dir, "init @history.jsonl");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_servanda"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let script = || {
        let mut command = std::process::Command::new("sh");
        command.current_dir(dir.path("")).env("PATH", &path);
        command.args(["import-history.sh", "history.jsonl", "tracker.yaml", "tracker.toml"]).output().unwrap()
    };
    let output = script();
    assert!(output.status.success(), "{output:?}");
    assert_snapshot!("git_history", String::from_utf8(output.stdout).unwrap());
    let known = |moment: &str| {
        let command = "status @history.jsonl arden/build-a-road-to-the-coast --on 2013-03-02 --format csv --known-at";
        let answer = run(&dir, &format!("{command} {moment}")).out;
        answer.lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(known("2013-01-19"), "");
    assert!(known("2013-03-03").contains("not-started"), "{}", known("2013-03-03"));
    assert!(known("2013-03-05").contains("2013-03-01"), "{}", known("2013-03-05"));
    assert!(known("2013-03-07").contains("2013-02-28"), "{}", known("2013-03-07"));
}

#[test]
fn the_guide_has_every_key_of_a_mapping() {
    let dir = desk();
    let page = include_str!("../../../../docs/import.md");
    for (mapping, empty) in [("[columns]\nxyzzyxyzzy = 1\n", ""), ("[xyzzyxyzzy]\n", "[")] {
        dir.write("keys.toml", mapping);
        let refused = run(&dir, "import @l.jsonl @pledges.csv --by sheet --mapping @keys.toml").err;
        let keys = refused.split("use one of: ").nth(1).unwrap().trim();
        for key in keys.split(", ") {
            assert!(page.contains(&format!("`{empty}{key}")), "docs/import.md lacks {key}");
        }
    }
}
