//! Tallies of the alliance and of invented commitments.

mod common;

use common::{alliance, check};
use servanda_charts::{English, Label, Labels, Tally};
use servanda_core::{Filter, Verdict};

#[test]
fn the_alliance_is_counted_by_verdict() {
    let ledger = alliance();
    let tally = Tally::of(&ledger.view_on("2014-04-01").unwrap().summaries(&Filter::default()));
    let svg = tally.svg(&English);
    check(&svg);
    insta::assert_snapshot!("tally_svg", svg);
    insta::assert_snapshot!("tally_wide_svg", tally.clone().width(720).svg(&English));
    insta::assert_snapshot!("tally_text", tally.text(&English, 60));
}

#[test]
fn a_verdict_that_few_have_is_still_seen() {
    let many = std::iter::repeat_n((Some(Verdict::Kept), false), 5_000);
    let tally = Tally::of_verdicts(many.chain([(Some(Verdict::Broken), false), (Some(Verdict::Stalled), true)]));
    insta::assert_snapshot!("tally_few_svg", tally.svg(&English));
    insta::assert_snapshot!("tally_few_text", tally.text(&English, 40));
}

#[test]
fn without_commitments_there_is_no_bar() {
    let tally = Tally::of(&[]);
    check(&tally.svg(&English));
    assert_eq!(tally.text(&English, 40), "0 commitments\n");
}

/// Labels that contain what has a meaning in XML.
struct Hostile;

impl Labels for Hostile {
    fn language(&self) -> &str {
        "\"><script>"
    }

    fn label(&self, _: Label) -> &str {
        "</title>\u{0}<b>"
    }

    fn verdict(&self, _: Verdict) -> &str {
        "]]>&'\"<i>\n\u{202e}"
    }
}

#[test]
fn labels_are_escaped() {
    let tally = Tally::of_verdicts([(Some(Verdict::Kept), false), (None, true)]);
    let svg = tally.svg(&Hostile);
    check(&svg);
    insta::assert_snapshot!("tally_hostile_svg", svg);
}
