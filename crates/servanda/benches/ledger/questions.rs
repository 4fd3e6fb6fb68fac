//! Queries about all commitments at once.

use std::error::Error;

use servanda::{Day, Filter, Ledger, format};

use crate::figures::{Figure as _, row};
use crate::quickest;

pub(crate) fn rows(ledger: &Ledger) -> Result<(), Box<dyn Error>> {
    let day = Day::new(2015, 7, 1)?;
    let view = ledger.view_on(day)?;
    let everything = Filter::default();
    let (summaries, quick) = quickest(3, || view.summaries(&everything));
    // Summaries own their texts, so copying them is the least that any answer costs.
    let (count, copy) = quickest(3, || summaries.clone().len());
    row(&format!("{count} summaries / a copy of the finished summaries"), quick, copy);
    let (standings, full) = quickest(1, || view.standings(&everything));
    row("the same as full standings / a copy of the summaries", full, copy);
    let (_, json) = quickest(1, || {
        let mut out = Vec::new();
        format::write_json(&standings, &mut out).map(|()| out.len())
    });
    row("the JSON of the standings / a copy of the summaries", json, copy);
    drop(standings);

    let before = |days: u32| (0..days).try_fold(day, |day, _| day.previous()).unwrap_or(Day::FIRST);
    let tomorrow = ledger.view_on(day.plus_days(1).unwrap_or(day))?;
    let (_, index) = quickest(1, || tomorrow.changes_since(&view, &Filter::default()));
    println!("{:<66}{:>10}", "building the date index once", index.display());
    let mut each_first = None;
    for days in [1, 10, 100] {
        let before = ledger.view_on(before(days))?;
        let (changes, time) = quickest(3, || view.changes_since(&before, &Filter::default()));
        let changed = changes.commitments.len();
        let each = time / u32::try_from(changed.max(1))?;
        // The baseline is the time of each change for the shortest period.
        row(
            &format!("one of {changed} changes in {days} days / one of a single day"),
            each,
            *each_first.get_or_insert(each),
        );
    }
    Ok(())
}
