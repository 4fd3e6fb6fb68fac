//! Reads the configuration of a site from TOML, and collects every problem.

use std::collections::BTreeMap;

use servanda::Slug;
use servanda::value::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Colour, Interface, Site, Texts, colour};
use crate::PublishError;
use crate::text::is_linkable;

/// The keys of the file.
const KEYS: [&str; 13] = [
    "about",
    "colours",
    "contact",
    "introduction",
    "languages",
    "licence",
    "licence_url",
    "method",
    "name",
    "parties",
    "publisher",
    "topics",
    "url",
];

/// The keys of the table `colours`.
const COLOURS: [&str; 2] = ["accent", "accent_dark"];

type Value<'a> = Spanned<DeValue<'a>>;

pub(super) fn read(name: &str, text: &str) -> Result<Site, PublishError> {
    let mut reader = Reader { name, text, problems: Vec::new() };
    let mut site = Site::default();
    match DeTable::parse(text) {
        Ok(table) => reader.site(table.get_ref(), &mut site),
        Err(error) => {
            reader.problem(error.span().map_or(0, |span| span.start), &error.message().replace('\n', " "));
        }
    }
    match reader.problems.is_empty() {
        true => Ok(site),
        false => Err(PublishError::ConfigRefused { problems: reader.problems }),
    }
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    problems: Vec<String>,
}

impl Reader<'_> {
    fn problem(&mut self, offset: usize, problem: &str) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        self.problems.push(format!("{}, line {line}: {problem}", self.name));
    }

    fn unknown(&mut self, offset: usize, key: &str, inside: &str, known: &[&str]) {
        let hint = nearest_key(key, known)
            .map_or_else(|| format!("use one of: {}", known.join(", ")), |key| format!("do you mean {key}?"));
        let inside = if inside.is_empty() { String::new() } else { format!(" in [{inside}]") };
        self.problem(offset, &format!("there is no key {key:?}{inside}; {hint}"));
    }

    fn site(&mut self, table: &DeTable<'_>, site: &mut Site) {
        for (key, value) in in_order(table) {
            match key {
                "about" => site.about = self.texts(key, value),
                "colours" => self.colours(value, site),
                "contact" => site.contact = self.address(key, value),
                "introduction" => site.introduction = self.texts(key, value),
                "languages" => site.languages = self.languages(value),
                "licence" => site.licence = self.text(key, value),
                "licence_url" => site.licence_url = self.address(key, value),
                "method" => site.method = self.texts(key, value),
                "name" => site.name = self.texts(key, value),
                "parties" => site.parties = self.slugs(key, value),
                "publisher" => site.publisher = self.text(key, value),
                "topics" => site.topics = self.slugs(key, value),
                "url" => site.url = self.site_url(value),
                _ => self.unknown(value.span().start, key, "", &KEYS),
            }
        }
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.problem(value.span().start, &format!("`{key}` is blank; leave it out"));
                None
            }
            _ => {
                self.problem(value.span().start, &format!("`{key}` is a text in quotes"));
                None
            }
        }
    }

    /// A text for all languages, or a table with a text for each.
    fn texts(&mut self, key: &str, value: &Value<'_>) -> Texts {
        let DeValue::Table(table) = value.get_ref() else {
            return self.text(key, value).map_or_else(Texts::default, Texts::new);
        };
        let mut texts = BTreeMap::new();
        for (code, value) in in_order(table) {
            match Interface::of_code(code) {
                Some(language) => {
                    texts.extend(self.text(&format!("{key}.{code}"), value).map(|text| (Some(language), text)));
                }
                None => self.unknown(value.span().start, code, key, &Interface::ALL.map(Interface::code)),
            }
        }
        Texts(texts)
    }

    fn list<'v, 'a>(&mut self, key: &str, value: &'v Value<'a>) -> &'v [Value<'a>] {
        match value.get_ref() {
            DeValue::Array(elements) => elements,
            _ => {
                self.problem(value.span().start, &format!("`{key}` is a list of texts, such as [\"a\", \"b\"]"));
                &[]
            }
        }
    }

    fn languages(&mut self, value: &Value<'_>) -> Vec<Interface> {
        let (mut languages, known) = (Vec::new(), Interface::ALL.map(Interface::code).join(", "));
        let elements = self.list("languages", value);
        if elements.is_empty() {
            self.problem(value.span().start, &format!("`languages` names at least one of: {known}"));
        }
        for element in elements {
            let code = self.text("languages", element);
            match code.as_deref().map(Interface::of_code) {
                Some(Some(language)) if languages.contains(&language) => {
                    self.problem(element.span().start, &format!("{:?} is there twice", language.code()));
                }
                Some(Some(language)) => languages.push(language),
                Some(None) => {
                    let code = code.unwrap_or_default();
                    self.problem(
                        element.span().start,
                        &format!("{code:?} is not a language of the interface; use one of: {known}"),
                    );
                }
                None => {}
            }
        }
        languages
    }

    fn slugs(&mut self, key: &str, value: &Value<'_>) -> Vec<Slug> {
        let mut slugs = Vec::new();
        for element in self.list(key, value) {
            match self.text(key, element).map(|text| text.parse::<Slug>()) {
                Some(Ok(slug)) => slugs.push(slug),
                Some(Err(error)) => self.problem(element.span().start, &error.to_string()),
                None => {}
            }
        }
        slugs
    }

    /// An address that may become a link.
    fn address(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let address = self.text(key, value)?;
        if is_linkable(&address) {
            return Some(address);
        }
        self.problem(value.span().start, &format!("`{key}` starts with https://, http:// or mailto:"));
        None
    }

    fn site_url(&mut self, value: &Value<'_>) -> Option<String> {
        let url = self.text("url", value)?;
        if is_linkable(&url) && !url.starts_with("mailto:") && !url.contains(['?', '#']) {
            return Some(format!("{}/", url.trim_end_matches('/')));
        }
        let rule = "`url` is the https:// address of the folder that the site is published in";
        self.problem(value.span().start, rule);
        None
    }

    fn colours(&mut self, value: &Value<'_>, site: &mut Site) {
        let DeValue::Table(table) = value.get_ref() else {
            self.problem(value.span().start, "`colours` is a table; write [colours] and its keys below");
            return;
        };
        for (key, value) in in_order(table) {
            match key {
                "accent" => site.accent = self.colour(key, value, colour::LIGHT),
                "accent_dark" => site.accent_dark = self.colour(key, value, colour::DARK),
                _ => self.unknown(value.span().start, key, "colours", &COLOURS),
            }
        }
    }

    /// A colour of links, which can be read on a background.
    fn colour(&mut self, key: &str, value: &Value<'_>, background: Colour) -> Option<Colour> {
        let text = self.text(key, value)?;
        let Some(colour) = Colour::parse(&text) else {
            self.problem(value.span().start, &format!("`{key}` is written #rrggbb, such as #1d5fa8"));
            return None;
        };
        if !colour.is_legible_on(background) {
            let problem = format!("text in {text} is hard to read on {background}; `{key}` needs a contrast of 4.5");
            self.problem(value.span().start, &problem);
        }
        Some(colour)
    }
}

/// The keys and values of a table, in the order of the file.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t str, &'t Value<'a>)> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    members.into_iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect()
}

/// Returns the key that is spelt most like `wanted`, if it is close enough.
fn nearest_key<'k>(wanted: &str, known: &[&'k str]) -> Option<&'k str> {
    let as_slug = |key: &str| key.replace('_', "-").to_ascii_lowercase();
    let slugs: Vec<(Slug, &str)> = known.iter().filter_map(|key| Some((as_slug(key).parse().ok()?, *key))).collect();
    let found = nearest(&as_slug(wanted), slugs.iter().map(|(slug, _)| slug))?;
    slugs.iter().find(|(slug, _)| *slug == found).map(|(_, key)| *key)
}
