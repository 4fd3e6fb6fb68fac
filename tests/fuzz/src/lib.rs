//! Properties that Servanda must have for any input, tested on generated inputs.
//!
//! A [law](laws) takes bytes and panics if a property is violated. Ordinary tests run each law on
//! its [seeds] and on some thousands of [mutations](mutate) of them, always the same ones. `cargo
//! xtask fuzz` gives the same laws and seeds to libFuzzer, which searches for new paths through the
//! code. Inputs that it finds are added to `seeds/`.

pub mod laws;
pub mod mutate;
pub mod seeds;
