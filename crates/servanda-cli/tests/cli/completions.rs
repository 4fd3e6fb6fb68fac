//! `servanda completions` and `servanda man`.

use servanda_cli::{Environment, Exit};

use crate::test_dir::TestDir;

#[test]
fn the_script_for_each_shell_asks_the_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = TestDir::new().run(80, &format!("completions {shell}"));
        assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
        assert!(outcome.out.contains("SERVANDA_COMPLETE") && outcome.out.contains("servanda"), "{}", outcome.out);
    }
}

#[test]
fn options_and_what_is_on_the_ledger_are_completed() {
    let dir = TestDir::promises("p.jsonl");
    let env = Environment { complete: Some("fish".to_owned()), ..Environment::plain(80) };
    let with_ledger = Environment { ledger: Some(dir.path("p.jsonl").display().to_string()), ..env.clone() };
    // fish completes the last word, and takes a candidate and its help from each line.
    let candidates = |env: &Environment, words: &str| {
        let outcome = dir.run_in(env, &format!("-- servanda {words}"));
        assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""), "{words}");
        let candidates = outcome.out.lines().filter_map(|line| line.split('\t').next());
        candidates.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(candidates(&env, "resch"), "reschedule");
    assert_eq!(candidates(&env, "status @p.jsonl --known"), "--known-at");
    assert_eq!(candidates(&env, "status @p.jsonl --phase sta"), "stalled");
    assert_eq!(candidates(&env, "history @p.jsonl us/ab"), "us/abductees us/abe-visit");
    assert_eq!(candidates(&with_ledger, "history us/ab"), "us/abductees us/abe-visit");
    assert_eq!(candidates(&env, "status @p.jsonl --party u"), "us");
    assert_eq!(candidates(&env, "status @p.jsonl --topic ch"), "children");
    assert_eq!(candidates(&env, "status @p.jsonl --procedure tre"), "treaty");
    assert_eq!(candidates(&env, "status @p.jsonl --party jp/f"), "");
    for definition in ["--party jp/finance --name 'en=Ministry of Finance'", "--topic cheese --name en=Cheese"] {
        assert_eq!(dir.run_as_desk(&format!("define @p.jsonl {definition}")).exit, Exit::Done);
    }
    let assign = "assign @p.jsonl us/abductees jp/foreign-ministry --on 2013-02-01";
    assert_eq!(dir.run_as_desk(assign).exit, Exit::Done);
    assert_eq!(candidates(&env, "status @p.jsonl --party jp/f"), "jp/finance jp/foreign-ministry");
    assert_eq!(candidates(&env, "status @p.jsonl --topic ch"), "cheese children");
    // The newest version of a procedure gives the title.
    let newer = include_str!("treaty.toml").replace("version = 1", "version = 2").replace("A treaty", "Any treaty");
    dir.write("newer.toml", newer);
    assert_eq!(dir.run_as_desk("define @p.jsonl --procedure @newer.toml").exit, Exit::Done);
    let help = dir.run_in(&env, "-- servanda status @p.jsonl --procedure tre").out;
    assert_eq!(help, "treaty\tAny treaty before the assembly\n");
    let steps = candidates(&env, "advance @p.jsonl us/abductees ''");
    assert!(steps.contains("under-way") && !steps.contains("submitted"), "{steps}");
    assert_eq!(candidates(&with_ledger, "log --recorded-by d"), "desk");
    assert_eq!(candidates(&env, "retract @p.jsonl 3f9a0c --by d"), "desk");
    // Other names are not those of recorders.
    assert_eq!(candidates(&env, "advance @p.jsonl us/abductees under-way --source-publisher d"), "");
    if cfg!(feature = "import") {
        assert_eq!(candidates(&env, "import @p.jsonl x.csv --sheet d"), "");
    }
    // Without a ledger there is nothing to complete.
    assert_eq!(candidates(&env, "history @missing.jsonl us/ab"), "");
    let outcome = dir.run_in(&Environment { complete: Some("tcsh".to_owned()), ..env.clone() }, "-- servanda x");
    assert_eq!(outcome.exit, Exit::Usage);
}

#[test]
fn every_command_has_a_manual_page() {
    let dir = TestDir::new();
    let outcome = dir.run(80, "man");
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
    assert!(outcome.out.contains(&format!(".TH servanda 1  \"servanda {}\" Servanda\n", env!("CARGO_PKG_VERSION"))));
    let commands = outcome.out.lines().filter_map(|line| line.strip_prefix("servanda\\-")?.strip_suffix("(1)"));
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 20, "{commands:?}");
    for command in commands {
        // The page escapes hyphens.
        let page = dir.run(80, &format!("man {}", command.replace("\\-", "-")));
        assert_eq!((page.exit, page.err.as_str()), (Exit::Done, ""));
        assert!(page.out.contains(&format!("servanda {command}\\fR")), "{}", page.out);
        assert!(page.out.contains(".SH NOTES\nExample"), "{}", page.out);
    }
}
