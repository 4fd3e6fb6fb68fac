//! Feeds in Atom (RFC 4287).
//!
//! An id does not name the page that an item is about, because a page can move to another address.
//! It names the entry on the ledger that tells it. An event that follows from a rule
//! has no entry of its own, so its id names the registration of the commitment and the day.

use std::cmp::Reverse;

use askama::Template;
use servanda::Moment;
use servanda::value::Digest;

use super::items::{self, Item, Tale, latest_first};
use super::{inputs, namespace, say};
use crate::PublishError;
use crate::model::Row;
use crate::pages::{Channel, Context, anchor};
use crate::write::SiteWriter;

/// How many items a feed has.
const MAX_ITEMS: usize = 100;

#[derive(Template)]
#[template(path = "feed.xml", escape = "html")]
struct Feed {
    language: &'static str,
    id: String,
    title: String,
    updated: Moment,
    author: String,
    rights: Option<String>,
    /// The address of the feed, if the site has one.
    own_address: Option<String>,
    page: String,
    entries: Vec<Entry>,
}

/// An entry of a feed.
struct Entry {
    id: String,
    title: String,
    updated: Moment,
    category: &'static str,
    page: String,
    summary: String,
}

/// Makes the feed of a channel, which is about these commitments.
pub(super) fn write(
    context: &Context<'_>,
    channel: &Channel,
    rows: &[&Row],
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("{}{}", context.folder, channel.feed());
    let make = || match feed(context, channel, rows).render() {
        Ok(feed) => Ok(feed.into_bytes()),
        Err(error) => Err(PublishError::Template { page: path.clone(), reason: error.to_string() }),
    };
    out.put_from(&path, &inputs(context, "feed", rows), make)
}

/// The items of a feed, the latest first.
fn items<'m>(context: &Context<'m>, channel: &Channel, rows: &[&'m Row]) -> Vec<Item<'m>> {
    let is_wanted = |item: &Item<'_>| *channel != Channel::Corrections || matches!(item.tale, Tale::Correction(_));
    let may_tell = |row: &&&Row| *channel != Channel::Corrections || !context.model.corrections_of(row).is_empty();
    let mut rows: Vec<&Row> = rows.iter().filter(may_tell).copied().collect();
    rows.sort_by_key(|row| Reverse(row.known_by));
    let mut items: Vec<Item<'m>> = Vec::new();
    for row in rows {
        // The further rows have only items that are older than those that the feed shows.
        let last_shown = items.get(MAX_ITEMS - 1);
        if last_shown.is_some_and(|item| item.updated > row.known_by) {
            break;
        }
        items.extend(items::of_row(context.model, row).into_iter().filter(is_wanted));
        items.sort_by(latest_first);
        items.truncate(MAX_ITEMS);
    }
    items
}

fn feed(context: &Context<'_>, channel: &Channel, rows: &[&Row]) -> Feed {
    let (site, model, path) = (context.site, context.model, channel.feed());
    let items = items(context, channel, rows);
    let newest = items.first().map(|item| item.updated).or_else(|| rows.iter().map(|row| row.known_by).max());
    let own_address = site.url.as_ref().map(|url| xml_text(&format!("{url}{}{path}", context.folder)));
    let name = context.site_name();
    let author = site.publisher.as_ref().map_or_else(|| name.clone(), |publisher| crate::text::plain(publisher));
    // Leads from the feed to the folder of the language.
    let root = match &site.url {
        Some(url) => format!("{url}{}", context.folder),
        None => "../".repeat(path.matches('/').count()),
    };
    Feed {
        language: context.language.code(),
        id: own_address.clone().unwrap_or_else(|| {
            let namespace = Digest::of(namespace(context).as_bytes());
            format!("urn:servanda:feed:{namespace}:{}:{path}", context.language.code())
        }),
        title: xml_text(&format!("{} · {name}", channel.title(context))),
        updated: newest.unwrap_or_else(|| Moment::start_of(model.day)),
        author: xml_text(&author),
        rights: site.licence.as_ref().map(|licence| xml_text(&crate::text::plain(licence))),
        own_address,
        page: xml_text(&address(&root, &channel.page())),
        entries: items.iter().map(|item| entry(context, item, &root)).collect(),
    }
}

fn entry(context: &Context<'_>, item: &Item<'_>, root: &str) -> Entry {
    let title = crate::text::plain(context.title(item.row).0);
    let mut page = address(root, &Channel::Commitment(item.row.id.clone()).page());
    match item.tale {
        Tale::Correction(_) => page.push_str("#corrections"),
        Tale::Event(event) => {
            if let Some(entry) = event.entry {
                page = format!("{page}#{}", anchor(entry));
            }
        }
    }
    Entry {
        id: xml_text(&item.id),
        title: xml_text(&say::pair(context, &title, &say::what(context, item.tale))),
        updated: item.updated,
        category: item.tale.kind(),
        page: xml_text(&page),
        summary: xml_text(&say::summary(context, item)),
    }
}

/// The address of a page: without the name of the file if it is absolute, as a visitor sees it.
pub(super) fn address(root: &str, path: &str) -> String {
    let path = if root.starts_with("..") { path } else { path.strip_suffix("index.html").unwrap_or(path) };
    format!("{root}{path}")
}

/// Returns a text without the characters that XML does not allow, not even escaped.
pub(super) fn xml_text(text: &str) -> String {
    let is_allowed = |character: &char| match character {
        '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    text.chars().filter(is_allowed).collect()
}
