//! The front page.

use askama::Template;
use servanda::Verdict;

use super::changes::{Happening, happening};
use super::context::Badge;
use super::lists::{Filters, Item, PAGE, filters, item};
use super::{Context, Layout, Section, any_day, linked_data, pictures, put, share};
use crate::PublishError;
use crate::model::{Order, Row, VERDICTS, ordered};
use crate::text::{Html, markdown};
use crate::write::SiteWriter;

/// How many recent changes, overdue commitments and coming days the front page shows.
const FEW: usize = 6;

#[derive(Template)]
#[template(path = "front.html")]
struct Front<'a> {
    /// Whether a list has what the script needs.
    listed: bool,
    page: Layout<'a>,
    introduction: Html,
    count: String,
    bar: Html,
    tally: Vec<Share>,
    /// The day of the view.
    day: String,
    /// The files with the states on any day, for the script.
    states: String,
    recent: Vec<Happening>,
    overdue: Vec<Item>,
    due: Vec<super::agenda::Due>,
    filters: Filters,
    items: Vec<Item>,
    /// Where the list goes on, if it is longer than a page.
    more: Option<String>,
    moment: Html,
    digest: String,
}

/// The commitments with one verdict.
pub(crate) struct Share {
    pub(crate) badge: Badge,
    pub(crate) count: String,
    /// The share of all commitments in percent.
    pub(crate) percent: String,
    /// How many of them are overdue, in words; empty if none are.
    pub(crate) overdue: String,
    pub(crate) href: String,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let (model, words) = (context.model, context.words);
    let description = words.count("count.commitments", model.rows.len());
    let mut page = Layout::new(context, "index.html", "", Some(Section::Front)).described(&description);
    page.head = linked_data::front(context, &page);
    let shares = tally(context, model.rows.iter());
    page.picture = share::of_tally(context, &shares);
    let root = page.root.clone();
    let overdue = ordered(model.rows.iter().filter(|row| row.is_overdue()), Order::Deadline);
    let introduction = context.site.introduction.get(context.language);
    let moment = model.known_at.or(model.newest).map(|moment| context.moment(moment)).unwrap_or_default();
    let front = Front {
        listed: false,
        day: model.day.to_string(),
        states: any_day::files(context).join(" "),
        introduction: introduction.map_or_else(Html::default, markdown),
        count: description,
        bar: pictures::tally(context, model.rows.iter()),
        tally: shares,
        recent: model.events().rev().take(FEW).map(|event| happening(context, event, &root)).collect(),
        overdue: overdue.into_iter().take(FEW).map(|row| item(context, row, &root)).collect(),
        due: super::agenda::due(context, &root).into_iter().take(FEW).collect(),
        filters: filters(context, &root),
        more: (model.rows.len() > PAGE).then(|| "lists/by-change-2.html".to_owned()),
        items: ordered(&model.rows, Order::Change)
            .into_iter()
            .take(PAGE)
            .map(|row| item(context, row, &root))
            .collect(),
        moment: words.filled("front.as_known", &[("moment", &moment)]),
        digest: model.digest.to_string(),
        page,
    };
    put(context, "index.html", &front, out)
}

/// How many commitments have each verdict, and how many of them are overdue, in the order in which
/// verdicts are listed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts([(usize, usize); VERDICTS.len()]);

impl Counts {
    /// Counts a commitment.
    pub(crate) fn add(&mut self, verdict: Option<Verdict>, is_overdue: bool) {
        if let Some((count, overdue)) = self.of(verdict) {
            *count += 1;
            *overdue += usize::from(is_overdue);
        }
    }

    /// No longer counts a commitment.
    pub(crate) fn remove(&mut self, verdict: Option<Verdict>, is_overdue: bool) {
        if let Some((count, overdue)) = self.of(verdict) {
            *count = count.saturating_sub(1);
            *overdue = overdue.saturating_sub(usize::from(is_overdue));
        }
    }

    fn of(&mut self, verdict: Option<Verdict>) -> Option<&mut (usize, usize)> {
        VERDICTS.iter().position(|known| *known == verdict).and_then(|index| self.0.get_mut(index))
    }

    pub(crate) fn total(&self) -> usize {
        self.0.iter().map(|(count, _)| count).sum()
    }
}

/// Counts the verdicts of commitments, in the order in which verdicts are listed, with links to the
/// lists.
pub(crate) fn tally<'r>(context: &Context<'_>, rows: impl Iterator<Item = &'r Row>) -> Vec<Share> {
    let mut counts = Counts::default();
    rows.for_each(|row| counts.add(row.verdict, row.is_overdue()));
    let mut shares = shares(context, &counts);
    for share in &mut shares {
        share.href = format!("lists/{}.html", share.badge.class);
    }
    shares
}

/// Returns the verdicts with their numbers, in the order in which verdicts are listed.
pub(crate) fn shares(context: &Context<'_>, counts: &Counts) -> Vec<Share> {
    let all = counts.total();
    let of_verdict = |(verdict, (count, overdue)): (_, (usize, usize))| {
        (count > 0).then(|| Share {
            href: String::new(),
            badge: context.badge(verdict, None),
            count: context.words.number(count),
            percent: percent(count, all),
            overdue: match overdue {
                0 => String::new(),
                _ => context.words.t("front.overdue_part").replace("{n}", &context.words.number(overdue)),
            },
        })
    };
    VERDICTS.into_iter().zip(counts.0).filter_map(of_verdict).collect()
}

/// A share in percent, rounded to the nearest whole number.
fn percent(count: usize, all: usize) -> String {
    format!("{} %", (200 * count + all) / (2 * all).max(1))
}
