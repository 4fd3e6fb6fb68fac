//! What Servanda must hold to on any input, tried on made-up ones.
//!
//! A [law](laws) takes bytes and panics if something does not hold that must. Ordinary tests try each on its [seeds] and on
//! some thousands of [mutations](mutate) of them, always the same ones. `cargo xtask fuzz` gives the same laws and seeds to libFuzzer,
//! which looks for new paths through the code for as long as it is let; what it finds becomes a seed in `seeds/`.

pub mod laws;
pub mod mutate;
pub mod seeds;
