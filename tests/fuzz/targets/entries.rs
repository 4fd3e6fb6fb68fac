//! Fuzzes entries whose ids are computed: see [`laws::entries`](servanda_fuzz::laws::entries).

#![no_main]

use servanda_fuzz::{laws, mutate};

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::entries(data));

// Half of the inputs are mutated as JSON, so that they stay entries, the other half as bytes.
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 2 == 0 {
        let made = mutate::drafts(data.get(..size).unwrap_or_default(), seed.into());
        if let Some(place) = data.get_mut(..made.len()).filter(|place| place.len() <= max_size && !place.is_empty()) {
            place.copy_from_slice(&made);
            return made.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
