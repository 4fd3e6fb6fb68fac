//! `servanda init`, `servanda register` and `servanda define`.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

const VISIT: &str = "us/abe-visit --title 'A visit to Washington' --procedure action --given-by us --to jp \
    --made 2013-01-18 --obligation result --deadline 2013-02 --words 'has invited' \
    --source https://example.org/remarks --source-title 'Remarks after their meeting'";

fn with_ledger() -> TestDir {
    let dir = TestDir::new();
    assert_eq!(dir.run(80, "init @p.jsonl").exit, Exit::Done);
    dir
}

#[test]
fn init_creates_a_ledger_only_where_nothing_exists() {
    let dir = TestDir::new();
    assert_snapshot!("init_dry", dir.run(80, "init @p.jsonl --dry-run").transcript());
    assert!(!dir.path("p.jsonl").exists());
    assert_snapshot!("init", dir.run(80, "init @p.jsonl").transcript());
    assert_eq!(dir.lines("p.jsonl"), 0);
    for dry in ["", " --dry-run"] {
        let outcome = dir.run(80, &format!("init @p.jsonl{dry}"));
        let reason = "error: there is already something at DIR/p.jsonl; open it, or choose another path\n";
        assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.as_str()), (Exit::Refused, "", reason));
        let outcome = dir.run(80, &format!("init @nowhere/p.jsonl{dry}"));
        let reason = "error: could not write DIR/nowhere/p.jsonl: there is no such folder\n";
        assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.as_str()), (Exit::Refused, "", reason));
    }
}

#[test]
fn a_commitment_from_options() {
    let dir = with_ledger();
    assert_snapshot!("by_options_dry", dir.run_as_desk(&format!("register @p.jsonl {VISIT} --dry-run")).transcript());
    assert_eq!(dir.lines("p.jsonl"), 0);
    assert_snapshot!("by_options", dir.run_as_desk(&format!("register @p.jsonl {VISIT}")).transcript());
    assert_eq!(dir.lines("p.jsonl"), 2);
    let other = VISIT.replace("--to jp", "--to kr");
    assert_snapshot!("by_options_again", dir.run_as_desk(&format!("register @p.jsonl {other}")).transcript());
    let second = VISIT.replace("us/abe-visit", "us/abe-visit-2");
    let everything = "--part-of us/abe-visit --topic visits --topic alliance --opens-at under-way --opens-on 2013-01 \
        --opening-source https://example.org/a --opening-source https://example.org/b --note 'Talks go on.'";
    let outcome = dir.run_as_desk(&format!("register @p.jsonl {second} {everything} --format json"));
    // The procedure is already on the ledger, so it is not added again.
    assert_snapshot!("by_options_json", outcome.transcript());
    assert!(std::fs::read_to_string(dir.path("p.jsonl")).unwrap().ends_with(&outcome.out));
    assert_eq!(dir.run(80, "verify @p.jsonl").out.lines().last(), Some("no conflicts"));
}

#[test]
fn the_recorder_comes_from_an_option_or_the_environment() {
    let dir = with_ledger();
    let outcome = dir.run_as_desk(&format!("register @p.jsonl {VISIT} --by archive --format json"));
    assert!(outcome.out.contains("\"recorded_at\":\"2020-01-01T00:00:00.000000Z\",\"recorded_by\":\"archive\""));
    let mut env = crate::test_dir::desk_environment(80);
    env.recorded_by = Some("The TestDir".to_owned());
    let outcome = dir.run_in(&env, "attest @p.jsonl us/abe-visit --on 2013-03-01");
    assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Usage, ""));
    assert_snapshot!(outcome.transcript());
}

#[test]
fn a_refused_registration_changes_nothing() {
    let dir = with_ledger();
    for (name, from, to) in [
        ("no_procedure", "--procedure action", "--procedure acton"),
        ("no_opening", "--to jp", "--opens-at plannde --opens-on 2013-01-01"),
        ("no_whole", "--to jp", "--part-of us/visits"),
        ("position", "--obligation result", "--obligation position"),
    ] {
        let arguments = format!("register @p.jsonl {}", VISIT.replace(from, to));
        let outcome = dir.run_as_desk(&arguments);
        assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
        let dry = dir.run_as_desk(&format!("{arguments} --dry-run"));
        assert_eq!((dry.exit, dry.err.as_str()), (Exit::Refused, outcome.err.as_str()));
        assert_snapshot!(format!("refused_{name}"), outcome.transcript());
    }
    assert_eq!(dir.lines("p.jsonl"), 0);
    assert_eq!(dir.run_as_desk(&format!("register @q.jsonl {VISIT}")).exit, Exit::Refused);
    assert!(!dir.path("q.jsonl").exists());
}

const TREATY: &str = r#"
# A treaty, with its own rule on when it enters into force.
id = "jp/treaty"
title = "A treaty"
procedure = "diet-treaty-approval"
by = ["jp"]
made = 2013-01-18
obligation = "consideration"
topics = ["children"]

[words]
text = "will consider"
source = { title = "Remarks", url = "https://example.org/remarks", published = "2013-01-18" }

[opening]
status = "submitted"
on = "2012"
sources = [{ title = "Gazette", url = "https://example.org/gazette" }]

[rules.entry-into-force]
basis = "Treaty, art. 43"
rule = { first-of-month = { count = 3 } }
"#;

#[test]
fn a_commitment_from_a_file() {
    let dir = with_ledger();
    dir.write("treaty.toml", TREATY);
    assert_snapshot!("by_toml", dir.run_as_desk("register @p.jsonl --file @treaty.toml").transcript());
    // The registered commitment can be turned into a file again.
    let line = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
    let (_, registered) = line.lines().last().unwrap().split_once("\"register\":").unwrap();
    let (registered, _) = registered.split_once("},\"id\":").unwrap();
    let other = registered.replacen('{', "{\"id\":\"jp/other\",", 1);
    dir.write("other.json", &other);
    assert_snapshot!("by_json", dir.run_as_desk("register @p.jsonl --file @other.json").transcript());
    let second = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
    assert!(second.lines().last().unwrap().contains(registered));
}

#[test]
fn files_without_a_valid_commitment() {
    let dir = with_ledger();
    let cases = [
        ("misspelt.toml", TREATY.replace("topics", "topic").replace("basis", "base")),
        ("no_such_day.toml", TREATY.replace("2013-01-18\n", "2013-02-29\n")),
        ("no_such_month.toml", TREATY.replace("\"2012\"", "\"2012-13\"")),
        ("no_words.toml", TREATY.replace("text = \"will consider\"", "")),
        ("no_id.toml", TREATY.replace("id = \"jp/treaty\"", "")),
        ("no_address.toml", TREATY.replace("https://example.org/gazette", "example.org")),
        ("no_procedure.toml", TREATY.replace("diet-treaty-approval", "diet-treaty")),
        ("no_rule.toml", TREATY.replace("first-of-month", "first-of-year")),
        ("no_toml.toml", "id: jp/treaty".to_owned()),
        ("no_json.json", "{\"id\":\n".to_owned()),
        ("no_object.json", "[]".to_owned()),
        ("no_key_twice.json", "{\"id\": \"jp/a\",\n\"by\": [{\"id\": 1,\n\"id\": 2}]}".to_owned()),
        ("no_ending", TREATY.to_owned()),
    ];
    for (file, content) in cases {
        dir.write(file, content);
        let outcome = dir.run_as_desk(&format!("register @p.jsonl --file @{file}"));
        assert_eq!((outcome.exit == Exit::Done, outcome.out.as_str()), (false, ""));
        assert_snapshot!(format!("file_{}", file.replace('.', "_")), outcome.transcript());
    }
    let outcome = dir.run_as_desk("register @p.jsonl --file @missing.toml");
    assert_eq!(outcome.err, "error: there is no file DIR/missing.toml\n");
    assert_eq!(dir.lines("p.jsonl"), 0);
}

#[test]
fn define_parties_procedures_and_calendars() {
    let dir = with_ledger();
    dir.write("treaty.toml", include_str!("treaty.toml"));
    dir.write("sessions.toml", include_str!("sessions.toml"));
    let party = "define @p.jsonl --party jp --name en=Japan --name ja=日本 --identifier iso-3166-1=JP";
    assert_snapshot!("party_dry", dir.run_as_desk(&format!("{party} --dry-run")).transcript());
    assert_eq!(dir.lines("p.jsonl"), 0);
    assert_snapshot!("party", dir.run_as_desk(party).transcript());
    assert_snapshot!("calendar", dir.run_as_desk("define @p.jsonl --calendar @sessions.toml").transcript());
    assert_snapshot!("procedure", dir.run_as_desk("define @p.jsonl --procedure @treaty.toml").transcript());
    assert_eq!(dir.lines("p.jsonl"), 3);
    let outcome =
        dir.run_as_desk(&format!("register @p.jsonl {}", VISIT.replace("--procedure action", "--procedure treaty")));
    assert_snapshot!("one_s_own_procedure", outcome.transcript());

    dir.write("other.toml", include_str!("treaty.toml").replace("Intended", "Meant"));
    assert_snapshot!("rival", dir.run_as_desk("define @p.jsonl --procedure @other.toml").transcript());
    dir.write("broken.toml", include_str!("treaty.toml").replace("to = \"dropped\"", "to = \"droped\""));
    assert_snapshot!("broken", dir.run_as_desk("define @p.jsonl --procedure @broken.toml").transcript());
    assert_snapshot!("no_calendar", dir.run_as_desk("define @p.jsonl --calendar @treaty.toml").transcript());
    assert_eq!(dir.lines("p.jsonl"), 4);
}
