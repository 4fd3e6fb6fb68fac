//! Servanda for Kotlin and Swift, through UniFFI.
//!
//! The crate adds no behaviour. It says which of `servanda` crosses the boundary, and as what:
//!
//! - Leaf types cross as something the other language already has, and are checked on the way in ([`leaf`]): a day as a number that
//!   both languages make their own date of, a moment as microseconds, an id as text.
//! - What is given and answered crosses by value, as records with the fields that the core has ([`model`], [`procedure`],
//!   [`draft`], [`standing`], [`questions`]).
//! - A sealed entry crosses as its line ([`entry`]).
//! - What a language has no type of its own for is read from text here ([`text`]).
//! - [`tracker`] and [`view`] are objects. All their calls are synchronous, can be made from any thread, and fail with one error
//!   ([`error`]) of six families.
//! - JSON is made in the core ([`json`]), so that it is the same in every language, byte for byte.
//!
//! What Kotlin and Swift add for their users is written in Kotlin and Swift, beside this crate.

// UniFFI's macros give what they write no documentation.
#![allow(missing_docs)]

pub mod builtin;
#[cfg(test)]
mod crossing;
pub mod draft;
pub mod entry;
pub mod error;
pub mod json;
pub mod leaf;
pub mod model;
pub mod observer;
pub mod procedure;
pub mod questions;
pub mod standing;
pub mod text;
pub mod tracker;
pub mod values;
pub mod view;

uniffi::setup_scaffolding!("servanda");
