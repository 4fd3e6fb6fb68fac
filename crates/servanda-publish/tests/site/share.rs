//! Pictures that other sites show next to a link.

use crate::html::attributes;
use crate::{Folder, alliance};

const URL: &str = "https://promises.example.org/";

fn published(config: &str) -> Folder {
    let site = Folder::new();
    site.publish(&alliance().view().on("2024-12-31").unwrap(), config);
    site
}

fn pictures(site: &Folder) -> Vec<String> {
    site.files().into_iter().filter(|file| file.ends_with(".png")).collect()
}

/// The values of a property of Open Graph.
fn property(page: &str, name: &str) -> Vec<String> {
    attributes(page, &format!("meta[property='{name}'], meta[name='{name}']"), "content")
}

#[test]
fn a_site_has_a_picture_for_each_verdict_that_occurs() {
    let site = published(&format!("url = '{URL}'\nlanguages = ['en', 'ja']"));
    let expected = ["holding", "in-progress", "kept", "tally"].map(|name| format!("pictures/{name}.png"));
    assert_eq!(pictures(&site), expected);
    for picture in expected {
        let bytes = std::fs::read(site.path().join(&picture)).unwrap();
        let number = |from: usize| u32::from_be_bytes(bytes[from..from + 4].try_into().unwrap());
        assert_eq!((&bytes[1..4], number(16), number(20)), (&b"PNG"[..], 1200, 630), "{picture}");
        assert!(bytes.len() < 30_000, "{picture} has {} bytes", bytes.len());
    }
}

#[test]
fn a_site_without_an_address_has_no_pictures() {
    let site = published("");
    assert!(pictures(&site).is_empty());
    for (path, page) in site.pages() {
        assert!(!page.contains("og:image") && !page.contains("twitter:card"), "{path}");
    }
}

#[test]
fn pages_name_their_picture_and_say_what_it_shows() {
    let site = published(&format!("url = '{URL}'\nlanguages = ['en', 'ja']"));
    let shown = |path: &str| {
        let names = ["og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"];
        names.map(|name| property(&site.read(path), name).concat())
    };
    let address = |name: &str| format!("{URL}pictures/{name}.png");
    let commitment = "commitments/jp/hague-convention/index.html";
    let [kept, tally] = [address("kept"), address("tally")];
    assert_eq!(shown(commitment), [&kept, "1200", "630", "Kept", "summary_large_image"]);
    assert_eq!(shown(&format!("ja/{commitment}")), [&kept, "1200", "630", "履行", "summary_large_image"]);
    let words = "Kept: 9, Upheld: 1, In progress: 6";
    assert_eq!(shown("index.html"), [&tally, "1200", "630", words, "summary_large_image"]);
    for (path, page) in site.pages() {
        if let Some((_, rest)) = page.split_once("<meta property=\"og:image\" content=\"") {
            let picture = rest.strip_prefix(URL).unwrap().split('"').next().unwrap();
            assert!(site.path().join(picture).is_file(), "{path}: {picture}");
        }
    }
}

#[test]
fn a_commitment_that_is_overdue_has_another_picture() {
    let site = Folder::new();
    site.publish(&crate::invented::invented(60).view().on("2014-07-01").unwrap(), &format!("url = '{URL}'"));
    let overdue: Vec<String> = pictures(&site).into_iter().filter(|path| path.contains("overdue")).collect();
    assert!(!overdue.is_empty(), "{:?}", pictures(&site));
    let alts = site.pages().into_iter().filter(|(_, page)| page.contains("-overdue.png"));
    for (path, page) in alts {
        assert!(property(&page, "og:image:alt").concat().ends_with(" · Overdue"), "{path}");
    }
}

#[test]
fn pictures_are_written_once() {
    let config = format!("url = '{URL}'");
    let (site, other) = (published(&config), published(&config));
    let again = site.publish(&alliance().view().on("2024-12-31").unwrap(), &config);
    assert_eq!((again.written, again.removed), (0, 0));
    for picture in pictures(&site) {
        let [one, two] = [&site, &other].map(|site| std::fs::read(site.path().join(&picture)).unwrap());
        assert_eq!(one, two, "{picture}");
    }
    let without = site.publish(&alliance().view().on("2024-12-31").unwrap(), "");
    assert!(without.removed >= 4 && pictures(&site).is_empty());
}
