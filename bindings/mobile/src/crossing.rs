//! That what crosses the boundary comes back as it was: no variant, no field is forgotten.

use std::fmt::Debug;

use servanda::builtin;
use servanda::{
    Basis, ClockRule, ClosingPeriod, Counted, Edge, Ending, Obligation, Phase, Procedure, Relation, Rule, Verdict,
};
use uniffi::{Lift, Lower};

use crate::UniFfiTag;
use crate::error::ServandaError;

fn there_and_back<T>(value: T)
where
    T: Lower<UniFfiTag> + Lift<UniFfiTag> + Clone + Debug + PartialEq,
{
    let mut buffer = Vec::new();
    T::write(value.clone(), &mut buffer);
    let mut rest = buffer.as_slice();
    assert_eq!(T::try_read(&mut rest).unwrap(), value);
    assert!(rest.is_empty(), "{value:?} leaves {} bytes", rest.len());
}

#[test]
fn every_word_crosses() {
    Phase::ALL.into_iter().for_each(there_and_back);
    Verdict::ALL.into_iter().for_each(there_and_back);
    Obligation::ALL.into_iter().for_each(there_and_back);
    Relation::ALL.into_iter().for_each(there_and_back);
    Ending::ALL.into_iter().for_each(there_and_back);
    [Edge::Start, Edge::End].into_iter().for_each(there_and_back);
    [Basis::Published, Basis::Recalled].into_iter().for_each(there_and_back);
    [ClosingPeriod::Containing, ClosingPeriod::Next].into_iter().for_each(there_and_back);
}

#[test]
fn every_rule_crosses() {
    let counted = Counted { count: 30, except_recess_of: Some("jp-diet".parse().unwrap()), first_day_counts: true };
    let close = |ended_by, of| Rule::Close { calendar: "jp-diet".parse().unwrap(), ended_by, of };
    let rules = [
        Rule::Days(counted.clone()),
        Rule::FullDays(counted),
        Rule::Months { count: 3 },
        Rule::FirstOfMonth { count: 2 },
        close(None, ClosingPeriod::Next),
        close(Some(Ending::Dissolution), ClosingPeriod::Containing),
        Rule::SetByCommitment,
    ];
    rules.into_iter().for_each(there_and_back);
}

#[test]
fn everything_that_is_built_in_crosses() {
    builtin::procedures().into_iter().cloned().for_each(there_and_back::<Procedure>);
    there_and_back(builtin::jp_diet().clone());
    builtin::treaties().into_iter().map(ClockRule::from).for_each(there_and_back);
}

#[test]
fn every_family_of_errors_crosses() {
    let text = |text: &str| text.to_owned();
    let made = |family: fn(String, String, String) -> ServandaError| family(text("code"), text("text"), text("{}"));
    let families: [fn(String, String, String) -> ServandaError; 6] = [
        |code, text, details| ServandaError::Invalid { code, text, details },
        |code, text, details| ServandaError::Unknown { code, text, details },
        |code, text, details| ServandaError::Refused { code, text, details },
        |code, text, details| ServandaError::Damaged { code, text, details },
        |code, text, details| ServandaError::Place { code, text, details },
        |code, text, details| ServandaError::Stopped { code, text, details },
    ];
    families.into_iter().map(made).for_each(there_and_back);
    assert_eq!(made(families[0]).to_string(), "text");
}
