//! Writes a guessed mapping as TOML.

use std::fmt::Write as _;

use super::columns::{Columns, Profile};
use super::dates::{Dates, FRENCH, GERMAN};
use super::headers::{Fit, HEADERS, RESPONSIBLE, fit};
use super::{Known, PLEDGE, statuses};
use crate::Table;
use crate::mapping::folded;
use crate::rows::slug_of;

/// How many different words of a column are listed.
const MAX_WORDS: usize = 60;

/// The fields that a commitment or a step needs, with what to do if no column has them.
const NEEDED: &[(&str, &str)] = &[
    ("by", "No column says who promised: name the party by its id."),
    ("made", "No column says when it was promised: give the day, the month or the year."),
];

/// Writes a mapping for a table.
pub(super) fn mapping(table: &Table, columns: &Columns<'_>, known: &Known) -> String {
    let mut toml = String::new();
    let sheet = table.sheet.as_ref().map_or_else(String::new, |sheet| format!(", sheet {}", quoted(sheet)));
    let file = if table.name == "-" { "standard input" } else { &table.name };
    comment(&mut toml, &format!("A mapping for {file}{sheet}, guessed from {} rows.", table.rows.len()));
    comment(&mut toml, "Lines with # ? need a look. `servanda import --dry-run` shows what a mapping does.");
    write_columns(&mut toml, table, columns);
    write_defaults(&mut toml, columns, known);
    write_ids(&mut toml, columns);
    write_dates(&mut toml, columns);
    write_sources(&mut toml, columns);
    write_statuses(&mut toml, columns, known);
    write_parties(&mut toml, columns, known);
    toml
}

fn write_columns(toml: &mut String, table: &Table, columns: &Columns<'_>) {
    table_header(toml, "columns");
    for header in HEADERS {
        let found: Vec<_> = columns.found.iter().filter(|found| found.field == header.field).collect();
        let names = found.iter().filter_map(|found| table.columns.get(found.column)).map(String::as_str);
        let Some(value) = one_or_list(names) else { continue };
        let doubt = found.iter().find_map(|found| found.doubt.as_deref());
        match (header.field, doubt) {
            ("words", _) => {
                comment(toml, "? Exact words need an obligation and a source: add `obligation` and `words_source`.");
                line(toml, "# ", header.field, &value, None);
            }
            (field, doubt) => line(toml, "", field, &value, doubt),
        }
    }
    if columns.get("title").is_none() {
        comment(toml, "? No column looks like a title. Every commitment needs one.");
        line(toml, "# ", "title", r#""""#, None);
    }
    let (in_charge, not_used): (Vec<_>, Vec<_>) = columns.unused().partition(|profile| is_in_charge(profile));
    if let Some(value) = one_or_list(in_charge.iter().map(|profile| profile.name)) {
        line(toml, "", "responsible", &value, Some("in charge from the start?"));
    }
    for profile in not_used {
        comment(toml, &format!("Not used: {}{}", quoted(profile.name), examples(profile)));
    }
}

/// Writes the name of a column, or a list of several. `None` if there is no name.
fn one_or_list<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = names.map(quoted).collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(name.clone()),
        names => Some(format!("[{}]", names.join(", "))),
    }
}

fn is_in_charge(profile: &Profile<'_>) -> bool {
    matches!(fit(profile.name, RESPONSIBLE), Some(Fit::Whole))
}

/// Shows the first values of a column.
fn examples(profile: &Profile<'_>) -> String {
    let shown: Vec<String> = profile.distinct.iter().take(3).map(|(text, _)| quoted(&cut(text))).collect();
    if shown.is_empty() { String::new() } else { format!(", such as {}", shown.join(", ")) }
}

fn write_defaults(toml: &mut String, columns: &Columns<'_>, known: &Known) {
    table_header(toml, "defaults");
    let words = columns.get("status").map_or(&[][..], |profile| profile.distinct.as_slice());
    match known.procedure(words) {
        Some(procedure) => line(toml, "", "procedure", &quoted(&procedure.id), None),
        None => line(toml, "", "procedure", &quoted(PLEDGE), Some("no status tells the procedure")),
    }
    for (field, remedy) in NEEDED {
        if columns.get(field).is_none() {
            comment(toml, &format!("? {remedy}"));
            line(toml, "# ", field, r#""""#, None);
        }
    }
    if columns.get("status").is_some() && columns.get("on").is_none() {
        comment(toml, "? No column says on which day a status was reached: give a day that holds for every row.");
        line(toml, "# ", "on", r#""""#, None);
    }
    if columns.get("status").is_some() && columns.get("sources").is_none() {
        comment(toml, "? No column has sources. A status that ends a promise needs one.");
        line(toml, "# ", "sources", r#""""#, None);
    }
}

fn write_ids(toml: &mut String, columns: &Columns<'_>) {
    table_header(toml, "ids");
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (columns.get("id"), columns.get("identifier"), columns.get("title")) {
        (Some(id), ..) => {
            line(toml, "", "from", r#""id""#, None);
            if id.distinct.iter().any(|(text, _)| is_number(text)) {
                line(toml, "", "prefix", r#""pledge-""#, Some("a number alone says little"));
            }
        }
        (None, Some(_), _) => line(toml, "", "from", r#""identifier""#, None),
        (None, None, Some(title)) if !title.is_unique() => {
            let steps = "rows with the same title are steps of one commitment";
            line(toml, "", "from", r#""title""#, Some(steps));
        }
        _ => line(toml, "", "from", r#""title""#, None),
    }
}

fn write_dates(toml: &mut String, columns: &Columns<'_>) {
    let fields = ["made", "deadline", "on", "source_date"];
    let texts = fields.iter().filter_map(|field| columns.get(field)).flat_map(|profile| profile.texts.iter().copied());
    let dates = Dates::of(texts);
    if dates.formats.is_empty() && dates.unread.is_empty() {
        return;
    }
    table_header(toml, "dates");
    let formats: Vec<String> = dates.formats.iter().map(|format| quoted(format)).collect();
    let doubt = dates.is_order_open.then_some("or %m/%d/%Y: no date tells days from months");
    line(toml, "", "formats", &format!("[{}]", formats.join(", ")), doubt);
    let months: Vec<String> = [(dates.needs_german, &GERMAN), (dates.needs_french, &FRENCH)]
        .into_iter()
        .filter(|(is_needed, _)| *is_needed)
        .flat_map(|(_, months)| months.iter().map(|name| quoted(name)))
        .collect();
    if !months.is_empty() {
        line(toml, "", "months", &format!("[{}]", months.join(", ")), None);
    }
    if dates.short_years {
        comment(toml, "? Years have two digits. Write four in the table, because nothing says the century.");
    }
    if dates.fiscal_years {
        comment(toml, "? 年度 is a fiscal year, which ends on 31 March of the next year. Write the last day.");
    }
    if !dates.unread.is_empty() {
        let values: Vec<String> = dates.unread.iter().map(|text| quoted(&cut(text))).collect();
        comment(toml, &format!("? No date: {}", values.join(", ")));
    }
}

fn write_sources(toml: &mut String, columns: &Columns<'_>) {
    let Some(profile) = columns.get("sources") else { return };
    let several = |separator: &str| {
        profile.texts.iter().any(|text| {
            text.match_indices(separator).any(|(place, found)| {
                text.get(place + found.len()..).is_some_and(|rest| rest.trim_start().starts_with("http"))
            })
        })
    };
    let found: Vec<&str> = ["\n", ";", " | ", ","].into_iter().filter(|separator| several(separator)).collect();
    if found.is_empty() {
        return;
    }
    table_header(toml, "sources");
    let separators: Vec<String> = found.iter().map(|separator| quoted(separator)).collect();
    let doubt = found.contains(&",").then_some("an address can contain a comma");
    line(toml, "", "separators", &format!("[{}]", separators.join(", ")), doubt);
}

fn write_statuses(toml: &mut String, columns: &Columns<'_>, known: &Known) {
    let Some(profile) = columns.get("status") else { return };
    let Some(procedure) = known.procedure(&profile.distinct) else {
        table_header(toml, "statuses");
        comment(toml, &format!("? No word is known. Say for each which status of {PLEDGE} it is."));
        for (word, rows) in profile.distinct.iter().take(MAX_WORDS) {
            line(toml, "# ", &quoted(word), r#""""#, Some(&in_rows(*rows)));
        }
        return;
    };
    table_header(toml, "statuses");
    let mut seen = std::collections::BTreeSet::new();
    for (word, rows) in profile.distinct.iter().take(MAX_WORDS) {
        let folded = folded(word);
        if !seen.insert(folded.clone()) {
            continue;
        }
        match (procedure.status(word), statuses::doubt_about(&folded)) {
            (Some(status), doubt) => line(toml, "", &quoted(word), &quoted(status), doubt),
            (None, Some(doubt)) => line(toml, "# ", &quoted(word), r#""""#, Some(doubt)),
            (None, None) => {
                line(toml, "# ", &quoted(word), r#""""#, Some(&format!("unknown, {}", in_rows(*rows))));
            }
        }
    }
    more(toml, profile);
}

fn write_parties(toml: &mut String, columns: &Columns<'_>, known: &Known) {
    let parties: Vec<&Profile<'_>> = ["by", "to"].iter().filter_map(|field| columns.get(field)).collect();
    write_names(toml, "parties", &parties, known);
    let bodies: Vec<&Profile<'_>> = columns.unused().filter(|profile| is_in_charge(profile)).collect();
    write_names(toml, "bodies", &bodies, known);
}

/// Writes what names mean.
fn write_names(toml: &mut String, table: &str, profiles: &[&Profile<'_>], known: &Known) {
    let words = || profiles.iter().flat_map(|profile| profile.distinct.iter().take(MAX_WORDS));
    // An id needs no line.
    if words().all(|(word, _)| word.parse::<servanda::Slug>().is_ok()) {
        return;
    }
    table_header(toml, table);
    let mut seen = std::collections::BTreeSet::new();
    for (word, _) in words() {
        if !seen.insert(folded(word)) {
            continue;
        }
        match (known.party(word), id_of(word)) {
            (Some(id), _) => line(toml, "", &quoted(word), &quoted(id), None),
            (None, Some(id)) => line(toml, "", &quoted(word), &quoted(&id), Some("not on the ledger yet")),
            (None, None) => line(toml, "# ", &quoted(word), r#""""#, Some("give the party an id")),
        }
    }
    profiles.iter().for_each(|profile| more(toml, profile));
}

/// Says that a column has more words than are listed.
fn more(toml: &mut String, profile: &Profile<'_>) {
    let left = profile.distinct.len().saturating_sub(MAX_WORDS);
    if left > 0 {
        comment(toml, &format!("? {left} further values of {} are not listed.", quoted(profile.name)));
    }
}

fn in_rows(rows: usize) -> String {
    if rows == 1 { "in 1 row".to_owned() } else { format!("in {rows} rows") }
}

/// Makes an id from a name. `None` if a part of the name has no Latin letters, because an id of the
/// rest would mislead.
fn id_of(name: &str) -> Option<String> {
    let is_lost = |letter: char| letter.is_alphabetic() && slug_of(letter.encode_utf8(&mut [0; 4])).is_none();
    if name.chars().any(is_lost) { None } else { slug_of(name) }
}

fn table_header(toml: &mut String, name: &str) {
    // Writing to a text does not fail.
    _ = writeln!(toml, "\n[{name}]");
}

fn comment(toml: &mut String, text: &str) {
    _ = writeln!(toml, "# {}", text.replace(['\n', '\r'], " "));
}

/// Writes a key with its value, and the doubt about it.
fn line(toml: &mut String, start: &str, key: &str, value: &str, doubt: Option<&str>) {
    let doubt = doubt.map_or_else(String::new, |doubt| format!("  # ? {doubt}"));
    _ = writeln!(toml, "{start}{key} = {value}{doubt}");
}

fn cut(text: &str) -> String {
    const LENGTH: usize = 30;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Writes a text as a string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => _ = write!(quoted, "\\u{:04X}", u32::from(letter)),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
