//! JSON Lines files that other programs change: trackers, editors, git.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use common::{TestDir, interrupt_at_each_report, remark, remarks};
use servanda::{Batch, Entry, Ledger, Progress, StoreError, Tracker};

fn lines(ledger: &Ledger) -> String {
    ledger.entries().map(|entry| format!("{}\n", entry.line())).collect()
}

fn entries(tracker: &Tracker) -> Vec<Entry> {
    tracker.ledger().unwrap().entries().cloned().collect()
}

#[test]
fn reading_creates_no_files() {
    let dir = TestDir::new();
    let tracker = Tracker::create(dir.path("new.jsonl"), "desk").unwrap();
    tracker.refresh().unwrap();
    Tracker::open(dir.path("new.jsonl"), "reader").unwrap().refresh().unwrap();
    let names = || -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["new.jsonl"]);
    tracker.register(common::commitment()).unwrap();
    assert_eq!(names(), ["new.jsonl", "new.jsonl.lock", "new.jsonl.pending"]);
    // The header of the journal stays.
    assert_eq!(fs::read_to_string(dir.path("new.jsonl.pending")).unwrap().lines().count(), 2);
}

#[test]
fn opening_reports_every_byte_once() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    tracker.append(remarks((0..2000).map(|number| format!("Remark {number}")))).unwrap();
    let total = fs::metadata(dir.path("ledger.jsonl")).unwrap().len();
    let mut reports = Vec::new();
    Tracker::open_with(dir.path("ledger.jsonl"), "reader", |progress| {
        reports.push(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(reports.len() > 2, "{reports:?}");
    assert!(reports.is_sorted_by_key(|progress| progress.done));
    assert!(reports.iter().all(|progress| progress.total == Some(total)));
    assert_eq!(reports.last(), Some(&Progress { done: total, total: Some(total) }));
}

#[test]
fn reading_a_file_can_be_interrupted_at_every_report() {
    // A file that one thread reads, and one that is large enough for a second thread.
    for (entries, blocks) in [(20, 1), (400, 8)] {
        let dir = TestDir::new();
        let tracker = dir.tracker("ledger.jsonl");
        let path = dir.path("ledger.jsonl");
        let note = "n".repeat(5000);
        let long = |number| remark(&format!("Remark {number}")).noting(&note);
        tracker.append((0..entries).map(long).collect::<Batch>()).unwrap();
        let before = fs::read(&path).unwrap();
        assert!(before.len() >> 18 >= blocks - 1, "{} bytes", before.len());

        let (opened, reports) = interrupt_at_each_report(|report| Tracker::open_with(&path, "desk", report), || ());
        assert_eq!(opened.digest(), tracker.digest());
        assert!(reports.len() > blocks, "{reports:?}");

        // Another program has written, so everything is read again.
        Tracker::open(&path, "else").unwrap().append(remark("Another")).unwrap();
        let (verified, reports) = interrupt_at_each_report(
            |report| tracker.verify(report),
            || {
                assert_eq!(fs::read(&path).unwrap().len(), before.len() + last_line(&path));
                assert_eq!(tracker.digest(), opened.digest());
            },
        );
        assert!(reports.len() > blocks, "{reports:?}");
        assert_eq!(verified.digest(), opened.digest().unwrap(), "what was taken in before stays");
        assert!(opened.refresh().unwrap());
        tracker.append(remark("Still here")).unwrap();
        assert_eq!(Tracker::open(&path, "reader").unwrap().digest(), tracker.digest());
    }
}

/// Returns the length of the last line in bytes, including its line feed.
fn last_line(path: &Path) -> usize {
    fs::read_to_string(path).unwrap().lines().next_back().unwrap().len() + 1
}

#[test]
fn lock_and_journal_can_be_removed_between_appends() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    for suffix in ["lock", "pending"] {
        fs::remove_file(dir.path(&format!("ledger.jsonl.{suffix}"))).unwrap();
        tracker.append(remark(suffix)).unwrap();
    }
    assert_eq!(Tracker::open(dir.path("ledger.jsonl"), "reader").unwrap().digest(), tracker.digest());
}

#[test]
fn a_ledger_created_in_place_of_another_is_empty() {
    let dir = TestDir::new();
    drop(dir.tracker("ledger.jsonl"));
    fs::remove_file(dir.path("ledger.jsonl")).unwrap();
    let tracker = dir.tracker("ledger.jsonl");
    tracker.append(remark("one")).unwrap();
    assert_eq!(lines(&tracker.ledger().unwrap()), fs::read_to_string(dir.path("ledger.jsonl")).unwrap());
}

#[test]
fn changes_by_other_programs_are_picked_up() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    let path = dir.path("ledger.jsonl");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    let follower = Tracker::open(&path, "reader").unwrap();
    let before = fs::read_to_string(&path).unwrap();
    // The file gets these contents one after another, in a new file (as git does) or in place.
    let elsewhere = Tracker::in_memory("elsewhere").unwrap();
    elsewhere.merge(entries(&tracker)).unwrap();
    elsewhere.append(remark("from elsewhere")).unwrap();
    let merged = lines(&elsewhere.ledger().unwrap());
    let other = merged.replace("no such text", "");
    let mut reversed: Vec<&str> = before.lines().collect();
    reversed.reverse();
    let last = before.trim_end().lines().last().unwrap();
    let contents = [
        merged.clone(),
        before.clone(),
        reversed.join("\n"),
        format!("{before}{last}\n"),
        other + merged.lines().next().unwrap(),
        before[..before.len() - last.len() - 1].to_owned(),
        String::new(),
        merged.trim_end().to_owned(),
        before.clone(),
    ];
    for in_place in [true, false] {
        for (number, content) in contents.iter().enumerate() {
            if !in_place {
                fs::remove_file(&path).unwrap();
            }
            fs::write(&path, content).unwrap();
            let expected = Ledger::read(content.as_bytes()).unwrap().digest();
            for tracker in [&follower, &tracker] {
                tracker.refresh().unwrap();
                assert_eq!(tracker.digest().unwrap(), expected, "content {number}");
                assert!(!tracker.refresh().unwrap(), "content {number} is news twice");
            }
        }
    }
    tracker.append(remark("three")).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), before.lines().count() + 1);
}

#[test]
fn a_missing_final_line_feed_is_added_before_an_append() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    let path = dir.path("ledger.jsonl");
    let cut = || fs::write(&path, fs::read_to_string(&path).unwrap().trim_end()).unwrap();
    cut();
    let follower = Tracker::open(&path, "reader").unwrap();
    tracker.append(remark("one")).unwrap();
    assert!(follower.refresh().unwrap());
    cut();
    assert!(!follower.refresh().unwrap());
    follower.append(remark("two")).unwrap();
    tracker.refresh().unwrap();
    assert_eq!(tracker.digest(), follower.digest());
    assert_eq!(fs::read_to_string(&path).unwrap(), lines(&tracker.ledger().unwrap()));
}

#[test]
fn later_damage_is_reported_by_line_and_prevents_appends() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    let path = dir.path("ledger.jsonl");
    let held = tracker.digest().unwrap();
    let sound = fs::read_to_string(&path).unwrap();
    let mut file = fs::File::options().append(true).open(&path).unwrap();
    file.write_all(b"{}\n").unwrap();
    let line = sound.lines().count() + 1;
    for refused in [tracker.refresh().unwrap_err(), tracker.append(remark("one")).unwrap_err()] {
        assert!(refused.to_string().contains(&format!("\n  line {line}, ")), "{refused}");
    }
    assert_eq!(tracker.digest().unwrap(), held);
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{sound}{{}}\n"));
    // After a repair, appending works again.
    fs::write(&path, sound).unwrap();
    tracker.append(remark("one")).unwrap();
}

#[test]
fn merging_writes_each_entry_once() {
    let dir = TestDir::new();
    let (one, two) = (dir.tracker("one.jsonl"), Tracker::create(dir.path("two.jsonl"), "desk").unwrap());
    one.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    let twice: Vec<Entry> = entries(&one).into_iter().chain(entries(&one)).collect();
    assert_eq!(two.merge(twice).unwrap(), one.ledger().unwrap().len());
    // A ledger can also be merged into itself.
    assert_eq!(two.merge(two.ledger().unwrap().entries().cloned()).unwrap(), 0);
    assert_eq!(fs::read(dir.path("one.jsonl")).unwrap(), fs::read(dir.path("two.jsonl")).unwrap());
}

#[cfg(unix)]
#[test]
fn all_paths_of_a_ledger_share_one_lock_with_its_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = TestDir::new();
    let path = dir.path("ledger.jsonl");
    drop(Tracker::create(&path, "desk").unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&path, dir.path("link.jsonl")).unwrap();
    Tracker::open(dir.path("link.jsonl"), "desk").unwrap().register(common::commitment()).unwrap();
    assert!(!dir.path("link.jsonl.lock").exists());
    for suffix in ["lock", "pending"] {
        let mode = fs::metadata(dir.path(&format!("ledger.jsonl.{suffix}"))).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// A pipe is not a regular file, but can be read.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_until_it_ends() {
    use std::os::fd::AsRawFd as _;
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.jsonl");
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(&fs::read(dir.path("ledger.jsonl")).unwrap()).unwrap();
    drop(writer);
    let piped = Tracker::open(format!("/dev/fd/{}", reader.as_raw_fd()), "reader").unwrap();
    assert!(!piped.refresh().unwrap());
    assert_eq!(piped.digest(), tracker.digest());
}

#[test]
fn the_first_hundred_faults_are_kept_and_the_others_are_counted() {
    let dir = TestDir::new();
    fs::write(dir.path("feeds.jsonl"), "\n".repeat(1_000_000)).unwrap();
    let error = Tracker::open(dir.path("feeds.jsonl"), "desk").unwrap_err();
    let Some(StoreError::Damaged { errors, more, .. }) = error.store() else { panic!("{error}") };
    assert_eq!((errors.len(), *more), (100, 999_900));
    let last = error.to_string().lines().last().unwrap().to_owned();
    assert_eq!(last, "  and 999980 more");
    assert!(error.details().contains("\"more\":999900"), "{}", &error.details()[..200]);
}
