//! `servanda verify` and `servanda merge`, and ledgers that cannot be read.

use insta::assert_snapshot;
use servanda::{Moment, TimeSource, Tracker};
use servanda_cli::{Environment, Exit, Terminal};

use crate::test_dir::{TestDir, two_ledgers};

#[test]
fn a_sound_ledger_has_a_number_of_entries_and_a_digest() {
    let dir = TestDir::promises("p.jsonl");
    let ledger = Tracker::open(dir.path("p.jsonl"), "reader").unwrap().ledger().unwrap();
    let outcome = dir.run(80, "verify @p.jsonl");
    assert_eq!(outcome.out, format!("{} entries, {}\nno conflicts\n", ledger.len(), ledger.digest()));
    assert_eq!(outcome.exit, Exit::Done);
}

#[test]
fn an_empty_ledger_is_sound() {
    let dir = TestDir::new();
    dir.write("empty.jsonl", "");
    let outcome = dir.run(80, "verify @empty.jsonl");
    let nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(outcome.out, format!("0 entries, {nothing}\nno conflicts\n"));
    assert_eq!(outcome.exit, Exit::Done);
}

#[test]
fn damaged_lines_are_named() {
    let dir = TestDir::promises("p.jsonl");
    let sound = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
    let lines: Vec<&str> = sound.lines().collect();
    let (last, whole) = lines.split_last().unwrap();
    let torn = format!("{}\n{}", whole.join("\n"), &last[..last.len() - 20]);
    let changed = sound.replace("unanimously", "by a majority");
    let crlf = sound.replace('\n', "\r\n");
    let bom = format!("\u{feff}{sound}");
    let (first, rest) = sound.split_once('\n').unwrap();
    let several = format!("{first}\n\nnot json\n{rest}");
    let cases = [("torn", torn), ("changed", changed), ("crlf", crlf), ("bom", bom), ("several", several)];
    for (name, content) in cases {
        let file = format!("{name}.jsonl");
        dir.write(&file, content);
        let outcome = dir.run(80, &format!("verify @{file}"));
        assert_eq!(outcome.exit, Exit::Refused);
        assert_snapshot!(format!("damaged_{name}"), outcome.transcript());
        // No other command says anything about a ledger that is damaged.
        let outcome = dir.run(80, &format!("status @{file}"));
        assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
        assert!(outcome.err.starts_with(&format!("error: DIR/{file} is damaged:\n  line ")), "{}", outcome.err);
    }
}

#[test]
fn a_last_line_without_a_line_feed_is_sound_if_it_is_whole() {
    let dir = TestDir::promises("p.jsonl");
    let sound = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
    dir.write("cut.jsonl", sound.trim_end());
    assert_eq!(dir.run(80, "verify @cut.jsonl").out, dir.run(80, "verify @p.jsonl").out);
}

#[test]
fn what_is_no_ledger() {
    let dir = TestDir::new();
    dir.write("file.jsonl", "");
    std::fs::create_dir(dir.path("folder")).unwrap();
    for command in ["status @", "history COMMITMENT @", "next COMMITMENT @", "verify @"] {
        let missing = "error: there is no ledger at DIR/missing.jsonl; \
            create one with `servanda init DIR/missing.jsonl`, or check the path\n";
        for (path, reason) in
            [("missing.jsonl", missing), ("folder", "error: DIR/folder is a folder; a ledger is a file\n")]
        {
            let (command, commitment) = match command.split_once(" COMMITMENT") {
                Some((command, rest)) => (format!("{command}{rest}"), "some-commitment"),
                None => (command.to_owned(), ""),
            };
            let outcome = dir.run(80, &format!("{command}{path} {commitment}"));
            assert_eq!(
                (outcome.exit, outcome.out.as_str(), outcome.err.as_str()),
                (Exit::Refused, "", reason),
                "{command}"
            );
        }
    }
}

/// Who may read everything cannot be refused; a path below a file can be read by no one.
#[cfg(unix)]
#[test]
fn what_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TestDir::new();
    dir.write("file.jsonl", "");
    let outcome = dir.run(80, "verify @file.jsonl/ledger.jsonl");
    assert_eq!(outcome.exit, Exit::Refused);
    assert!(outcome.err.starts_with("error: could not read DIR/file.jsonl/ledger.jsonl: "), "{}", outcome.err);

    dir.write("secret.jsonl", "");
    let secret = dir.path("secret.jsonl");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&secret).is_err() {
        let outcome = dir.run(80, "verify @secret.jsonl");
        assert_eq!(
            (outcome.exit, outcome.err.as_str()),
            (Exit::Refused, "error: no permission to read DIR/secret.jsonl\n")
        );
    }
}

#[test]
fn merging_writes_the_union_and_says_what_does_not_fit() {
    let dir = two_ledgers();
    assert_snapshot!("merged", dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").transcript());
    assert_snapshot!("conflicts", dir.run(80, "verify @both.jsonl").transcript());
    let read = |name: &str| std::fs::read(dir.path(name)).unwrap();
    assert_eq!(dir.run(80, "merge @laptop.jsonl @phone.jsonl -o @turned.jsonl").exit, Exit::Done);
    assert_eq!(read("both.jsonl"), read("turned.jsonl"));
    assert_eq!(dir.run(80, "merge @both.jsonl @phone.jsonl @both.jsonl --output @again.jsonl").exit, Exit::Done);
    assert_eq!(read("both.jsonl"), read("again.jsonl"));
    // Nothing else is left in the folder, such as a lock.
    let mut names: Vec<_> =
        std::fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with("phone") && !name.starts_with("laptop"));
    names.sort();
    assert_eq!(names, ["again.jsonl", "both.jsonl", "turned.jsonl"]);
}

/// A clock that moves on whenever somebody looks.
#[derive(Debug, Default)]
struct Watched(std::sync::atomic::AtomicI64);

impl TimeSource for Watched {
    fn now(&self) -> Moment {
        let looked = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Moment::from_micros(looked * 300_000).unwrap()
    }
}

#[test]
fn whoever_waits_is_told_what_for_until_the_answer_comes() {
    let dir = two_ledgers();
    let terminal = Terminal { redraws: true, error_width: Some(60), ..Terminal::plain(60) };
    let env = || Environment { terminal, ..Environment::plain(60).at(Watched::default()) };
    let shown = |arguments: &str| {
        let outcome = dir.run_in(&env(), arguments);
        outcome.err.replace('\r', "<").replace("\x1b[K", ">")
    };
    assert_snapshot!("waiting_for_status", shown("status @phone.jsonl --on 2013-03-01"));
    assert_snapshot!("waiting_for_a_merge", shown("merge @phone.jsonl @laptop.jsonl -o @both.jsonl"));
    assert_snapshot!("waiting_in_vain", shown("verify @missing.jsonl"));
    let piped = Environment { terminal: Terminal::plain(60), ..env() };
    assert_eq!(dir.run_in(&piped, "status @phone.jsonl --on 2013-03-01").err, "");
}

#[test]
fn a_merge_that_fails_leaves_nothing_behind() {
    let dir = two_ledgers();
    let names = || {
        let files = std::fs::read_dir(dir.path("")).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    for arguments in ["-o @phone.jsonl", "-o @nowhere/both.jsonl", "-o @phone.jsonl/both.jsonl"] {
        let outcome = dir.run(80, &format!("merge @phone.jsonl @laptop.jsonl {arguments}"));
        assert_eq!(outcome.exit, Exit::Refused, "{arguments}");
        assert_eq!(names(), before, "{arguments}");
    }
}

/// A new ledger is for whom new files are for, though it begins as a file that nobody else may read.
#[cfg(unix)]
#[test]
fn a_merged_ledger_is_a_file_like_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl -o @copy.jsonl").exit, Exit::Done);
    let mode = |name: &str| std::fs::metadata(dir.path(name)).unwrap().permissions().mode();
    dir.write("other", "");
    assert_eq!(mode("copy.jsonl"), mode("other"));
}

#[test]
fn merging_overwrites_nothing() {
    let dir = two_ledgers();
    let before = std::fs::read(dir.path("phone.jsonl")).unwrap();
    let outcome = dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @phone.jsonl");
    let reason = "error: there is already something at DIR/phone.jsonl; open it, or choose another path\n";
    assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.as_str()), (Exit::Refused, "", reason));
    assert_eq!(std::fs::read(dir.path("phone.jsonl")).unwrap(), before);
}

#[test]
fn merging_needs_sound_ledgers_and_a_folder_to_write_to() {
    let dir = two_ledgers();
    dir.write("damaged.jsonl", "{}\n");
    let outcome = dir.run(80, "merge @phone.jsonl @damaged.jsonl -o @both.jsonl");
    assert_eq!(outcome.exit, Exit::Refused);
    assert!(outcome.err.starts_with("error: DIR/damaged.jsonl is damaged:"), "{}", outcome.err);
    assert!(!dir.path("both.jsonl").exists());
    let outcome = dir.run(80, "merge @phone.jsonl -o @nowhere/both.jsonl");
    let reason = "error: could not write DIR/nowhere/both.jsonl: there is no such folder\n";
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Refused, reason));
}
