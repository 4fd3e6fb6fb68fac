//! Questions on a terminal. The crate inquire draws them and reads the keys.

use inquire::{Confirm, InquireError};

use crate::exit::Failure;

/// Asks a question that is answered with yes or no. Return alone means no.
pub(crate) fn confirm(question: &str) -> Result<bool, Failure> {
    Confirm::new(question).with_default(false).prompt().map_err(failure)
}

fn failure(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Failure::Interrupted,
        error => Failure::refused("no-answer", format!("could not ask on the terminal: {error}")),
    }
}
