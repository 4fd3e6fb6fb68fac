//! Data in a page, for programs.

use serde_json::Value;

use super::Html;

/// Returns JSON-LD as an element of the head. A browser does not run it.
///
/// Every character that could end the element, or begin another one, is written as an escape of
/// JSON.
pub(crate) fn linked_data(data: &Value) -> Html {
    let mut json = String::new();
    for character in data.to_string().chars() {
        match character {
            '<' => json.push_str("\\u003c"),
            '>' => json.push_str("\\u003e"),
            '&' => json.push_str("\\u0026"),
            other => json.push(other),
        }
    }
    Html::trusted(format!("<script type=\"application/ld+json\">{json}</script>\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_cannot_end_the_block() {
        let block = linked_data(&json!({ "name": "</script><!-- & \"x\"" }));
        let expected = r#"{"name":"\u003c/script\u003e\u003c!-- \u0026 \"x\""}"#;
        assert_eq!(block.as_str(), format!("<script type=\"application/ld+json\">{expected}</script>\n"));
    }
}
