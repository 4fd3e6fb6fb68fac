//! Property tests: laws that hold for every rule on entry into force and all deposits.

#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use servanda_core::{Day, EntryIntoForce, Instrument, InstrumentKind};

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

fn instruments() -> impl Strategy<Value = Vec<Instrument>> {
    let kind = prop_oneof![
        6 => Just(None),
        1 => Just(Some(InstrumentKind::Accession)),
        1 => Just(Some(InstrumentKind::Withdrawal)),
    ];
    let share = prop_oneof![1 => Just(None), 4 => (0_u32..60).prop_map(Some)];
    let one = (0_u8..6, 0_u32..90, kind, share).prop_map(|(party, on, kind, share)| {
        let mut instrument = Instrument::new(&format!("Party {party}"), day(on)).unwrap();
        instrument.kind = kind;
        instrument.share = share.map(|share| share.to_string().parse().unwrap());
        instrument
    });
    vec(one, 0..14)
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
    fn the_answer_says_what_is_missing_exactly_if_there_is_no_day(treaty in treaties(1..4), given in instruments(), on in 0_u32..120) {
        for answer in [treaty.apply(&given, None), treaty.apply(&given, Some(day(on)))] {
            prop_assert_eq!(answer.missing.is_none(), answer.general.is_some());
            prop_assert_eq!(answer.why.is_some(), answer.general.is_some());
            prop_assert!(answer.missing.is_none_or(|missing| !missing.trim().is_empty()));
        }
    }

    #[test]
    fn no_party_is_bound_before_the_treaty_is_in_force_or_before_its_own_deposit(treaty in treaties(1..4), given in instruments()) {
        let answer = treaty.apply(&given, None);
        for party in answer.parties {
            if let Some(since) = party.in_force {
                prop_assert!(Some(since) >= answer.general && since > party.deposited);
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
        late.share = Some(share.to_string().parse().unwrap());
        more.push(late);
        let now = treaty.apply(&more, None);
        prop_assert_eq!((now.general, now.why), (before.general, before.why));
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
