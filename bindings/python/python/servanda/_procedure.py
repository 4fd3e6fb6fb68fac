"""Procedures and calendars, which are declared in files."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from . import _servanda
from ._model import Source
from ._value import Value
from ._words import Basis, Edge, Ending, EndingWord, Phase


class ProcedureRef(Value, init=False):
    """A reference to one version of a procedure, with the digest of its text."""

    id: str
    """The id of the procedure."""
    version: int
    """The version, from 1."""
    digest: str
    """The digest of the canonical JSON, such as ``sha256:…``."""

    __match_args__ = ("id", "version", "digest")


class Rule(Value):
    """When a clock fires after its start.

    >>> import servanda
    >>> lapse = servanda.Rule.full_days(30, first_day_counts=True, except_recess_of="jp-diet")
    >>> str(lapse)
    'once 30 days have run, the first day counted, recess of jp-diet not counted'
    """

    kind: str
    """The kind, such as ``full-days``. ``given`` means that each commitment sets the rule."""
    count: int | None
    """The number of days, weeks, months or years, from 1."""
    first_day_counts: bool
    """Whether the day of the start is day one."""
    except_recess_of: str | None
    """The calendar whose days of recess are not counted."""
    within_periods_of: str | None
    """The calendar of whose periods only the days are counted."""
    calendar: str | None
    """The calendar whose period has to close."""
    ended_by: Ending | None
    """How the period has to end. If it ends in another way, the clock never fires."""
    of: str | None
    """The period that has to close: ``containing`` the day of the start, or the ``next``."""

    __match_args__ = ("kind", "count")

    def __init__(
        self,
        kind: Literal[
            "days",
            "full-days",
            "weeks",
            "months",
            "years",
            "first-of-month",
            "first-of-month-after-days",
            "close",
            "given",
        ],
        **members: object,
    ) -> None:
        """Makes a rule from its kind and the members of its JSON. See the class methods.

        Raises `InvalidError` (``invalid-field``) if there is no such rule.
        """
        present = {name: value for name, value in members.items() if value is not None and value is not False}
        self.__dict__["_json"] = _servanda.rule(json.dumps({kind: present} if members else kind))

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name != "_members":
                return super().__getattr__(name)
            # The JSON of a rule is its kind alone, or an object with the kind as its only member.
            rule = json.loads(self._json)
            kind, members = (rule, {}) if isinstance(rule, str) else next(iter(rule.items()))
            self.__dict__[name] = {"kind": kind, **members}
            return self.__dict__[name]

    @classmethod
    def _from(cls, members: object) -> Rule:
        return cls._of(_servanda.canonical(json.dumps(members)))

    @classmethod
    def days(
        cls,
        count: int,
        *,
        first_day_counts: bool = False,
        except_recess_of: str | None = None,
        within_periods_of: str | None = None,
    ) -> Rule:
        """On the n-th day counted."""
        return cls(
            "days",
            count=count,
            first_day_counts=first_day_counts,
            except_recess_of=except_recess_of,
            within_periods_of=within_periods_of,
        )

    @classmethod
    def full_days(
        cls,
        count: int,
        *,
        first_day_counts: bool = False,
        except_recess_of: str | None = None,
        within_periods_of: str | None = None,
    ) -> Rule:
        """After n full days: on the day after the n-th day counted."""
        return cls(
            "full-days",
            count=count,
            first_day_counts=first_day_counts,
            except_recess_of=except_recess_of,
            within_periods_of=within_periods_of,
        )

    @classmethod
    def weeks(cls, count: int) -> Rule:
        """On the same day of the week n weeks later."""
        return cls("weeks", count=count)

    @classmethod
    def months(cls, count: int) -> Rule:
        """On the same day n months later, or on the last day of that month if it is shorter."""
        return cls("months", count=count)

    @classmethod
    def years(cls, count: int) -> Rule:
        """On the same day n years later, or on 28 February in place of a missing 29 February."""
        return cls("years", count=count)

    @classmethod
    def first_of_month(cls, count: int) -> Rule:
        """On the first day of the n-th calendar month after the month of the start."""
        return cls("first-of-month", count=count)

    @classmethod
    def first_of_month_after_days(cls, count: int) -> Rule:
        """On the first day of the month after the n-th day after the start."""
        return cls("first-of-month-after-days", count=count)

    @classmethod
    def close(
        cls,
        calendar: str,
        *,
        of: Literal["containing", "next"] = "containing",
        ended_by: Ending | EndingWord | None = None,
    ) -> Rule:
        """On the day a period of a calendar closes: ``containing`` the start, or the ``next``."""
        return cls("close", calendar=calendar, of=of, ended_by=ended_by)

    @classmethod
    def set_by_commitment(cls) -> Rule:
        """As each commitment says in its `Commitment.rules`. In JSON this is ``given``."""
        return cls("given")

    def __str__(self) -> str:
        return _servanda.rule_text(self._json)


class Status(Value, init=False):
    """A state of a procedure."""

    id: str
    """The id, such as ``submitted``."""
    phase: Phase
    """The phase."""
    title: Mapping[str, str]
    """The title by language."""
    description: Mapping[str, str]
    """Its meaning in this procedure, by language."""
    is_final: bool
    """Whether only a *reopening* transition leaves it. In JSON this is ``final``."""
    decided: bool
    """Whether the body that was to consider it has decided."""
    abandoned: bool
    """Whether the party that committed has given up."""
    partly: bool
    """Whether the commitment was achieved only in part."""
    unrated: bool
    """Whether nobody has looked yet."""

    _names = {"is_final": "final"}
    __match_args__ = ("id", "phase")


class Transition(Value, init=False):
    """An allowed step from some statuses to another."""

    starts_from: tuple[str, ...]
    """The statuses it leaves. In JSON this is ``from``."""
    to: str
    """The status it leads to."""
    basis: str
    """The law or the practice that allows it."""
    title: Mapping[str, str]
    """The title by language."""
    sources: int
    """The number of sources that the step must cite."""
    taken_by: tuple[str, ...]
    """The parties that can take it; the step must name one. If empty, any party can."""
    reopening: bool
    """Whether it leaves a final status."""

    _names = {"starts_from": "from"}
    _readers = {"sources": lambda count: count or 0}
    __match_args__ = ("starts_from", "to")


class Clock(Value, init=False):
    """A step that happens by law when a day arrives."""

    id: str
    """The id, such as ``thirty-days``."""
    to: str
    """The status it leads to."""
    rule: Rule
    """When it fires after its start."""
    basis: str
    """The law."""
    title: Mapping[str, str]
    """The title by language."""
    starts: tuple[str, ...]
    """Arriving at one of these statuses starts the clock. The latest arrival counts."""
    during: tuple[str, ...]
    """The clock runs while it is at one of these statuses. In JSON this is ``while``."""
    cancelled_by: tuple[str, ...]
    """Arriving at one of these statuses after the start stops the clock."""
    fires: Edge
    """The end of the day at which it fires."""
    presumed: bool
    """Whether its step is presumed until confirmed, because it rests on the absence of an entry."""

    _names = {"during": "while"}
    __match_args__ = ("id", "to", "rule")


class Procedure(Value, init=False):
    """A versioned state machine: statuses, transitions and clocks, each with its legal basis.

    >>> import servanda
    >>> action = servanda.builtin.procedure("action")
    >>> action.title["en"], action.initial, len(action.statuses)
    ('Action', 'planned', 7)
    >>> action.status("done").phase
    <Phase.ACHIEVED: 'achieved'>
    """

    id: str
    """The id, such as ``diet-treaty-approval``."""
    version: int
    """The version, from 1. Any change to a procedure is a new version."""
    title: Mapping[str, str]
    """The title by language."""
    initial: str
    """The first status of a commitment, unless its registration opens at another one."""
    statuses: tuple[Status, ...]
    """The statuses."""
    transitions: tuple[Transition, ...]
    """The steps that a party takes."""
    clocks: tuple[Clock, ...]
    """The steps that happen by law."""
    references: tuple[Source, ...]
    """The texts of the law."""

    _kind: ClassVar[str] = "procedure"
    __match_args__ = ("id", "version")

    @classmethod
    def from_toml(cls, text: str, *, file: str = "procedure.toml") -> Procedure:
        """Reads a procedure from TOML. `file` is its name in errors.

        Raises `InvalidError` (``procedure-refused``) with all errors, each with its line.
        """
        return cls._of(_servanda.from_toml("procedure", file, text))

    @property
    def reference(self) -> ProcedureRef:
        """The reference to this version: its id, version and digest."""
        return ProcedureRef._of(_servanda.procedure_ref(self))

    def status(self, id: str) -> Status | None:
        """The status with an id, or None."""
        return next((status for status in self.statuses if status.id == id), None)

    def to_mermaid(self) -> str:
        """The procedure as a state diagram for Mermaid."""
        return _servanda.diagram(self, "mermaid")

    def to_text(self) -> str:
        """The procedure as text: each status with its transitions and their legal basis."""
        return _servanda.diagram(self, "text")


class Recess(Value, init=False):
    """Days of a period that do not count."""

    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""

    __match_args__ = ("first", "last")


class Period(Value, init=False):
    """One period of a calendar, such as a session of a parliament."""

    number: int
    """The number. A gap in the numbers means that a period is missing in the calendar."""
    kind: str | None
    """The kind of period, such as ``regular`` or ``extraordinary``."""
    convened: datetime.date
    """The day it convened."""
    scheduled: datetime.date | None
    """The day on which it was scheduled to close."""
    closed: datetime.date | None
    """The day it closed. None while it is open."""
    ended_by: Ending | None
    """How it ended."""
    recesses: tuple[Recess, ...]
    """The recesses. Empty if there were none."""
    basis: Basis
    """How well the dates are known."""

    __match_args__ = ("number", "convened", "closed")


class Calendar(Value, init=False):
    """Named periods, such as the sessions of a parliament.

    A gap in the periods, a period that is still open, and days past the end of the calendar leave
    every answer that depends on them unknown.

    >>> import servanda
    >>> diet = servanda.builtin.calendar("jp-diet")
    >>> [session.closed for session in diet.periods if session.number == 183]
    [datetime.date(2013, 6, 26)]
    """

    id: str
    """The id, such as ``jp-diet``."""
    title: Mapping[str, str]
    """The title by language."""
    periods: tuple[Period, ...]
    """The periods, in order."""
    through: datetime.date
    """The last day that the calendar covers."""
    source: Source | None
    """The publication of the calendar."""

    _kind: ClassVar[str] = "calendar"
    __match_args__ = ("id", "through")

    @classmethod
    def from_toml(cls, text: str, *, file: str = "calendar.toml") -> Calendar:
        """Reads a calendar from TOML. `file` is its name in errors.

        Raises `InvalidError` (``calendar-refused``) with all errors, each with its line.
        """
        return cls._of(_servanda.from_toml("calendar", file, text))
