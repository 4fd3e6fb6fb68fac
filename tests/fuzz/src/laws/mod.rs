//! The laws, one function for each kind of input.
//!
//! Each takes any bytes, and panics if the law is violated.

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

/// A function that panics if the input violates the law.
pub type Law = fn(&[u8]);

/// The laws by name. The folder with the seeds and the fuzz target have the same name.
pub const ALL: [(&str, Law); 6] = [
    ("ledger", ledger),
    ("entries", entries),
    ("history", history),
    ("definitions", definitions),
    ("dates", dates),
    ("command", command),
];

/// Checks that an error has a code, a message, and details in JSON.
fn check_error(code: &str, text: &str, details: &str) {
    assert!(
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
        "{code}"
    );
    assert!(!text.is_empty(), "{code} has no message");
    assert!(serde_json::from_str::<serde_json::Value>(details).is_ok(), "{code}: {details}");
}
