//! Changes by day: the page of recent changes, one page for each year, and one for each
//! day on which something changed.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use servanda::Day;
use servanda::answers::Timeliness;

use super::context::Badge;
use super::front::{Counts, Share, shares};
use super::{Context, Layout, Section, put, put_from};
use crate::PublishError;
use crate::model::{Event, Row, State, What};
use crate::text::Html;
use crate::write::SiteWriter;

/// How many changes the first page shows.
const RECENT: usize = 60;

/// Up to how many commitments the page of a day says where each stood. On a larger site, the pages
/// of all days together would be too large; the page of each commitment says where it stood.
const LISTED: usize = 60;

/// An event in a list.
pub(crate) struct Happening {
    pub(crate) on: Html,
    pub(crate) link: Html,
    pub(crate) what: Html,
}

/// A day, or an imprecise date, with what happened on it.
struct DayOfChanges {
    heading: Html,
    happenings: Vec<Happening>,
}

/// A link to a day or a year, with the number of changes.
pub(crate) struct Count {
    pub(crate) href: String,
    pub(crate) text: Html,
    pub(crate) count: String,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes<'a> {
    page: Layout<'a>,
    lead: String,
    days: Vec<DayOfChanges>,
    years: Vec<Count>,
}

#[derive(Template)]
#[template(path = "year.html")]
struct Year<'a> {
    page: Layout<'a>,
    days: Vec<Count>,
}

/// Where a commitment stood at the end of a day.
struct Standing {
    link: Html,
    status: Html,
    badge: Badge,
}

#[derive(Template)]
#[template(path = "day.html")]
struct DayPage<'a> {
    page: Layout<'a>,
    title: Html,
    happenings: Vec<Happening>,
    count: String,
    tally: Vec<Share>,
    /// Where each commitment stood, if there are not too many.
    stood: Vec<Standing>,
    earlier: Option<Html>,
    later: Option<Html>,
}

/// Returns an event as an element of a list. `root` leads to the folder of the language.
pub(crate) fn happening(context: &Context<'_>, (row, event): (&Row, &Event), root: &str) -> Happening {
    Happening { on: context.date(event.on), link: context.commitment(row, root), what: what(context, &event.what) }
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let mut by_day: BTreeMap<Day, Vec<(&Row, &Event)>> = BTreeMap::new();
    for (row, event) in context.model.events() {
        by_day.entry(event.on.last_day()).or_default().push((row, event));
    }
    let mut years: BTreeMap<i32, Vec<(Day, usize)>> = BTreeMap::new();
    for (day, events) in &by_day {
        years.entry(day.year()).or_default().push((*day, events.len()));
    }
    write_recent(context, &years, out)?;
    for (year, days) in &years {
        let path = format!("days/{year}.html");
        let title = context.words.t("changes.year").replace("{year}", &year.to_string());
        let page = Layout::new(context, &path, &title, Some(Section::Changes));
        let days = days.iter().map(|(day, count)| Count {
            href: format!("{day}.html"),
            text: context.date((*day).into()),
            count: context.words.count("count.changes", *count),
        });
        put(context, &path, &Year { days: days.rev().collect(), page }, out)?;
    }
    let days: Vec<Day> = by_day.keys().copied().collect();
    let mut sweep = Sweep::of(&context.model.rows);
    for (index, (day, events)) in by_day.iter().enumerate() {
        let neighbour = |index: Option<usize>| index.and_then(|index| days.get(index)).copied();
        let (earlier, later) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
        write_day(context, *day, events, sweep.counts_on(*day), [earlier, later], out)?;
    }
    Ok(())
}

fn write_recent(
    context: &Context<'_>,
    years: &BTreeMap<i32, Vec<(Day, usize)>>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let words = context.words;
    let page = Layout::new(context, "changes.html", words.t("changes.title"), Some(Section::Changes));
    let mut days: Vec<DayOfChanges> = Vec::new();
    for (row, event) in context.model.events().rev().take(RECENT) {
        let (heading, happening) = (context.date(event.on), happening(context, (row, event), ""));
        match days.last_mut().filter(|day| day.heading == heading) {
            Some(day) => day.happenings.push(happening),
            None => days.push(DayOfChanges { heading, happenings: vec![happening] }),
        }
    }
    let years = years.iter().rev().map(|(year, days)| Count {
        href: format!("days/{year}.html"),
        text: Html::text(&year.to_string()),
        count: words.count("count.changes", days.iter().map(|(_, count)| count).sum()),
    });
    let (lead, years) = (words.t("changes.lead").to_owned(), years.collect());
    put(context, "changes.html", &Changes { page, lead, days, years }, out)
}

fn write_day(
    context: &Context<'_>,
    day: Day,
    events: &[(&Row, &Event)],
    counts: &Counts,
    [earlier, later]: [Option<Day>; 2],
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("days/{day}.html");
    let rows = &context.model.rows;
    let listed = if rows.len() <= LISTED { rows.as_slice() } else { &[] };
    let inputs = context
        .inputs("day")
        .and(format_args!("{counts:?} {earlier:?} {later:?}"))
        .and_all(events.iter().map(|(row, _)| row.fingerprint))
        .and_all(listed.iter().map(|row| row.fingerprint));
    let make = || {
        let title = context.words.filled("day.title", &[("day", &context.date(day.into()))]);
        let plain = context.words.t("day.title").replace("{day}", &day.to_string());
        let page = Layout::new(context, &path, &plain, Some(Section::Changes));
        let link = |day: Day| Html::link_inside(&format!("{day}.html"), &context.date(day.into()));
        Ok(DayPage {
            title,
            happenings: events.iter().map(|event| happening(context, *event, &page.root)).collect(),
            count: context.words.count("count.commitments", counts.total()),
            tally: shares(context, counts),
            stood: stood(context, listed, day, &page.root),
            earlier: earlier.map(link),
            later: later.map(link),
            page,
        })
    };
    put_from(context, &path, &inputs, make, out)
}

/// Where commitments stood at the end of a day, as known now.
fn stood(context: &Context<'_>, rows: &[Row], day: Day, root: &str) -> Vec<Standing> {
    let standing = |row: &Row| {
        let state = row.state_on(day)?;
        Some(Standing {
            link: context.commitment(row, root),
            status: state.status.as_ref().map(|names| context.name(names)).unwrap_or_default(),
            badge: context.badge(state.verdict, state.timeliness),
        })
    };
    rows.iter().filter_map(standing).collect()
}

/// Counts the verdicts from day to day.
struct Sweep<'m> {
    /// The changes of all commitments, the latest first: the day, the commitment, and its state.
    changes: Vec<(Day, usize, &'m State)>,
    states: HashMap<usize, &'m State>,
    counts: Counts,
}

impl<'m> Sweep<'m> {
    fn of(rows: &'m [Row]) -> Self {
        let changes = rows.iter().enumerate();
        let changes = changes.flat_map(|(index, row)| row.stood.iter().map(move |(day, state)| (*day, index, state)));
        let mut changes: Vec<_> = changes.collect();
        changes.sort_by_key(|(day, index, _)| std::cmp::Reverse((*day, *index)));
        Self { changes, states: HashMap::new(), counts: Counts::default() }
    }

    /// The counts at the end of a day, which is later than those asked before.
    fn counts_on(&mut self, day: Day) -> &Counts {
        while let Some((_, index, state)) = self.changes.pop_if(|(first, ..)| *first <= day) {
            let is_overdue = |state: &State| state.timeliness == Some(Timeliness::Overdue);
            if let Some(before) = self.states.insert(index, state) {
                self.counts.remove(before.verdict, is_overdue(before));
            }
            self.counts.add(state.verdict, is_overdue(state));
        }
        &self.counts
    }
}

/// Says what happened.
fn what(context: &Context<'_>, what: &What) -> Html {
    let words = context.words;
    match what {
        What::Made => Html::text(words.t("changes.made")),
        What::Step { status, presumed: false } => words.filled("changes.step", &[("status", &context.name(status))]),
        What::Step { status, presumed: true } => {
            words.filled("changes.step_presumed", &[("status", &context.name(status))])
        }
        What::Remark(title) => Html::text(title.as_str()),
        What::DeadlineSet(deadline) => {
            words.filled("changes.deadline_set", &[("deadline", &context.date(deadline.date()))])
        }
        What::DeadlinePassed(deadline) => {
            words.filled("changes.deadline_passed", &[("deadline", &context.date(deadline.date()))])
        }
        What::Deposit(party) => words.filled("changes.deposit", &[("by", &context.party_name(party))]),
        What::Assigned(body) => words.filled("changes.assigned", &[("body", &context.party_name(body))]),
        What::Unassigned(body) => words.filled("changes.unassigned", &[("body", &context.party_name(body))]),
        What::Measured { value, unit } => {
            let unit = unit.as_ref().map_or_else(Html::default, |unit| Html::text(unit.as_str()));
            words.filled("changes.measured", &[("value", &Html::text(value.as_str())), ("unit", &unit)])
        }
    }
}
