//! The front page.

use askama::Template;

use super::changes::{Happening, happening};
use super::context::Badge;
use super::lists::{Filters, Item, filters, item};
use super::{Context, Layout, Section, linked_data, pictures, put};
use crate::PublishError;
use crate::model::{Order, Row, VERDICTS, ordered};
use crate::text::{Html, markdown};
use crate::write::SiteWriter;

/// How many recent changes, overdue commitments and coming days the front page shows.
const FEW: usize = 6;

#[derive(Template)]
#[template(path = "front.html")]
struct Front<'a> {
    page: Layout<'a>,
    introduction: Html,
    count: String,
    bar: Html,
    tally: Vec<Share>,
    recent: Vec<Happening>,
    overdue: Vec<Item>,
    due: Vec<super::agenda::Due>,
    filters: Filters,
    items: Vec<Item>,
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

pub(super) fn write(context: &Context<'_>, out: &mut SiteWriter) -> Result<(), PublishError> {
    let (model, words) = (context.model, context.words);
    let description = words.count("count.commitments", model.rows.len());
    let mut page = Layout::new(context, "index.html", "", Some(Section::Front)).described(&description);
    page.head = linked_data::front(context, &page);
    let root = page.root.clone();
    let overdue = ordered(model.rows.iter().filter(|row| row.is_overdue()), Order::Deadline);
    let introduction = context.site.introduction.get(context.language);
    let moment = model.known_at.or(model.newest).map(|moment| context.moment(moment)).unwrap_or_default();
    let front = Front {
        introduction: introduction.map_or_else(Html::default, markdown),
        count: description,
        bar: pictures::tally(context, model.rows.iter()),
        tally: tally(context, model.rows.iter()),
        recent: model.events.iter().rev().take(FEW).map(|event| happening(context, event, &root)).collect(),
        overdue: overdue.into_iter().take(FEW).map(|row| item(context, row, &root)).collect(),
        due: super::agenda::due(context, &root).into_iter().take(FEW).collect(),
        filters: filters(context, &root),
        items: ordered(&model.rows, Order::Change).into_iter().map(|row| item(context, row, &root)).collect(),
        moment: words.filled("front.as_known", &[("moment", &moment)]),
        digest: model.digest.to_string(),
        page,
    };
    put(context, "index.html", &front, out)
}

/// Counts the verdicts of commitments, in the order in which verdicts are listed.
pub(crate) fn tally<'r>(context: &Context<'_>, rows: impl Iterator<Item = &'r Row> + Clone) -> Vec<Share> {
    let all = rows.clone().count();
    let of_verdict = |verdict| {
        let these = || rows.clone().filter(move |row| row.verdict == verdict);
        let (count, overdue) = (these().count(), these().filter(|row| row.is_overdue()).count());
        (count > 0).then(|| {
            let badge = context.badge(verdict, None);
            Share {
                href: format!("lists/{}.html", badge.class),
                badge,
                count: context.words.number(count),
                percent: percent(count, all),
                overdue: match overdue {
                    0 => String::new(),
                    _ => context.words.t("front.overdue_part").replace("{n}", &context.words.number(overdue)),
                },
            }
        })
    };
    VERDICTS.into_iter().filter_map(of_verdict).collect()
}

/// A share in percent, rounded to the nearest whole number.
fn percent(count: usize, all: usize) -> String {
    format!("{} %", (200 * count + all) / (2 * all).max(1))
}
