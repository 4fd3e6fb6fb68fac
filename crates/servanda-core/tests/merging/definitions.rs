//! Procedures and calendars that several ledgers define.

use super::*;

#[test]
fn the_first_definition_of_a_procedure_counts_and_a_rival_one_is_a_conflict() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    let long = chain(5);
    let mut short = long.clone();
    (short.statuses, short.transitions) = (chain(3).statuses, chain(3).transitions);
    append(&mut first, 0, "first", Batch::new().and(long.clone()).and(visit(&long))).unwrap();
    let rival = recorded(&mut second, 10, "second", short.clone());
    let other = Commitment::builder("jp/other", "Another").procedure(&short).by("jp").made(day(0));
    recorded(&mut second, 20, "second", other.obligation(Obligation::Result).words("will", source(0)));
    first.merge(&second);

    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!(conflict.entry, rival);
    assert!(matches!(conflict.reason, Error::RivalDefinition { held, given, .. }
        if held == long.reference().digest && given == short.reference().digest));
    assert_eq!(status(&first, 10), "s0");
    // A commitment that refers to the other definition has no status, and no status is invented for
    // it.
    let pinned = first.view_on(day(10)).unwrap().standing("jp/other").unwrap();
    assert_eq!((pinned.status, pinned.verdict), (None, None));
    assert!(pinned.reason.unwrap().contains("is not defined on this ledger"));

    // It is unknown which steps are legal, so every step is refused.
    let refused = append(&mut first, 30, "first", Advance::builder("jp/other", "s1").on(day(5))).unwrap_err();
    assert_eq!(refused.code(), "unknown-procedure");
    recorded(&mut first, 30, "first", Remark::builder("jp/other", "Still waited for").on(day(5)));

    let refused = append(&mut first, 40, "first", short).unwrap_err();
    assert_eq!(refused.code(), "rival-definition");
}

/// A procedure in which a matter is dropped at the close of the session in which it was begun.
const SESSION: &str = r#"
id = "session"
version = 1
initial = "before"
title = { en = "Before a council" }
[[statuses]]
id = "before"
phase = "active"
title = { en = "Before the council" }
[[statuses]]
id = "dropped"
phase = "failed"
title = { en = "Dropped" }
final = true
[[statuses]]
id = "done"
phase = "achieved"
title = { en = "Done" }
final = true
[[transitions]]
from = ["before"]
to = "done"
basis = "Practice"
title = { en = "Done" }
[[transitions]]
from = ["dropped"]
to = "before"
reopening = true
basis = "Practice"
title = { en = "Begun again" }
[[clocks]]
id = "close"
while = ["before"]
starts = ["before"]
to = "dropped"
fires = "end"
rule = { close = { calendar = "council", of = "containing" } }
basis = "Rule 7"
title = { en = "Dropped at the close" }
"#;

fn council(closed: Option<&str>) -> Calendar {
    let closed = closed.map_or_else(String::new, |day| format!("closed = \"{day}\"\n"));
    let text = format!(
        "id = \"council\"\nthrough = \"2001-06-30\"\ntitle = {{ en = \"Council\" }}\n[[periods]]\nnumber = 1\n\
         convened = \"2000-12-01\"\nbasis = \"published\"\n{closed}"
    );
    Calendar::from_toml("council.toml", &text).unwrap()
}

#[test]
fn the_latest_known_calendar_applies_and_earlier_knowledge_stays_visible() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    let setup = Batch::new().and(session.clone()).and(council(None)).and(visit(&session));
    append(&mut ledger, 0, "desk", setup).unwrap();
    let open = ledger.newest().unwrap();
    // While the session is open, the status is known up to the last day that the calendar covers,
    // and unknown after it.
    assert_eq!(standing(&ledger, 60).status.unwrap(), "before");
    let beyond = ledger.view_on("2001-07-01").unwrap().standing(VISIT).unwrap();
    assert_eq!((beyond.status, beyond.phase, beyond.verdict), (None, None, None));
    assert!(beyond.reason.unwrap().contains("council"));

    append(&mut ledger, 100, "desk", council(Some("2001-05-31"))).unwrap();
    let closed = ledger.newest().unwrap();
    append(&mut ledger, 200, "desk", council(Some("2001-02-28"))).unwrap();
    let status =
        |known_at, day| ledger.view_on(day).unwrap().known_at(known_at).unwrap().standing(VISIT).unwrap().status;
    assert_eq!(status(open, "2001-06-01").unwrap(), "before");
    assert_eq!(status(closed, "2001-05-30").unwrap(), "before");
    assert_eq!(status(closed, "2001-05-31").unwrap(), "dropped");
    assert_eq!(status(ledger.newest().unwrap(), "2001-02-28").unwrap(), "dropped");

    // When the correction is retracted, the edition before it applies again.
    let correction = ledger.entries().last().unwrap().id();
    append(&mut ledger, 300, "desk", Retract::definition(correction, "Misread")).unwrap();
    assert_eq!(standing(&ledger, 100).status.unwrap(), "before");
}

#[test]
fn a_calendar_that_a_step_needs_cannot_be_retracted() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(session.clone()).and(visit(&session))).unwrap();
    let calendar = recorded(&mut ledger, 100, "desk", council(Some("2001-02-28")));
    let begun = recorded(&mut ledger, 200, "desk", step("before", 100));
    let retract = || Retract::definition(calendar, "Misread");
    let refused = append(&mut ledger, 300, "desk", retract()).unwrap_err();
    assert!(matches!(&refused, Error::RetractionBreaks { entry, .. } if *entry == calendar), "{refused}");
    let both = Batch::new().and(retract()).and(Retract::builder(VISIT, begun, "Not begun again"));
    append(&mut ledger, 300, "desk", both).unwrap();
    assert_eq!(conflicts(&ledger), []);
}

#[test]
fn a_calendar_that_makes_a_step_impossible_is_accepted_only_with_the_retraction_of_the_step() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    let setup = Batch::new().and(session.clone()).and(council(None)).and(visit(&session));
    append(&mut ledger, 0, "desk", setup).unwrap();
    let done = recorded(&mut ledger, 150, "desk", step("done", 100));
    let digest = ledger.digest();
    let early = || council(Some("2001-02-28"));
    assert_eq!(append(&mut ledger, 200, "desk", early()).unwrap_err().code(), "calendar-breaks");
    assert_eq!(ledger.digest(), digest);
    let both = Batch::new().and(early()).and(Retract::builder(VISIT, done, "Not done"));
    append(&mut ledger, 200, "desk", both).unwrap();
    assert_eq!((conflicts(&ledger), standing(&ledger, 100).status.unwrap().as_str()), (vec![], "dropped"));
}

#[test]
fn a_definition_recorded_before_a_batch_became_known_precedes_those_of_the_batch() {
    let long = chain(5);
    let mut short = long.clone();
    (short.statuses, short.transitions) = (chain(3).statuses, chain(3).transitions);
    let (mut ledger, mut other) = (Ledger::new(), Ledger::new());
    let late = Remark::builder(VISIT, "Late").on(day(5)).recorded_at(at(400));
    append(&mut ledger, 0, "desk", visit(builtin::action())).unwrap();
    let batch = append(&mut ledger, 100, "desk", Batch::new().and(long.clone()).and(late)).unwrap();
    // Merging the entries in reverse order makes the ledger drop and rebuild its index of
    // definitions.
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    let mut ledger = Ledger::new();
    ledger.merge_entries(entries.into_iter().rev());
    assert!(ledger.view_on(day(10)).unwrap().procedures().iter().any(|procedure| **procedure == long));
    recorded(&mut other, 200, "phone", short.clone());
    ledger.merge(&other);

    for ledger in [&ledger, &merged(&[&ledger])] {
        let [conflict] = conflicts(ledger).try_into().unwrap();
        assert_eq!(conflict.entry, batch[0]);
        assert!(ledger.view_on(day(10)).unwrap().procedures().iter().any(|procedure| **procedure == short));
    }
}

/// A definition of a procedure by another program, from the procedure's JSON with a change.
fn foreign_definition(seconds: i64, procedure: &Procedure, change: impl FnOnce(&mut serde_json::Value)) -> Entry {
    let mut content = serde_json::to_value(procedure).unwrap();
    change(&mut content);
    let fact = json!({ "define": { "procedure": content, "x-scope": "later" } });
    seal(json!({ "fact": fact, "recorded_at": at(seconds), "recorded_by": "elsewhere" }))
}

#[test]
fn a_definition_that_cannot_be_used_is_a_conflict_and_leaves_its_place_to_a_usable_one() {
    let usable = chain(3);
    let mut ledger = ledger_with_visit();
    let before = standing(&ledger, 10);
    let faulty = foreign_definition(5, &usable, |procedure| procedure["initial"] = json!("nowhere"));
    ledger.merge_entries([faulty.clone()]);
    let [conflict] = conflicts(&ledger).try_into().unwrap();
    assert_eq!((conflict.entry, conflict.reason.code()), (faulty.id(), "invalid-field"));
    assert!(conflict.reason.to_string().contains("the procedure starts at the status nowhere"), "{}", conflict.reason);
    assert_eq!(standing(&ledger, 10), before);

    // The same version of the procedure, without the fault, is no rival of what is not used.
    recorded(&mut ledger, 50, "desk", usable.clone());
    assert_eq!(conflicts(&ledger).len(), 1);
    assert!(ledger.view_on(day(10)).unwrap().procedures().iter().any(|procedure| **procedure == usable));

    // A retraction settles the conflict.
    recorded(&mut ledger, 60, "desk", Retract::definition(faulty.id(), "It starts nowhere"));
    assert_eq!(conflicts(&ledger), []);

    // Nobody can record such a definition here.
    let mut refused = usable;
    refused.initial = "nowhere".parse().unwrap();
    refused.version = 2;
    assert_eq!(append(&mut ledger, 70, "desk", refused).unwrap_err().code(), "invalid-field");
}

#[test]
fn the_digest_of_a_procedure_covers_the_members_of_a_later_version() {
    let procedure = chain(3);
    let definition = foreign_definition(0, &procedure, |procedure| procedure["x-weight"] = json!({ "s0": 1 }));
    let line: serde_json::Value = serde_json::from_str(definition.line()).unwrap();
    let digest = {
        use sha2::Digest as _;
        let content = generate::canonical(&line["fact"]["define"]["procedure"]);
        let hash = sha2::Sha256::digest(content.as_bytes());
        format!("sha256:{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    };
    assert_ne!(digest, procedure.reference().digest.to_string());
    let registration = |commitment: &str, digest: &str| {
        let reference = json!({ "digest": digest, "id": procedure.id, "version": 1 });
        let fact = json!({ "register": {
            "by": ["jp"], "made": "2001-01-01", "obligation": "result", "procedure": reference, "title": "A word",
            "words": { "source": source(1), "text": "will" },
        } });
        seal(entry_about(commitment, fact, None, at(10), "elsewhere"))
    };
    let mut ledger = Ledger::new();
    let short = procedure.reference().digest.to_string();
    ledger.merge_entries([definition, registration("jp/whole", &digest), registration("jp/short", &short)]);
    let status = |id: &str| ledger.view_on(day(10)).unwrap().standing(id).unwrap().status;
    assert_eq!(status("jp/whole").unwrap(), "s0");
    assert_eq!(status("jp/short"), None);
}
