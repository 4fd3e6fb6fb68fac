//! Facts that are about to be appended.

use servanda::{Date, Moment, Slug, value::EntryId};

use crate::records::Fact;

/// A fact that is not yet on a ledger, with its commitment and its day.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Draft {
    /// The fact.
    pub fact: Fact,
    /// The commitment that the fact is about. A definition has none; a registration has its own.
    #[uniffi(default)]
    pub commitment: Option<Slug>,
    /// The day on which the fact took effect, as precisely as it is known. A citation, an
    /// amendment, a retraction, a registration and a definition have no day.
    #[uniffi(default)]
    pub on: Option<Date>,
    /// The entry of the same day that this one comes after.
    #[uniffi(default)]
    pub after: Option<EntryId>,
    /// The date on which the fact was first published elsewhere, for records that are older than
    /// the ledger.
    #[uniffi(default)]
    pub published: Option<Date>,
    /// When the fact was recorded, if that was earlier than now.
    #[uniffi(default)]
    pub recorded_at: Option<Moment>,
}

impl TryFrom<Draft> for servanda::facts::Draft {
    type Error = servanda::Error;

    fn try_from(draft: Draft) -> servanda::Result<Self> {
        let Draft { fact, commitment, on, after, published, recorded_at } = draft;
        let commitment = match &fact {
            Fact::Register { commitment: registered } => commitment.or_else(|| Some(registered.id.clone())),
            _ => commitment,
        };
        let mut draft = Self::builder(commitment, servanda::Fact::from(fact));
        if let Some(on) = on {
            draft = draft.on(on);
        }
        if let Some(after) = after {
            draft = draft.after(after);
        }
        if let Some(published) = published {
            draft = draft.published(published);
        }
        if let Some(recorded_at) = recorded_at {
            draft = draft.recorded_at(recorded_at);
        }
        draft.build()
    }
}

/// Makes a batch of drafts, which are appended together.
pub(crate) fn batch(drafts: Vec<Draft>) -> servanda::Result<servanda::Batch> {
    drafts.into_iter().map(servanda::facts::Draft::try_from).collect()
}

/// The batch with what an append may leave out and allow.
pub(crate) fn with_options(batch: servanda::Batch, skip_recorded: bool, share_identifiers: bool) -> servanda::Batch {
    let batch = if skip_recorded { batch.skip_recorded() } else { batch };
    if share_identifiers { batch.share_identifiers() } else { batch }
}
