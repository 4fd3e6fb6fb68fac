//! What the whole project is held against. The golden vectors of the format lie in `format/`; here the README is compiled and run.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
