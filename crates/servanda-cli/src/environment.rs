//! The environment in which the command runs.

use std::fmt;
use std::io::IsTerminal as _;
use std::sync::Arc;

use servanda::tracker::{SystemTime, TimeSource};

use crate::complete::SERVANDA_COMPLETE;
use crate::zone::ZonedTime;
use crate::{Terminal, Zone};

/// The environment in which the command runs: terminal, pager, clock, recorder and interruption.
///
/// ```
/// use servanda::FixedTime;
/// use servanda_cli::{Environment, Exit, run};
///
/// let folder = tempfile::tempdir()?;
/// let ledger = folder.path().join("promises.jsonl").display().to_string();
/// let noon = FixedTime("2013-01-19T12:00:00.000000Z".parse()?);
/// let env = Environment { recorded_by: Some("desk".to_owned()), ..Environment::plain(80) };
/// let env = env.with_time(noon);
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// run(["servanda", "init", &ledger], &mut out, &mut err, &env);
/// let define = ["servanda", "define", &ledger, "--party", "jp", "--name", "en=Japan"];
/// let define = define.into_iter().chain(["--format", "json"]);
/// assert_eq!(run(define, &mut out, &mut err, &env), Exit::Done);
/// let end = r#""recorded_at":"2013-01-19T12:00:00.000000Z","recorded_by":"desk"}"#;
/// assert!(String::from_utf8_lossy(&out).trim_end().ends_with(end));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A program that runs the command can interrupt it:
///
/// ```
/// use std::sync::Arc;
/// use servanda_cli::{Environment, Exit, run};
///
/// # let folder = tempfile::tempdir()?;
/// # let ledger = folder.path().join("promises.jsonl").display().to_string();
/// # let (mut out, mut err) = (Vec::new(), Vec::new());
/// # run(["servanda", "init", &ledger], &mut out, &mut err, &Environment::plain(80));
/// # out.clear();
/// let env = Environment { interrupted: Arc::new(|| true), ..Environment::plain(80) };
/// let exit = run(["servanda", "status", &ledger], &mut out, &mut err, &env);
/// assert_eq!((exit, exit.code(), out.as_slice()), (Exit::Interrupted, 130, b"".as_slice()));
/// assert_eq!(String::from_utf8_lossy(&err), "error: interrupted; the ledger is unchanged\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Environment {
    /// Returns true to interrupt the command.
    ///
    /// The command calls it whenever it reports progress, which is every few hundred kilobytes,
    /// entries or commitments, on the thread that called [`run`](crate::run). An interrupted
    /// command does not change the ledger, and ends with [`Exit::Interrupted`](crate::Exit).
    /// `servanda serve` and `servanda publish --watch` also call it twice a second while they wait.
    pub interrupted: Arc<dyn Fn() -> bool + Send + Sync>,
    /// The name of the shell that asks for completions of the arguments after `--`, if one does.
    pub complete: Option<String>,
    /// The format of answers about commitments, unless the option `--format` gives one: `table`,
    /// `json`, `csv` or `tsv`. If this is `None`, the terminal decides.
    pub format: Option<String>,
    /// The path or URL of the ledger. If there is one, commands do not take it as their first
    /// argument, but may be given another one there.
    pub ledger: Option<String>,
    /// Whether the command may ask questions. It asks on the terminal of the process.
    pub interactive: bool,
    /// The pager for answers longer than the screen, as a shell command such as `less -R`. It
    /// writes directly to the terminal of the process, not to the writer given to
    /// [`run`](crate::run).
    pub pager: Option<String>,
    /// The name of the recorder, unless the option `--by` gives one.
    pub recorded_by: Option<String>,
    /// The terminal.
    pub terminal: Terminal,
    /// The clock, which gives the time of recording. The current day is that of the time zone.
    pub time: Arc<dyn TimeSource>,
    /// The time zone, unless the option `--zone` gives one.
    pub zone: Zone,
}

impl Environment {
    /// Returns an environment with a [plain terminal](Terminal::plain) of this width, the clock of
    /// the system in UTC, no pager and no recorder, that never interrupts and never asks.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            complete: None,
            format: None,
            interrupted: Arc::new(|| false),
            interactive: false,
            ledger: None,
            pager: None,
            recorded_by: None,
            terminal: Terminal::plain(width),
            time: Arc::new(SystemTime),
            zone: Zone::utc(),
        }
    }

    /// Returns the same environment with another clock.
    #[must_use]
    pub fn with_time(self, time: impl TimeSource + 'static) -> Self {
        Self { time: Arc::new(time), ..self }
    }

    /// Returns the same environment in this time zone, if there is one, or else in its own. The
    /// clock gives the current day there.
    pub(crate) fn in_zone(&self, zone: Option<&Zone>) -> Self {
        let zone = zone.unwrap_or(&self.zone).clone();
        let time = ZonedTime { time: Arc::clone(&self.time), zone: zone.clone() };
        Self { time: Arc::new(time), zone, ..self.clone() }
    }

    /// Returns the environment of this process.
    ///
    /// The terminal is [`Terminal::of_process`], and the time zone [`Zone::of_system`]. The
    /// recorder is the value of `SERVANDA_BY`, the format that of `SERVANDA_FORMAT`, and the ledger
    /// that of `SERVANDA_LEDGER`. The pager is the value of `SERVANDA_PAGER` or else of `PAGER`; if
    /// neither is set, it is `less -FRX` if `less` is installed. An empty value and `cat` mean no
    /// pager. Nothing interrupts the command; Ctrl-C ends the process, but `servanda serve` and
    /// `servanda publish --watch` finish what they are writing first. The command asks questions if
    /// stdin and stderr are a terminal.
    #[must_use]
    pub fn of_process() -> Self {
        // An invalid value is reported when the command needs it.
        let variable = |name: &str| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty());
            value.map(|value| value.to_string_lossy().into_owned())
        };
        let (format, ledger) = (variable(SERVANDA_FORMAT), variable(SERVANDA_LEDGER));
        let (complete, recorded_by) = (variable(SERVANDA_COMPLETE), variable(SERVANDA_BY));
        let terminal = Terminal::of_process();
        let interactive = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let (pager, zone) = (pager(), Zone::of_system());
        Self { complete, format, interactive, ledger, pager, recorded_by, terminal, zone, ..Self::plain(0) }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { complete, format, interrupted: _, interactive, ledger, pager, recorded_by, terminal, time, zone } =
            self;
        let mut debug = f.debug_struct("Environment");
        debug
            .field("complete", complete)
            .field("format", format)
            .field("interactive", interactive)
            .field("ledger", ledger);
        debug.field("pager", pager);
        debug.field("recorded_by", recorded_by).field("terminal", terminal).field("time", time);
        debug.field("zone", zone).finish_non_exhaustive()
    }
}

/// The environment variable with the format of answers.
pub(crate) const SERVANDA_FORMAT: &str = "SERVANDA_FORMAT";
/// The environment variable with the path or URL of the ledger.
pub(crate) const SERVANDA_LEDGER: &str = "SERVANDA_LEDGER";
/// The environment variable with the name of the recorder.
pub(crate) const SERVANDA_BY: &str = "SERVANDA_BY";

fn pager() -> Option<String> {
    let configured = ["SERVANDA_PAGER", "PAGER"].into_iter().find_map(std::env::var_os);
    let configured = configured.map(|pager| pager.to_string_lossy().trim().to_owned());
    let pager = configured.or_else(|| is_installed("less").then(|| "less -FRX".to_owned()))?;
    Some(pager).filter(|pager| !pager.is_empty() && pager != "cat")
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}
