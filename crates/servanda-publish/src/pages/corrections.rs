//! The page of all corrections.

use askama::Template;

use super::commitment::Correction;
use super::{Channel, Context, Layout, Section, put};
use crate::PublishError;
use crate::text::Html;
use crate::write::SiteWriter;

#[derive(Template)]
#[template(path = "corrections.html")]
struct Corrections<'a> {
    page: Layout<'a>,
    corrections: Vec<(Html, Correction)>,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let title = context.words.t("corrections.title");
    let page = Layout::new(context, "corrections.html", title, Some(Section::Corrections));
    let page = page.followed(Channel::Corrections);
    let corrections = context
        .model
        .corrections()
        .map(|(row, entry)| (context.commitment(row, ""), super::commitment::correction(context, entry)));
    put(context, "corrections.html", &Corrections { corrections: corrections.collect(), page }, out)
}
