//! Fuzzes files with a procedure, a calendar or a commitment: see
//! [`laws::definitions`](servanda_fuzz::laws::definitions).

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| servanda_fuzz::laws::definitions(data));
