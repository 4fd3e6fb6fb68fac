//! How much pages weigh.

use crate::invented::invented;
use crate::{Folder, alliance};

const KIB: usize = 1024;

/// A page without its pictures.
fn without_pictures(page: &str) -> String {
    let mut rest = page;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("<svg") {
        kept.push_str(before);
        rest = after.split_once("</svg>").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn the_page_of_a_commitment_weighs_at_most_50_kib_without_pictures() {
    let site = Folder::new();
    site.publish(&alliance().view().on("2025-01-01").unwrap(), r#"languages = ["en", "ja", "de", "fr"]"#);
    let of_commitments = site.pages().into_iter().filter(|(path, _)| path.contains("commitments/"));
    let heaviest = of_commitments.map(|(path, page)| (without_pictures(&page).len(), path)).max().unwrap();
    assert!(heaviest.0 <= 50 * KIB, "{heaviest:?}");
}

#[test]
fn the_front_page_of_500_commitments_weighs_at_most_250_kib() {
    let site = Folder::new();
    site.publish(&invented(500).view().on("2013-12-01").unwrap(), "");
    let weight = site.read("index.html").len();
    assert!(weight <= 250 * KIB, "{weight} bytes");
}
