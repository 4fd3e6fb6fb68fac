//! Calendars.

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, Component, Event};

use crate::published::{CHANGES, alliance, alliance_as_it_grew, arden, configuration, site_of};

fn events(text: &str) -> Vec<Event> {
    let calendar: Calendar = text.parse().unwrap();
    let event = |component: CalendarComponent| match component {
        CalendarComponent::Event(event) => event,
        other => panic!("{other:?} is no event"),
    };
    calendar.components.into_iter().map(event).collect()
}

/// The properties of an event as another program reads them.
fn properties(event: &Event) -> BTreeMap<&str, &str> {
    event.properties().iter().map(|(name, property)| (name.as_str(), property.value())).collect()
}

#[test]
fn the_calendar_of_the_alliance_has_its_deadline_and_the_days_of_its_clocks() {
    let site = site_of(&alliance(), "2013-05-01", "");
    insta::assert_snapshot!(site.file("feeds/all.ics").replace("\r\n", "\n"));
}

#[test]
fn another_program_reads_what_is_due() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    let [event] = &events(site.file("feeds/all.ics"))[..] else { panic!("one deadline") };
    let uid = event.get_uid().unwrap();
    assert_eq!((uid.len(), uid.chars().all(|digit| digit.is_ascii_hexdigit())), (64, true));
    let expected = BTreeMap::from([
        ("UID", uid),
        ("DTSTAMP", "20200207T093000Z"),
        ("SEQUENCE", "3"),
        ("DTSTART", "20200930"),
        ("SUMMARY", "Deadline: Night buses, every hour; all week"),
        ("DESCRIPTION", "deadline September 2020"),
        ("URL", "https://promises.example.org/city/commitments/arden/buses/"),
        ("TRANSP", "TRANSPARENT"),
    ]);
    assert_eq!(properties(event), expected);
    for path in ["feeds/parties/arden.ics", "feeds/topics/transport.ics"] {
        assert_eq!(
            events(site.file(path)).iter().map(properties).collect::<Vec<_>>(),
            std::slice::from_ref(&expected),
            "{path}"
        );
    }
}

#[test]
fn the_sequence_never_falls_and_rises_when_a_deadline_moves() {
    let mut before: Option<(String, u32, String)> = None;
    for changes in 1..=CHANGES {
        let site = site_of(&arden(changes), "2020-03-01", &configuration());
        let [event] = &events(site.file("feeds/all.ics"))[..] else { panic!("one deadline") };
        let day = properties(event)["DTSTART"].to_owned();
        let now = (event.get_uid().unwrap().to_owned(), event.get_sequence().unwrap(), day);
        if let Some((uid, sequence, day)) = before {
            assert_eq!(now.0, uid);
            assert!(now.1 >= sequence, "{sequence} and then {}", now.1);
            assert!(now.2 == day || now.1 > sequence, "{day} moved to {}", now.2);
        }
        before = Some(now);
    }
}

#[test]
fn the_sequence_never_falls_when_the_ledger_of_the_alliance_grows() {
    let mut before: BTreeMap<String, u32> = BTreeMap::new();
    for site in alliance_as_it_grew() {
        for event in events(site.file("feeds/all.ics")) {
            let (uid, sequence) = (event.get_uid().unwrap().to_owned(), event.get_sequence().unwrap());
            let earlier = before.insert(uid.clone(), sequence);
            assert!(earlier.is_none_or(|earlier| earlier <= sequence), "{uid}: {earlier:?} and then {sequence}");
        }
    }
    assert!(before.len() > 1, "{before:?}");
}

#[test]
fn on_later_days_the_sequence_of_a_clock_does_not_fall() {
    let mut before: BTreeMap<String, u32> = BTreeMap::new();
    for on in ["2013-03-20", "2013-05-01", "2013-05-10", "2013-05-22", "2014-04-01"] {
        let site = site_of(&alliance(), on, "");
        for event in events(site.file("feeds/all.ics")) {
            let (uid, sequence) = (event.get_uid().unwrap().to_owned(), event.get_sequence().unwrap());
            let earlier = before.insert(uid, sequence);
            assert!(earlier.is_none_or(|earlier| earlier <= sequence), "{on}");
        }
    }
    assert!(before.len() > 2, "{before:?}");
}

#[test]
fn every_line_ends_in_crlf_and_has_at_most_75_octets() {
    for site in [
        site_of(&arden(CHANGES), "2020-03-01", &configuration()),
        site_of(&alliance(), "2013-05-01", "languages = [\"ja\", \"fr\"]"),
    ] {
        for (path, text) in site.files(".ics") {
            let lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
            for line in lines {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{path}: {line}");
            }
        }
    }
}
