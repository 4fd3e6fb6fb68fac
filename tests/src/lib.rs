//! Doctests for the Rust blocks of README and guide.
//!
//! The folders next to this file have what every language is tested with: `format` has the golden
//! vectors of the file format, `cases` the cases.

#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../docs/embed.md")]
    struct Embed;

    #[doc = include_str!("../../docs/merge-and-sync.md")]
    struct MergeAndSync;
}
