//! The channels that a reader can follow: the paths of feeds, calendars and cards.

use servanda::Slug;

use super::Context;

/// A set of changes that has a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// All changes.
    All,
    /// The corrections of all commitments.
    Corrections,
    /// The changes of one commitment.
    Commitment(Slug),
    /// The changes of the commitments by and to a party.
    Party(Slug),
    /// The changes of the commitments about a topic.
    Topic(Slug),
}

impl Channel {
    /// The path of the feed, in the folder of a language.
    pub(crate) fn feed(&self) -> String {
        format!("feeds/{}.atom", self.name())
    }

    /// The path of the calendar of deadlines.
    pub(crate) fn calendar(&self) -> String {
        format!("feeds/{}.ics", self.name())
    }

    /// Whether there is a calendar. A single commitment has none, because its page says when
    /// something is due.
    pub(crate) fn has_calendar(&self) -> bool {
        matches!(self, Self::All | Self::Party(_) | Self::Topic(_))
    }

    /// The path of the card that other sites can embed, if there is one.
    pub(crate) fn card(&self) -> Option<String> {
        match self {
            Self::All => Some("embed/tally.html".to_owned()),
            Self::Commitment(id) => Some(format!("embed/commitments/{id}.html")),
            Self::Corrections | Self::Party(_) | Self::Topic(_) => None,
        }
    }

    /// The path of the page about the same.
    pub(crate) fn page(&self) -> String {
        match self {
            Self::All => "index.html".to_owned(),
            Self::Commitment(id) => super::context::commitment_path(id),
            _ => format!("{}.html", self.name()),
        }
    }

    /// The title of the feed as plain text.
    pub(crate) fn title(&self, context: &Context<'_>) -> String {
        let words = context.words;
        match self {
            Self::All => words.t("follow.all").to_owned(),
            Self::Corrections => words.t("follow.corrections").to_owned(),
            _ => words.t("follow.of").replace("{title}", &self.about(context)),
        }
    }

    /// The name of the commitment, the party or the topic as plain text.
    pub(crate) fn about(&self, context: &Context<'_>) -> String {
        match self {
            Self::All | Self::Corrections => context.site_name(),
            Self::Commitment(id) => {
                context.model.row(id).map_or(id.to_string(), |row| crate::text::plain(context.title(row).0))
            }
            Self::Party(id) => context.plain_party(id),
            Self::Topic(id) => context.plain_topic(id),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Corrections => "corrections".to_owned(),
            Self::Commitment(id) => format!("commitments/{id}"),
            Self::Party(id) => format!("parties/{id}"),
            Self::Topic(id) => format!("topics/{id}"),
        }
    }
}
