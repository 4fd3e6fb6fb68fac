//! What is refused when it is appended.

use servanda_core::{
    Advance, Amend, Attest, Batch, Calendar, Cite, ClockRule, Commitment, Date, Deposit, Digest, EntryId, Error, Link,
    Obligation, Phase, Procedure, Relation, Remark, Reschedule, Retract, Rule, Slug, builtin,
};

use super::Deeds;
use super::common::{Book, WORD, day, moment, source, tell, word};

/// A visit that lapses, presumably, a week after it was put off.
const VISIT: &str = r#"
    id = "visit"
    version = 1
    initial = "invited"
    title = { en = "A visit" }
    statuses = [
        { id = "invited", phase = "planned", title = { en = "Invited" } },
        { id = "put-off", phase = "stalled", title = { en = "Put off" } },
        { id = "lapsed", phase = "failed", title = { en = "Lapsed" } },
        { id = "received", phase = "achieved", final = true, title = { en = "Received" } },
        { id = "forgotten", phase = "superseded", final = true, title = { en = "Forgotten" } },
    ]
    transitions = [
        { from = ["invited"], to = "put-off", basis = "Practice", title = { en = "Put off" } },
        { from = ["invited", "lapsed"], to = "received", sources = 2, taken_by = ["jp", "us"], basis = "Practice", title = { en = "Received" } },
        { from = ["lapsed"], to = "forgotten", sources = 1, basis = "Practice", title = { en = "Forgotten" } },
        { from = ["lapsed", "put-off"], to = "invited", basis = "Practice", title = { en = "Invited again" } },
    ]
    [[clocks]]
    id = "week"
    starts = ["put-off"]
    while = ["put-off"]
    to = "lapsed"
    fires = "end"
    presumed = true
    rule = { days = { count = 7 } }
    basis = "Practice"
    title = { en = "A week" }
"#;

pub(crate) fn visit() -> Procedure {
    Procedure::from_toml("visit.toml", VISIT).unwrap()
}

/// Appends to a ledger, is refused, and leaves no trace.
pub(crate) fn refused(deed: &str, mut book: Book, batch: impl Into<Batch>) -> (String, Error) {
    let before = book.ledger.clone();
    let error = book.try_append(batch).unwrap_err();
    assert_eq!((book.ledger.digest(), book.ledger.entries().len()), (before.digest(), before.len()), "{deed}");
    (deed.to_owned(), error)
}

pub(crate) fn registrations() -> Deeds {
    let told = || tell(&visit(), "a result");
    let new = |id: &str| word(id, builtin::action(), Obligation::Result);
    let part = |id: &str, whole: &str| new(id).part_of(whole).unwrap();
    let rule =
        ClockRule { basis: "Practice".parse().unwrap(), deposits: None, rule: Rule::Months { count: 1 }, treaty: None };
    let given = |change: fn(&mut ClockRule)| {
        let mut rule = rule.clone();
        change(&mut rule);
        word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule).unwrap()
    };
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let mut unsound = visit();
    unsound.initial = "asked".parse().unwrap();
    let mut unnamed = builtin::jp_diet().clone();
    unnamed.title.clear();
    let position = || word("us/senkaku", builtin::position(), Obligation::Position);
    let undue = position().due(day("2014-01-01"));
    let mut held = told();
    held.append(position());
    let reschedule = Reschedule::new("us/senkaku", day("2014-01-01")).on(day("2013-02-01"));
    vec![
        refused("appends nothing", told(), Batch::new()),
        refused(
            "appends 10,001 remarks",
            told(),
            (0..10_001).map(|_| Remark::new(WORD, "A remark").on(day("2013-02-01"))).collect::<Batch>(),
        ),
        refused("spells a commitment badly", told(), Advance::new("JP/Word", "put-off").on(day("2013-02-01"))),
        refused("registers again", told(), word(WORD, &visit(), Obligation::Conduct)),
        refused(
            "registers under a procedure that nobody defined",
            Book::default(),
            word(WORD, &visit(), Obligation::Result),
        ),
        refused("registers under a procedure of another content", told(), word("jp/other", &rival, Obligation::Result)),
        refused("defines a version anew", told(), rival.clone()),
        refused("defines a procedure with a fault", told(), unsound),
        refused("defines a calendar with a fault", told(), unnamed),
        refused(
            "opens at a status that is not declared",
            told(),
            new("jp/visit").opening_at("dome".parse::<Slug>().unwrap(), day("2013-01-01"), vec![]),
        ),
        refused(
            "gives a rule to a clock that has one",
            told(),
            word("jp/visit", &visit(), Obligation::Result).rule("week", rule.clone()).unwrap(),
        ),
        refused(
            "gives a rule to no clock",
            told(),
            word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry", rule.clone()).unwrap(),
        ),
        refused(
            "gives a rule that leaves it to the commitment",
            told(),
            given(|given| given.rule = Rule::SetByCommitment),
        ),
        refused("gives a rule that counts to 0", told(), given(|given| given.rule = Rule::FirstOfMonth { count: 0 })),
        refused("gives a rule that waits for no deposit", told(), given(|given| given.deposits = Some(0))),
        refused("sets a deadline to a position", told(), undue),
        refused("reschedules a position", held, reschedule),
        refused("makes it part of itself", told(), part("us/a", "us/a")),
        refused(
            "makes two part of one another",
            told(),
            Batch::new().and(part("us/a", "us/b")).and(part("us/b", "us/a")),
        ),
        refused("makes it part of nothing there", told(), part("us/a", "jp/ward")),
        refused("links to nothing there", told(), Link::new(WORD, Relation::Related, "us/none")),
        refused("links to itself", told(), Link::new(WORD, Relation::Related, WORD)),
        refused("speaks of nothing there", told(), Remark::new("jp/ward", "A remark").on(day("2013-02-01"))),
        refused("names nobody", told(), Commitment { by: vec![], ..new("jp/visit") }),
    ]
}

pub(crate) fn steps() -> Deeds {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let step = |to: &str, on: &str| Advance::new(WORD, to).on(on.parse::<Date>().unwrap());
    let mut third = told("; put-off 2013-02-01");
    let misplaced = step("invited", "2013-02-02").after(third.append(step("put-off", "2013-02-01")));
    vec![
        refused("steps to a misspelt status", told(""), step("recieved", "2013-02-01")),
        refused("steps to an unknown status", told(""), step("under-way", "2013-02-01")),
        refused("steps where nothing leads", told(""), step("forgotten", "2013-02").citing(source())),
        refused("steps from where a clock led", told("; put-off 2013-02-01"), step("put-off", "2013-02-20")),
        refused(
            "steps from where nothing leads",
            told("; put-off 2013-02-01; forgotten 2013-02-20"),
            step("invited", "2013-03-01"),
        ),
        refused("steps without evidence", told(""), step("received", "2013-02-01").by("us")),
        refused("steps with too little evidence", told(""), step("received", "2013-02-01").by("us").citing(source())),
        refused("steps for nobody", told(""), step("received", "2013-02-01").citing(source()).citing(source())),
        refused(
            "steps for another",
            told(""),
            step("received", "2013-02-01").by("fr").citing(source()).citing(source()),
        ),
        refused("steps before the opening", told(""), step("put-off", "2013-01-17")),
        refused("steps between", told("; put-off 2013-02-01; invited 2013-02-03"), step("invited", "2013-02-02")),
        refused("steps before the clock does", told("; put-off 2013-02-01"), step("lapsed", "2013-02-05")),
        refused("steps on no day", told(""), Advance::new(WORD, "put-off")),
        refused("steps after an entry of another day", third, misplaced),
        refused(
            "cites for no entry",
            told(""),
            Cite::new(WORD, Digest::of(b"").to_string().parse().unwrap(), source()),
        ),
        refused(
            "amends the note of no entry",
            told(""),
            Amend::note(WORD, Digest::of(b"").to_string().parse().unwrap(), "n"),
        ),
        refused(
            "deposits what makes a step impossible",
            deposited(),
            Deposit::new("jp/pact", "us").on(day("2013-02-01")),
        ),
    ]
}

/// A treaty that was given up because the second deposit was missing.
fn deposited() -> Book {
    let days = serde_json::from_str(r#"{"days":{"count":10}}"#).unwrap();
    let rule = ClockRule { basis: "The treaty, art. 9".parse().unwrap(), deposits: Some(1), rule: days, treaty: None };
    let pact = word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule).unwrap();
    let mut book = Book::default();
    book.append(pact.opening_at("notified".parse::<Slug>().unwrap(), day("2013-01-20"), vec![]));
    book.append(Advance::new("jp/pact", "declined").on(day("2013-03-01")));
    book
}

pub(crate) fn retractions() -> Deeds {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let nth = |book: &Book, nth: usize| book.ledger.entries().nth(nth).unwrap().id();
    // The first two entries are the procedure and the registration.
    let retract = |deed: &str, book: Book, entry: usize| {
        let entry = nth(&book, entry);
        refused(deed, book, Retract::new(WORD, entry, "A mistake"))
    };
    let mut twice = told("; put-off 2013-02-01");
    twice.append(Retract::new(WORD, nth(&twice, 2), "A mistake"));
    let confirmed = told("; put-off 2013-02-01; lapsed 2013-02-08; forgotten 2013-02-20");
    let once = told("; put-off 2013-02-01");
    let mistake = Retract::new(WORD, nth(&once, 2), "A mistake");
    let none: EntryId = Digest::of(b"").to_string().parse().unwrap();
    let defined = nth(&confirmed, 0);
    vec![
        retract("retracts a step on which another rests", told("; put-off 2013-02-01; invited 2013-02-03"), 2),
        retract("retracts what confirms a presumption", confirmed, 3),
        retract("retracts the registration of what has a history", told("; put-off 2013-02-01"), 1),
        refused("retracts a procedure in use", told(""), Retract::definition(defined, "A mistake")),
        retract("retracts twice", twice, 2),
        refused("retracts twice at once", once, Batch::from(mistake.clone()).and(mistake)),
        refused("retracts nothing there", told(""), Retract::new(WORD, none, "A mistake")),
        refused("retracts no definition there", told(""), Retract::definition(none, "A mistake")),
        refused("redefines a calendar against the record", referred(), closing_early()),
        refused("retracts without a reason", told(""), Retract::new(WORD, none, " ")),
    ]
}

/// A treaty that was referred to committee in April 2013.
fn referred() -> Book {
    let story = "a consideration, opens submitted 2013-03-15; lower-first-referred 2013-04-04";
    tell(builtin::diet_treaty_approval(), story)
}

/// The Diet's calendar, with a 183rd session that closed in March 2013.
fn closing_early() -> Calendar {
    let mut calendar = builtin::jp_diet().clone();
    calendar.periods.iter_mut().filter(|period| period.number == 183).for_each(|period| {
        period.closed = Some(day("2013-03-29"));
    });
    calendar
}

pub(crate) fn moments() -> Deeds {
    let remark = || Remark::new(WORD, "A remark").on(day("2013-02-01"));
    let desk: Slug = "desk".parse().unwrap();
    let append = |now: &str, given: Option<&str>| {
        let mut ledger = tell(builtin::action(), "a result").ledger;
        let remark = given.map_or_else(remark, |given| remark().recorded_at(moment(given)));
        ledger.append(remark, &desk, moment(now)).unwrap_err()
    };
    // What the story tells was recorded at the start of August 2026.
    vec![
        refused("vouches for next year", tell(builtin::action(), "a result"), Attest::new(WORD).on(day("2027-01-01"))),
        ("appends with a clock a year behind".to_owned(), append("2025-08-01T00:00:00.000000Z", None)),
        (
            "imports what was recorded earlier".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2013-02-02T00:00:00.000000Z")),
        ),
        (
            "imports what was recorded tomorrow".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2026-08-03T00:00:00.000001Z")),
        ),
    ]
}
