//! Feeds, calendars and the map of the site, for the programs of readers.
//!
//! Feeds and calendars are made for each language. Their ids do not depend on the words in them,
//! and they stay the same when the ledger grows.

mod atom;
mod calendar;
mod content_lines;
mod items;
mod say;
mod sitemap;

use std::collections::HashMap;

use servanda::Slug;

pub(crate) use sitemap::write as write_sitemap;

use crate::PublishError;
use crate::model::{Model, Row};
use crate::pages::{Channel, Context};
use crate::write::SiteWriter;

/// Makes the feeds and calendars of one language.
pub(crate) fn write(context: &Context<'_>, out: &mut SiteWriter) -> Result<(), PublishError> {
    let items = items::of_model(context.model);
    let events = calendar::events(context);
    for channel in channels(context.model) {
        atom::write(context, &channel, &items, out)?;
        if channel.has_calendar() {
            calendar::write(context, &channel, &events, out)?;
        }
    }
    let by_row = items.chunk_by(|one, next| one.row.id == next.row.id);
    let by_row: HashMap<&Slug, &[items::Item<'_>]> =
        by_row.filter_map(|items| Some((&items.first()?.row.id, items))).collect();
    let of_all = atom::inputs_of_all(context);
    for row in &context.model.rows {
        // A page links to its feed even if nothing has happened yet.
        let items = by_row.get(&row.id).copied().unwrap_or_default();
        atom::write_one(context, row, items, &of_all, out)?;
    }
    Ok(())
}

/// The channels that are about several commitments.
fn channels(model: &Model) -> impl Iterator<Item = Channel> {
    let groups = &model.groups;
    let parties = groups.parties.iter().cloned().map(Channel::Party);
    let topics = groups.topics.iter().cloned().map(Channel::Topic);
    [Channel::All, Channel::Corrections].into_iter().chain(parties).chain(topics)
}

/// Whether a commitment belongs to a channel.
fn has(channel: &Channel, row: &Row) -> bool {
    let names = |ids: &[Slug], id: &Slug| ids.contains(id);
    match channel {
        Channel::All | Channel::Corrections => true,
        Channel::Commitment(id) => row.id == *id,
        Channel::Party(id) => names(&row.by, id) || names(&row.to, id),
        Channel::Topic(id) => names(&row.topics, id),
    }
}

/// The text that distinguishes the ids of this site from those of other sites: its address, or its
/// name if it has none.
fn namespace(context: &Context<'_>) -> String {
    let site = context.site;
    let name = site.languages.first().and_then(|language| site.name.get(*language));
    site.url.as_deref().or(name).unwrap_or_default().to_owned()
}
