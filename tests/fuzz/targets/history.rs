//! Fuzzes sequences of appends and merges: see [`laws::history`](servanda_fuzz::laws::history).

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| servanda_fuzz::laws::history(data));
