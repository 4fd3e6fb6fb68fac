//! What the clocks of a commitment do if nothing more is recorded.

use crate::procedure::Clock;
use crate::replay::{ActiveClock, Cause, END_OF_TIME, MAX_CLOCKS_IN_A_ROW, NextClock, Replay};
use crate::view::RunningClock;

/// Returns the clocks that fire if nothing more is recorded, one after the other. From the first
/// day on which it is unknown what happens, it returns all clocks that may fire.
///
/// `ahead` is the path with the recorded steps that may have been taken by the day of `replay`, if
/// there are any. A clock that they forestall does not fire.
pub(super) fn forecast(replay: &Replay<'_>, ahead: Option<Replay<'_>>) -> Vec<RunningClock> {
    let mut clocks: Vec<RunningClock> = Vec::new();
    if let Some(ahead) = &ahead {
        for visit in ahead.timeline.from(replay.timeline.len()).filter(|visit| !visit.doubtful) {
            let Cause::Clock(clock) = visit.cause else { continue };
            let clock = ahead.procedure().clocks.get(usize::from(clock));
            clocks.extend(clock.map(|clock| RunningClock {
                due: Some(visit.on),
                presumed: visit.presumed,
                ..described(ahead, clock)
            }));
        }
    }
    let mut replay = ahead.unwrap_or_else(|| replay.clone());
    for _ in 0..MAX_CLOCKS_IN_A_ROW {
        match replay.next_clock(END_OF_TIME) {
            Some(NextClock::Fires(clock, on, part)) => {
                let presumed = replay.presumes(clock, Some((on.last_day(), part)));
                clocks.push(RunningClock { due: Some(on), presumed, ..described(&replay, clock) });
                replay.fire(clock, on, part);
            }
            Some(NextClock::Unknown(_)) => {
                clocks.extend(undecided(&replay));
                break;
            }
            None => break,
        }
    }
    clocks
}

/// The running clocks, if it is unknown which of them fires next, or when.
fn undecided(replay: &Replay<'_>) -> Vec<RunningClock> {
    let mut running: Vec<ActiveClock<'_>> = replay.running().collect();
    running.sort_by_key(ActiveClock::earliest);
    let cause = running.iter().find(|running| running.reason().is_some()).map(|cause| &cause.clock.id);
    let unknown = |running: &ActiveClock<'_>| {
        let reason = match (running.reason(), cause) {
            (Some(reason), _) => reason.to_string(),
            (None, Some(cause)) => format!("the clock {cause} may fire before it"),
            (None, None) => return None,
        };
        Some(RunningClock {
            earliest: running.earliest().map(|(day, _)| day),
            presumed: replay.presumes(running.clock, running.latest()),
            reason: Some(reason),
            ..described(replay, running.clock)
        })
    };
    running.iter().filter_map(unknown).collect()
}

fn described(replay: &Replay<'_>, clock: &Clock) -> RunningClock {
    RunningClock {
        basis: replay.basis(clock).clone(),
        clock: clock.id.clone(),
        due: None,
        earliest: None,
        presumed: false,
        reason: None,
        title: clock.title.clone(),
        to: clock.to.clone(),
    }
}
