//! Text of strangers becomes markup here, and nowhere else.

mod dates;
mod html;
mod json;
mod links;
mod markdown;
mod sources;

pub(crate) use dates::{DateWords, date, moment, plain_date};
pub(crate) use html::{Html, plain};
pub(crate) use json::linked_data;
pub(crate) use links::{is_linkable, mail_or_web};
pub(crate) use markdown::markdown;
pub(crate) use sources::source;
