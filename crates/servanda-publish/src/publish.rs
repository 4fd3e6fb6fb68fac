//! From a view to a site.

use std::path::Path;
use std::thread;

use servanda::View;

use crate::model::Model;
use crate::pages::{self, Context, Outdated};
use crate::words::Words;
use crate::write::SiteWriter;
use crate::{Interface, PublishError, Published, Site, assets, data, feeds};

/// Publishes a view as a static site in a folder.
///
/// The same entries, day, moment and configuration give the same bytes. Files that are right
/// already are left alone, and files of the last run that are no longer part of the site are
/// removed. Files of others are never touched.
///
/// ```
/// use servanda::Tracker;
/// use servanda_publish::{Site, publish};
///
/// let folder = tempfile::tempdir()?;
/// let view = Tracker::in_memory("desk")?.view().on("2013-06-01")?;
/// let published = publish(&view, &Site::default(), folder.path())?;
/// assert_eq!(published.written, published.files);
/// assert!(folder.path().join("index.html").is_file());
///
/// let again = publish(&view, &Site::default(), folder.path())?;
/// assert_eq!((again.written, again.removed), (0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - `as-published` if the view is [as published](View::as_published) by a day
/// - `foreign-file` if a file of others is where a page has to be
/// - `damaged-manifest` if the list of published files cannot be read
/// - `io` if a file cannot be read or written
/// - every error of reading the ledger
pub fn publish(view: &View, site: &Site, folder: impl AsRef<Path>) -> Result<Published, PublishError> {
    if let Some(day) = view.as_of().as_published {
        return Err(PublishError::AsPublished { day });
    }
    let (model, lines) = Model::of(view, site, data::Lines::of)?;
    let out = SiteWriter::open(folder.as_ref())?;
    match write(&model, lines, site, &out) {
        Ok(()) => out.finish(),
        Err(error) => {
            // The first error says more than one of the manifest.
            let _ = out.give_up();
            Err(error)
        }
    }
}

/// Writes all files.
fn write(model: &Model, lines: Vec<data::Lines>, site: &Site, out: &SiteWriter) -> Result<(), PublishError> {
    assets::write(site, out)?;
    pages::write_shared_pictures(model, site, out)?;
    thread::scope(|scope| {
        let data = scope.spawn(|| data::write(model, lines, out));
        write_pages(model, site, out)?;
        data.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    feeds::write_sitemap(site, out)
}

/// Writes the pages and the feeds in all languages.
fn write_pages(model: &Model, site: &Site, out: &SiteWriter) -> Result<(), PublishError> {
    let words: Vec<(Interface, Words)> =
        site.languages.iter().map(|language| (*language, Words::of(*language))).collect();
    let contexts: Vec<Context<'_>> =
        words.iter().map(|(language, words)| Context::new(model, site, *language, words)).collect();
    let outdated: Vec<Outdated<'_>> = contexts.iter().map(|context| Outdated::of(context, out)).collect();
    let versions = model.versions(&outdated.iter().flat_map(Outdated::commitments).collect());
    for (context, outdated) in contexts.iter().zip(&outdated) {
        pages::write(context, outdated, &versions, out)?;
        feeds::write(context, out)?;
    }
    Ok(())
}
