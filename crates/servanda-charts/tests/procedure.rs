//! Diagrams of procedures.

mod common;

use common::{check, talks};
use servanda_charts::{English, ProcedureDiagram};
use servanda_core::builtin;

#[test]
fn statuses_steps_and_clocks_are_drawn() {
    let procedure = talks(&[]);
    let svg = ProcedureDiagram::new(&procedure).svg(&English);
    check(&svg);
    insta::assert_snapshot!("talks_svg", svg);
}

#[test]
fn every_built_in_procedure_is_well_formed_at_every_width() {
    for procedure in builtin::procedures() {
        for width in [240, 320, 720, 1440] {
            check(&ProcedureDiagram::new(procedure).width(width).svg(&English));
        }
    }
}

#[test]
fn hostile_names_are_shown_as_text() {
    let hostile = "</title><script>alert(\"1\")</script> \u{202e}";
    let replaced = ["Talks", "Talking", "Pause", "Invented rules, art. 1", "Six months without talks"];
    let procedure = talks(&replaced.map(|from| (from, hostile)));
    let svg = ProcedureDiagram::new(&procedure).svg(&English);
    check(&svg);
    assert!(!svg.contains("<script") && !svg.contains('\u{202e}'));
}
