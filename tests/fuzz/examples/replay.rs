//! Runs a law on the inputs in these files, such as those that libFuzzer left in `artifacts/`, and
//! prints the time of each.

use std::time::Instant;

use servanda_fuzz::laws;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().expect("usage: replay LAW FILE…");
    let (_, law) = laws::ALL.into_iter().find(|(known, _)| *known == name).expect("there is such a law");
    for file in arguments {
        let input = std::fs::read(&file)?;
        let start = Instant::now();
        law(&input);
        println!("{file}: {} bytes, {:?}", input.len(), start.elapsed());
    }
    Ok(())
}
