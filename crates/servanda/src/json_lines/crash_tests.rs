//! Crashes replayed: every state in which a crash can leave the files, made from the changes that an append really made.
//!
//! A killed process leaves a prefix of the changes, the last write torn at any byte. A failing power supply leaves, of what was not yet
//! waited for, any part: nothing, all, or with zeros where the disk did not get to.

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
use crate::{Error, Result};

/// A change that was made.
#[derive(Clone, Debug)]
enum Step {
    Open,
    Write(FileKind, Vec<u8>),
    Cut(FileKind, u64),
    Sync(FileKind),
}

/// Makes the changes, notes them down, does not wait for the disk, and fails when told to.
struct Recorder {
    lock: WriteLock,
    steps: Vec<Step>,
    /// The numbers of the steps that fail, a write after its first half.
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
            Step::Write(which, bytes) if fails => self.lock.write(which, &bytes[..bytes.len() / 2])?,
            _ if fails => {}
            Step::Open => self.lock.open()?,
            Step::Write(which, bytes) => self.lock.write(which, &bytes)?,
            Step::Cut(which, length) => self.lock.cut(which, length)?,
            Step::Sync(_) => {}
        }
        let failure = Error::Io { action: "write", path: PathBuf::from("disk"), reason: "the disk failed".to_owned() };
        if fails { Err(failure) } else { Ok(()) }
    }
}

impl Disk for Recorder {
    fn open(&mut self) -> Result<()> {
        self.step(Step::Open)
    }
    fn write(&mut self, which: FileKind, bytes: &[u8]) -> Result<()> {
        self.step(Step::Write(which, bytes.to_vec()))
    }
    fn cut(&mut self, which: FileKind, length: u64) -> Result<()> {
        self.step(Step::Cut(which, length))
    }
    fn sync(&mut self, which: FileKind) -> Result<()> {
        self.step(Step::Sync(which))
    }
}

/// The content of the two files.
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
        // Not by way of an empty file, after which some systems wait for the disk.
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

    fn file(&mut self, which: FileKind) -> &mut Vec<u8> {
        match which {
            FileKind::Ledger => &mut self.ledger,
            FileKind::Journal => self.journal.get_or_insert_default(),
        }
    }

    fn apply(&mut self, step: &Step) {
        match step {
            Step::Open => _ = self.file(FileKind::Journal),
            Step::Write(which, bytes) => self.write(*which, bytes),
            Step::Cut(which, length) => self.file(*which).resize(usize::try_from(*length).unwrap(), 0),
            Step::Sync(_) => {}
        }
    }

    fn write(&mut self, which: FileKind, bytes: &[u8]) {
        let file = self.file(which);
        let start = if which == FileKind::Ledger { file.len() } else { 0 };
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

/// What a killed process may leave.
fn after_kill(before: &FilesImage, steps: &[Step]) -> BTreeSet<FilesImage> {
    let mut images = BTreeSet::from([before.clone()]);
    let mut image = before.clone();
    for step in steps {
        if let Step::Write(which, bytes) = step {
            images.extend((1..bytes.len()).map(|end| image.with(&Step::Write(*which, bytes[..end].to_vec()))));
        }
        image.apply(step);
        images.insert(image.clone());
    }
    images
}

/// What a power failure may leave.
fn after_power_failure(before: &FilesImage, steps: &[Step]) -> BTreeSet<FilesImage> {
    // All that the disk may hold after each step. Waiting for a file leaves of it only what was last written.
    let mut possible = BTreeSet::from([before.clone()]);
    let mut images = possible.clone();
    let mut written = before.clone();
    for step in steps {
        written.apply(step);
        let after: Vec<FilesImage> = match step {
            Step::Open => possible.iter().map(|image| image.with(step)).collect(),
            Step::Write(which, bytes) => {
                let parts = parts(bytes).into_iter().map(|part| Step::Write(*which, part));
                parts.flat_map(|part| possible.iter().map(move |image| image.with(&part))).collect()
            }
            Step::Cut(..) => possible.iter().map(|image| image.with(step)).collect(),
            Step::Sync(which) => {
                let mut certain = written.clone();
                let file = certain.file(*which).clone();
                std::mem::take(&mut possible)
                    .into_iter()
                    .map(|mut image| {
                        image.file(*which).clone_from(&file);
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

/// What the disk may have of a write: cut short, or in blocks of which some are missing.
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

/// A folder with a ledger on which there is one commitment.
struct TestLedger {
    _folder: TempDir,
    paths: Paths,
    path: PathBuf,
}

/// The commitment that all is about.
const COMMITMENT: &str = "us/senkaku";

fn day() -> Day {
    Day::new(2013, 1, 18).unwrap()
}

fn prepared(ledger: &Ledger, batch: impl Into<Batch>) -> Vec<Entry> {
    ledger.prepare(batch, &"desk".parse().unwrap(), "2013-02-01T00:00:00.000000Z".parse().unwrap()).unwrap()
}

fn remarks(titles: &[&str]) -> Batch {
    titles.iter().fold(Batch::new(), |batch, title| batch.and(Remark::new(COMMITMENT, title).on(day())))
}

impl TestLedger {
    fn new(last_line_feed: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
        let words = Words::new("reiterated", source).unwrap();
        let word = Commitment::new(COMMITMENT, "No position on sovereignty", builtin::position()).unwrap();
        let word = word.given("us", day(), Obligation::Position, words).unwrap();
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

    /// Appends, and gives the changes that it took and what came of it.
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

    /// Settles what was left, and gives the changes that it took.
    fn recover(&self) -> Vec<Step> {
        let lines = JsonLines { paths: self.paths.clone(), seen: ReadState::default() };
        let mut recorder = Recorder::new(&lines);
        lines.recover(&mut recorder).unwrap();
        recorder.steps
    }
}

/// Whether all of the entries are there, or none; it has to be one or the other, with everything that was there before.
fn holds(ledger: &Ledger, before: &Ledger, entries: &[Entry]) -> bool {
    assert!(before.entries().all(|entry| ledger.entry(entry.id()).is_some()), "an acknowledged entry is missing");
    assert_eq!(ledger.view_on(day()).conflicts(), [], "there is half a batch");
    let there = entries.iter().filter(|entry| ledger.entry(entry.id()).is_some()).count();
    assert!(there == 0 || there == entries.len(), "{there} of {} entries are there", entries.len());
    assert_eq!(ledger.len(), before.len() + there, "something else is there");
    there > 0
}

/// Looks at the files as a crash left them, lets the next writer settle them, and looks again.
fn check(place: &TestLedger, image: &FilesImage, before: &Ledger, entries: &[Entry]) -> bool {
    image.put(&place.paths);
    let seen = holds(&place.read(), before, entries);
    assert_eq!(FilesImage::take(&place.paths), *image, "a reader has written");
    place.recover();
    // Now the file alone is the ledger.
    let file = fs::read(&place.paths.ledger).unwrap();
    let settled = Ledger::read(file.as_slice()).unwrap();
    assert_eq!(seen, holds(&settled, before, entries), "the next writer does not keep what readers were shown");
    let (_, more, appended) = place.append(&["after the crash"], &[]);
    appended.unwrap();
    let appended = fs::read(&place.paths.ledger).unwrap();
    let end = [if file.ends_with(b"\n") { "" } else { "\n" }, more[0].line(), "\n"].concat();
    assert_eq!(appended, [&file, end.as_bytes()].concat());
    seen
}

/// An append to a ledger, and all that it takes to replay its crashes.
struct Scenario {
    place: TestLedger,
    before: FilesImage,
    ledger: Ledger,
    steps: Vec<Step>,
    entries: Vec<Entry>,
}

/// Two remarks appended: to a ledger without a record, or to one that has the record of an earlier append.
fn scenario(last_line_feed: bool, appended_before: bool) -> Scenario {
    let place = TestLedger::new(last_line_feed);
    if appended_before {
        let titles = ["An earlier remark, so long that its record is longer than that of the next append", "x"];
        place.append(&titles, &[]).2.unwrap();
    }
    let (before, ledger) = (FilesImage::take(&place.paths), place.read());
    let (steps, entries, done) = place.append(&["one", "two"], &[]);
    done.unwrap();
    assert!(holds(&place.read(), &ledger, &entries));
    Scenario { place, before, ledger, steps, entries }
}

#[test]
fn each_step_is_synced_before_the_next() {
    let shape = |steps: &[Step]| -> Vec<String> {
        let name = |step: &Step| match step {
            Step::Open => "open".to_owned(),
            Step::Write(which, _) => format!("write {which:?}"),
            Step::Cut(which, _) => format!("cut {which:?}"),
            Step::Sync(which) => format!("sync {which:?}"),
        };
        steps.iter().map(name).collect()
    };
    let steps = shape(&scenario(true, false).steps);
    let journal = ["open", "write Journal", "cut Journal", "sync Journal"];
    assert_eq!(steps, [&journal[..], &["write Ledger", "sync Ledger", "cut Journal", "sync Journal"]].concat());
}

#[test]
fn a_killed_process_leaves_all_of_a_batch_or_nothing() {
    for (last_line_feed, appended_before) in [(true, true), (true, false), (false, true)] {
        let Scenario { place, before, ledger, steps, entries } = scenario(last_line_feed, appended_before);
        let images = after_kill(&before, &steps);
        assert!(images.len() > 1000, "each byte of the record and of the lines is a place to crash at");
        let kept = images.iter().filter(|image| check(&place, image, &ledger, &entries)).count();
        assert_eq!(kept, 2, "kept if the lines are whole: with the record, and with the record ended");
    }
}

#[test]
fn a_power_failure_leaves_all_of_a_batch_or_nothing() {
    for (last_line_feed, appended_before) in [(true, true), (true, false), (false, true)] {
        let Scenario { place, before, ledger, steps, entries } = scenario(last_line_feed, appended_before);
        // What is acknowledged is there whatever the disk still had to do.
        for acknowledged in [6, 7, 8] {
            let mut after = before.clone();
            steps[..6].iter().for_each(|step| after.apply(step));
            for image in after_power_failure(&after, &steps[6..acknowledged]) {
                assert!(check(&place, &image, &ledger, &entries), "lost what was acknowledged: {image:?}");
            }
        }
        for image in after_power_failure(&before, &steps) {
            check(&place, &image, &ledger, &entries);
        }
    }
}

#[test]
fn a_crash_during_recovery_loses_nothing() {
    for appended_before in [true, false] {
        let Scenario { place, before, ledger, steps, entries } = scenario(true, appended_before);
        for first in after_power_failure(&before, &steps) {
            first.put(&place.paths);
            let recovery = place.recover();
            for second in after_kill(&first, &recovery).union(&after_power_failure(&first, &recovery)) {
                check(&place, second, &ledger, &entries);
            }
        }
        // Killed first, so that nothing is lost yet; and the power fails while that is settled.
        for made in 0..=steps.len() {
            let mut left = before.clone();
            steps[..made].iter().for_each(|step| left.apply(step));
            left.put(&place.paths);
            let recovery = place.recover();
            for second in after_power_failure(&before, &[&steps[..made], &recovery].concat()) {
                check(&place, &second, &ledger, &entries);
            }
        }
    }
}

/// The files after each change, and in the middle of each write.
fn history(before: &FilesImage, steps: &[Step]) -> Vec<FilesImage> {
    let mut images = vec![before.clone()];
    for step in steps {
        let last = images.last().unwrap().clone();
        if let Step::Write(which, bytes) = step {
            images.push(last.with(&Step::Write(*which, bytes[..bytes.len() / 2].to_vec())));
        }
        images.push(last.with(step));
    }
    images
}

#[test]
fn readers_see_a_consistent_state_during_appends() {
    let Scenario { place, before, ledger, steps, entries } = scenario(true, true);
    // An append, and the next one to the same length; or one killed in the middle of its lines, and another or the same one again.
    let whole = history(&before, &steps);
    let torn = whole.iter().rposition(|image| image.ledger.len() < whole.last().unwrap().ledger.len()).unwrap();
    let again = ["one", "two"];
    for (first, titles) in [(&whole[..], ["six", "ten"]), (&whole[..=torn], ["six", "ten"]), (&whole[..=torn], again)] {
        let left = first.last().unwrap();
        left.put(&place.paths);
        let recovery = place.recover();
        let settled = FilesImage::take(&place.paths);
        let (steps, more, done) = place.append(&titles, &[]);
        done.unwrap();
        let mut moments = first.to_vec();
        moments.extend(history(left, &recovery));
        moments.extend(history(&settled, &steps));

        let lines = JsonLines { paths: place.paths.clone(), seen: ReadState::default() };
        // What the reader meets when it reads the record, when it looks at the ledger, and when it reads the record again.
        for one in 0..moments.len() {
            for two in one..moments.len() {
                for three in two..moments.len() {
                    let mut meets = vec![(moments.len() - 1, moments.len() - 1), (three, three), (one, two)];
                    let opened = lines.open_with(|| {
                        let (now, then) = meets.pop().unwrap_or((moments.len() - 1, moments.len() - 1));
                        moments[now].put(&place.paths);
                        let journal = place.paths.read_journal();
                        moments[then].put(&place.paths);
                        journal
                    });
                    moments.last().unwrap().put(&place.paths);
                    let mut lines = JsonLines { paths: place.paths.clone(), seen: ReadState::default() };
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
    for failing in 0..8 {
        for more in [0, 1, 2, 3] {
            let place = TestLedger::new(true);
            let ledger = place.read();
            // The step that fails, and as many of those that would take it back.
            let steps: Vec<usize> = (failing..=failing + more).collect();
            let (_, entries, done) = place.append(&["one", "two"], &steps);
            let there = holds(&place.read(), &ledger, &entries);
            match done {
                // What comes after the lines are on the disk is no failure.
                Ok(()) => assert!(there && failing >= 6, "{steps:?}: acknowledged, but not there"),
                Err(Error::Unsettled { .. }) => assert!(more > 0 && (4..6).contains(&failing), "{steps:?}"),
                Err(error) => assert!(!there && failing < 6, "{steps:?}: refused, but there: {error}"),
            }
            let before = place.read();
            let (_, entries, done) = place.append(&["four"], &[]);
            done.unwrap();
            assert!(holds(&place.read(), &before, &entries));
        }
    }
}

#[test]
fn a_cancelled_append_changes_only_the_journal() {
    let place = TestLedger::new(true);
    let (mut lines, ledger) = JsonLines::open(&place.path, &mut no_progress).unwrap();
    let entries = prepared(&ledger, remarks(&["one"]));
    let before = fs::read(&place.path).unwrap();
    let mut recorder = Recorder::new(&lines);
    let interrupted = lines.append(&mut recorder, &entries, || Err(Error::Interrupted));
    assert_eq!(interrupted, Err(Error::Interrupted));
    let touched = |step: &Step| matches!(step, Step::Write(FileKind::Ledger, _) | Step::Cut(FileKind::Ledger, _));
    assert!(!recorder.steps.iter().any(touched), "{:?}", recorder.steps);
    assert_eq!(fs::read(&place.path).unwrap(), before);
    assert!(Journal::parse(place.paths.read_journal().unwrap()).is_none(), "the record still counts");
    lines.append(&mut recorder, &entries, || Ok(())).unwrap();
    drop(recorder);
    assert!(holds(&place.read(), &ledger, &entries));
}

#[test]
fn files_replaced_by_other_programs_are_not_truncated() {
    let Scenario { place, before, ledger, steps, entries } = scenario(true, true);
    let mut torn = before.clone();
    steps[..4].iter().for_each(|step| torn.apply(step));
    let Step::Write(_, lines) = &steps[4] else { panic!() };
    torn.write(FileKind::Ledger, &lines[..lines.len() / 2]);
    assert!(!check(&place, &torn, &ledger, &entries));

    // Somebody took the file back from git, with one line that is new and shorter than what was being appended; or with many.
    for titles in [&["short"][..], &["a"; 20][..]] {
        let mut pulled = ledger.clone();
        pulled.merge_entries(prepared(&ledger, remarks(titles)));
        let mut replaced = FilesImage { ledger: Vec::new(), journal: torn.journal.clone() };
        pulled.write(&mut replaced.ledger).unwrap();
        replaced.put(&place.paths);
        assert_eq!(place.read().digest(), pulled.digest());
        place.recover();
        assert_eq!(fs::read(&place.paths.ledger).unwrap(), replaced.ledger);
        assert_eq!(place.read().digest(), pulled.digest());
    }
    // Or wrote a line after zeros that the power supply left: that is for a person to look at.
    let mut written_after = torn.clone();
    written_after.ledger.resize(before.ledger.len() + lines.len(), 0);
    written_after.ledger.extend_from_slice(b"{}\n");
    written_after.put(&place.paths);
    assert!(matches!(JsonLines::open(&place.path, &mut no_progress), Err(Error::Damaged { .. })));
    place.recover();
    assert_eq!(fs::read(&place.paths.ledger).unwrap(), written_after.ledger);
    // Or an older one, which is shorter.
    let first = before.ledger.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let older = FilesImage { ledger: before.ledger[..first].to_vec(), journal: torn.journal };
    older.put(&place.paths);
    assert_eq!(place.read().len(), 1);
    place.recover();
    assert_eq!(fs::read(&place.paths.ledger).unwrap(), older.ledger);
}

#[test]
fn refresh_reads_only_new_lines() {
    let place = TestLedger::new(false);
    let (mut lines, _) = JsonLines::open(&place.path, &mut no_progress).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::None));
    for titles in [&["one"][..], &["two", "three"], &["four"]] {
        let (_, entries, _) = place.append(titles, &[]);
        let News::More(more) = lines.refresh().unwrap() else { panic!("not read as more") };
        assert_eq!(more, entries);
        assert!(matches!(lines.refresh().unwrap(), News::None));
    }
    // One's own append is no news.
    let entries = prepared(&place.read(), remarks(&["five"]));
    let mut lock = lines.lock().unwrap();
    lines.append(&mut lock, &entries, || Ok(())).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::None));
    drop(lock);
    // A record that counts, with half of its lines, is no news either; nor is it when that half goes again.
    let ledger = fs::read(&place.paths.ledger).unwrap();
    let other = TestLedger::new(true);
    FilesImage { ledger: ledger.clone(), journal: None }.put(&other.paths);
    let (steps, ..) = other.append(&["six", "seven"], &[]);
    let mut torn = FilesImage::take(&place.paths);
    steps[..4].iter().for_each(|step| torn.apply(step));
    let Step::Write(_, six) = &steps[4] else { panic!() };
    torn.write(FileKind::Ledger, &six[..six.len() - 1]);
    torn.put(&place.paths);
    assert!(matches!(lines.refresh().unwrap(), News::None));
    // Another file of the same length, or one that differs before the end, is read anew.
    let mut lines_of_it: Vec<&[u8]> = ledger.split_inclusive(|byte| *byte == b'\n').collect();
    fs::remove_file(&place.paths.journal).unwrap();
    lines_of_it.reverse();
    fs::write(&place.path, lines_of_it.concat()).unwrap();
    assert!(matches!(lines.refresh().unwrap(), News::Replaced(_)));
    lines_of_it.pop();
    fs::write(&place.path, lines_of_it.concat()).unwrap();
    let News::Replaced(shorter) = lines.refresh().unwrap() else { panic!("not read anew") };
    assert_eq!(shorter.len(), lines_of_it.len());
}

#[test]
fn a_journal_is_valid_only_if_every_byte_is_intact() {
    let entries = prepared(&TestLedger::new(true).read(), remarks(&["one"]));
    let journal = Journal::new(12, true, &entries);
    let read = Journal::parse(journal.bytes().to_vec()).unwrap();
    assert_eq!((read.offset(), read.lines()), (12, format!("\n{}\n", entries[0].line()).as_bytes()));
    for at in 0..journal.bytes().len() {
        assert!(Journal::parse(journal.bytes()[..at].to_vec()).is_none(), "{at} bytes of it");
        for change in [0x01, 0x20, 0x80] {
            let mut changed = journal.bytes().to_vec();
            changed[at] ^= change;
            assert!(Journal::parse(changed).is_none(), "byte {at} changed");
        }
    }
}
