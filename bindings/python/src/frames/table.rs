//! A table that is put together, and how others read it.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::columns::Columns;
use crate::error::{Failure, Result};

/// A part of a table has at most so many rows, and so many bytes of lines. A column of text holds 2 GiB, and none has more than its lines.
const ROWS: usize = 1 << 16;
const BYTES: usize = 1 << 30;
/// What a line has at most that defines nothing.
const MAX_LINE_BYTES: usize = 1 << 16;

/// The names that the interface gives to its capsules.
const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A table, which polars, pandas, pyarrow, DuckDB and others read through `__arrow_c_stream__`.
#[pyclass(frozen, module = "servanda")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// The table of these rows, each made of one line at the most.
    pub(super) fn of<T>(rows: impl IntoIterator<Item = T>, columns: impl Fn(&[T]) -> Columns<'_, T>) -> Result<Self> {
        Self::of_sized(rows, |_| MAX_LINE_BYTES, columns)
    }

    /// The table of rows of which it is known how many bytes of lines each is made of.
    pub(super) fn of_sized<T>(
        rows: impl IntoIterator<Item = T>,
        size: impl Fn(&T) -> usize,
        columns: impl Fn(&[T]) -> Columns<'_, T>,
    ) -> Result<Self> {
        let (mut batches, mut part, mut bytes) = (Vec::new(), Vec::new(), 0);
        for row in rows {
            bytes += size(&row);
            part.push(row);
            if part.len() >= ROWS || bytes >= BYTES {
                batches.push(columns(&part).batch().map_err(impossible)?);
                part.clear();
                bytes = 0;
            }
        }
        // Without rows there is one batch with none, which has the schema.
        if batches.is_empty() || !part.is_empty() {
            batches.push(columns(&part).batch().map_err(impossible)?);
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
        // The interface leaves it to us whether to give other types than our own.
        drop(requested_schema);
        let batches: Vec<Result<RecordBatch, ArrowError>> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }

    /// The names and the types of the columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(impossible)?;
        Ok(PyCapsule::new_with_value(py, schema, SCHEMA)?)
    }

    /// How many rows it has.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns, in order.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    fn __repr__(&self) -> String {
        format!("<servanda.Table with {} rows: {}>", self.__len__(), self.columns().join(", "))
    }
}

/// Arrow refuses columns of different lengths and schemas that it has no letters for. Ours are neither.
fn impossible(error: ArrowError) -> Failure {
    PyRuntimeError::new_err(error.to_string()).into()
}
