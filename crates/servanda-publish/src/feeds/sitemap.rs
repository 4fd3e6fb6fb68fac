//! The map of the site for search engines (sitemaps.org).

use askama::Template;

use super::atom::xml_text;
use crate::write::SiteWriter;
use crate::{PublishError, Site};

/// How many addresses one map may have.
const MAX_ADDRESSES: usize = 50_000;

#[derive(Template)]
#[template(path = "sitemap.xml", escape = "html")]
struct Sitemap {
    /// Whether the addresses are those of maps, and not of pages.
    of_maps: bool,
    addresses: Vec<String>,
}

/// Makes the map of all pages that were put into their places so far. A site without an address has
/// none, because a map has to name absolute addresses.
pub(crate) fn write(site: &Site, out: &SiteWriter) -> Result<(), PublishError> {
    let Some(url) = &site.url else { return Ok(()) };
    // Cards repeat what a page says.
    let is_page = |path: &&str| path.ends_with(".html") && !path.split('/').any(|part| part == "embed");
    let address = |path: &str| xml_text(&super::atom::address(url, path));
    let paths = out.paths();
    let pages: Vec<String> = paths.iter().map(String::as_str).filter(is_page).map(address).collect();
    for (path, map) in maps(pages, MAX_ADDRESSES, address) {
        let text =
            map.render().map_err(|error| PublishError::Template { page: path.clone(), reason: error.to_string() })?;
        out.put(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Returns the maps by path: one, or several and one that names them.
fn maps(pages: Vec<String>, max: usize, address: impl Fn(&str) -> String) -> Vec<(String, Sitemap)> {
    const PATH: &str = "sitemap.xml";
    if pages.len() <= max {
        return vec![(PATH.to_owned(), Sitemap { of_maps: false, addresses: pages })];
    }
    let part = |(index, pages): (usize, &[String])| {
        (format!("sitemap-{}.xml", index + 1), Sitemap { of_maps: false, addresses: pages.to_vec() })
    };
    let mut maps: Vec<(String, Sitemap)> = pages.chunks(max).enumerate().map(part).collect();
    let addresses = maps.iter().map(|(path, _)| address(path)).collect();
    maps.push((PATH.to_owned(), Sitemap { of_maps: true, addresses }));
    maps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_has_several_maps_and_one_that_names_them() {
        let pages: Vec<String> = (1..=5).map(|page| format!("https://example.org/{page}.html")).collect();
        let maps = maps(pages, 2, |path| format!("https://example.org/{path}"));
        let expected = [
            ("sitemap-1.xml", false, vec!["https://example.org/1.html", "https://example.org/2.html"]),
            ("sitemap-2.xml", false, vec!["https://example.org/3.html", "https://example.org/4.html"]),
            ("sitemap-3.xml", false, vec!["https://example.org/5.html"]),
            (
                "sitemap.xml",
                true,
                vec![
                    "https://example.org/sitemap-1.xml",
                    "https://example.org/sitemap-2.xml",
                    "https://example.org/sitemap-3.xml",
                ],
            ),
        ];
        let maps: Vec<(&str, bool, Vec<&str>)> = maps
            .iter()
            .map(|(path, map)| (path.as_str(), map.of_maps, map.addresses.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(maps, expected);
    }
}
