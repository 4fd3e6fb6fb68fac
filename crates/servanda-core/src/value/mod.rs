//! Values that are written as one text, and the sources that facts cite.
//!
//! A value of one of these types is well-formed by construction, so the records made of them are
//! plain data. Each type parses from text with [`str::parse`], and is displayed as in the [line
//! format](crate::format). Text that is not well-formed is refused with a [`ValueError`].

#[macro_use]
mod word;

mod date;
mod decimal;
mod digest;
mod error;
mod identifier;
pub(crate) mod json;
mod leaf;
mod moment;
mod nearest;
pub(crate) mod path;
mod plain_message;
mod slug;
mod source;
mod text;
mod url;
pub(crate) mod visible;

pub use date::{Date, Day, Deadline};
pub use decimal::Decimal;
pub use digest::{Digest, EntryId};
pub use error::{ValueError, ValueKind};
pub use identifier::Identifier;
pub use moment::Moment;
pub use slug::{Language, Slug};
pub use source::Source;
pub use text::{Note, Title};
pub use url::Url;

pub(crate) use date::{first_of_month_after, months_after};
pub(crate) use decimal::Amount;
pub use nearest::nearest;
pub(crate) use plain_message::plain_message;
pub(crate) use text::tidy;
pub(crate) use url::without_user;
pub(crate) use visible::{is_hidden, quote};
pub(crate) use word::{is_false, present};
