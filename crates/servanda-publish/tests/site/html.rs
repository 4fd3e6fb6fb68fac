//! Reads pages with a real parser.

use scraper::{Html, Selector};

/// The values of an attribute of all elements that a selector finds.
pub(crate) fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(page), Selector::parse(selector).unwrap());
    let found = page.select(&selector).filter_map(|found| found.value().attr(name));
    found.map(str::to_owned).collect()
}

/// The texts of all elements that a selector finds, with their white space made single.
pub(crate) fn texts(page: &str, selector: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(page), Selector::parse(selector).unwrap());
    let found = page.select(&selector);
    let text = |found: scraper::ElementRef<'_>| {
        found.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    found.map(text).collect()
}

/// The names of all elements, and the names and values of all attributes.
pub(crate) fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let page = Html::parse_document(page);
    let found = page.tree.nodes().filter_map(|node| node.value().as_element().cloned());
    let attributes = |found: &scraper::node::Element| {
        found.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    found.map(|found| (found.name().to_owned(), attributes(&found))).collect()
}
