//! Tests of imports: tables and documents go into a ledger, are edited, and go in again.

#![allow(clippy::panic, clippy::unwrap_used)]

mod corrections;
mod desk;
mod documents;
mod first;
mod further;
mod ids;
mod mappings;
mod missing;
mod moments;
mod others;
mod published;
mod refusals;
mod single_row;
mod sources;
mod two_tables;
