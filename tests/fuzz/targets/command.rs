//! Fuzzes the command with arguments and files: see
//! [`laws::command`](servanda_fuzz::laws::command).

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| servanda_fuzz::laws::command(data));
