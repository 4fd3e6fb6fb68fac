//! The pages of parties, responsible bodies and topics, with the lists of all of them.

use askama::Template;
use servanda::Slug;

use super::front::{Share, tally};
use super::lists::{self, GroupCounts, Item, PAGE, item};
use super::{Channel, Context, Layout, linked_data, put, put_from};
use crate::PublishError;
use crate::model::{Order, Row, ordered};
use crate::text::Html;
use crate::write::SiteWriter;

/// The kinds of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Party,
    Body,
    Topic,
}

impl Kind {
    fn folder(self) -> &'static str {
        match self {
            Self::Party => "parties",
            Self::Body => "bodies",
            Self::Topic => "topics",
        }
    }

    /// The lists of a group.
    fn lists(self) -> Vec<ListOfGroup> {
        match self {
            Self::Party => {
                vec![ListOfGroup { name: "by", heading: "party.by" }, ListOfGroup { name: "to", heading: "party.to" }]
            }
            Self::Body | Self::Topic => vec![ListOfGroup { name: "list", heading: "nav.commitments" }],
        }
    }

    /// The keys of the words for one group and for all of them.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Party => ("party.title", "party.all"),
            Self::Body => ("body.title", "body.all"),
            Self::Topic => ("topic.title", "topic.all"),
        }
    }
}

/// A list on the page of a group.
#[derive(Clone, Copy)]
struct ListOfGroup {
    /// The name in addresses.
    name: &'static str,
    /// The key of the heading.
    heading: &'static str,
}

impl ListOfGroup {
    /// The name of the list that has all commitments.
    fn of(self, kind: Kind, id: &Slug) -> String {
        format!("{}/{id}/{}", kind.folder(), self.name)
    }
}

#[derive(Template)]
#[template(path = "group.html")]
struct Group<'a> {
    /// Whether a list has what the script needs.
    listed: bool,
    page: Layout<'a>,
    kind: String,
    all: String,
    all_href: String,
    name: Html,
    other_names: Vec<Html>,
    identifiers: Vec<Html>,
    tally: Vec<Share>,
    count: String,
    lists: Vec<List>,
}

/// A list of commitments with a heading.
struct List {
    id: &'static str,
    heading: Html,
    items: Vec<Item>,
    /// Where all of the list is, if it is longer than a page.
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "groups.html")]
struct Groups<'a> {
    page: Layout<'a>,
    entries: Vec<Entry>,
}

/// A group in the list of all groups.
pub(crate) struct Entry {
    pub(crate) link: Html,
    pub(crate) count: String,
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let groups = &context.model.groups;
    let GroupCounts { parties, bodies, topics } = GroupCounts::of(&context.model.rows);
    for (kind, ids, counts) in [
        (Kind::Party, &groups.parties, parties),
        (Kind::Body, &groups.bodies, bodies),
        (Kind::Topic, &groups.topics, topics),
    ] {
        for id in ids {
            let path = format!("{}/{id}.html", kind.folder());
            let rows = rows(context, kind, id);
            let [first, second] = rows.each_ref().map(|rows| rows.iter().map(|row| row.fingerprint));
            let inputs = context.inputs("group").and(id).and_all(first).and_all(second);
            for (list, rows) in kind.lists().into_iter().zip(&rows) {
                if rows.len() > PAGE {
                    let title = context.words.t(list.heading).replace("{party}", &name(context, kind, id).1);
                    lists::list(context, &list.of(kind, id), &title, rows, out)?;
                }
            }
            put_from(context, &path, &inputs, || Ok(group(context, kind, id, &path, rows)), out)?;
        }
        let path = format!("{}/index.html", kind.folder());
        let page = Layout::new(context, &path, context.words.t(kind.words().1), None);
        let count = |id| counts.get(id).copied().unwrap_or_default();
        let entries = ids.iter().map(|id| entry(context, kind, id, count(id), &page.root)).collect();
        put(context, &path, &Groups { page, entries }, out)?;
    }
    Ok(())
}

/// The rows of a group: those that name it first, and for a party, those promised to it.
fn rows<'a>(context: &Context<'a>, kind: Kind, id: &Slug) -> [Vec<&'a Row>; 2] {
    let with =
        |belongs: &dyn Fn(&Row) -> bool| ordered(context.model.rows.iter().filter(|row| belongs(row)), Order::Verdict);
    match kind {
        Kind::Party => [with(&|row| row.by.contains(id)), with(&|row| row.to.contains(id))],
        Kind::Body => [with(&|row| row.bodies.contains(id)), Vec::new()],
        Kind::Topic => [with(&|row| row.topics.contains(id)), Vec::new()],
    }
}

fn name(context: &Context<'_>, kind: Kind, id: &Slug) -> (Html, String) {
    match kind {
        Kind::Party | Kind::Body => (context.party_name(id), context.plain_party(id)),
        Kind::Topic => (context.topic_name(id), context.plain_topic(id)),
    }
}

fn group<'a>(
    context: &'a Context<'a>,
    kind: Kind,
    id: &Slug,
    path: &str,
    [first, second]: [Vec<&Row>; 2],
) -> Group<'a> {
    let (words, model) = (context.words, context.model);
    let (shown, title) = name(context, kind, id);
    let page = Layout::new(context, path, &title, None);
    let mut page = match kind {
        Kind::Party => page.followed(Channel::Party(id.clone())),
        Kind::Topic => page.followed(Channel::Topic(id.clone())),
        Kind::Body => page,
    };
    page.head = linked_data::collection(context, &page);
    let (party, topic) = (model.parties.get(id).filter(|_| kind != Kind::Topic), model.topics.get(id));
    let names = party.map(|party| &party.names).or_else(|| Some(&topic.filter(|_| kind == Kind::Topic)?.names));
    let other_names =
        names.into_iter().flatten().map(|(language, name)| Html::text_in(name.as_str(), Some(language.as_str())));
    let other_names = other_names.filter(|name| !name.as_str().contains(shown.as_str())).collect();
    let identifiers = party.into_iter().flat_map(|party| &party.identifiers).map(|identifier| {
        Html::joined([Html::text(identifier.scheme.as_str()), Html::text(identifier.value.as_str())], ": ")
    });
    let mut all: Vec<&Row> = first.iter().chain(&second).copied().collect();
    all.sort_by_key(|row| &row.id);
    all.dedup_by_key(|row| &row.id);
    let list = |(kind_of_list, rows): (ListOfGroup, Vec<&Row>)| List {
        id: kind_of_list.name,
        heading: words.filled(kind_of_list.heading, &[("party", &shown)]),
        items: rows.iter().take(PAGE).map(|row| item(context, row, &page.root)).collect(),
        more: (rows.len() > PAGE).then(|| format!("{}lists/{}.html", page.root, kind_of_list.of(kind, id))),
    };
    let lists = kind.lists().into_iter().zip([first, second]).map(list);
    Group {
        listed: false,
        kind: words.t(kind.words().0).to_owned(),
        all: words.t(kind.words().1).to_owned(),
        all_href: format!("{}{}/index.html", page.root, kind.folder()),
        other_names,
        identifiers: identifiers.collect(),
        tally: tally(context, all.iter().copied()),
        count: words.count("count.commitments", all.len()),
        lists: lists.filter(|list| !list.items.is_empty()).collect(),
        name: shown,
        page,
    }
}

fn entry(context: &Context<'_>, kind: Kind, id: &Slug, count: usize, root: &str) -> Entry {
    let link = match kind {
        Kind::Party => context.party(id, root),
        Kind::Body => context.body(id, root),
        Kind::Topic => context.topic(id, root),
    };
    Entry { link, count: context.words.count("count.commitments", count) }
}
