//! Fuzzes days, dates, moments and other values: see [`laws::dates`](servanda_fuzz::laws::dates).

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| servanda_fuzz::laws::dates(data));
