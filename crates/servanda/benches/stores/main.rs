//! The speed of a ledger with a million entries in SQLite, compared with bare SQLite with the same
//! bytes, tables and indexes.
//!
//! Run it with `cargo bench -p servanda --bench stores`, and with `-- 100000` at the end for
//! another number of entries. Each line of the table compares a figure with a baseline measured in
//! the same run. Quote the ratios: absolute times depend on the machine.

mod bare;
#[path = "../ledger/baseline.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod baseline;
#[path = "../common/figures.rs"]
mod figures;
#[path = "../ledger/generate.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod generate;
mod opens;
mod writes;

use std::error::Error;

use generate::Generated;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [role, file, commitment] = args.as_slice()
        && opens::ROLES.contains(&role.as_str())
    {
        return opens::run(role, file, commitment);
    }
    let entries = figures::entries(&args, 1_000_000, 2_000);
    let folder = tempfile::tempdir()?;
    let Generated { ledger, commitments, .. } = generate::ledger(entries)?;
    figures::head(&format!("{entries} entries, {commitments} commitments"));
    let (database, lines) = writes::bulk(&ledger, folder.path())?;
    drop(ledger);
    writes::single(&database)?;
    opens::rows(&database, &lines, commitments)
}
