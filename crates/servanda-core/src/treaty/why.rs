//! The reasons for days of entry into force, in words.

use super::members::{Counts, Member, Tally, is_one_day};
use super::outcomes::{Account, General, Outcome};
use crate::procedure::{Counted, Rule};
use crate::treaty::{Alternative, EntryIntoForce, Joining, Leaving, Met};
use crate::value::{Amount, Date, Day, Title};

pub(super) const SUCCESSION: &str = "no day follows from the deposit: a successor State takes the other's place by the law on \
                                     the succession of States, and this article does not say when";
pub(super) const NO_LATER_RULE: &str = "no day follows from the deposit: it came after the conditions were met, and the rule says nothing of later parties";

pub(super) const UNORDERED: &str = "it is not known whether it deposited or gave notice first";
pub(super) const OWN_ROW_UNREAD: &str = "a row that is or may be about it could not be read";

/// The reason for the general entry into force.
pub(super) fn general(account: &Account<'_>, general: &General<'_>) -> String {
    match general.outcomes.as_slice() {
        [outcome] => self::outcome(account, *outcome),
        _ => format!("{}{}", whichever(account, general), bases(general)),
    }
}

/// The reason for the general entry into force in one outcome, such as
/// `60 days after 2018-10-31, when Australia made the sixth deposit: CPTPP, art. 3(1)`.
pub(super) fn outcome(account: &Account<'_>, Outcome { alternative, met, .. }: Outcome<'_>) -> String {
    let start = after(&alternative.rule, &met.to_string());
    let (basis, tally) = (&alternative.basis, account.tally_at(met));
    let together = match &alternative.share {
        Some(share) if tally.without_share > 0 => {
            format!("{} and at least {} % of {}", deposits(tally.deposits), tally.share, share.of)
        }
        Some(share) => format!("{} and {} % of {}", deposits(tally.deposits), tally.share, share.of),
        None => deposits(tally.deposits),
    };
    if alternative.period.is_some_and(|period| period.met == Met::Within) {
        return format!("{start}, when {} ended with {together}: {basis}", period_of(alternative));
    }
    // The members are in the order of their deposits.
    let from = account.members.partition_point(|member| member.instrument.on.first_day() < met);
    let same_day = account.members.iter().skip(from).take_while(|member| member.instrument.on.first_day() == met);
    let counting = same_day.filter(|member| member.counts == Counts::Yes && is_one_day(member.instrument.on));
    let mut on_the_day: Vec<&Title> = counting.map(|member| &member.instrument.by).collect();
    if on_the_day.is_empty() {
        return format!("{start}, when there were {together}: {basis}");
    }
    on_the_day.sort();
    let who = listed(&on_the_day);
    let is_the_nth = on_the_day.len() == 1 && alternative.share.is_none() && !alternative.all_signatories;
    if is_the_nth && tally.deposits == alternative.needed(account.rule.signatories.as_ref()) {
        return format!("{start}, when {who} made the {} deposit: {basis}", ordinal(tally.deposits));
    }
    format!("{start}, when {who} deposited, which made {together}: {basis}")
}

/// The reason for a day that is the same in all possible outcomes.
pub(super) fn whichever(account: &Account<'_>, general: &General<'_>) -> String {
    format!("the day is the same {}", whatever(account, general))
}

/// The reason why a day is not known.
pub(super) fn unknown(account: &Account<'_>, general: &General<'_>) -> String {
    general.why_unknown.get_or_init(|| what_is_unknown(account, general)).clone()
}

fn what_is_unknown(account: &Account<'_>, general: &General<'_>) -> String {
    let rows = unread(account).map(|rows| format!("{rows} could not be read"));
    if general.outcomes.is_empty() {
        let order =
            order_in_doubt(account).map(|who| format!("it is not known whether {who} deposited or gave notice first"));
        let reasons: Vec<String> = rows.into_iter().chain(order).collect();
        return format!("{}; the others lack {}", reasons.join("; "), missing(account));
    }
    let share = share_in_doubt(account, general).map(|(share, most)| match most {
        Some(most) => format!("{share} is not given, and is at most {most} %"),
        None => format!("{share} is not given"),
    });
    let dates = dates_in_doubt(account).map(|(dates, are)| format!("{dates} {are} not known to the day"));
    let order =
        order_in_doubt(account).map(|who| format!("it is not known whether {who} deposited or gave notice first"));
    let reasons: Vec<String> = share.into_iter().chain(dates).chain(order).chain(rows).collect();
    format!("{}{}", reasons.join("; "), bases(general))
}

/// A clause that says which unknown facts make no difference.
fn whatever(account: &Account<'_>, general: &General<'_>) -> String {
    let share = share_in_doubt(account, general).map(|(share, _)| format!("whatever {share} is"));
    let rows = match account.unread {
        0 => None,
        1 => Some("whatever the row says that could not be read".to_owned()),
        rows => Some(format!("whatever the {rows} rows say that could not be read")),
    };
    let dates = dates_in_doubt(account).map(|(dates, are)| format!("on whatever day {dates} {are}"));
    let order = order_in_doubt(account).map(|who| format!("whatever {who} did first"));
    share.into_iter().chain(dates).chain(order).chain(rows).collect::<Vec<_>>().join(", and ")
}

/// The parties of which it is not known whether they deposited or gave notice first.
fn order_in_doubt(account: &Account<'_>) -> Option<String> {
    let mut who: Vec<&Title> = account.unordered.iter().map(|instrument| &instrument.by).collect();
    who.sort();
    who.dedup();
    (!who.is_empty()).then(|| listed(&who))
}

/// The deposits and notices of which only a month or a year is known, with a verb for them. `None`
/// if all days are known.
fn dates_in_doubt(account: &Account<'_>) -> Option<(String, &'static str)> {
    let named = |is_in_doubt: &dyn Fn(&Member<'_>) -> bool| {
        let mut who: Vec<&Title> =
            account.members.iter().filter(|member| is_in_doubt(member)).map(|member| &member.instrument.by).collect();
        who.sort();
        who.dedup();
        who
    };
    let is_rough = |on: Date| !is_one_day(on);
    let deposits = named(&|member| is_rough(member.instrument.on));
    let notices = named(&|member| member.left.is_some_and(is_rough));
    let text = |noun: &str, who: &[&Title]| match who {
        [] => None,
        [one] => Some(format!("the {noun} of {one}")),
        _ => Some(format!("the {noun}s of {}", listed(who))),
    };
    let are = if deposits.len() + notices.len() == 1 { "is" } else { "are" };
    let texts: Vec<String> = [text("deposit", &deposits), text("notice", &notices)].into_iter().flatten().collect();
    (!texts.is_empty()).then(|| (texts.join(" and "), are))
}

/// The shares that are not given, and what they can add up to. `None` if no share matters.
fn share_in_doubt(account: &Account<'_>, general: &General<'_>) -> Option<(String, Option<Amount>)> {
    let share = general.outcomes.iter().find_map(|outcome| outcome.alternative.share.as_ref())?;
    let lacking = account.members.iter().filter(|member| member.instrument.share.is_none());
    let counting = lacking.filter(|member| member.counts == Counts::Yes);
    let mut who: Vec<&Title> = counting.map(|member| &member.instrument.by).collect();
    who.sort();
    who.dedup();
    let who = Some(listed(&who)).filter(|who| !who.is_empty())?;
    let most = Some(account.remaining).filter(|remaining| *remaining < Amount::percent(100));
    Some((format!("the share of {who} in {}", share.of), most))
}

fn unread(account: &Account<'_>) -> Option<String> {
    match account.unread {
        0 => None,
        1 => Some("1 row".to_owned()),
        rows => Some(format!("{rows} rows")),
    }
}

/// The articles of the possible outcomes, after a colon.
fn bases(general: &General<'_>) -> String {
    let mut bases: Vec<&str> = Vec::new();
    for outcome in &general.outcomes {
        if !bases.contains(&outcome.alternative.basis.as_str()) {
            bases.push(outcome.alternative.basis.as_str());
        }
    }
    if bases.is_empty() { String::new() } else { format!(": {}", bases.join(", ")) }
}

/// The reason for a day of entry into force that follows from the party's own deposit.
pub(super) fn own(joining: &Joining, rule: &Rule, is_put_off: bool) -> String {
    let start = after(rule, "its own deposit");
    let basis = &joining.basis;
    if is_put_off {
        format!("{start}, but not before it is in force at all: {basis}")
    } else {
        format!("{start}: {basis}")
    }
}

pub(super) fn no_day(joining: &Joining) -> String {
    let note = joining.note.as_ref().map_or_else(|| "the rule does not say when".to_owned(), Title::to_string);
    format!("no day follows from the deposit alone, {note}: {}", joining.basis)
}

pub(super) fn not_a_signatory(rule: &EntryIntoForce) -> String {
    let basis = rule.general.first().map_or_else(String::new, |general| format!(": {}", general.basis));
    let other =
        rule.acceding.as_ref().map_or_else(String::new, |acceding| format!("; on accession: {}", acceding.basis));
    format!("it is not listed as a signatory, and only signatories count{basis}{other}")
}

/// The reason why a treaty that is not in force at all is not in force for a party.
pub(super) fn not_in_force(rule: &EntryIntoForce, member: &Member<'_>) -> String {
    let besides = |reason: String| format!("the treaty is not in force; {reason}");
    match (member.counts, member.left, &rule.organizations) {
        (Counts::NotASignatory, ..) => besides(not_a_signatory(rule)),
        (Counts::NotASuccession, ..) => besides(SUCCESSION.to_owned()),
        (Counts::NotAnAccession, ..) => besides(rule.acceding.as_ref().map_or_else(String::new, no_day)),
        (_, Some(left), _) => left_in_time(left),
        (Counts::NotBesideItsMembers, None, Some(organizations)) => {
            format!(
                "the treaty is not in force; the deposit does not count beside those of its members: {}",
                organizations.basis
            )
        }
        _ => "the treaty is not in force, and the deposit counts".to_owned(),
    }
}

pub(super) fn left_in_time(left: Date) -> String {
    format!("it took its instrument back on {left}, before the treaty's conditions were met, and does not count")
}

pub(super) fn left_before(left: Day, since: Day, is_counted: bool) -> String {
    if is_counted {
        return format!(
            "it gave notice on {left} that it leaves, after the conditions were met and before {since}; the rule does not say \
             what follows for it"
        );
    }
    format!(
        "it took its instrument back on {left}, before {since}, when the treaty would have entered into force for it"
    )
}

/// The reason for a party that left before the treaty could enter into force for it.
pub(super) fn left_in_any_case(left: Option<Date>) -> String {
    let day = left.map_or_else(String::new, |left| format!(" on {left}"));
    format!("it took its instrument back{day}, before the treaty could enter into force for it")
}

pub(super) fn published_end(notice: Day, until: Day) -> String {
    format!("until {until}, by its notice of {notice}, as the depositary published")
}

pub(super) fn no_rule_on_leaving(notice: Day) -> String {
    format!("it gave notice on {notice} that it leaves; the rule does not say when that takes effect")
}

pub(super) fn notice_too_early(leaving: &Leaving, notice: Day, earliest: Day) -> String {
    format!("its notice of {notice} has no effect, notice can be given from {earliest} on: {}", leaving.basis)
}

pub(super) fn until(leaving: &Leaving, notice: Day, until: Option<Day>) -> String {
    match until {
        Some(until) => format!("until {until}, by its notice of {notice}: {}", leaving.basis),
        None => format!("it gave notice on {notice} that it leaves: {}", leaving.basis),
    }
}

/// The conditions that are not met yet, for each alternative.
pub(super) fn missing(account: &Account<'_>) -> String {
    let now = account.certain.last().map_or_else(Tally::default, |(_, tally)| *tally);
    let lacks: Vec<String> =
        account.rule.general.iter().filter_map(|alternative| lack(account, alternative, now)).collect();
    if lacks.is_empty() { "a way in which it could still enter into force".to_owned() } else { lacks.join("; or ") }
}

/// The conditions of one alternative that are not met yet. `None` if its period means that it
/// cannot apply any more, or cannot apply yet.
fn lack(account: &Account<'_>, alternative: &Alternative, now: Tally) -> Option<String> {
    let (rule, as_of) = (account.rule, account.as_of);
    let end = rule.end_of_period(alternative);
    let is_over = end.is_some_and(|end| as_of.is_none_or(|day| day >= end));
    match alternative.period.map(|period| period.met) {
        Some(Met::Within) if is_over => return None,
        Some(Met::After) if !is_over => return None,
        _ => {}
    }
    let mut lacks = Vec::new();
    let needed = alternative.needed(rule.signatories.as_ref());
    if now.deposits < needed {
        let more = needed - now.deposits;
        let noun = if more == 1 { "deposit" } else { "deposits" };
        lacks.push(format!("{more} more {noun} ({} of {needed})", now.deposits));
    }
    if let Some(share) = &alternative.share {
        let wanted = Amount::of(&share.at_least);
        if now.share < wanted {
            let more = wanted.minus(now.share);
            let unknown = without_share(&account.members)
                .map_or_else(String::new, |who| format!(", without {who}, whose share is not given"));
            lacks.push(format!("{more} % more of {} ({} of {wanted} %{unknown})", share.of, now.share));
        }
    }
    let text = match (lacks.join(" and "), end.filter(|_| !is_over)) {
        (lacks, Some(end)) if lacks.is_empty() => format!("the end of {}, on {end}", period_of(alternative)),
        (lacks, Some(end)) => format!("{lacks}, by {end}"),
        (lacks, None) if lacks.is_empty() => "a day before the year 10000".to_owned(),
        (lacks, None) => lacks,
    };
    Some(format!("{text}: {}", alternative.basis))
}

/// The names of the parties whose deposits count and whose shares are not given.
fn without_share(members: &[Member<'_>]) -> Option<String> {
    let mut who: Vec<&Title> = members
        .iter()
        .filter(|member| member.counts == Counts::Yes && member.left.is_none() && member.instrument.share.is_none())
        .map(|member| &member.instrument.by)
        .collect();
    who.sort();
    (!who.is_empty()).then(|| listed(&who))
}

fn period_of(alternative: &Alternative) -> String {
    match alternative.period.map_or(0, |period| period.months) {
        1 => "the month from signature".to_owned(),
        12 => "the year from signature".to_owned(),
        months if months % 12 == 0 => format!("the {} years from signature", months / 12),
        months => format!("the {months} months from signature"),
    }
}

/// A rule with its start, such as `60 days after its own deposit`.
fn after(rule: &Rule, start: &str) -> String {
    match rule {
        Rule::Days(Counted { count, first_day_counts: true, .. }) => {
            format!("on day {count} from {start}, which is day one")
        }
        Rule::Days(Counted { count: 1, .. }) => format!("1 day after {start}"),
        Rule::Days(Counted { count, .. }) => format!("{count} days after {start}"),
        Rule::FullDays(counted) => format!("once {} days have run from {start}", counted.count),
        Rule::Weeks { count: 1 } => format!("1 week after {start}"),
        Rule::Weeks { count } => format!("{count} weeks after {start}"),
        Rule::Months { count: 1 } => format!("1 month after {start}"),
        Rule::Months { count } => format!("{count} months after {start}"),
        Rule::Years { count: 1 } => format!("1 year after {start}"),
        Rule::Years { count } => format!("{count} years after {start}"),
        Rule::FirstOfMonthAfterDays { count } => {
            format!("on the first day of the month after the {} day after {start}", ordinal(*count))
        }
        Rule::FirstOfMonth { count } => format!("on the first day of the {} month after {start}", ordinal(*count)),
        Rule::Close { .. } | Rule::SetByCommitment => format!("{rule}, from {start}"),
    }
}

fn deposits(count: u32) -> String {
    if count == 1 { "1 deposit".to_owned() } else { format!("{count} deposits") }
}

/// The first names, and the number of the others.
fn listed(names: &[&Title]) -> String {
    const SHOWN: usize = 4;
    let text = |names: &[&Title]| names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] if names.len() <= SHOWN => format!("{} and {last}", text(first)),
        _ => format!("{} and {} more", text(names.get(..SHOWN - 1).unwrap_or_default()), names.len() - (SHOWN - 1)),
    }
}

fn ordinal(number: u32) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let word = usize::try_from(number).ok().and_then(|number| WORDS.get(number.checked_sub(1)?));
    if let Some(word) = word {
        return (*word).to_owned();
    }
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
