//! Formats procedures as text and as Mermaid state diagrams.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::procedure::{Edge, Procedure, Status};
use crate::value::Language;

/// Returns the English text, or the first text if there is no English one.
///
/// Texts are ordered by language tag. If there are none, the answer is an empty text.
///
/// ```
/// use servanda_core::{builtin, in_english};
///
/// assert_eq!(in_english(&builtin::position().title), "Position");
/// ```
#[must_use]
pub fn in_english<T: AsRef<str>>(texts: &BTreeMap<Language, T>) -> &str {
    texts.get("en").or_else(|| texts.values().next()).map_or("", T::as_ref)
}

/// Replaces the characters that have a meaning in a Mermaid diagram.
fn plain(text: &str) -> String {
    text.replace(": ", ", ").replace(['"', ':', ';', '#', '<', '>'], " ")
}

/// Names that have another meaning in a Mermaid state diagram.
///
/// They are the keywords that begin statements and end blocks, and the names that Mermaid gives to
/// the start and the end of a diagram.
const RESERVED: [&str; 15] = [
    "class",
    "classdef",
    "click",
    "default",
    "direction",
    "end",
    "href",
    "note",
    "root",
    "root_end",
    "root_start",
    "scale",
    "state",
    "statediagram",
    "style",
];

/// Returns the name of a status in a diagram.
///
/// Different ids get different names, because in an id a hyphen is never last and never next to a
/// slash or another hyphen.
fn node(id: &str) -> String {
    let name = id.replace('-', "_").replace('/', "__");
    if RESERVED.contains(&name.as_str()) { name + "_" } else { name }
}

impl Procedure {
    /// Returns the procedure as text.
    ///
    /// The text lists the statuses. Under each status are the transitions and clocks that lead out
    /// of it, with their legal basis. The references come last.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{} ({}, version {})\n", in_english(&self.title), self.id, self.version);
        for status in &self.statuses {
            // Writing to a string cannot fail.
            let _ = self.write_status(&mut text, status);
        }
        if !self.references.is_empty() {
            text.push_str("\nReferences\n");
            for source in &self.references {
                let _ = writeln!(text, "  {}", source.description());
                if let Some(url) = &source.url {
                    let _ = writeln!(text, "    {url}");
                }
            }
        }
        text
    }

    fn write_status(&self, text: &mut String, status: &Status) -> std::fmt::Result {
        let marks = [
            (status.id == self.initial, "initial"),
            (status.is_final, "final"),
            (status.decided, "decided"),
            (status.abandoned, "abandoned"),
            (status.partly, "partly kept"),
            (status.unrated, "unrated"),
        ];
        let marks: String = marks.iter().filter(|(set, _)| *set).map(|(_, mark)| format!(", {mark}")).collect();
        writeln!(text, "\n{} ({}{marks}): {}", status.id, status.phase, in_english(&status.title))?;
        in_english(&status.description).lines().try_for_each(|paragraph| writeln!(text, "  {paragraph}"))?;
        for transition in self.transitions_from(status.id.as_str()) {
            write!(text, "  -> {}: {}", transition.to, in_english(&transition.title))?;
            if transition.reopening {
                write!(text, " (reopening)")?;
            }
            if transition.sources > 0 {
                write!(text, " (sources needed: {})", transition.sources)?;
            }
            if !transition.taken_by.is_empty() {
                let parties: Vec<_> = transition.taken_by.iter().map(|party| party.as_str()).collect();
                write!(text, " (taken by {})", parties.join(" or "))?;
            }
            writeln!(text, " [{}]", transition.basis)?;
        }
        for clock in self.clocks.iter().filter(|clock| clock.during.contains(&status.id)) {
            let edge = match clock.fires {
                Edge::Start => "start of the day",
                Edge::End => "end of the day",
            };
            let presumed = if clock.presumed { ", presumed" } else { "" };
            let title = in_english(&clock.title);
            writeln!(text, "  => {}: {title}, {} ({edge}{presumed}) [{}]", clock.to, clock.rule, clock.basis)?;
        }
        Ok(())
    }

    /// Returns the procedure as a [Mermaid] state diagram.
    ///
    /// The arrow of a transition has no label. The arrow of a clock has the clock's title as its
    /// label, after a ⏱.
    ///
    /// [Mermaid]: https://mermaid.js.org/syntax/stateDiagram.html
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        let mut lines = vec!["stateDiagram-v2".to_owned()];
        for status in &self.statuses {
            let title = plain(in_english(&status.title));
            lines.push(format!("    state \"{title}\" as {}", node(status.id.as_str())));
        }
        lines.push(format!("    [*] --> {}", node(self.initial.as_str())));
        for transition in &self.transitions {
            let to = node(transition.to.as_str());
            lines.extend(transition.from.iter().map(|from| format!("    {} --> {to}", node(from.as_str()))));
        }
        for clock in &self.clocks {
            let to = node(clock.to.as_str());
            let label = plain(in_english(&clock.title));
            lines.extend(clock.during.iter().map(|from| format!("    {} --> {to}: ⏱ {label}", node(from.as_str()))));
        }
        for status in self.statuses.iter().filter(|status| status.is_final) {
            lines.push(format!("    {} --> [*]", node(status.id.as_str())));
        }
        lines.join("\n") + "\n"
    }
}
