"""Procedures, calendars and the articles of treaties: what is declared in files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import ClassVar

from . import _servanda
from ._model import ClockRule, ProcedureRef, Rule, Source
from ._value import Value
from ._words import Basis, Edge, Ending, Phase


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


class Instrument(Value):
    """An instrument that a party deposited, or a notice it gave, on a day."""

    by: str
    """The party, by its name or id."""
    on: datetime.date
    """The day on which the depositary received it."""
    kind: str | None
    """``ratification``, ``acceptance``, ``approval``, ``accession``, ``notification``, ``succession``, ``withdrawal`` or ``denunciation``."""
    share: str | None
    """How many per cent the party has of the total that the treaty weighs: an exact decimal as text."""

    __match_args__ = ("by", "on", "kind", "share")

    def __init__(
        self, by: str, *, on: datetime.date | str, kind: str | None = None, share: str | None = None
    ) -> None:
        """Raises `InvalidError` (``invalid-title``, ``invalid-day``, ``unknown-word``, ``invalid-decimal``)."""
        self.__dict__["_json"] = _servanda.instrument(by, on, kind, share)


class PartyInForce(Value, init=False):
    """What follows for one party from its deposit."""

    party: str
    """The party, as it was named."""
    deposited: datetime.date
    """The day of its deposit."""
    in_force: datetime.date | None
    """The day on which the treaty enters into force for it, as far as that follows from the deposits; it can lie ahead."""
    why: str
    """Why on that day, because of which deposit and by which article, or why there is none."""

    __match_args__ = ("party", "deposited", "in_force")


class InForce(Value, init=False):
    """When a treaty enters into force, and for whom."""

    treaty: str
    """The id of the treaty."""
    general: datetime.date | None
    """The day on which it enters into force at all, as far as that follows from the deposits; it can lie ahead."""
    missing: str | None
    """What is still missing for that, by each alternative; absent exactly if there is a day."""
    parties: tuple[PartyInForce, ...]
    """The parties that deposited, in the order of their deposits. One that left and came back is there twice."""

    __match_args__ = ("treaty", "general", "missing")


class EntryIntoForce(Value, init=False):
    """When a treaty enters into force, and for whom: its article as data. `to_dict` has all of it.

    >>> import servanda
    >>> from datetime import date
    >>> hague = servanda.builtin.treaty("hague-1980")
    >>> deposits = [servanda.Instrument("France", on=date(1982, 9, 16)), servanda.Instrument("Canada", on=date(1983, 6, 2))]
    >>> hague.apply(deposits).missing
    '1 more deposit (2 of 3): Hague Convention of 25 October 1980, art. 43(1)'
    """

    id: str
    """Its id, such as ``hague-1980``."""
    title: Mapping[str, str]
    """What the treaty is called, by language."""
    signed: datetime.date | None
    """The day of signature, where a period runs from it."""
    references: tuple[Source, ...]
    """Where the article can be read."""

    __match_args__ = ("id",)

    @classmethod
    def from_toml(cls, text: str, *, file: str = "treaty.toml") -> EntryIntoForce:
        """A treaty's article from a TOML file, whose name is used in errors.

        Raises `InvalidError` (``entry-into-force-refused``) with everything that is wrong, by line.
        """
        return cls._of(_servanda.from_toml("treaty", file, text))

    def apply(self, instruments: Sequence[Instrument], *, as_of: datetime.date | str | None = None) -> InForce:
        """When the treaty enters into force by these instruments; with `as_of`, by those received by that day."""
        return InForce._of(_servanda.in_force(self, instruments, as_of))

    def given(self) -> ClockRule:
        """The article as the rule that a commitment gives to one of its procedure's clocks."""
        return ClockRule._of(_servanda.given_by(self))
