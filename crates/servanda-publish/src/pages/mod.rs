//! The pages: one struct and one template for each kind.
//!
//! A page struct has everything that its template shows as markup or plain text. Templates decide
//! nothing but the order of elements.

mod about;
mod agenda;
mod any_day;
mod changes;
mod channel;
mod commitment;
mod context;
mod corrections;
mod embed;
mod front;
mod groups;
mod layout;
mod linked_data;
mod lists;
mod method;
mod pictures;

use askama::Template;
use servanda::value::Digest;

pub(crate) use channel::Channel;
pub(crate) use commitment::anchor;
pub(crate) use context::Context;
pub(crate) use layout::{Layout, Section, folder};

use crate::PublishError;
use crate::write::SiteWriter;

/// Makes the pages of one language.
pub(crate) fn write(context: &Context<'_>, out: &mut SiteWriter) -> Result<(), PublishError> {
    commitment::write(context, out)?;
    any_day::write(context, out)?;
    groups::write(context, out)?;
    lists::write(context, out)?;
    changes::write(context, out)?;
    agenda::write(context, out)?;
    corrections::write(context, out)?;
    method::write(context, out)?;
    about::write(context, out)?;
    embed::write(context, out)?;
    front::write(context, out)
}

/// Renders a page, and puts it into its place.
fn put(context: &Context<'_>, path: &str, page: &impl Template, out: &mut SiteWriter) -> Result<(), PublishError> {
    put_made_from(context, path, page, None, out)
}

/// Like [`put`], with the digest of everything that the page was made from.
fn put_made_from(
    context: &Context<'_>,
    path: &str,
    page: &impl Template,
    inputs: Option<Digest>,
    out: &mut SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("{}{path}", context.folder);
    let text =
        page.render().map_err(|error| PublishError::Template { page: path.clone(), reason: error.to_string() })?;
    out.put_made_from(&path, text.as_bytes(), inputs)
}
