//! Treaties and deposits for tests of entry into force.

use std::fmt::Write as _;

use servanda_core::{Day, EntryIntoForce, Instrument};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Reads deposits as `party day kind share`, one per line or separated by semicolons.
///
/// Kind and share are optional, and `_` in a name stands for a space.
pub(crate) fn deposits(text: &str) -> Vec<Instrument> {
    let rows = text.split([';', '\n']).map(str::trim).filter(|row| !row.is_empty());
    rows.map(|row| {
        let mut words = row.split_whitespace();
        let (by, on) = (words.next().unwrap().replace('_', " "), words.next().unwrap());
        let mut instrument = Instrument::new(&by, day(on)).unwrap();
        for word in words {
            match word.parse() {
                Ok(kind) => instrument.kind = Some(kind),
                Err(_) => instrument.share = Some(word.parse().unwrap()),
            }
        }
        instrument
    })
    .collect()
}

/// Formats the day on which the treaty enters into force, and the day for each party.
pub(crate) fn days(rule: &EntryIntoForce, text: &str) -> String {
    let answer = rule.apply(&deposits(text), None);
    let written = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let mut all = written(answer.general);
    for party in answer.parties {
        write!(all, "; {} {}", party.party, written(party.in_force)).unwrap();
        if let Some(until) = party.until {
            write!(all, " to {until}").unwrap();
        }
    }
    all
}

/// A treaty with these conditions and this rule. The rule also applies to every later party.
pub(crate) fn treaty(general: &str, rule: &str) -> EntryIntoForce {
    let text = format!(
        "id = 'treaty'\nsigned = '2000-01-31'\ntitle = {{ en = 'A treaty' }}\nsignatories = {{ count = 5 }}\n\
         [[general]]\nbasis = 'art. 9(1)'\nrule = {rule}\n{general}\n[later]\nbasis = 'art. 9(2)'\nrule = {rule}\n"
    );
    EntryIntoForce::from_toml("treaty.toml", &text).unwrap()
}
