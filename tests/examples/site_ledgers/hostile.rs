//! A ledger and a configuration with hostile text in every field that takes text.
//!
//! Text that a browser runs would set `document.hostile`, open a dialog, or ask another host.

use std::path::Path;

use servanda::facts::{Assign, Batch, Link, Measure, Relation, Remark, Reschedule, Retract, Topic};
use servanda::{Advance, Commitment, Obligation, Party, Procedure, Source};

use crate::tracker_on;

const TEXTS: [&str; 14] = [
    "<script>document.hostile = 1</script>",
    "</script><script>document.hostile = 2</script>",
    "</title><img src=https://hostile.example/a.png onerror=alert(3)>",
    "\"><img src=x onerror=\"document.hostile = 4\">",
    "' autofocus onfocus='document.hostile = 5' x='",
    "[link](javascript:alert(6))",
    "[link](data:text/html,<script>alert(7)</script>)",
    "![picture](https://hostile.example/b.png)",
    "<svg onload=\"document.hostile = 8\"><style>*{display:none}</style></svg>",
    "]]> --> <iframe src=https://hostile.example/></iframe>",
    "</text></svg><base href=https://hostile.example/><form action=https://hostile.example/>",
    "<meta http-equiv=refresh content=0;url=https://hostile.example/>",
    "=HYPERLINK(\"https://hostile.example/\") \u{202e}drow\u{2067}",
    "{{constructor.constructor('alert(9)')()}} &#60;script&#62;alert(10)&#60;/script&#62;",
];

/// Records a commitment for each text in a new file.
pub(crate) fn write(path: &Path) {
    let tracker = tracker_on(path, "2013-01-20");
    for (number, text) in TEXTS.iter().enumerate() {
        let name = |kind: &str| format!("{kind}-{number}");
        let (id, party) = (&name("promise"), &name("party"));
        let mut batch = Batch::new()
            .and(Party::new(party, "en", text).unwrap().identified_by("scheme", text).unwrap())
            .and(Topic::new(&name("topic"), "en", text).unwrap().named("ja", text).unwrap());
        for id in [id, &name("part")] {
            let promise = Commitment::builder(id, text)
                .language("en")
                .title_in("ja", text)
                .procedure(&procedure(&name("procedure"), text))
                .by(party)
                .to(party)
                .made("2013-01-18")
                .deadline("2014")
                .obligation(Obligation::Result)
                .words(text, source(text))
                .translation("ja", text)
                .identifier(name("scheme"), text)
                .topic(name("topic"))
                .responsible(party)
                .target("12", text);
            batch = batch.and(if id.starts_with("part") { promise.part_of(name("promise")) } else { promise });
        }
        tracker.append(batch.share_identifiers()).unwrap();

        // The builders of different facts have different types.
        macro_rules! append {
            ($fact:expr) => {
                tracker.append($fact.noting(text).citing(source(text))).unwrap()
            };
        }
        let mistake = append!(Remark::builder(id, text).on("2013-02-01"));
        append!(Remark::builder(id, text).on("2013-02-02"));
        append!(Advance::builder(id, "done").on("2013-03-01"));
        append!(Reschedule::builder(id, "2015").on("2013-04-01"));
        append!(Assign::builder(id, party).on("2013-04-02"));
        append!(Measure::builder(id, "5").on("2013-04-03"));
        append!(Link::builder(id, Relation::Related, name("part")).on("2013-04-04"));
        tracker.append(Retract::builder(id, mistake[0], text)).unwrap();
    }
}

/// The configuration of the site.
pub(crate) fn config() -> String {
    let all = quoted(&TEXTS.join("\n\n"));
    format!(
        "name = {}\nlanguages = ['en', 'ja']\npublisher = {}\nlicence = {}\n\
         introduction = {all}\nmethod = {all}\nabout = {all}\n",
        quoted(TEXTS[2]),
        quoted(TEXTS[3]),
        quoted(TEXTS[0])
    )
}

fn source(text: &str) -> Source {
    let source = Source::new(text, "https://arden.example/%22%3E%3Cscript%3E").unwrap();
    let source = source.published_by(text).unwrap().at_page(text).unwrap();
    source.kept_in(text).unwrap().identified_by(text).unwrap().quoting(text).unwrap()
}

fn procedure(id: &str, text: &str) -> Procedure {
    let text = quoted(text);
    let toml = format!(
        "id = '{id}'\nversion = 1\ninitial = 'open'\ntitle = {{ en = {text} }}\n\
         [[references]]\ntitle = {text}\npublisher = {text}\nurl = 'https://arden.example/law'\n\
         [[statuses]]\nid = 'open'\nphase = 'planned'\ntitle = {{ en = {text} }}\ndescription = {{ en = {text} }}\n\
         [[statuses]]\nid = 'done'\nphase = 'achieved'\ntitle = {{ en = {text}, ja = {text} }}\n\
         [[statuses]]\nid = 'lapsed'\nphase = 'failed'\nfinal = true\ntitle = {{ en = {text} }}\n\
         [[transitions]]\nfrom = ['open']\nto = 'done'\nbasis = {text}\ntitle = {{ en = {text} }}\n\
         [[transitions]]\nfrom = ['done']\nto = 'open'\nbasis = {text}\ntitle = {{ en = {text} }}\n\
         [[clocks]]\nid = 'year'\nwhile = ['open']\nstarts = ['open']\nto = 'lapsed'\nfires = 'start'\n\
         rule = {{ years = {{ count = 9 }} }}\nbasis = {text}\ntitle = {{ en = {text} }}\n"
    );
    Procedure::from_toml("hostile.toml", &toml).unwrap()
}

/// A text as a string of TOML, which JSON's strings are too.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
