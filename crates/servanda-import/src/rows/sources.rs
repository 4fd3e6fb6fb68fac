//! Sources in cells and documents.

use servanda::Source;

use super::fields::Fields;
use super::record::{Problem, Record, ValueRef, text_of};
use crate::mapping::{Field, Mapping, Scope};
use crate::{Cell, Node};

/// The fields of the further members of a step's sources, each with the name of the member.
pub(super) const STEP_PARTS: &[(Field, &str)] = &[
    (Field::SourceTitle, "title"),
    (Field::SourcePublisher, "publisher"),
    (Field::SourceDate, "published"),
    (Field::SourcePage, "page"),
    (Field::SourceArchive, "archive"),
    (Field::SourceIdentifier, "identifier"),
    (Field::SourceLanguage, "language"),
    (Field::SourceQuotation, "quotation"),
    (Field::SourceArchived, "archived"),
];

/// The same for the source of the exact words.
pub(super) const WORDS_PARTS: &[(Field, &str)] = &[(Field::WordsSourceTitle, "title")];

/// A source, and the names of the members that it has already.
#[derive(Debug)]
struct Cited<'a> {
    source: Source,
    /// Empty for a source that is a text.
    members: Vec<&'a str>,
}

impl<'a> Fields<'a, '_> {
    /// The sources in a field. `parts` are the fields of their further members, whose values are
    /// in the order of the sources.
    pub(super) fn sources(&mut self, field: Field, parts: &[(Field, &'static str)]) -> Vec<Source> {
        let Some(record) = self.record(field).or_else(|| self.records.first().copied()) else { return Vec::new() };
        let mapping = self.mapping;
        let Some(mut columns) = self.in_columns(record, field, |value| sources(value, mapping)) else {
            return Vec::new();
        };
        for (part, member) in parts {
            // The further members of a step's sources are in the row of the step.
            let record = match part.scope() {
                Scope::Commitment => self.record(*part).unwrap_or(record),
                Scope::Step => record,
            };
            let text = |value: ValueRef<'_>| match value {
                // A line break at the start belongs to the first source.
                ValueRef::Cell(Cell::Text(text)) => Ok(text.clone()),
                ValueRef::Cell(cell) => Ok(text_of(cell)?.into_owned()),
                _ => Err(format!("`{}` is a single value", part.key())),
            };
            let Some(texts) = self.in_columns(record, *part, text) else { continue };
            let texts: Vec<(usize, String)> = texts.into_iter().enumerate().collect();
            let further = Further { field: *part, member, is_default: !record.has(*part), mapping };
            let added = match texts.len() == columns.len() {
                // Each column belongs to one of the columns of sources.
                true => columns
                    .iter_mut()
                    .zip(texts.chunks(1))
                    .try_for_each(|(sources, text)| further.add(&mut sources.iter_mut().collect::<Vec<_>>(), text)),
                false => further.add(&mut columns.iter_mut().flatten().collect::<Vec<_>>(), &texts),
            };
            if let Err((nth, text)) = added {
                self.add(Problem { position: record.position_in(*part, nth), text, nearest: None });
            }
        }
        columns.into_iter().flatten().map(|cited| cited.source).collect()
    }

    /// Reads the value in each column of a field, or its default. `None` if that is a problem.
    fn in_columns<T: Default>(
        &mut self,
        record: Record<'a>,
        field: Field,
        read: impl Fn(ValueRef<'a>) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let values: Vec<Option<ValueRef<'a>>> = match record.has(field) {
            true => record.columns(field).collect(),
            false => {
                self.mapping.defaults.get(&field).map(|node| Some(ValueRef::of(&node.value))).into_iter().collect()
            }
        };
        let (mut all, mut is_read) = (Vec::new(), true);
        for (nth, value) in values.into_iter().enumerate() {
            match value.map_or_else(|| Ok(T::default()), &read) {
                Ok(value) => all.push(value),
                Err(text) => {
                    self.add(Problem { position: record.position_in(field, nth), text, nearest: None });
                    is_read = false;
                }
            }
        }
        is_read.then_some(all)
    }
}

/// A field with a further member of sources.
struct Further<'a> {
    field: Field,
    member: &'static str,
    /// Whether the value is the default of the mapping, which may have more values than needed.
    is_default: bool,
    mapping: &'a Mapping,
}

impl Further<'_> {
    /// Adds the values in columns, each with its number, to sources. Fails with the number of the
    /// column that has the problem.
    fn add(&self, sources: &mut [&mut Cited<'_>], texts: &[(usize, String)]) -> Result<(), (usize, String)> {
        let parts = self.parts(texts, sources.len());
        if let Some((nth, _)) = parts.get(sources.len()).filter(|_| !self.is_default) {
            let (key, values, sources) = (self.field.key(), parts.len(), sources.len());
            let text = format!(
                "there are more values of `{key}` ({values}) than sources ({sources}); write one for each source, in their order"
            );
            return Err((*nth, text));
        }
        for (cited, (nth, text)) in sources.iter_mut().zip(parts) {
            if !text.is_empty() && !cited.members.contains(&self.member) {
                let changed = with(cited.source.clone(), self.member, text, self.mapping);
                cited.source = changed.map_err(|text| (nth, text))?;
            }
        }
        Ok(())
    }

    /// Splits the texts into one part for each source. A part can be empty.
    fn parts<'t>(&self, texts: &'t [(usize, String)], sources: usize) -> Vec<(usize, &'t str)> {
        if texts.len() == sources {
            return texts.iter().map(|(nth, text)| (*nth, text.trim())).collect();
        }
        let separators = &self.mapping.source_separators;
        let mut parts: Vec<(usize, &str)> = texts
            .iter()
            .flat_map(|(nth, text)| split_all(text, separators).into_iter().map(move |part| (*nth, part)))
            .collect();
        let is_filled = |(_, part): &(usize, &str)| !part.is_empty();
        parts.truncate(parts.iter().rposition(is_filled).map_or(0, |last| last + 1));
        // Sources can have empty lines between them, too.
        if parts.len() > sources && parts.iter().filter(|part| is_filled(part)).count() == sources {
            parts.retain(is_filled);
        }
        parts
    }
}

/// Splits a text at the separators, and leaves out what is empty.
pub(super) fn split<'t>(text: &'t str, separators: &[String]) -> Vec<&'t str> {
    split_all(text, separators).into_iter().filter(|part| !part.is_empty()).collect()
}

/// Splits a text at the separators.
fn split_all<'t>(text: &'t str, separators: &[String]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for separator in separators {
        parts = parts.into_iter().flat_map(|part| part.split(separator.as_str())).collect();
    }
    parts.into_iter().map(str::trim).collect()
}

/// Reads the sources in a value: a list, an object with the members of a source, or a text with
/// several sources.
fn sources<'a>(value: ValueRef<'a>, mapping: &Mapping) -> Result<Vec<Cited<'a>>, String> {
    match value {
        ValueRef::Cell(cell) => {
            let text = text_of(cell)?;
            let several = split(&text, &mapping.source_separators);
            several.into_iter().map(|text| Ok(Cited { source: one(text)?, members: Vec::new() })).collect()
        }
        ValueRef::Map(members) => Ok(vec![object(members, mapping)?]),
        ValueRef::List(elements) => {
            let mut all = Vec::new();
            for element in elements {
                all.extend(sources(ValueRef::of(&element.value), mapping)?);
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

fn with(mut source: Source, member: &str, text: &str, mapping: &Mapping) -> Result<Source, String> {
    let changed = match member {
        "title" => text.parse().map(|title| {
            source.title = title;
            source
        }),
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
fn object<'a>(members: &'a [(String, Node)], mapping: &Mapping) -> Result<Cited<'a>, String> {
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
    Ok(Cited { source, members: texts.into_iter().map(|(name, _)| name).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let cell = Cell::Text(text.to_owned());
        let sources = sources(ValueRef::Cell(&cell), &Mapping::default()).unwrap();
        sources.iter().map(|Cited { source, .. }| (source.title.to_string(), source.reference().to_owned())).collect()
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
        let refused = sources(ValueRef::Cell(&cell), &Mapping::default()).unwrap_err();
        assert!(refused.contains("www.example.org/a"), "{refused}");
    }
}
