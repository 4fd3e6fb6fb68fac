//! The mapping: which column is what.

mod dates;
mod field;
mod read;
mod words;

use std::collections::BTreeMap;

pub(crate) use dates::Dates;
pub(crate) use field::{Field, Scope};
pub(crate) use words::{Words, folded, nearest_word};

use crate::{ImportError, Node};

/// Which column is what, with defaults, words for statuses and formats of dates.
///
/// The default mapping takes the columns whose names are keys of `[columns]`, such as `title`.
///
/// ```
/// use servanda_import::Mapping;
///
/// Mapping::from_toml("mapping.toml", r#"
///     [columns]
///     title = "Promise"
///     status = "Rating"
///
///     [statuses]
///     "In progress" = "in-the-works"
/// "#)?;
///
/// let refused = Mapping::from_toml("mapping.toml", "[colums]").unwrap_err();
/// assert_eq!(refused.code(), "mapping-refused");
/// # Ok::<(), servanda_import::ImportError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// The name of the file, for messages.
    pub(crate) file: String,
    /// The columns of each field that the mapping names.
    pub(crate) columns: BTreeMap<Field, Vec<String>>,
    /// The values of fields that a row leaves empty.
    pub(crate) defaults: BTreeMap<Field, Node>,
    pub(crate) ids: Ids,
    pub(crate) dates: Dates,
    pub(crate) statuses: Words,
    pub(crate) parties: Words,
    pub(crate) bodies: Words,
    pub(crate) topics: Words,
    pub(crate) obligations: Words,
    pub(crate) procedures: Words,
    /// The separators of parties and topics in a cell.
    pub(crate) list_separators: Vec<String>,
    /// The separators of sources in a cell.
    pub(crate) source_separators: Vec<String>,
    /// Whether a step that the table no longer has stays if the row has a later one instead.
    pub(crate) keep_earlier_steps: bool,
}

/// How the ids of commitments are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ids {
    /// `None` if the table decides: a column of ids if there is one, then identifiers, then titles.
    pub(crate) from: Option<IdsFrom>,
    /// The beginning of each id.
    pub(crate) prefix: String,
    /// Whether an id that is taken gets a number. Otherwise it is refused.
    pub(crate) number_on_clash: bool,
}

/// The field from which ids of commitments are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdsFrom {
    /// The column `id`, as it is.
    Id,
    /// The identifier, in lower case and with hyphens.
    Identifier,
    /// The title, in lower case and with hyphens.
    Title,
}

impl Default for Mapping {
    fn default() -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            file: String::new(),
            columns: BTreeMap::new(),
            defaults: BTreeMap::new(),
            ids: Ids::default(),
            dates: Dates::default(),
            statuses: Words::default(),
            parties: Words::default(),
            bodies: Words::default(),
            topics: Words::default(),
            obligations: Words::default(),
            procedures: Words::default(),
            list_separators: owned(&["\n", ";", ","]),
            source_separators: owned(&["\n", "; "]),
            keep_earlier_steps: false,
        }
    }
}

impl Mapping {
    /// Reads a mapping from TOML. `name` is the name of the file, for messages.
    ///
    /// # Errors
    ///
    /// `mapping-refused`, with every problem.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, ImportError> {
        read::read(name, crate::read::toml::tree(text), true)
    }

    /// Reads a mapping from JSON: an object with the tables that a file in TOML has. `name` is a
    /// name for messages.
    ///
    /// # Errors
    ///
    /// `mapping-refused`, with every problem.
    pub fn from_json(name: &str, text: &str) -> Result<Self, ImportError> {
        read::read(name, crate::read::json::tree(text), false)
    }
}
