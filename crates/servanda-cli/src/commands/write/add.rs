//! `servanda add`: asks on the terminal, and records a commitment or a step.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io;
use std::str::FromStr;

use clap::Parser as _;
use servanda::format::escape_invisible;
use servanda::procedure::in_english;
use servanda::tracker::TimeSource as _;
use servanda::value::{Note, Title};
use servanda::{Date, Deadline, Obligation, Slug, Source, Tracker, View};

use super::session::recorder_name;
use crate::Environment;
use crate::args::{AddArgs, Args, Command, ReportFormat, obligations};
use crate::commands::open;
use crate::days::OrRelative;
use crate::exit::{Exit, Failure, with_notes};
use crate::known;
use crate::output::{Output, Style, styled};
use crate::prompt::{Question, confirm, select};
use crate::text::wrap_lines;

/// The answer for a matter without a promise.
const NONE: &str = "none";

pub(super) fn run(args: &AddArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    if !env.interactive {
        let text = "servanda add asks its questions on a terminal; use `servanda register` or `servanda advance`";
        return Err(Failure::Usage(text.to_owned()));
    }
    let by = recorder_name(&args.record, env)?;
    let env = &env.in_zone(args.record.zone.zone.as_ref());
    let tracker = open(&args.ledger, by.as_str(), env, out)?;
    let asker = Asker { today: env.time.today(), tracker };
    // Before the first question, the progress bar has to go.
    out.writer().flush()?;
    let answers = match &args.commitment {
        Some(commitment) => asker.step(commitment)?,
        None => asker.commitment()?,
    };
    let mut words = vec!["servanda".to_owned()];
    words.extend(answers.0);
    words.insert(2, args.ledger.display().to_string());
    words.push(format!("--by={by}"));
    words.push(format!("--zone={}", env.zone));
    if args.record.format == ReportFormat::Json {
        words.push("--format=json".to_owned());
    }
    if args.record.allow_new_parties {
        words.push("--allow-new-parties".to_owned());
    }
    if args.record.allow_shared_identifiers {
        words.push("--allow-shared-identifiers".to_owned());
    }
    show_command(&words, env, out)?;
    if args.record.dry_run {
        words.push("--dry-run".to_owned());
    } else if !confirm("Record this?", true)? {
        return with_notes(Exit::Refused, vec!["Nothing was written.".to_owned()]);
    }
    let parsed = Args::try_parse_from(words).map_err(|error| Failure::Usage(error.to_string()))?;
    match parsed.command {
        Command::Write(command) => super::run(command, env, out),
        _ => Ok(Exit::Usage),
    }
}

/// Shows the command that records the answers. It goes to stderr, as the questions do.
fn show_command(words: &[String], env: &Environment, out: &mut Output<'_>) -> io::Result<()> {
    let heading = styled(env.terminal.error_colours, Some(Style::Strong), "The same without questions:");
    let command = words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    let line = format!("  {}", escape_invisible(&command));
    let line = env.terminal.error_width.map_or(line.clone(), |width| wrap_lines(&line, width, |_| 4));
    write!(out.progress_bar().err(), "\n{heading}\n{line}\n\n")
}

/// The words of the command that records the answers.
struct Answers(Vec<String>);

impl Answers {
    /// Adds an option, unless its value is empty.
    fn option(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push(format!("--{name}={value}"));
        }
    }
}

/// Asks the questions, with what the ledger already has as suggestions.
struct Asker {
    today: servanda::Day,
    tracker: Tracker,
}

impl Asker {
    fn view(&self) -> View {
        self.tracker.view()
    }

    /// Asks about a new commitment.
    fn commitment(&self) -> Result<Answers, Failure> {
        let title = Question { text: "What is it about?", help: "a title", ..Question::default() };
        let title = title.ask(reads::<Title>)?;
        let parties = ids(known::parties(&self.view())?);
        let by = several("Who promised it?", "the id of a party, such as jp", &parties, true)?;
        let to = several("To whom?", "the id of a party; empty for none", &parties, false)?;
        let known: BTreeSet<String> =
            known::summaries(&self.view())?.iter().map(|summary| summary.commitment.to_string()).collect();
        let free = move |text: &str| {
            reads::<Slug>(text)?;
            if known.contains(text) { Err(format!("{text} is on the ledger already")) } else { Ok(()) }
        };
        let proposed = proposed_id(by.first().map_or("", String::as_str), &title);
        let id = Question { text: "Its id?", default: proposed, help: "such as us/abe-visit", ..Question::default() };
        let id = id.ask(free)?;
        let made = self.date("When was it promised?", "a date, such as 2013-01-18, 2013-01, yesterday or -7d", None)?;
        let procedure = select("Which procedure does it follow?", &known::procedures(&self.view())?)?;
        let mut obligation = obligations();
        obligation.push((NONE.to_owned(), "A matter without a promise, such as a bill".to_owned()));
        let obligation = select("What does it oblige them to?", &obligation)?;
        let mut answers = Answers(vec!["register".to_owned(), id]);
        answers.option("title", &title);
        answers.option("procedure", &procedure);
        by.iter().for_each(|party| answers.option("given-by", party));
        to.iter().for_each(|party| answers.option("to", party));
        answers.option("made", &made.to_string());
        if obligation.parse::<Obligation>().is_ok() {
            answers.option("obligation", &obligation);
            let words = Question { text: "Their exact words?", ..Question::default() }.ask(reads::<Note>)?;
            answers.option("words", &words);
            self.source("Where were they published?", true, &mut answers)?;
        }
        let deadline = Question {
            text: "Until when?",
            help: "a deadline, such as 2013-12-31 or 2013; empty for none",
            default: Some(String::new()),
            ..Question::default()
        };
        answers.option("deadline", &deadline.ask(reads::<Deadline>)?);
        let topics = ids(known::topics(&self.view())?);
        let topics = several("A topic?", "a word to find it by; empty for none", &topics, false)?;
        topics.iter().for_each(|topic| answers.option("topic", topic));
        Ok(answers)
    }

    /// Asks about the next step of a commitment.
    fn step(&self, commitment: &Slug) -> Result<Answers, Failure> {
        let outlook = self.view().outlook(commitment)?;
        if outlook.next.is_empty() {
            let text = format!("{commitment} cannot go anywhere: no step is possible from its present status");
            return Err(Failure::refused("no-step", text));
        }
        let steps = outlook.next.iter().map(|step| (step.to.to_string(), in_english(&step.title).to_owned()));
        let to = select("What happened?", &steps.collect::<Vec<_>>())?;
        let mut answers = Answers(vec!["advance".to_owned(), commitment.to_string(), to.clone()]);
        let on = self.date("When?", "a date, such as 2013-01-18, 2013-01, yesterday or -7d", Some("today"))?;
        answers.option("on", &on.to_string());
        let step = outlook.next.iter().find(|step| step.to.as_str() == to);
        if let Some(step) = step.filter(|step| !step.taken_by.is_empty()) {
            let parties: Vec<(String, String)> =
                step.taken_by.iter().map(|party| (party.to_string(), String::new())).collect();
            answers.option("taken-by", &select("Who took the step?", &parties)?);
        }
        let needed = step.map_or(0, |step| step.sources);
        let mut given = 0;
        while self.source("Which source reports it?", given < needed, &mut answers)? {
            given += 1;
        }
        let note =
            Question { text: "A note?", help: "empty for none", default: Some(String::new()), ..Question::default() };
        answers.option("note", &note.ask(reads::<Note>)?);
        Ok(answers)
    }

    /// Asks for a source and its title. Returns false if there is none.
    fn source(&self, question: &str, required: bool, answers: &mut Answers) -> Result<bool, Failure> {
        let help = match required {
            true => "a URL, an identifier such as doi:10.5555/12345678, or the title of a printed source",
            false => "a URL, an identifier, or the title of a printed source; empty for no more",
        };
        let default = if required { None } else { Some(String::new()) };
        let check = |text: &str| Source::named(text).map(|_| ()).map_err(|error| error.to_string());
        let source = Question { text: question, help, default, ..Question::default() }.ask(check)?;
        if source.is_empty() {
            return Ok(false);
        }
        answers.option("source", &source);
        if source.contains("://") {
            let title = Question {
                text: "The title of that page?",
                help: "empty for the name of the site",
                default: Some(String::new()),
                ..Question::default()
            };
            answers.option("source-title", &title.ask(reads::<Title>)?);
        }
        Ok(true)
    }

    fn date(&self, text: &str, help: &str, default: Option<&str>) -> Result<Date, Failure> {
        let default = default.map(str::to_owned);
        let answer = Question { text, help, default, ..Question::default() }.ask(reads::<OrRelative<Date>>)?;
        let date: OrRelative<Date> = answer.parse().map_err(Failure::Usage)?;
        Ok(date.resolve(self.today))
    }
}

/// Returns the ids without the names.
fn ids(named: Vec<(String, String)>) -> Vec<String> {
    named.into_iter().map(|(id, _)| id).collect()
}

/// Checks that a text is a value of this type.
fn reads<T: FromStr<Err: Display>>(text: &str) -> Result<(), String> {
    text.parse::<T>().map(|_| ()).map_err(|error| error.to_string())
}

/// Asks for ids until an answer is empty.
fn several(text: &str, help: &str, known: &[String], required: bool) -> Result<Vec<String>, Failure> {
    let mut answers: Vec<String> = Vec::new();
    loop {
        let is_first = answers.is_empty();
        let help = if is_first { help } else { "another one; empty for no more" };
        let default = if is_first && required { None } else { Some(String::new()) };
        let question = Question { text, help, default, suggestions: known.to_vec() };
        let answer = question.ask(reads::<Slug>)?;
        if answer.is_empty() {
            return Ok(answers);
        }
        answers.push(answer);
    }
}

/// Proposes an id, such as `us/a-visit-to-washington`. `None` if the title has no letters for it.
fn proposed_id(party: &str, title: &str) -> Option<String> {
    const MAX_WORDS: usize = 5;
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(MAX_WORDS).map(str::to_ascii_lowercase).collect();
    let id = format!("{party}/{}", words.join("-"));
    id.parse::<Slug>().ok().map(|id| id.to_string())
}

/// Quotes a word for a shell, if it needs that.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=/.:,+@%".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
