//! Tests of publishing again. Nothing waits here: each test changes something and looks once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use servanda::facts::Define;
use servanda::tracker::TimeSource;
use servanda::{Moment, Party};
use tempfile::TempDir;

use super::*;
use crate::args::ZoneArgs;
use crate::progress::ProgressBar;

/// A clock that the test sets.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicI64>);

impl TimeSource for Clock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// A folder with a ledger, and the clock of the command.
struct Desk {
    folder: TempDir,
    clock: Clock,
    args: SiteArgs,
}

/// The outcome of one look: the number of files that were written, or the code of the error.
type Look = Result<Option<usize>, &'static str>;

impl Desk {
    fn new(ledger: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let ledger = folder.path().join(ledger);
        let args = SiteArgs { ledger, config: None, on: None, known_at: None, zone: ZoneArgs { zone: None } };
        let desk = Self { folder, clock: Clock::default(), args };
        desk.clock.0.store(1_577_836_800_000_000, Ordering::Relaxed);
        Tracker::create(&desk.args.ledger, "desk").unwrap();
        desk.define(&desk.args.ledger, "gov");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Records a party, as another program would.
    fn define(&self, ledger: &Path, party: &str) {
        let tracker = Tracker::open(ledger, "desk").unwrap().with_time(self.clock.clone());
        tracker.append(Define::Party(Party::new(party, "en", "A party").unwrap())).unwrap();
    }

    /// Publishes the site, and runs a test with a function that looks for changes once.
    fn watch(&self, test: impl FnOnce(&mut dyn FnMut() -> Look)) {
        let env = Environment::plain(80).with_time(self.clock.clone());
        let (mut written, mut err) = (Vec::new(), Vec::new());
        let mut out = Output::new(&mut written, ProgressBar::new(&mut err, &env), &env);
        let folder = self.path("site");
        let mut publication = Publication::open(&self.args, &env, &mut out).unwrap();
        let first = publication.publish(&folder).unwrap();
        assert_eq!(first.written, first.files);
        test(&mut || match publication.publish_if_changed(&folder, &mut out) {
            Ok(published) => Ok(published.map(|published| published.written)),
            Err(Failure::Refused(Refusal { code, .. })) => Err(code),
            Err(other) => panic!("{other:?}"),
        });
    }
}

fn is_published(look: Look) -> bool {
    matches!(look, Ok(Some(1..)))
}

#[test]
fn an_entry_of_another_program_is_published_once() {
    for ledger in ["l.jsonl", "l.db"] {
        let desk = Desk::new(ledger);
        desk.watch(|look| {
            assert_eq!((look(), look()), (Ok(None), Ok(None)), "{ledger}");
            desk.define(&desk.args.ledger, "town");
            assert!(is_published(look()), "{ledger}");
            assert_eq!((look(), look()), (Ok(None), Ok(None)), "{ledger}");
        });
    }
}

// On Windows, no other program can replace a database that is open.
#[cfg(unix)]
#[test]
fn a_ledger_that_was_replaced_is_opened_again() {
    for (ledger, other) in [("l.jsonl", "other.jsonl"), ("l.db", "other.db")] {
        let desk = Desk::new(ledger);
        Tracker::create(desk.path(other), "desk").unwrap();
        desk.define(&desk.path(other), "gov");
        desk.define(&desk.path(other), "town");
        desk.watch(|look| {
            fs::rename(desk.path(other), &desk.args.ledger).unwrap();
            assert!(is_published(look()), "{ledger}");
            assert_eq!(look(), Ok(None), "{ledger}");
            desk.define(&desk.args.ledger, "village");
            assert!(is_published(look()), "{ledger}");
        });
    }
}

#[test]
fn a_damaged_ledger_is_reported_once_and_published_when_it_is_right_again() {
    let desk = Desk::new("l.jsonl");
    let right = fs::read_to_string(&desk.args.ledger).unwrap();
    desk.watch(|look| {
        desk.write("l.jsonl", &format!("{right}{{\"half"));
        assert_eq!((look(), look()), (Err("damaged"), Ok(None)));
        desk.write("l.jsonl", &right);
        assert_eq!((look(), look()), (Ok(Some(0)), Ok(None)));
    });
}

#[cfg(unix)]
#[test]
fn a_missing_ledger_is_reported_once_and_published_when_it_is_there_again() {
    for ledger in ["l.jsonl", "l.db"] {
        let desk = Desk::new(ledger);
        desk.watch(|look| {
            fs::rename(&desk.args.ledger, desk.path("away")).unwrap();
            assert_eq!((look(), look()), (Err("no-ledger"), Ok(None)), "{ledger}");
            fs::rename(desk.path("away"), &desk.args.ledger).unwrap();
            assert_eq!((look(), look()), (Ok(Some(0)), Ok(None)), "{ledger}");
        });
    }
}

#[test]
fn each_mistake_in_the_configuration_is_reported_once() {
    let mut desk = Desk::new("l.jsonl");
    desk.args.config = Some(desk.path("tracker.toml"));
    desk.write("tracker.toml", "name = \"Promises\"\n");
    desk.watch(|look| {
        assert_eq!(look(), Ok(None));
        desk.write("tracker.toml", "name = \"Pledges\"\n");
        assert!(is_published(look()));
        desk.write("tracker.toml", "name = \n");
        assert_eq!((look(), look()), (Err("config-refused"), Ok(None)));
        fs::remove_file(desk.path("tracker.toml")).unwrap();
        assert_eq!((look(), look()), (Err("no-file"), Ok(None)));
        desk.write("tracker.toml", "name = \"Pledges\"\n");
        assert_eq!((look(), look()), (Ok(Some(0)), Ok(None)));
    });
}

#[test]
fn publishing_is_tried_again_after_it_failed() {
    let mut desk = Desk::new("l.jsonl");
    desk.args.config = Some(desk.path("tracker.toml"));
    desk.write("tracker.toml", "languages = [\"en\"]\n");
    let page = desk.path("site/de/index.html");
    desk.watch(|look| {
        fs::create_dir(desk.path("site/de")).unwrap();
        fs::write(&page, "mine").unwrap();
        desk.write("tracker.toml", "languages = [\"en\", \"de\"]\n");
        assert_eq!(look(), Err("foreign-file"));
        for _ in 0..=2 * LOOKS_BEFORE_RETRY {
            assert_eq!(look(), Ok(None));
        }
        assert_eq!(fs::read_to_string(&page).unwrap(), "mine");

        fs::remove_file(&page).unwrap();
        let looks: Vec<Look> = (0..=LOOKS_BEFORE_RETRY).map(|_| look()).collect();
        assert_eq!(looks.iter().filter(|look| matches!(look, Ok(Some(1..)))).count(), 1, "{looks:?}");
        assert_eq!(look(), Ok(None));
    });
}

#[test]
fn a_site_that_shows_today_is_published_again_when_a_day_begins() {
    let day = 86_400_000_000;
    let desk = Desk::new("l.jsonl");
    desk.watch(|look| {
        desk.clock.0.fetch_add(day - 1, Ordering::Relaxed);
        assert_eq!(look(), Ok(None));
        desk.clock.0.fetch_add(1, Ordering::Relaxed);
        assert!(is_published(look()));
        assert_eq!(look(), Ok(None));
    });

    let mut desk = Desk::new("l.jsonl");
    desk.args.on = Some("2019-12-31".parse().unwrap());
    desk.watch(|look| {
        desk.clock.0.fetch_add(day, Ordering::Relaxed);
        assert_eq!(look(), Ok(None));
    });
}

#[test]
fn watching_ends_when_it_is_interrupted_or_fails() {
    let interrupts = Interrupts::catch().unwrap();
    let env = Environment { interrupted: Arc::new(|| true), ..Environment::plain(80) };
    let exit = until_interrupted(&env, &interrupts, || panic!("it looked once more"));
    assert!(matches!(exit, Ok(Exit::Interrupted)));

    let env = Environment::plain(80);
    assert!(matches!(until_interrupted(&env, &interrupts, || Err(Failure::Interrupted)), Ok(Exit::Interrupted)));
    let closed = || Err(Failure::Output(ErrorKind::BrokenPipe.into()));
    assert!(matches!(until_interrupted(&env, &interrupts, closed), Err(Failure::Output(_))));
}
