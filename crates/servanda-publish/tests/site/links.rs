//! Links and the structure of pages.

use std::collections::{BTreeSet, HashMap};

use crate::html::{attributes, elements, texts};
use crate::{Folder, alliance};

fn site() -> Folder {
    let folder = Folder::new();
    folder.publish(&alliance().view().on("2015-06-01").unwrap(), r#"languages = ["en", "ja"]"#);
    folder
}

/// The pages with navigation. A card that other sites embed has none, and a stricter policy.
fn framed(site: &Folder) -> Vec<(String, String)> {
    site.pages().into_iter().filter(|(path, _)| !path.contains("embed/")).collect()
}

/// The path that a relative link leads to.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_inside_leads_to_a_file_and_to_a_place_in_it() {
    let site = site();
    let files: BTreeSet<String> = site.files().into_iter().collect();
    let pages = site.pages().into_iter();
    let anchors: HashMap<String, Vec<String>> =
        pages.map(|(path, page)| (path, attributes(&page, "[id]", "id"))).collect();
    for (path, page) in site.pages() {
        let of = |selector, name| attributes(&page, selector, name);
        let links = [of("a", "href"), of("link[rel=alternate], link[rel=stylesheet]", "href"), of("script", "src")];
        let links = links.concat().into_iter().chain(of("[data-src]", "data-src"));
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if target.is_empty() { path.clone() } else { resolved(&path, target) };
            assert!(files.contains(&target), "{path}: nothing is at {link}");
            let has_anchor = || anchors[&target].iter().any(|id| id == anchor);
            assert!(anchor.is_empty() || has_anchor(), "{path}: nothing in the page is at {link}");
        }
    }
}

#[test]
fn every_page_has_one_title_headings_in_order_and_landmarks() {
    for (path, page) in framed(&site()) {
        let levels: Vec<u8> = elements(&page)
            .iter()
            .filter_map(|(name, _)| name.strip_prefix('h')?.parse::<u8>().ok().filter(|level| *level <= 6))
            .collect();
        assert_eq!((levels.first(), levels.iter().filter(|level| **level == 1).count()), (Some(&1), 1), "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
        for landmark in ["header.site", "main#main", "footer.site", "nav[aria-label]", "a.skip[href='#main']"] {
            assert!(!texts(&page, landmark).is_empty(), "{path} lacks {landmark}");
        }
        let ids = attributes(&page, "[id]", "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn a_reader_who_doubts_a_status_reaches_source_rule_and_corrections_in_two_clicks() {
    let site = site();
    let page = "commitments/jp/hague-convention/index.html";
    assert!(attributes(&site.read("index.html"), "a", "href").contains(&page.to_owned()));
    let doubts = attributes(&site.read(page), ".doubt a", "href");
    assert_eq!(doubts, ["#record", "../../../method.html#diet-treaty-approval-1", "#corrections"]);
    assert!(!attributes(&site.read(page), "ol.record .sources a", "href").is_empty());
}

#[test]
fn the_policy_of_every_page_is_strict() {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                  base-uri 'none'; form-action 'none'";
    for (path, page) in framed(&site()) {
        let found = attributes(&page, "meta[http-equiv=Content-Security-Policy]", "content");
        assert_eq!(found, [policy], "{path}");
    }
}
