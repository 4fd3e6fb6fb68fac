//! Words of fixed vocabularies, each with an explanation for the help.

use std::error::Error;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use servanda::{Fact, Obligation, Phase, Verdict, answers::Timeliness, facts::Relation};

/// A vocabulary whose words are values of this type.
pub(super) trait Vocabulary:
    FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static
{
    fn words() -> Vec<&'static str>;

    /// Explains a word in a few words.
    fn explain(word: &str) -> &'static str;
}

/// Returns a parser for a word of a vocabulary. The help lists and explains the words.
pub(super) fn keyword<W: Vocabulary>() -> impl TypedValueParser<Value = W> {
    let words = W::words().into_iter().map(|word| PossibleValue::new(word).help(W::explain(word)));
    PossibleValuesParser::new(words).try_map(|word| word.parse::<W>())
}

/// Returns the obligations with their explanations.
pub(crate) fn obligations() -> Vec<(String, String)> {
    Obligation::words().into_iter().map(|word| (word.to_owned(), Obligation::explain(word).to_owned())).collect()
}

/// Returns a parser for a kind of fact.
pub(super) fn kind() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(Fact::kinds().map(|kind| PossibleValue::new(kind).help(explain_kind(kind))))
}

impl Vocabulary for Phase {
    fn words() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }

    fn explain(word: &str) -> &'static str {
        match word {
            "planned" => "The work has not begun",
            "active" => "The work is under way",
            "stalled" => "The work is held up",
            "achieved" => "The work is done",
            "failed" => "The work has failed",
            "superseded" => "Something else has replaced the work",
            _ => "",
        }
    }
}

impl Vocabulary for Verdict {
    fn words() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }

    fn explain(word: &str) -> &'static str {
        match word {
            "unrated" => "Nobody has looked yet",
            "pending" => "Nothing has been done yet",
            "in-progress" => "It is being done",
            "stalled" => "It is held up",
            "kept" => "The commitment was kept",
            "partly-kept" => "The commitment was kept in part",
            "broken" => "The commitment was broken",
            "unfulfilled" => "The goal was not reached, though the party did not give up",
            "released" => "Something else replaced the commitment",
            "holding" => "The position is held",
            _ => "",
        }
    }
}

impl Vocabulary for Timeliness {
    fn words() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }

    fn explain(word: &str) -> &'static str {
        match word {
            "on-time" => "The deadline has not passed, or the commitment was kept by then",
            "late" => "The commitment was kept after its deadline",
            "overdue" => "The deadline has passed, and the commitment is still open",
            "unknown" => "Imprecise dates allow both",
            _ => "",
        }
    }
}

impl Vocabulary for Obligation {
    fn words() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }

    fn explain(word: &str) -> &'static str {
        match word {
            "result" => "To bring something about: “will”, “shall”",
            "conduct" => "To strive for something: “will work toward”, “will support”",
            "consideration" => "To decide on something, either way: “will consider”",
            "position" => "To hold a view: “reiterates that”",
            _ => "",
        }
    }
}

impl Vocabulary for Relation {
    fn words() -> Vec<&'static str> {
        Self::ALL.map(Self::as_str).to_vec()
    }

    fn explain(word: &str) -> &'static str {
        match word {
            "successor" => "The other commitment takes the place of this one",
            "related" => "The other commitment has to do with this one",
            "duplicate-of" => "This commitment is the same as the other one",
            "replaces" => "This commitment takes the place of the other one",
            "split-from" => "This commitment was a part of the other one",
            "merged-into" => "This commitment has become a part of the other one",
            _ => "",
        }
    }
}

fn explain_kind(kind: &str) -> &'static str {
    match kind {
        "register" => "A commitment was made",
        "advance" => "A commitment moved to a status",
        "deposit" => "A party deposited an instrument",
        "cite" => "An entry has further sources",
        "remark" => "Something happened that did not change the status",
        "attest" => "The status was still the same",
        "reschedule" => "The deadline was moved",
        "assign" => "A body became responsible",
        "unassign" => "A body is no longer responsible",
        "measure" => "A quantified pledge was measured",
        "amend" => "A title, the topics or a note was changed",
        "link" => "A commitment is related to another one",
        "repin" => "A commitment follows another procedure",
        "retract" => "An entry was a mistake",
        "define" => "A party, a procedure or a calendar was defined",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lack<W: Vocabulary>() -> Vec<&'static str> {
        W::words().into_iter().filter(|word| W::explain(word).is_empty()).collect()
    }

    #[test]
    fn every_word_is_explained() {
        let kinds = Fact::kinds().filter(|kind| explain_kind(kind).is_empty()).collect();
        let all = [lack::<Phase>(), lack::<Verdict>(), lack::<Timeliness>(), lack::<Obligation>(), kinds];
        assert_eq!(all.concat(), Vec::<&str>::new());
        assert_eq!(lack::<Relation>(), Vec::<&str>::new());
    }
}
