//! What became of a treaty, by the ledger; and whether the list says the same.

use serde::Serialize;
use servanda::builtin::diet_treaty_approval as diet;
use servanda::{Day, Error, Phase, Slug, Standing, Tracker};

use super::importer::Imported;
use super::vocabulary::{House, SiteStatus, Turn};

/// What became of a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    ApprovedByBothHouses,
    ApprovedAfterRejection,
    ApprovedAfterThirtyDays,
    Rejected,
    Dropped,
    CarriedOver,
    Pending,
    Withdrawn,
}

impl Outcome {
    pub(crate) const ALL: [Self; 8] = [
        Self::ApprovedByBothHouses,
        Self::ApprovedAfterRejection,
        Self::ApprovedAfterThirtyDays,
        Self::Rejected,
        Self::Dropped,
        Self::CarriedOver,
        Self::Pending,
        Self::Withdrawn,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ApprovedByBothHouses => "approved-by-both-houses",
            Self::ApprovedAfterRejection => "approved-after-rejection",
            Self::ApprovedAfterThirtyDays => "approved-after-thirty-days",
            Self::Rejected => "rejected",
            Self::Dropped => "dropped",
            Self::CarriedOver => "carried-over",
            Self::Pending => "pending",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What a status of the procedure means for the question; nothing if what decided it lies further back.
    fn of(status: &Slug, phase: Phase) -> Option<Self> {
        let after_approval = [
            diet::PROMULGATED,
            diet::DEPOSITED,
            diet::DEPOSITED_THEN_PROMULGATED,
            diet::PROMULGATED_THEN_DEPOSITED,
            diet::IN_FORCE,
        ];
        let told = [
            (diet::APPROVED_BY_BOTH_HOUSES, Self::ApprovedByBothHouses),
            (diet::APPROVED_AFTER_REJECTION, Self::ApprovedAfterRejection),
            (diet::APPROVED_AFTER_THIRTY_DAYS, Self::ApprovedAfterThirtyDays),
            (diet::REJECTED, Self::Rejected),
            (diet::DROPPED, Self::Dropped),
            (diet::WITHDRAWN, Self::Withdrawn),
            (diet::LOWER_CARRIED_OVER, Self::CarriedOver),
            (diet::UPPER_CARRIED_OVER, Self::CarriedOver),
        ];
        let found = told.iter().find(|(id, _)| id == status).map(|(_, outcome)| *outcome);
        found.or((phase == Phase::Active && !after_approval.contains(status)).then_some(Self::Pending))
    }
}

/// The answer to the question what became of a treaty, as JSON has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// The session it was submitted to and its number there.
    pub(crate) treaty: String,
    /// What became of it; nothing where that could not be computed.
    pub(crate) outcome: Option<Outcome>,
    /// The day on which that took effect.
    pub(crate) effective: Option<Day>,
    /// The last word of the list on it.
    pub(crate) site_status: String,
    /// Whether the outcome was computed, and is what that word says.
    pub(crate) agrees: bool,
    /// What is wrong or odd; empty for most.
    pub(crate) note: String,
}

impl Answer {
    /// Asks the ledger about a treaty. What keeps it from an answer, or from agreement, comes back beside it.
    pub(crate) fn to(imported: &Imported, tracker: &Tracker) -> Result<(Self, Option<String>), Error> {
        let Imported { treaty, commitment, asked_on, remarks, .. } = imported;
        let standing = match (commitment, asked_on) {
            (Some(commitment), Some(day)) => Some(tracker.view().on(*day).standing(commitment)?),
            _ => None,
        };
        let computed = match &standing {
            _ if treaty.incomplete => Err("what became of it is not computed, for a row of it is left out".to_owned()),
            None => Err("what became of it is not known, for its last row has no day on which to ask".to_owned()),
            Some(standing) => computed(standing, imported),
        };
        let said = treaty.status();
        let agrees = match (&computed, said) {
            (Ok((outcome, status, _)), Some(said)) => agree(*outcome, status, said),
            _ => false,
        };
        let objection = match &computed {
            Err(why) => Some(why.clone()),
            Ok(_) if agrees => None,
            Ok((outcome, ..)) => Some(format!("computed {}, and the list says {}", outcome.as_str(), treaty.said())),
        };
        let found =
            treaty.diagnostics.iter().map(|diagnostic| format!("line {}: {}", diagnostic.line, diagnostic.text));
        let notes: Vec<String> = found.chain(remarks.iter().cloned()).chain(objection.clone()).collect();
        let computed = computed.ok();
        let answer = Self {
            treaty: treaty.id.clone(),
            outcome: computed.as_ref().map(|(outcome, ..)| *outcome),
            effective: computed.map(|(.., day)| day),
            site_status: treaty.site_status.clone(),
            agrees,
            note: notes.join("; "),
        };
        Ok((answer, objection))
    }
}

/// The outcome, the status that it rests on and the day on which that took effect; or why there is none. What is merely presumed is none.
fn computed(standing: &Standing, imported: &Imported) -> Result<(Outcome, Slug, Day), String> {
    let Some(status) = &standing.status else {
        let reason = standing.reason.clone().unwrap_or_default();
        return Err(format!("where it stood on {} is not known: {reason}", standing.on));
    };
    let last = standing.history.iter().rev().find_map(|step| Some((Outcome::of(&step.status, step.phase)?, step)));
    let Some((outcome, step)) = last else {
        return Err(format!("{status} is not an answer to what became of it"));
    };
    if step.presumed || standing.presumed {
        return Err(format!(
            "{} since {} is presumed only, for the record is not attested to be complete",
            outcome.as_str(),
            step.on
        ));
    }
    let lapsed = standing.history.iter().any(|step| step.status == diet::APPROVED_AFTER_THIRTY_DAYS);
    if lapsed && imported.no_receipt {
        return Err("whether the thirty days ran out is not known, for the day of receipt is not".to_owned());
    }
    let since = step.on.last_day();
    // Carried over into a session that sits: it lies before that house again.
    let sits_again = outcome == Outcome::CarriedOver && imported.convened.is_some_and(|convened| since < convened);
    Ok((if sits_again { Outcome::Pending } else { outcome }, step.status.clone(), since))
}

/// Whether the outcome is what the list says. 承認 is said where the lower house's decision prevailed, either way.
fn agree(outcome: Outcome, status: &Slug, said: SiteStatus) -> bool {
    match said {
        SiteStatus::ApprovedByBothHouses => outcome == Outcome::ApprovedByBothHouses,
        SiteStatus::ApprovedByTheLowerHouse => {
            [Outcome::ApprovedAfterRejection, Outcome::ApprovedAfterThirtyDays].contains(&outcome)
        }
        SiteStatus::Rejected => outcome == Outcome::Rejected,
        SiteStatus::Unfinished => outcome == Outcome::Dropped,
        SiteStatus::CarriedOver(house) => *status == house.carried_over(),
        SiteStatus::Pending(house) => outcome == Outcome::Pending && lies_before(status, house),
        SiteStatus::Withdrawn => outcome == Outcome::Withdrawn,
        SiteStatus::HousesDisagree => false,
    }
}

/// The house before which a treaty lies, as far as its status tells: one just submitted can lie before either.
fn lies_before(status: &Slug, house: House) -> bool {
    let only_the_other = [
        house.other().referred(Turn::First),
        house.other().reported(Turn::First),
        house.other().referred(Turn::Second),
        house.other().reported(Turn::Second),
        house.other().carried_over(),
        // Passed by this house, so that the other has it.
        house.approved(Turn::First),
    ];
    !only_the_other.contains(status)
}
