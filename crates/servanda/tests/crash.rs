//! Programs that are killed while they append, and programs that append to the same ledger.
//!
//! The programs are this test binary, run again with [`ROLE`] set. They append, and print what has
//! been acknowledged.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::{env, fs, io, thread};

use common::{TestDir, remarks};
use servanda::builtin::{self, action};
use servanda::{Advance, Commitment, Fact, Ledger, Obligation, Source, Tracker, facts::Words};

const ROLE: &str = "SERVANDA_TEST_ROLE";
const LEDGER: &str = "SERVANDA_TEST_LEDGER";
const NAME: &str = "SERVANDA_TEST_NAME";

/// How often a program is killed, and after how many kills a new ledger is used.
const KILLS: usize = 300;
const KILLS_IN_SQLITE: usize = 200;
const KILLS_PER_LEDGER: usize = 20;

/// How often the file is looked at before a kill, at most.
const MAX_LOOKS: u64 = 8000;

/// The sizes of the batches, in turn. The last one is too large to be written at once.
const SIZES: [usize; 4] = [1, 3, 2, 24];

#[test]
fn program() {
    let Ok(role) = env::var(ROLE) else { return };
    let (path, name) = (env::var(LEDGER).unwrap(), env::var(NAME).unwrap());
    let tracker = Tracker::open(path, "desk").unwrap();
    send("open");
    match role.as_str() {
        "append until killed" => {
            for (number, size) in SIZES.iter().cycle().enumerate() {
                tracker.append(batch(&format!("{name}-{number}"), *size)).unwrap();
                send(&format!("{name}-{number} {size}"));
            }
        }
        "append five hundred" => {
            receive("go");
            let (mut appended, mut refused) = (0, 0);
            let mut random = Random(name.bytes().map(u64::from).sum());
            for number in 0..500 {
                // All programs take alternating steps of the same few commitments, based on what
                // they have seen.
                let id = format!("us/contended-{}", random.below(4));
                let standing = tracker.view().on("2100-01-01").unwrap().standing(&id).unwrap();
                let to = if standing.status == Some(action::STALLED) { action::UNDER_WAY } else { action::STALLED };
                let last = standing.history.last().map_or(common::day(), |step| step.on.last_day());
                let on = last.plus_days(1 + random.below(3) as u32).unwrap();
                let step = Advance::builder(&id, to).on(on).noting(format!("{name}-{number}"));
                match tracker.append(step) {
                    Ok(_) => appended += 1,
                    Err(refusal) => {
                        assert!(["illegal-step", "breaks-later-step"].contains(&refusal.code()), "{refusal}");
                        refused += 1;
                    }
                }
            }
            send(&format!("{appended} {refused}"));
            receive("refresh");
            tracker.refresh().unwrap();
            send(&tracker.digest().unwrap().to_string());
        }
        "append fifty" => {
            receive("go");
            for number in 0..50 {
                tracker.append(batch(&format!("{name}-{number}"), 2)).unwrap();
            }
            send("done");
            receive("refresh");
            tracker.refresh().unwrap();
            send(&tracker.digest().unwrap().to_string());
        }
        role => panic!("no such role: {role}"),
    }
}

/// Returns remarks that name their batch and its size.
fn batch(name: &str, size: usize) -> servanda::Batch {
    let filling = if size > 10 { "x".repeat(200) } else { String::new() };
    remarks((1..=size).map(|nth| format!("{name} {size} {nth} {filling}").trim_end().to_owned()))
}

/// Prints a line, marked to tell it from the output of the test harness.
fn send(line: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("\n> {line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

fn receive(expected: &str) {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    assert_eq!(line.trim_end(), expected);
}

/// A running program. It is killed when this is dropped, also when the test fails.
struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Program {
    fn start(role: &str, ledger: &Path, name: &str) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["program", "--exact", "--nocapture", "--test-threads=1"]);
        command.env(ROLE, role).env(LEDGER, ledger).env(NAME, name);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Returns the next line that the program prints, or `None` when it has ended.
    fn receive(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.out.read_line(&mut line).unwrap() > 0 {
            // A line without its end was cut off by the kill.
            if let Some(said) = line.strip_prefix("> ").and_then(|said| said.strip_suffix('\n')) {
                return Some(said.to_owned());
            }
            line.clear();
        }
        None
    }

    fn send(&mut self, line: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Kills the program: on Unix with SIGKILL, which it cannot catch.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Pseudo-random numbers, the same in each run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// Returns the batches on a ledger with their sizes, and checks that none of them is incomplete.
fn whole_batches(ledger: &Ledger) -> BTreeMap<String, usize> {
    let conflicts = ledger.view_on(common::day()).unwrap().conflicts();
    assert_eq!(conflicts, [], "the ledger has conflicts");
    let mut batches: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for entry in ledger.entries() {
        let Fact::Remark(remark) = entry.fact() else { continue };
        let words: Vec<&str> = remark.title.as_str().split(' ').collect();
        let batch = batches.entry((words[0].to_owned(), words[1].parse().unwrap())).or_default();
        assert!(batch.insert(words[2].to_owned()), "{} exists twice", remark.title);
    }
    for ((name, size), remarks) in &batches {
        assert_eq!(remarks.len(), *size, "{name} is incomplete");
    }
    batches.into_keys().collect()
}

/// Kills a program while it appends, and notes which appends it had acknowledged. Returns whether
/// it left a write-ahead log of SQLite.
fn kill_in_the_middle(
    path: &Path,
    kill: usize,
    random: &mut Random,
    acknowledged: &mut BTreeMap<String, usize>,
) -> usize {
    let mut program = Program::start("append until killed", path, &kill.to_string());
    assert_eq!(program.receive().unwrap(), "open");
    let take_note = |said: String, acknowledged: &mut BTreeMap<String, usize>| {
        let (batch, size) = said.split_once(' ').unwrap();
        acknowledged.insert(batch.to_owned(), size.parse().unwrap());
    };
    // Kill it after a few appends, and after a random number of looks at the file, which take about
    // as long as an append.
    for _ in 0..random.below(4) {
        take_note(program.receive().unwrap(), acknowledged);
    }
    for _ in 0..random.below(MAX_LOOKS) {
        fs::metadata(path).unwrap();
    }
    program.kill();
    // Everything that it printed before the kill has been acknowledged as well.
    while let Some(said) = program.receive() {
        take_note(said, acknowledged);
    }
    usize::from(fs::metadata(format!("{}-wal", path.display())).is_ok_and(|log| log.len() > 0))
}

#[test]
fn acknowledged_appends_survive_a_kill_and_partial_batches_do_not() {
    let mut random = Random(0x5e27_a4da);
    let dir = TestDir::new();
    let (mut kills, mut interrupted, mut torn) = (0, 0, 0);
    while kills < KILLS {
        let name = format!("ledger-{kills}.jsonl");
        let path = dir.path(&name);
        drop(dir.tracker(&name));
        let mut acknowledged: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..KILLS_PER_LEDGER.min(KILLS - kills) {
            kill_in_the_middle(&path, kills, &mut random, &mut acknowledged);
            kills += 1;

            let shown = Tracker::open(&path, "reader").unwrap().ledger().unwrap();
            let there = whole_batches(&shown);
            assert!(acknowledged.iter().all(|(batch, size)| there.get(batch) == Some(size)), "kill {kills}: lost");
            assert!(there.len() <= acknowledged.len() + 1, "kill {kills}: there are more batches than were begun");
            // A complete batch stays, even if it was not acknowledged: readers have seen it.
            acknowledged = there;

            let record = fs::read(dir.path(&format!("{name}.pending"))).unwrap_or_default();
            interrupted += usize::from(record.iter().filter(|byte| **byte == b'\n').count() > 2);
            torn += usize::from(Ledger::read(fs::read(&path).unwrap().as_slice()).ok().as_ref() != Some(&*shown));
        }
        // The next writer cleans up, and then the file alone is the ledger.
        let tracker = Tracker::open(&path, "desk").unwrap();
        tracker.append(batch("last", 2)).unwrap();
        let file = Ledger::read(fs::read(&path).unwrap().as_slice()).unwrap();
        assert_eq!(file.digest(), tracker.digest().unwrap());
        acknowledged.insert("last".to_owned(), 2);
        assert_eq!(whole_batches(&file), acknowledged);
    }
    println!("{kills} kills: {interrupted} left an unfinished journal, {torn} left a part of a batch");
    assert!(interrupted > 0, "no program was killed during an append");
}

#[test]
fn acknowledged_appends_survive_a_kill_in_sqlite() {
    let mut random = Random(0x5e27_a4db);
    let dir = TestDir::new();
    let (mut kills, mut unfinished) = (0, 0);
    while kills < KILLS_IN_SQLITE {
        let name = format!("ledger-{kills}.db");
        let path = dir.path(&name);
        drop(dir.tracker(&name));
        let mut acknowledged: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..KILLS_PER_LEDGER.min(KILLS_IN_SQLITE - kills) {
            unfinished += kill_in_the_middle(&path, kills, &mut random, &mut acknowledged);
            kills += 1;
            let tracker = Tracker::open(&path, "reader").unwrap();
            tracker.verify(|_| ControlFlow::Continue(())).unwrap();
            let there = whole_batches(&tracker.ledger().unwrap());
            assert!(acknowledged.iter().all(|(batch, size)| there.get(batch) == Some(size)), "kill {kills}: lost");
            assert!(there.len() <= acknowledged.len() + 1, "kill {kills}: there are more batches than were begun");
            acknowledged = there;
        }
        let tracker = Tracker::open(&path, "desk").unwrap();
        tracker.append(batch("last", 2)).unwrap();
        acknowledged.insert("last".to_owned(), 2);
        assert_eq!(whole_batches(&tracker.ledger().unwrap()), acknowledged);
    }
    println!("{kills} kills: {unfinished} left a write-ahead log");
    assert!(unfinished > 0, "no kill left a write-ahead log");
}

#[test]
fn two_programs_that_append_to_one_ledger_take_turns() {
    let dir = TestDir::new();
    let tracker = dir.tracker("shared.jsonl");
    let before = tracker.ledger().unwrap().len();
    let path = dir.path("shared.jsonl");
    let mut programs = ["phone", "laptop"].map(|name| Program::start("append fifty", &path, name));
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), "open");
    }
    programs.iter_mut().for_each(|program| program.send("go"));
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), "done");
    }
    programs.iter_mut().for_each(|program| program.send("refresh"));
    assert!(tracker.refresh().unwrap());
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), tracker.digest().unwrap().to_string());
    }
    let ledger = tracker.ledger().unwrap();
    assert_eq!(whole_batches(&ledger).len(), 100);
    assert_eq!(ledger.len(), before + 200);
    let file = fs::read_to_string(&path).unwrap();
    assert_eq!(file.lines().count(), ledger.len(), "nothing is written twice");
    // Each append was validated against all earlier entries.
    let moments: Vec<_> = file.lines().map(|line| line.split("\"recorded_at\":").nth(1).unwrap()).collect();
    assert!(moments.is_sorted());
}

#[test]
fn four_programs_writing_to_one_sqlite_file_lose_and_repeat_nothing() {
    let dir = TestDir::new();
    let tracker = Tracker::create(dir.path("shared.db"), "desk").unwrap();
    for number in 0..4 {
        let words = Words::new("will", Source::new("Remarks", "https://example.org/remarks").unwrap()).unwrap();
        let commitment =
            Commitment::builder(format!("us/contended-{number}"), "Contended").procedure(builtin::action());
        let commitment = commitment.by("us").made(common::day()).obligation(Obligation::Conduct);
        tracker.append(commitment.words(words.text, words.source)).unwrap();
    }
    let before = tracker.ledger().unwrap().len();
    let path = dir.path("shared.db");
    let mut programs =
        ["phone", "laptop", "server", "desk"].map(|name| Program::start("append five hundred", &path, name));
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), "open");
    }
    programs.iter_mut().for_each(|program| program.send("go"));
    let (mut appended, mut refused) = (0, 0);
    for program in &mut programs {
        let said = program.receive().unwrap();
        let (more, fewer) = said.split_once(' ').unwrap();
        appended += more.parse::<usize>().unwrap();
        refused += fewer.parse::<usize>().unwrap();
    }
    println!("{appended} steps taken, {refused} refused because another program was faster");
    assert_eq!(appended + refused, 2000);
    assert!(refused > 0, "the programs never competed for a step");
    programs.iter_mut().for_each(|program| program.send("refresh"));
    assert!(tracker.refresh().unwrap());
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), tracker.digest().unwrap().to_string());
    }
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
    let ledger = tracker.ledger().unwrap();
    assert_eq!(ledger.len(), before + appended, "entries were lost or duplicated");
    assert_eq!(ledger.view_on(common::day()).unwrap().conflicts(), [], "conflicting steps were accepted");
    let notes: BTreeSet<String> =
        ledger.entries().skip(before).map(|entry| entry.fact().note().unwrap().to_string()).collect();
    assert_eq!(notes.len(), appended);
    // Each append was validated against all earlier entries.
    let moments: Vec<_> = ledger.arrivals().map(servanda::Entry::recorded_at).collect();
    assert!(moments.is_sorted());
}

#[test]
fn readers_see_whole_batches_while_others_write() {
    const BATCHES: usize = 60;
    let dir = TestDir::new();
    let tracker = dir.tracker("read.jsonl");
    let path = dir.path("read.jsonl");
    // The possible numbers of entries: those after each append.
    let mut whole = BTreeSet::from([tracker.ledger().unwrap().len()]);
    for number in 0..BATCHES {
        whole.insert(whole.last().unwrap() + SIZES[number % SIZES.len()]);
    }
    let writer = thread::spawn(move || {
        for number in 0..BATCHES {
            tracker.append(batch(&format!("w-{number}"), SIZES[number % SIZES.len()])).unwrap();
        }
        tracker.digest().unwrap()
    });
    let follower = Tracker::open(&path, "reader").unwrap();
    let mut seen = 0;
    while !writer.is_finished() {
        let opened = Tracker::open(&path, "reader").unwrap().ledger().unwrap().len();
        assert!(whole.contains(&opened) && opened >= seen, "{opened} entries after {seen}");
        seen = opened;
        // A refresh is fast, so a hundred of them reach every phase of an append.
        for _ in 0..100 {
            follower.refresh().unwrap();
            let followed = follower.ledger().unwrap().len();
            assert!(whole.contains(&followed) && followed >= seen, "{followed} entries after {seen}");
            seen = followed;
        }
    }
    follower.refresh().unwrap();
    assert_eq!(follower.digest().unwrap(), writer.join().unwrap());
    whole_batches(&follower.ledger().unwrap());
}
