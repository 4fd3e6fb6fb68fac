"""The inputs of an import: files, data frames, mappings."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Protocol, Union

class ArrowTable(Protocol):
    """A table with the Arrow PyCapsule interface, such as a data frame."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A stream of the whole table."""
        ...


Importable = Union[str, "os.PathLike[str]", ArrowTable]
"""The path of a file, or a table with the Arrow interface."""

ImportMapping = Union[str, "os.PathLike[str]", Mapping[str, Any]]
"""The path of a mapping in TOML, or its tables as a dict."""


def _input(table: Importable) -> str | list[tuple[str, list[object]]]:
    """The path of a file, or the names and the values of the columns of a table."""
    if isinstance(table, (str, os.PathLike)):
        return os.fspath(table)
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"expected a path or a table with __arrow_c_stream__, not {type(table).__name__}")
    readers = [_with_pyarrow, _with_polars]
    if type(table).__module__.partition(".")[0] == "polars":
        readers.reverse()
    missing: ImportError | None = None
    for reader in readers:
        try:
            return reader(table)
        except ImportError as error:
            missing = error
    raise ImportError("to import a data frame, install pyarrow or polars") from missing


def _with_pyarrow(table: ArrowTable) -> list[tuple[str, list[object]]]:
    import pyarrow  # type: ignore[import-untyped, unused-ignore]

    read = pyarrow.table(table)
    return [(name, column.to_pylist()) for name, column in zip(read.column_names, read.columns)]


def _with_polars(table: ArrowTable) -> list[tuple[str, list[object]]]:
    import polars

    return [(column.name, column.to_list()) for column in polars.DataFrame(table).iter_columns()]


def _mapping(mapping: ImportMapping | None) -> tuple[str | None, str] | None:
    """The name and the text of a file, or JSON."""
    if mapping is None:
        return None
    if isinstance(mapping, (str, os.PathLike)):
        name = os.fspath(mapping)
        with open(name, encoding="utf-8") as file:
            return name, file.read()
    return None, json.dumps(mapping, default=str)

