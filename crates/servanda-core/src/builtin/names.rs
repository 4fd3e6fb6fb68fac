//! Finds the definitions that an id alone refers to, built-in ones and those of the caller.

use super::{procedures, treaties};
use crate::Error;
use crate::entry::{Batch, Commitment};
use crate::files::{Names, read_commitment_json, read_commitment_toml, read_facts_json, read_facts_toml};
use crate::procedure::Procedure;

impl<'a> Names<'a> {
    /// Combines the built-in definitions with the procedures of the caller.
    fn with(own: impl IntoIterator<Item = &'a Procedure>) -> Self {
        // Of two equal versions the last is used, so the caller's procedures come last.
        Self { procedures: procedures().into_iter().chain(own).collect(), treaties: treaties() }
    }
}

impl Commitment {
    /// Reads a commitment from TOML. `file` is the name to use in diagnostics.
    ///
    /// The keys are those of a commitment in JSON, and `id`. The value of `procedure` is a table
    /// with `id`, `version` and `digest`, or the id alone. An id alone refers to the procedure that
    /// [`Procedure::named`] finds among `procedures` and the built-in ones. The rule of a clock can
    /// be the id of a [built-in treaty](crate::builtin::treaties), such as
    /// `rules.entry-into-force = "cptpp"`.
    ///
    /// # Errors
    ///
    /// - `commitment-refused` if the text is not valid TOML, a key is missing or unknown, or a
    ///   value cannot be read.
    /// - `invalid-slug` if `procedure` is a text that cannot be an id.
    /// - `no-procedure` if no procedure has the id.
    ///
    /// ```
    /// use servanda_core::Commitment;
    ///
    /// let text = r#"
    /// id = "jp/tpp"
    /// title = "Participation in the Trans-Pacific Partnership"
    /// procedure = "trade-agreement"
    /// by = ["jp"]
    /// to = ["us"]
    /// made = 2013-01-18
    /// obligation = "consideration"
    ///
    /// [words]
    /// text = "will consider"
    /// source = { title = "U.S. - Japan Alliance Remains Cornerstone", url = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html" }
    /// "#;
    /// let tpp = Commitment::from_toml("tpp.toml", text, [])?;
    /// assert_eq!((tpp.id.as_str(), tpp.procedure.version), ("jp/tpp", 1));
    ///
    /// let refused = Commitment::from_toml("tpp.toml", &text.replace("2013-01-18", "2013-01-32"), []).unwrap_err();
    /// assert_eq!(refused.code(), "commitment-refused");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn from_toml<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        read_commitment_toml(file, text, &Names::with(procedures))
    }

    /// Reads a commitment from JSON. See [`from_toml`](Commitment::from_toml) for the keys.
    ///
    /// # Errors
    ///
    /// The same as those of [`from_toml`](Commitment::from_toml).
    pub fn from_json<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        read_commitment_json(file, text, &Names::with(procedures))
    }
}

impl Batch {
    /// Reads facts from TOML, to append them together: all of them or none.
    ///
    /// Each fact is a table under `[[facts]]` with the members of a
    /// [draft](crate::Draft::from_json). A registration may name its procedure by its id alone, as
    /// in [`Commitment::from_toml`].
    ///
    /// ```
    /// use servanda_core::Batch;
    ///
    /// let text = r#"
    /// [[facts]]
    /// commitment = "arden/road"
    /// on = 2021-09-01
    /// fact.advance.to = "not-done"
    /// fact.advance.sources = [{ title = "Gazette", url = "https://example.org/gazette" }]
    ///
    /// [[facts]]
    /// commitment = "arden/road"
    /// on = 2021-10-01
    /// fact.advance.to = "under-way"
    /// "#;
    /// assert_eq!(Batch::from_toml("steps.toml", text, [])?.len(), 2);
    /// let refused = Batch::from_toml("steps.toml", &text.replace("to =", "too ="), []).unwrap_err();
    /// assert_eq!(refused.code(), "facts-refused");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `facts-refused`, with all problems.
    pub fn from_toml<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        read_facts_toml(file, text, &Names::with(procedures))
    }

    /// Reads facts from JSON: an array of [drafts](crate::Draft::from_json), or a draft on each
    /// line. See [`from_toml`](Batch::from_toml).
    ///
    /// # Errors
    ///
    /// The same as those of [`from_toml`](Batch::from_toml).
    pub fn from_json<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        read_facts_json(file, text, &Names::with(procedures))
    }
}

impl Procedure {
    /// Returns the newest version of a procedure among `procedures` and the built-in ones.
    ///
    /// `procedures` can be those of a ledger. If one of them has the same version as the built-in
    /// procedure, it takes precedence.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if `id` cannot be an id, and `no-procedure` if no procedure has it.
    ///
    /// ```
    /// use servanda_core::Procedure;
    ///
    /// assert_eq!(Procedure::named("action", [])?.initial.as_str(), "planned");
    /// let refused = Procedure::named("acton", []).unwrap_err();
    /// assert!(refused.to_string().starts_with("there is no procedure acton (did you mean action?)"));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn named<'a>(id: &str, procedures: impl IntoIterator<Item = &'a Self>) -> Result<&'a Self, Error> {
        Names::with(procedures).procedure(id)
    }
}
