//! Addresses that may become links.

use super::Html;

/// Whether an address may become a link: only `http`, `https` and `mailto` may.
pub(crate) fn is_linkable(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        address.split_at_checked(scheme.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(scheme))
    };
    let is_plain = !address.contains(|character: char| character.is_control() || character.is_whitespace());
    is_plain && ["https://", "http://", "mailto:"].into_iter().any(is_scheme)
}

/// Returns a link to an address, with a text. An address that may not become a link is shown
/// instead.
pub(crate) fn mail_or_web(address: &str, text: &Html) -> Html {
    if is_linkable(address) {
        return Html::link(address, text);
    }
    let address = Html::text(address);
    if *text == address {
        address
    } else {
        Html::filled("{text} ({address})", &[("text", text), ("address", &address)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_schemes_become_links() {
        for address in ["https://example.org/", "HTTP://example.org", "mailto:desk@example.org"] {
            assert!(is_linkable(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "//example.org",
            "example.org",
            "https:// example.org",
            "",
        ] {
            assert!(!is_linkable(address), "{address}");
        }
    }

    #[test]
    fn any_other_address_is_shown() {
        assert_eq!(mail_or_web("javascript:alert(1)", &Html::text("a page")).as_str(), "a page (javascript:alert(1))");
    }
}
