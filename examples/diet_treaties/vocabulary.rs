//! The words in the lists of the House of Representatives, and their meanings. An unknown word is
//! reported, never guessed.

use servanda::Slug;
use servanda::builtin::diet_treaty_approval as diet;

/// A house of the Diet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum House {
    Lower,
    Upper,
}

impl House {
    pub(crate) const BOTH: [Self; 2] = [Self::Lower, Self::Upper];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Upper => Self::Lower,
        }
    }

    /// The prefix of the columns about this house.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Lower => "hr",
            Self::Upper => "hc",
        }
    }

    /// Its id as a party.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Lower => "jp-house-of-representatives",
            Self::Upper => "jp-house-of-councillors",
        }
    }

    /// Its names in English and in Japanese.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Lower => ("House of Representatives", "衆議院"),
            Self::Upper => ("House of Councillors", "参議院"),
        }
    }

    pub(crate) fn spoken(self) -> &'static str {
        match self {
            Self::Lower => "the lower house",
            Self::Upper => "the upper house",
        }
    }
}

/// Whether a house is the first or the second to consider a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    First,
    Second,
}

impl House {
    pub(crate) fn referred(self, turn: Turn) -> Slug {
        match (self, turn) {
            (Self::Lower, Turn::First) => diet::LOWER_FIRST_REFERRED,
            (Self::Upper, Turn::Second) => diet::UPPER_SECOND_REFERRED,
            (Self::Upper, Turn::First) => diet::UPPER_FIRST_REFERRED,
            (Self::Lower, Turn::Second) => diet::LOWER_SECOND_REFERRED,
        }
    }

    pub(crate) fn reported(self, turn: Turn) -> Slug {
        match (self, turn) {
            (Self::Lower, Turn::First) => diet::LOWER_FIRST_REPORTED,
            (Self::Upper, Turn::Second) => diet::UPPER_SECOND_REPORTED,
            (Self::Upper, Turn::First) => diet::UPPER_FIRST_REPORTED,
            (Self::Lower, Turn::Second) => diet::LOWER_SECOND_REPORTED,
        }
    }

    pub(crate) fn approved(self, turn: Turn) -> Slug {
        match (self, turn) {
            (_, Turn::Second) => diet::APPROVED_BY_BOTH_HOUSES,
            (Self::Lower, Turn::First) => diet::LOWER_FIRST_PASSED,
            (Self::Upper, Turn::First) => diet::UPPER_FIRST_PASSED,
        }
    }

    pub(crate) fn rejected(self, turn: Turn) -> Slug {
        match (self, turn) {
            (_, Turn::First) => diet::REJECTED,
            (Self::Lower, Turn::Second) => diet::LOWER_SECOND_REJECTED,
            (Self::Upper, Turn::Second) => diet::UPPER_SECOND_REJECTED,
        }
    }

    pub(crate) fn carried_over(self) -> Slug {
        match self {
            Self::Lower => diet::LOWER_CARRIED_OVER,
            Self::Upper => diet::UPPER_CARRIED_OVER,
        }
    }
}

/// The final status of a row, in the column `status_ja`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteStatus {
    /// 両院承認.
    ApprovedByBothHouses,
    /// 承認: the decision of the lower house alone prevailed.
    ApprovedByTheLowerHouse,
    /// 不承認.
    Rejected,
    /// 未了: not finished when the session closed.
    Unfinished,
    CarriedOver(House),
    Pending(House),
    /// 撤回.
    Withdrawn,
    /// 両院の意見が一致しない旨報告: the houses disagree. This is not the end, but a step with its own row.
    HousesDisagree,
}

impl SiteStatus {
    pub(crate) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "両院承認" => Self::ApprovedByBothHouses,
            "承認" => Self::ApprovedByTheLowerHouse,
            "不承認" => Self::Rejected,
            "未了" => Self::Unfinished,
            "衆議院で閉会中審査" => Self::CarriedOver(House::Lower),
            "参議院で閉会中審査" => Self::CarriedOver(House::Upper),
            "衆議院で審議中" => Self::Pending(House::Lower),
            "参議院で審議中" => Self::Pending(House::Upper),
            "撤回" => Self::Withdrawn,
            "両院の意見が一致しない旨報告" => Self::HousesDisagree,
            _ => return None,
        })
    }
}

/// The result of a committee or of a plenary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Approved,
    Rejected,
    /// 審査未了: a committee did not finish. There is no day.
    Unfinished,
    /// 閉会中審査: a house voted to have the treaty examined while the Diet is closed.
    CarriedOver,
    /// 撤回許可: the Cabinet was allowed to withdraw the treaty.
    Withdrawn,
    /// The chair of the delegates reports that the conference of both houses has failed.
    HousesDisagree,
}

/// The known words, for messages about an unknown one.
pub(crate) const COMMITTEE_WORDS: &str = "承認, 不承認, 審査未了, 撤回許可";
pub(crate) const PLENARY_WORDS: &str =
    "承認, 不承認, 閉会中審査, 撤回許可, 両院協議会協議委員議長から両院の意見が一致しない旨の報告";

/// 可決, the word for bills, is used instead of 承認 in some rows. It is the only known alias.
pub(crate) const ALIAS: &str = "可決";

impl Ended {
    pub(crate) fn in_committee(word: &str) -> Option<Self> {
        Some(match word {
            "承認" | ALIAS => Self::Approved,
            "不承認" => Self::Rejected,
            "審査未了" => Self::Unfinished,
            "撤回許可" | "撤回" => Self::Withdrawn,
            _ => return None,
        })
    }

    pub(crate) fn in_plenary(word: &str) -> Option<Self> {
        Some(match word {
            "承認" | ALIAS => Self::Approved,
            "不承認" => Self::Rejected,
            "閉会中審査" => Self::CarriedOver,
            "撤回許可" | "撤回" => Self::Withdrawn,
            "両院協議会協議委員議長から両院の意見が一致しない旨の報告" => {
                Self::HousesDisagree
            }
            _ => return None,
        })
    }
}

/// In the column of the committee: the examination was omitted (Diet Act, art. 56(2), proviso).
pub(crate) const OMITTED: &str = "審査省略";
