//! Publish a ledger as a static site that readers can see, follow and check.
//!
//! [`publish`] writes the site of a [`View`](servanda::View) into a folder. A [`Site`] says how it
//! is to look. The site needs no server and nothing from elsewhere, and can be read without
//! scripts.
//!
//! ```
//! use servanda::builtin;
//! use servanda::{Commitment, Tracker};
//! use servanda_publish::{Site, publish};
//!
//! let tracker = Tracker::in_memory("desk")?;
//! let visit = Commitment::builder("us/abe-visit", "A visit").procedure(builtin::action()).by("us").made("2013-01-18");
//! tracker.append(visit)?;
//!
//! let folder = tempfile::tempdir()?;
//! publish(&tracker.view().on("2013-02-01")?, &Site::default(), folder.path())?;
//! let page = std::fs::read_to_string(folder.path().join("commitments/us/abe-visit/index.html"))?;
//! assert!(page.contains("<h1>A visit</h1>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How the parts fit
//!
//! Data goes from left to right:
//!
//! ```text
//! text, words, site -> model -> pages, data, feeds -> write
//! ```
//!
//! - `site` reads `tracker.toml`.
//! - `words` has the interface in four languages, as TOML files that are embedded.
//! - `text` makes markup out of the text of strangers. Its type `Html` is the only one that
//!   templates do not escape.
//! - `model` computes what all pages show, once and in no language.
//! - `pages` has one struct and one template for each kind of page, for one language at a time. A
//!   `Context` has what all pages of a language use, a `Layout` is the frame of one page.
//! - `data` writes the ledger and the tables for programs.
//! - `feeds` writes what programs of readers follow: feeds, calendars and the map of the site.
//! - `assets` has the style sheet and the script.
//! - `inputs` has the digest of everything that a file is made from.
//! - `write` puts files into their places. It does not even make a file whose inputs are those of the
//!   last run, leaves alone what is right already, and removes what is no longer part of the site.
//! - `parallel` splits work among the processors.
//!
//! To add a kind of page, add a file to `pages` and a template, and call its `write` in
//! `pages::write`. It hands the page to `pages::put`; or, if there are many pages of the kind, to
//! `pages::put_from` with their inputs. Everything that the page shows must be among these, because
//! publishing again must give the bytes of an empty folder. A test checks that. To add a kind of file that is no page, write a function from the `Model` and
//! the [`Site`] to bytes, and hand these to `SiteWriter::put`.

mod assets;
mod data;
mod error;
mod feeds;
mod inputs;
mod model;
mod pages;
mod parallel;
mod publish;
mod site;
mod text;
mod words;
mod write;

pub use error::PublishError;
pub use publish::publish;
pub use site::{Interface, Site, Texts};
pub use write::Published;
