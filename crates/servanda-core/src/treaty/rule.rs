//! The rules of a treaty on its entry into force, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::procedure::Rule;
use crate::value::{Day, Decimal, Language, Slug, Source, Title, is_false, present};

/// The article of a treaty that says when it enters into force, and for which parties.
///
/// Fields are in alphabetical order, as in JSON. [`check`](EntryIntoForce::check) reports what is
/// wrong with a rule that was built in code. [`from_toml`](EntryIntoForce::from_toml) refuses such
/// a rule, and reports the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntryIntoForce {
    /// How other states than signatories accede, if the article treats them differently.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub acceding: Option<Joining>,
    /// How the treaty enters into force at all. The alternative with the earliest day applies.
    pub general: Vec<Alternative>,
    /// The id, such as `hague-1980`.
    pub id: Slug,
    /// How it enters into force for a party that deposits after the general conditions were met.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub later: Option<Joining>,
    /// When it ceases to be in force for a party that leaves.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Leaving>,
    /// Organizations whose instruments are not counted in addition to those of their members.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub organizations: Option<Organizations>,
    /// The publications of the article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Source>,
    /// The signatories, if only signatories count.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signatories: Option<Signatories>,
    /// The day of signature, if a period starts with it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signed: Option<Day>,
    /// The title of the treaty, by language.
    pub title: BTreeMap<Language, Title>,
}

/// One way in which a treaty enters into force: conditions, and a rule that counts from the day on
/// which they are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alternative {
    /// Whether all signatories have to deposit.
    #[serde(default, skip_serializing_if = "is_false")]
    pub all_signatories: bool,
    /// The article.
    pub basis: Title,
    /// The number of parties that have to deposit, at least.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub deposits: Option<u32>,
    /// The percentage of the signatories that is enough, if that is fewer parties.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub or_percent_of_signatories: Option<u32>,
    /// A period from signature that has to be over first.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub period: Option<SignaturePeriod>,
    /// The rule that gives the day of entry into force after the conditions are met.
    pub rule: Rule,
    /// The share of a total that the depositing parties must have together.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub share: Option<ShareWanted>,
}

/// A minimum share of a total, such as of emissions or of gross domestic product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShareWanted {
    /// The minimum, in per cent. Exactly this share is enough.
    pub at_least: Decimal,
    /// The total.
    pub of: Title,
}

/// A period of months from the day of signature. It ends with the day of the same number, or with
/// the last day of the month if that is shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SignaturePeriod {
    /// Whether the conditions must be met when the period ends, or only later.
    pub met: Met,
    /// The number of months.
    pub months: u32,
}

/// When conditions have to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// When the period ends. The rule counts from that day.
    Within,
    /// Later, if they were not met when the period ended. The rule counts from the day on which
    /// they are met.
    After,
}

/// How a party joins that was not among those with which the treaty entered into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Joining {
    /// The article.
    pub basis: Title,
    /// A note. Without a rule it says what joining requires.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Title>,
    /// The rule that gives the day of entry into force for the party after its deposit. Without a
    /// rule no day follows from the deposit.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
}

/// When a treaty ceases to be in force for a party that withdraws from it or denounces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Leaving {
    /// The article.
    pub basis: Title,
    /// The number of months after entry into force for the party before it can give notice.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub not_before_months: Option<u32>,
    /// The rule that gives the day of effect after the depositary has received the notice.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// The terms, in place of a rule. A notice takes effect at the end of a term.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub terms: Option<RenewalTerms>,
}

/// Consecutive terms of months, from the general entry into force of the treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RenewalTerms {
    /// The number of months of a term.
    pub months: u32,
    /// The number of months before the end of a term by which notice has to be given.
    pub notice_months: u32,
}

/// Organizations whose instruments are not counted in addition to those of their members, such as
/// the European Union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Organizations {
    /// The article.
    pub basis: Title,
    /// The organizations.
    pub parties: Vec<KnownParty>,
}

/// The signatories of a treaty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Signatories {
    /// The number of signatories.
    pub count: u32,
    /// The signatories. If none is listed, every party that deposits is taken to be one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<KnownParty>,
}

/// A party and its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownParty {
    /// The id, such as `vn`.
    pub id: Slug,
    /// The names, in any spelling: capitals, spaces and points do not matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Title>,
}

impl EntryIntoForce {
    /// An empty rule, in place of one that cannot be read.
    pub(crate) fn nothing() -> Self {
        Self {
            acceding: None,
            general: Vec::new(),
            id: Slug::from_static("nothing"),
            later: None,
            leaving: None,
            organizations: None,
            references: Vec::new(),
            signatories: None,
            signed: None,
            title: BTreeMap::new(),
        }
    }

    /// Returns the rule with the number of signatories, but without the list of them.
    ///
    /// Use it if the signatories are not known. Every party that deposits is then taken to be one.
    ///
    /// ```
    /// # use servanda_core::builtin;
    /// let signatories = builtin::cptpp().clone().whoever_signed().signatories.expect("CPTPP has signatories");
    /// assert_eq!((signatories.count, signatories.parties.len()), (11, 0));
    /// ```
    #[must_use]
    pub fn whoever_signed(mut self) -> Self {
        if let Some(signatories) = &mut self.signatories {
            signatories.parties.clear();
        }
        self
    }

    /// Whether a party is listed as a signatory, by its id or one of its names.
    ///
    /// Always `false` if no signatories are listed.
    #[must_use]
    pub fn lists(&self, party: &str) -> bool {
        let key = self.known().key_of(party);
        self.signatories.iter().flat_map(|signatories| &signatories.parties).any(|known| known.id == *key)
    }

    /// The ids of the parties in the rule, by name.
    pub(super) fn known(&self) -> Names<'_> {
        let signatories = self.signatories.iter().flat_map(|signatories| &signatories.parties);
        let organizations = self.organizations.iter().flat_map(|organizations| &organizations.parties);
        let names = signatories.chain(organizations).flat_map(|party| {
            let names = party.names.iter().map(Title::as_str).chain([party.id.as_str()]);
            names.map(|name| (key(name), &party.id))
        });
        Names(names.collect())
    }
}

/// The ids of parties, by normalized name.
pub(super) struct Names<'a>(BTreeMap<String, &'a Slug>);

impl Names<'_> {
    /// The key that identifies a party: its id if the rule knows the party, otherwise its
    /// normalized name.
    pub(super) fn key_of(&self, party: &str) -> String {
        let key = key(party);
        match self.0.get(&key) {
            Some(id) => id.to_string(),
            None => key,
        }
    }
}

impl Alternative {
    /// The number of parties that have to deposit, or 0 if the number does not matter.
    pub(super) fn needed(&self, signatories: Option<&Signatories>) -> u32 {
        let count = signatories.map_or(0, |signatories| signatories.count);
        if self.all_signatories {
            return count;
        }
        let percent = self.or_percent_of_signatories.map(|percent| {
            // "At least 50 per cent" of eleven is six.
            let needed = (u64::from(count) * u64::from(percent)).div_ceil(100);
            u32::try_from(needed).unwrap_or(u32::MAX)
        });
        match (self.deposits, percent) {
            (Some(deposits), Some(percent)) => deposits.min(percent),
            (deposits, percent) => deposits.or(percent).unwrap_or(0),
        }
    }
}

/// Normalizes a name, so that capitals, spaces and points do not matter.
pub(super) fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    let key = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    // A name without letters and digits stays as it is.
    if key.is_empty() { name.to_owned() } else { key }
}
