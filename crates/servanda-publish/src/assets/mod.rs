//! The style sheet, the script and the icon. They are our own, small, and the same for all sites
//! apart from the colours.

use crate::write::SiteWriter;
use crate::{PublishError, Site};

pub(crate) const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("site.js");
const ICON: &str = include_str!("icon.svg");

pub(crate) fn write(site: &Site, out: &SiteWriter) -> Result<(), PublishError> {
    let mut style = format!("{}\n{STYLE}", servanda_charts::STYLE);
    if let Some(accent) = site.accent {
        style.push_str(&format!("@media not (prefers-color-scheme: dark) {{ :root {{ --accent: {accent}; }} }}\n"));
    }
    if let Some(accent) = site.accent_dark {
        style.push_str(&format!("@media (prefers-color-scheme: dark) {{ :root {{ --accent: {accent}; }} }}\n"));
    }
    out.put("style.css", style.as_bytes())?;
    out.put("site.js", SCRIPT.as_bytes())?;
    out.put("icon.svg", ICON.as_bytes())
}
