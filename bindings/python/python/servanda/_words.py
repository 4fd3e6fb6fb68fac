"""The fixed vocabularies, and dates that may be imprecise."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING, Literal

from . import _servanda
from ._docs import member_doc

if TYPE_CHECKING:
    from typing_extensions import Self


class Word(str, Enum):
    """A word of a fixed vocabulary. It is a `str`, and equals its text.

    Functions that take a word accept the member and its text.

    >>> from servanda import Verdict
    >>> Verdict.PARTLY_KEPT == "partly-kept", Verdict("partly-kept"), str(Verdict.PARTLY_KEPT)
    (True, <Verdict.PARTLY_KEPT: 'partly-kept'>, 'partly-kept')
    """

    if TYPE_CHECKING:

        def __new__(cls, value: object) -> Self: ...

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.__doc__ = _WordDoc(cls.__module__, cls.__doc__)  # type: ignore[assignment]

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


class _WordDoc:
    """The docstring of a vocabulary, and of each of its words, for `help()`."""

    def __init__(self, module: str, doc: str | None) -> None:
        self._module, self._doc = module, doc

    def __get__(self, word: Word | None, cls: type[Word]) -> str | None:
        return self._doc if word is None else member_doc(cls, self._module, word.name)


class Phase(Word):
    """The phase of a status. All procedures share the phases, so they can be compared."""

    PLANNED = "planned"
    """Nothing has begun."""
    ACTIVE = "active"
    """Work is under way."""
    STALLED = "stalled"
    """Work is held up."""
    ACHIEVED = "achieved"
    """The commitment is done."""
    FAILED = "failed"
    """The commitment was not done."""
    SUPERSEDED = "superseded"
    """Another commitment replaced it."""


class Verdict(Word):
    """What became of a commitment. It is always derived, never recorded.

    It says nothing about the deadline. That is the `Timeliness`.
    """

    UNRATED = "unrated"
    """Nobody has looked yet."""
    PENDING = "pending"
    """Nothing has been done yet."""
    IN_PROGRESS = "in-progress"
    """Work is under way."""
    STALLED = "stalled"
    """Work is held up, or failed in a way that can be mended."""
    KEPT = "kept"
    """The commitment was kept."""
    PARTLY_KEPT = "partly-kept"
    """The commitment was kept in part."""
    BROKEN = "broken"
    """The commitment was broken."""
    UNFULFILLED = "unfulfilled"
    """The party tried and failed, without giving up."""
    RELEASED = "released"
    """The parties agreed on something else instead."""
    HOLDING = "holding"
    """The party still holds the position."""


class Timeliness(Word):
    """How the verdict on a commitment relates to its deadline. It is derived, never recorded."""

    ON_TIME = "on-time"
    """The deadline has not passed, or the commitment was kept by then."""
    LATE = "late"
    """The commitment was kept after its deadline."""
    OVERDUE = "overdue"
    """The deadline has passed, and the commitment is still pending, in progress or stalled."""
    UNKNOWN = "unknown"
    """Imprecise dates allow both."""


class Obligation(Word):
    """The legal weight of the words. It decides when the commitment counts as kept."""

    RESULT = "result"
    """To bring something about: "will", "shall"."""
    CONDUCT = "conduct"
    """To make an effort: "will work toward", "will support"."""
    CONSIDERATION = "consideration"
    """To decide on something, either way: "will consider"."""
    POSITION = "position"
    """To hold a view: "reiterates that"."""


class Relation(Word):
    """How a commitment and the one that it links to are related."""

    SUCCESSOR = "successor"
    """The linked commitment takes the place of this one."""
    RELATED = "related"
    """The two are related in some other way."""
    DUPLICATE_OF = "duplicate-of"
    """Both are records of the same commitment, and readers should use the linked one."""
    REPLACES = "replaces"
    """This commitment takes the place of the linked one."""
    SPLIT_FROM = "split-from"
    """This commitment was a part of the linked one, and became a commitment of its own."""
    MERGED_INTO = "merged-into"
    """This commitment is continued in the linked one, together with others."""


class Edge(Word):
    """The end of a day at which a clock fires."""

    START = "start"
    """Before the steps that are recorded for the day, such as a lapse or an entry into force."""
    END = "end"
    """After the steps that are recorded for the day, such as the close of a session."""


class Ending(Word):
    """How a period of a calendar ended."""

    TERM_END = "term-end"
    """The period ran to its end."""
    DISSOLUTION = "dissolution"
    """The house was dissolved."""
    PROROGATION = "prorogation"
    """The session was ended by the executive, and the house stays in being."""


class Basis(Word):
    """How well the dates of a period are known."""

    PUBLISHED = "published"
    """The dates were checked in a publication."""
    RECALLED = "recalled"
    """The dates are from memory, and were not checked in a publication."""


PhaseWord = Literal["planned", "active", "stalled", "achieved", "failed", "superseded"]
"""The text of a `Phase`."""
VerdictWord = Literal[
    "unrated",
    "pending",
    "in-progress",
    "stalled",
    "kept",
    "partly-kept",
    "broken",
    "unfulfilled",
    "released",
    "holding",
]
"""The text of a `Verdict`."""
TimelinessWord = Literal["on-time", "late", "overdue", "unknown"]
"""The text of a `Timeliness`."""
ObligationWord = Literal["result", "conduct", "consideration", "position"]
"""The text of an `Obligation`."""
RelationWord = Literal["successor", "related", "duplicate-of", "replaces", "split-from", "merged-into"]
"""The text of a `Relation`."""
EndingWord = Literal["term-end", "dissolution", "prorogation"]
"""The text of an `Ending`."""


class Date(str):
    """A day, or as much of it as is known: a month, a year or a range of days.

    It is written as in ISO 8601: ``2013-02-28``, ``2013-02`` or ``2013``. One unknown day of a
    range is written as in EDTF (ISO 8601-2): ``[2013-02-10..2013-02-14]``.

    A `Date` is a `str`, and equals its text. Functions that take a `Date` also accept a
    `datetime.date` and text.

    >>> from servanda import Date
    >>> month = Date("2013-02")
    >>> month.first_day, month.last_day
    (datetime.date(2013, 2, 1), datetime.date(2013, 2, 28))
    >>> Date("[2013-02-10..2013-02-14]").last_day
    datetime.date(2013, 2, 14)
    >>> Date("2013-13")
    Traceback (most recent call last):
    ...
    servanda.InvalidError: "2013-13" is not a date: there is no month 13
    """

    __slots__ = ()

    def __new__(cls, text: datetime.date | str) -> Self:
        """Raises `InvalidError` (``invalid-date``) if the text is not a date."""
        return str.__new__(cls, _servanda.date(text)[0])

    @property
    def first_day(self) -> datetime.date:
        """The first day that the date can mean."""
        return datetime.date.fromisoformat(_servanda.date(self)[1])

    @property
    def last_day(self) -> datetime.date:
        """The last day that the date can mean."""
        return datetime.date.fromisoformat(_servanda.date(self)[2])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self) -> str:
        return str.__str__(self)


class Deadline(Date):
    """A date by which something has to be done. It has passed when its last day has passed.

    >>> from datetime import date
    >>> from servanda import Deadline
    >>> deadline = Deadline("2013-02")
    >>> deadline.has_passed(on=date(2013, 2, 28)), deadline.has_passed(on=date(2013, 3, 1))
    (False, True)
    """

    __slots__ = ()

    def has_passed(self, *, on: datetime.date) -> bool:
        """Whether the deadline has certainly passed on a day: whether its last day is over."""
        return self.last_day < on

    def may_have_passed(self, *, on: datetime.date) -> bool:
        """Whether the deadline may have passed on a day.

        It differs from `has_passed` only for one unknown day of a range. A month or a year passes
        at its end.

        >>> from datetime import date
        >>> from servanda import Deadline
        >>> deadline = Deadline("[2013-02-10..2013-02-14]")
        >>> deadline.may_have_passed(on=date(2013, 2, 12)), deadline.has_passed(on=date(2013, 2, 12))
        (True, False)
        """
        return (self.first_day if self.startswith("[") else self.last_day) < on
