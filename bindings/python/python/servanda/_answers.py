"""The answers about many commitments: agendas, changes, parts, stale commitments."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from . import _html
from ._commitment import Target
from ._model import Identifier, Words
from ._procedure import ProcedureRef
from ._standing import (
    Repinned,
    Assigned,
    Conflict,
    Deposited,
    FutureEvent,
    Linked,
    Measured,
    PossibleStep,
    Remarked,
    RetractedEntry,
    RunningClock,
    SetDeadline,
    Step,
)
from ._value import Container, T, Value
from ._words import Date, Deadline, Obligation, Phase, Timeliness, Verdict


class AgendaItem(Value, init=False):
    """An item of an agenda: a clock that fires or a deadline that ends."""

    day: datetime.date | Date
    """The day on which the clock fires, as precise as it is known, or the last day of the
    deadline."""
    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    what: RunningClock | SetDeadline
    """The clock, which fires if nothing more is recorded, or the deadline."""
    phase: Phase | None
    """The phase as of the view. None if it is not known."""
    verdict: Verdict | None
    """The verdict as of the view, if there is one."""
    timeliness: Timeliness | None
    """The timeliness as of the view, if there is a deadline."""

    __match_args__ = ("day", "commitment", "what")

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            [(kind, members)] = self._members[name].items()
            return {"clock": RunningClock, "deadline": SetDeadline}[kind]._from(members)
        return super()._read(name, reader)

    def _html_row(self) -> list[str]:
        if isinstance(self.what, SetDeadline):
            what = f"Deadline {_html.nowrap(self.what.deadline)}"
        else:
            what = _html.title(self.what.title, presumed=self.what.presumed)
        return [_html.nowrap(self.day), *_html_of(self), what]


class UnknownDay(Value, init=False):
    """A clock that may fire within the days of an agenda, on a day that is not known."""

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    clock: RunningClock
    """The clock, with the reason why its day is not known."""
    earliest: datetime.date
    """The earliest day on which it may fire."""
    phase: Phase | None
    """The phase as of the view. None if it is not known."""
    verdict: Verdict | None
    """The verdict as of the view, if there is one."""
    timeliness: Timeliness | None
    """The timeliness as of the view, if there is a deadline."""

    __match_args__ = ("commitment", "earliest", "clock")

    def _html_row(self) -> list[str]:
        what = _html.title(self.clock.title, presumed=self.clock.presumed)
        reason = f"<br>{_html.text(self.clock.reason)}" if self.clock.reason else ""
        return [f"unknown, from {_html.nowrap(self.earliest)}", *_html_of(self), what + reason]


def _html_of(item: AgendaItem | UnknownDay) -> list[str]:
    judged = [_html.verdict(item.verdict), _html.timeliness(item.timeliness)]
    return [_html.text(item.commitment), _html.text(item.title), _html.text(item.phase), *judged]


class Agenda(Value, init=False):
    """The clocks and deadlines of some days, in the order of days and ids.

    It can be iterated over, and has a length.
    """

    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    items: tuple[AgendaItem, ...]
    """The items, in the order of days and ids."""
    unknown: tuple[UnknownDay, ...]
    """The clocks whose day is not known, in the order of their earliest days and ids."""
    future: tuple[FutureEvent, ...]
    """The events that were recorded in advance for later dates, and that lie in these days or may."""

    __match_args__ = ("first", "last", "items", "unknown")

    def __iter__(self) -> Iterator[AgendaItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _repr_html_(self) -> str:
        rows = [item._html_row() for item in self.items] + [clock._html_row() for clock in self.unknown]
        count = _html.counted(len(rows), "item", min(len(rows), _html.MAX_ROWS))
        heading = f"{_html.nowrap(self.first)} to {_html.nowrap(self.last)}: {count}<br>"
        heads = ["Day", "Commitment", "Title", "Phase", "Verdict", "Timeliness", "Next"]
        return _html.page(heading + _html.as_of(self.on, self.known_at, self.as_published), _html.table(heads, rows[: _html.MAX_ROWS]))


class Shift(Container[T], init=False):
    """A value that differs between two views."""

    after: T
    """The value in the new view."""
    before: T
    """The value in the old view."""

    __match_args__ = ("before", "after")


class Delta(Container[T], init=False):
    """The difference between two lists. It is false if there is none."""

    added: tuple[T, ...]
    """The elements that are new."""
    altered: tuple[Shift[T], ...]
    """The elements that differ."""
    removed: tuple[T, ...]
    """The elements that are gone."""

    __match_args__ = ("added", "altered", "removed")

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.removed)


class Registration(Value, init=False):
    """The parts of a registration that later entries cannot change."""

    by: tuple[str, ...]
    """The parties that made it."""
    to: tuple[str, ...]
    """The parties it was made to."""
    made: datetime.date | Date
    """When it was made: a `Date` if only the month, year or range is known."""
    obligation: Obligation | None
    """The legal weight of the words. None for a matter without a promise."""
    words: Words | None
    """The exact words, with their source. None for a matter without a promise."""
    part_of: str | None
    """The commitment that this one is a part of."""
    pin: ProcedureRef
    """The reference to the procedure: its id, version and digest."""
    target: Target | None
    """The target, in numbers."""

    __match_args__ = ("by", "made", "obligation")


class Naming(Value, init=False):
    """The names of a commitment, apart from its title."""

    identifiers: tuple[Identifier, ...]
    """Its identifiers in other systems."""
    language: str | None
    """The language of its title. None if no entry says so."""
    titles: Mapping[str, str]
    """Its title in other languages."""

    __match_args__ = ("identifiers", "titles")


class Change(Value, init=False):
    """The differences between two standings of one commitment.

    A member that does not differ is None, or an empty `Delta`.
    """

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment, in the new view if it is registered there."""
    status: Shift[str | None] | None
    """The status."""
    phase: Shift[Phase | None] | None
    """The phase."""
    verdict: Shift[Verdict | None] | None
    """The verdict."""
    timeliness: Shift[Timeliness | None] | None
    """The timeliness."""
    since: Shift[datetime.date | Date | None] | None
    """The date of the step to the status."""
    presumed: Shift[bool] | None
    """Whether the status is presumed."""
    reason: Shift[str | None] | None
    """The reason why status, phase or verdict is None."""
    deadline: Shift[Deadline | None] | None
    """The deadline in force."""
    renamed: Shift[str] | None
    """The title of the commitment."""
    named: Shift[Naming | None] | None
    """The identifiers, and the titles in other languages."""
    topics: Shift[tuple[str, ...]] | None
    """The topics."""
    registered: Shift[Registration | None] | None
    """The registration. None in a view in which the commitment is not registered."""
    steps: Delta[Step]
    """The steps of its history."""
    deadlines: Delta[SetDeadline]
    """The deadlines that were set."""
    may_have: Delta[PossibleStep]
    """The steps that may have been taken by the day of the view."""
    clocks: Delta[RunningClock]
    """The clocks that fire if nothing more is recorded."""
    remarks: Delta[Remarked]
    """The events that did not change the status."""
    deposits: Delta[Deposited]
    """The instruments that parties deposited."""
    responsible: Delta[Assigned]
    """The bodies that are responsible."""
    may_be_responsible: Delta[Assigned]
    """The bodies that may be responsible, because a date is imprecise."""
    measurement: Shift[Measured | None] | None
    """The latest measurement."""
    links: Delta[Linked]
    """The relations of other commitments to it."""
    conflicts: Delta[Conflict]
    """The entries about it that contradict other entries."""
    repins: Delta[Repinned]
    """The moves to other procedures."""
    retracted: Delta[RetractedEntry]
    """The entries that were retracted, with who retracted them, when and why. Those that are added
    explain what else has changed."""

    __match_args__ = ("commitment", "status", "verdict")


class AsOf(Value, init=False):
    """The day and the moment of a view."""

    on: datetime.date
    """The day."""
    known_at: datetime.datetime | None
    """The moment of knowledge. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""

    __match_args__ = ("on", "known_at")


class Changes(Value, init=False):
    """The differences between two views, in the order of the ids of the commitments.

    It can be iterated over, and has a length.
    """

    before: AsOf
    """The old view: the argument of `View.changes_since`."""
    after: AsOf
    """The new view."""
    commitments: tuple[Change, ...]
    """The commitments that differ, in the order of their ids."""

    __match_args__ = ("before", "after", "commitments")

    def __iter__(self) -> Iterator[Change]:
        return iter(self.commitments)

    def __len__(self) -> int:
        return len(self.commitments)


class Part(Value, init=False):
    """One part of a commitment."""

    commitment: str
    """The part."""
    title: str
    """The title of the part."""
    depth: int
    """The depth: 1 for a part of the commitment itself, 2 for a part of such a part."""
    phase: Phase | None
    """The phase. None if it is not known."""
    verdict: Verdict | None
    """The verdict. None before the commitment was made, if the status is not known, and for a
    matter without a promise."""
    timeliness: Timeliness | None
    """How the verdict relates to the deadline, if there is one."""
    presumed: bool
    """Whether the status is presumed: it rests on the unconfirmed absence of an entry."""
    reason: str | None
    """The reason why phase or verdict is None."""

    __match_args__ = ("commitment", "depth", "phase", "verdict")


class Parts(Value, init=False):
    """The parts of a commitment, and their parts, with counts. The counts are not a verdict.

    It can be iterated over, and has a length.
    """

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    count: int
    """The number of parts."""
    presumed: int
    """The number of parts whose status is presumed."""
    phases: Mapping[str, int]
    """The number of parts in each phase. ``not-yet`` counts parts whose history opens later, and
    ``unknown`` parts whose phase is not known."""
    verdicts: Mapping[str, int]
    """The number of parts with each verdict, with ``not-yet`` and ``unknown``. ``none`` counts
    matters without a promise."""
    timeliness: Mapping[str, int]
    """The number of parts with each timeliness. Parts without a deadline are not counted."""
    parts: tuple[Part, ...]
    """The parts. Each comes before its own parts, and siblings are in the order of their ids."""

    __match_args__ = ("commitment", "count", "phases", "verdicts")

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def __len__(self) -> int:
        return self.count

    def _repr_html_(self) -> str:
        shown = self.parts[: _html.MAX_ROWS]
        rows = [
            [
                f'<span style="padding-left:{part.depth - 1}em">{_html.text(part.commitment)}</span>',
                _html.text(part.title),
                _html.text(part.phase) + (" (presumed)" if part.presumed else ""),
                _html.verdict(part.verdict),
                _html.timeliness(part.timeliness),
                _html.text(part.reason),
            ]
            for part in shown
        ]
        judged = _html.counts(self.verdicts)
        if deadlines := _html.counts(self.timeliness):
            judged += f"; deadlines: {deadlines}"
        heading = f"<strong>{_html.text(self.title)}</strong> ({_html.text(self.commitment)})<br>"
        heading += f"{_html.as_of(self.on, self.known_at, self.as_published)}: {_html.counted(self.count, 'part', len(shown))}"
        heads = ["Part", "Title", "Phase", "Verdict", "Timeliness", "Reason"]
        return _html.page(f"{heading}<br>{judged}", _html.table(heads, rows))


class BodyTotals(Value, init=False):
    """The commitments for which one body is responsible, counted."""

    body: str
    """The body."""
    count: int
    """The number of commitments."""
    presumed: int
    """The number of commitments whose status is presumed."""
    phases: Mapping[str, int]
    """The number of commitments in each phase, as in `Parts`."""
    verdicts: Mapping[str, int]
    """The number of commitments with each verdict, as in `Parts`."""
    timeliness: Mapping[str, int]
    """The number of commitments with each timeliness, as in `Parts`."""

    __match_args__ = ("body", "count", "phases", "verdicts")


class Bodies(Value, init=False):
    """The responsible bodies, with counts of their commitments.

    A commitment with several bodies counts for each of them. It can be iterated over, and has a
    length.
    """

    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    count: int
    """The number of commitments, each once."""
    without: int
    """The number of commitments for which no body is certainly responsible."""
    bodies: tuple[BodyTotals, ...]
    """The bodies, in the order of their ids."""

    __match_args__ = ("count", "bodies")

    def __iter__(self) -> Iterator[BodyTotals]:
        return iter(self.bodies)

    def __len__(self) -> int:
        return len(self.bodies)


class Stale(Value, init=False):
    """A commitment that has had no progress for some time."""

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    last: datetime.date
    """The day of the last event."""
    days: int
    """The number of days since then."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    status: str | None
    """The status. None if it is not known."""
    status_title: Mapping[str, str] | None
    """The title of the status by language."""
    phase: Phase | None
    """The phase. None if it is not known."""
    verdict: Verdict | None
    """The verdict. None before the commitment was made, if the status is not known, and for a
    matter without a promise."""
    timeliness: Timeliness | None
    """How the verdict relates to the deadline, if there is one."""
    presumed: bool
    """Whether the status is presumed: it rests on the unconfirmed absence of an entry."""
    reason: str | None
    """The reason why status, phase or verdict is None."""

    __match_args__ = ("commitment", "days", "last")
