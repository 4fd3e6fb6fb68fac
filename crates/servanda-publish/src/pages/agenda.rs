//! The deadlines and the days of clocks that lie ahead.

use askama::Template;
use servanda::answers::Upcoming;

use super::{Context, Layout, Section, put};
use crate::PublishError;
use crate::text::Html;
use crate::write::SiteWriter;

/// Something that lies ahead.
pub(crate) struct Due {
    pub(crate) day: Html,
    pub(crate) link: Html,
    pub(crate) what: Html,
    /// Why the day is unknown.
    pub(crate) reason: Html,
}

#[derive(Template)]
#[template(path = "agenda.html")]
struct Agenda<'a> {
    page: Layout<'a>,
    lead: Html,
    due: Vec<Due>,
    unknown: Vec<Due>,
    future: Vec<Due>,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let (words, agenda) = (context.words, &context.model.agenda);
    let page = Layout::new(context, "agenda.html", words.t("agenda.title"), Some(Section::Agenda));
    let unknown = agenda.unknown.iter().map(|item| Due {
        day: words.filled("commitment.clock_earliest", &[("day", &context.date(item.earliest.into()))]),
        link: context.commitment_or_id(&item.commitment, ""),
        what: context.name(&item.clock.title),
        reason: item.clock.reason.as_ref().map_or_else(Html::default, |reason| Html::text_in(reason, Some("en"))),
    });
    let future = agenda.future.iter().map(|event| Due {
        day: context.date(event.on),
        link: context.commitment_or_id(&event.commitment, ""),
        what: match (&event.status_title, &event.remark) {
            (Some(title), _) => words.filled("changes.step", &[("status", &context.name(title))]),
            (None, Some(remark)) => Html::text(remark.as_str()),
            (None, None) => Html::text(words.t(&format!("kind.{}", event.kind))),
        },
        reason: Html::default(),
    });
    let page = Agenda {
        lead: words.filled("agenda.lead", &[("day", &context.date(context.model.day.into()))]),
        due: due(context, ""),
        unknown: unknown.collect(),
        future: future.collect(),
        page,
    };
    put(context, "agenda.html", &page, out)
}

/// Returns the deadlines and clocks that lie ahead, the earliest first.
pub(crate) fn due(context: &Context<'_>, root: &str) -> Vec<Due> {
    let items = context.model.agenda.items.iter().map(|item| Due {
        day: context.date(item.day),
        link: context.commitment_or_id(&item.commitment, root),
        what: match &item.what {
            Upcoming::Deadline(_) => Html::text(context.words.t("agenda.deadline")),
            Upcoming::Clock(clock) => context.name(&clock.title),
        },
        reason: Html::default(),
    });
    items.collect()
}
