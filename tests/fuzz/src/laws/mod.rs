//! What must hold, one function for each kind of input.
//!
//! Each takes any bytes, and panics if a law is broken.

mod command;
mod dates;
mod definitions;
mod entries;
mod history;
mod ledger;
mod view;

pub use command::command;
pub use dates::dates;
pub use definitions::definitions;
pub use entries::{entries, sealed};
pub use history::history;
pub use ledger::ledger;

/// What panics if the bytes break it.
pub type Law = fn(&[u8]);

/// The laws, by the name of the folder with their seeds and of the target that tries them.
pub const ALL: [(&str, Law); 6] = [
    ("ledger", ledger),
    ("entries", entries),
    ("history", history),
    ("definitions", definitions),
    ("dates", dates),
    ("command", command),
];

/// An error says what is wrong, under a code, with its data as JSON.
fn check_error(code: &str, text: &str, details: &str) {
    assert!(
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
        "{code}"
    );
    assert!(!text.is_empty(), "{code} says nothing");
    assert!(serde_json::from_str::<serde_json::Value>(details).is_ok(), "{code}: {details}");
}
