//! A table, and its export through the Arrow PyCapsule interface.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Date32Type, Int8Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use servanda::Moment;

use super::columns::Columns;
use crate::error::{Failure, Result};

/// The maximum number of rows of a record batch.
const MAX_BATCH_ROWS: usize = 1 << 16;
/// The maximum number of bytes of the texts of a record batch. A text column can hold 2 GiB.
const MAX_BATCH_BYTES: usize = 1 << 30;
/// The number of bytes that a row is counted as, apart from its long texts.
const ROW_BYTES: usize = 1 << 14;

const MICROS_A_DAY: i64 = 86_400_000_000;

/// The names that the interface requires for its capsules.
const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A table, which polars, pandas, pyarrow, DuckDB and others read through `__arrow_c_stream__`.
#[pyclass(frozen, module = "servanda")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// Makes a table of rows without long texts.
    pub(super) fn of<T>(rows: impl IntoIterator<Item = T>, columns: impl Fn(&[T]) -> Columns<'_, T>) -> Result<Self> {
        Self::of_sized(rows, |_| 0, columns)
    }

    /// Makes a table of rows. `size` returns the number of bytes of the long texts of a row.
    pub(super) fn of_sized<T>(
        rows: impl IntoIterator<Item = T>,
        size: impl Fn(&T) -> usize,
        columns: impl Fn(&[T]) -> Columns<'_, T>,
    ) -> Result<Self> {
        let (mut batches, mut part, mut bytes) = (Vec::new(), Vec::new(), 0);
        for row in rows {
            bytes += ROW_BYTES + size(&row);
            part.push(row);
            if part.len() >= MAX_BATCH_ROWS || bytes >= MAX_BATCH_BYTES {
                batches.push(columns(&part).batch().map_err(unexpected)?);
                part.clear();
                bytes = 0;
            }
        }
        // A table without rows has one empty batch, which carries the schema.
        if batches.is_empty() || !part.is_empty() {
            batches.push(columns(&part).batch().map_err(unexpected)?);
        }
        let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Ok(Self { schema, batches })
    }
}

#[pymethods]
impl Table {
    /// A new stream of the whole table.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface allows a producer to ignore the requested schema.
        drop(requested_schema);
        let batches: Vec<Result<RecordBatch, ArrowError>> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }

    /// The schema: the names and the types of the columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(unexpected)?;
        Ok(PyCapsule::new_with_value(py, schema, SCHEMA)?)
    }

    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns, in order.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The first rows as text, for notebooks. None for null.
    #[pyo3(signature = (limit, /))]
    fn rows(&self, limit: usize) -> Vec<Vec<Option<String>>> {
        let rows = self.batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        rows.take(limit).map(|(batch, row)| batch.columns().iter().map(|column| shown(column, row)).collect()).collect()
    }
}

/// Arrow rejects columns of different lengths and unsupported types. The tables here have neither.
fn unexpected(error: ArrowError) -> Failure {
    PyRuntimeError::new_err(error.to_string()).into()
}

/// A value of a column as text. The elements of a list are on lines of their own.
fn shown(column: &dyn Array, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Boolean => Some(column.as_boolean().value(row).to_string()),
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            Moment::from_micros(i64::from(days) * MICROS_A_DAY).ok().map(|moment| moment.day().to_string())
        }
        DataType::Timestamp(..) => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(row);
            Moment::from_micros(micros).ok().map(|moment| moment.to_string())
        }
        DataType::Dictionary(..) => {
            let words = column.as_dictionary::<Int8Type>();
            shown(words.values(), words.key(row)?)
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(row);
            Some((0..list.len()).filter_map(|item| shown(&list, item)).collect::<Vec<_>>().join("\n"))
        }
        _ => Some(column.as_string::<i32>().value(row).to_owned()),
    }
}
