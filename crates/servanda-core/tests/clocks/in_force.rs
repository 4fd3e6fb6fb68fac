//! Clocks whose rule is set by the commitment: entry into force by the treaty's own article.

use servanda_core::builtin::{diet_treaty_approval, trade_agreement};
use servanda_core::{ClockRule, CommitmentBuilder, EntryIntoForce, Procedure, Rule, builtin};

use super::common::{Desk, check_days, record, record_changed, status_line};

fn clock_rule(basis: &str, deposits: Option<u32>, rule: Rule) -> ClockRule {
    {
        let mut given = ClockRule::new(basis, rule).unwrap();
        given.deposits = deposits;
        given
    }
}

#[test]
fn a_commitment_can_set_the_rule_of_a_clock() {
    let hague = "a consideration, opens approved-by-both-houses 2013-05-22; deposited 2014-01-24";
    let article = clock_rule("Convention, art. 43", None, Rule::FirstOfMonth { count: 3 });
    let desk = record_changed(Desk::default(), diet_treaty_approval(), hague, |commitment| {
        commitment.rule("entry-into-force", article).clock_not_started("entry-into-force")
    });
    let expected = "2014-01-23 approved-by-both-houses since 2013-05-22\n 2014-03-31 deposited since 2014-01-24
        2014-04-01 in-force since 2014-04-01\n 2014-04-02 in-force since 2014-04-01";
    check_days(&desk, hague, expected, status_line);
    let step = desk.standing("2014-04-01").history.pop().unwrap();
    assert_eq!((step.clock.unwrap().as_str(), step.entry), ("entry-into-force", None));
    // Promulgation after the deposit neither stops nor restarts the clock. Without a rule the clock
    // does not run.
    let promulgated = format!("{hague}; deposited-then-promulgated 2014-01-29");
    let article = clock_rule("Convention, art. 43", None, Rule::FirstOfMonth { count: 3 });
    let desk = record_changed(Desk::default(), diet_treaty_approval(), &promulgated, |commitment| {
        commitment.rule("entry-into-force", article)
    });
    check_days(
        &desk,
        &promulgated,
        "2014-03-31 deposited-then-promulgated since 2014-01-29\n 2014-04-01 in-force since 2014-04-01",
        status_line,
    );
    check_days(&record(diet_treaty_approval(), hague), "no rule", "2020-01-01 deposited since 2014-01-24", status_line);
}

#[test]
fn a_rule_can_wait_for_a_number_of_deposits() {
    let sixty = |deposits| {
        let days = serde_json::from_str(r#"{"days":{"count":60}}"#).unwrap();
        move |commitment: CommitmentBuilder| {
            commitment.rule("entry-into-force", clock_rule("CPTPP, art. 3", deposits, days))
        }
    };
    let notified = "a consideration, opens approved 2018-06-13; notified 2018-07-06";
    let five = "deposit mexico 2018-06-28; deposit jp 2018-07-06; deposit singapore 2018-07-19;
        deposit new-zealand 2018-10-25; deposit canada 2018-10-29";
    let check = |story: &str, expected: &str| {
        let desk = record_changed(Desk::default(), trade_agreement(), story, sixty(Some(6)));
        check_days(&desk, story, expected, status_line);
    };
    let in_force = "2018-12-29 notified since 2018-07-06\n 2018-12-30 in-force since 2018-12-30\n 2018-12-31 in-force since 2018-12-30";
    check(&format!("{notified}; {five}"), "2030-01-01 notified since 2018-07-06");
    check(&format!("{notified}; {five}; deposit australia 2018-10-31"), in_force);
    // The order of recording does not matter, a party counts once, with its first deposit, and a
    // seventh deposit changes nothing.
    check(&format!("{notified}; deposit australia 2018-10-31; {five}"), in_force);
    check(
        &format!("{notified}; {five}; deposit canada 2018-10-30; deposit canada 2018-10-31"),
        "2030-01-01 notified since 2018-07-06",
    );
    check(&format!("{notified}; {five}; deposit australia 2018-10-31; deposit viet-nam 2018-11-15"), in_force);
    // If the rule asks for no number of deposits, the clock runs from the day of the status.
    let desk = record_changed(Desk::default(), trade_agreement(), &format!("{notified}; {five}"), sixty(None));
    check_days(
        &desk,
        "sixty days",
        "2018-09-03 notified since 2018-07-06\n 2018-09-04 in-force since 2018-09-04",
        status_line,
    );
}

/// A ledger with a party's commitment to a treaty, whose clock has the rule of that treaty.
fn party_to(treaty: &EntryIntoForce, procedure: &Procedure, story: &str) -> Desk {
    record_changed(Desk::default(), procedure, story, |commitment| commitment.rule("entry-into-force", treaty))
}

#[test]
fn a_trade_agreement_enters_into_force_by_the_full_rule_of_its_treaty() {
    let five = "deposit mx 2018-06-28; deposit sg 2018-07-19; deposit nz 2018-10-25; deposit ca 2018-10-29";
    let check = |story: &str, expected: &str| {
        let story = format!("a result, opens approved 2018-06-13; {story}");
        check_days(&party_to(builtin::cptpp(), trade_agreement(), &story), &story, expected, status_line);
    };
    // The party's own notification is one of the six, even if it is not recorded as a deposit.
    let in_force = "2018-12-29 notified since 2018-07-06\n 2018-12-30 in-force since 2018-12-30";
    check(&format!("notified 2018-07-06; {five}; deposit au 2018-10-31"), in_force);
    check(&format!("notified 2018-07-06; {five}; deposit jp 2018-07-06; deposit au 2018-10-31"), in_force);
    check(&format!("notified 2018-07-06; {five}"), "2030-01-01 notified since 2018-07-06");
    // A deposit of a state that has not signed does not count.
    check(&format!("notified 2018-07-06; {five}; deposit gb 2018-10-31"), "2030-01-01 notified since 2018-07-06");
    // A party that notifies after the sixth: sixty days after its own notification, before or after
    // the day on which the treaty enters into force.
    check(
        &format!("{five}; deposit au 2018-10-31; deposit vn 2018-11-01; notified 2018-11-15"),
        "2018-12-30 notified since 2018-11-15\n 2019-01-13 notified since 2018-11-15\n 2019-01-14 in-force since 2019-01-14",
    );
    check(
        &format!("{five}; deposit au 2018-10-31; deposit vn 2018-11-15; notified 2021-07-21"),
        "2021-09-18 notified since 2021-07-21\n 2021-09-19 in-force since 2021-09-19",
    );
}

#[test]
fn a_rule_that_needs_shares_takes_them_from_the_deposits() {
    let six = "notified 2017-01-20; deposit jp 2017-01-20 20; deposit ca 2017-01-21 5; deposit cl 2017-01-22 2;
        deposit pe 2017-01-23 2; deposit mx 2017-01-24 1";
    let check = |story: &str, expected: &str| {
        let story = format!("a result, opens approved 2016-12-09; {story}");
        check_days(&party_to(builtin::tpp(), trade_agreement(), &story), &story, expected, status_line);
    };
    check(&format!("{six}; deposit us 2017-06-01 54.9"), "2030-01-01 notified since 2017-01-20");
    check(
        &format!("{six}; deposit us 2017-06-01 55"),
        "2018-04-04 notified since 2017-01-20\n 2018-04-05 in-force since 2018-04-05",
    );
    // If a share is missing, the status is unknown from the first day on which the treaty may have
    // entered into force.
    check(
        &format!("{six}; deposit us 2017-06-01"),
        "2018-04-04 notified since 2017-01-20
        2018-04-05 unknown: from 2018-04-05 on it is not known whether a clock has fired: the share of us in the combined GDP of the original signatories in 2013 is not given, \
         and is at most 70 %: TPP, art. 30.5(2)",
    );
    // The same holds if a deposit is dated by its month: it may have been made by the end of the
    // two years from signature, or after them.
    check(
        &format!("{six}; deposit us 2018-02 55"),
        "2018-04-04 notified since 2017-01-20
        2018-04-05 unknown: from 2018-04-05 on it is not known whether a clock has fired: the deposit of us is not known to \
         the day: TPP, art. 30.5(2), TPP, art. 30.5(3)
        2018-04-28 unknown: from 2018-04-05 on it is not known whether a clock has fired: the deposit of us is not known to \
         the day: TPP, art. 30.5(2), TPP, art. 30.5(3)
        2018-04-29 in-force since [2018-04-05..2018-04-29]",
    );
    // For a later party the Commission decides, and an entry records the day.
    let late = "deposit us 2016-06-01 65; deposit ca 2017-01-21 15; deposit cl 2017-01-22 2; deposit pe 2017-01-23 2;
        deposit mx 2017-01-24 1; deposit sg 2017-01-25 1; notified 2019-01-20";
    let silent = "unknown: from 2019-01-21 on it is not known whether a clock has fired: no day follows from the deposit alone, the Commission has to determine that it does; then 30 \
                  days after that, unless otherwise agreed: TPP, art. 30.5(4), (5)";
    check(late, &format!("2019-01-20 notified since 2019-01-20\n 2019-06-01 {silent}"));
    check(&format!("{late}; in-force 2019-05-01"), "2019-05-01 in-force since 2019-05-01");
}

#[test]
fn a_treaty_in_the_diet_enters_into_force_by_the_full_rule_of_the_treaty() {
    let first = "deposit fr 1982-09-16; deposit ca 1983-06-02; deposit pt 1983-09-29";
    let story = format!("a consideration, opens approved-by-both-houses 2013-05-22; {first}; deposited 2014-01-24");
    let desk = party_to(builtin::hague_1980(), diet_treaty_approval(), &story);
    let expected = "2014-03-31 deposited since 2014-01-24\n 2014-04-01 in-force since 2014-04-01";
    check_days(&desk, &story, expected, status_line);
    let step = desk.standing("2014-04-01").history.pop().unwrap();
    assert_eq!(
        step.basis.unwrap().as_str(),
        "Hague Convention of 25 October 1980, art. 43(1); Hague Convention of 25 October 1980, art. 43(2)(1)"
    );
}
