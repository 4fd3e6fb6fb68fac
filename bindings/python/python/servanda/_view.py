"""A ledger as of a day and a moment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypedDict

from . import _servanda
from ._entry import Entry
from ._errors import InvalidError, ServandaError, UnknownError, _made
from ._facts import Appended, _raw
from ._model import Party
from ._procedure import Procedure
from ._progress import Progress, _reporter
from ._questions import Agenda, Changes, Parts, Stale
from ._standing import Brief, Conflict, Outlook, Standing
from ._tables import Tabular
from ._value import _moment
from ._words import Obligation, Phase, Verdict

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Filter(TypedDict, total=False):
    """Which commitments a question is about: those that have everything that is given, as keyword arguments."""

    party: str
    """By or to this party."""
    procedure: str
    """Through this procedure."""
    phase: Phase | str
    """In this phase."""
    verdict: Verdict | str
    """With this verdict."""
    obligation: Obligation | str
    """Of this legal weight."""
    topic: str
    """Under this topic."""
    part_of: str
    """A piece of this commitment."""


class View(Tabular):
    """What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.

    It can be iterated over (the standings, in the order of their ids), has a length, and `view["jp/tpp"]` is a standing.
    For data frame libraries it is the table of its standings (see `table`): `polars.DataFrame(view)`. A notebook shows it as a table.

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

        return _html.of_view(self)

    def __repr__(self) -> str:
        known = "" if self.known_at is None else f", known at {self.known_at.isoformat()}"
        return f"<servanda.View on {self.on.isoformat()}{known}>"
