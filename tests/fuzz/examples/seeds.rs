//! Writes the seeds of each law into a folder, and a dictionary of its words next to the folder, as
//! libFuzzer reads them.

use std::fs;
use std::path::PathBuf;

use servanda_fuzz::{laws, seeds};

fn main() -> std::io::Result<()> {
    let into = PathBuf::from(std::env::args_os().nth(1).expect("usage: seeds FOLDER"));
    for (law, _) in laws::ALL {
        let folder = into.join(law);
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds::of(law).iter().enumerate() {
            fs::write(folder.join(format!("{number:04}")), seed)?;
        }
        let escaped = |byte: u8| match byte {
            b'"' | b'\\' | 0..0x20 | 0x7f.. => format!("\\x{byte:02x}"),
            _ => char::from(byte).to_string(),
        };
        let words =
            seeds::words(law).iter().map(|word| format!("\"{}\"\n", word.bytes().map(escaped).collect::<String>()));
        let dictionary: String = words.collect();
        if !dictionary.is_empty() {
            // libFuzzer does not accept an empty dictionary.
            fs::write(into.join(format!("{law}.dict")), dictionary)?;
        }
    }
    Ok(())
}
