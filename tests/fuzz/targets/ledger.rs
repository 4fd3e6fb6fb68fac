//! Fuzzes the reading of ledgers: see [`laws::ledger`](servanda_fuzz::laws::ledger).

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| servanda_fuzz::laws::ledger(data));
