//! Languages of the interface, and titles in other languages.

use crate::html::{attributes, texts};
use crate::{Folder, alliance};

#[test]
fn each_language_has_its_pages_which_lead_to_the_others() {
    let site = Folder::new();
    site.publish(&alliance().view().on("2014-04-01").unwrap(), r#"languages = ["de", "ja"]"#);
    let german = site.read("commitments/jp/hague-convention/index.html");
    assert_eq!(attributes(&german, "html", "lang"), ["de"]);
    let alternates = attributes(&german, "link[rel=alternate][hreflang]", "href");
    let path = "commitments/jp/hague-convention/index.html";
    assert_eq!(alternates, [format!("../../../{path}"), format!("../../../ja/{path}")]);

    let japanese = site.read(&format!("ja/{path}"));
    assert_eq!(attributes(&japanese, "html", "lang"), ["ja"]);
    assert_eq!(texts(&japanese, ".verdict .badge"), ["履行"]);
    assert!(texts(&japanese, "time").contains(&"2014年4月1日".to_owned()));
}

#[test]
fn dates_are_written_as_in_the_language() {
    let site = Folder::new();
    site.publish(&alliance().view().on("2014-04-01").unwrap(), r#"languages = ["en", "de", "fr", "ja"]"#);
    let of = |path: &str| texts(&site.read(path), "footer time").first().cloned().unwrap_or_default();
    let days = ["index.html", "de/index.html", "fr/index.html", "ja/index.html"].map(of);
    assert_eq!(days, ["1 April 2014", "1. April 2014", "1er avril 2014", "2014年4月1日"]);
}

#[test]
fn a_name_in_another_language_says_so() {
    let site = Folder::new();
    site.publish(&alliance().view().on("2014-04-01").unwrap(), r#"languages = ["fr"]"#);
    let page = site.read("commitments/jp/hague-convention/index.html");
    // The statuses have names in English and Japanese only.
    assert_eq!(attributes(&page, "ol.record h3 bdi", "lang").first().map(String::as_str), Some("en"));
}
