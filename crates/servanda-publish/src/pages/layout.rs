//! The frame of every page: head, navigation and foot.

use super::share::Picture;
use super::{Channel, Context};
use crate::site::Interface;
use crate::text::{Html, mail_or_web, plain};

/// A page of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Front,
    Changes,
    Agenda,
    Corrections,
    Method,
    Data,
    About,
}

impl Section {
    const ALL: [Self; 7] =
        [Self::Front, Self::Changes, Self::Agenda, Self::Corrections, Self::Method, Self::Data, Self::About];

    fn word(self) -> &'static str {
        match self {
            Self::Front => "nav.front",
            Self::Changes => "nav.changes",
            Self::Agenda => "nav.agenda",
            Self::Corrections => "nav.corrections",
            Self::Method => "nav.method",
            Self::Data => "nav.data",
            Self::About => "nav.about",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Front => "index.html",
            Self::Changes => "changes.html",
            Self::Agenda => "agenda.html",
            Self::Corrections => "corrections.html",
            Self::Method => "method.html",
            Self::Data => "data/index.html",
            Self::About => "about.html",
        }
    }
}

/// The frame of one page.
pub(crate) struct Layout<'a> {
    pub(crate) context: &'a Context<'a>,
    /// The path of the page in the folder of its language.
    path: String,
    /// Leads from the page to the folder of its language, such as `../../`.
    pub(crate) root: String,
    /// Leads from the page to the root of the site.
    pub(crate) top: String,
    /// The title as plain text, without the name of the site.
    pub(crate) title: String,
    pub(crate) description: String,
    section: Option<Section>,
    /// The channel that a reader of the page may want to follow.
    channel: Channel,
    /// Further elements of the head.
    pub(crate) head: Html,
    /// The picture that other sites show next to a link to the page.
    pub(crate) picture: Option<Picture>,
}

/// A link in a list.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) language: &'static str,
    pub(crate) current: bool,
}

impl<'a> Layout<'a> {
    /// Creates the frame of a page. `path` is that of the page in the folder of its language.
    pub(crate) fn new(context: &'a Context<'a>, path: &str, title: &str, section: Option<Section>) -> Self {
        let root = "../".repeat(path.matches('/').count());
        let top = format!("{root}{}", if context.folder.is_empty() { "" } else { "../" });
        let title = plain(title);
        let description = String::new();
        let (channel, head) = (Channel::All, Html::default());
        Self { context, path: path.to_owned(), root, top, title, description, section, channel, head, picture: None }
    }

    /// Adds a description for search engines.
    pub(crate) fn described(mut self, description: &str) -> Self {
        self.description = plain(description);
        self
    }

    /// Offers something else to follow than all changes.
    pub(crate) fn followed(mut self, channel: Channel) -> Self {
        self.channel = channel;
        self
    }

    /// The feeds that programs find by themselves: that of the page, and that of all changes.
    pub(crate) fn feeds(&self) -> Vec<Link> {
        let channels = [Some(&self.channel), (self.channel != Channel::All).then_some(&Channel::All)];
        let link = |channel: &Channel| Link {
            href: format!("{}{}", self.root, channel.feed()),
            text: channel.title(self.context),
            language: self.lang(),
            current: false,
        };
        channels.into_iter().flatten().map(link).collect()
    }

    /// The links to the feeds, the calendar and the card of the page.
    pub(crate) fn follow(&self) -> Vec<Link> {
        let calendar = self.channel.has_calendar().then(|| self.channel.calendar());
        let all = [
            ("follow.feed", Some(self.channel.feed())),
            ("follow.calendar", calendar),
            ("follow.card", self.channel.card()),
        ];
        let link = |(key, path): (&str, Option<String>)| {
            let (href, text) = (format!("{}{}", self.root, path?), self.t(key).to_owned());
            Some(Link { href, text, language: self.lang(), current: false })
        };
        all.into_iter().filter_map(link).collect()
    }

    /// The type of the page in the words of Open Graph.
    pub(crate) fn kind(&self) -> &'static str {
        if self.section == Some(Section::Front) { "website" } else { "article" }
    }

    pub(crate) fn t<'k>(&'k self, key: &'k str) -> &'k str {
        self.context.words.t(key)
    }

    pub(crate) fn lang(&self) -> &'static str {
        self.context.language.code()
    }

    pub(crate) fn site_name(&self) -> String {
        self.context.site_name()
    }

    /// The title of the window.
    pub(crate) fn full_title(&self) -> String {
        let site = self.site_name();
        if self.title.is_empty() { site } else { format!("{} · {site}", self.title) }
    }

    /// The title of the page where it is shared: without the name of the site, which stands next to
    /// it.
    pub(crate) fn shared_title(&self) -> String {
        if self.title.is_empty() { self.site_name() } else { self.title.clone() }
    }

    pub(crate) fn navigation(&self) -> Vec<Link> {
        let link = |section: Section| Link {
            href: format!("{}{}", self.root, section.path()),
            text: self.t(section.word()).to_owned(),
            language: self.lang(),
            current: self.section == Some(section),
        };
        Section::ALL.map(link).into()
    }

    /// The same page in the languages of the site, if there are several.
    pub(crate) fn languages(&self) -> Vec<Link> {
        let languages = &self.context.site.languages;
        if languages.len() < 2 {
            return Vec::new();
        }
        let link = |language: &Interface| Link {
            href: format!("{}{}{}", self.top, folder(languages, *language), self.path),
            text: language.name().to_owned(),
            language: language.code(),
            current: *language == self.context.language,
        };
        languages.iter().map(link).collect()
    }

    /// The permanent address of the page, if the site has one.
    pub(crate) fn permanent(&self) -> Option<String> {
        let url = self.context.site.url.as_ref()?;
        let path = self.path.strip_suffix("index.html").unwrap_or(&self.path);
        Some(format!("{url}{}{path}", self.context.folder))
    }

    /// The day of the view in a sentence, and the moment if the view has one.
    pub(crate) fn as_of(&self) -> Html {
        let model = self.context.model;
        let day = self.context.date(model.day.into());
        match model.known_at {
            None => self.context.words.filled("site.as_of", &[("day", &day)]),
            Some(moment) => {
                let moment = self.context.moment(moment);
                self.context.words.filled("site.as_known", &[("day", &day), ("moment", &moment)])
            }
        }
    }

    pub(crate) fn licence(&self) -> Html {
        let site = self.context.site;
        let name = site.licence.as_ref().map(|licence| Html::text(licence));
        match (name, &site.licence_url) {
            (Some(name), Some(url)) => mail_or_web(url, &name),
            (Some(name), None) => name,
            (None, Some(url)) => mail_or_web(url, &Html::text(url)),
            (None, None) => Html::default(),
        }
    }

    pub(crate) fn contact(&self) -> Html {
        let contact = self.context.site.contact.as_ref();
        contact.map_or_else(Html::default, |address| {
            mail_or_web(address, &Html::text(address.strip_prefix("mailto:").unwrap_or(address)))
        })
    }
}

/// The folder of the pages in a language.
pub(crate) fn folder(languages: &[Interface], language: Interface) -> String {
    match languages.first() {
        Some(first) if *first == language => String::new(),
        _ => format!("{}/", language.code()),
    }
}
