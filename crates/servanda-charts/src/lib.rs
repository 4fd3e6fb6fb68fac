//! Pictures of Servanda's answers: as SVG for pages, and as text for terminals.
//!
//! A [`Timeline`] draws the history of one commitment, [`Measurements`] its way to a target, and a
//! [`ProcedureDiagram`] the procedure that it goes through. A [`Tally`] counts many commitments by
//! verdict. All are pure functions: the same answer, labels and width give the same bytes.
//!
//! The SVG has no script, no style attribute and no reference to anything outside. Each colour is a
//! presentation attribute next to a class, so a picture looks right alone, and a style sheet such
//! as [`STYLE`] can change it. The words come from [`Labels`], and [`English`] has the English ones.
//!
//! ```
//! use servanda_charts::{English, Timeline};
//! use servanda_core::{Advance, Commitment, Ledger, Obligation, builtin};
//!
//! let visit = Commitment::builder("us/visit", "A visit in February")
//!     .procedure(builtin::action())
//!     .by("us")
//!     .made("2013-01-18")
//!     .obligation(Obligation::Result)
//!     .words("has invited", ("An invented source", "https://example.org/words"))
//!     .build()?;
//! let mut ledger = Ledger::new();
//! ledger.append(visit, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
//! let done = Advance::builder("us/visit", builtin::action::DONE)
//!     .on("2013-02-22")
//!     .citing(("Another invented source", "https://example.org/visit"));
//! ledger.append(done, &"desk".parse()?, "2013-02-23T09:00:00.000000Z".parse()?)?;
//!
//! let standing = ledger.view_on("2013-03-01")?.standing("us/visit")?;
//! let text = Timeline::new(&standing).text(&English, 60);
//! assert!(text.contains("2013-02-22  ●  Done"), "{text}");
//! # Ok::<(), servanda_core::Error>(())
//! ```

mod colours;
mod labels;
mod measure;
mod measurements;
mod plain;
mod procedure;
mod svg;
mod tally;
mod timeline;

pub use colours::STYLE;
pub use labels::{English, Label, Labels};
pub use measurements::Measurements;
pub use procedure::ProcedureDiagram;
pub use tally::Tally;
pub use timeline::Timeline;

/// The version of this crate. The next one can draw other pictures.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
