//! What a run of the command finds around it.

use std::fmt;
use std::sync::Arc;

use servanda::{SystemTime, TimeSource};

use crate::Terminal;

/// What a run of the command finds around it: where its answer is shown and with what, what time it is, and who records.
///
/// ```
/// use servanda::FixedTime;
/// use servanda_cli::{Exit, Environment, run};
///
/// let folder = tempfile::tempdir()?;
/// let ledger = folder.path().join("promises.jsonl").display().to_string();
/// let noon = FixedTime("2013-01-19T12:00:00.000000Z".parse()?);
/// let env = Environment { recorded_by: Some("desk".to_owned()), ..Environment::plain(80).at(noon) };
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// run(["servanda", "init", &ledger], &mut out, &mut err, &env);
/// let define = ["servanda", "define", &ledger, "--party", "jp", "--name", "en=Japan", "--format", "json"];
/// assert_eq!(run(define, &mut out, &mut err, &env), Exit::Done);
/// let line = r#""recorded_at":"2013-01-19T12:00:00.000000Z","recorded_by":"desk"}"#;
/// assert!(String::from_utf8_lossy(&out).trim_end().ends_with(line));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Whoever runs it within another program can end it:
///
/// ```
/// use std::sync::Arc;
/// use servanda_cli::{Exit, Environment, run};
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
    /// Whether what is under way is to end. It is asked wherever it is reported how far something has come, on the thread that runs the command: every few
    /// hundred kilobytes, entries or commitments. What is interrupted is as if it had not been asked, and the run ends with [`Exit::Interrupted`](crate::Exit).
    pub interrupted: Arc<dyn Fn() -> bool + Send + Sync>,
    /// What shows an answer that is longer than the screen, as the shell understands it, such as `less -R`. It writes to the screen
    /// itself, past what [`run`](crate::run) is given to write to.
    pub pager: Option<String>,
    /// Who records, where an option does not say it.
    pub recorded_by: Option<String>,
    /// Where the answer is shown.
    pub terminal: Terminal,
    /// When an entry is recorded, and which day is today.
    pub time: Arc<dyn TimeSource>,
}

impl Environment {
    /// A plain terminal of this width, no pager, the clock of the machine, nobody who records, and nobody who interrupts.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            interrupted: Arc::new(|| false),
            pager: None,
            recorded_by: None,
            terminal: Terminal::plain(width),
            time: Arc::new(SystemTime),
        }
    }

    /// The same setting at another time.
    #[must_use]
    pub fn at(self, time: impl TimeSource + 'static) -> Self {
        Self { time: Arc::new(time), ..self }
    }

    /// What is around this process: see [`Terminal::of_this_process`]; who records is what `SERVANDA_BY` says. The pager is what
    /// `SERVANDA_PAGER` or `PAGER` says, else `less -FRX` if it is there; one of nothing, or of `cat`, is none. Nobody interrupts: Ctrl-C ends the process.
    #[must_use]
    pub fn of_this_process() -> Self {
        let recorded_by = std::env::var_os(SERVANDA_BY).filter(|by| !by.is_empty());
        // What is not Unicode is no name; what is wrong with it is said when it is read.
        let recorded_by = recorded_by.map(|by| by.to_string_lossy().into_owned());
        let terminal = Terminal::of_this_process();
        Self { pager: pager(), recorded_by, terminal, ..Self::plain(0) }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { interrupted: _, pager, recorded_by, terminal, time } = self;
        let mut shown = f.debug_struct("Environment");
        shown.field("pager", pager).field("recorded_by", recorded_by).field("terminal", terminal);
        shown.field("time", time).finish_non_exhaustive()
    }
}

/// The environment variable that says who records.
pub(crate) const SERVANDA_BY: &str = "SERVANDA_BY";

fn pager() -> Option<String> {
    let named = ["SERVANDA_PAGER", "PAGER"].into_iter().find_map(std::env::var_os);
    let named = named.map(|pager| pager.to_string_lossy().trim().to_owned());
    let pager = named.or_else(|| is_there("less").then(|| "less -FRX".to_owned()))?;
    Some(pager).filter(|pager| !pager.is_empty() && pager != "cat")
}

fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}
