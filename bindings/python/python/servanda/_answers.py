"""The answers about many commitments at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from ._model import Words
from ._procedure import Pin
from ._standing import Conflict, Deposited, Linked, Remarked, RunningClock, SetDeadline, Step
from ._value import Holding, T, Value
from ._words import Deadline, Obligation, Phase, Verdict


class AgendaItem(Value, init=False):
    """One thing that lies ahead."""

    day: datetime.date
    """The day: of a deadline the last that it can mean."""
    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    what: RunningClock | SetDeadline
    """The clock that fires, if nothing happens before, or the deadline that ends."""
    phase: Phase | None
    """The phase as of the view, if known."""
    verdict: Verdict | None
    """The verdict as of the view, if there is one."""

    __match_args__ = ("day", "commitment", "what")

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            [(kind, members)] = self._members[name].items()
            return {"clock": RunningClock, "deadline": SetDeadline}[kind]._from(members)
        return super()._read(name, reader)


class UnknownDay(Value, init=False):
    """A clock that runs and may fire within the span, where the calendar does not say when."""

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    clock: RunningClock
    """The clock, with the reason why its day is not known."""
    earliest: datetime.date
    """The earliest day on which it may fire."""
    phase: Phase | None
    """The phase as of the view, if known."""
    verdict: Verdict | None
    """The verdict as of the view, if there is one."""

    __match_args__ = ("commitment", "earliest", "clock")


class Agenda(Value, init=False):
    """What lies within a span of days, as of a view: its items by day, then by commitment. It can be iterated over, and has a length."""

    first: datetime.date
    """The first day of the span."""
    last: datetime.date
    """The last day of the span."""
    on: datetime.date
    """The day as of which deadlines are in force and clocks run."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""
    items: tuple[AgendaItem, ...]
    """What lies within it, by day, then by commitment."""
    unknown: tuple[UnknownDay, ...]
    """The clocks that may fire within the span, though nobody knows when: by the earliest day, then by commitment."""

    __match_args__ = ("first", "last", "items", "unknown")

    def __iter__(self) -> Iterator[AgendaItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Shift(Holding[T], init=False):
    """Something that is not as it was."""

    after: T
    """As it is."""
    before: T
    """As it was."""

    __match_args__ = ("before", "after")


class Delta(Holding[T], init=False):
    """What differs between two lists. It is false if nothing does."""

    added: tuple[T, ...]
    """What was not there before."""
    altered: tuple[Shift[T], ...]
    """What was there before and reads otherwise now."""
    removed: tuple[T, ...]
    """What is no longer there."""

    __match_args__ = ("added", "altered", "removed")

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.removed)


class Registration(Value, init=False):
    """What the registration of a commitment says, and later entries cannot change."""

    by: tuple[str, ...]
    """Who commits."""
    to: tuple[str, ...]
    """To whom."""
    made: datetime.date
    """The day the word was given."""
    obligation: Obligation
    """The legal weight of the words."""
    words: Words
    """The words used, with their source."""
    part_of: str | None
    """The commitment of which this is one piece."""
    pin: ProcedureRef
    """The procedure's version and digest."""

    __match_args__ = ("by", "made", "obligation")


class Change(Value, init=False):
    """What differs between two standings of one commitment. What does not differ is none, or an empty `Delta`."""

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about, as the view asked has it if it was registered there."""
    status: Shift[str | None] | None
    """The status."""
    phase: Shift[Phase | None] | None
    """The phase."""
    verdict: Shift[Verdict | None] | None
    """The verdict."""
    since: Shift[datetime.date | None] | None
    """Since when it has its status."""
    presumed: Shift[bool] | None
    """Whether the status is presumed."""
    reason: Shift[str | None] | None
    """Why status, phase or verdict are absent."""
    deadline: Shift[Deadline | None] | None
    """The deadline in force."""
    renamed: Shift[str] | None
    """What the commitment is about, if that is worded anew."""
    topics: Shift[tuple[str, ...]] | None
    """What it can be found under."""
    registered: Shift[Registration | None] | None
    """What its registration says; none where it was not registered."""
    steps: Delta[Step]
    """The steps of its history."""
    deadlines: Delta[SetDeadline]
    """The deadlines that were set."""
    clocks: Delta[RunningClock]
    """The clocks that run."""
    remarks: Delta[Remarked]
    """What happened and moved nothing."""
    deposits: Delta[Deposited]
    """The instruments deposited."""
    links: Delta[Linked]
    """What other commitments are to it."""
    conflicts: Delta[Conflict]
    """The entries about it that do not fit."""

    __match_args__ = ("commitment", "status", "verdict")


class AsOf(Value, init=False):
    """The day and the moment of a view."""

    on: datetime.date
    """The day asked about."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""

    __match_args__ = ("on", "known_at")


class Changes(Value, init=False):
    """What differs between two views: the commitments of which something does, by id. It can be iterated over, and has a length."""

    before: AsOf
    """The view it is compared with."""
    after: AsOf
    """The view asked."""
    commitments: tuple[Change, ...]
    """The commitments of which something differs, in the order of their ids."""

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
    """What it is about."""
    depth: int
    """How deep it lies: 1 for a part of the commitment itself, 2 for a part of such a part."""
    phase: Phase | None
    """The phase, if known."""
    verdict: Verdict | None
    """The verdict, once the word has been given and if the status is known."""
    presumed: bool
    """Whether the status rests on the absence of an entry that nothing confirms."""
    reason: str | None
    """Why phase or verdict are absent, if one of them is."""

    __match_args__ = ("commitment", "depth", "phase", "verdict")


class Parts(Value, init=False):
    """How the parts of a commitment stand, and the parts of its parts: counts, never a verdict of their own."""

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    on: datetime.date
    """The day asked about."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""
    count: int
    """How many parts are counted."""
    presumed: int
    """How many of the statuses are presumed."""
    phases: Mapping[str, int]
    """How many are in each phase; ``not-yet`` are those whose history opens later, ``unknown`` those of which it is not known."""
    verdicts: Mapping[str, int]
    """How many have each verdict, likewise."""
    parts: tuple[Part, ...]
    """The parts that are counted: each before its own parts, those of one whole in the order of their ids."""

    __match_args__ = ("commitment", "count", "phases", "verdicts")

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def __len__(self) -> int:
        return self.count


class Stale(Value, init=False):
    """A commitment to which nothing has happened for some time."""

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    last: datetime.date
    """The last day on which something happened."""
    days: int
    """How many days have passed since."""
    on: datetime.date
    """The day asked about."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""
    status: str | None
    """The status, if known."""
    status_title: Mapping[str, str] | None
    """What the status is called, by language."""
    phase: Phase | None
    """The phase, if known."""
    verdict: Verdict | None
    """The verdict, once the word has been given and if the status is known."""
    presumed: bool
    """Whether the status rests on the absence of an entry that nothing confirms."""
    reason: str | None
    """Why status, phase or verdict are absent, if one of them is."""

    __match_args__ = ("commitment", "days", "last")
