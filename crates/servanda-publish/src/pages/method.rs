//! The page about the method: the tracker's own rules, the table of verdicts, and each procedure
//! with the legal basis of each step.

use std::collections::BTreeSet;

use askama::Template;
use servanda::procedure::ProcedureRef;
use servanda::{Procedure, Slug, Verdict};

use super::context::Badge;
use super::{Context, Layout, Section, put};
use crate::PublishError;
use crate::model::VERDICTS;
use crate::text::{Html, markdown};
use crate::write::SiteWriter;

#[derive(Template)]
#[template(path = "method.html")]
struct Method<'a> {
    page: Layout<'a>,
    own: Html,
    rules: Vec<[String; 5]>,
    meanings: Vec<(Badge, String)>,
    procedures: Vec<Shown>,
}

/// A procedure as the page shows it.
struct Shown {
    anchor: String,
    title: Html,
    version: String,
    diagram: Html,
    statuses: Vec<Status>,
    steps: Vec<Step>,
    clocks: Vec<Step>,
    references: Vec<Html>,
}

struct Status {
    title: Html,
    phase: &'static str,
    phase_word: String,
    remarks: Html,
    description: Html,
}

struct Step {
    title: Html,
    from: Html,
    to: Html,
    /// The rule of a clock; empty for another step.
    rule: Html,
    basis: Html,
}

/// The anchor of a procedure.
pub(crate) fn anchor(procedure: &ProcedureRef) -> String {
    format!("{}-{}", procedure.id.as_str().replace('/', "-"), procedure.version)
}

pub(super) fn write(context: &Context<'_>, out: &SiteWriter) -> Result<(), PublishError> {
    let words = context.words;
    let page = Layout::new(context, "method.html", words.t("method.title"), Some(Section::Method));
    // A ledger can have procedures that no commitment goes through.
    let used: BTreeSet<(&Slug, u32)> =
        context.model.rows.iter().map(|row| (&row.procedure.id, row.procedure.version)).collect();
    let procedures = context.model.procedures.iter().filter(|known| used.contains(&(&known.id, known.version)));
    let meaning = |verdict: Option<Verdict>| {
        let badge = context.badge(verdict, None);
        let meaning = words.t(&format!("verdict_means.{}", badge.class)).to_owned();
        (badge, meaning)
    };
    let method = Method {
        own: context.site.method.get(context.language).map_or_else(Html::default, markdown),
        rules: rules(context),
        meanings: VERDICTS.into_iter().map(meaning).collect(),
        procedures: procedures.map(|procedure| shown(context, procedure)).collect(),
        page,
    };
    put(context, "method.html", &method, out)
}

/// The table from phase and obligation to verdict: the phase, then a cell for each obligation.
fn rules(context: &Context<'_>) -> Vec<[String; 5]> {
    let rows = [
        ["phase.planned", "method.cell_pending", "method.cell_pending", "method.cell_pending", "method.cell_holding"],
        [
            "phase.active",
            "method.cell_in_progress",
            "method.cell_in_progress",
            "method.cell_in_progress",
            "method.cell_holding",
        ],
        [
            "method.stalled_row",
            "method.cell_stalled",
            "method.cell_stalled",
            "method.cell_stalled",
            "method.cell_holding",
        ],
        ["phase.achieved", "method.cell_kept", "method.cell_kept", "method.cell_decided", "method.cell_holding"],
        [
            "method.failed_row",
            "method.cell_broken",
            "method.cell_unfulfilled",
            "method.cell_broken",
            "method.cell_broken",
        ],
        [
            "phase.superseded",
            "method.cell_released",
            "method.cell_released",
            "method.cell_released_only",
            "method.cell_released_only",
        ],
    ];
    rows.map(|row| row.map(|key| context.words.t(key).to_owned())).into()
}

fn shown(context: &Context<'_>, procedure: &Procedure) -> Shown {
    let words = context.words;
    let name = |id: &Slug| {
        let status = procedure.status(id.as_str());
        status.map_or_else(|| Html::text(id.as_str()), |status| context.name(&status.title))
    };
    let names = |ids: &[Slug]| context.listed(ids.iter().map(name));
    let status = |status: &servanda::procedure::Status| {
        let remarks = [
            (status.is_final, "method.final"),
            (status.decided, "method.decided"),
            (status.partly, "method.partly"),
            (status.abandoned, "method.given_up"),
        ];
        let remarks = remarks.into_iter().filter(|(holds, _)| *holds);
        let description = status.description.get(context.language.code()).or_else(|| status.description.get("en"));
        Status {
            title: context.name(&status.title),
            phase: status.phase.as_str(),
            phase_word: words.t(&format!("phase.{}", status.phase.as_str())).to_owned(),
            remarks: context.listed(remarks.map(|(_, key)| Html::text(words.t(key)))),
            description: description.map_or_else(Html::default, |text| Html::paragraphs(text.as_str(), None)),
        }
    };
    let steps = procedure.transitions.iter().map(|step| Step {
        title: context.name(&step.title),
        from: names(&step.from),
        to: name(&step.to),
        rule: Html::default(),
        basis: Html::text(step.basis.as_str()),
    });
    let clocks = procedure.clocks.iter().map(|clock| Step {
        title: context.name(&clock.title),
        from: names(&clock.during),
        to: name(&clock.to),
        rule: Html::text_in(&clock.rule.to_string(), (context.language.code() != "en").then_some("en")),
        basis: Html::text(clock.basis.as_str()),
    });
    Shown {
        anchor: anchor(&procedure.reference()),
        title: context.name(&procedure.title),
        version: words.t("method.version").replace("{n}", &procedure.version.to_string()),
        diagram: super::pictures::procedure(context, procedure),
        statuses: procedure.statuses.iter().map(status).collect(),
        steps: steps.collect(),
        clocks: clocks.collect(),
        references: context.sources(&procedure.references),
    }
}
