//! The help of the whole command: the subcommands in groups.

use std::fmt::Write as _;

use crate::text::{padded, width as width_of, wrap};

/// The groups, with the names of their subcommands.
const GROUPS: [(&str, &[&str]); 7] = [
    (
        "Ask",
        &[
            "status",
            "history",
            "next",
            "find",
            "agenda",
            "changes",
            "parts",
            "bodies",
            "stale",
            "log",
            "entry-into-force",
        ],
    ),
    (
        "Record",
        &[
            "add",
            "register",
            "advance",
            "deposit",
            "cite",
            "remark",
            "attest",
            "reschedule",
            "assign",
            "unassign",
            "measure",
            "amend",
            "link",
            "repin",
            "retract",
            "record",
        ],
    ),
    ("Import", &["import"]),
    ("Publish", &["publish", "serve"]),
    ("Keep", &["init", "verify", "merge", "copy"]),
    ("Define", &["define", "procedures", "calendars"]),
    ("Help", &["completions", "man", "help"]),
];

/// Returns the command with a help that lists the subcommands in groups, for a terminal of this
/// width.
pub(crate) fn grouped(command: clap::Command, width: usize) -> clap::Command {
    // As for the other help texts.
    let width = width.min(100);
    let header = command.get_styles().get_header().to_owned();
    let literal = command.get_styles().get_literal().to_owned();
    let described: Vec<(String, String)> = command.get_subcommands().map(described).chain([help()]).collect();
    let longest = described.iter().map(|(name, _)| width_of(name)).max().unwrap_or(0);
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (group, names) in GROUPS {
        let members: Vec<&(String, String)> =
            names.iter().filter_map(|name| described.iter().find(|(known, _)| known == name)).collect();
        if members.is_empty() {
            continue;
        }
        // Writing into a string does not fail.
        let _ = writeln!(text, "\n{header}{group}:{header:#}");
        for (name, about) in members {
            let column = longest + 4;
            let narrow = width < 2 * column + 20;
            let (indent, first) = if narrow { (6, "\n      ".to_owned()) } else { (column, String::new()) };
            let shown = padded(name, if narrow { 0 } else { longest + 2 });
            let about = wrap(about, width.saturating_sub(indent)).join(&format!("\n{}", " ".repeat(indent)));
            let _ = writeln!(text, "  {literal}{shown}{literal:#}{first}{about}");
        }
    }
    let _ = write!(text, "\n{header}Options:{header:#}\n{{options}}{{after-help}}");
    command.help_template(text)
}

fn described(command: &clap::Command) -> (String, String) {
    (command.get_name().to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default())
}

/// The subcommand that clap adds.
fn help() -> (String, String) {
    ("help".to_owned(), "Print this message or the help of the given subcommand(s)".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Args;

    #[test]
    fn every_command_is_in_one_group() {
        for command in Args::command().get_subcommands() {
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&command.get_name()));
            assert_eq!(groups.count(), 1, "{}", command.get_name());
        }
    }
}
