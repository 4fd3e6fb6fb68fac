//! Parties, sources and commitments.

use servanda::{
    ClockRule, Commitment, Date, Day, Deadline, EntryIntoForce, Identifier, Language, Note, Obligation, Opening, Party,
    ProcedureRef, Rule, Slug, Source, Title, Url, Words,
};

use crate::leaf::{ClockRules, Names};

/// Evidence: a publication that says so.
#[uniffi::remote(Record)]
pub struct Source {
    /// Its title.
    pub title: Title,
    /// Its address.
    pub url: Url,
    /// Who published it.
    #[uniffi(default)]
    pub publisher: Option<Title>,
    /// When it was published.
    #[uniffi(default)]
    pub published: Option<Date>,
    /// The language of the publication.
    #[uniffi(default)]
    pub language: Option<Language>,
    /// A short quotation that supports the fact.
    #[uniffi(default)]
    pub quotation: Option<Note>,
    /// A copy kept by an archive.
    #[uniffi(default)]
    pub archived: Option<Url>,
}

/// The words of a commitment.
#[uniffi::remote(Record)]
pub struct Words {
    /// The words, exactly.
    pub text: Note,
    /// Where they can be read.
    pub source: Source,
}

/// A state, a government, an institution: who commits, or to whom.
#[uniffi::remote(Record)]
pub struct Party {
    /// Its id, such as `jp` or `jp-diet`.
    pub id: Slug,
    /// Its names by language; at least one.
    pub names: Names,
    /// What others call it: ISO 3166, Wikidata and the like.
    #[uniffi(default)]
    pub identifiers: Vec<Identifier>,
}

/// What a party is called in a scheme of others.
#[uniffi::remote(Record)]
pub struct Identifier {
    /// The scheme, such as `iso-3166-1` or `wikidata`.
    pub scheme: Slug,
    /// The identifier in that scheme, such as `JP` or `Q17`.
    pub value: Title,
}

/// One undertaking: the exact words with their source, who gave them to whom, and the procedure it has to go through.
#[uniffi::remote(Record)]
pub struct Commitment {
    /// Its id, such as `jp/hague-convention`.
    pub id: Slug,
    /// What it is about.
    pub title: Title,
    /// The procedure it is pinned to.
    pub procedure: ProcedureRef,
    /// Who commits; at least one party.
    pub by: Vec<Slug>,
    /// The day the word was given.
    pub made: Day,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The words used, with their source.
    pub words: Words,
    /// The rules of those of the procedure's clocks that leave their rule to the commitment.
    pub rules: ClockRules,
    /// To whom.
    #[uniffi(default)]
    pub to: Vec<Slug>,
    /// By when, if a day, month or year was named.
    #[uniffi(default)]
    pub deadline: Option<Deadline>,
    /// What it can be found under.
    #[uniffi(default)]
    pub topics: Vec<Slug>,
    /// The commitment of which this is one piece.
    #[uniffi(default)]
    pub part_of: Option<Slug>,
    /// The status at which its history opens, if not at the procedure's initial status on the day it was made.
    #[uniffi(default)]
    pub opening: Option<Opening>,
}

/// The status at which a commitment's history opens.
#[uniffi::remote(Record)]
pub struct Opening {
    /// The status.
    pub status: Slug,
    /// Since when it stood there.
    pub on: Date,
    /// The evidence.
    #[uniffi(default)]
    pub sources: Vec<Source>,
    /// A note on it.
    #[uniffi(default)]
    pub note: Option<Note>,
}

/// Which procedure exactly a commitment goes through: a later edition of the same version cannot take its place.
#[uniffi::remote(Record)]
pub struct ProcedureRef {
    /// The procedure's id.
    pub id: Slug,
    /// Its version.
    pub version: u32,
    /// The digest of the procedure's canonical JSON.
    pub digest: servanda::Digest,
}

/// A clock's rule as the commitment itself has it, such as a treaty's own article on its entry into force.
#[uniffi::remote(Record)]
pub struct ClockRule {
    /// Where the rule stands, such as an article of the treaty.
    pub basis: Title,
    /// When the clock fires after its start.
    pub rule: Rule,
    /// How many parties must have deposited their instruments before the clock starts, on the day of the last of them. Without it
    /// the clock starts as the procedure says.
    #[uniffi(default)]
    pub deposits: Option<u32>,
    /// The treaty's own article in full, of which `deposits` and `rule` are then the first alternative.
    #[uniffi(default)]
    pub treaty: Option<Box<EntryIntoForce>>,
}

/// The legal weight of the words. It decides what counts as keeping them.
#[uniffi::remote(Enum)]
pub enum Obligation {
    /// To bring something about: "will", "shall".
    Result,
    /// To strive for something: "will work toward", "will support".
    Conduct,
    /// To decide on something, either way: "will consider".
    Consideration,
    /// To hold a view: "reiterates that".
    Position,
}

/// Reads a commitment from TOML. `file` is the name to use in diagnostics. Its procedure can be named by its id among
/// `procedures` and the built-in ones.
///
/// # Errors
///
/// `commitment-refused`, by line; `no-procedure`.
#[uniffi::export]
pub fn commitment_from_toml(
    file: &str,
    text: &str,
    procedures: Vec<servanda::Procedure>,
) -> Result<Commitment, crate::error::ServandaError> {
    Ok(Commitment::from_toml(file, text, &procedures)?)
}
