//! All answers of a ledger, on days and at moments of its entries and far from them.

use servanda::{
    Day, Entry, Fact, Filter, Ledger, Moment,
    answers::{LogFilter, Span},
    format,
};

/// The answers as the core writes them. Checks that each is canonical JSON.
pub(super) fn answers(ledger: &Ledger) -> String {
    let last = Day::new(9999, 12, 31).expect("the day is valid");
    let mut days: Vec<Day> = ledger.entries().filter_map(day_of).collect();
    days.sort_unstable();
    let moments: Vec<Moment> = ledger.entries().map(Entry::recorded_at).collect();
    let (early, late) = (days.first().copied().unwrap_or(Day::FIRST), days.last().copied().unwrap_or(last));
    let between = days.get(days.len() / 2).copied().unwrap_or(early);
    let halfway = moments.get(moments.len() / 2).copied();

    let mut written = Vec::new();
    for on in [Day::FIRST, early, between, late.plus_days(400).unwrap_or(late), last] {
        let view = ledger.view_on(on).unwrap();
        answer(&view.standings(&Filter::default()), &mut written);
        answer(&view.conflicts(), &mut written);
        if let Some(moment) = halfway {
            answer(&view.known_at(moment).unwrap().standings(&Filter::default()), &mut written);
        }
    }
    let (before, now) = (ledger.view_on(early).unwrap(), ledger.view_on(late).unwrap());
    answer(&now.changes_since(&before, &Filter::default()), &mut written);
    answer(&now.agenda(Span { first: early, last }, &Filter::default()), &mut written);
    answer(&now.stale(0, &Filter::default()), &mut written);
    answer(&now.log(&LogFilter::default()), &mut written);
    answer(&now.parties(), &mut written);
    answer(&now.procedures(), &mut written);
    if let Some(moment) = halfway {
        answer(&now.changes_since(&now.known_at(moment).unwrap(), &Filter::default()), &mut written);
        answer(&now.known_at(moment).unwrap().conflicts(), &mut written);
    }
    for standing in now.standings(&Filter::default()).iter().take(4) {
        let id = standing.commitment.as_str();
        answer(&now.parts(id, &Filter::default()).expect("it has a standing"), &mut written);
        for next in standing.next.iter().take(4) {
            let refused = now.why_not(id, next.to.as_str()).expect("a status has a slug");
            answer(&refused.map(|error| error.to_string()), &mut written);
        }
    }
    String::from_utf8(written).expect("JSON is UTF-8")
}

fn day_of(entry: &Entry) -> Option<Day> {
    match entry.fact() {
        Fact::Register(commitment) => Some(commitment.made.last_day()),
        _ => entry.day(),
    }
}

fn answer(answer: &impl serde::Serialize, written: &mut Vec<u8>) {
    let start = written.len();
    format::write_json(answer, &mut *written).expect("writing to a vector cannot fail");
    let text = &written[start..];
    let value: serde_json::Value = serde_json::from_slice(text).expect("an answer is JSON");
    let canonical = serde_json_canonicalizer::to_vec(&value).expect("an answer has a canonical form");
    assert_eq!(String::from_utf8_lossy(text).trim_end(), String::from_utf8_lossy(&canonical));
}
