//! Property tests: laws that hold for every rule on entry into force and all deposits.

#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError};
use servanda_core::{Answer, Date, Day, EntryIntoForce, InForce, Instrument, InstrumentKind, PartyInForce, Unread};

fn day(number: u32) -> Day {
    Day::new(2000, 1, 1).unwrap().plus_days(number).unwrap()
}

fn rules() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_u32..40).prop_map(|count| format!("{{ days = {{ count = {count} }} }}")),
        (1_u32..4).prop_map(|count| format!("{{ months = {{ count = {count} }} }}")),
        (1_u32..4).prop_map(|count| format!("{{ first-of-month = {{ count = {count} }} }}")),
        (1_u32..9).prop_map(|count| format!("{{ weeks = {{ count = {count} }} }}")),
        (1_u32..2).prop_map(|count| format!("{{ years = {{ count = {count} }} }}")),
        (1_u32..90).prop_map(|count| format!("{{ first-of-month-after-days = {{ count = {count} }} }}")),
    ]
}

fn alternatives() -> impl Strategy<Value = String> {
    let condition = prop_oneof![
        (1_u32..5).prop_map(|deposits| format!("deposits = {deposits}")),
        (1_u32..=100).prop_map(|percent| format!("or_percent_of_signatories = {percent}")),
        Just("all_signatories = true".to_owned()),
        (1_u32..=100).prop_map(|share| format!("share = {{ at_least = '{share}', of = 'output' }}")),
        (1_u32..5, 1_u32..=100).prop_map(|(deposits, share)| format!(
            "deposits = {deposits}\nshare = {{ at_least = '{share}', of = 'output' }}"
        )),
    ];
    let period = prop_oneof![
        3 => Just(String::new()),
        1 => (1_u32..3).prop_map(|months| format!("period = {{ met = 'within', months = {months} }}")),
        1 => (1_u32..3).prop_map(|months| format!("period = {{ met = 'after', months = {months} }}")),
    ];
    (condition, period, rules()).prop_map(|(condition, period, rule)| {
        format!("[[general]]\nbasis = 'art. 9(1)'\n{condition}\n{period}\nrule = {rule}\n")
    })
}

/// Treaties with a number of alternatives in this range.
fn treaties(alternatives_of_each: std::ops::Range<usize>) -> impl Strategy<Value = EntryIntoForce> {
    (vec(alternatives(), alternatives_of_each), rules()).prop_map(|(general, later)| {
        let text = format!(
            "id = 'treaty'\nsigned = '2000-01-01'\ntitle = {{ en = 'A treaty' }}\nsignatories = {{ count = 5 }}\n{}\
             [later]\nbasis = 'art. 9(2)'\nrule = {later}\n",
            general.concat()
        );
        EntryIntoForce::from_toml("treaty.toml", &text).unwrap()
    })
}

/// Instruments of six parties. Each party has one share, and the shares add up to less than the
/// whole. The flags say which instruments lack it.
fn complete_instruments() -> impl Strategy<Value = (Vec<Instrument>, Vec<bool>)> {
    let kind = prop_oneof![
        6 => Just(None),
        1 => Just(Some(InstrumentKind::Accession)),
        1 => Just(Some(InstrumentKind::Withdrawal)),
    ];
    let one = (0_usize..6, 0_u32..90, kind, prop_oneof![1 => Just(true), 4 => Just(false)]);
    (vec(1_u32..40, 7), vec(one, 0..14)).prop_map(|(weights, rows)| {
        let whole: u32 = weights.iter().sum();
        let instruments = rows.iter().map(|(party, on, kind, _)| {
            let mut instrument = Instrument::new(&format!("Party {party}"), day(*on)).unwrap();
            instrument.kind = *kind;
            instrument.share = Some((weights[*party] * 100 / whole).to_string().parse().unwrap());
            instrument
        });
        (instruments.collect(), rows.iter().map(|(.., lacks)| *lacks).collect())
    })
}

fn instruments() -> impl Strategy<Value = Vec<Instrument>> {
    complete_instruments().prop_map(|(complete, lacks)| without_shares(&complete, &lacks))
}

fn without_shares(complete: &[Instrument], lacks: &[bool]) -> Vec<Instrument> {
    let mut known = complete.to_vec();
    for (instrument, _) in known.iter_mut().zip(lacks).filter(|(_, lacks)| **lacks) {
        instrument.share = None;
    }
    known
}

/// Asserts that an exact day, or none, is one of the possible days.
fn assert_possible(
    (answer, earliest, latest): (Answer, Option<Day>, Option<Day>),
    exact: Option<Day>,
    what: &str,
) -> Result<(), TestCaseError> {
    match (answer, exact) {
        (Answer::InForce, exact) => prop_assert_eq!(exact, earliest, "{}", what),
        (Answer::NotInForce, exact) => prop_assert_eq!(exact, None, "{}", what),
        (Answer::NotKnown, Some(day)) => {
            prop_assert!(earliest.is_none_or(|earliest| earliest <= day), "{what}: {day} is before {earliest:?}");
            prop_assert!(latest.is_none_or(|latest| day <= latest), "{what}: {day} is after {latest:?}");
        }
        (Answer::NotKnown, None) => prop_assert_eq!(latest, None, "{}", what),
    }
    Ok(())
}

/// Asserts that no statement of an answer contradicts the answer from all facts.
fn assert_consistent(known: &InForce, exact: &InForce) -> Result<(), TestCaseError> {
    assert_possible((known.answer, known.earliest, known.latest), exact.general, "the treaty")?;
    for party in &known.parties {
        let Some(deposited) = party.deposited else { continue };
        let is_in = |on: Date| deposited.first_day() <= on.first_day() && on.last_day() <= deposited.last_day();
        let is_same = |other: &&PartyInForce| other.party == party.party && other.deposited.is_some_and(is_in);
        // In a month, a party can have deposited twice.
        let others: Vec<_> = exact.parties.iter().filter(is_same).collect();
        let [other] = others.as_slice() else { continue };
        if other.answer == Answer::NotKnown {
            // The article itself leaves the day open.
            prop_assert_ne!(party.answer, Answer::InForce);
            continue;
        }
        assert_possible((party.answer, party.earliest, party.latest), other.in_force, party.party.as_str())?;
        if party.until.is_some() {
            prop_assert_eq!(party.until, other.until);
        }
    }
    Ok(())
}

proptest! {
    // The seed is fixed, so the cases are always the same.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_130_118),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_of_rows_does_not_matter(
        treaty in treaties(1..4),
        (given, shuffled) in instruments().prop_flat_map(|given| (Just(given.clone()), Just(given).prop_shuffle())),
    ) {
        let (mut one, mut other) = (treaty.apply(&given, None), treaty.apply(&shuffled, None));
        // If two rows are equal, the reason names the row that has no effect, and that depends on
        // the order.
        prop_assert_eq!(one.unused.len(), other.unused.len());
        (one.unused, other.unused) = (Vec::new(), Vec::new());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn the_three_answers_are_never_mixed(treaty in treaties(1..4), given in instruments(), on in 0_u32..120) {
        for answer in [treaty.apply(&given, None), treaty.apply(&given, Some(day(on)))] {
            prop_assert_eq!(answer.general.is_some(), answer.answer == Answer::InForce);
            prop_assert_eq!(answer.missing.is_some(), answer.answer == Answer::NotInForce);
            prop_assert_eq!(answer.why.is_some(), answer.answer != Answer::NotInForce);
            let treaty = (answer.answer, answer.general, answer.earliest, answer.latest);
            let parties = answer.parties.iter().map(|party| (party.answer, party.in_force, party.earliest, party.latest));
            for (answer, day, earliest, latest) in parties.chain([treaty]) {
                match answer {
                    Answer::InForce => prop_assert!(day.is_some() && (earliest, latest) == (day, day)),
                    Answer::NotInForce => prop_assert_eq!((day, earliest, latest), (None, None, None)),
                    Answer::NotKnown => {
                        prop_assert_eq!(day, None);
                        prop_assert!(latest.is_none_or(|latest| earliest.is_none_or(|earliest| earliest < latest)));
                    }
                }
            }
            let texts = answer.parties.iter().map(|party| &party.why).chain(&answer.why).chain(&answer.missing);
            for text in texts {
                prop_assert!(!text.trim().is_empty());
            }
        }
    }

    #[test]
    fn no_answer_contradicts_the_one_with_all_shares(
        treaty in treaties(1..4),
        (complete, lacks) in complete_instruments(),
        on in proptest::option::of(0_u32..120),
    ) {
        let on = on.map(day);
        let known = treaty.apply(&without_shares(&complete, &lacks), on);
        assert_consistent(&known, &treaty.apply(&complete, on))?;
    }

    #[test]
    fn with_all_shares_the_answer_on_the_treaty_is_known(treaty in treaties(1..4), (complete, _) in complete_instruments()) {
        prop_assert_ne!(treaty.apply(&complete, None).answer, Answer::NotKnown);
    }

    #[test]
    fn no_answer_contradicts_the_one_with_exact_dates(
        treaty in treaties(1..4),
        (complete, lacks) in complete_instruments(),
        coarse in vec(0_u8..4, 14),
        on in proptest::option::of(0_u32..120),
    ) {
        let on = on.map(day);
        let mut known = without_shares(&complete, &lacks);
        for (instrument, coarse) in known.iter_mut().zip(coarse) {
            let written = instrument.on.to_string();
            match coarse {
                0 => instrument.on = written[..7].parse().unwrap(),
                1 => instrument.on = written[..4].parse().unwrap(),
                _ => {}
            }
        }
        assert_consistent(&treaty.apply(&known, on), &treaty.apply(&complete, on))?;
    }

    #[test]
    fn no_answer_contradicts_the_one_with_all_rows(
        treaty in treaties(1..4),
        (complete, lacks) in complete_instruments(),
        unreadable in vec((any::<bool>(), any::<bool>(), any::<(bool, bool)>(), any::<bool>()), 14),
        on in proptest::option::of(0_u32..120),
    ) {
        let on = on.map(day);
        let (mut read, mut unread) = (Vec::new(), Vec::new());
        for (instrument, (is_unread, by, (when, exact), kind)) in without_shares(&complete, &lacks).into_iter().zip(unreadable) {
            if !is_unread {
                read.push(instrument);
                continue;
            }
            let mut row = Unread::default();
            row.by = by.then(|| instrument.by.clone());
            let (day, month) = (instrument.on.to_string(), instrument.on.to_string()[..7].to_owned());
            row.on = when.then(|| if exact { day } else { month }.parse().unwrap());
            if kind {
                let leaves = instrument.kind.is_some_and(InstrumentKind::leaves);
                (row.may_deposit, row.may_leave) = (!leaves, leaves);
            }
            unread.push(row);
        }
        let known = treaty.apply_despite(&unread, &read, on);
        assert_consistent(&known, &treaty.apply(&complete, on))?;
    }

    #[test]
    fn no_party_is_bound_before_the_treaty_is_in_force_or_before_its_own_deposit(treaty in treaties(1..4), given in instruments()) {
        let answer = treaty.apply(&given, None);
        for party in answer.parties {
            if let Some(since) = party.in_force {
                prop_assert!(Some(since) >= answer.general && party.deposited.is_some_and(|on| since > on.last_day()));
            }
            prop_assert!(!party.why.is_empty());
        }
    }

    #[test]
    fn a_deposit_after_the_entry_into_force_never_changes_the_day(
        treaty in treaties(1..4),
        given in instruments(),
        after in 0_u32..60,
        share in 0_u32..60,
    ) {
        let before = treaty.apply(&given, None);
        prop_assume!(before.general.is_some());
        let mut more = given;
        let mut late = Instrument::new("Latecomer", before.general.unwrap().plus_days(after).unwrap()).unwrap();
        let given: u32 = (0..6).filter_map(|party| {
            let of = |one: &&Instrument| one.by == format!("Party {party}").as_str();
            let shares = more.iter().filter(of).filter_map(|one| one.share.as_ref()?.as_str().parse::<u32>().ok());
            shares.max()
        }).sum();
        // All shares are of one total.
        late.share = Some(share.min(100 - given).to_string().parse().unwrap());
        more.push(late);
        let now = treaty.apply(&more, None);
        prop_assert_eq!(now.general, before.general);
    }

    #[test]
    fn with_a_single_alternative_a_known_day_never_changes(
        treaty in treaties(1..2),
        given in instruments(),
        on in 0_u32..200,
    ) {
        // Once the day is known, no later deposit changes it.
        let known = treaty.apply(&given, Some(day(on)));
        prop_assume!(known.general.is_some());
        prop_assert_eq!(treaty.apply(&given, None).general, known.general);
    }

    #[test]
    fn over_time_a_known_day_stays_or_becomes_earlier(
        treaty in treaties(1..4),
        given in instruments(),
        one in 0_u32..120,
        other in 0_u32..120,
    ) {
        let (then, now) = (treaty.apply(&given, Some(day(one.min(other)))), treaty.apply(&given, Some(day(one.max(other)))));
        if let (Some(earlier), Some(later)) = (then.general, now.general) {
            prop_assert!(later <= earlier);
        }
        // A known day never becomes unknown, unless a missing share may have made it earlier.
        let doubtful = given.iter().any(|instrument| instrument.share.is_none());
        prop_assert!(then.general.is_none() || now.general.is_some() || doubtful);
        prop_assert!(then.parties.len() <= now.parties.len());
    }
}
