//! Ledgers in git: what `servanda init` writes, merging by union, and conflict markers.

use std::process::Command;

use insta::assert_snapshot;
use servanda::Tracker;
use servanda_cli::Exit;

use crate::test_dir::{TestDir, two_ledgers};

const ATTRIBUTES: &str = "*.jsonl -text merge=union";
const COMMENT: &str = "# A ledger is a set of lines, so git merges two versions of it by union.";

/// Returns a directory that looks like a git repository.
fn repository() -> TestDir {
    let dir = TestDir::new();
    std::fs::create_dir(dir.path(".git")).unwrap();
    dir
}

fn text(dir: &TestDir, name: &str) -> String {
    std::fs::read_to_string(dir.path(name)).unwrap_or_default()
}

#[test]
fn init_tells_git_about_a_ledger() {
    let dir = repository();
    assert_snapshot!("would_tell_git", dir.run(80, "init @p.jsonl --dry-run").transcript());
    assert_eq!((text(&dir, ".gitattributes"), text(&dir, ".gitignore")), (String::new(), String::new()));
    assert_snapshot!("tells_git", dir.run(80, "init @p.jsonl").transcript());
    assert_eq!(text(&dir, ".gitattributes"), format!("{COMMENT}\n{ATTRIBUTES}\n"));
    let ignored = "# Servanda uses these files next to a ledger while it writes.\n*.jsonl.lock\n*.jsonl.pending\n";
    assert_eq!(text(&dir, ".gitignore"), ignored);
    // A second ledger needs nothing more.
    assert_eq!(dir.run(80, "init @q.jsonl").out.lines().count(), 1);
    assert_eq!(dir.run(80, "init @r.jsonl --format json").out.matches(r#""git":[]"#).count(), 1);
    assert_eq!(text(&dir, ".gitignore"), ignored);
    // Nor does one in a folder of the repository.
    std::fs::create_dir(dir.path("folder")).unwrap();
    assert_eq!(dir.run(80, "init @folder/p.jsonl").out.lines().count(), 1);
    assert!(!dir.path("folder/.gitattributes").exists());
}

#[test]
fn init_keeps_what_is_in_the_files_of_git() {
    let dir = repository();
    dir.write(".gitattributes", "*.jsonl merge=union -text");
    dir.write(".gitignore", "/target/\n*.jsonl.lock");
    let outcome = dir.run(80, "init @p.jsonl --format json");
    let path = dir.path(".gitignore").display().to_string().replace(&dir.path("").display().to_string(), "DIR/");
    assert!(
        outcome.out.contains(&format!(r#""git":[{{"added":["*.jsonl.pending"],"path":"{path}"}}]"#)),
        "{}",
        outcome.out
    );
    assert_eq!(text(&dir, ".gitattributes"), "*.jsonl merge=union -text");
    let comment = "# Servanda uses these files next to a ledger while it writes.";
    assert_eq!(text(&dir, ".gitignore"), format!("/target/\n*.jsonl.lock\n\n{comment}\n*.jsonl.pending\n"));
}

#[test]
fn init_writes_nothing_for_git_without_a_repository_or_for_a_database() {
    let dir = TestDir::new();
    let outcome = dir.run(80, "init @p.jsonl");
    assert_eq!((outcome.exit, outcome.out.lines().count()), (Exit::Done, 1));
    let repository = repository();
    assert_eq!(repository.run(80, "init @p.db").exit, Exit::Done);
    for dir in [dir, repository] {
        assert!(!dir.path(".gitattributes").exists() && !dir.path(".gitignore").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_git_that_cannot_be_written_is_a_note() {
    let dir = repository();
    std::fs::create_dir(dir.path(".gitattributes")).unwrap();
    let outcome = dir.run(80, "init @p.jsonl");
    assert_eq!(outcome.exit, Exit::Done);
    assert!(outcome.err.starts_with("note: could not "), "{}", outcome.err);
    assert!(dir.path("p.jsonl").exists());
}

#[test]
fn conflict_markers_are_recognised_and_the_message_says_what_to_do() {
    let dir = two_ledgers();
    let (ours, theirs) = (text(&dir, "phone.jsonl"), text(&dir, "laptop.jsonl"));
    let (common, ours) = ours.split_at(theirs.bytes().zip(ours.bytes()).take_while(|(a, b)| a == b).count());
    let lines = common.rfind('\n').unwrap() + 1;
    let (common, cut) = common.split_at(lines);
    let theirs = &theirs[lines..];
    let conflict = format!("{common}<<<<<<< HEAD\n{cut}{ours}||||||| 1f2e3d4\n=======\n{theirs}>>>>>>> a branch\n");
    dir.write("merged.jsonl", conflict.as_bytes());
    let outcome = dir.run(80, "verify @merged.jsonl");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("conflict_markers", outcome.transcript());
    let outcome = dir.run(80, "status @merged.jsonl");
    assert!(outcome.err.contains("this is a conflict marker of git; keep the lines of both sides"), "{}", outcome.err);
    // The message says what helps.
    let kept: Vec<&str> = conflict.lines().filter(|line| line.starts_with('{')).collect();
    dir.write("merged.jsonl", kept.join("\n") + "\n");
    assert_eq!(dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    let digest = |name: &str| Tracker::open(dir.path(name), "reader").unwrap().digest().unwrap();
    assert_eq!(digest("merged.jsonl"), digest("both.jsonl"));
}

/// Runs git, without the configuration of the user. Returns false if it is not installed.
fn git(dir: &TestDir, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main"];
    let mut git = Command::new("git");
    git.current_dir(dir.path("")).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    match git.args(identity).args(arguments).output() {
        Ok(output) => {
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => false,
    }
}

#[test]
fn git_merges_ledgers_by_union() {
    let dir = TestDir::new();
    if !git(&dir, &["init"]) {
        println!("skipped: git is not installed");
        return;
    }
    let run = |command: &str| assert_eq!(dir.run_as_desk(command).exit, Exit::Done, "{command}");
    let remark = |title: &str| run(&format!("remark @p.jsonl us/abe-visit '{title}' --on 2013-02-22"));
    run("init @p.jsonl");
    run("register @p.jsonl us/abe-visit --title 'A visit' --procedure action --given-by us --made 2013-01-18 \
        --obligation result --words 'has invited' --source https://example.org/remarks");
    git(&dir, &["add", "."]);
    git(&dir, &["commit", "-m", "one"]);
    git(&dir, &["checkout", "-b", "other"]);
    for title in ["It snowed", "It rained"] {
        remark(title);
    }
    run("copy @p.jsonl @theirs.db");
    git(&dir, &["commit", "-a", "-m", "two"]);
    git(&dir, &["checkout", "main"]);
    remark("It was warm");
    run("copy @p.jsonl @ours.db");
    git(&dir, &["commit", "-a", "-m", "three"]);
    git(&dir, &["merge", "other"]);
    run("merge @ours.db @theirs.db -o @union.db");
    let verified = |name: &str| dir.run(80, &format!("verify @{name}")).out;
    assert_eq!(verified("p.jsonl"), verified("union.db"));
    assert!(verified("p.jsonl").ends_with("no conflicts\n"));
    // The files next to the ledger are ignored.
    let status = Command::new("git").current_dir(dir.path("")).args(["status", "--porcelain"]).output().unwrap();
    let status = String::from_utf8(status.stdout).unwrap();
    assert!(!status.contains(".lock") && !status.contains(".pending"), "{status}");
}
