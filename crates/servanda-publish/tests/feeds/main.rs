//! Feeds, calendars, the map of the site, cards, and what pages tell search engines, as other
//! programs read them.

#![allow(clippy::panic, clippy::unwrap_used)]

mod atom;
mod calendars;
mod hostile;
mod pages;
mod published;
