//! The file `tracker.toml`.

use servanda_publish::Site;

fn refused(text: &str) -> String {
    Site::from_toml("tracker.toml", text).unwrap_err().to_string()
}

#[test]
fn every_mistake_is_named_with_its_line_and_a_remedy() {
    insta::assert_snapshot!(refused(
        r##"name = 12
license = "CC0"
languages = ["en", "en", "es"]
contact = "javascript:alert(1)"
url = "ftp://example.org"
parties = ["JP", "us"]
topics = "peace"
publisher = " "
introduction = { en = "Hello", english = "Hello" }

[colours]
accent = "#ffff00"
accent_dark = "blue"
acent = "#000000"
"##
    ));
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_its_line() {
    insta::assert_snapshot!(refused("name = \"Promises\"\nurl =\n"));
}

#[test]
fn the_address_of_a_site_ends_in_a_slash() {
    let site = Site::from_toml("tracker.toml", r#"url = "https://example.org/promises""#).unwrap();
    assert_eq!(site.url.as_deref(), Some("https://example.org/promises/"));
}
