//! A directory with test ledgers, and functions to run commands in it.

use std::path::PathBuf;

use servanda::builtin::{self, action};
use servanda::{
    Advance, Batch, Commitment, Day, FixedTime, Moment, Obligation, Procedure, Remark, Source, Tracker,
    facts::{Deposit, FactBuilder, Link, Relation, Reschedule, Words},
    procedure::Calendar,
};
use servanda_cli::{Environment, Exit, Terminal, run};
use tempfile::TempDir;

/// A temporary directory with ledgers.
pub(crate) struct TestDir {
    folder: TempDir,
}

/// The output and the exit code of a run.
pub(crate) struct Outcome {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    /// Returns the whole output for a snapshot, without ids, which change with every procedure.
    pub(crate) fn transcript(&self) -> String {
        let mut all = without_ids(&self.out);
        if !self.err.is_empty() {
            all.push_str("--- stderr\n");
            all.push_str(&without_ids(&self.err));
        }
        format!("{all}--- exit {}", self.exit.code())
    }
}

/// Replaces ids by `<digest>` and `<start of id>`.
pub(crate) fn without_ids(text: &str) -> String {
    let mut kept = String::new();
    let mut run = String::new();
    for char in text.chars().chain(['\0']) {
        if char.is_ascii_hexdigit() && !char.is_ascii_uppercase() {
            run.push(char);
            continue;
        }
        kept.push_str(match run.len() {
            64 => "<digest>",
            12 => "<start of id>",
            _ => &run,
        });
        run.clear();
        if char != '\0' {
            kept.push(char);
        }
    }
    kept
}

impl TestDir {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs `servanda` with these arguments. `@name` stands for a file in the directory. The output
    /// has `DIR` instead of the path of the directory.
    pub(crate) fn run(&self, width: usize, arguments: &str) -> Outcome {
        self.run_on(&Terminal::plain(width), arguments)
    }

    pub(crate) fn run_on(&self, terminal: &Terminal, arguments: &str) -> Outcome {
        self.run_in(&Environment { terminal: *terminal, ..Environment::plain(80) }, arguments)
    }

    /// Runs `servanda` in another environment.
    pub(crate) fn run_in(&self, env: &Environment, arguments: &str) -> Outcome {
        let args = std::iter::once("servanda".to_owned()).chain(Self::split(arguments).map(|argument| {
            argument.strip_prefix('@').map_or(argument.to_owned(), |name| self.path(name).display().to_string())
        }));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = run(args, &mut out, &mut err, env);
        let folder = self.folder.path().display().to_string();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&folder, "DIR");
        Outcome { exit, out: text(out), err: text(err) }
    }

    /// Splits a command line at spaces. Text between single quotes is one argument.
    pub(crate) fn split(arguments: &str) -> impl Iterator<Item = &str> {
        arguments.split('\'').enumerate().flat_map(|(index, text)| match index % 2 {
            0 => text.split_whitespace().collect(),
            _ => vec![text],
        })
    }

    /// Runs `servanda` with the recorder `desk`, 80 columns and the date 1 January 2020.
    pub(crate) fn run_as_desk(&self, arguments: &str) -> Outcome {
        self.run_in(&desk_environment(80), arguments)
    }

    /// Returns the number of lines of a file.
    pub(crate) fn lines(&self, name: &str) -> usize {
        std::fs::read_to_string(self.path(name)).unwrap().lines().count()
    }

    /// Returns the start of the id of the entry on this line of a ledger. The first line is 1.
    pub(crate) fn entry(&self, name: &str, line: usize) -> String {
        let ledger = std::fs::read_to_string(self.path(name)).unwrap();
        let line = ledger.lines().nth(line - 1).unwrap();
        line.split("\"id\":\"sha256:").nth(1).unwrap()[..8].to_owned()
    }

    /// Creates a ledger, with a clock that is later than all test data.
    pub(crate) fn tracker(&self, name: &str) -> Tracker {
        let now = FixedTime(moment("2020-01-01T00:00:00.000000Z"));
        Tracker::create(self.path(name), "desk").unwrap().with_time(now)
    }

    /// Creates the ledger that most tests use.
    pub(crate) fn promises(name: &str) -> Self {
        let dir = Self::new();
        let tracker = dir.tracker(name);
        tracker.append(treaty_definitions()).unwrap();
        tracker.append(FactBuilder::from(hague()).recorded_at(moment("2013-01-19T09:00:00.000000Z"))).unwrap();
        tracker.append(FactBuilder::from(visit()).recorded_at(moment("2013-01-19T09:05:00.000000Z"))).unwrap();
        tracker.append(FactBuilder::from(senkaku()).recorded_at(moment("2013-01-19T09:10:00.000000Z"))).unwrap();
        tracker.append(FactBuilder::from(abductees()).recorded_at(moment("2013-01-19T09:15:00.000000Z"))).unwrap();
        let done = Advance::builder("us/abe-visit", action::DONE).on(day("2013-02-22")).citing(press());
        tracker.append(done.recorded_at(moment("2013-02-23T09:00:00.000000Z"))).unwrap();
        let submitted =
            Advance::builder("jp/hague-convention", "submitted").on(day("2013-03-15")).citing(diet_record());
        tracker.append(submitted.recorded_at(moment("2013-03-16T01:00:00.000000Z"))).unwrap();
        let approved = Advance::builder("jp/hague-convention", "approved").on(day("2013-05-22")).by("assembly");
        let approved = approved.citing(diet_record()).citing(press()).noting(
            "Approved unanimously. The note is long enough to be wrapped on every terminal on which these tests look at it.",
        );
        tracker.append(approved.recorded_at(moment("2013-05-23T01:00:00.000000Z"))).unwrap();
        let deposit = Deposit::builder("jp/hague-convention", "jp").on(day("2014-01-24")).instrument("ratification");
        tracker.append(deposit.recorded_at(moment("2014-01-25T01:00:00.000000Z"))).unwrap();
        let restated = Remark::builder("us/senkaku", "The President restates the position at a press conference");
        let restated = restated.on(day("2014-04-24")).citing(press());
        tracker.append(restated.recorded_at(moment("2014-04-25T01:00:00.000000Z"))).unwrap();
        dir
    }
}

pub(crate) fn desk_environment(width: usize) -> Environment {
    let env = Environment::plain(width).with_time(FixedTime(moment("2020-01-01T00:00:00.000000Z")));
    Environment { recorded_by: Some("desk".to_owned()), ..env }
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn treaty() -> Procedure {
    Procedure::from_toml("treaty.toml", include_str!("treaty.toml")).unwrap()
}

/// Returns definitions of the procedure and its calendar.
pub(crate) fn treaty_definitions() -> Batch {
    let sessions = Calendar::from_toml("sessions.toml", include_str!("sessions.toml")).unwrap();
    let defined_at =
        |definition: servanda::facts::Define, at: &str| FactBuilder::from(definition).recorded_at(moment(at));
    let procedure = defined_at(servanda::facts::Define::Procedure(treaty()), "2013-01-01T00:00:00.000000Z");
    let calendar = defined_at(servanda::facts::Define::Calendar(sessions), "2013-01-01T00:00:00.000001Z");
    Batch::new().and(procedure).and(calendar)
}

fn statement() -> Source {
    let mut source = Source::new(
        "Japan-U.S. Foreign Ministers' Meeting (Summary)",
        "http://www.mofa.go.jp/region/n-america/us/130118_01.html",
    )
    .unwrap();
    source.publisher = Some("Ministry of Foreign Affairs of Japan".parse().unwrap());
    source
}

fn press() -> Source {
    Source::new("A report in the press", "https://example.org/press/2013/02/a-report-with-a-long-address.html").unwrap()
}

fn diet_record() -> Source {
    let mut source = Source::new("183rd Diet, treaty no. 1", "https://example.org/diet/1DB429A.htm").unwrap();
    source.quotation = Some("衆議院議案受理年月日　平成25年 3月15日".parse().unwrap());
    source.archived = Some("https://archive.example.org/1DB429A".parse().unwrap());
    source
}

fn words(text: &str) -> Words {
    Words::new(text, statement()).unwrap()
}

pub(crate) fn made() -> Day {
    day("2013-01-18")
}

/// A treaty whose history starts before it is made: it is presumed dropped at the close of a
/// session.
fn hague() -> Commitment {
    Commitment::builder("jp/hague-convention", "The 1980 Hague Abduction Convention in the Diet")
        .procedure(&treaty())
        .by("jp")
        .to("us")
        .made(made())
        .obligation(Obligation::Consideration)
        .words("will consider", words("will consider").source)
        .topic("children")
        .opening("submitted", "2012-10-29", [diet_record()])
        .build()
        .unwrap()
}

pub(crate) fn visit() -> Commitment {
    Commitment::builder("us/abe-visit", "A visit of Prime Minister Abe to Washington")
        .procedure(builtin::action())
        .by("us")
        .to("jp")
        .made(made())
        .obligation(Obligation::Result)
        .words("has invited", words("has invited").source)
        .deadline("2013-02")
        .build()
        .unwrap()
}

fn senkaku() -> Commitment {
    Commitment::builder("us/senkaku", "No position on sovereignty of 尖閣諸島 (Senkaku)")
        .procedure(builtin::position())
        .by("us")
        .made(made())
        .obligation(Obligation::Position)
        .words("reiterated", words("reiterated").source)
        .build()
        .unwrap()
}

fn abductees() -> Commitment {
    let title = "Return of Japanese citizens abducted by North Korea, and whatever else makes a title long";
    Commitment::builder("us/abductees", title)
        .procedure(builtin::action())
        .by("us")
        .made(made())
        .obligation(Obligation::Conduct)
        .words("support", words("support").source)
        .build()
        .unwrap()
}

/// Returns two diverged ledgers that contradict each other: `phone.jsonl` and `laptop.jsonl`.
pub(crate) fn two_ledgers() -> TestDir {
    let dir = TestDir::new();
    let phone = dir.tracker("phone.jsonl");
    phone.append(FactBuilder::from(visit()).recorded_at(moment("2013-01-19T09:00:00.000000Z"))).unwrap();
    let laptop = dir.tracker("laptop.jsonl");
    laptop.merge(phone.ledger().unwrap().entries().cloned()).unwrap();
    let done = Advance::builder("us/abe-visit", action::DONE).on(day("2013-02-22")).citing(press());
    phone.append(done.recorded_at(moment("2013-02-23T09:00:00.000000Z"))).unwrap();
    let stalled = Advance::builder("us/abe-visit", action::STALLED).on(day("2013-02-25"));
    laptop.append(stalled.recorded_at(moment("2013-02-26T09:00:00.000000Z"))).unwrap();
    dir
}

/// Returns a ledger with links, and with deadlines moved before and after they passed.
pub(crate) fn moved_deadlines() -> TestDir {
    let dir = TestDir::new();
    let tracker = dir.tracker("moved.jsonl");
    tracker.register(visit()).unwrap();
    tracker.register(senkaku()).unwrap();
    tracker
        .append(Reschedule::builder("us/abe-visit", day("2013-03-31")).on(day("2013-02-20")).citing(press()))
        .unwrap();
    tracker.append(Reschedule::builder("us/abe-visit", day("2013-12-31")).on(day("2013-04-20"))).unwrap();
    tracker.append(Link::builder("us/abe-visit", Relation::Successor, "us/senkaku").on(day("2013-05-01"))).unwrap();
    tracker
        .append(Link::builder("us/abe-visit", Relation::Related, "us/senkaku").noting("Both on 18 January 2013."))
        .unwrap();
    dir
}
