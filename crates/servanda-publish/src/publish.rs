//! From a view to a site.

use std::path::Path;

use servanda::View;

use crate::model::Model;
use crate::pages::{self, Context};
use crate::words::Words;
use crate::write::SiteWriter;
use crate::{PublishError, Published, Site, assets, data, feeds};

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
    let model = Model::of(view, site)?;
    let versions = model.versions();
    let mut out = SiteWriter::open(folder.as_ref())?;
    assets::write(site, &mut out)?;
    data::write(&model, &mut out)?;
    for language in &site.languages {
        let words = Words::of(*language);
        let folder = pages::folder(&site.languages, *language);
        let context = Context { model: &model, versions: &versions, site, language: *language, words: &words, folder };
        pages::write(&context, &mut out)?;
        feeds::write(&context, &mut out)?;
    }
    feeds::write_sitemap(site, &mut out)?;
    out.finish()
}
