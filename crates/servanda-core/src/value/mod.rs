//! The leaf types: every rule about how a single value is written lives here, and nowhere else.
//!
//! A value of one of these types is well-formed by construction, so the composites made of them are plain data. Each parses
//! from text with [`str::parse`], prints itself as the text of the [line format](crate::format), and sorts in its natural order.

mod date;
mod decimal;
mod digest;
mod leaf;
mod moment;
mod slug;
mod text;
mod url;

pub use date::{Date, Day, Deadline};
pub use decimal::Decimal;
pub use digest::{Digest, EntryId};
pub use moment::Moment;
pub use slug::{Language, Slug};
pub use text::{Note, Title};
pub use url::Url;

pub(crate) use date::{first_of_month_after, months_after};
pub(crate) use decimal::Amount;
