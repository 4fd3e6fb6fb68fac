//! Feeds in Atom (RFC 4287).
//!
//! An id does not name the page that an item is about, because a page can move to another address.
//! It names the entry on the ledger that tells it. An event that follows from a rule
//! has no entry of its own, so its id names the registration of the commitment and the day.

use std::fmt::Write as _;

use askama::Template;
use servanda::Moment;
use servanda::value::Digest;

use super::items::{Item, Tale, latest_first};
use super::{has, namespace, say};
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

/// Makes the feed of a channel.
pub(super) fn write(
    context: &Context<'_>,
    channel: &Channel,
    items: &[Item<'_>],
    out: &mut SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("{}{}", context.folder, channel.feed());
    out.put(&path, render(context, channel, items, &path)?.as_bytes())
}

/// Makes the feed of one commitment. A feed whose inputs are those of the last run is kept.
pub(super) fn write_one(
    context: &Context<'_>,
    row: &Row,
    items: &[Item<'_>],
    of_all: &Digest,
    out: &mut SiteWriter,
) -> Result<(), PublishError> {
    let channel = Channel::Commitment(row.id.clone());
    if items.is_empty() {
        return write(context, &channel, items, out);
    }
    let path = format!("{}{}", context.folder, channel.feed());
    let mut inputs = format!("{of_all} {row:?}");
    for item in items {
        // The id names the entry by its digest, so it stands for the content of the entry.
        let _ = write!(inputs, " {} {}", item.id, item.updated);
    }
    let inputs = Digest::of(inputs.as_bytes());
    if out.keep(&path, inputs) {
        return Ok(());
    }
    out.put_made_from(&path, render(context, &channel, items, &path)?.as_bytes(), Some(inputs))
}

/// Returns the digest of the inputs that the feeds of all commitments have in common: the program,
/// its words, the configuration and the definitions.
pub(super) fn inputs_of_all(context: &Context<'_>) -> Digest {
    let program = [
        env!("CARGO_PKG_VERSION"),
        include_str!("../templates/feed.xml"),
        include_str!("atom.rs"),
        include_str!("items.rs"),
        include_str!("say.rs"),
    ];
    let mut inputs = program.concat();
    let _ = write!(inputs, "{:?} {:?} {}", context.site, context.language, context.words.digest());
    let _ = write!(inputs, " {}", context.model.definitions);
    Digest::of(inputs.as_bytes())
}

fn render(context: &Context<'_>, channel: &Channel, items: &[Item<'_>], path: &str) -> Result<String, PublishError> {
    let feed = feed(context, channel, items);
    feed.render().map_err(|error| PublishError::Template { page: path.to_owned(), reason: error.to_string() })
}

fn feed(context: &Context<'_>, channel: &Channel, items: &[Item<'_>]) -> Feed {
    let (site, model, path) = (context.site, context.model, channel.feed());
    let is_wanted = |item: &&Item<'_>| match channel {
        Channel::Corrections => matches!(item.tale, Tale::Correction(_)),
        _ => has(channel, item.row),
    };
    let mut items: Vec<&Item<'_>> = items.iter().filter(is_wanted).collect();
    items.sort_by(|one, other| latest_first(one, other));
    items.truncate(MAX_ITEMS);
    let newest = items.first().map(|item| item.updated).or(model.newest);
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
        entries: items.into_iter().map(|item| entry(context, item, &root)).collect(),
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
