//! Pictures with the words of a language.

use std::collections::BTreeMap;

use servanda::answers::Timeliness;
use servanda::value::{Decimal, Language, Title};
use servanda::{Date, Phase, Procedure, Slug, Standing, Verdict};
use servanda_charts::{Label, Labels, Measurements, ProcedureDiagram, Tally, Timeline};

use super::Context;
use crate::model::Row;
use crate::text::{Html, plain};

/// The widths of a picture in pixels: on a phone, and on a wider screen. The style sheet shows one
/// of the two.
const WIDTHS: [(&str, u32); 2] = [("narrow", 320), ("wide", 700)];

/// Draws the timeline of a commitment.
pub(crate) fn timeline(context: &Context<'_>, standing: &Standing) -> Html {
    let procedure = context.model.procedure(&standing.pin);
    in_both_widths(|width| {
        let timeline = Timeline::new(standing).width(width).without_heading();
        let timeline = match procedure {
            Some(procedure) => timeline.procedure(procedure),
            None => timeline,
        };
        timeline.svg(context)
    })
}

/// Draws the tally of commitments as one bar.
pub(crate) fn tally<'r>(context: &Context<'_>, rows: impl Iterator<Item = &'r Row>) -> Html {
    let tally = Tally::of_verdicts(rows.map(|row| (row.verdict, row.is_overdue())));
    in_both_widths(|width| tally.clone().width(width).svg(context))
}

/// Draws the statuses and the steps of a procedure.
pub(crate) fn procedure(context: &Context<'_>, procedure: &Procedure) -> Html {
    in_both_widths(|width| ProcedureDiagram::new(procedure).width(width).svg(context))
}

/// Draws the measurements of progress towards a target.
pub(crate) fn measurements(context: &Context<'_>, standing: &Standing, values: &[(Date, Decimal)]) -> Html {
    let Some(chart) = Measurements::new(standing) else { return Html::default() };
    let chart = chart.values(values.iter().cloned());
    in_both_widths(|width| chart.clone().width(width).svg(context))
}

fn in_both_widths(draw: impl Fn(u32) -> String) -> Html {
    let pictures = WIDTHS.map(|(class, width)| Html::picture(class, &draw(width)));
    Html::joined(pictures, "")
}

impl Labels for Context<'_> {
    fn language(&self) -> &str {
        self.language.code()
    }

    fn label(&self, label: Label) -> &str {
        self.words.or(label.english(), &["chart.", label.as_str()])
    }

    fn verdict(&self, verdict: Verdict) -> &str {
        self.words.or(verdict.as_str(), &["verdict.", verdict.as_str()])
    }

    fn timeliness(&self, timeliness: Timeliness) -> &str {
        self.words.or(timeliness.as_str(), &["timeliness.", timeliness.as_str()])
    }

    fn phase(&self, phase: Phase) -> &str {
        self.words.or(phase.as_str(), &["phase.", phase.as_str()])
    }

    fn date(&self, date: Date) -> String {
        crate::text::plain_date(date, &self.words.dates)
    }

    fn month(&self, month: u32) -> &str {
        self.words.dates.short_month(month)
    }

    fn title<'t>(&self, titles: &'t BTreeMap<Language, Title>) -> &'t str {
        self.chosen(titles).map_or("", |(title, _)| title)
    }

    fn party(&self, id: &str) -> String {
        id.parse::<Slug>().map_or_else(|_| id.to_owned(), |id| self.plain_party(&id))
    }

    fn left_out(&self, count: usize) -> String {
        plain(&self.words.count("chart.left_out", count))
    }

    fn commitments(&self, count: usize) -> String {
        self.words.count("count.commitments", count)
    }

    fn overdue(&self, count: usize) -> String {
        self.words.t("front.overdue_part").replace("{n}", &self.words.number(count))
    }
}
