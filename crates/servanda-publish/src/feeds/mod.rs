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

use std::cell::LazyCell;

use servanda::Slug;

pub(crate) use sitemap::write as write_sitemap;

use crate::PublishError;
use crate::inputs::Inputs;
use crate::model::{Model, Row};
use crate::pages::{Channel, Context};
use crate::write::SiteWriter;

/// Makes the feeds and calendars of one language.
pub(crate) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let rows = &context.model.rows;
    let events = LazyCell::new(|| calendar::events(context));
    for channel in channels(context.model) {
        let rows: Vec<&Row> = rows.iter().filter(|row| has(&channel, row)).collect();
        atom::write(context, &channel, &rows, out)?;
        if channel.has_calendar() {
            calendar::write(context, &channel, &rows, || events.as_slice(), out)?;
        }
    }
    for row in rows {
        atom::write(context, &Channel::Commitment(row.id.clone()), &[row], out)?;
    }
    Ok(())
}

/// The inputs of a file about some of the commitments.
fn inputs(context: &Context<'_>, kind: &str, rows: &[&Row]) -> Inputs {
    context.inputs(kind).and_all(rows.iter().map(|row| row.fingerprint))
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
