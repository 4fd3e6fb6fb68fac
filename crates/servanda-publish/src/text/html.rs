//! Markup that is safe to put into a page.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use servanda::format::escape_invisible;

/// Markup that is safe to put into a page as it is.
///
/// Templates escape every other text. Only this module and its neighbours make markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

impl Html {
    /// Takes markup that was made of safe parts.
    pub(super) fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// Takes a picture from the crate of charts, which escapes all text in it.
    pub(crate) fn picture(class: &str, svg: &str) -> Self {
        Self(format!("<div class=\"{class}\">{svg}</div>"))
    }

    /// Takes a block of data in which `<` is escaped.
    pub(crate) fn data(json: &str) -> Self {
        Self(json.to_owned())
    }

    /// Returns text as markup, in a direction of its own.
    ///
    /// `bdi` keeps the direction of a text from changing the order of the text around it.
    pub(crate) fn text(text: &str) -> Self {
        Self::text_in(text, None)
    }

    /// Like [`text`](Self::text), in a language that is not that of the page.
    pub(crate) fn text_in(text: &str, language: Option<&str>) -> Self {
        let visible = visible(text);
        let text = escaped(&visible);
        match language {
            Some(language) => Self(format!("<bdi lang=\"{}\">{text}</bdi>", escaped(language))),
            // Letters of one direction need no isolation.
            None if text.is_ascii() => Self(text.into_owned()),
            None => Self(format!("<bdi>{text}</bdi>")),
        }
    }

    /// Returns a text with line breaks as paragraphs. An empty line separates two paragraphs.
    pub(crate) fn paragraphs(text: &str, language: Option<&str>) -> Self {
        let language = language.map_or_else(String::new, |language| format!(" lang=\"{}\"", escaped(language)));
        let mut markup = String::new();
        for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            let lines = escaped(&visible(paragraph)).replace('\n', "<br>");
            let _ = write!(markup, "<p dir=\"auto\"{language}>{lines}</p>");
        }
        Self(markup)
    }

    /// Returns a link. The caller has made sure that the address is harmless.
    pub(super) fn link(href: &str, inner: &Html) -> Self {
        Self(format!("<a href=\"{}\">{inner}</a>", escaped(href)))
    }

    /// Returns a link to another page of the site.
    pub(crate) fn link_inside(href: &str, inner: &Html) -> Self {
        Self::link(href, inner)
    }

    /// Returns the pieces one after the other, with a separator in between.
    pub(crate) fn joined(pieces: impl IntoIterator<Item = Html>, separator: &str) -> Self {
        let pieces: Vec<String> = pieces.into_iter().map(|piece| piece.0).collect();
        Self(pieces.join(&escaped(separator)))
    }

    /// Fills the gaps `{name}` of a sentence with markup. The sentence itself is escaped, and braces
    /// in the markup are no gaps.
    pub(crate) fn filled(sentence: &str, gaps: &[(&str, &Html)]) -> Self {
        let mut markup = String::with_capacity(sentence.len() * 2);
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            markup.push_str(&escaped(before));
            let gap = after.split_once('}');
            let value = gap.and_then(|(name, rest)| {
                gaps.iter().find(|(known, _)| *known == name).map(|(_, value)| (&value.0, rest))
            });
            match value {
                Some((value, after)) => {
                    markup.push_str(value);
                    rest = after;
                }
                None => {
                    markup.push('{');
                    rest = after;
                }
            }
        }
        markup.push_str(&escaped(rest));
        Self(markup)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Escapes a text for the content of an element or an attribute in quotes.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped.into()
}

/// Returns a text as readers can see it: without control characters apart from line breaks, and
/// with every character that changes the direction of the text around it written out.
///
/// Marks of a direction stay, because text in Arabic and Hebrew needs them, and they only act on
/// their neighbours.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 3] = ['\u{200e}', '\u{200f}', '\u{61c}'];
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n') {
        return text.into();
    }
    let is_kept = |character: &char| match character {
        '\n' => true,
        // No characters, and not allowed in HTML and XML.
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    let kept: String = text.chars().filter(is_kept).collect();
    kept.split_inclusive(MARKS)
        .map(|piece| match piece.strip_suffix(MARKS) {
            Some(before) => format!("{}{}", escape_invisible(before), piece.get(before.len()..).unwrap_or_default()),
            None => escape_invisible(piece).into_owned(),
        })
        .collect::<String>()
        .into()
}

/// Returns a text for a place that takes no markup, such as the title of a page: on one line and
/// without characters that change its direction.
pub(crate) fn plain(text: &str) -> String {
    visible(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_text_is_shown_and_not_obeyed() {
        let text = "<script>alert('1')</script> & \"quotes\"";
        let markup = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &#34;quotes&#34;";
        assert_eq!(Html::text(text).as_str(), markup);
    }

    #[test]
    fn text_of_any_direction_is_isolated() {
        assert_eq!(Html::text("שלום").as_str(), "<bdi>שלום</bdi>");
        assert_eq!(Html::text_in("条約", Some("ja")).as_str(), "<bdi lang=\"ja\">条約</bdi>");
        assert_eq!(Html::text("abc \u{202e}fed").as_str(), "abc \\u{202e}fed");
    }

    #[test]
    fn marks_of_a_direction_stay_and_control_characters_go() {
        assert_eq!(visible("שלום\u{200f}!"), "שלום\u{200f}!");
        assert_eq!(visible("a\u{1b}[2Jb\u{85}c\0\u{fffe}"), "a[2Jbc");
        assert_eq!(plain("two\nlines"), "two lines");
    }

    #[test]
    fn an_empty_line_separates_paragraphs() {
        let markup = Html::paragraphs("One,\ntwo.\n\n<b>", Some("en"));
        assert_eq!(
            markup.as_str(),
            "<p dir=\"auto\" lang=\"en\">One,<br>two.</p><p dir=\"auto\" lang=\"en\">&lt;b&gt;</p>"
        );
    }

    #[test]
    fn gaps_of_a_sentence_take_markup() {
        let day = Html::text("1 May");
        assert_eq!(Html::filled("Kept on {day} & late", &[("day", &day)]).as_str(), "Kept on 1 May &amp; late");
        let both = [("a", &Html::text("{b}")), ("b", &Html::text("2"))];
        assert_eq!(Html::filled("{a} {b} {c}", &both).as_str(), "{b} 2 {c}");
    }
}
