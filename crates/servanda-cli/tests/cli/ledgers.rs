//! `servanda verify` and `servanda merge`, and ledgers that cannot be read.

use insta::assert_snapshot;
use servanda::Tracker;
use servanda_cli::Exit;

use crate::test_dir::{TestDir, two_ledgers};

#[test]
fn verify_prints_the_number_of_entries_and_the_digest() {
    let dir = TestDir::promises("p.jsonl");
    let ledger = Tracker::open(dir.path("p.jsonl"), "reader").unwrap().ledger().unwrap();
    let outcome = dir.run(80, "verify @p.jsonl");
    assert_eq!(outcome.out, format!("{} entries, {}\nno conflicts\n", ledger.len(), ledger.digest()));
    assert_eq!(outcome.exit, Exit::Done);
}

#[test]
fn an_empty_ledger_is_valid() {
    let dir = TestDir::new();
    dir.write("empty.jsonl", "");
    let outcome = dir.run(80, "verify @empty.jsonl");
    let nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(outcome.out, format!("0 entries, {nothing}\nno conflicts\n"));
    assert_eq!(outcome.exit, Exit::Done);
}

#[test]
fn damaged_lines_are_listed() {
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
        // Other commands refuse a damaged ledger.
        let outcome = dir.run(80, &format!("status @{file}"));
        assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
        assert!(outcome.err.starts_with(&format!("error: DIR/{file} is damaged:\n  line ")), "{}", outcome.err);
    }
}

#[test]
fn the_last_line_may_lack_a_line_feed() {
    let dir = TestDir::promises("p.jsonl");
    let sound = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
    dir.write("cut.jsonl", sound.trim_end());
    assert_eq!(dir.run(80, "verify @cut.jsonl").out, dir.run(80, "verify @p.jsonl").out);
}

#[test]
fn paths_without_a_ledger() {
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

/// A path below a file is unreadable for every user. A file without permissions is readable for
/// root, so the second part of the test depends on the user.
#[cfg(unix)]
#[test]
fn unreadable_paths() {
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
fn merge_writes_the_union_and_counts_conflicts() {
    let dir = two_ledgers();
    assert_snapshot!("merged", dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").transcript());
    assert_snapshot!("conflicts", dir.run(80, "verify @both.jsonl").transcript());
    let read = |name: &str| std::fs::read(dir.path(name)).unwrap();
    assert_eq!(dir.run(80, "merge @laptop.jsonl @phone.jsonl -o @turned.jsonl").exit, Exit::Done);
    assert_eq!(read("both.jsonl"), read("turned.jsonl"));
    assert_eq!(dir.run(80, "merge @both.jsonl @phone.jsonl @both.jsonl --output @again.jsonl").exit, Exit::Done);
    assert_eq!(read("both.jsonl"), read("again.jsonl"));
    // No other files remain, such as a lock.
    let mut names: Vec<_> =
        std::fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with("phone") && !name.starts_with("laptop"));
    names.sort();
    assert_eq!(names, ["again.jsonl", "both.jsonl", "turned.jsonl"]);
}

#[test]
fn copy_counts_conflicts_and_says_how_many_of_them_are_new() {
    let dir = two_ledgers();
    let ends = |arguments: &str, last: &str| {
        let outcome = dir.run(80, &format!("copy {arguments}"));
        assert_eq!((outcome.exit, outcome.out.lines().last()), (Exit::Done, Some(last)), "{}", outcome.err);
    };
    ends("@phone.jsonl @copy.db", "no conflicts");
    ends("@laptop.jsonl @copy.db", "1 conflict, 1 of them new; `servanda verify` lists them");
    ends("@laptop.jsonl @copy.db", "1 conflict, 0 of them new; `servanda verify` lists them");
    ends("@copy.db @another.jsonl", "1 conflict, 1 of them new; `servanda verify` lists them");
    for (to, conflicts) in [
        ("copy.db", r#""conflicts":1,"copied":0"#),
        ("copy.db", r#""new_conflicts":0,"#),
        ("third.db", r#""new_conflicts":1,"#),
    ] {
        let outcome = dir.run(80, &format!("copy @another.jsonl @{to} --format json"));
        assert!(outcome.out.contains(conflicts), "{}", outcome.out);
    }
}

#[test]
fn a_failed_merge_leaves_no_files() {
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

/// A merged ledger starts as a temporary file, which other users cannot read.
#[cfg(unix)]
#[test]
fn a_merged_ledger_has_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl -o @copy.jsonl").exit, Exit::Done);
    let mode = |name: &str| std::fs::metadata(dir.path(name)).unwrap().permissions().mode();
    dir.write("other", "");
    assert_eq!(mode("copy.jsonl"), mode("other"));
}

#[test]
fn merge_does_not_overwrite_files() {
    let dir = two_ledgers();
    let before = std::fs::read(dir.path("phone.jsonl")).unwrap();
    let outcome = dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @phone.jsonl");
    let reason = "error: there is already something at DIR/phone.jsonl; open it, or choose another path\n";
    assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.as_str()), (Exit::Refused, "", reason));
    assert_eq!(std::fs::read(dir.path("phone.jsonl")).unwrap(), before);
}

#[test]
fn merge_needs_valid_ledgers_and_an_existing_folder() {
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
