//! The Swift package: finds a compiler for it, and runs SwiftPM.
//!
//! [`Swift`] is the compiler on the path or, on Linux, one in a small Debian (`debian.sh`). Before
//! SwiftPM runs, `package.rs` builds the library and has UniFFI write the code that calls it.

mod package;
mod toolchain;

pub(crate) use package::{Build, bench, bindgen, example, library, swiftpm, test};
pub(crate) use toolchain::Swift;
