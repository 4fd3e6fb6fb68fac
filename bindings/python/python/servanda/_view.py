"""Views: a ledger as of a day and as known at a moment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar, overload

from . import _html, _servanda
from ._answers import Agenda, Bodies, Changes, Parts, Stale
from ._entry import Entry, Logged
from ._errors import InvalidError, ServandaError, UnknownError, _made
from ._facts import Appendable, _draft
from ._filter import Filter, LogFilter
from ._model import Party, Topic
from ._picture import Picture
from ._procedure import Procedure
from ._progress import Progress, _callback
from ._standing import Conflict, Outlook, Standing, Summary
from ._tables import Table
from ._value import _moment

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]
    import polars
    from typing_extensions import Unpack

_Default = TypeVar("_Default")


class View:
    """The entries of a tracker as of a day and as known at a moment. It never changes.

    A view can be iterated over: it yields the standings in the order of their ids. It has a length,
    and `view["jp/tpp"]` is a standing. For data frame libraries a view is the table of its
    standings (see `table`): `polars.DataFrame(view)`. A notebook shows it as a table.

    Every method raises `PlaceError` or `DamagedError` if the ledger cannot be read.
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
        """The day. The view shows the end of this day."""
        return datetime.date.fromisoformat(self._raw.day())

    @property
    def known_at(self) -> datetime.datetime | None:
        """The moment of knowledge, inclusive. None for all entries."""
        moment = self._raw.moment()
        return None if moment is None else _moment(moment)

    @property
    def as_published(self) -> datetime.date | None:
        """The day by which an entry must have been published. None for all entries."""
        day = self._raw.published()
        return None if day is None else datetime.date.fromisoformat(day)

    def as_of(
        self,
        *,
        on: datetime.date | str | None = None,
        known_at: datetime.datetime | datetime.date | str | None = None,
        as_published: datetime.date | str | None = None,
    ) -> View:
        """The same entries on another day, or as they were known or published earlier. See
        `Tracker.view`.

        >>> import servanda
        >>> from datetime import date
        >>> view = servanda.memory("desk").view(on=date(2013, 6, 1))
        >>> view.as_of(known_at="2013-06-01T14:00:00+02:00")
        <servanda.View on 2013-06-01, known at 2013-06-01T12:00:00+00:00>
        """
        return View._of(self._raw.as_of(on, known_at, as_published))

    def in_languages(self, *languages: str) -> View:
        """The same view, with names in the first of these languages in which each is known.

        A region, such as that of ``de-ch``, falls back to the language without one. Without any of
        the languages, a name stays as it is.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> _ = tracker.register(servanda.Commitment(
        ...     "xx/bill", "A bill", procedure="action", by="xx", made="2013-01-18", obligation=None, words=None,
        ...     language="en", titles={"ja": "法案"},
        ... ))
        >>> tracker.view().in_languages("fr", "ja").standing("xx/bill").title
        '法案'
        """
        return View._of(self._raw.in_languages(languages))

    def resolve(self, name: str) -> str:
        """The id of the commitment that a text names: an id, or ``SCHEME=VALUE``.

        Raises `UnknownError` (``unknown-identifier``, ``ambiguous-identifier``).
        """
        return self._raw.resolve(name)

    def with_entries(self, entries: Iterable[Entry]) -> View:
        """The same view with more entries, such as those of `Tracker.prepare`."""
        return View._of(self._raw.with_entries([entry.to_json() for entry in entries]))

    def standing(self, commitment: str, *, links: bool = False) -> Standing:
        """The standing of one commitment.

        With `links`, its `linked_from` has the links of other commitments to it. Of a database, the
        whole ledger is then read.

        Raises `UnknownError` (``unknown-commitment``) if it is not registered in this view.

        >>> import servanda
        >>> servanda.memory("desk").view().standing("jp/hague-convention")
        Traceback (most recent call last):
        ...
        servanda.UnknownError: jp/hague-convention is not registered on this ledger; register it first, or ask as of a later moment
        """
        raw = self._raw
        return Standing._of(raw.standing_with_links(commitment) if links else raw.standing(commitment))

    def timeline(self, commitment: str, *, width: int = 640, columns: int = 80) -> Picture:
        """The history of one commitment as a picture, with time running down.

        It has the steps, clocks, deadlines and corrections, the day of the view, and what lies
        ahead. The SVG is `width` pixels wide, and the text at most `columns` wide.

        Raises `UnknownError` (``unknown-commitment``) if it is not registered in this view.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> _ = tracker.register(servanda.Commitment(
        ...     "xx/bill", "An invented bill", procedure="action", by="xx", made="2013-01-18", obligation=None,
        ...     words=None,
        ... ))
        >>> print(tracker.view(on="2013-02-01").timeline("xx/bill"))
        An invented bill
        <BLANKLINE>
        2013-01-18  ◇  Planned
                    │  begins
        2013-02-01 ─┼─ No verdict
                       as of this day
        """
        return Picture._of(self._raw.timeline(commitment, width, columns))

    def tally(self, *, width: int = 640, columns: int = 80, **only: Unpack[Filter]) -> Picture:
        """The verdicts on the commitments that match a `Filter`, as one bar with numbers."""
        return Picture._of(self._raw.tally(only, width, columns))

    @overload
    def get(self, commitment: str) -> Standing | None: ...
    @overload
    def get(self, commitment: str, default: _Default) -> Standing | _Default: ...
    def get(self, commitment: str, default: object = None) -> object:
        """The standing of one commitment, or a default if it is not registered in this view.

        >>> import servanda
        >>> servanda.memory("desk").view().get("jp/hague-convention") is None
        True
        """
        try:
            return self.standing(commitment)
        except (InvalidError, UnknownError):
            return default

    def standings(self, *, progress: Progress | None = None, **only: Unpack[Filter]) -> list[Standing]:
        """The standings of all commitments that match a `Filter`, in the order of their ids.

        `progress` receives the number of commitments done and their total.
        """
        return [Standing._of(text) for text in self._raw.standings(only, _callback(progress))]

    def summaries(self, *, progress: Progress | None = None, **only: Unpack[Filter]) -> list[Summary]:
        """The summaries of all commitments that match a `Filter`, in the order of their ids.

        They are faster than `standings`, because they leave out the history and the outlook.
        """
        return [Summary._of(text) for text in self._raw.summaries(only, _callback(progress))]

    def agenda(self, *, first: datetime.date | str, last: datetime.date | str, **only: Unpack[Filter]) -> Agenda:
        """The deadlines that end and the clocks that fire from one day to another, inclusive.

        It has the deadlines in force on the day of the view, and the clocks that fire if nothing
        more is recorded.
        """
        return Agenda._of(self._raw.agenda(first, last, only))

    def changes_since(self, before: View, **only: Unpack[Filter]) -> Changes:
        """The differences from another view: of another day, another moment, or another tracker.

        A commitment is included if it matches the `Filter` in either view.
        """
        return Changes._of(self._raw.changes_since(before._raw, only))

    def parts(self, commitment: str, **only: Unpack[Filter]) -> Parts:
        """The parts of a commitment, and their parts.

        Raises `UnknownError` (``unknown-commitment``).
        """
        return Parts._of(self._raw.parts(commitment, only))

    def stale(self, days: int, **only: Unpack[Filter]) -> list[Stale]:
        """The open commitments without any event for at least `days` days, longest first."""
        return [Stale._of(text) for text in self._raw.stale(days, only)]

    def bodies(self, **only: Unpack[Filter]) -> Bodies:
        """The responsible bodies, with the number of their commitments by phase and verdict.

        >>> import servanda
        >>> len(servanda.memory("desk").view().bodies())
        0
        """
        return Bodies._of(self._raw.bodies(only))

    def outlook(self, commitment: str, *, to: str | None = None) -> Outlook:
        """The possible next steps of one commitment.

        With `to`, the answer says whether a step to that status is possible on the day of the view.
        Raises `UnknownError` (``unknown-commitment``).
        """
        return Outlook._of(self._raw.outlook(commitment, to))

    def why_not(self, commitment: str, to: str) -> ServandaError | None:
        """The reason why a step to a status is not possible on the day of the view, without
        sources.

        It returns the error that an append would raise, or None if the step is possible. Raises
        `InvalidError` if the status is not well-formed.
        """
        refusal = self._raw.why_not(commitment, to)
        return None if refusal is None else _made(*refusal)

    def check(self, *appended: Appendable) -> None:
        """Raises the error that appending these facts together to this view would raise."""
        self._raw.check([_draft(one) for one in appended])

    def log(self, **only: Unpack[LogFilter]) -> list[Logged]:
        """The entries that match a `LogFilter`, the most recently recorded first.

        The day of the view does not matter. As known at a moment, the log has what was recorded by
        then, with the retractions of that time.

        >>> import servanda
        >>> tracker = servanda.memory("desk", now="2013-01-18T09:00:00.000000Z")
        >>> _ = tracker.define(servanda.Party("jp", {"en": "Japan"}))
        >>> [(logged.entry.kind, logged.entry.recorded_by) for logged in tracker.view().log()]
        [('define', 'desk')]
        """
        return [Logged._of(text) for text in self._raw.log(only)]

    def conflicts(self) -> list[Conflict]:
        """All entries that contradict other entries."""
        return [Conflict._of(text) for text in self._raw.conflicts()]

    def procedures(self) -> list[Procedure]:
        """The procedures on the ledger, by id and version."""
        return [Procedure._of(text) for text in self._raw.procedures()]

    def procedure(self, id: str) -> Procedure:
        """The newest version of a procedure, on the ledger or built in.

        Raises `UnknownError` (``no-procedure``).
        """
        return Procedure._of(self._raw.procedure(id))

    def topics(self) -> list[Topic]:
        """The topics with a name on the ledger, by id."""
        return [Topic._of(text) for text in self._raw.topics()]

    def parties(self) -> list[Party]:
        """The parties on the ledger, by id."""
        return [Party._of(text) for text in self._raw.parties()]

    def table(self, **only: Unpack[Filter]) -> Table:
        """The standings as a table. A view itself is the table of all its standings.

        Columns: ``commitment``, ``title``, ``by`` and ``to`` (lists), ``obligation``, ``words``,
        ``made``, ``made_first`` and ``made_last``, ``procedure``, ``status``, ``status_title`` (in
        English), ``phase``, ``since``, ``since_first`` and ``since_last``, ``may_have`` (the list of
        statuses that it may have reached since), ``presumed``, ``verdict``, ``timeliness``,
        ``overdue``, ``deadline``, ``deadline_first`` and ``deadline_last``, ``reason`` (why status,
        phase or verdict are null), ``corrections`` (the number of entries that were retracted),
        ``part_of``, ``responsible`` and ``topics`` (lists), ``on`` (day), ``known_at``
        (moment) and ``as_published`` (day).

        A date that may be imprecise is three columns: ``since`` is its text, as precise as it is
        known (``2013-02-28``, ``2013-02``, ``2013`` or ``[2013-02-10..2013-02-14]``), and
        ``since_first`` and ``since_last`` are the first and the last day that it can mean. The two
        are equal if the day is known.

        >>> import servanda
        >>> servanda.memory("desk").view().table(phase="stalled").columns[:3]
        ['commitment', 'title', 'by']
        """
        return Table._of(_servanda.standings_table(self._raw, only))

    def steps_table(self, **only: Unpack[Filter]) -> Table:
        """The histories of the commitments: one row for each step, in the order of ids and steps.

        Columns: ``commitment``, ``title`` (of the commitment), ``nth`` (the number of the step,
        from 1 for the opening), ``status``, ``status_title`` (in English), ``phase``, ``on`` (as
        recorded), ``on_first`` and ``on_last`` (the first and the last day that it can mean),
        ``by``, ``basis``, ``clock``, ``presumed``, ``entry``, ``sources`` (list of URLs), ``note``,
        ``recorded_at`` (moment), ``recorded_by``.
        """
        return Table._of(_servanda.steps_table(self._raw, only))

    def changes_table(self, before: View, **only: Unpack[Filter]) -> Table:
        """The differences from another view: one row for each member of a standing that differs.

        A member that is a list has one row for each element that differs.

        Columns: ``commitment``, ``title``, ``member`` (``status``, ``verdict``, ``steps``, …),
        ``kind`` (``shifted``, or for lists ``added``, ``altered``, ``removed``), ``before`` and
        ``after`` (text, or JSON for objects).
        """
        return Table._of(_servanda.changes_table(self._raw, before._raw, only))

    def agenda_table(self, *, first: datetime.date | str, last: datetime.date | str, **only: Unpack[Filter]) -> Table:
        """The agenda from one day to another, inclusive.

        Columns: ``day`` (as precise as it is known), ``day_first`` and ``day_last`` (the first and
        the last day that it can mean), ``commitment``, ``title``, ``phase``, ``verdict``,
        ``timeliness``, ``deadline`` (null for a clock), and for a clock ``clock``, ``to`` (status),
        ``basis``, ``presumed``, ``reason`` (why its day is not known). If the day is not known,
        ``day`` and ``day_last`` are null, and ``day_first`` is the earliest possible day.
        """
        return Table._of(_servanda.agenda_table(self._raw, first, last, only))

    def parts_table(self, commitment: str, **only: Unpack[Filter]) -> Table:
        """The parts of a commitment, and their parts. Raises `UnknownError`
        (``unknown-commitment``).

        Columns: ``commitment``, ``title``, ``depth``, ``phase``, ``presumed``, ``verdict``,
        ``timeliness``, ``reason``.
        """
        return Table._of(_servanda.parts_table(self._raw, commitment, only))

    def bodies_table(self, **only: Unpack[Filter]) -> Table:
        """The responsible bodies, with the number of their commitments.

        Columns: ``body``, ``count``, ``presumed``; by phase ``planned``, ``active``, ``stalled``,
        ``achieved``, ``failed`` and ``superseded``; by verdict ``kept``, ``partly_kept`` and
        ``broken``; and ``overdue``.
        """
        return Table._of(_servanda.bodies_table(self._raw, only))

    def stale_table(self, days: int, **only: Unpack[Filter]) -> Table:
        """The open commitments without any event for at least `days` days.

        Columns: ``commitment``, ``title``, ``last`` (day), ``days``, ``status``, ``status_title``,
        ``phase``, ``presumed``, ``verdict``, ``timeliness``, ``reason``.
        """
        return Table._of(_servanda.stale_table(self._raw, days, only))

    def conflicts_table(self) -> Table:
        """The entries that contradict other entries. Columns: ``entry``, ``code``, ``text``."""
        return Table._of(_servanda.conflicts_table(self._raw))

    def log_table(self, **only: Unpack[LogFilter]) -> Table:
        """The log as a table: the entries that match a `LogFilter`, the newest first.

        Columns: those of `Tracker.table` (``id``, ``recorded_at``, ``recorded_by``, ``commitment``,
        ``kind``, ``on``, ``on_first``, ``on_last``, ``to``, ``by``, ``title``, ``note``, ``sources``,
        ``about``, ``line``), and for an entry that was retracted ``retraction`` (the entry that
        retracts it), ``retracted_at``, ``retracted_by`` and ``reason``.
        """
        return Table._of(_servanda.log_table(self._raw, only))

    def to_pandas(self, **only: Unpack[Filter]) -> pandas.DataFrame:
        """The standings as a pandas data frame: `table(…).to_pandas()`."""
        return self.table(**only).to_pandas()

    def to_polars(self, **only: Unpack[Filter]) -> polars.DataFrame:
        """The standings as a polars data frame: `table(…).to_polars()`."""
        return self.table(**only).to_polars()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream of `table()`."""
        return self.table().__arrow_c_stream__(requested_schema)

    def __getitem__(self, commitment: str) -> Standing:
        return self.standing(commitment)

    def __contains__(self, commitment: object) -> bool:
        return isinstance(commitment, str) and self.get(commitment) is not None

    def __iter__(self) -> Iterator[Standing]:
        return map(self.standing, self._raw.commitments())

    def __len__(self) -> int:
        return len(self._raw.commitments())

    def __bool__(self) -> bool:
        return True

    def _repr_html_(self) -> str:
        summaries = self.summaries()
        shown = summaries[: _html.MAX_ROWS]
        rows = [
            [
                _html.text(summary.commitment),
                _html.text(summary.title),
                _html.status(summary.status_title, summary.may_have, presumed=summary.presumed),
                _html.nowrap(summary.since),
                _html.text(summary.phase),
                _html.verdict(summary.verdict),
                _html.timeliness(summary.timeliness),
                _html.nowrap(summary.deadline),
            ]
            for summary in shown
        ]
        heads = ["Commitment", "Title", "Status", "Since", "Phase", "Verdict", "Timeliness", "Deadline"]
        count = _html.counted(len(summaries), "commitment", len(shown))
        return _html.page(f"{_html.as_of(self.on, self.known_at, self.as_published)}: {count}", _html.table(heads, rows))

    def __repr__(self) -> str:
        known = "" if self.known_at is None else f", known at {self.known_at.isoformat()}"
        published = "" if self.as_published is None else f", as published by {self.as_published.isoformat()}"
        return f"<servanda.View on {self.on.isoformat()}{known}{published}>"
