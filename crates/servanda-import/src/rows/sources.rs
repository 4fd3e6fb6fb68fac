//! Sources in cells and documents.

use servanda::Source;

use super::record::{ValueRef, text_of};
use crate::mapping::Mapping;
use crate::{Cell, Node};

/// The further members of sources, each with the values of its column in the order of the sources.
#[derive(Debug, Default)]
pub(crate) struct SourceParts {
    pub(crate) titles: Vec<String>,
    pub(crate) publishers: Vec<String>,
    pub(crate) dates: Vec<String>,
    pub(crate) pages: Vec<String>,
    pub(crate) archives: Vec<String>,
    pub(crate) identifiers: Vec<String>,
    pub(crate) languages: Vec<String>,
    pub(crate) quotations: Vec<String>,
    pub(crate) archived: Vec<String>,
}

/// Splits a text at the separators, and leaves out what is empty.
pub(crate) fn split<'a>(text: &'a str, separators: &[String]) -> Vec<&'a str> {
    let mut parts = vec![text];
    for separator in separators {
        parts = parts.into_iter().flat_map(|part| part.split(separator.as_str())).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Reads the sources in a value: a list, an object with the members of a source, or a text with
/// several sources.
pub(crate) fn sources(value: ValueRef<'_>, parts: &SourceParts, mapping: &Mapping) -> Result<Vec<Source>, String> {
    match value {
        ValueRef::Cell(cell) => {
            let text = text_of(cell)?;
            let several = split(&text, &mapping.source_separators);
            several.iter().enumerate().map(|(nth, text)| with_parts(one(text)?, nth, parts, mapping)).collect()
        }
        ValueRef::Map(members) => Ok(vec![object(members, mapping)?]),
        ValueRef::List(elements) => {
            let mut all = Vec::new();
            for element in elements {
                all.extend(sources(ValueRef::of(&element.value), &SourceParts::default(), mapping)?);
            }
            Ok(all)
        }
    }
}

/// Reads one source: an address, an address after its title, a link in Markdown, an identifier, or
/// the title of a printed source.
fn one(text: &str) -> Result<Source, String> {
    let (title, url) = title_and_address(text);
    let source = match (title, url) {
        ("", Some(url)) => Source::try_from(url),
        (title, Some(url)) => Source::new(title, url),
        (_, None) => Source::named(text),
    };
    source.map_err(|error| error.to_string())
}

/// Splits a text such as `Title https://…`, `Title <https://…>` or `[Title](https://…)`.
fn title_and_address(text: &str) -> (&str, Option<&str>) {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min();
    let Some((before, address)) = start.and_then(|start| text.split_at_checked(start)) else { return (text, None) };
    let closing = match before.chars().last() {
        Some('<') => Some('>'),
        Some('(') => Some(')'),
        _ => None,
    };
    let address = closing.map_or(address, |closing| address.strip_suffix(closing).unwrap_or(address));
    let title = before.trim_end_matches(['<', '(']).trim();
    let title = match (title.strip_prefix('['), title.ends_with(']')) {
        (Some(inner), true) => inner.trim_end_matches(']'),
        _ => title.trim_end_matches([':', '-', '–', '—', '|', ',']),
    };
    (title.trim(), Some(address))
}

/// Adds the further members of the source with this number.
fn with_parts(mut source: Source, nth: usize, parts: &SourceParts, mapping: &Mapping) -> Result<Source, String> {
    if let Some(title) = parts.titles.get(nth) {
        source.title = title.parse().map_err(|error: servanda::value::ValueError| error.to_string())?;
    }
    let of = |values: &[String]| values.get(nth).cloned();
    let further = [
        ("publisher", of(&parts.publishers)),
        ("published", of(&parts.dates)),
        ("page", of(&parts.pages)),
        ("archive", of(&parts.archives)),
        ("identifier", of(&parts.identifiers)),
        ("language", of(&parts.languages)),
        ("quotation", of(&parts.quotations)),
        ("archived", of(&parts.archived)),
    ];
    for (member, text) in further {
        if let Some(text) = text {
            source = with(source, member, &text, mapping)?;
        }
    }
    Ok(source)
}

fn with(source: Source, member: &str, text: &str, mapping: &Mapping) -> Result<Source, String> {
    let changed = match member {
        "publisher" => source.published_by(text),
        "published" => source.published_on(&mapping.dates.read(text)?.to_string()),
        "page" => source.at_page(text),
        "archive" => source.kept_in(text),
        "identifier" => source.identified_by(text),
        "language" => source.in_language(text),
        "quotation" => source.quoting(text),
        "archived" => source.archived_at(text),
        _ => return Err(format!("a source has no {}", servanda::format::quote(member))),
    };
    changed.map_err(|error| error.to_string())
}

/// Reads a source with named members, such as `title` and `url`.
fn object(members: &[(String, Node)], mapping: &Mapping) -> Result<Source, String> {
    let mut texts = Vec::new();
    for (name, node) in members {
        match ValueRef::of(&node.value) {
            ValueRef::Cell(Cell::Empty) => {}
            ValueRef::Cell(cell) => texts.push((name.as_str(), text_of(cell)?)),
            _ => return Err(format!("the {name} of a source is a text")),
        }
    }
    let text = |wanted: &str| texts.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.as_ref());
    let mut source = match (text("title"), text("url")) {
        (Some(title), Some(url)) => Source::new(title, url).map_err(|error| error.to_string())?,
        (None, Some(url)) => Source::try_from(url).map_err(|error| error.to_string())?,
        (Some(title), None) => Source::titled(title).map_err(|error| error.to_string())?,
        (None, None) => return Err("a source has a `title` or a `url`".to_owned()),
    };
    for (member, text) in texts.iter().filter(|(name, _)| *name != "title" && *name != "url") {
        source = with(source, member, text, mapping)?;
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let cell = Cell::Text(text.to_owned());
        let sources = sources(ValueRef::Cell(&cell), &SourceParts::default(), &Mapping::default()).unwrap();
        sources.iter().map(|source| (source.title.to_string(), source.reference().to_owned())).collect()
    }

    #[test]
    fn sources_are_separated_by_line_breaks_and_semicolons() {
        let url = "https://example.org/a?b=1;c|d";
        let expected = |title: &str| vec![(title.to_owned(), url.to_owned())];
        assert_eq!(read(url), expected("example.org"));
        assert_eq!(read(&format!("{url}\n{url}; {url}")).len(), 3);
        for text in ["A page https://example.org/a?b=1;c|d", "A page: <https://example.org/a?b=1;c|d>"] {
            assert_eq!(read(text), expected("A page"), "{text}");
        }
        assert_eq!(read("[A page](https://example.org/a?b=1;c|d)"), expected("A page"));
    }

    #[test]
    fn an_address_can_end_with_a_bracket() {
        let url = "https://en.wikipedia.org/wiki/Abe_(disambiguation)";
        assert_eq!(read(url), [("en.wikipedia.org".to_owned(), url.to_owned())]);
        assert_eq!(read(&format!("[Abe]({url})")), [("Abe".to_owned(), url.to_owned())]);
    }

    #[test]
    fn a_source_on_paper_is_its_title_or_identifier() {
        assert_eq!(
            read("Official Gazette, 3 May 1998; doi:10.5555/12345678"),
            [
                ("Official Gazette, 3 May 1998", "Official Gazette, 3 May 1998"),
                ("doi:10.5555/12345678", "doi:10.5555/12345678")
            ]
            .map(|(title, reference)| (title.to_owned(), reference.to_owned()))
        );
        let cell = Cell::Text("www.example.org/a".to_owned());
        let refused = sources(ValueRef::Cell(&cell), &SourceParts::default(), &Mapping::default()).unwrap_err();
        assert!(refused.contains("www.example.org/a"), "{refused}");
    }
}
