//! Draws the pictures.

use servanda::Verdict;

use super::SIZE;
use super::canvas::Canvas;
use super::marks::{Part, mark};

/// The colour of the clock.
const ALERT: &str = "broken";

/// The middle of the picture from left to right.
const MIDDLE: f32 = 600.0;
/// The height of the band along the lower edge.
const BAND: f32 = 48.0;
/// The left edge and the width of the bar of the tally.
const BAR: (f32, f32) = (80.0, 1040.0);

/// Draws the mark of a verdict. A clock next to it says that the commitment is overdue.
pub(super) fn verdict(verdict: Option<Verdict>, is_overdue: bool) -> Result<Vec<u8>, String> {
    let mut canvas = Canvas::new(SIZE, "paper")?;
    band(&mut canvas, mark(verdict).colour);
    draw_mark(&mut canvas, verdict, (MIDDLE, 290.0), 200.0);
    if is_overdue {
        let (x, y) = (MIDDLE + 170.0, 420.0);
        canvas.disc((x, y), 100.0, "paper");
        canvas.circle((x, y), 74.0, 18.0, ALERT);
        canvas.line(&[(x, y - 42.0), (x, y), (x + 30.0, y + 18.0)], 16.0, ALERT);
    }
    canvas.png()
}

/// Draws how many commitments have each verdict, as one bar with the marks of the verdicts below.
pub(super) fn tally(counts: &[(Option<Verdict>, usize)]) -> Result<Vec<u8>, String> {
    let mut canvas = Canvas::new(SIZE, "paper")?;
    band(&mut canvas, "line");
    let (left, width) = BAR;
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    if all == 0 {
        canvas.rectangle((left, 190.0), (width, 120.0), "shade");
    }
    let mut before = 0;
    for (verdict, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let edge = |count: usize| (left + width * count as f32 / all as f32).round();
        let (from, to) = (edge(before), edge(before + count));
        before += count;
        let gap = if before < all { 6.0 } else { 0.0 };
        canvas.rectangle((from, 190.0), ((to - from - gap).max(2.0), 120.0), mark(*verdict).colour);
        // A narrow part has no room for its mark.
        if to - from >= 60.0 {
            draw_mark(&mut canvas, *verdict, ((from + to - gap) / 2.0, 390.0), ((to - from) / 2.0 - 6.0).min(46.0));
        }
    }
    canvas.png()
}

fn band(canvas: &mut Canvas, colour: &str) {
    let (width, height) = (SIZE.0 as f32, SIZE.1 as f32);
    canvas.rectangle((0.0, height - BAND), (width, BAND), colour);
}

fn draw_mark(canvas: &mut Canvas, verdict: Option<Verdict>, (x, y): (f32, f32), radius: f32) {
    let mark = mark(verdict);
    let line = radius * 0.11;
    if mark.is_filled {
        canvas.disc((x, y), radius, mark.colour);
    } else {
        canvas.circle((x, y), radius - line / 2.0, line, mark.colour);
    }
    let colour = if mark.is_filled { "paper" } else { mark.colour };
    let width = mark.width * radius;
    let placed = |points: &[(f32, f32)]| -> Vec<(f32, f32)> {
        points.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius)).collect()
    };
    for part in mark.parts {
        match *part {
            Part::Line(points) => canvas.line(&placed(points), width, colour),
            Part::Curve(points) => canvas.curve(&placed(points), width, colour),
            Part::Circle(part) => canvas.circle((x, y), part * radius, width, colour),
            Part::Dot(dx, dy) => canvas.disc((x + dx * radius, y + dy * radius), width / 2.0, colour),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use servanda::Verdict;
    use servanda::value::Digest;

    use super::{tally, verdict};
    use crate::model::VERDICTS;

    #[test]
    fn every_verdict_has_a_picture_of_its_own() {
        let pictures = VERDICTS.into_iter().flat_map(|found| [verdict(found, false), verdict(found, true)]);
        let pictures: BTreeSet<Vec<u8>> = pictures.map(Result::unwrap).collect();
        assert_eq!(pictures.len(), 2 * VERDICTS.len());
    }

    #[test]
    fn pictures_have_the_same_bytes_on_every_machine() {
        let digest = |picture: Result<Vec<u8>, String>| Digest::of(&picture.unwrap()).to_string();
        assert_eq!(
            digest(verdict(Some(Verdict::Kept), false)),
            "sha256:972cdbf6eda8e3e91a9c7b1dc13e02d08d26879634a5cb375ef56b22e346bccf"
        );
        assert_eq!(
            digest(verdict(Some(Verdict::PartlyKept), true)),
            "sha256:ba5120f05cc972559623b69fa8fc09550cb73d3a8f8e623027d3ea34174fcac4"
        );
        assert_eq!(
            digest(tally(&[(Some(Verdict::Unrated), 9), (None, 4)])),
            "sha256:edde6d68444fb59d6487278ec28eefdd18d7fff7ae720ab4b3eb2c1e3e9a498c"
        );
    }

    #[test]
    fn a_tally_of_nothing_and_a_tally_of_many_can_be_drawn() {
        assert_ne!(tally(&[]).unwrap(), tally(&[(None, 1_000_000), (Some(Verdict::Broken), 1)]).unwrap());
    }
}
