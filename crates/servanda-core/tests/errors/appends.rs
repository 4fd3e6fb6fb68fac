//! Appends that are refused.

use servanda_core::{
    Advance, Amend, Attest, Batch, Calendar, Cite, ClockRule, Date, Deposit, Digest, EntryId, Error, Link, Obligation,
    Phase, Procedure, Relation, Remark, Reschedule, Retract, Rule, Slug, builtin,
};

use super::Mistakes;
use super::common::{Book, WORD, day, moment, source, tell, word};

/// A visit that is presumed to lapse a week after it is put off.
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

/// Appends a batch that is refused, and checks that the ledger is unchanged.
pub(crate) fn refused(mistake: &str, mut book: Book, batch: impl Into<Batch>) -> (String, Error) {
    let before = book.ledger.clone();
    let error = book.try_append(batch).unwrap_err();
    assert_eq!((book.ledger.digest(), book.ledger.entries().len()), (before.digest(), before.len()), "{mistake}");
    (mistake.to_owned(), error)
}

pub(crate) fn registrations() -> Mistakes {
    let told = || tell(&visit(), "a result");
    let new = |id: &str| word(id, builtin::action(), Obligation::Result);
    let part = |id: &str, whole: &str| new(id).part_of(whole);
    let rule =
        ClockRule { basis: "Practice".parse().unwrap(), deposits: None, rule: Rule::Months { count: 1 }, treaty: None };
    let given = |change: fn(&mut ClockRule)| {
        let mut rule = rule.clone();
        change(&mut rule);
        word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule)
    };
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let mut unsound = visit();
    unsound.initial = "asked".parse().unwrap();
    let mut unnamed = builtin::jp_diet().clone();
    unnamed.title.clear();
    let position = || word("us/senkaku", builtin::position(), Obligation::Position);
    let undue = position().deadline(day("2014-01-01"));
    let mut nobodys = new("jp/visit").build().unwrap();
    nobodys.by.clear();
    let mut held = told();
    held.append(position());
    let reschedule = Reschedule::builder("us/senkaku", day("2014-01-01")).on(day("2013-02-01"));
    vec![
        refused("an empty batch", told(), Batch::new()),
        refused(
            "a batch of 10,001 remarks",
            told(),
            (0..10_001).map(|_| Remark::builder(WORD, "A remark").on(day("2013-02-01"))).collect::<Batch>(),
        ),
        refused(
            "a step with a misspelt commitment and an impossible day",
            told(),
            Advance::builder("JP/Word", "put-off").on("2013-02-30"),
        ),
        refused(
            "a step with a misspelt commitment",
            told(),
            Advance::builder("JP/Word", "put-off").on(day("2013-02-01")),
        ),
        refused("a second registration of one commitment", told(), word(WORD, &visit(), Obligation::Conduct)),
        refused(
            "a registration under an undefined procedure",
            Book::default(),
            word(WORD, &visit(), Obligation::Result).procedure_ref(visit().reference()),
        ),
        refused(
            "a registration under a procedure with other content",
            told(),
            word("jp/other", &rival, Obligation::Result).procedure_ref(rival.reference()),
        ),
        refused("a second definition of a procedure version", told(), rival.clone()),
        refused("a definition of a faulty procedure", told(), unsound),
        refused("a definition of a faulty calendar", told(), unnamed),
        refused(
            "an opening at an undeclared status",
            told(),
            new("jp/visit").opening("dome".parse::<Slug>().unwrap(), day("2013-01-01"), vec![]),
        ),
        refused(
            "a rule for a clock that already has one",
            told(),
            word("jp/visit", &visit(), Obligation::Result).rule("week", rule.clone()),
        ),
        refused(
            "a rule for an undeclared clock",
            told(),
            word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry", rule.clone()),
        ),
        refused("a rule that refers back to the commitment", told(), given(|given| given.rule = Rule::SetByCommitment)),
        refused("a rule that counts to 0", told(), given(|given| given.rule = Rule::FirstOfMonth { count: 0 })),
        refused("a rule that waits for 0 deposits", told(), given(|given| given.deposits = Some(0))),
        refused("a position with a deadline", told(), undue),
        refused("a new deadline for a position", held, reschedule),
        refused("a commitment that is part of itself", told(), part("us/a", "us/a")),
        refused(
            "two commitments that are parts of each other",
            told(),
            Batch::new().and(part("us/a", "us/b")).and(part("us/b", "us/a")),
        ),
        refused("a part of an unknown commitment", told(), part("us/a", "jp/ward")),
        refused("a link to an unknown commitment", told(), Link::builder(WORD, Relation::Related, "us/none")),
        refused("a link of a commitment to itself", told(), Link::builder(WORD, Relation::Related, WORD)),
        refused(
            "a remark about an unknown commitment",
            told(),
            Remark::builder("jp/ward", "A remark").on(day("2013-02-01")),
        ),
        refused("a commitment without a party", told(), nobodys),
    ]
}

pub(crate) fn steps() -> Mistakes {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let step = |to: &str, on: &str| Advance::builder(WORD, to).on(on.parse::<Date>().unwrap());
    let mut third = told("; put-off 2013-02-01");
    let misplaced = step("invited", "2013-02-02").after(third.append(step("put-off", "2013-02-01")));
    vec![
        refused("a step to a misspelt status", told(""), step("recieved", "2013-02-01")),
        refused("a step to an unknown status", told(""), step("under-way", "2013-02-01")),
        refused("a step that no transition allows", told(""), step("forgotten", "2013-02").citing(source())),
        refused(
            "a step that is not allowed after a clock has fired",
            told("; put-off 2013-02-01"),
            step("put-off", "2013-02-20"),
        ),
        refused(
            "a step out of a final status",
            told("; put-off 2013-02-01; forgotten 2013-02-20"),
            step("invited", "2013-03-01"),
        ),
        refused("a step without sources", told(""), step("received", "2013-02-01").by("us")),
        refused("a step with too few sources", told(""), step("received", "2013-02-01").by("us").citing(source())),
        refused(
            "a step without the party that takes it",
            told(""),
            step("received", "2013-02-01").citing(source()).citing(source()),
        ),
        refused(
            "a step by the wrong party",
            told(""),
            step("received", "2013-02-01").by("fr").citing(source()).citing(source()),
        ),
        refused("a step before the opening", told(""), step("put-off", "2013-01-17")),
        refused(
            "a step that makes a later one impossible",
            told("; put-off 2013-02-01; invited 2013-02-03"),
            step("invited", "2013-02-02"),
        ),
        refused("a step that a clock takes later", told("; put-off 2013-02-01"), step("lapsed", "2013-02-05")),
        refused("a step without a day", told(""), Advance::builder(WORD, "put-off")),
        refused("a step that comes after an entry of another day", third, misplaced),
        refused(
            "a citation for an unknown entry",
            told(""),
            Cite::builder(WORD, Digest::of(b"").to_string().parse().unwrap()).citing(source()),
        ),
        refused(
            "an amended note of an unknown entry",
            told(""),
            Amend::builder(WORD).note_of(Digest::of(b"").to_string().parse().unwrap(), "n"),
        ),
        refused(
            "a deposit that makes a step impossible",
            deposited(),
            Deposit::builder("jp/pact", "us").on(day("2013-02-01")),
        ),
    ]
}

/// A treaty that was given up because the deposit was missing.
fn deposited() -> Book {
    let days = serde_json::from_str(r#"{"days":{"count":10}}"#).unwrap();
    let rule = ClockRule { basis: "The treaty, art. 9".parse().unwrap(), deposits: Some(1), rule: days, treaty: None };
    let pact = word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule);
    let mut book = Book::default();
    book.append(pact.opening("notified".parse::<Slug>().unwrap(), day("2013-01-20"), vec![]));
    book.append(Advance::builder("jp/pact", "declined").on(day("2013-03-01")));
    book
}

pub(crate) fn retractions() -> Mistakes {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let nth = |book: &Book, nth: usize| book.ledger.entries().nth(nth).unwrap().id();
    // The first two entries are the procedure and the registration.
    let retract = |mistake: &str, book: Book, entry: usize| {
        let entry = nth(&book, entry);
        refused(mistake, book, Retract::builder(WORD, entry, "A mistake"))
    };
    let mut twice = told("; put-off 2013-02-01");
    twice.append(Retract::builder(WORD, nth(&twice, 2), "A mistake"));
    let confirmed = told("; put-off 2013-02-01; lapsed 2013-02-08; forgotten 2013-02-20");
    let once = told("; put-off 2013-02-01");
    let mistake = Retract::builder(WORD, nth(&once, 2), "A mistake");
    let none: EntryId = Digest::of(b"").to_string().parse().unwrap();
    let defined = nth(&confirmed, 0);
    vec![
        retract("the retraction of a step that a later one needs", told("; put-off 2013-02-01; invited 2013-02-03"), 2),
        retract("the retraction of an entry that confirms a presumed status", confirmed, 3),
        retract("the retraction of the registration of a commitment with steps", told("; put-off 2013-02-01"), 1),
        refused("the retraction of a procedure in use", told(""), Retract::definition(defined, "A mistake")),
        retract("a second retraction of an entry", twice, 2),
        refused("two retractions of an entry in one batch", once, Batch::from(mistake.clone()).and(mistake)),
        refused("the retraction of an unknown entry", told(""), Retract::builder(WORD, none, "A mistake")),
        refused("the retraction of an unknown definition", told(""), Retract::definition(none, "A mistake")),
        refused("a calendar that makes recorded steps impossible", referred(), closing_early()),
        refused("a retraction without a reason", told(""), Retract::builder(WORD, none, " ")),
    ]
}

/// A treaty that was referred to a committee in April 2013.
fn referred() -> Book {
    let story = "a consideration, opens submitted 2013-03-15; lower-first-referred 2013-04-04";
    tell(builtin::diet_treaty_approval(), story)
}

/// The Diet's calendar, changed so that the 183rd session closed in March 2013.
fn closing_early() -> Calendar {
    let mut calendar = builtin::jp_diet().clone();
    calendar.periods.iter_mut().filter(|period| period.number == 183).for_each(|period| {
        period.closed = Some(day("2013-03-29"));
    });
    calendar
}

pub(crate) fn moments() -> Mistakes {
    let remark = || Remark::builder(WORD, "A remark").on(day("2013-02-01"));
    let desk: Slug = "desk".parse().unwrap();
    let append = |now: &str, given: Option<&str>| {
        let mut ledger = tell(builtin::action(), "a result").ledger;
        let remark = given.map_or_else(remark, |given| remark().recorded_at(moment(given)));
        ledger.append(remark, &desk, moment(now)).unwrap_err()
    };
    // The helper records all entries at the start of August 2026.
    vec![
        refused(
            "an attestation for next year",
            tell(builtin::action(), "a result"),
            Attest::builder(WORD).on(day("2027-01-01")),
        ),
        ("an append with a clock a year behind".to_owned(), append("2025-08-01T00:00:00.000000Z", None)),
        (
            "an import of an entry recorded before the newest one".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2013-02-02T00:00:00.000000Z")),
        ),
        (
            "an import of an entry recorded tomorrow".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2026-08-03T00:00:00.000001Z")),
        ),
    ]
}
