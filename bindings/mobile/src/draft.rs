//! Facts that are about to be appended.

use servanda::{Date, EntryId, Moment, Slug};

use crate::records::Fact;

/// A fact that is not yet on a ledger, with its commitment and its day.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Draft {
    /// The fact.
    pub fact: Fact,
    /// The commitment that the fact is about. A definition has none; a registration has its own.
    #[uniffi(default)]
    pub commitment: Option<Slug>,
    /// The day on which the fact took effect, as precisely as it is known. A citation, an amendment, a
    /// retraction, a registration and a definition have no day.
    #[uniffi(default)]
    pub on: Option<Date>,
    /// The entry of the same day that this one comes after.
    #[uniffi(default)]
    pub after: Option<EntryId>,
    /// When the fact was recorded, if that was earlier than now.
    #[uniffi(default)]
    pub recorded_at: Option<Moment>,
}

impl From<Draft> for servanda::Draft {
    fn from(draft: Draft) -> Self {
        let Draft { fact, commitment, on, after, recorded_at } = draft;
        let commitment = match &fact {
            Fact::Register { commitment: registered } => commitment.or_else(|| Some(registered.id.clone())),
            _ => commitment,
        };
        let mut draft = Self::new(commitment, fact.into());
        if let Some(on) = on {
            draft = draft.on(on);
        }
        if let Some(after) = after {
            draft = draft.after(after);
        }
        match recorded_at {
            Some(recorded_at) => draft.recorded_at(recorded_at),
            None => draft,
        }
    }
}

/// Makes a batch of drafts, which are appended together.
pub(crate) fn batch(drafts: Vec<Draft>) -> servanda::Batch {
    drafts.into_iter().map(servanda::Draft::from).collect()
}
