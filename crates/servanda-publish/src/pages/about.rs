//! The pages about the data and about the tracker.

use askama::Template;

use super::{Context, Layout, Section, linked_data, put};
use crate::PublishError;
use crate::text::{Html, markdown};
use crate::write::SiteWriter;

#[derive(Template)]
#[template(path = "data.html")]
struct Data<'a> {
    page: Layout<'a>,
    digest: String,
    entries: String,
    day: Html,
    moment: Html,
    /// The day and the moment for the command that checks the ledger.
    on: String,
}

#[derive(Template)]
#[template(path = "about.html")]
struct About<'a> {
    page: Layout<'a>,
    own: Html,
    publisher: Html,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let (model, words) = (context.model, context.words);
    let mut page = Layout::new(context, "data/index.html", words.t("data.title"), Some(Section::Data));
    page.head = linked_data::dataset(context, &page);
    let moment = model.known_at.or(model.newest).map(|moment| context.moment(moment));
    let data = Data {
        digest: model.digest.to_string(),
        entries: words.number(model.ledger.len()),
        day: context.date(model.day.into()),
        moment: moment.unwrap_or_default(),
        on: model.day.to_string(),
        page,
    };
    put(context, "data/index.html", &data, out)?;
    let page = Layout::new(context, "about.html", words.t("about.title"), Some(Section::About));
    let about = About {
        own: context.site.about.get(context.language).map_or_else(Html::default, markdown),
        publisher: context.site.publisher.as_ref().map_or_else(Html::default, |publisher| Html::text(publisher)),
        page,
    };
    put(context, "about.html", &about, out)
}
