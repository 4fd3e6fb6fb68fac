//! Reads definitions from files.
//!
//! Procedures, calendars and treaties are TOML files, commitments are TOML or JSON files. Problems
//! with a file are reported as [diagnostics](crate::procedure::Diagnostic), by line.

mod calendar;
mod commitment;
mod document;
mod facts;
mod keys;
mod languages;
mod line_index;
mod procedure;
mod toml_table;
mod treaty;

use document::Document;
use keys::{Keys, RULE_KEYS, SOURCE_KEYS, optional, required};
use line_index::LineIndex;
use treaty::ENTRY_INTO_FORCE_KEYS;

pub(crate) use commitment::{Names, read_commitment_json, read_commitment_toml};
pub(crate) use facts::{read_facts_json, read_facts_toml};
