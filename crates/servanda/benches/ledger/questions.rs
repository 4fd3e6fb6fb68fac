//! Queries about all commitments at once.

use std::error::Error;

use servanda::{Day, Filter, Ledger, Phase, Slug, Verdict, format};

use crate::figures::{Figure as _, row};
use crate::quickest;

/// A brief standing, as a plain vector would store it.
struct Plain {
    status: Slug,
    phase: Phase,
    since: Day,
    verdict: Verdict,
}

pub(crate) fn rows(ledger: &Ledger) -> Result<(), Box<dyn Error>> {
    let day = Day::new(2015, 7, 1)?;
    let view = ledger.view_on("2020-01-01")?;
    let plain: Vec<Plain> = view
        .summaries(&Filter::default())
        .into_iter()
        .filter_map(|summary| {
            let (status, phase) = (summary.status?, summary.phase?);
            Some(Plain { status, phase, since: summary.since?, verdict: summary.verdict? })
        })
        .collect();
    let (_, pass) = quickest(5, || {
        let of = |plain: &&Plain| plain.phase == Phase::Active && plain.verdict == Verdict::InProgress;
        plain.iter().filter(of).map(|plain| plain.status.as_str().len() + plain.since.year() as usize).sum::<usize>()
    });
    let view = ledger.view_on(day)?;
    let everything = Filter::default();
    let (count, summaries) = quickest(3, || view.summaries(&everything).len());
    row(&format!("{count} summaries / one pass over a plain vector"), summaries, pass);
    let (standings, full) = quickest(1, || view.standings(&everything));
    row("the same as full standings / one pass over a plain vector", full, pass);
    let (_, json) = quickest(1, || {
        let mut out = Vec::new();
        format::write_json(&standings, &mut out).map(|()| out.len())
    });
    row("their JSON / one pass over a plain vector", json, pass);
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
