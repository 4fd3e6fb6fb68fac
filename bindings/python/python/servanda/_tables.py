"""Tables for data frame libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _html, _servanda

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]
    import polars


class Table:
    """A table in Arrow columns.

    polars, pandas, pyarrow, DuckDB and others read it through `__arrow_c_stream__`:
    `polars.DataFrame(table)`, `pyarrow.table(table)`, `duckdb.sql("from table")`. `to_polars` and
    `to_pandas` do it for you. A notebook shows its first rows.

    Days are Arrow's `date32`, moments `timestamp[us, UTC]`, counts `int64`, lists `list<utf8>`, and
    the rest `utf8`. A date that may be imprecise is three columns, such as ``since`` (text),
    ``since_first`` and ``since_last`` (days). Phases, verdicts, timeliness and obligations are
    dictionaries, which polars and pandas show as categories. A dictionary has all words of its
    vocabulary in their order, so tables can be concatenated. Unknown values are null.
    """

    __slots__ = ("_raw",)
    _raw: _servanda.Table

    def __init__(self) -> None:
        raise TypeError("tables come from a view or a tracker: view.table()")

    @classmethod
    def _of(cls, raw: _servanda.Table) -> Table:
        table = object.__new__(cls)
        table._raw = raw
        return table

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return self._raw.columns

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame. Needs pandas and pyarrow.

        Days are `datetime64` columns, and moments are `datetime64` columns in UTC.
        """
        import pyarrow  # type: ignore[import-untyped, unused-ignore]

        frame: pandas.DataFrame = pyarrow.table(self).to_pandas(date_as_object=False)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars data frame. Needs polars."""
        import polars

        return polars.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A new stream of the whole table, for the Arrow PyCapsule interface."""
        return self._raw.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The names and the types of the columns, for the Arrow PyCapsule interface."""
        return self._raw.__arrow_c_schema__()

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._raw)

    def __repr__(self) -> str:
        return f"<servanda.Table with {len(self)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        columns, rows = self.columns, self._raw.rows(_html.MAX_ROWS)
        cells = [list(map(_html.cell, columns, row)) for row in rows]
        return _html.page(_html.counted(len(self), "row", len(rows)), _html.table(columns, cells))
