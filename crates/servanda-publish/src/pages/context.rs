//! The words, names and links that all pages of one language use.

use servanda::answers::Timeliness;
use servanda::value::{Digest, Language};
use servanda::{Date, Moment, Slug, Source, Verdict};

use crate::Site;
use crate::inputs::Inputs;
use crate::model::{Model, Names, Row};
use crate::site::Interface;
use crate::text::{self, Html};
use crate::words::Words;

/// The model, the site and one language.
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) site: &'a Site,
    pub(crate) language: Interface,
    pub(crate) words: &'a Words,
    /// The folder of the pages in this language: empty for the first language of the site, and
    /// otherwise such as `de/`.
    pub(crate) folder: String,
    /// The inputs that all pages of the language have in common.
    inputs: Digest,
}

/// A verdict with its word, and the class of its mark and its colour.
#[derive(Clone, Debug)]
pub(crate) struct Badge {
    /// The class in the style sheet: the word of the verdict, or `none`.
    pub(crate) class: &'static str,
    pub(crate) word: String,
    /// The timeliness in words, if it says more than the verdict.
    pub(crate) timing: Option<String>,
    pub(crate) overdue: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(model: &'a Model, site: &'a Site, language: Interface, words: &'a Words) -> Self {
        let folder = super::folder(&site.languages, language);
        let inputs = Inputs::new()
            .and(format_args!("{site:?} {language:?}"))
            .and(format_args!("{} {:?} {}", model.day, model.known_at, model.definitions));
        Self { model, site, language, words, folder, inputs: inputs.digest() }
    }

    /// The inputs of a page: those that all pages of the language have in common, and the name of its
    /// kind.
    pub(crate) fn inputs(&self, kind: &str) -> Inputs {
        Inputs::new().and(self.inputs).and(kind)
    }

    /// The names that pages in this language use: a text, and its language if that is another one.
    pub(super) fn chosen<'n>(&self, names: &'n Names) -> Option<(&'n str, Option<&'n str>)> {
        let code = self.language.code();
        let is_ours = |language: &str| language.split('-').next() == Some(code);
        let named = |(language, title): (&'n Language, &'n servanda::value::Title)| {
            let language = language.as_str();
            (title.as_str(), (!is_ours(language)).then_some(language))
        };
        names
            .get_key_value(code)
            .or_else(|| names.iter().find(|(language, _)| is_ours(language.as_str())))
            .or_else(|| names.get_key_value("en"))
            .or_else(|| names.iter().next())
            .map(named)
    }

    /// A name of a status, a step or a party.
    pub(crate) fn name(&self, names: &Names) -> Html {
        self.chosen(names).map_or_else(Html::default, |(text, language)| Html::text_in(text, language))
    }

    /// A name as plain text.
    pub(crate) fn plain_name(&self, names: &Names) -> String {
        self.chosen(names).map_or_else(String::new, |(text, _)| text::plain(text))
    }

    /// The name of the site as plain text.
    pub(crate) fn site_name(&self) -> String {
        text::plain(self.site.name.get(self.language).unwrap_or_else(|| self.words.t("site.name")))
    }

    /// The title of a commitment, and its language if that is not the one of the page.
    pub(crate) fn title<'r>(&self, row: &'r Row) -> (&'r str, Option<&'r str>) {
        let code = self.language.code();
        let own = row.language.as_ref().map(Language::as_str);
        let is_ours = |language: &str| language.split('-').next() == Some(code);
        if own.is_some_and(is_ours) {
            return (row.title.as_str(), None);
        }
        let translated = row.titles.iter().find(|(language, _)| is_ours(language.as_str()));
        translated.map_or((row.title.as_str(), own), |(_, title)| (title.as_str(), None))
    }

    pub(crate) fn title_html(&self, row: &Row) -> Html {
        let (title, language) = self.title(row);
        Html::text_in(title, language)
    }

    /// A link to the page of a commitment. `root` leads to the folder of the language.
    pub(crate) fn commitment(&self, row: &Row, root: &str) -> Html {
        Html::link_inside(&format!("{root}{}", commitment_path(&row.id)), &self.title_html(row))
    }

    /// A link to a commitment that may not be registered.
    pub(crate) fn commitment_or_id(&self, id: &Slug, root: &str) -> Html {
        self.model.row(id.as_str()).map_or_else(|| Html::text(id.as_str()), |row| self.commitment(row, root))
    }

    /// The name of a party or a body.
    pub(crate) fn party_name(&self, id: &Slug) -> Html {
        self.model.parties.get(id).map_or_else(|| Html::text(id.as_str()), |party| self.name(&party.names))
    }

    /// The name of a party or a body as plain text.
    pub(crate) fn plain_party(&self, id: &Slug) -> String {
        self.model.parties.get(id).map_or_else(|| id.to_string(), |party| self.plain_name(&party.names))
    }

    /// The name of a topic as plain text.
    pub(crate) fn plain_topic(&self, id: &Slug) -> String {
        self.model.topics.get(id).map_or_else(|| id.to_string(), |topic| self.plain_name(&topic.names))
    }

    pub(crate) fn party(&self, id: &Slug, root: &str) -> Html {
        Html::link_inside(&format!("{root}parties/{id}.html"), &self.party_name(id))
    }

    pub(crate) fn body(&self, id: &Slug, root: &str) -> Html {
        Html::link_inside(&format!("{root}bodies/{id}.html"), &self.party_name(id))
    }

    pub(crate) fn topic_name(&self, id: &Slug) -> Html {
        self.model.topics.get(id).map_or_else(|| Html::text(id.as_str()), |topic| self.name(&topic.names))
    }

    pub(crate) fn topic(&self, id: &Slug, root: &str) -> Html {
        Html::link_inside(&format!("{root}topics/{id}.html"), &self.topic_name(id))
    }

    /// Several names or links, with the separator of the language.
    pub(crate) fn listed(&self, pieces: impl IntoIterator<Item = Html>) -> Html {
        Html::joined(pieces, self.words.t("site.list_separator"))
    }

    pub(crate) fn date(&self, date: Date) -> Html {
        text::date(date, &self.words.dates)
    }

    /// A date without the markup that says so to programs, for long lists.
    pub(crate) fn short_date(&self, date: Date) -> Html {
        Html::text(&text::plain_date(date, &self.words.dates))
    }

    pub(crate) fn moment(&self, moment: Moment) -> Html {
        text::moment(moment, &self.words.dates)
    }

    pub(crate) fn source(&self, source: &Source) -> Html {
        text::source(source, self.language.code(), self.words.t("site.archived"), &self.words.dates)
    }

    pub(crate) fn sources(&self, sources: &[Source]) -> Vec<Html> {
        sources.iter().map(|source| self.source(source)).collect()
    }

    pub(crate) fn badge(&self, verdict: Option<Verdict>, timeliness: Option<Timeliness>) -> Badge {
        let class = verdict.map_or("none", Verdict::as_str);
        let says_more = |timeliness: &Timeliness| match timeliness {
            Timeliness::Overdue | Timeliness::Late | Timeliness::Unknown => true,
            Timeliness::OnTime => matches!(verdict, Some(Verdict::Kept | Verdict::PartlyKept)),
        };
        let timing = timeliness
            .filter(says_more)
            .map(|timeliness| self.words.t(&format!("timeliness.{}", timeliness.as_str())).to_owned());
        Badge {
            class,
            word: self.words.t(&format!("verdict.{class}")).to_owned(),
            timing,
            overdue: timeliness == Some(Timeliness::Overdue),
        }
    }
}

/// The path of the page of a commitment, in the folder of a language.
pub(crate) fn commitment_path(id: &Slug) -> String {
    format!("commitments/{id}/index.html")
}
