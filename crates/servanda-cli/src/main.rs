//! The command `servanda`.

use std::io::{self, BufWriter};
use std::process::ExitCode;

use servanda_cli::{Environment, run};

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout());
    run(std::env::args_os(), &mut out, &mut io::stderr(), &Environment::of_process()).into()
}
