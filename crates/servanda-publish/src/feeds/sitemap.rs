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
pub(crate) fn write(site: &Site, out: &mut SiteWriter) -> Result<(), PublishError> {
    let Some(url) = &site.url else { return Ok(()) };
    // Cards repeat what a page says.
    let is_page = |path: &&str| path.ends_with(".html") && !path.split('/').any(|part| part == "embed");
    let address = |path: &str| xml_text(&super::atom::address(url, path));
    let pages: Vec<String> = out.paths().filter(is_page).map(address).collect();
    if pages.len() <= MAX_ADDRESSES {
        return put("sitemap.xml", &Sitemap { of_maps: false, addresses: pages }, out);
    }
    let mut maps = Vec::new();
    for (index, pages) in pages.chunks(MAX_ADDRESSES).enumerate() {
        let path = format!("sitemap-{}.xml", index + 1);
        put(&path, &Sitemap { of_maps: false, addresses: pages.to_vec() }, out)?;
        maps.push(address(&path));
    }
    put("sitemap.xml", &Sitemap { of_maps: true, addresses: maps }, out)
}

fn put(path: &str, map: &Sitemap, out: &mut SiteWriter) -> Result<(), PublishError> {
    let text =
        map.render().map_err(|error| PublishError::Template { page: path.to_owned(), reason: error.to_string() })?;
    out.put(path, text.as_bytes())
}
