//! `servanda import`: records what a spreadsheet or a document says.

use std::collections::BTreeMap;

use servanda_import::read::{ReadOptions, read};
use servanda_import::{Action, Change, ImportError, Imported, Input, Mapping, PlanOptions, guess, import};

use super::write::recorder_name;
use super::{READER, files, open};
use crate::Environment;
use crate::args::{ImportArgs, ReportFormat};
use crate::exit::{Exit, Failure, Refusal};
use crate::output::{Output, Style};
use crate::phrases::count;

pub(super) fn run(args: &ImportArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    if args.guess {
        return write_guess(args, env, out);
    }
    let by = recorder_name(&args.record, env)?;
    let env = &env.in_zone(args.record.zone.zone.as_ref());
    let mapping = mapping(args)?;
    let input = input(args)?;
    let tracker = open(&args.ledger, by.as_str(), env, out)?;
    let mut options = PlanOptions::default();
    options.reason = args.reason.as_ref().map(ToString::to_string);
    options.retract_missing = args.retract_missing;
    options.partial = args.partial;
    options.future = args.future.future;
    options.allow_new_parties = args.record.allow_new_parties;
    options.share_identifiers = args.record.allow_shared_identifiers;
    options.recorded_at = args.recorded_at.map(|moment| moment.moment(env));
    options.dry_run = args.record.dry_run;

    let imported = import(&tracker, &input, &mapping, &options)?;
    if args.record.format == ReportFormat::Json {
        out.json(&imported.to_json())?;
    } else {
        Report { args, imported: &imported }.write(out)?;
    }
    if !args.record.dry_run {
        imported.check()?;
    }
    Ok(if imported.refused().next().is_none() { Exit::Done } else { Exit::Refused })
}

fn input(args: &ImportArgs) -> Result<Input, ImportError> {
    let mut options = ReadOptions::default();
    options.sheet.clone_from(&args.read.sheet);
    options.header = args.read.header;
    options.delimiter = args.read.delimiter;
    options.encoding.clone_from(&args.read.encoding);
    options.format.clone_from(&args.read.input_format);
    read(&args.file, &options)
}

fn mapping(args: &ImportArgs) -> Result<Mapping, Failure> {
    let Some(path) = &args.mapping else { return Ok(Mapping::default()) };
    let text = files::read(path, "a mapping is a TOML file")?;
    Ok(Mapping::from_toml(&path.display().to_string(), &text)?)
}

fn write_guess(args: &ImportArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let input = input(args)?;
    let Input::Table(table) = input else {
        let text = "--guess: a document names its keys itself; only a table needs a guess";
        return Err(Failure::Usage(text.to_owned()));
    };
    let tracker = open(&args.ledger, READER, env, out)?;
    let guess = guess::guess(&table, &tracker)?;
    for line in guess.toml.lines() {
        out.line(line)?;
    }
    Ok(Exit::Done)
}

/// The report of an import for people.
struct Report<'a> {
    args: &'a ImportArgs,
    imported: &'a Imported,
}

impl Report<'_> {
    /// Lists the differences by commitment. A run that records leaves out what is only new.
    fn write(&self, out: &mut Output<'_>) -> Result<(), Failure> {
        let is_dry = self.args.record.dry_run;
        match is_dry && !self.imported.entries.is_empty() {
            true => out.paragraph(0, Style::Caution, "Nothing was written. This would be recorded:")?,
            false if self.imported.recorded => {}
            false => out.paragraph(0, Style::Caution, "Nothing was written.")?,
        }
        let shown = |change: &&Change| is_dry || !matches!(change.action, Action::Register | Action::Add);
        let mut last = None;
        for change in self.imported.changes.iter().filter(shown) {
            if last != Some(&change.commitment) {
                let commitment = change.commitment.as_ref().map_or("A row without a valid id", |id| id.as_str());
                let commitment = out.styled(Style::Strong, commitment);
                out.line(&commitment)?;
                last = Some(&change.commitment);
            }
            let style = match change.action {
                Action::Register | Action::Add => Style::Good,
                Action::Correct | Action::Amend => Style::Active,
                Action::Retract | Action::Missing | Action::Keep => Style::Caution,
                Action::Refuse => Style::Bad,
            };
            let action = out.styled(style, &format!("{:<9}", change.action));
            out.hanging(&format!("  {action}"), 11, None, &format!("{change} ({})", change.position))?;
        }
        let unused = &self.imported.unused_columns;
        if !unused.is_empty() && is_dry {
            let columns: Vec<String> = unused.iter().map(|column| servanda::format::quote(column)).collect();
            out.paragraph(0, Style::Faint, &format!("Not used: {}", columns.join(", ")))?;
        }
        out.paragraph(0, None, &self.tally())?;
        Ok(())
    }

    /// The number of differences of each kind.
    fn tally(&self) -> String {
        let mut numbers: BTreeMap<Action, usize> = BTreeMap::new();
        self.imported.changes.iter().for_each(|change| *numbers.entry(change.action).or_default() += 1);
        let words = |action, one: &str, many: &str| numbers.get(&action).map(|number| count(*number, one, many));
        let parts: Vec<String> = [
            words(Action::Register, "new commitment", "new commitments"),
            words(Action::Add, "new step", "new steps"),
            words(Action::Correct, "correction", "corrections"),
            words(Action::Amend, "amendment", "amendments"),
            words(Action::Retract, "retraction", "retractions"),
            words(Action::Missing, "missing", "missing"),
            words(Action::Keep, "left as others recorded it", "left as others recorded them"),
            words(Action::Refuse, "refused", "refused"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let file = match self.args.file.to_str() {
            Some("-") => "standard input".to_owned(),
            _ => self.args.file.display().to_string(),
        };
        match parts.is_empty() {
            true => format!("{file}: the ledger says the same"),
            false => format!("{file}: {}", parts.join(", ")),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Ledger(error) => error.into(),
            error => Self::Refused(Refusal { code: error.code(), details: error.details(), text: error.to_string() }),
        }
    }
}
