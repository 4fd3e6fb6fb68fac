//! Cards that other sites can embed: one for each commitment, and one with the tally. They have no
//! script, set no cookie and load nothing but the style sheet.

use askama::Template;

use super::channel::Channel;
use super::context::Badge;
use super::{Context, Layout, pictures, put, put_from};
use crate::PublishError;
use crate::model::Row;
use crate::text::Html;
use crate::write::SiteWriter;

#[derive(Template)]
#[template(path = "embed.html")]
struct Card<'a> {
    page: Layout<'a>,
    /// The page that the card is about.
    href: String,
    title: Html,
    badge: Option<Badge>,
    details: Vec<Html>,
    /// The tally as a picture, with its numbers as text.
    bar: Html,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    for row in &context.model.rows {
        let channel = Channel::Commitment(row.id.clone());
        if let Some(path) = channel.card() {
            let inputs = context.inputs("card").and(row.fingerprint);
            put_from(context, &path, &inputs, || Ok(commitment(context, row, &channel, &path)), out)?;
        }
    }
    let Some(path) = Channel::All.card() else { return Ok(()) };
    let page = Layout::new(context, &path, context.words.t("front.tally"), None);
    let rows = || context.model.rows.iter();
    let card = Card {
        href: format!("{}{}", page.root, Channel::All.page()),
        title: Html::text(&context.site_name()),
        badge: None,
        details: Vec::new(),
        bar: pictures::tally(context, rows()),
        page,
    };
    put(context, &path, &card, out)
}

fn commitment<'a>(context: &'a Context<'a>, row: &Row, channel: &Channel, path: &str) -> Card<'a> {
    let words = context.words;
    let page = Layout::new(context, path, context.title(row).0, None);
    let status = row.status.as_ref().map(|names| context.name(names));
    let since = row.since.map(|since| words.filled("front.since", &[("since", &context.date(since))]));
    let status = Html::joined(status.into_iter().chain(since), " ");
    let deadline = row
        .deadline
        .filter(|_| row.timeliness.is_some())
        .map(|deadline| words.filled("front.deadline", &[("deadline", &context.date(deadline.date()))]));
    Card {
        href: format!("{}{}", page.root, channel.page()),
        title: context.title_html(row),
        badge: Some(context.badge(row.verdict, row.timeliness)),
        details: [Some(status), deadline].into_iter().flatten().filter(|detail| !detail.is_empty()).collect(),
        bar: Html::default(),
        page,
    }
}
