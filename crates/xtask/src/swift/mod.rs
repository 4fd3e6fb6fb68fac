//! The Swift package: a compiler for it, and what is run with it.
//!
//! [`Swift`] is the compiler on the path or, on Linux, one in a small Debian (`debian.rs`) that is kept among the build's
//! files. Before anything is run in the package's folder, `package.rs` builds the library and has UniFFI write the code
//! that calls it.

mod debian;
mod package;
mod toolchain;

pub(crate) use package::{Build, alliance, alliance_is_the_same, bench, in_package, library};
pub(crate) use toolchain::Swift;
