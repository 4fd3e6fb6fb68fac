//! Feeds.

use std::collections::BTreeSet;

use atom_syndication::Feed;
use servanda_publish::{Site, publish};

use crate::published::{
    CHANGES, Published, alliance, alliance_as_it_grew, arden, configuration, site_of, site_of_view,
};

fn feed(text: &str) -> Feed {
    Feed::read_from(text.as_bytes()).unwrap()
}

fn ids(site: &Published, path: &str) -> BTreeSet<String> {
    feed(site.file(path)).entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn the_feed_of_the_alliance_tells_what_happened_the_latest_first() {
    let site = site_of(&alliance(), "2014-04-01", "");
    insta::assert_snapshot!(site.file("feeds/all.atom"));
}

#[test]
fn a_feed_of_the_invented_tracker_has_absolute_addresses_and_its_own_corrections() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    insta::assert_snapshot!("arden_all", site.file("feeds/all.atom"));
    insta::assert_snapshot!("arden_corrections_in_german", site.file("de/feeds/corrections.atom"));
}

#[test]
fn another_program_reads_in_every_feed_what_was_recorded() {
    for site in [
        site_of(&arden(CHANGES), "2020-03-01", &configuration()),
        site_of(&alliance(), "2014-04-01", "languages = [\"en\", \"ja\"]"),
    ] {
        for (path, text) in site.files(".atom") {
            let feed = feed(text);
            let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            assert_eq!(ids.len(), feed.entries.len(), "{path}");
            assert!(feed.entries.is_sorted_by(|one, next| one.updated >= next.updated), "{path}");
            assert!(feed.entries.first().is_none_or(|newest| newest.updated == feed.updated), "{path}");
        }
    }
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    let titles: Vec<String> =
        feed(site.file("feeds/all.atom")).entries.into_iter().map(|entry| entry.title.value).collect();
    let expected = [
        "Night buses, every hour; all week: now “Done”",
        "Night buses, every hour; all week: deadline set: September 2020",
        "Night buses, every hour; all week: Corrected: The council votes for five lines",
        "Night buses, every hour; all week: now “Under way”",
        "Night buses, every hour; all week: Promise made",
    ];
    assert_eq!(titles, expected);
}

#[test]
fn a_commitment_a_party_and_a_topic_have_feeds_of_their_own() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    let all = ids(&site, "feeds/all.atom");
    for path in ["commitments/arden/buses", "parties/arden", "parties/riders", "topics/transport"] {
        assert_eq!(ids(&site, &format!("feeds/{path}.atom")), all, "{path}");
    }
    let correction: Vec<String> = all.into_iter().filter(|id| id.starts_with("urn:servanda:correction:")).collect();
    assert_eq!(ids(&site, "feeds/corrections.atom"), correction.into_iter().collect());
}

#[test]
fn ids_stay_the_same_when_the_ledger_grows_unless_an_entry_is_retracted() {
    let mut before = BTreeSet::new();
    for changes in 1..=CHANGES {
        let site = site_of(&arden(changes), "2020-03-01", &configuration());
        let now = ids(&site, "feeds/all.atom");
        let gone: Vec<&String> = before.difference(&now).collect();
        // The fourth change retracts the remark.
        let retracted = usize::from(changes == 4);
        assert_eq!((gone.len(), gone.iter().all(|id| id.contains(":remark:"))), (retracted, true));
        before = now;
    }
}

#[test]
fn ids_stay_the_same_when_the_ledger_of_the_alliance_grows() {
    let mut before: BTreeSet<String> = BTreeSet::new();
    for site in alliance_as_it_grew() {
        let now = ids(&site, "feeds/all.atom");
        // A commitment is no longer overdue when an entry says that it was kept in time.
        let gone: Vec<&String> = before.difference(&now).filter(|id| !id.contains(":overdue:")).collect();
        assert_eq!(gone, Vec::<&String>::new());
        before = now;
    }
    assert!(before.len() > 40, "{}", before.len());
}

#[test]
fn ids_are_the_same_in_all_languages_on_all_days_and_at_all_addresses() {
    let later = site_of(&arden(CHANGES), "2020-04-01", &configuration());
    let elsewhere = site_of(&arden(CHANGES), "2020-03-01", "name = \"Promises of Arden\"");
    let entries = ids(&later, "feeds/all.atom");
    assert_eq!(ids(&later, "de/feeds/all.atom"), entries);
    assert_eq!(ids(&elsewhere, "feeds/all.atom"), entries);
}

#[test]
fn without_an_address_a_feed_has_a_urn_and_relative_links() {
    let site = site_of(&arden(1), "2020-03-01", "");
    let feed = feed(site.file("feeds/parties/arden.atom"));
    assert!(feed.id.starts_with("urn:servanda:feed:sha256:"), "{}", feed.id);
    assert!(feed.id.ends_with(":en:feeds/parties/arden.atom"), "{}", feed.id);
    let links: Vec<(&str, &str)> = feed.links.iter().map(|link| (link.rel.as_str(), link.href.as_str())).collect();
    assert_eq!(links, [("alternate", "../../parties/arden.html")]);
    assert_eq!(feed.entries[0].links[0].href, "../../commitments/arden/buses/index.html");
}

#[test]
fn publishing_again_after_a_change_gives_what_publishing_anew_gives() {
    let site = Site::from_toml("tracker.toml", &configuration()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for changes in 1..=CHANGES {
        let view = arden(changes).view().on("2020-03-01").unwrap();
        publish(&view, &site, folder.path()).unwrap();
        let path = "feeds/commitments/arden/buses.atom";
        let again = std::fs::read_to_string(folder.path().join(path)).unwrap();
        assert_eq!(again, site_of_view(&view, &configuration()).file(path));
    }
}
