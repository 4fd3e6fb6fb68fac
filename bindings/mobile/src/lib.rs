//! Servanda for Kotlin and Swift, through UniFFI.
//!
//! This crate adds no behaviour. It defines what crosses the boundary, and as which type:
//!
//! - [`leaf`]: values such as a slug or a day cross as a type that the other language already has,
//!   and are checked when they come in. A day crosses as a number, a moment as microseconds, an id
//!   as text.
//! - [`records`]: arguments and answers cross by value, as records with the fields of the core's
//!   records.
//! - [`draft`]: a fact that is about to be appended.
//! - [`entry`]: an entry crosses as its line.
//! - [`text`]: reads values from text, for a language without a type of its own for them.
//! - [`tracker`] and [`view`]: the objects. All calls are synchronous and can be made from any
//!   thread.
//! - [`error`]: every call fails with the same error, which has six kinds.
//! - [`json`]: the core writes JSON, so that it is the same in every language, byte for byte.
//!
//! The parts of the packages that are written in Kotlin and Swift are next to this crate.

// UniFFI's macros do not document the items they generate.
#![allow(missing_docs)]

#[cfg(test)]
mod crossing;
pub mod definitions;
pub mod draft;
pub mod entry;
pub mod error;
pub mod json;
pub mod leaf;
pub mod observer;
pub mod records;
pub mod text;
pub mod tracker;
pub mod values;
pub mod view;

uniffi::setup_scaffolding!("servanda");
