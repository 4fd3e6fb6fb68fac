//! The outcome of a treaty by the ledger, and whether the list agrees.

use serde::Serialize;
use servanda::builtin::diet_treaty_approval as diet;
use servanda::{Day, Error, Phase, Slug, Standing, Tracker};

use super::importer::Imported;
use super::vocabulary::{House, SiteStatus, Turn};

/// The outcome of a treaty.
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

    /// The outcome that a status of the procedure means. `None` if an earlier step decided the
    /// outcome.
    fn of(status: &Slug, phase: Phase) -> Option<Self> {
        let after_approval = [
            diet::PROMULGATED,
            diet::DEPOSITED,
            diet::DEPOSITED_THEN_PROMULGATED,
            diet::PROMULGATED_THEN_DEPOSITED,
            diet::IN_FORCE,
        ];
        let outcomes = [
            (diet::APPROVED_BY_BOTH_HOUSES, Self::ApprovedByBothHouses),
            (diet::APPROVED_AFTER_REJECTION, Self::ApprovedAfterRejection),
            (diet::APPROVED_AFTER_THIRTY_DAYS, Self::ApprovedAfterThirtyDays),
            (diet::REJECTED, Self::Rejected),
            (diet::DROPPED, Self::Dropped),
            (diet::WITHDRAWN, Self::Withdrawn),
            (diet::LOWER_CARRIED_OVER, Self::CarriedOver),
            (diet::UPPER_CARRIED_OVER, Self::CarriedOver),
        ];
        let found = outcomes.iter().find(|(id, _)| id == status).map(|(_, outcome)| *outcome);
        found.or((phase == Phase::Active && !after_approval.contains(status)).then_some(Self::Pending))
    }
}

/// The answer for one treaty, as printed in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// The session to which it was submitted, and its number there.
    pub(crate) treaty: String,
    /// The outcome. `None` if it could not be computed.
    pub(crate) outcome: Option<Outcome>,
    /// The day on which the outcome took effect.
    pub(crate) effective: Option<Day>,
    /// The last status in the list.
    pub(crate) site_status: String,
    /// Whether the outcome was computed and equals the status in the list.
    pub(crate) agrees: bool,
    /// Problems; usually empty.
    pub(crate) note: String,
}

impl Answer {
    /// Asks the ledger about a treaty. Also returns the reason if there is no outcome, or if it
    /// differs from the list.
    pub(crate) fn compute(imported: &Imported, tracker: &Tracker) -> Result<(Self, Option<String>), Error> {
        let Imported { treaty, commitment, asked_on, remarks, .. } = imported;
        let standing = match (commitment, asked_on) {
            (Some(commitment), Some(day)) => Some(tracker.view().on(*day)?.standing(commitment)?),
            _ => None,
        };
        let computed = match &standing {
            _ if treaty.incomplete => Err("the outcome is not computed, because one of its rows is skipped".to_owned()),
            None => Err("the outcome is unknown, because the last row has no day".to_owned()),
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
            Ok((outcome, ..)) => Some(format!("computed {}, but the list says {}", outcome.as_str(), treaty.said())),
        };
        let found = treaty.problems.iter().map(|problem| format!("line {}: {}", problem.line, problem.text));
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

/// Returns the outcome, its status and the day on which it took effect, or the reason why there is
/// none. A presumed outcome is none.
fn computed(standing: &Standing, imported: &Imported) -> Result<(Outcome, Slug, Day), String> {
    let Some(status) = &standing.status else {
        let reason = standing.reason.clone().unwrap_or_default();
        return Err(format!("the status on {} is unknown: {reason}", standing.on));
    };
    let last = standing.history.iter().rev().find_map(|step| Some((Outcome::of(&step.status, step.phase)?, step)));
    let Some((outcome, step)) = last else {
        return Err(format!("the status {status} is not an outcome"));
    };
    if step.presumed || standing.presumed {
        return Err(format!(
            "{} since {} is only presumed, because the record is not attested to be complete",
            outcome.as_str(),
            step.on
        ));
    }
    let lapsed = standing.history.iter().any(|step| step.status == diet::APPROVED_AFTER_THIRTY_DAYS);
    if lapsed && imported.no_receipt {
        return Err(
            "it is unknown whether the thirty days have passed, because the day of receipt is missing".to_owned()
        );
    }
    let since = step.on.last_day();
    // If it was carried over into a session that is sitting, it is before that house again.
    let sits_again = outcome == Outcome::CarriedOver && imported.convened.is_some_and(|convened| since < convened);
    Ok((if sits_again { Outcome::Pending } else { outcome }, step.status.clone(), since))
}

/// Whether the outcome equals the status in the list. The list says 承認 if the decision of the lower
/// house prevailed, after a rejection or after thirty days.
fn agree(outcome: Outcome, status: &Slug, said: SiteStatus) -> bool {
    match said {
        SiteStatus::ApprovedByBothHouses => outcome == Outcome::ApprovedByBothHouses,
        SiteStatus::ApprovedByTheLowerHouse => {
            [Outcome::ApprovedAfterRejection, Outcome::ApprovedAfterThirtyDays].contains(&outcome)
        }
        SiteStatus::Rejected => outcome == Outcome::Rejected,
        SiteStatus::Unfinished => outcome == Outcome::Dropped,
        SiteStatus::CarriedOver(house) => *status == house.carried_over(),
        SiteStatus::Pending(house) => outcome == Outcome::Pending && can_be_before(status, house),
        SiteStatus::Withdrawn => outcome == Outcome::Withdrawn,
        SiteStatus::HousesDisagree => false,
    }
}

/// Whether a treaty with this status can be before this house. A treaty that was just submitted can
/// be before either.
fn can_be_before(status: &Slug, house: House) -> bool {
    let only_the_other = [
        house.other().referred(Turn::First),
        house.other().reported(Turn::First),
        house.other().referred(Turn::Second),
        house.other().reported(Turn::Second),
        house.other().carried_over(),
        // This house has passed it, so the other one has it.
        house.approved(Turn::First),
    ];
    !only_the_other.contains(status)
}
