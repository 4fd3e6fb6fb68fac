"""A ledger as of a day and a moment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from . import _servanda
from ._answers import Agenda, Changes, Parts, Stale
from ._entry import Entry
from ._errors import InvalidError, ServandaError, UnknownError, _made
from ._facts import Appended, _raw
from ._filter import Filter
from ._model import Party
from ._procedure import Procedure
from ._progress import Progress, _reporter
from ._standing import Brief, Conflict, Outlook, Standing
from ._value import _moment

if TYPE_CHECKING:
    from typing_extensions import Unpack


class View:
    """What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.

    It can be iterated over (the standings, in the order of their ids), has a length, and `view["jp/tpp"]` is a standing.
    For data frame libraries it is the table of its standings (see `table`): `polars.DataFrame(view)`. A notebook shows it as a table.

    A `Table` has `__arrow_c_stream__`, which polars, pandas, pyarrow, DuckDB and others read: `polars.DataFrame(table)`,
    `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`, `duckdb.sql("from table")`. Its columns are put together in Rust, once, when it is
    asked for, without the interpreter's lock.

    Days are Arrow's `date32`, moments `timestamp[us, UTC]`, counts `int64`, lists `list<utf8>`, and everything else `utf8`. The words of
    phases, verdicts and obligations are dictionaries, which polars and pandas show as categories: all words of the vocabulary in their order,
    the same in every table, so that tables can be put together. What is unknown is null.

    Every method raises `PlaceError` or `DamagedError` if what it needs cannot be read from where the ledger is kept.
    """

    __slots__ = ("_raw", "__weakref__")
    _raw: _servanda.View

    def __init__(self) -> None:
        raise TypeError("views come from a tracker: tracker.view()")

    @classmethod
    def _of(cls, raw: _servanda.View) -> View:
        view = object.__new__(cls)
        view._raw = raw
        return view

    @property
    def on(self) -> datetime.date:
        """The day the view is of: what was the case at its end."""
        return datetime.date.fromisoformat(self._raw.day())

    @property
    def known_at(self) -> datetime.datetime | None:
        """The moment as of which the ledger is read, itself included; all that it holds if none."""
        moment = self._raw.moment()
        return None if moment is None else _moment(moment)

    def as_of(
        self, *, on: datetime.date | str | None = None, known_at: datetime.datetime | str | None = None
    ) -> View:
        """The same view of another day, of another moment, or of both.

        >>> import servanda
        >>> from datetime import date
        >>> view = servanda.memory("desk").view(on=date(2013, 6, 1))
        >>> view.as_of(known_at="2013-06-01T12:00:00.000000Z")
        <servanda.View on 2013-06-01, known at 2013-06-01T12:00:00+00:00>
        """
        return View._of(self._raw.as_of(on, known_at))

    def with_entries(self, entries: Iterable[Entry]) -> View:
        """The same view of a ledger that has these entries too, such as `Tracker.prepare` gives."""
        return View._of(self._raw.with_entries([entry.to_json() for entry in entries]))

    def standing(self, commitment: str) -> Standing:
        """Where one commitment stands. Raises `UnknownError` (``unknown-commitment``) if it was not registered by then.

        >>> import servanda
        >>> servanda.memory("desk").view().standing("jp/hague-convention")
        Traceback (most recent call last):
        ...
        servanda.UnknownError: jp/hague-convention is not registered on this ledger; register it first, or ask as of a later moment
        """
        return Standing._of(self._raw.standing(commitment))

    def standings(self, *, progress: Progress | None = None, **only: Unpack[Filter]) -> list[Standing]:
        """Where every commitment stands that has everything in `only` (see `Filter`), in the order of their ids.

        `progress` is told how many commitments have been looked at, of how many.
        """
        return [Standing._of(text) for text in self._raw.standings(only, _reporter(progress))]

    def briefs(self) -> list[Brief]:
        """Where every commitment stands, in brief, in the order of their ids: the quickest way to see them all."""
        return [Brief._of(text) for text in self._raw.briefs()]

    def agenda(
        self, *, first: datetime.date | str, last: datetime.date | str, **only: Unpack[Filter]
    ) -> Agenda:
        """What lies within a span of days, both included: deadlines in force on the view's day, and the days of clocks that run on it."""
        return Agenda._of(self._raw.agenda(first, last, only))

    def changes_since(self, before: View, **only: Unpack[Filter]) -> Changes:
        """What differs in this view from another: of another day, of another moment, or of a tracker that holds something else.

        Both standings of a commitment are compared if the filter allows either of them.
        """
        return Changes._of(self._raw.changes_since(before._raw, only))

    def parts(self, commitment: str, **only: Unpack[Filter]) -> Parts:
        """How the parts of a commitment stand, and the parts of its parts. Raises `UnknownError` (``unknown-commitment``)."""
        return Parts._of(self._raw.parts(commitment, only))

    def stale(self, days: int, **only: Unpack[Filter]) -> list[Stale]:
        """The commitments to which nothing has happened for at least so many days, and that are not at rest; longest first."""
        return [Stale._of(text) for text in self._raw.stale(days, only)]

    def outlook(self, commitment: str, *, to: str | None = None) -> Outlook:
        """What can happen next to one commitment; with `to`, also whether a step to that status could be taken on the view's day.

        Raises `UnknownError` (``unknown-commitment``).
        """
        return Outlook._of(self._raw.outlook(commitment, to))

    def why_not(self, commitment: str, to: str) -> ServandaError | None:
        """Why the step of a commitment to a status is not possible on the view's day, without sources; none if it is.

        The error is given back, not raised: it is the one with which an append would be refused. Raises `InvalidError` if the status is not
        well-formed.
        """
        refused = self._raw.why_not(commitment, to)
        return None if refused is None else _made(*refused)

    def check(self, *appended: Appended) -> None:
        """Whether these could be appended together, by what had been written down. Raises what an append would raise."""
        self._raw.check([_raw(one) for one in appended])

    def conflicts(self) -> list[Conflict]:
        """Every entry that does not fit with the others."""
        return [Conflict._of(text) for text in self._raw.conflicts()]

    def procedures(self) -> list[Procedure]:
        """The procedures that the ledger has, by id and version."""
        return [Procedure._of(text) for text in self._raw.procedures()]

    def procedure(self, id: str) -> Procedure:
        """The procedure that an id alone means: its newest version, of those that the ledger has and those that are built in.

        Raises `UnknownError` (``no-procedure``).
        """
        return Procedure._of(self._raw.procedure(id))

    def parties(self) -> list[Party]:
        """The parties that the ledger has, by id."""
        return [Party._of(text) for text in self._raw.parties()]

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

    def __getitem__(self, commitment: str) -> Standing:
        return self.standing(commitment)

    def __contains__(self, commitment: object) -> bool:
        if not isinstance(commitment, str):
            return False
        try:
            self._raw.standing(commitment)
        except (InvalidError, UnknownError):
            return False
        return True

    def __iter__(self) -> Iterator[Standing]:
        return map(self.standing, self._raw.commitments())

    def __len__(self) -> int:
        return len(self._raw.commitments())

    def __bool__(self) -> bool:
        return True

    def _repr_html_(self) -> str:
        from . import _html

        shown = list(islice(self, _html.ROWS))
        count = len(self)
        known = "" if self.known_at is None else f", known at {self.known_at.isoformat()}"
        first = f", the first {len(shown)} shown" if len(shown) < count else ""
        title = f"On {self.on.isoformat()}{known}: {count} {'commitment' if count == 1 else 'commitments'}{first}"
        heads = ["Commitment", "Title", "Status", "Since", "Phase", "Verdict", "Deadline"]
        rows = (
            [
                _html.text(standing.commitment),
                _html.text(standing.title),
                standing._status_html(),
                _html.text(standing.since),
                _html.text(standing.phase),
                _html.verdict(standing.verdict),
                _html.text(standing.deadline),
            ]
            for standing in shown
        )
        return _html.page(_html.text(title), _html.table(heads, rows))

    def __repr__(self) -> str:
        known = "" if self.known_at is None else f", known at {self.known_at.isoformat()}"
        return f"<servanda.View on {self.on.isoformat()}{known}>"
