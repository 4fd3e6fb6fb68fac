//! The command `servanda` as a library: [`run`] takes arguments and two writers.
//!
//! The command adds no answers of its own to those of the crate [`servanda`]. Its JSON comes from
//! that crate too.
//!
//! ```
//! use servanda_cli::{Environment, Exit, run};
//!
//! let (mut out, mut err) = (Vec::new(), Vec::new());
//! let exit = run(["servanda", "procedures"], &mut out, &mut err, &Environment::plain(80));
//! assert_eq!(exit, Exit::Done);
//! assert!(String::from_utf8_lossy(&out).contains("diet-treaty-approval"));
//!
//! let status = ["servanda", "status", "no-such.jsonl"];
//! let exit = run(status, &mut out, &mut err, &Environment::plain(80));
//! assert_eq!((exit, exit.code()), (Exit::Refused, 1));
//! let message = String::from_utf8_lossy(&err);
//! assert!(message.starts_with("error: there is no ledger at no-such.jsonl"));
//! ```

mod args;
mod attention;
mod commands;
mod complete;
mod days;
mod environment;
mod exit;
mod help;
#[cfg(feature = "publish")]
mod interrupts;
mod json;
mod known;
mod output;
mod pager;
mod phrases;
#[cfg(feature = "publish")]
mod preview;
mod progress;
mod prompt;
mod records;
mod run;
mod table;
mod terminal;
mod text;
mod zone;

pub use environment::Environment;
pub use exit::Exit;
pub use run::run;
pub use terminal::Terminal;
pub use zone::Zone;
