//! Sources as a reader looks them up.

use servanda::Source;

use super::{DateWords, Html, date, mail_or_web};

/// Returns a source as a reference: a linked title, and what else says where to find it.
///
/// `page` is the language of the page, `archived` the text of the link to an archived copy.
pub(crate) fn source(source: &Source, page: &str, archived: &str, dates: &DateWords) -> Html {
    let language = source.language.as_ref().map(AsRef::as_ref).filter(|language: &&str| *language != page);
    let title = Html::text_in(source.title.as_str(), language);
    let title = source.url.as_ref().map_or(title.clone(), |url| mail_or_web(url.as_str(), &title));
    let plain = |text: &str| Html::text(text);
    let identifier = source.identifier.as_ref().filter(|identifier| **identifier != source.title);
    let details = [
        source.publisher.as_ref().map(|publisher| plain(publisher.as_str())),
        source.published.map(|published| date(published, dates)),
        source.page.as_ref().map(|page| plain(&format!("p. {page}"))),
        source.archive.as_ref().map(|archive| plain(archive.as_str())),
        identifier.map(|identifier| plain(identifier.as_str())),
        source.archived.as_ref().map(|url| mail_or_web(url.as_str(), &plain(archived))),
    ];
    Html::joined([Some(title)].into_iter().chain(details).flatten(), ", ")
}
