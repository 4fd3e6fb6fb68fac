//! What a run of the command finds around it.

use std::sync::Arc;

use servanda::{SystemTime, TimeSource};

use crate::Terminal;

/// What a run of the command finds around it: where its answer is shown, what time it is, and who records.
///
/// ```
/// use servanda::FixedTime;
/// use servanda_cli::{Exit, Setting, run};
///
/// let folder = tempfile::tempdir()?;
/// let ledger = folder.path().join("promises.jsonl").display().to_string();
/// let noon = FixedTime("2013-01-19T12:00:00.000000Z".parse()?);
/// let setting = Setting { recorded_by: Some("desk".to_owned()), ..Setting::plain(80).at(noon) };
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// run(["servanda", "init", &ledger], &mut out, &mut err, &setting);
/// let define = ["servanda", "define", &ledger, "--party", "jp", "--name", "en=Japan", "--format", "json"];
/// assert_eq!(run(define, &mut out, &mut err, &setting), Exit::Done);
/// let line = r#""recorded_at":"2013-01-19T12:00:00.000000Z","recorded_by":"desk"}"#;
/// assert!(String::from_utf8_lossy(&out).trim_end().ends_with(line));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Setting {
    /// Who records, where an option does not say it.
    pub recorded_by: Option<String>,
    /// Where the answer is shown.
    pub terminal: Terminal,
    /// When an entry is recorded, and which day is today.
    pub time: Arc<dyn TimeSource>,
}

impl Setting {
    /// A plain terminal of this width, the clock of the machine, and nobody who records.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self { recorded_by: None, terminal: Terminal::plain(width), time: Arc::new(SystemTime) }
    }

    /// The same setting at another time.
    #[must_use]
    pub fn at(self, time: impl TimeSource + 'static) -> Self {
        Self { time: Arc::new(time), ..self }
    }

    /// What is around this process: see [`Terminal::of_this_process`]; who records is what `SERVANDA_BY` says.
    #[must_use]
    pub fn of_this_process() -> Self {
        let recorded_by = std::env::var_os(SERVANDA_BY).filter(|by| !by.is_empty());
        // What is not Unicode is no name; what is wrong with it is said when it is read.
        let recorded_by = recorded_by.map(|by| by.to_string_lossy().into_owned());
        Self { recorded_by, terminal: Terminal::of_this_process(), time: Arc::new(SystemTime) }
    }
}

/// The environment variable that says who records.
pub(crate) const SERVANDA_BY: &str = "SERVANDA_BY";
