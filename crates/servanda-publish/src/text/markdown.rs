//! Markdown of the tracker's own texts.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html::visible;
use super::{Html, is_linkable};

/// Returns Markdown as markup.
///
/// HTML in it becomes text, pictures become their descriptions, and a link stays one only if its
/// address [may become a link](is_linkable). Headings begin at the second level, because the title
/// of the page is the first.
pub(crate) fn markdown(text: &str) -> Html {
    let text = visible(text);
    let mut open_links: Vec<bool> = Vec::new();
    let mut level_below = 1;
    let events = Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let safe = events.filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let is_kept = is_linkable(&dest_url) || is_inside(&dest_url);
            open_links.push(is_kept);
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            is_kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => open_links.pop().unwrap_or(false).then_some(Event::End(TagEnd::Link)),
        Event::Start(Tag::Heading { level, .. }) => {
            let level = lower(level, &mut level_below);
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(of_number(level_below)))),
        other => Some(other),
    });
    let mut markup = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut markup, safe);
    // A style attribute would need an exception from the policy of the pages.
    Html::trusted(without_styles(&markup))
}

/// Whether an address leads to another page of the site: it has no scheme and no host.
fn is_inside(address: &str) -> bool {
    !address.is_empty() && !address.starts_with('/') && !address.contains([':', '\\'])
}

/// Returns the level of a heading below the title of the page, at most one deeper than the heading
/// before.
fn lower(level: HeadingLevel, before: &mut usize) -> HeadingLevel {
    *before = (level as usize + 1).min(*before + 1).clamp(2, 6);
    of_number(*before)
}

fn of_number(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

/// Replaces the style attributes that the writer of tables uses.
fn without_styles(markup: &str) -> String {
    ["left", "center", "right"].into_iter().fold(markup.to_owned(), |markup, side| {
        markup.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"{side}\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, markup: &str) {
        assert_eq!(markdown(text).as_str().trim_end(), markup);
    }

    #[test]
    fn markdown_becomes_markup() {
        check("We follow *all* of them.", "<p>We follow <em>all</em> of them.</p>");
        check("[rules](method.html)", "<p><a href=\"method.html\">rules</a></p>");
        check("<https://example.org/>", "<p><a href=\"https://example.org/\">https://example.org/</a></p>");
    }

    #[test]
    fn headings_begin_below_the_title_and_skip_no_level() {
        check("# One\n#### Two\n# Three", "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>");
    }

    #[test]
    fn html_becomes_text() {
        check(
            "<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n<p>a &lt;img src=x onerror=alert(1)&gt; b</p>",
        );
    }

    #[test]
    fn unsafe_links_and_pictures_become_their_text() {
        check("[click](javascript:alert(1))", "<p>click</p>");
        check("[click](//example.org)", "<p>click</p>");
        check("[click](data:text/html,x)", "<p>click</p>");
        check("![a picture](https://example.org/x.png)", "<p>a picture</p>");
        check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
    }

    #[test]
    fn tables_have_no_style_attributes() {
        assert!(!markdown("| a |\n|:-:|\n| b |").as_str().contains("style="));
    }
}
