//! The page of one commitment.

mod facts;
mod outlook;
mod record;
mod verdict;

use std::collections::HashMap;

use askama::Template;
use servanda::{Slug, Standing};

use super::context::{Badge, commitment_path};
use super::lists::{Item, item};
use super::{Channel, Context, Layout, linked_data, pictures, put_from, share};
use crate::PublishError;
use crate::inputs::Inputs;
use crate::model::{Row, Versions};
use crate::text::{Html, plain};
use crate::write::SiteWriter;

use facts::{Duty, Fact, Progress, Quotation};
use outlook::{Ahead, Possible};
use record::Step;
pub(crate) use record::anchor;
pub(super) use record::{Correction, correction};

#[derive(Template)]
#[template(path = "commitment.html")]
struct CommitmentPage<'a> {
    /// Whether a list has what the script needs.
    listed: bool,
    page: Layout<'a>,
    title: Html,
    /// The language of the title, if it is not that of the page.
    title_language: Option<String>,
    other_titles: Vec<Html>,
    badge: Badge,
    why: Html,
    /// The place of the rule on the page about the method.
    rule: String,
    facts: Vec<Fact>,
    quotation: Option<Quotation>,
    picture: Html,
    steps: Vec<Step>,
    possible: Vec<Possible>,
    ahead: Vec<Ahead>,
    progress: Option<Progress>,
    duties: Vec<Duty>,
    parts: Vec<Item>,
    links: Vec<Html>,
    corrections: Vec<Correction>,
    conflicts: Vec<Html>,
    day: String,
    stood: Vec<Standstill>,
    /// The states for the script.
    states: Html,
    permanent: String,
    citation: Html,
}

/// Makes the pages of commitments.
pub(super) fn write(
    context: &Context<'_>,
    rows: &[&Row],
    versions: &HashMap<Slug, Versions>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let none = Versions::default();
    for row in rows {
        let path = commitment_path(&row.id);
        let make = || {
            let standing = context.model.standing(&row.id)?;
            let versions = versions.get(&row.id).unwrap_or(&none);
            Ok(page(context, row, &standing, versions, &path))
        };
        put_from(context, &path, &inputs(context, row), make, out)?;
    }
    Ok(())
}

/// Keeps the pages that were made from the same inputs before, and returns the commitments of the
/// others.
pub(super) fn outdated<'m>(context: &Context<'m>, out: &SiteWriter) -> Vec<&'m Row> {
    let is_kept = |row: &&Row| {
        let path = format!("{}{}", context.folder, commitment_path(&row.id));
        out.keep(&path, &inputs(context, row))
    };
    context.model.rows.iter().filter(|row| !is_kept(row)).collect()
}

/// The inputs of a page: the record of the commitment, and those of the commitments that it shows.
fn inputs(context: &Context<'_>, row: &Row) -> Inputs {
    let model = context.model;
    let linking = model.links_to(&row.id).map(|(other, _)| other);
    let others = model.parts(&row.id).chain(linking).chain(model.linked_from(row));
    context.inputs("commitment").and(row.fingerprint).and_all(others.map(|other| other.fingerprint))
}

/// Where the commitment stood from a day on, as known now.
struct Standstill {
    from: Html,
    status: Html,
    badge: Badge,
}

/// Where the commitment stood from day to day until the day of the view.
fn stood(context: &Context<'_>, row: &Row) -> Vec<Standstill> {
    let until = row.stood.iter().take_while(|(first, _)| *first <= context.model.day);
    let shown = until.map(|(first, state)| Standstill {
        from: context.date((*first).into()),
        status: state.status.as_ref().map(|names| context.name(names)).unwrap_or_default(),
        badge: context.badge(state.verdict, state.timeliness),
    });
    shown.collect()
}

fn page<'a>(
    context: &'a Context<'a>,
    row: &Row,
    standing: &Standing,
    versions: &Versions,
    path: &str,
) -> CommitmentPage<'a> {
    let (title, title_language) = context.title(row);
    let layout = Layout::new(context, path, title, None);
    let badge = context.badge(standing.verdict, standing.timeliness);
    let layout = layout.described(&format!("{}: {}", badge.word, plain(title)));
    let mut layout = layout.followed(Channel::Commitment(row.id.clone()));
    layout.picture = share::of_commitment(context, row);
    layout.head = linked_data::commitment(context, &layout, row);
    let root = layout.root.clone();
    CommitmentPage {
        listed: false,
        title: Html::text_in(title, title_language),
        title_language: title_language.map(str::to_owned),
        other_titles: other_titles(row, title),
        why: verdict::why(context, standing),
        rule: format!("{root}method.html#{}", super::method::anchor(&standing.pin)),
        facts: facts::facts(context, standing, &root),
        quotation: facts::quotation(context, standing),
        picture: pictures::timeline(context, standing),
        steps: record::steps(context, standing),
        possible: outlook::possible(context, standing),
        ahead: outlook::ahead(context, standing),
        progress: facts::progress(context, standing),
        duties: facts::duties(context, standing, &root),
        parts: context.model.parts(&row.id).map(|part| item(context, part, &root)).collect(),
        links: links(context, standing, &root),
        corrections: record::corrections(context, standing),
        conflicts: standing.conflicts.iter().map(|conflict| Html::text(&conflict.reason.to_string())).collect(),
        day: context.model.day.to_string(),
        stood: stood(context, row),
        states: Html::data(&super::any_day::block(context, versions)),
        permanent: layout.permanent().unwrap_or_default(),
        citation: citation(context, &layout, row, &badge),
        badge,
        page: layout,
    }
}

/// The titles of a commitment that are not the heading of the page.
fn other_titles(row: &Row, shown: &str) -> Vec<Html> {
    let own = row.language.as_ref().map(AsRef::as_ref);
    let all = std::iter::once((own, row.title.as_str()))
        .chain(row.titles.iter().map(|(language, title)| (Some(language.as_str()), title.as_str())));
    all.filter(|(_, title)| *title != shown).map(|(language, title)| Html::text_in(title, language)).collect()
}

/// The links to other commitments, and those of others to this one.
fn links(context: &Context<'_>, standing: &Standing, root: &str) -> Vec<Html> {
    let words = context.words;
    let labelled = |label: &str, link: Html| Html::joined([Html::text(label), link], " ");
    let own = standing.links.iter().map(|link| {
        let label = words.t(&format!("relation.{}", link.relation.as_str())).to_owned();
        labelled(&label, context.commitment_or_id(&link.to, root))
    });
    let others = context.model.links_to(&standing.commitment).map(|(row, relation)| {
        let label = words.t(&format!("relation_from.{}", relation.as_str())).to_owned();
        labelled(&label, context.commitment(row, root))
    });
    own.chain(others).collect()
}

/// How to cite the page: with the day, and with the digest of the record of this commitment.
fn citation(context: &Context<'_>, layout: &Layout<'_>, row: &Row, badge: &Badge) -> Html {
    let moments = context.model.ledger.entries_about(row.id.as_str()).map(|entry| entry.recorded_at());
    let (count, newest) = moments.fold((0, None), |(count, newest), moment| (count + 1, newest.max(Some(moment))));
    let verdict = match &badge.timing {
        Some(timing) => format!("{}, {timing}", badge.word),
        None => badge.word.clone(),
    };
    context.words.filled(
        "commitment.cite_as",
        &[
            ("site", &Html::text(&layout.site_name())),
            ("title", &context.title_html(row)),
            ("verdict", &Html::text(&verdict)),
            ("day", &context.date(context.model.day.into())),
            ("entries", &Html::text(&context.words.count("count.entries", count))),
            ("moment", &newest.map(|moment| context.moment(moment)).unwrap_or_default()),
            ("digest", &Html::text(&row.record.to_string())),
        ],
    )
}
