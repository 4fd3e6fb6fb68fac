//! Appends that are refused.

use servanda_core::{
    Advance, Amend, Assign, Attest, Batch, Calendar, Cite, ClockRule, Deposit, Digest, EntryId, Error, Link, Measure,
    Obligation, Phase, Procedure, Relation, Remark, Repin, Reschedule, Retract, Rule, Slug, Unassign, builtin,
};

use super::Mistakes;
use super::common::{COMMITMENT, Desk, commitment, day, moment, record, source};

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
pub(crate) fn refused(mistake: &str, mut desk: Desk, batch: impl Into<Batch>) -> (String, Error) {
    let before = desk.ledger.clone();
    let error = desk.try_append(batch).unwrap_err();
    assert_eq!((desk.ledger.digest(), desk.ledger.entries().len()), (before.digest(), before.len()), "{mistake}");
    (mistake.to_owned(), error)
}

pub(crate) fn registrations() -> Mistakes {
    let recorded = || record(&visit(), "a result");
    let new = |id: &str| commitment(id, builtin::action(), Obligation::Result);
    let part = |id: &str, whole: &str| new(id).part_of(whole);
    let rule = ClockRule::new("Practice", Rule::Months { count: 1 }).unwrap();
    let with_rule = |change: fn(&mut ClockRule)| {
        let mut rule = rule.clone();
        change(&mut rule);
        commitment("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule)
    };
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let mut faulty = visit();
    faulty.initial = "asked".parse().unwrap();
    let mut untitled = builtin::jp_diet().clone();
    untitled.title.clear();
    let position = || commitment("us/senkaku", builtin::position(), Obligation::Position);
    let due_position = position().deadline("2014-01-01");
    let mut too_early = new("jp/visit").deadline("2014").build().unwrap();
    too_early.made = "2015-06".parse().unwrap();
    let mut without_party = new("jp/visit").build().unwrap();
    without_party.by.clear();
    let mut held = recorded();
    held.append(position());
    let reschedule = Reschedule::builder("us/senkaku", "2014-01-01").on("2013-02-01");
    vec![
        refused("an empty batch", recorded(), Batch::new()),
        refused(
            "a batch of 10,001 remarks",
            recorded(),
            (0..10_001).map(|_| Remark::builder(COMMITMENT, "A remark").on("2013-02-01")).collect::<Batch>(),
        ),
        refused(
            "a step with a misspelt commitment and an impossible day",
            recorded(),
            Advance::builder("JP/Word", "put-off").on("2013-02-30"),
        ),
        refused(
            "a step with a misspelt commitment",
            recorded(),
            Advance::builder("JP/Word", "put-off").on("2013-02-01"),
        ),
        refused(
            "a second registration of one commitment",
            recorded(),
            commitment(COMMITMENT, &visit(), Obligation::Conduct),
        ),
        refused(
            "a registration under an undefined procedure",
            Desk::default(),
            commitment(COMMITMENT, &visit(), Obligation::Result).procedure_ref(visit().reference()),
        ),
        refused(
            "a registration under a procedure with other content",
            recorded(),
            commitment("jp/other", &rival, Obligation::Result).procedure_ref(rival.reference()),
        ),
        refused("a second definition of a procedure version", recorded(), rival.clone()),
        refused("a definition of a faulty procedure", recorded(), faulty),
        refused("a definition of a faulty calendar", recorded(), untitled),
        refused("an opening at an undeclared status", recorded(), new("jp/visit").opening("dome", "2013-01-01", [])),
        refused(
            "a rule for a clock that already has one",
            recorded(),
            commitment("jp/visit", &visit(), Obligation::Result).rule("week", rule.clone()),
        ),
        refused(
            "a rule for an undeclared clock",
            recorded(),
            commitment("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry", rule.clone()),
        ),
        refused(
            "a rule that refers back to the commitment",
            recorded(),
            with_rule(|rule| rule.rule = Rule::SetByCommitment),
        ),
        refused("a rule that counts to 0", recorded(), with_rule(|rule| rule.rule = Rule::FirstOfMonth { count: 0 })),
        refused("a rule that waits for 0 deposits", recorded(), with_rule(|rule| rule.deposits = Some(0))),
        refused("a position with a deadline", recorded(), due_position),
        refused("a deadline before the promise", recorded(), new("jp/visit").deadline("2012")),
        refused("a deadline before the promise, of a month", recorded(), too_early),
        refused("a new deadline for a position", held, reschedule),
        refused(
            "the end of an assignment that is not there",
            recorded(),
            Unassign::builder(COMMITMENT, "jp/diet").role("lead").on("2014-01-01"),
        ),
        refused(
            "an assignment that ends before it begins",
            recorded(),
            Assign::builder(COMMITMENT, "jp/diet").on("2014-01-01").until("2013-12"),
        ),
        refused("a measurement without a target", recorded(), Measure::builder(COMMITMENT, "12").on("2014-01-01")),
        refused("a target date before the promise", recorded(), new("jp/visit").target_by("1000", "homes", "2012")),
        refused("a commitment that is part of itself", recorded(), part("us/a", "us/a")),
        refused(
            "two commitments that are parts of each other",
            recorded(),
            Batch::new().and(part("us/a", "us/b")).and(part("us/b", "us/a")),
        ),
        refused("a part of an unknown commitment", recorded(), part("us/a", "jp/ward")),
        refused("a link to an unknown commitment", recorded(), Link::builder(COMMITMENT, Relation::Related, "us/none")),
        refused(
            "a link of a commitment to itself",
            recorded(),
            Link::builder(COMMITMENT, Relation::Related, COMMITMENT),
        ),
        refused(
            "a remark about an unknown commitment",
            recorded(),
            Remark::builder("jp/ward", "A remark").on("2013-02-01"),
        ),
        refused("a commitment without a party", recorded(), without_party),
    ]
}

pub(crate) fn identifiers() -> Mistakes {
    let new = |id: &str| commitment(id, builtin::action(), Obligation::Result).identifier("manifesto", "AB_12");
    let recorded = || {
        let mut desk = Desk::default();
        desk.append(new("jp/visit"));
        desk
    };
    let mut shared = recorded();
    shared.append(Batch::from(new("jp/road")).share_identifiers());
    let found = |desk: &Desk, name: &str| desk.ledger.view_on(day("2013-02-01")).unwrap().resolve(name).unwrap_err();
    vec![
        refused("an identifier that another commitment has", recorded(), new("jp/road")),
        ("an identifier of two commitments".to_owned(), found(&shared, "manifesto=AB_12")),
        ("an identifier that nothing has".to_owned(), found(&shared, "manifesto=AB_13")),
    ]
}

pub(crate) fn steps() -> Mistakes {
    let recorded = |story: &str| record(&visit(), &format!("a result made 2013-01-18{story}"));
    let step = |to: &str, on: &str| Advance::builder(COMMITMENT, to).on(on);
    let mut third = recorded("; put-off 2013-02-01");
    let misplaced = step("invited", "2013-02-02").after(third.append(step("put-off", "2013-02-01")));
    vec![
        refused("a step to a misspelt status", recorded(""), step("recieved", "2013-02-01")),
        refused("a step to an unknown status", recorded(""), step("under-way", "2013-02-01")),
        refused("a step that no transition allows", recorded(""), step("forgotten", "2013-02").citing(source())),
        refused(
            "a step that is not allowed after a clock has fired",
            recorded("; put-off 2013-02-01"),
            step("put-off", "2013-02-20"),
        ),
        refused(
            "a step out of a final status",
            recorded("; put-off 2013-02-01; forgotten 2013-02-20"),
            step("invited", "2013-03-01"),
        ),
        refused("a step without sources", recorded(""), step("received", "2013-02-01").by("us")),
        refused("a step with too few sources", recorded(""), step("received", "2013-02-01").by("us").citing(source())),
        refused(
            "a step without the party that takes it",
            recorded(""),
            step("received", "2013-02-01").citing(source()).citing(source()),
        ),
        refused(
            "a step by the wrong party",
            recorded(""),
            step("received", "2013-02-01").by("fr").citing(source()).citing(source()),
        ),
        refused(
            "a move to a procedure without the status of the opening",
            recorded(""),
            Repin::builder(COMMITMENT, builtin::action().reference(), "A reform"),
        ),
        refused(
            "a move to a procedure in which a step is not legal",
            recorded("; put-off 2013-02-01; invited 2013-02-05"),
            Repin::builder(COMMITMENT, builtin::action().reference(), "A reform")
                .status("invited", "planned")
                .status("put-off", "done"),
        ),
        refused(
            "a move of a status that the procedure does not have",
            recorded(""),
            Repin::builder(COMMITMENT, builtin::action().reference(), "A reform")
                .status("invited", "planned")
                .status("put-of", "done"),
        ),
        refused(
            "a move to the procedure of the commitment",
            recorded(""),
            Repin::builder(COMMITMENT, visit().reference(), "A reform"),
        ),
        refused("a step before the opening", recorded(""), step("put-off", "2013-01-17")),
        refused(
            "a step that makes a later one impossible",
            recorded("; put-off 2013-02-01; invited 2013-02-03"),
            step("invited", "2013-02-02"),
        ),
        refused("a step that a clock takes later", recorded("; put-off 2013-02-01"), step("lapsed", "2013-02-05")),
        refused("a step without a day", recorded(""), Advance::builder(COMMITMENT, "put-off")),
        refused("a step that comes after an entry of another day", third, misplaced),
        refused(
            "a citation for an unknown entry",
            recorded(""),
            Cite::builder(COMMITMENT, Digest::of(b"").to_string().parse().unwrap()).citing(source()),
        ),
        refused(
            "an amended note of an unknown entry",
            recorded(""),
            Amend::builder(COMMITMENT).note_of(Digest::of(b"").to_string().parse().unwrap(), "n"),
        ),
        refused(
            "a deposit that makes a step impossible",
            deposited(),
            Deposit::builder("jp/pact", "us").on("2013-02-01"),
        ),
    ]
}

/// A treaty that was given up because the deposit was missing.
fn deposited() -> Desk {
    let days = serde_json::from_str(r#"{"days":{"count":10}}"#).unwrap();
    let mut rule = ClockRule::new("The treaty, art. 9", days).unwrap();
    rule.deposits = Some(1);
    let pact = commitment("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule);
    let mut desk = Desk::default();
    desk.append(pact.opening("notified", "2013-01-20", []));
    desk.append(Advance::builder("jp/pact", "declined").on("2013-03-01"));
    desk
}

pub(crate) fn retractions() -> Mistakes {
    let recorded = |story: &str| record(&visit(), &format!("a result made 2013-01-18{story}"));
    let nth = |desk: &Desk, nth: usize| desk.ledger.entries().nth(nth).unwrap().id();
    // The first two entries are the procedure and the registration.
    let retract = |mistake: &str, desk: Desk, entry: usize| {
        let entry = nth(&desk, entry);
        refused(mistake, desk, Retract::builder(COMMITMENT, entry, "A mistake"))
    };
    let mut twice = recorded("; put-off 2013-02-01");
    twice.append(Retract::builder(COMMITMENT, nth(&twice, 2), "A mistake"));
    let confirmed = recorded("; put-off 2013-02-01; lapsed 2013-02-08; forgotten 2013-02-20");
    let once = recorded("; put-off 2013-02-01");
    let mistake = Retract::builder(COMMITMENT, nth(&once, 2), "A mistake");
    let none: EntryId = Digest::of(b"").to_string().parse().unwrap();
    let defined = nth(&confirmed, 0);
    vec![
        retract(
            "the retraction of a step that a later one needs",
            recorded("; put-off 2013-02-01; invited 2013-02-03"),
            2,
        ),
        retract("the retraction of an entry that confirms a presumed status", confirmed, 3),
        retract("the retraction of the registration of a commitment with steps", recorded("; put-off 2013-02-01"), 1),
        refused("the retraction of a procedure in use", recorded(""), Retract::definition(defined, "A mistake")),
        retract("a second retraction of an entry", twice, 2),
        refused("two retractions of an entry in one batch", once, Batch::from(mistake.clone()).and(mistake)),
        refused("the retraction of an unknown entry", recorded(""), Retract::builder(COMMITMENT, none, "A mistake")),
        refused("the retraction of an unknown definition", recorded(""), Retract::definition(none, "A mistake")),
        refused("a calendar that makes recorded steps impossible", referred(), closing_early()),
        refused("a retraction without a reason", recorded(""), Retract::builder(COMMITMENT, none, " ")),
    ]
}

/// A treaty that was referred to a committee in April 2013.
fn referred() -> Desk {
    let story = "a consideration, opens submitted 2013-03-15; lower-first-referred 2013-04-04";
    record(builtin::diet_treaty_approval(), story)
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
    let remark = || Remark::builder(COMMITMENT, "A remark").on("2013-02-01");
    let recorder: Slug = "desk".parse().unwrap();
    let append = |now: &str, recorded_at: Option<&str>| {
        let mut ledger = record(builtin::action(), "a result").ledger;
        let remark = recorded_at.map_or_else(remark, |moment| remark().recorded_at(moment));
        ledger.append(remark, &recorder, moment(now)).unwrap_err()
    };
    // The helper records all entries at the start of August 2026.
    vec![
        refused(
            "an attestation for next year",
            record(builtin::action(), "a result"),
            Attest::builder(COMMITMENT).on("2027-01-01"),
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
