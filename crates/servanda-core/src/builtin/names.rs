//! What ids alone mean: the built-in definitions, and those of the caller.

use super::{procedures, treaties};
use crate::Error;
use crate::entry::Commitment;
use crate::files::{Names, read_commitment_json, read_commitment_toml};
use crate::procedure::Procedure;

impl<'a> Names<'a> {
    /// The built-in definitions, and these procedures.
    fn with(own: impl IntoIterator<Item = &'a Procedure>) -> Self {
        // Of two procedures with the same version the last is taken: that of the caller.
        Self { procedures: procedures().into_iter().chain(own).collect(), treaties: treaties() }
    }
}

impl Commitment {
    /// Reads a commitment from TOML. `file` is the name to use in diagnostics.
    ///
    /// The keys are those of a commitment in JSON, with its `id` besides. Its `procedure` is a table with `id`, `version` and
    /// `digest`, or the id alone, which then means what [`Procedure::named`] finds among `procedures` and the built-in ones. A
    /// clock's rule can be the id of a [built-in treaty](crate::builtin::treaties), such as `rules.entry-into-force = "cptpp"`.
    ///
    /// # Errors
    ///
    /// `commitment-refused` if it is not TOML, lacks something, or has a key or a value that commitments do not have;
    /// `no-procedure` if there is no procedure with the id.
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

    /// Reads a commitment from JSON, as [`from_toml`](Commitment::from_toml) does from TOML.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Commitment::from_toml).
    pub fn from_json<'a>(
        file: &str,
        text: &str,
        procedures: impl IntoIterator<Item = &'a Procedure>,
    ) -> Result<Self, Error> {
        read_commitment_json(file, text, &Names::with(procedures))
    }
}

impl Procedure {
    /// The procedure that an id alone means: the newest version among `procedures`, such as those of a ledger, and the built-in
    /// ones.
    ///
    /// # Errors
    ///
    /// `no-procedure`.
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
