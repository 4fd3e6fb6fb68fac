//! Questions on a terminal. The crate inquire draws them and reads the keys.

use inquire::validator::Validation;
use inquire::{Confirm, InquireError, Select, Text};

use crate::exit::Failure;

/// Asks a question that is answered with yes or no. Return alone means `default`.
pub(crate) fn confirm(question: &str, default: bool) -> Result<bool, Failure> {
    Confirm::new(question).with_default(default).prompt().map_err(failure)
}

/// A question that is answered with a text.
#[derive(Default)]
pub(crate) struct Question<'a> {
    pub(crate) text: &'a str,
    pub(crate) help: &'a str,
    /// Return alone means this text. If it is empty, the answer may be empty too.
    pub(crate) default: Option<String>,
    /// The suggestions while the user types.
    pub(crate) suggestions: Vec<String>,
}

impl Question<'_> {
    /// Asks until `check` accepts the answer. It returns what is wrong.
    pub(crate) fn ask(self, check: impl Fn(&str) -> Result<(), String> + Clone + 'static) -> Result<String, Failure> {
        let default = self.default.clone();
        let optional = default.as_ref().is_some_and(String::is_empty);
        let suggestions = self.suggestions;
        let suggest = move |typed: &str| {
            let typed = typed.to_lowercase();
            let fits = suggestions.iter().filter(|known| known.to_lowercase().contains(&typed));
            Ok(if typed.is_empty() { Vec::new() } else { fits.cloned().collect() })
        };
        let validate = move |answer: &str| {
            if optional && answer.trim().is_empty() {
                return Ok(Validation::Valid);
            }
            Ok(match check(answer.trim()) {
                Ok(()) => Validation::Valid,
                Err(reason) => Validation::Invalid(reason.into()),
            })
        };
        let mut text = Text::new(self.text).with_autocomplete(suggest).with_validator(validate);
        if !self.help.is_empty() {
            text = text.with_help_message(self.help);
        }
        if let Some(default) = default.as_deref().filter(|default| !default.is_empty()) {
            text = text.with_default(default);
        }
        text.prompt().map(|answer| answer.trim().to_owned()).map_err(failure)
    }
}

/// Asks which one of several words it is. Each has an explanation.
pub(crate) fn select(question: &str, words: &[(String, String)]) -> Result<String, Failure> {
    let shown =
        words.iter().map(|(word, about)| if about.is_empty() { word.clone() } else { format!("{word}: {about}") });
    let chosen = Select::new(question, shown.collect()).raw_prompt().map_err(failure)?;
    Ok(words.get(chosen.index).map(|(word, _)| word.clone()).unwrap_or_default())
}

fn failure(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Failure::Interrupted,
        error => Failure::refused("no-answer", format!("could not ask on the terminal: {error}")),
    }
}
