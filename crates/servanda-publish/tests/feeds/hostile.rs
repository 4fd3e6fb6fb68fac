//! Hostile text in every field does nothing.

use atom_syndication::Feed;
use icalendar::{Calendar, Component};
use servanda::builtin::{self, action};
use servanda::facts::{Define, Retract, Topic};
use servanda::{Advance, Batch, Commitment, FixedTime, Obligation, Party, Remark, Tracker};

use crate::published::{Published, site_of};

/// Text that means something in XML, HTML, JSON, iCalendar and for the direction of text.
const HOSTILE: &str = "</title></script><script>alert(1)</script>]]>&lt;\"'\u{202e}\u{2066}\u{fffe},;\\ {what} \
                       BEGIN:VEVENT";

fn hostile_site(url: &str) -> Published {
    let party = Party::new("arden", "en", HOSTILE).unwrap();
    let topic = Topic::new("transport", "en", HOSTILE).unwrap();
    let source = (HOSTILE, "https://example.org/");
    let buses = Commitment::builder("arden/buses", HOSTILE)
        .procedure(builtin::action())
        .by("arden")
        .made("2020-01-10")
        .obligation(Obligation::Result)
        .words(HOSTILE, ("Speech", "https://example.org/speech"))
        .topic("transport")
        .deadline("2020-06-30")
        .build()
        .unwrap();
    let moment = "2020-02-01T09:30:00.000000Z".parse().unwrap();
    let tracker = Tracker::in_memory("desk").unwrap().with_time(FixedTime(moment));
    tracker.append(Batch::new().and(Define::Party(party)).and(Define::Topic(topic)).and(buses)).unwrap();
    let remark = Remark::builder("arden/buses", HOSTILE).on("2020-01-20").noting(HOSTILE).citing(source);
    let [remark] = tracker.append(remark).unwrap()[..] else { panic!("one entry") };
    tracker.append(Remark::builder("arden/buses", HOSTILE).on("2020-01-21").citing(source)).unwrap();
    tracker.append(Retract::builder("arden/buses", remark, format!("{HOSTILE}\r\nATTENDEE:x"))).unwrap();
    tracker.append(Advance::builder("arden/buses", action::UNDER_WAY).on("2020-01-25").citing(source)).unwrap();
    let text = toml_text(&format!("{HOSTILE}\u{1}\u{85}\nATTENDEE:x"));
    let configuration =
        format!("name = {text}\npublisher = {text}\nlicence = {text}\nlanguages = [\"en\", \"de\"]\n{url}");
    site_of(&tracker, "2020-03-01", &configuration)
}

/// A text of TOML, with every unusual character escaped.
fn toml_text(text: &str) -> String {
    let escaped = |character: char| match character {
        ' '..='~' if !"\"\\".contains(character) => character.to_string(),
        other => format!("\\U{:08x}", u32::from(other)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The hostile text as readers see it.
const SHOWN: &str = "</title></script><script>alert(1)</script>]]>&lt;\"'\\u{202e}\\u{2066},;\\ {what} BEGIN:VEVENT";

#[test]
fn a_feed_shows_hostile_text_as_text() {
    for url in ["", "url = \"https://example.org/'\\\"<b>&\""] {
        let site = hostile_site(url);
        for (path, text) in site.files(".atom") {
            let is_allowed = |character: char| {
                character == '\n' || !character.is_control() && !"\u{fffe}\u{ffff}\u{202e}\u{2066}".contains(character)
            };
            assert!(text.chars().all(is_allowed), "{path}");
            assert!(!text.contains("<script"), "{path}");
            Feed::read_from(text.as_bytes()).unwrap();
        }
        let feed = Feed::read_from(site.file("feeds/all.atom").as_bytes()).unwrap();
        assert_eq!(feed.authors[0].name, format!("{SHOWN} ATTENDEE:x"));
        assert_eq!(feed.entries[1].title.value, format!("{SHOWN}: Corrected: {SHOWN}"));
        let kinds: Vec<&str> = feed.entries.iter().map(|entry| entry.categories[0].term.as_str()).collect();
        assert_eq!(kinds, ["step", "correction", "remark", "made"]);
    }
}

#[test]
fn a_calendar_has_one_event_with_the_hostile_text_in_its_summary() {
    let site = hostile_site("url = \"https://example.org/'\\\"<b>,;\"");
    for (path, text) in site.files(".ics") {
        let calendar: Calendar = text.parse().unwrap();
        assert_eq!(calendar.components.len(), 1, "{path}");
        assert!(!text.contains("\nATTENDEE") && !text.contains("\nBEGIN:VEVENT\r\nBEGIN"), "{path}");
        let summary = calendar.components[0].as_event().unwrap().get_summary().unwrap().to_owned();
        assert!(summary.ends_with(SHOWN), "{path}: {summary}");
        assert_eq!(calendar.property_value("PRODID"), Some("-//Servanda//Servanda//EN"));
    }
}

#[test]
fn cards_and_heads_show_hostile_text_as_text() {
    let site = hostile_site("url = \"https://example.org/'\\\"<b>&\"");
    for (path, text) in site.files(".html") {
        let scripts: Vec<&str> =
            text.split("<script").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect();
        assert!(!scripts.contains(&""), "{path}");
        let is_card = path.contains("embed/");
        assert!(!is_card || scripts.is_empty(), "{path}");
        let linked_data = text.split("<script type=\"application/ld+json\">").nth(1);
        if let Some(json) = linked_data.and_then(|rest| rest.split("</script>").next()) {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert!(value["name"].as_str().unwrap().contains(SHOWN), "{path}");
        }
    }
}
