//! The map of the site, cards, and what pages tell other programs.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::published::{CHANGES, URL, arden, configuration, site_of};

/// The addresses in a map of a site.
fn addresses(text: &str) -> Vec<String> {
    let (mut reader, mut addresses, mut is_address) = (Reader::from_str(text), Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => is_address = start.name().as_ref() == "loc",
            Event::Text(text) if is_address => addresses.push(text.to_string()),
            Event::End(_) => is_address = false,
            Event::Eof => return addresses,
            _ => {}
        }
    }
}

#[test]
fn the_same_ledger_day_and_configuration_give_the_same_bytes() {
    let site = || site_of(&arden(CHANGES), "2020-03-01", &configuration()).0;
    assert_eq!(site(), site());
}

/// The elements of the head of a page that programs read.
fn head(page: &str) -> String {
    let (head, _) = page.split_once("</head>").unwrap();
    let starts = ["<meta property", "<script type=\"application/ld+json\"", "<link rel=\"alternate\" type"];
    head.lines().filter(|line| starts.iter().any(|start| line.starts_with(start))).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_map_names_every_page_and_no_card() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    let pages = site.files(".html").map(|(path, _)| path).filter(|path| !path.contains("embed/"));
    let expected: Vec<String> = pages.map(|path| format!("{URL}{}", path.replace("index.html", ""))).collect();
    assert_eq!(addresses(site.file("sitemap.xml")), expected);
    assert!(site.0.keys().any(|path| path == "embed/tally.html"));
}

#[test]
fn a_site_without_an_address_has_no_map() {
    let site = site_of(&arden(CHANGES), "2020-03-01", "");
    assert_eq!(site.0.keys().find(|path| path.contains("sitemap")), None);
}

#[test]
fn the_head_of_a_page_says_what_it_is_about_and_where_its_feeds_are() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    insta::assert_snapshot!("head_of_a_commitment", head(site.file("commitments/arden/buses/index.html")));
    insta::assert_snapshot!("head_of_the_front_page", head(site.file("de/index.html")));
    insta::assert_snapshot!("head_of_the_data", head(site.file("data/index.html")));
    insta::assert_snapshot!("head_of_a_party", head(site.file("parties/arden.html")));
}

#[test]
fn every_feed_and_card_that_a_page_links_to_is_there() {
    for configuration in [configuration(), String::new()] {
        let site = site_of(&arden(CHANGES), "2020-03-01", &configuration);
        for (path, text) in site.files(".html") {
            for href in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                if href.ends_with(".atom") || href.ends_with(".ics") || href.contains("embed/") {
                    let target = resolved(path, href);
                    assert!(site.0.contains_key(&target), "{path} links to {target}");
                }
            }
        }
    }
}

/// Where a relative link of a page leads.
fn resolved(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn a_card_has_no_script_and_loads_nothing_but_the_style_sheet() {
    let site = site_of(&arden(CHANGES), "2020-03-01", &configuration());
    insta::assert_snapshot!("card", site.file("embed/commitments/arden/buses.html"));
    let tally = site.file("de/embed/tally.html");
    assert!(!tally.contains("<script") && !tally.contains(" style="), "{tally}");
    assert_eq!(tally.matches("src=").count(), 0);
    assert_eq!(tally.matches("<link ").count(), 1);
}
