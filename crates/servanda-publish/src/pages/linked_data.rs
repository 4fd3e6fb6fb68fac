//! Facts of pages for search engines, as JSON-LD in the words of schema.org.
//!
//! Only types that fit are used:
//!
//! - A page about a commitment is a `WebPage` about a `Thing`. It is no `ClaimReview`: that is the
//!   opinion of a reviewer on whether a claim is true. A commitment is not a claim, and its verdict
//!   follows from recorded steps by published rules.
//! - A party is not named with a type, because a ledger does not say whether it is an organization
//!   or a person.
//! - The ledger and its tables are a `Dataset`.

use serde_json::{Value, json};

use super::{Context, Layout};
use crate::model::Row;
use crate::text::{Html, linked_data, plain};

/// The data of the front page.
pub(super) fn front(context: &Context<'_>, page: &Layout<'_>) -> Html {
    let data = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "inLanguage": context.language.code(),
        "name": context.site_name(),
    });
    linked_data(&with_address(data, page))
}

/// The data of the page of a commitment.
pub(super) fn commitment(context: &Context<'_>, page: &Layout<'_>, row: &Row) -> Html {
    let newest = context.model.ledger.entries_about(row.id.as_str()).map(servanda::Entry::recorded_at).max();
    let title = plain(context.title(row).0);
    let data = json!({
        "@context": "https://schema.org",
        "@type": "WebPage",
        "about": { "@type": "Thing", "identifier": row.id, "name": title },
        "dateModified": newest,
        "description": page.description,
        "inLanguage": context.language.code(),
        "isPartOf": { "@type": "WebSite", "name": context.site_name() },
        "name": title,
    });
    linked_data(&with_address(data, page))
}

/// The data of the page of a party, a body or a topic.
pub(super) fn collection(context: &Context<'_>, page: &Layout<'_>) -> Html {
    let data = json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "about": { "@type": "Thing", "name": page.title },
        "inLanguage": context.language.code(),
        "isPartOf": { "@type": "WebSite", "name": context.site_name() },
        "name": page.title,
    });
    linked_data(&with_address(data, page))
}

/// The data of the page about the ledger.
pub(super) fn dataset(context: &Context<'_>, page: &Layout<'_>) -> Html {
    let (site, model) = (context.site, context.model);
    let licence = site.licence_url.as_ref().or(site.licence.as_ref());
    let file = |path: &str, format: &str| {
        let url = format!("{}data/{path}", site.url.as_ref().unwrap_or(&page.top));
        json!({ "@type": "DataDownload", "contentUrl": url, "encodingFormat": format })
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "dateModified": model.newest,
        "description": context.words.t("data.lead"),
        "distribution": [
            file("ledger.jsonl", "application/jsonl"),
            file("standings.csv", "text/csv"),
            file("standings.json", "application/json"),
            file("history.csv", "text/csv"),
            file("history.json", "application/json"),
        ],
        "identifier": model.digest.to_string(),
        "inLanguage": context.language.code(),
        "name": context.site_name(),
    });
    if let (Some(licence), Value::Object(members)) = (licence, &mut data) {
        members.insert("license".to_owned(), json!(plain(licence)));
    }
    linked_data(&with_address(data, page))
}

/// Adds the address of the page, if the site has one.
fn with_address(mut data: Value, page: &Layout<'_>) -> Value {
    if let (Some(address), Value::Object(members)) = (page.permanent(), &mut data) {
        members.insert("url".to_owned(), json!(address));
    }
    data
}
