"""Answers as tables for data frame libraries."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from . import _servanda

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._view import Filter, View


class Tabular:
    """What can be asked of a view as a table.

    A `Table` has `__arrow_c_stream__`, which polars, pandas, pyarrow, DuckDB and others read: `polars.DataFrame(table)`,
    `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`, `duckdb.sql("from table")`. Its columns are put together in Rust, once, when it is
    asked for, without the interpreter's lock.

    Days are Arrow's `date32`, moments `timestamp[us, UTC]`, counts `int64`, lists `list<utf8>`, and everything else `utf8`. The words of
    phases, verdicts and obligations are dictionaries, which polars and pandas show as categories: all words of the vocabulary in their order,
    the same in every table, so that tables can be put together. What is unknown is null.
    """

    __slots__ = ()
    _raw: _servanda.View

    def table(self, **only: Unpack[Filter]) -> _servanda.Table:
        """The standings as a table; a view by itself is the table of all of them: `polars.DataFrame(view)`.

        Columns: ``commitment``, ``title``, ``by`` and ``to`` (lists), ``obligation``, ``words``, ``made`` (day), ``procedure``, ``status``,
        ``status_title`` (in English), ``phase``, ``since`` (day), ``presumed``, ``verdict``, ``overdue``, ``deadline`` (as it was set: a year, a month or a
        day), ``deadline_day`` (its last day), ``reason`` (why status, phase or verdict are null), ``part_of``, ``topics`` (list), ``on`` (day)
        and ``known_at`` (moment).

        >>> import servanda
        >>> servanda.memory("desk").view().table(phase="stalled").columns[:3]
        ['commitment', 'title', 'by']
        """
        return _servanda.standings_table(self._raw, only)

    def changes_table(self, before: View, **only: Unpack[Filter]) -> _servanda.Table:
        """What differs from another view: one row for each member of a standing, and for each element of one that is a list.

        Columns: ``commitment``, ``title``, ``member`` (as in a standing: ``status``, ``verdict``, ``steps``, …), ``kind`` (``shifted``, or of a list ``added``,
        ``altered``, ``removed``), ``before`` and ``after`` (the word or the day as text, and what has members as JSON).
        """
        return _servanda.changes_table(self._raw, before._raw, only)

    def agenda_table(
        self, *, first: datetime.date | str, last: datetime.date | str, **only: Unpack[Filter]
    ) -> _servanda.Table:
        """What lies within a span of days, both included.

        Columns: ``day`` (null if nobody knows), ``earliest`` (day), ``commitment``, ``title``, ``phase``, ``verdict``, ``deadline`` (null for a clock), and of a
        clock ``clock``, ``to`` (the status that it leads to), ``basis``, ``presumed``, ``reason`` (why its day is not known).
        """
        return _servanda.agenda_table(self._raw, first, last, only)

    def parts_table(self, commitment: str, **only: Unpack[Filter]) -> _servanda.Table:
        """The parts of a commitment, and the parts of its parts. Raises `UnknownError` (``unknown-commitment``).

        Columns: ``commitment``, ``title``, ``depth``, ``phase``, ``presumed``, ``verdict``, ``reason``.
        """
        return _servanda.parts_table(self._raw, commitment, only)

    def stale_table(self, days: int, **only: Unpack[Filter]) -> _servanda.Table:
        """The commitments to which nothing has happened for at least so many days.

        Columns: ``commitment``, ``title``, ``last`` (day), ``days``, ``status``, ``status_title``, ``phase``, ``presumed``, ``verdict``, ``reason``.
        """
        return _servanda.stale_table(self._raw, days, only)

    def conflicts_table(self) -> _servanda.Table:
        """The entries that do not fit with the others. Columns: ``entry``, ``code``, ``text``."""
        return _servanda.conflicts_table(self._raw)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream of `table()`."""
        return self.table().__arrow_c_stream__(requested_schema)
