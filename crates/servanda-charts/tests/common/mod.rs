//! Ledgers for the tests: the alliance of the examples, and invented ones.

#![allow(dead_code, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail in the shortest way")]

use std::io::BufReader;

use servanda_charts::{English, Timeline};
use servanda_core::{Batch, Commitment, CommitmentBuilder, EntryId, Ledger, Obligation, Procedure, Standing};

/// An invented procedure with a clock: talks that can pause, and that lapse by themselves.
const TALKS: &str = r#"
id = "talks"
version = 1
initial = "planned"
title = { en = "Talks" }

[[statuses]]
id = "planned"
phase = "planned"
title = { en = "Planned" }

[[statuses]]
id = "talking"
phase = "active"
title = { en = "Talking" }

[[statuses]]
id = "paused"
phase = "stalled"
title = { en = "Paused" }

[[statuses]]
id = "agreed"
final = true
phase = "achieved"
title = { en = "Agreed" }

[[statuses]]
id = "lapsed"
phase = "failed"
title = { en = "Lapsed" }

[[transitions]]
from = ["planned", "paused", "lapsed"]
to = "talking"
title = { en = "Talk" }
basis = "Invented rules, art. 1"

[[transitions]]
from = ["talking"]
to = "paused"
title = { en = "Pause" }
basis = "Invented rules, art. 2"

[[transitions]]
from = ["talking"]
to = "agreed"
title = { en = "Agree" }
basis = "Invented rules, art. 3"

[[clocks]]
id = "six-months"
starts = ["paused"]
while = ["paused"]
to = "lapsed"
fires = "start"
presumed = true
rule = { months = { count = 6 } }
title = { en = "Six months without talks" }
basis = "Invented rules, art. 4"
"#;

/// Reads the invented procedure, with other texts in place of some of its own.
pub(crate) fn talks(replaced: &[(&str, &str)]) -> Procedure {
    let text = replaced.iter().fold(TALKS.to_owned(), |text, (from, to)| {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        assert!(text.contains(&quoted(from)), "{from}");
        text.replace(&quoted(from), &quoted(to))
    });
    Procedure::from_toml("talks.toml", &text).unwrap()
}

/// A ledger that records each fact on a day of its own choice.
pub(crate) struct Desk {
    pub(crate) ledger: Ledger,
    pub(crate) procedure: Procedure,
    recorded: u32,
}

impl Desk {
    pub(crate) fn new(procedure: Procedure) -> Self {
        let mut desk = Self { ledger: Ledger::new(), procedure, recorded: 0 };
        desk.record("2024-01-01", desk.procedure.clone());
        desk
    }

    /// An invented commitment of 1 May 2024, about which nothing is recorded yet.
    pub(crate) fn promise(&self, title: &str) -> CommitmentBuilder {
        Commitment::builder("xx/talks", title)
            .procedure(&self.procedure)
            .by("xx")
            .made("2024-05-01")
            .obligation(Obligation::Result)
            .words("will agree", ("An invented source", "https://example.org/words"))
    }

    pub(crate) fn record(&mut self, day: &str, batch: impl Into<Batch>) -> EntryId {
        self.recorded += 1;
        let (hours, seconds) = (self.recorded / 3600, self.recorded % 3600);
        let now = format!("{day}T{hours:02}:{:02}:{:02}.000000Z", seconds / 60, seconds % 60);
        self.ledger.append(batch, &"desk".parse().unwrap(), now.parse().unwrap()).unwrap()[0]
    }

    pub(crate) fn standing(&self, day: &str) -> Standing {
        self.ledger.view_on(day).unwrap().standing("xx/talks").unwrap()
    }

    pub(crate) fn svg(&self, day: &str) -> String {
        Timeline::new(&self.standing(day)).procedure(&self.procedure).svg(&English)
    }

    pub(crate) fn text(&self, day: &str) -> String {
        Timeline::new(&self.standing(day)).procedure(&self.procedure).text(&English, 72)
    }
}

/// The ledger of the examples.
pub(crate) fn alliance() -> Ledger {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/alliance.jsonl");
    Ledger::read(BufReader::new(std::fs::File::open(path).unwrap())).unwrap()
}

/// Checks that an SVG is well-formed XML, has only known elements and attributes, and refers to
/// nothing outside.
pub(crate) fn check(svg: &str) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                depth += i32::from(matches!(event, Event::Start(_)));
                let name = start.name().into_inner();
                assert!(ELEMENTS.contains(&name), "element {name}");
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.into_inner();
                    assert!(ATTRIBUTES.contains(&name), "attribute {name}");
                    assert!(!attribute.value.contains("url("), "a reference");
                }
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => {
                let text: &str = text;
                assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "control character in {text:?}");
            }
            Event::GeneralRef(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0);
}

const ELEMENTS: [&str; 8] = ["svg", "title", "desc", "g", "path", "circle", "rect", "text"];
const ATTRIBUTES: [&str; 27] = [
    "xmlns",
    "class",
    "role",
    "lang",
    "width",
    "height",
    "viewBox",
    "font-family",
    "font-size",
    "font-weight",
    "color",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "text-decoration",
    "text-anchor",
    "direction",
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "rx",
];
