//! UniFFI's own program, in the very version that the library is built with:
//! `servanda-bindgen generate LIBRARY --language kotlin|swift --out-dir FOLDER`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
