//! Finds the column of each field, by its name and its values.

use std::collections::HashMap;

use super::dates;
use super::headers::{Fit, HEADERS, RESPONSIBLE, fit, folded};
use crate::{Cell, Table};

/// The form of the values of a column.
#[derive(Debug, Default)]
pub(super) struct Profile<'a> {
    pub(super) name: &'a str,
    /// How many cells have a value.
    pub(super) filled: usize,
    dates: usize,
    addresses: usize,
    statuses: usize,
    /// The length of all texts.
    length: usize,
    /// The different texts with the rows that have them, in the order of the table.
    pub(super) distinct: Vec<(&'a str, usize)>,
    /// The texts and numbers, in the order of the table. A date cell has none.
    pub(super) texts: Vec<&'a str>,
}

impl<'a> Profile<'a> {
    fn of(table: &'a Table, index: usize, is_status: &dyn Fn(&str) -> bool) -> Self {
        let mut profile = Self { name: table.columns.get(index).map_or("", String::as_str), ..Self::default() };
        let mut places: HashMap<&str, usize> = HashMap::new();
        for cell in table.rows.iter().filter_map(|row| row.cells.get(index)) {
            let text = match cell {
                Cell::Empty | Cell::Fault(_) => continue,
                Cell::Date(_) => {
                    profile.dates += 1;
                    profile.filled += 1;
                    continue;
                }
                Cell::Bool(_) => {
                    profile.filled += 1;
                    continue;
                }
                Cell::Text(text) | Cell::Number(text) => text.trim(),
            };
            profile.filled += 1;
            profile.length += text.chars().count();
            profile.dates += usize::from(dates::is_date(text));
            profile.addresses += usize::from(text.contains("://"));
            profile.texts.push(text);
            match places.get(text) {
                Some(place) => {
                    if let Some((_, count)) = profile.distinct.get_mut(*place) {
                        *count += 1;
                    }
                }
                None => {
                    places.insert(text, profile.distinct.len());
                    profile.distinct.push((text, 1));
                }
            }
        }
        profile.statuses = profile.distinct.iter().filter(|(text, _)| is_status(text)).map(|(_, count)| *count).sum();
        profile
    }

    fn is_mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 2 > self.filled
    }

    /// Whether no value stands in two rows.
    pub(super) fn is_unique(&self) -> bool {
        self.distinct.len() == self.filled
    }

    fn mean_length(&self) -> usize {
        self.length / self.texts.len().max(1)
    }

    /// Whether the values can be those of a field.
    fn suits(&self, field: &str) -> bool {
        match field {
            "made" | "deadline" | "on" | "source_date" | "recorded_at" => {
                self.filled == 0 || self.is_mostly(self.dates)
            }
            "status" => !self.is_mostly(self.dates) && !self.is_mostly(self.addresses),
            "sources" => !self.is_mostly(self.dates),
            "title" | "by" | "note" => !self.is_mostly(self.dates) && !self.is_mostly(self.addresses),
            _ => true,
        }
    }
}

/// A guess that a column has a field.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) field: &'static str,
    pub(super) column: usize,
    /// Why an editor has to look at the guess; `None` if the name of the column says it.
    pub(super) doubt: Option<String>,
}

/// The columns of a table, with the fields that they have.
pub(super) struct Columns<'a> {
    pub(super) profiles: Vec<Profile<'a>>,
    pub(super) found: Vec<Found>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(table: &'a Table, is_status: &dyn Fn(&str) -> bool) -> Self {
        let profiles = (0..table.columns.len()).map(|index| Profile::of(table, index, is_status)).collect();
        let mut columns = Self { profiles, found: Vec::new() };
        columns.by_name(Fit::Whole);
        columns.by_values();
        columns.by_name(Fit::Part);
        columns.check_ids();
        columns.found.sort_by_key(|found| HEADERS.iter().position(|header| header.field == found.field));
        columns
    }

    /// Returns the column of a field.
    pub(super) fn get(&self, field: &str) -> Option<&Profile<'a>> {
        self.found.iter().find(|found| found.field == field).and_then(|found| self.profiles.get(found.column))
    }

    /// Returns the columns without a field.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Profile<'a>> {
        self.profiles.iter().enumerate().filter(|(column, _)| self.is_free(*column)).map(|(_, profile)| profile)
    }

    fn is_free(&self, column: usize) -> bool {
        !self.found.iter().any(|found| found.column == column)
    }

    fn add(&mut self, field: &'static str, column: usize, doubt: Option<String>) {
        self.found.push(Found { field, column, doubt });
    }

    /// Finds fields by the names of columns.
    fn by_name(&mut self, wanted: Fit) {
        for header in HEADERS {
            // Several columns can have sources, and one is enough of everything else.
            let many = header.field == "sources";
            for column in 0..self.profiles.len() {
                let Some(profile) = self.profiles.get(column) else { continue };
                let is_found = self.get(header.field).is_some();
                if (is_found && !(many && wanted == Fit::Whole))
                    || !self.is_free(column)
                    || !profile.suits(header.field)
                {
                    continue;
                }
                // The letters that tell columns with the same name apart.
                let name = folded(profile.name.rsplit_once(" (").map_or(profile.name, |(name, _)| name));
                let found = fit(profile.name, header.words).max(fit(&name, header.words));
                if found != Some(wanted) || fit(profile.name, RESPONSIBLE) == Some(Fit::Whole) {
                    continue;
                }
                let doubt = (wanted == Fit::Part).then(|| "only a part of the name says so".to_owned());
                self.add(header.field, column, doubt);
            }
        }
    }

    /// Makes identifiers of ids that are not of Servanda's form.
    fn check_ids(&mut self) {
        let is_id = |(text, _): &(&str, usize)| text.parse::<servanda::Slug>().is_ok();
        if self.get("id").is_none_or(|profile| profile.distinct.iter().all(is_id)) || self.get("identifier").is_some() {
            return;
        }
        if let Some(found) = self.found.iter_mut().find(|found| found.field == "id") {
            found.field = "identifier";
            found.doubt = Some("its values are not of the form of ids, such as bridge-2013".to_owned());
        }
    }

    /// Finds what a mapping cannot do without, by the values.
    fn by_values(&mut self) {
        let best = |columns: &Self, score: &dyn Fn(&Profile<'a>) -> Option<usize>| {
            let free = columns.profiles.iter().enumerate().filter(|(column, _)| columns.is_free(*column));
            let scored = free.filter_map(|(column, profile)| Some((score(profile)?, std::cmp::Reverse(column))));
            scored.max().map(|(_, column)| column.0)
        };
        let by_name = |columns: &Self, field: &str| {
            let header = HEADERS.iter().find(|header| header.field == field);
            header.is_some_and(|header| {
                columns.profiles.iter().any(|profile| profile.suits(field) && fit(profile.name, header.words).is_some())
            })
        };
        if self.get("status").is_none()
            && let Some(column) = best(self, &|profile| profile.is_mostly(profile.statuses).then_some(profile.statuses))
        {
            self.add("status", column, Some("its values are words for statuses".to_owned()));
        }
        if self.get("sources").is_none()
            && let Some(column) =
                best(self, &|profile| profile.is_mostly(profile.addresses).then_some(profile.addresses))
        {
            self.add("sources", column, Some("its values are addresses".to_owned()));
        }
        if self.get("title").is_none() && !by_name(self, "title") {
            let long = |profile: &Profile<'a>| {
                let is_text = profile.suits("title") && profile.filled > 0 && profile.mean_length() > 12;
                is_text.then(|| profile.mean_length())
            };
            if let Some(column) = best(self, &long) {
                self.add("title", column, Some("it has the longest texts".to_owned()));
            }
        }
        if self.get("status").is_some() && self.get("on").is_none() && !by_name(self, "on") {
            let dated = |profile: &Profile<'a>| profile.is_mostly(profile.dates).then_some(profile.dates);
            let only = self.unused().filter(|profile| dated(profile).is_some()).count() == 1;
            if let Some(column) = best(self, &dated).filter(|_| only) {
                self.add("on", column, Some("no other column has dates".to_owned()));
            }
        }
    }
}
