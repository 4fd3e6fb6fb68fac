"""Procedures and calendars: what is declared in files."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from . import _servanda
from ._model import Source
from ._value import Value
from ._words import Basis, Edge, Ending, Phase


class Pin(Value, init=False):
    """Which procedure exactly a commitment goes through: a later edition of the same version cannot take its place."""

    id: str
    """The procedure's id."""
    version: int
    """Its version, from 1."""
    digest: str
    """The digest of its canonical JSON, such as ``sha256:…``."""

    __match_args__ = ("id", "version", "digest")


class Rule(Value):
    """When a clock fires after its start.

    >>> import servanda
    >>> lapse = servanda.Rule.full_days(30, first_day_counts=True, except_recess_of="jp-diet")
    >>> str(lapse)
    'once 30 days have run, the first day counted, recess of jp-diet not counted'
    """

    kind: str
    """Which of the rules it is, such as ``full-days``; ``given`` where a commitment's own registration says."""
    count: int | None
    """How many days or months, from 1."""
    first_day_counts: bool
    """Whether the day of the start is day one."""
    except_recess_of: str | None
    """The calendar whose days of recess are not counted."""
    calendar: str | None
    """The calendar of whose period the close is waited for."""
    ended_by: Ending | None
    """Only if the period ends in this way; if it ends otherwise the clock never fires."""
    of: str | None
    """Which period: the one ``containing`` the day of the start, or the ``next``."""

    __match_args__ = ("kind", "count")

    def __init__(self, kind: str, **members: object) -> None:
        """The rule with this kind and these members; the class methods say which there are.

        Raises `InvalidError` (``invalid-field``) if there is no such rule.
        """
        given = {name: value for name, value in members.items() if value is not None and value is not False}
        self.__dict__["_json"] = _servanda.rule(json.dumps({kind: given} if members else kind))

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name != "_members":
                return super().__getattr__(name)
            # In JSON it is its kind alone, or its kind is the name of its only member.
            read = json.loads(self._json)
            kind, members = (read, {}) if isinstance(read, str) else next(iter(read.items()))
            self.__dict__[name] = {"kind": kind, **members}
            return self.__dict__[name]

    @classmethod
    def _from(cls, members: object) -> Rule:
        return cls._of(_servanda.canonical(json.dumps(members)))

    @classmethod
    def days(cls, count: int, *, first_day_counts: bool = False, except_recess_of: str | None = None) -> Rule:
        """On the n-th day counted."""
        return cls("days", count=count, first_day_counts=first_day_counts, except_recess_of=except_recess_of)

    @classmethod
    def full_days(cls, count: int, *, first_day_counts: bool = False, except_recess_of: str | None = None) -> Rule:
        """Once n full days have run: on the day after the n-th day counted."""
        return cls("full-days", count=count, first_day_counts=first_day_counts, except_recess_of=except_recess_of)

    @classmethod
    def months(cls, count: int) -> Rule:
        """On the same day of the month n months later, or on that month's last day if it is shorter."""
        return cls("months", count=count)

    @classmethod
    def first_of_month(cls, count: int) -> Rule:
        """On the first day of the n-th calendar month after that of the start."""
        return cls("first-of-month", count=count)

    @classmethod
    def close(cls, calendar: str, *, of: str = "containing", ended_by: Ending | str | None = None) -> Rule:
        """On the day a period of a calendar closes: the one ``containing`` the day of the start, or the ``next``."""
        return cls("close", calendar=calendar, of=of, ended_by=ended_by)

    def __str__(self) -> str:
        return _servanda.rule_text(self._json)


class Status(Value, init=False):
    """Where a commitment is in its procedure."""

    id: str
    """Its id, such as ``submitted``."""
    phase: Phase
    """Its phase."""
    title: Mapping[str, str]
    """What it is called, by language."""
    is_final: bool
    """Whether only a *reopening* transition leads out of it. In JSON this is ``final``."""
    decided: bool
    """Whether the body that was to consider it has decided."""
    abandoned: bool
    """Whether the party that committed has given up."""

    _names = {"is_final": "final"}
    __match_args__ = ("id", "phase")


class Transition(Value, init=False):
    """An allowed step."""

    starts_from: tuple[str, ...]
    """The statuses it leads out of. In JSON this is ``from``."""
    to: str
    """The status it leads to."""
    basis: str
    """The rule of law, or the practice, that allows it."""
    title: Mapping[str, str]
    """What it is called, by language."""
    sources: int
    """How many sources the step must cite."""
    taken_by: tuple[str, ...]
    """Who can take it. If any are named, the step must say which of them took it."""
    reopening: bool
    """Whether it reopens what was final."""

    _names = {"starts_from": "from"}
    _readers = {"sources": lambda count: count or 0}
    __match_args__ = ("starts_from", "to")


class Clock(Value, init=False):
    """A step the law takes by itself when a day arrives."""

    id: str
    """Its id, such as ``thirty-days``."""
    to: str
    """The status it leads to."""
    rule: Rule
    """When it fires after its start."""
    basis: str
    """The rule of law."""
    title: Mapping[str, str]
    """What it is called, by language."""
    starts: tuple[str, ...]
    """Arriving at one of these statuses starts it; the latest arrival counts."""
    during: tuple[str, ...]
    """It runs while the commitment is at one of these statuses. In JSON this is ``while``."""
    cancelled_by: tuple[str, ...]
    """Arriving at one of these statuses after the start stops it."""
    fires: Edge
    """At which end of its day it fires."""
    presumed: bool
    """Whether it rests on the absence of an entry, so that its step is presumed until confirmed."""

    _names = {"during": "while"}
    __match_args__ = ("id", "to", "rule")


class Procedure(Value, init=False):
    """A declared, versioned state machine: statuses, transitions and clocks, each with its legal basis.

    >>> import servanda
    >>> action = servanda.builtin.procedure("action")
    >>> action.title["en"], action.initial, len(action.statuses)
    ('Action', 'planned', 7)
    >>> action.status("done").phase
    <Phase.ACHIEVED: 'achieved'>
    """

    id: str
    """Its id, such as ``diet-treaty-approval``."""
    version: int
    """Its version, from 1. Any change to a procedure is a new version."""
    title: Mapping[str, str]
    """What it is called, by language."""
    initial: str
    """The status in which a commitment starts, unless its registration opens at another."""
    statuses: tuple[Status, ...]
    """Where a commitment can be."""
    transitions: tuple[Transition, ...]
    """The steps that somebody takes."""
    clocks: tuple[Clock, ...]
    """The steps the law takes by itself."""
    references: tuple[Source, ...]
    """Where the law it rests on can be read."""

    _kind: ClassVar[str] = "procedure"
    __match_args__ = ("id", "version")

    @classmethod
    def from_toml(cls, text: str, *, file: str = "procedure.toml") -> Procedure:
        """A procedure from a TOML file, whose name is used in errors.

        Raises `InvalidError` (``procedure-refused``) with everything that is wrong, by line.
        """
        return cls._of(_servanda.from_toml("procedure", file, text))

    @property
    def pin(self) -> ProcedureRef:
        """Its id, version and digest."""
        return ProcedureRef._of(_servanda.pin(self))

    def status(self, id: str) -> Status | None:
        """The status with this id."""
        return next((status for status in self.statuses if status.id == id), None)

    def to_mermaid(self) -> str:
        """The procedure drawn as a state diagram, for Mermaid."""
        return _servanda.drawn(self, "mermaid")

    def to_text(self) -> str:
        """The procedure as text: each status with the ways out of it and their legal basis."""
        return _servanda.drawn(self, "text")


class Recess(Value, init=False):
    """Days of a period that do not count."""

    first: datetime.date
    """Its first day."""
    last: datetime.date
    """Its last day."""

    __match_args__ = ("first", "last")


class Period(Value, init=False):
    """One period of a calendar, such as a session of a parliament."""

    number: int
    """Its number. Consecutive periods have consecutive numbers; a gap means that one is missing here."""
    kind: str | None
    """What kind of period it is, such as ``regular`` or ``extraordinary``."""
    convened: datetime.date
    """The day it convened."""
    scheduled: datetime.date | None
    """The day on which it was scheduled to close."""
    closed: datetime.date | None
    """The day it closed; absent while it is open."""
    ended_by: Ending | None
    """How it ended."""
    recesses: tuple[Recess, ...]
    """Its recesses. A period for which none is listed had none."""
    basis: Basis
    """How well its dates are known."""

    __match_args__ = ("number", "convened", "closed")


class Calendar(Value, init=False):
    """Named periods, such as the sessions of a parliament.

    Where it does not say (a gap, a period still open, days past its end), whatever depends on it is unknown.

    >>> import servanda
    >>> diet = servanda.builtin.calendar("jp-diet")
    >>> [session.closed for session in diet.periods if session.number == 183]
    [datetime.date(2013, 6, 26)]
    """

    id: str
    """Its id, such as ``jp-diet``."""
    title: Mapping[str, str]
    """What it is called, by language."""
    periods: tuple[Period, ...]
    """The periods, in order."""
    through: datetime.date
    """The last day it speaks of."""
    source: Source | None
    """Where it can be read."""

    _kind: ClassVar[str] = "calendar"
    __match_args__ = ("id", "through")

    @classmethod
    def from_toml(cls, text: str, *, file: str = "calendar.toml") -> Calendar:
        """A calendar from a TOML file, whose name is used in errors.

        Raises `InvalidError` (``calendar-refused``).
        """
        return cls._of(_servanda.from_toml("calendar", file, text))
