//! Draws a picture of a ledger in a JSON Lines file, and prints it.
//!
//! ```text
//! draw timeline LEDGER COMMITMENT DAY [WIDTH]
//! draw tally LEDGER DAY [WIDTH]
//! draw procedure LEDGER PROCEDURE [WIDTH]
//! draw text LEDGER COMMITMENT DAY [COLUMNS]
//! ```

use std::error::Error;
use std::fs::File;
use std::io::BufReader;

use servanda_charts::{English, ProcedureDiagram, Tally, Timeline};
use servanda_core::{Day, Filter, Ledger, View};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments.as_slice() {
        ["timeline", file, commitment, day, ref width @ ..] => {
            let width = width.first().unwrap_or(&"320").parse()?;
            draw(file, commitment, day, |timeline| timeline.width(width).svg(&English))
        }
        ["text", file, commitment, day, ref columns @ ..] => {
            let columns = columns.first().unwrap_or(&"80").parse()?;
            draw(file, commitment, day, |timeline| timeline.text(&English, columns))
        }
        ["tally", file, day, ref width @ ..] => {
            let ledger = read(file)?;
            let summaries = view(&ledger, day)?.summaries(&Filter::default());
            print!("{}", Tally::of(&summaries).width(width.first().unwrap_or(&"320").parse()?).svg(&English));
            Ok(())
        }
        ["procedure", file, id, ref width @ ..] => {
            let ledger = read(file)?;
            let procedures = View::new(&ledger, Day::LAST, None, None).procedures();
            let procedure = procedures.iter().rfind(|procedure| procedure.id.as_str() == id);
            let procedure = procedure.ok_or("there is no such procedure on the ledger")?;
            let width = width.first().unwrap_or(&"320").parse()?;
            print!("{}", ProcedureDiagram::new(procedure).width(width).svg(&English));
            Ok(())
        }
        _ => Err("draw timeline|text LEDGER COMMITMENT DAY [WIDTH], or draw tally LEDGER DAY [WIDTH]".into()),
    }
}

fn draw(
    file: &str,
    commitment: &str,
    day: &str,
    picture: impl Fn(Timeline<'_>) -> String,
) -> Result<(), Box<dyn Error>> {
    let ledger = read(file)?;
    let view = view(&ledger, day)?;
    let standing = view.standing(commitment)?;
    let procedures = view.procedures();
    let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref));
    print!("{}", picture(timeline));
    Ok(())
}

fn view<'a>(ledger: &'a Ledger, day: &str) -> Result<View<'a>, Box<dyn Error>> {
    Ok(ledger.view_on(day.parse::<Day>()?)?)
}

fn read(file: &str) -> Result<Ledger, Box<dyn Error>> {
    Ok(Ledger::read(BufReader::new(File::open(file)?))?)
}
