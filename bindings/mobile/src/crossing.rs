//! Tests that a value that crosses the boundary comes back unchanged, and so does one of the core
//! that is converted to its record here and back: no variant and no field is forgotten.

use std::fmt::Debug;

use servanda::{
    Fact, Obligation, Phase, Verdict,
    answers::Timeliness,
    builtin,
    facts::Relation,
    procedure::{Basis, ClosingPeriod, Edge, Ending},
};
use uniffi::{Lift, Lower};

use crate::UniFfiTag;
use crate::error::ServandaError;
use crate::records;

fn crosses<T>(value: T)
where
    T: Lower<UniFfiTag> + Lift<UniFfiTag> + Clone + Debug + PartialEq,
{
    let mut buffer = Vec::new();
    T::write(value.clone(), &mut buffer);
    let mut rest = buffer.as_slice();
    assert_eq!(T::try_read(&mut rest).unwrap(), value);
    assert!(rest.is_empty(), "{value:?} leaves {} bytes", rest.len());
}

/// A value of the core is the same after conversion to its record, through the boundary and back.
fn comes_back<Core, Record>(core: Core)
where
    Core: Clone + Debug + PartialEq + From<Record>,
    Record: Lower<UniFfiTag> + Lift<UniFfiTag> + Clone + Debug + PartialEq + From<Core>,
{
    let record = Record::from(core.clone());
    crosses(record.clone());
    assert_eq!(Core::from(record), core);
}

#[test]
fn every_word_crosses() {
    Phase::ALL.into_iter().for_each(crosses);
    Verdict::ALL.into_iter().for_each(crosses);
    Timeliness::ALL.into_iter().for_each(crosses);
    Obligation::ALL.into_iter().for_each(crosses);
    Relation::ALL.into_iter().for_each(crosses);
    Ending::ALL.into_iter().for_each(crosses);
    [Edge::Start, Edge::End].into_iter().for_each(crosses);
    [Basis::Published, Basis::Recalled].into_iter().for_each(crosses);
    [ClosingPeriod::Containing, ClosingPeriod::Next].into_iter().for_each(crosses);
}

#[test]
fn every_rule_comes_back() {
    let rules = [
        r#"{"days":{"count":30,"except_recess_of":"jp-diet","first_day_counts":true}}"#,
        r#"{"full-days":{"count":30}}"#,
        r#"{"days":{"count":21,"within_periods_of":"jp-diet"}}"#,
        r#"{"months":{"count":3}}"#,
        r#"{"weeks":{"count":6}}"#,
        r#"{"years":{"count":5}}"#,
        r#"{"first-of-month":{"count":2}}"#,
        r#"{"first-of-month-after-days":{"count":60}}"#,
        r#"{"close":{"calendar":"jp-diet","of":"next"}}"#,
        r#"{"close":{"calendar":"jp-diet","ended_by":"dissolution","of":"containing"}}"#,
        r#""given""#,
    ];
    for rule in rules {
        comes_back::<_, records::Rule>(servanda::format::from_json::<servanda::procedure::Rule>("rule", rule).unwrap());
    }
}

#[test]
fn every_built_in_definition_comes_back() {
    for procedure in builtin::procedures() {
        comes_back::<_, records::Procedure>(procedure.clone());
    }
    comes_back::<_, records::Calendar>(builtin::jp_diet().clone());
    for treaty in builtin::treaties() {
        comes_back::<_, records::ClockRule>(servanda::facts::ClockRule::from(treaty));
    }
}

#[test]
fn every_fact_of_the_golden_vectors_comes_back() {
    let mut kinds = std::collections::BTreeSet::new();
    for line in include_str!("../../../tests/format/good.jsonl").lines() {
        let fact = servanda::format::read_line(line).unwrap().fact();
        if let Fact::Register(commitment) = &fact {
            // The id of a commitment is a member of the entry, not of the fact.
            comes_back::<_, records::Commitment>((**commitment).clone());
        }
        kinds.insert(fact.kind().to_owned());
        comes_back::<_, records::Fact>(fact);
    }
    assert!(kinds.len() > 11, "{kinds:?}");
}

#[test]
fn every_kind_of_error_crosses() {
    let text = |text: &str| text.to_owned();
    let error = |kind: fn(String, String, String) -> ServandaError| kind(text("code"), text("text"), text("{}"));
    let kinds: [fn(String, String, String) -> ServandaError; 6] = [
        |code, text, details| ServandaError::Invalid { code, text, details },
        |code, text, details| ServandaError::Unknown { code, text, details },
        |code, text, details| ServandaError::Refused { code, text, details },
        |code, text, details| ServandaError::Damaged { code, text, details },
        |code, text, details| ServandaError::Place { code, text, details },
        |code, text, details| ServandaError::Stopped { code, text, details },
    ];
    kinds.into_iter().map(error).for_each(crosses);
    assert_eq!(error(kinds[0]).to_string(), "text");
}
