//! Imports of files and of tables.

use std::path::PathBuf;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyList, PyString, PyTuple};
use servanda::{Day, Moment};
use servanda_import::read::{ReadOptions, read};
use servanda_import::{Cell, Input, Mapping, PlanOptions, import};

use crate::convert::Arg;
use crate::error::Result;
use crate::frames::{Table, imported_table};
use crate::tracker::{Now, Tracker};

/// The input of an import: a file, or the names and the values of columns.
#[derive(FromPyObject)]
pub(crate) enum InputArg<'py> {
    #[pyo3(transparent)]
    Columns(Vec<(String, Bound<'py, PyList>)>),
    #[pyo3(transparent)]
    File(PathBuf),
}

/// A mapping: the name and the text of a file in TOML, or JSON without a name.
type MappingArg = (Option<String>, String);

#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct OptionsArg {
    reason: Option<String>,
    retract_missing: bool,
    partial: bool,
    dry_run: bool,
    future: bool,
    allow_new_parties: bool,
    share_identifiers: bool,
    recorded_at: Option<Arg<Moment>>,
    sheet: Option<String>,
    header: Option<u32>,
    delimiter: Option<char>,
    encoding: Option<String>,
    format: Option<String>,
}

/// Imports a file or a table, and returns the differences as a table.
#[pyfunction]
#[pyo3(signature = (tracker, input, mapping, options, now, /))]
pub(crate) fn import_table(
    py: Python<'_>,
    tracker: &Tracker,
    input: InputArg<'_>,
    mapping: Option<MappingArg>,
    options: OptionsArg,
    now: Now,
) -> Result<Table> {
    let tracker = tracker.at(now)?;
    let mapping = match mapping {
        None => Mapping::default(),
        Some((Some(name), toml)) => Mapping::from_toml(&name, &toml)?,
        Some((None, json)) => Mapping::from_json("the mapping", &json)?,
    };
    let input = match input {
        InputArg::Columns(columns) => Ok(Input::Table(table(columns)?)),
        InputArg::File(path) => Err(path),
    };
    py.detach(|| {
        let input = match input {
            Ok(table) => table,
            Err(path) => read(path, &read_options(&options))?,
        };
        let plan_options = plan_options(options);
        let imported = import(&tracker, &input, &mapping, &plan_options)?;
        if !plan_options.dry_run {
            imported.check()?;
        }
        imported_table(imported.changes)
    })
}

fn read_options(options: &OptionsArg) -> ReadOptions {
    let mut read = ReadOptions::default();
    read.sheet.clone_from(&options.sheet);
    read.header = options.header;
    read.delimiter = options.delimiter;
    read.encoding.clone_from(&options.encoding);
    read.format.clone_from(&options.format);
    read
}

fn plan_options(options: OptionsArg) -> PlanOptions {
    let mut plan = PlanOptions::default();
    plan.reason = options.reason;
    plan.retract_missing = options.retract_missing;
    plan.partial = options.partial;
    plan.dry_run = options.dry_run;
    plan.future = options.future;
    plan.allow_new_parties = options.allow_new_parties;
    plan.share_identifiers = options.share_identifiers;
    plan.recorded_at = options.recorded_at.map(|moment| moment.0);
    plan
}

/// Makes a table of columns of Python values.
fn table(columns: Vec<(String, Bound<'_, PyList>)>) -> PyResult<servanda_import::Table> {
    let mut names = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (name, values) in columns {
        rows.resize_with(values.len().max(rows.len()), Vec::new);
        for (row, value) in rows.iter_mut().zip(values.iter()) {
            row.resize(names.len(), Cell::Empty);
            row.push(cell(&value)?);
        }
        names.push(name);
    }
    Ok(servanda_import::Table::new("table", names, rows))
}

/// The cell for a value of a data frame.
fn cell(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if value.is_none() {
        return Ok(Cell::Empty);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Cell::Text(text.to_cow()?.into_owned()));
    }
    // In Python, True is an int, and a datetime is a date.
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Cell::Bool(flag.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(Cell::Number(written(value)?));
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(Cell::from(number.value()));
    }
    if value.is_instance_of::<PyDateTime>() {
        return moment(value);
    }
    if value.is_instance_of::<PyDate>() {
        return Ok(Cell::Date(value.extract::<Arg<Day>>()?.0));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let elements: Vec<String> = value.try_iter()?.map(|element| written(&element?)).collect::<PyResult<_>>()?;
        return Ok(Cell::Text(elements.join("\n")));
    }
    // A decimal number is written out, without an exponent.
    match value.get_type().name()?.to_cow()?.as_ref() {
        "Decimal" => Ok(Cell::Number(value.call_method1(intern!(value.py(), "__format__"), ("f",))?.extract()?)),
        other => Ok(Cell::Fault(format!("a value of type {other}; make it a text"))),
    }
}

/// A moment with a time zone, or else a day and the time on it.
fn moment(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if !value.getattr(intern!(value.py(), "tzinfo"))?.is_none() {
        return Ok(Cell::Text(value.extract::<Arg<Moment>>()?.0.to_string()));
    }
    let text: String = value.call_method0(intern!(value.py(), "isoformat"))?.extract()?;
    match text.strip_suffix("T00:00:00").map(str::parse) {
        Some(Ok(day)) => Ok(Cell::Date(day)),
        _ => Ok(Cell::Text(text)),
    }
}

fn written(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(value.str()?.to_cow()?.into_owned())
}
