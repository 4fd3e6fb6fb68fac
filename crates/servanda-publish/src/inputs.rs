//! The digest of everything that a file is made from.

use std::fmt::{Display, Write as _};

use servanda::value::Digest;

/// The digest of the source files of this crate, which `build.rs` computes. A program that makes
/// other pages has another one.
const PROGRAM: &str = env!("SERVANDA_PUBLISH_SOURCES");

/// Everything that a file is made from.
#[derive(Clone, Debug)]
pub(crate) struct Inputs(String);

impl Inputs {
    /// The inputs of a file that depends on nothing but the program.
    pub(crate) fn new() -> Self {
        Self(format!("{PROGRAM} {} {}", servanda::VERSION, servanda_charts::VERSION))
    }

    /// Adds an input.
    #[must_use]
    pub(crate) fn and(mut self, input: impl Display) -> Self {
        // Writing to memory does not fail.
        let _ = write!(self.0, "\n{input}");
        self
    }

    /// Adds several inputs.
    #[must_use]
    pub(crate) fn and_all(self, inputs: impl IntoIterator<Item = impl Display>) -> Self {
        inputs.into_iter().fold(self.and("several"), Self::and)
    }

    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}
