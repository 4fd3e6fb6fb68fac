//! Pictures that other sites show next to a link to a page, as Open Graph describes them: one for
//! each verdict, and one with the tally for the front page. They have no words, so all languages
//! share them.
//!
//! The address of such a picture has to be absolute. A site without an address has none.

mod canvas;
mod draw;
mod marks;

use std::collections::BTreeMap;

use servanda::Verdict;

use super::Context;
use super::front::Share;
use crate::inputs::Inputs;
use crate::model::{Model, Row, VERDICTS};
use crate::write::{SiteWriter, io};
use crate::{PublishError, Site};

/// The size of a picture in pixels, which is what most sites show best.
pub(crate) const SIZE: (u32, u32) = (1200, 630);

/// The picture of a page.
pub(crate) struct Picture {
    /// The absolute address.
    pub(crate) address: String,
    /// The words for a reader who cannot see it.
    pub(crate) alt: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The picture of the page of a commitment, if the site has an address.
pub(super) fn of_commitment(context: &Context<'_>, row: &Row) -> Option<Picture> {
    let badge = context.badge(row.verdict, row.timeliness);
    let overdue = badge.timing.filter(|_| badge.overdue);
    let words: Vec<String> = [badge.word].into_iter().chain(overdue).collect();
    picture(context, &path(row.verdict, row.is_overdue()), words.join(" · "))
}

/// The picture of the front page, if the site has an address.
pub(super) fn of_tally(context: &Context<'_>, shares: &[Share]) -> Option<Picture> {
    let words: Vec<String> = shares.iter().map(|share| format!("{}: {}", share.badge.word, share.count)).collect();
    picture(context, TALLY, words.join(context.words.t("site.list_separator")))
}

fn picture(context: &Context<'_>, path: &str, alt: String) -> Option<Picture> {
    let address = format!("{}{path}", context.site.url.as_ref()?);
    let (width, height) = SIZE;
    Some(Picture { address, alt, width, height })
}

const TALLY: &str = "pictures/tally.png";

/// The path of the picture of a verdict in the folder of the site.
fn path(verdict: Option<Verdict>, is_overdue: bool) -> String {
    format!("pictures/{}{}.png", verdict.map_or("none", Verdict::as_str), if is_overdue { "-overdue" } else { "" })
}

/// Makes the pictures of the verdicts that commitments have, and that of the tally.
pub(crate) fn write(model: &Model, site: &Site, out: &SiteWriter) -> Result<(), PublishError> {
    if site.url.is_none() {
        return Ok(());
    }
    let verdicts: BTreeMap<String, _> =
        model.rows.iter().map(|row| (path(row.verdict, row.is_overdue()), (row.verdict, row.is_overdue()))).collect();
    for (path, (verdict, is_overdue)) in verdicts {
        put(&path, "", || draw::verdict(verdict, is_overdue), out)?;
    }
    let count = |verdict| model.rows.iter().filter(|row| row.verdict == verdict).count();
    let counts = VERDICTS.map(|verdict| (verdict, count(verdict)));
    put(TALLY, &format!("{counts:?}"), || draw::tally(&counts), out)
}

/// Draws a picture and puts it into its place, unless it was drawn from the same numbers before.
fn put(
    path: &str,
    numbers: &str,
    draw: impl FnOnce() -> Result<Vec<u8>, String>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    out.put_from(path, &Inputs::new().and(numbers), || {
        draw().map_err(|reason| io(path.as_ref(), &std::io::Error::other(reason)))
    })
}
