//! Simulated crashes: every state in which a crash can leave the files, computed from the recorded
//! steps of a real append.
//!
//! A killed process leaves a prefix of the steps, and the last write may be cut off at any byte.
//! After a power failure, everything since the last sync can be missing, complete, or replaced by
//! zeros in part.

#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use servanda_core::builtin;
use servanda_core::{Batch, Commitment, Day, Entry, Ledger, Obligation, Remark, Source, Words};
use tempfile::TempDir;

use super::files::{Disk, FileKind, Paths, WriteLock};
use super::journal::Journal;
use super::{JsonLines, News, ReadState};
use crate::progress::no_progress;
use crate::{Error, Result, StoreError};

/// A recorded step.
#[derive(Clone, Debug)]
enum Step {
    Open,
    Write(FileKind, Vec<u8>),
    Cut(FileKind, u64),
    Sync(FileKind),
}

/// Performs and records steps, but skips syncs. Steps can be made to fail.
struct Recorder {
    lock: WriteLock,
    steps: Vec<Step>,
    /// The indices of the steps that fail. A failing write writes its first half.
    failing: BTreeSet<usize>,
}

impl Recorder {
    fn new(lines: &JsonLines) -> Self {
        Self { lock: lines.lock().unwrap(), steps: Vec::new(), failing: BTreeSet::new() }
    }

    fn step(&mut self, step: Step) -> Result<()> {
        let fails = self.failing.contains(&self.steps.len());
        self.steps.push(step.clone());
        match step {
            Step::Write(kind, bytes) if fails => self.lock.write(kind, &bytes[..bytes.len() / 2])?,
            _ if fails => {}
            Step::Open => self.lock.open()?,
            Step::Write(kind, bytes) => self.lock.write(kind, &bytes)?,
            Step::Cut(kind, length) => self.lock.cut(kind, length)?,
            Step::Sync(_) => {}
        }
        let failure =
            StoreError::Io { action: "write", path: PathBuf::from("disk"), reason: "the disk failed".to_owned() };
        if fails { Err(failure.into()) } else { Ok(()) }
    }
}

impl Disk for Recorder {
    fn open(&mut self) -> Result<()> {
        self.step(Step::Open)
    }
    fn write(&mut self, kind: FileKind, bytes: &[u8]) -> Result<()> {
        self.step(Step::Write(kind, bytes.to_vec()))
    }
    fn cut(&mut self, kind: FileKind, length: u64) -> Result<()> {
        self.step(Step::Cut(kind, length))
    }
    fn sync(&mut self, kind: FileKind) -> Result<()> {
        self.step(Step::Sync(kind))
    }
}

/// The content of both files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FilesImage {
    ledger: Vec<u8>,
    journal: Option<Vec<u8>>,
}

impl FilesImage {
    fn take(paths: &Paths) -> Self {
        Self { ledger: fs::read(&paths.ledger).unwrap(), journal: fs::read(&paths.journal).ok() }
    }

    fn put(&self, paths: &Paths) {
        // Do not truncate the file first: some systems then wait for the disk.
        let put = |path: &Path, bytes: &[u8]| {
            let mut file = File::options().write(true).create(true).truncate(false).open(path).unwrap();
            file.write_all(bytes).unwrap();
            file.set_len(bytes.len() as u64).unwrap();
        };
        put(&paths.ledger, &self.ledger);
        match &self.journal {
            Some(journal) => put(&paths.journal, journal),
            None => fs::remove_file(&paths.journal).unwrap_or_default(),
        }
    }

    fn file(&mut self, kind: FileKind) -> &mut Vec<u8> {
        match kind {
            FileKind::Ledger => &mut self.ledger,
            FileKind::Journal => self.journal.get_or_insert_default(),
        }
    }

    fn apply(&mut self, step: &Step) {
        match step {
            Step::Open => _ = self.file(FileKind::Journal),
            Step::Write(kind, bytes) => self.write(*kind, bytes),
            Step::Cut(kind, length) => self.file(*kind).resize(usize::try_from(*length).unwrap(), 0),
            Step::Sync(_) => {}
        }
    }

    fn write(&mut self, kind: FileKind, bytes: &[u8]) {
        let file = self.file(kind);
        let start = if kind == FileKind::Ledger { file.len() } else { 0 };
        let end = start + bytes.len();
        file.resize(end.max(file.len()), 0);
        file[start..end].copy_from_slice(bytes);
    }

    fn with(&self, step: &Step) -> Self {
        let mut image = self.clone();
        image.apply(step);
        image
    }
}

/// Returns the states that a kill can leave.
fn after_kill(before: &FilesImage, steps: &[Step]) -> BTreeSet<FilesImage> {
    let mut images = BTreeSet::from([before.clone()]);
    let mut image = before.clone();
    for step in steps {
        if let Step::Write(kind, bytes) = step {
            images.extend((1..bytes.len()).map(|end| image.with(&Step::Write(*kind, bytes[..end].to_vec()))));
        }
        image.apply(step);
        images.insert(image.clone());
    }
    images
}

/// Returns the states that a power failure can leave.
fn after_power_failure(before: &FilesImage, steps: &[Step]) -> BTreeSet<FilesImage> {
    // All possible contents of the disk after each step. A sync leaves only the last content of its
    // file.
    let mut possible = BTreeSet::from([before.clone()]);
    let mut images = possible.clone();
    let mut written = before.clone();
    for step in steps {
        written.apply(step);
        let after: Vec<FilesImage> = match step {
            Step::Open => possible.iter().map(|image| image.with(step)).collect(),
            Step::Write(kind, bytes) => {
                let parts = parts(bytes).into_iter().map(|part| Step::Write(*kind, part));
                parts.flat_map(|part| possible.iter().map(move |image| image.with(&part))).collect()
            }
            Step::Cut(..) => possible.iter().map(|image| image.with(step)).collect(),
            Step::Sync(kind) => {
                let mut certain = written.clone();
                let file = certain.file(*kind).clone();
                std::mem::take(&mut possible)
                    .into_iter()
                    .map(|mut image| {
                        image.file(*kind).clone_from(&file);
                        image
                    })
                    .collect()
            }
        };
        possible.extend(after);
        images.extend(possible.iter().cloned());
    }
    images
}

/// Returns what can be on disk of an unfinished write: a prefix, or all blocks with some of them
/// zero.
fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let middle = bytes.len() / 2;
    let zeroed = |range: std::ops::Range<usize>| {
        let mut part = bytes.to_vec();
        part[range].fill(0);
        part
    };
    let mut parts: Vec<Vec<u8>> = [1, middle, bytes.len() - 1].iter().map(|end| bytes[..*end].to_vec()).collect();
    parts.extend([zeroed(0..middle), zeroed(middle..bytes.len()), zeroed(0..bytes.len()), bytes.to_vec()]);
    parts.push(zeroed(0..middle)[..bytes.len() - 1].to_vec());
    parts
}

/// A folder with a ledger that has one commitment.
struct TestLedger {
    _folder: TempDir,
    paths: Paths,
    path: PathBuf,
}

/// The id of the commitment.
const COMMITMENT: &str = "us/senkaku";

fn day() -> Day {
    Day::new(2013, 1, 18).unwrap()
}

fn prepared(ledger: &Ledger, batch: impl Into<Batch>) -> Vec<Entry> {
    ledger.prepare(batch, &"desk".parse().unwrap(), "2013-02-01T00:00:00.000000Z".parse().unwrap()).unwrap()
}

fn remarks(titles: &[&str]) -> Batch {
    titles.iter().fold(Batch::new(), |batch, title| batch.and(Remark::builder(COMMITMENT, title).on(day())))
}

impl TestLedger {
    fn new(last_line_feed: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
        let words = Words::new("reiterated", source).unwrap();
        let word = Commitment::builder(COMMITMENT, "No position on sovereignty").procedure(builtin::position());
        let word = word.by("us").made(day()).obligation(Obligation::Position).words(words.text, words.source);
        let mut ledger = Ledger::new();
        ledger.merge_entries(prepared(&Ledger::new(), word));
        let mut bytes = Vec::new();
        ledger.write(&mut bytes).unwrap();
        if !last_line_feed {
            bytes.pop();
        }
        fs::write(&path, bytes).unwrap();
        Self { _folder: folder, paths: Paths::of(&path), path }
    }

    fn read(&self) -> Ledger {
        JsonLines::open(&self.path, &mut no_progress).unwrap().1
    }

    /// Appends a batch of remarks. Returns the steps, the entries, and the result.
    fn append(&self, titles: &[&str], failing: &[usize]) -> (Vec<Step>, Vec<Entry>, Result<()>) {
        let (mut lines, mut ledger) = JsonLines::open(&self.path, &mut no_progress).unwrap();
        let mut recorder = Recorder::new(&lines);
        lines.recover(&mut recorder).unwrap();
        match lines.refresh().unwrap() {
            News::None => {}
            News::More(entries) => _ = ledger.merge_entries(entries),
            News::Replaced(anew) => ledger = (*anew).clone(),
        }
        let entries = prepared(&ledger, remarks(titles));
        let recovered = recorder.steps.len();
        recorder.failing = failing.iter().map(|step| recovered + step).collect();
        let done = lines.append(&mut recorder, &entries, || Ok(()));
        (recorder.steps.split_off(recovered), entries, done)
    }

    /// Recovers from a crash, and returns the steps.
    fn recover(&self) -> Vec<Step> {
        let lines = JsonLines { paths: self.paths.clone(), seen: ReadState::default() };
        let mut recorder = Recorder::new(&lines);
        lines.recover(&mut recorder).unwrap();
        recorder.steps
    }
}

/// Checks that all old entries and either all or none of the new entries are there, and returns
/// whether they are.
fn holds(ledger: &Ledger, before: &Ledger, entries: &[Entry]) -> bool {
    assert!(before.entries().all(|entry| ledger.entry(entry.id()).is_some()), "an acknowledged entry is missing");
    assert_eq!(ledger.view_on(day()).unwrap().conflicts(), [], "a batch is incomplete");
    let there = entries.iter().filter(|entry| ledger.entry(entry.id()).is_some()).count();
    assert!(there == 0 || there == entries.len(), "{there} of {} entries are there", entries.len());
    assert_eq!(ledger.len(), before.len() + there, "there are other entries");
    there > 0
}

/// Reads the files that a crash left, lets the next writer recover, and reads them again.
fn check(test: &TestLedger, image: &FilesImage, before: &Ledger, entries: &[Entry]) -> bool {
    image.put(&test.paths);
    let seen = holds(&test.read(), before, entries);
    assert_eq!(FilesImage::take(&test.paths), *image, "a reader has written");
    test.recover();
    // Now the file alone is the ledger.
    let file = fs::read(&test.paths.ledger).unwrap();
    let settled = Ledger::read(file.as_slice()).unwrap();
    assert_eq!(seen, holds(&settled, before, entries), "the next writer does not keep what readers have seen");
    let (_, more, appended) = test.append(&["after the crash"], &[]);
    appended.unwrap();
    let appended = fs::read(&test.paths.ledger).unwrap();
    let end = [if file.ends_with(b"\n") { "" } else { "\n" }, more[0].line(), "\n"].concat();
    assert_eq!(appended, [&file, end.as_bytes()].concat());
    seen
}

/// A recorded append, with everything that is needed to simulate its crashes.
struct Scenario {
    test: TestLedger,
    before: FilesImage,
    ledger: Ledger,
    steps: Vec<Step>,
    entries: Vec<Entry>,
}

/// Records an append of two remarks, to a ledger without a journal, or with the journal of an
/// earlier append.
fn scenario(last_line_feed: bool, appended_before: bool) -> Scenario {
    let test = TestLedger::new(last_line_feed);
    if appended_before {
        let titles = ["An earlier remark, so long that its journal is longer than the next one", "x"];
        test.append(&titles, &[]).2.unwrap();
    }
    let (before, ledger) = (FilesImage::take(&test.paths), test.read());
    let (steps, entries, done) = test.append(&["one", "two"], &[]);
    done.unwrap();
    assert!(holds(&test.read(), &ledger, &entries));
    Scenario { test, before, ledger, steps, entries }
}

#[test]
fn each_step_is_synced_before_the_next() {
    let shape = |steps: &[Step]| -> Vec<String> {
        let name = |step: &Step| match step {
            Step::Open => "open".to_owned(),
            Step::Write(kind, _) => format!("write {kind:?}"),
            Step::Cut(kind, _) => format!("cut {kind:?}"),
            Step::Sync(kind) => format!("sync {kind:?}"),
        };
        steps.iter().map(name).collect()
    };
    let steps = shape(&scenario(true, false).steps);
    let expected = ["open", "write Journal", "sync Journal", "write Ledger", "sync Ledger", "cut Journal"];
    assert_eq!(steps, expected);
}

#[test]
fn a_killed_process_leaves_all_of_a_batch_or_nothing() {
    for (last_line_feed, appended_before) in [(true, true), (true, false), (false, true)] {
        let Scenario { test, before, ledger, steps, entries } = scenario(last_line_feed, appended_before);
        let images = after_kill(&before, &steps);
        assert!(images.len() > 1000, "each byte of the record and of the lines is a test to crash at");
        let kept = images.iter().filter(|image| check(&test, image, &ledger, &entries)).count();
        assert_eq!(kept, 2, "the entries are kept if all lines are there: before and after the journal is ended");
    }
}

#[test]
fn a_power_failure_leaves_all_of_a_batch_or_nothing() {
    for (last_line_feed, appended_before) in [(true, true), (true, false), (false, true)] {
        let Scenario { test, before, ledger, steps, entries } = scenario(last_line_feed, appended_before);
        // Acknowledged entries are there, whatever the disk had not written yet.
        for acknowledged in [5, 6] {
            let mut after = before.clone();
            steps[..5].iter().for_each(|step| after.apply(step));
            for image in after_power_failure(&after, &steps[5..acknowledged]) {
                assert!(check(&test, &image, &ledger, &entries), "acknowledged entries were lost: {image:?}");
            }
        }
        for image in after_power_failure(&before, &steps) {
            check(&test, &image, &ledger, &entries);
        }
    }
}

#[test]
fn a_crash_during_recovery_loses_nothing() {
    for appended_before in [true, false] {
        let Scenario { test, before, ledger, steps, entries } = scenario(true, appended_before);
        for first in after_power_failure(&before, &steps) {
            first.put(&test.paths);
            let recovery = test.recover();
            for second in after_kill(&first, &recovery).union(&after_power_failure(&first, &recovery)) {
                check(&test, second, &ledger, &entries);
            }
        }
        // A kill loses nothing, and then the power fails during the recovery.
        for made in 0..=steps.len() {
            let mut left = before.clone();
            steps[..made].iter().for_each(|step| left.apply(step));
            left.put(&test.paths);
            let recovery = test.recover();
            for second in after_power_failure(&before, &[&steps[..made], &recovery].concat()) {
                check(&test, &second, &ledger, &entries);
            }
        }
    }
}

/// Returns the files after each step, and in the middle of each write.
fn history(before: &FilesImage, steps: &[Step]) -> Vec<FilesImage> {
    let mut images = vec![before.clone()];
    for step in steps {
        let last = images.last().unwrap().clone();
        if let Step::Write(kind, bytes) = step {
            images.push(last.with(&Step::Write(*kind, bytes[..bytes.len() / 2].to_vec())));
        }
        images.push(last.with(step));
    }
    images
}

#[test]
fn readers_see_a_consistent_state_during_appends() {
    let Scenario { test, before, ledger, steps, entries } = scenario(true, true);
    // An append, followed by one of the same length; or an append that was killed while it wrote
    // its lines, followed by another one, or by the same one again.
    let whole = history(&before, &steps);
    let torn = whole.iter().rposition(|image| image.ledger.len() < whole.last().unwrap().ledger.len()).unwrap();
    let again = ["one", "two"];
    for (first, titles) in [(&whole[..], ["six", "ten"]), (&whole[..=torn], ["six", "ten"]), (&whole[..=torn], again)] {
        let left = first.last().unwrap();
        left.put(&test.paths);
        let recovery = test.recover();
        let settled = FilesImage::take(&test.paths);
        let (steps, more, done) = test.append(&titles, &[]);
        done.unwrap();
        let mut moments = first.to_vec();
        moments.extend(history(left, &recovery));
        moments.extend(history(&settled, &steps));

        let lines = JsonLines { paths: test.paths.clone(), seen: ReadState::default() };
        // The reader can see the files at one moment when it reads the journal, at a second one
        // when it opens the ledger, and at a third one when it reads the journal again.
        for one in 0..moments.len() {
            for two in one..moments.len() {
                for three in two..moments.len() {
                    let mut meets = vec![(moments.len() - 1, moments.len() - 1), (three, three), (one, two)];
                    let opened = lines.open_with(|| {
                        let (now, then) = meets.pop().unwrap_or((moments.len() - 1, moments.len() - 1));
                        moments[now].put(&test.paths);
                        let journal = test.paths.read_journal();
                        moments[then].put(&test.paths);
                        journal
                    });
                    moments.last().unwrap().put(&test.paths);
                    let mut lines = JsonLines { paths: test.paths.clone(), seen: ReadState::default() };
                    let seen = lines.load(opened.unwrap(), &mut no_progress).unwrap();
                    let met = |entries: &[Entry]| entries.iter().filter(|e| seen.entry(e.id()).is_some()).count();
                    let (met, met_later) = (met(&entries), met(&more));
                    assert!([0, 2].contains(&met) && [0, 2].contains(&met_later), "{one}, {two}, {three}");
                    let all = if titles == again { met } else { met + met_later };
                    assert_eq!(seen.len(), ledger.len() + all);
                }
            }
        }
    }
}

#[test]
fn a_failed_append_is_rolled_back() {
    for failing in 0..6 {
        for more in [0, 1, 2, 3] {
            let test = TestLedger::new(true);
            let ledger = test.read();
            // The failing step, and some of the steps that follow to roll back.
            let steps: Vec<usize> = (failing..=failing + more).collect();
            let (_, entries, done) = test.append(&["one", "two"], &steps);
            let there = holds(&test.read(), &ledger, &entries);
            match done {
                // A failure after the lines are on disk does not matter.
                Ok(()) => assert!(there && failing >= 5, "{steps:?}: acknowledged, but not there"),
                Err(error) if error.code() == "unsettled" => {
                    assert!(more > 0 && (3..5).contains(&failing), "{steps:?}")
                }
                Err(error) => assert!(!there && failing < 5, "{steps:?}: refused, but there: {error}"),
            }
            let before = test.read();
            let (_, entries, done) = test.append(&["four"], &[]);
            done.unwrap();
            assert!(holds(&test.read(), &before, &entries));
        }
    }
}

#[test]
fn a_cancelled_append_changes_only_the_journal() {
    let test = TestLedger::new(true);
    let (mut lines, ledger) = JsonLines::open(&test.path, &mut no_progress).unwrap();
    let entries = prepared(&ledger, remarks(&["one"]));
    let before = fs::read(&test.path).unwrap();
    let mut recorder = Recorder::new(&lines);
    let interrupted = lines.append(&mut recorder, &entries, || Err(Error::Interrupted));
    assert_eq!(interrupted, Err(Error::Interrupted));
    let touched = |step: &Step| matches!(step, Step::Write(FileKind::Ledger, _) | Step::Cut(FileKind::Ledger, _));
    assert!(!recorder.steps.iter().any(touched), "{:?}", recorder.steps);
    assert_eq!(fs::read(&test.path).unwrap(), before);
    assert!(Journal::parse(test.paths.read_journal().unwrap()).is_none(), "the journal is still valid");
    lines.append(&mut recorder, &entries, || Ok(())).unwrap();
    drop(recorder);
    assert!(holds(&test.read(), &ledger, &entries));
}

#[test]
fn files_replaced_by_other_programs_are_not_truncated() {
    let Scenario { test, before, ledger, steps, entries } = scenario(true, true);
    let mut torn = before.clone();
    steps[..3].iter().for_each(|step| torn.apply(step));
    let Step::Write(_, lines) = &steps[3] else { panic!() };
    torn.write(FileKind::Ledger, &lines[..lines.len() / 2]);
    assert!(!check(&test, &torn, &ledger, &entries));

    // Another program has restored the file from git, with one new line that is shorter than the
    // torn lines, or with many new lines.
    for titles in [&["short"][..], &["a"; 20][..]] {
        let mut pulled = ledger.clone();
        pulled.merge_entries(prepared(&ledger, remarks(titles)));
        let mut replaced = FilesImage { ledger: Vec::new(), journal: torn.journal.clone() };
        pulled.write(&mut replaced.ledger).unwrap();
        replaced.put(&test.paths);
        assert_eq!(test.read().digest(), pulled.digest());
        test.recover();
        assert_eq!(fs::read(&test.paths.ledger).unwrap(), replaced.ledger);
        assert_eq!(test.read().digest(), pulled.digest());
    }
    // Another program has appended a line after the zeros of a power failure. A person has to look
    // at that.
    let mut written_after = torn.clone();
    written_after.ledger.resize(before.ledger.len() + lines.len(), 0);
    written_after.ledger.extend_from_slice(b"{}\n");
    written_after.put(&test.paths);
    assert_eq!(JsonLines::open(&test.path, &mut no_progress).unwrap_err().code(), "damaged");
    test.recover();
    assert_eq!(fs::read(&test.paths.ledger).unwrap(), written_after.ledger);
    // Another program has restored an older file, which is shorter.
    let first = before.ledger.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let older = FilesImage { ledger: before.ledger[..first].to_vec(), journal: torn.journal };
    older.put(&test.paths);
    assert_eq!(test.read().len(), 1);
    test.recover();
    assert_eq!(fs::read(&test.paths.ledger).unwrap(), older.ledger);
}

#[test]
fn refresh_reads_only_new_lines() {
    let test = TestLedger::new(false);
    let (mut lines, _) = JsonLines::open(&test.path, &mut no_progress).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::None));
    for titles in [&["one"][..], &["two", "three"], &["four"]] {
        let (_, entries, _) = test.append(titles, &[]);
        let News::More(more) = lines.refresh().unwrap() else { panic!("no new lines were read") };
        assert_eq!(more, entries);
        assert!(matches!(lines.refresh().unwrap(), News::None));
    }
    // The own append is not new.
    let entries = prepared(&test.read(), remarks(&["five"]));
    let mut lock = lines.lock().unwrap();
    lines.append(&mut lock, &entries, || Ok(())).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::None));
    drop(lock);
    // A valid journal with half of its lines is not new, nor is the ledger after these lines are
    // gone.
    let ledger = fs::read(&test.paths.ledger).unwrap();
    let other = TestLedger::new(true);
    FilesImage { ledger: ledger.clone(), journal: None }.put(&other.paths);
    let (steps, ..) = other.append(&["six", "seven"], &[]);
    let mut torn = FilesImage::take(&test.paths);
    steps[..3].iter().for_each(|step| torn.apply(step));
    let Step::Write(_, six) = &steps[3] else { panic!() };
    torn.write(FileKind::Ledger, &six[..six.len() - 1]);
    torn.put(&test.paths);
    assert!(matches!(lines.refresh().unwrap(), News::None));
    // A different file of the same length, or one that differs before the end, is read completely.
    let mut lines_of_it: Vec<&[u8]> = ledger.split_inclusive(|byte| *byte == b'\n').collect();
    fs::remove_file(&test.paths.journal).unwrap();
    lines_of_it.reverse();
    fs::write(&test.path, lines_of_it.concat()).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::Replaced(_)));
    lines_of_it.pop();
    fs::write(&test.path, lines_of_it.concat()).unwrap();
    let News::Replaced(shorter) = lines.refresh().unwrap() else { panic!("the file was not read again") };
    assert_eq!(shorter.len(), lines_of_it.len());
}

#[test]
fn a_journal_is_valid_only_if_every_byte_is_intact() {
    let entries = prepared(&TestLedger::new(true).read(), remarks(&["one"]));
    let journal = Journal::new(12, true, &entries);
    let read = Journal::parse(journal.bytes().to_vec()).unwrap();
    assert_eq!((read.offset(), read.lines()), (12, format!("\n{}\n", entries[0].line()).as_bytes()));
    let with_leftover = [journal.bytes(), b"an older journal"].concat();
    assert_eq!(Journal::parse(with_leftover).unwrap().bytes(), journal.bytes());
    for at in 0..journal.bytes().len() {
        assert!(Journal::parse(journal.bytes()[..at].to_vec()).is_none(), "a prefix of {at} bytes");
        for change in [0x01, 0x20, 0x80] {
            let mut changed = journal.bytes().to_vec();
            changed[at] ^= change;
            assert!(Journal::parse(changed).is_none(), "byte {at} changed");
        }
    }
}
