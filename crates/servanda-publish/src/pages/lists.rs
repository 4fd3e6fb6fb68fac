//! Lists of commitments: all of them in several orders, and those of a verdict or a timeliness.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use servanda::Slug;
use servanda::answers::Timeliness;

use super::context::Badge;
use super::layout::Link;
use super::{Context, Layout, put_from};
use crate::PublishError;
use crate::model::{Order, Row, VERDICTS, ordered};
use crate::text::Html;
use crate::write::SiteWriter;

/// One commitment in a list.
pub(crate) struct Item {
    pub(crate) link: Html,
    pub(crate) badge: Badge,
    /// The status and the date since which it is that.
    pub(crate) status: Html,
    pub(crate) deadline: Html,
    /// The last day of the deadline in force, for the script.
    pub(crate) due: String,
    /// The words that the script filters by, such as `p-jp`, separated by spaces.
    pub(crate) keys: String,
}

/// Returns a commitment as an element of a list. `root` leads to the folder of the language.
pub(crate) fn item(context: &Context<'_>, row: &Row, root: &str) -> Item {
    let words = context.words;
    let since = row.since.map(|since| words.filled("front.since", &[("since", &context.short_date(since))]));
    let status = row.status.as_ref().map(|names| context.name(names));
    let deadline = row
        .deadline
        .filter(|_| row.timeliness.is_some())
        .map(|deadline| words.filled("front.deadline", &[("deadline", &context.short_date(deadline.date()))]));
    Item {
        link: context.commitment(row, root),
        badge: context.badge(row.verdict, row.timeliness),
        status: Html::joined(status.into_iter().chain(since), " "),
        deadline: deadline.unwrap_or_default(),
        due: row.deadline.map(|deadline| deadline.date().last_day().to_string()).unwrap_or_default(),
        keys: keys(row),
    }
}

/// The words that the script filters by.
fn keys(row: &Row) -> String {
    let parties = row.by.iter().chain(&row.to).map(|id| format!("p-{id}"));
    let bodies = row.bodies.iter().map(|id| format!("b-{id}"));
    let topics = row.topics.iter().map(|id| format!("t-{id}"));
    let verdict = format!("v-{}", row.verdict.map_or("none", |verdict| verdict.as_str()));
    let timeliness = row.timeliness.map(|timeliness| format!("d-{}", timeliness.as_str()));
    let mut keys: Vec<String> = parties.chain(bodies).chain(topics).chain([verdict]).chain(timeliness).collect();
    keys.dedup();
    keys.join(" ")
}

/// How many commitments a page lists. A longer list goes on on further pages.
pub(super) const PAGE: usize = 500;

/// The links to the lists that the front page offers.
pub(crate) struct Filters {
    /// The orders, with their words.
    pub(crate) orders: Vec<(&'static str, String)>,
    pub(crate) sorts: Vec<Link>,
    pub(crate) groups: Vec<Choices>,
}

/// The lists of one kind, such as those by party.
pub(crate) struct Choices {
    pub(crate) label: String,
    /// The verdicts have an order by urgency.
    pub(crate) is_ranked: bool,
    pub(crate) choices: Vec<Choice>,
}

/// A link to a list, with the number of commitments on it.
pub(crate) struct Choice {
    pub(crate) link: Html,
    /// The word that the script filters by, and its name as plain text.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) count: String,
}

#[derive(Template)]
#[template(path = "list.html")]
struct List<'a> {
    page: Layout<'a>,
    /// Whether the list has what the script needs.
    listed: bool,
    count: String,
    items: Vec<Item>,
    pages: Vec<Link>,
}

/// Returns the links to all lists. `root` leads to the folder of the language.
pub(crate) fn filters(context: &Context<'_>, root: &str) -> Filters {
    let (words, model) = (context.words, context.model);
    let sorts = Order::ALL.into_iter().map(|order| Link {
        href: format!("{root}lists/by-{}.html", order.as_str()),
        text: words.t(&format!("sort.{}", order.as_str())).to_owned(),
        language: context.language.code(),
        current: false,
    });
    let counted = |belongs: &dyn Fn(&Row) -> bool| model.rows.iter().filter(|row| belongs(row)).count();
    let choice = |key: String, name: String, link: Html, count: usize| {
        (count > 0).then(|| Choice { link, key, name, count: words.number(count) })
    };
    let list = |name: &str, text: &str| Html::link_inside(&format!("{root}lists/{name}.html"), &Html::text(text));
    let verdicts = VERDICTS.into_iter().filter_map(|verdict| {
        let badge = context.badge(verdict, None);
        let key = format!("v-{}", badge.class);
        choice(key, badge.word.clone(), list(badge.class, &badge.word), counted(&|row| row.verdict == verdict))
    });
    let timeliness = Timeliness::ALL.into_iter().filter_map(|timeliness| {
        let word = words.t(&format!("timeliness.{}", timeliness.as_str())).to_owned();
        let key = format!("d-{}", timeliness.as_str());
        choice(key, word.clone(), list(&timing(timeliness), &word), counted(&|row| row.timeliness == Some(timeliness)))
    });
    let groups = &model.groups;
    let counts = GroupCounts::of(&model.rows);
    let parties = groups.parties.iter().filter_map(|id| {
        let name = context.plain_party(id);
        choice(format!("p-{id}"), name, context.party(id, root), counts.parties.get(id).copied()?)
    });
    let bodies = groups.bodies.iter().filter_map(|id| {
        let name = context.plain_party(id);
        choice(format!("b-{id}"), name, context.body(id, root), counts.bodies.get(id).copied()?)
    });
    let topics = groups.topics.iter().filter_map(|id| {
        let name = context.plain_topic(id);
        choice(format!("t-{id}"), name, context.topic(id, root), counts.topics.get(id).copied()?)
    });
    let all: [(&str, Vec<Choice>); 5] = [
        ("front.by_verdict", verdicts.collect()),
        ("front.by_timeliness", timeliness.collect()),
        ("front.by_party", parties.collect()),
        ("front.by_body", bodies.collect()),
        ("front.by_topic", topics.collect()),
    ];
    let groups = all.into_iter().filter(|(_, choices)| !choices.is_empty());
    let groups = groups.map(|(key, choices)| Choices {
        label: words.t(key).to_owned(),
        is_ranked: key == "front.by_verdict",
        choices,
    });
    let orders = Order::ALL.map(|order| (order.as_str(), words.t(&format!("sort.{}", order.as_str())).to_owned()));
    Filters { orders: orders.into(), sorts: sorts.collect(), groups: groups.collect() }
}

/// The number of commitments of each party, body and topic.
#[derive(Default)]
pub(super) struct GroupCounts<'r> {
    pub(super) parties: HashMap<&'r Slug, usize>,
    pub(super) bodies: HashMap<&'r Slug, usize>,
    pub(super) topics: HashMap<&'r Slug, usize>,
}

impl<'r> GroupCounts<'r> {
    pub(super) fn of(rows: &'r [Row]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            let parties: BTreeSet<&Slug> = row.by.iter().chain(&row.to).collect();
            parties.into_iter().for_each(|id| *counts.parties.entry(id).or_default() += 1);
            row.bodies.iter().for_each(|id| *counts.bodies.entry(id).or_default() += 1);
            row.topics.iter().for_each(|id| *counts.topics.entry(id).or_default() += 1);
        }
        counts
    }
}

/// The name of the list of a timeliness. A verdict may have the same word.
fn timing(timeliness: Timeliness) -> String {
    format!("timing-{}", timeliness.as_str())
}

/// Makes the lists by verdict and timeliness, and those of all commitments in each order.
pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let (words, rows) = (context.words, &context.model.rows);
    for verdict in VERDICTS {
        let badge = context.badge(verdict, None);
        let these = ordered(rows.iter().filter(|row| row.verdict == verdict), Order::Change);
        let title = words.t("list.verdict").replace("{verdict}", &badge.word);
        list(context, badge.class, &title, &these, out)?;
    }
    for timeliness in Timeliness::ALL {
        let word = words.t(&format!("timeliness.{}", timeliness.as_str())).to_owned();
        let these = ordered(rows.iter().filter(|row| row.timeliness == Some(timeliness)), Order::Deadline);
        let title = words.t("list.timeliness").replace("{timeliness}", &word);
        list(context, &timing(timeliness), &title, &these, out)?;
    }
    for order in Order::ALL {
        let word = words.t(&format!("sort.{}", order.as_str())).to_owned();
        let title = words.t("front.sorted_by").replace("{order}", &word);
        list(context, &format!("by-{}", order.as_str()), &title, &ordered(rows, order), out)?;
    }
    Ok(())
}

/// Makes the pages of a list, whose first page is `lists/{name}.html`.
pub(super) fn list(
    context: &Context<'_>,
    name: &str,
    title: &str,
    rows: &[&Row],
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let in_folder = name.rsplit('/').next().unwrap_or(name);
    let file = |name: &str, number: usize| match number {
        1 => format!("{name}.html"),
        _ => format!("{name}-{number}.html"),
    };
    let last = rows.len().div_ceil(PAGE);
    for (index, these) in rows.chunks(PAGE).enumerate() {
        let path = format!("lists/{}", file(name, index + 1));
        let inputs = context.inputs("list").and(rows.len()).and_all(these.iter().map(|row| row.fingerprint));
        let pages = (1..=last).map(|number| Link {
            href: file(in_folder, number),
            text: context.words.t("front.page").replace("{n}", &number.to_string()),
            language: context.language.code(),
            current: number == index + 1,
        });
        let make = || {
            let page = Layout::new(context, &path, title, None);
            Ok(List {
                listed: false,
                count: context.words.count("count.commitments", rows.len()),
                items: these.iter().map(|row| item(context, row, &page.root)).collect(),
                pages: pages.collect(),
                page,
            })
        };
        put_from(context, &path, &inputs, make, out)?;
    }
    Ok(())
}
