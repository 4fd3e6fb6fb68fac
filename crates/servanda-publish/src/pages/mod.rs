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
mod share;

use std::collections::HashMap;

use askama::Template;
use servanda::Slug;

pub(crate) use channel::Channel;
pub(crate) use commitment::anchor;
pub(crate) use context::Context;
pub(crate) use layout::{Layout, Section, folder};
pub(crate) use share::write as write_shared_pictures;

use crate::PublishError;
use crate::inputs::Inputs;
use crate::model::{Row, Versions};
use crate::write::SiteWriter;

/// The pages that show where commitments stood on any day, as known at any moment, and that have to
/// be made again.
pub(crate) struct Outdated<'m> {
    commitments: Vec<&'m Row>,
    parts: Vec<any_day::Part<'m>>,
}

impl<'m> Outdated<'m> {
    /// Keeps the pages of the last run that were made from the same inputs, and returns the others.
    pub(crate) fn of(context: &Context<'m>, out: &SiteWriter) -> Self {
        Self { commitments: commitment::outdated(context, out), parts: any_day::outdated(context, out) }
    }

    /// The commitments on these pages.
    pub(crate) fn commitments(&self) -> impl Iterator<Item = &'m str> {
        let in_parts = self.parts.iter().flat_map(|part| &part.rows);
        self.commitments.iter().chain(in_parts).map(|row| row.id.as_str())
    }
}

/// Makes the pages of one language. `versions` has where the commitments on outdated pages stood.
pub(crate) fn write(
    context: &Context<'_>,
    outdated: &Outdated<'_>,
    versions: &HashMap<Slug, Versions>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    commitment::write(context, &outdated.commitments, versions, out)?;
    any_day::write(context, &outdated.parts, versions, out)?;
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
fn put(context: &Context<'_>, path: &str, page: &impl Template, out: &SiteWriter) -> Result<(), PublishError> {
    let path = format!("{}{path}", context.folder);
    out.put(&path, rendered(page, &path)?.as_bytes())
}

/// Makes a page, unless it was made from the same inputs before.
fn put_from<P: Template>(
    context: &Context<'_>,
    path: &str,
    inputs: &Inputs,
    page: impl FnOnce() -> Result<P, PublishError>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("{}{path}", context.folder);
    out.put_from(&path, inputs, || Ok(rendered(&page()?, &path)?.into_bytes()))
}

fn rendered(page: &impl Template, path: &str) -> Result<String, PublishError> {
    page.render().map_err(|error| PublishError::Template { page: path.to_owned(), reason: error.to_string() })
}
