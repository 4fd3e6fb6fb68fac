//! What the whole project is held against. The golden vectors of the format lie in `format/`, the cases of all languages in
//! `cases/`; here the README is compiled and run.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
