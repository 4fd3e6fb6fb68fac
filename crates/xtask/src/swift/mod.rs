//! The Swift package: a compiler for it, and what is run with it.
//!
//! [`Swift`] is the compiler on the path or, on Linux, one in a small Debian ((`debian.rs`)) that is kept among the build's
//! files.

mod debian;
mod toolchain;

pub(crate) use toolchain::Swift;

/// Runs Swift with these arguments in the folder of the package.
pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    let swift = Swift::find().ok_or("there is no Swift 6 on this machine; `cargo xtask test --setup` gets one")?;
    swift.run(&crate::tools::root(), arguments, &[])?;
    Ok("done".to_owned())
}
