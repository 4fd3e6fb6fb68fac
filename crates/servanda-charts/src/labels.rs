//! The words of the pictures, which a caller can translate.

use std::collections::BTreeMap;

use servanda_core::{Date, Language, Phase, Timeliness, Title, Verdict, in_english};

/// The words of a picture. Every method has an English default, so that a translation can begin
/// with a few.
///
/// ```
/// use servanda_charts::{Label, Labels};
/// use servanda_core::Verdict;
///
/// struct German;
///
/// impl Labels for German {
///     fn language(&self) -> &str {
///         "de"
///     }
///
///     fn label(&self, label: Label) -> &str {
///         match label {
///             Label::Deadline => "Frist",
///             other => other.english(),
///         }
///     }
/// }
///
/// assert_eq!(German.label(Label::Deadline), "Frist");
/// assert_eq!(German.verdict(Verdict::Kept), "kept");
/// ```
pub trait Labels {
    /// Returns the tag of the language, for the attribute `lang`.
    fn language(&self) -> &str {
        "en"
    }

    /// Returns a fixed word.
    fn label(&self, label: Label) -> &str {
        label.english()
    }

    /// Returns the word for a verdict.
    fn verdict(&self, verdict: Verdict) -> &str {
        match verdict {
            Verdict::InProgress => "in progress",
            Verdict::PartlyKept => "partly kept",
            other => other.as_str(),
        }
    }

    /// Returns the word for how a verdict relates to its deadline.
    fn timeliness(&self, timeliness: Timeliness) -> &str {
        match timeliness {
            Timeliness::OnTime => "on time",
            Timeliness::Late => "late",
            Timeliness::Overdue => "overdue",
            Timeliness::Unknown => "not known whether on time",
        }
    }

    /// Returns the word for a phase.
    fn phase(&self, phase: Phase) -> &str {
        phase.as_str()
    }

    /// Returns a date as readers of the language write it.
    fn date(&self, date: Date) -> String {
        let written = date.to_string();
        match written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(|range| range.split_once(".."))
        {
            Some((first, last)) => format!("{first} – {last}"),
            None => written,
        }
    }

    /// Returns the short name of a month from 1 to 12. The axis of a timeline has room for about
    /// four letters.
    fn month(&self, month: u32) -> &str {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        month.checked_sub(1).and_then(|index| names.get(usize::try_from(index).ok()?)).copied().unwrap_or_default()
    }

    /// Chooses one of several titles: that in English, or the first.
    fn title<'a>(&self, titles: &'a BTreeMap<Language, Title>) -> &'a str {
        in_english(titles)
    }

    /// Returns a decimal number, such as `1234.5`, as readers of the language write it.
    fn number(&self, decimal: &str) -> String {
        decimal.to_owned()
    }

    /// Returns the name of a party or a body by its id. The default is the id.
    fn party(&self, id: &str) -> String {
        id.to_owned()
    }

    /// Says how many events a picture leaves out.
    fn left_out(&self, count: usize) -> String {
        match count {
            1 => "1 event is left out here; the full history has it".to_owned(),
            _ => format!("{count} events are left out here; the full history has them"),
        }
    }

    /// Says how many commitments a tally counts.
    fn commitments(&self, count: usize) -> String {
        match count {
            1 => "1 commitment".to_owned(),
            _ => format!("{count} commitments"),
        }
    }

    /// Says how many commitments of a tally are overdue.
    fn overdue(&self, count: usize) -> String {
        format!("{count} overdue")
    }
}

/// The English words.
///
/// ```
/// use servanda_charts::{English, Label, Labels};
///
/// assert_eq!(English.label(Label::Corrected), "corrected");
/// assert_eq!(English.date("[2013-02-10..2013-02-14]".parse()?), "2013-02-10 – 2013-02-14");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl Labels for English {}

/// A fixed word of a picture.
///
/// ```
/// use servanda_charts::Label;
///
/// let words: Vec<_> = Label::ALL.iter().map(|label| (label.as_str(), label.english())).collect();
/// assert!(words.contains(&("deadline-replaced", "deadline, replaced")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Label {
    /// A timeline, in the title of the picture.
    Timeline,
    /// A tally, in the title of the picture.
    Tally,
    /// A diagram of a procedure, in the title of the picture.
    Procedure,
    /// A chart of measurements, in the title of the picture.
    Measurements,
    /// The status in which a commitment starts.
    Initial,
    /// Only a step that reopens leads out of a status.
    Final,
    /// A step reopens a final status.
    Reopens,
    /// The commitment was made.
    Made,
    /// A matter without a promise begins.
    Begins,
    /// A clock takes a step, or took it.
    Clock,
    /// A step rests on the absence of an entry.
    Presumed,
    /// A step may have been taken, because its date is imprecise.
    Possible,
    /// An event lies after the day of the view.
    Ahead,
    /// A clock fires unless something else happens before.
    Unless,
    /// The day of an event is unknown.
    UnknownDay,
    /// A deadline.
    Deadline,
    /// A deadline that does not count.
    DeadlineReplaced,
    /// A date by which a target should be reached.
    Target,
    /// An event that did not change the status.
    Remark,
    /// An instrument was deposited.
    Deposit,
    /// A measurement of progress.
    Measurement,
    /// A body becomes responsible, or ceases to be.
    Responsible,
    /// A link to another commitment.
    Link,
    /// Another kind of entry.
    Entry,
    /// An entry was retracted.
    Corrected,
    /// The day of the view.
    DayAsked,
    /// The status is unknown.
    UnknownStatus,
    /// There is no verdict.
    NoVerdict,
}

impl Label {
    /// All labels.
    pub const ALL: [Self; 28] = [
        Self::Timeline,
        Self::Tally,
        Self::Procedure,
        Self::Measurements,
        Self::Initial,
        Self::Final,
        Self::Reopens,
        Self::Made,
        Self::Begins,
        Self::Clock,
        Self::Presumed,
        Self::Possible,
        Self::Ahead,
        Self::Unless,
        Self::UnknownDay,
        Self::Deadline,
        Self::DeadlineReplaced,
        Self::Target,
        Self::Remark,
        Self::Deposit,
        Self::Measurement,
        Self::Responsible,
        Self::Link,
        Self::Entry,
        Self::Corrected,
        Self::DayAsked,
        Self::UnknownStatus,
        Self::NoVerdict,
    ];

    /// The name of the label, such as `unknown-day`, for the key of a translation.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Tally => "tally",
            Self::Procedure => "procedure",
            Self::Measurements => "measurements",
            Self::Initial => "initial",
            Self::Final => "final",
            Self::Reopens => "reopens",
            Self::Made => "made",
            Self::Begins => "begins",
            Self::Clock => "clock",
            Self::Presumed => "presumed",
            Self::Possible => "possible",
            Self::Ahead => "ahead",
            Self::Unless => "unless",
            Self::UnknownDay => "unknown-day",
            Self::Deadline => "deadline",
            Self::DeadlineReplaced => "deadline-replaced",
            Self::Target => "target",
            Self::Remark => "remark",
            Self::Deposit => "deposit",
            Self::Measurement => "measurement",
            Self::Responsible => "responsible",
            Self::Link => "link",
            Self::Entry => "entry",
            Self::Corrected => "corrected",
            Self::DayAsked => "day-asked",
            Self::UnknownStatus => "unknown-status",
            Self::NoVerdict => "no-verdict",
        }
    }

    /// The English word.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Tally => "Verdicts",
            Self::Procedure => "Procedure",
            Self::Measurements => "Measurements",
            Self::Initial => "begins here",
            Self::Final => "final",
            Self::Reopens => "reopens",
            Self::Made => "commitment made",
            Self::Begins => "begins",
            Self::Clock => "by the passing of time",
            Self::Presumed => "presumed",
            Self::Possible => "may have happened",
            Self::Ahead => "ahead",
            Self::Unless => "unless something happens before",
            Self::UnknownDay => "day unknown",
            Self::Deadline => "deadline",
            Self::DeadlineReplaced => "deadline, replaced",
            Self::Target => "target",
            Self::Remark => "remark",
            Self::Deposit => "deposit",
            Self::Measurement => "measurement",
            Self::Responsible => "responsible body",
            Self::Link => "link",
            Self::Entry => "entry",
            Self::Corrected => "corrected",
            Self::DayAsked => "as of this day",
            Self::UnknownStatus => "status unknown",
            Self::NoVerdict => "no verdict",
        }
    }
}
