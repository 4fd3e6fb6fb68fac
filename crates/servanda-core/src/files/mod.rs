//! Definitions as files: TOML for procedures, calendars and treaties, TOML or JSON for commitments.
//!
//! Whatever is wrong with a file is reported as [diagnostics](crate::procedure::Diagnostic), by line.

mod calendar;
mod commitment;
mod document;
mod keys;
mod line_index;
mod procedure;
mod toml_table;
mod treaty;

use document::Document;
use keys::{Keys, RULE_KEYS, SOURCE_KEYS, optional, required};
use line_index::LineIndex;
use treaty::ENTRY_INTO_FORCE_KEYS;

pub(crate) use commitment::{Names, read_commitment_json, read_commitment_toml};
