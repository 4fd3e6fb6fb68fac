"""The fixed vocabularies, and dates of which only the month or the year is known."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING

from . import _servanda

if TYPE_CHECKING:
    from typing_extensions import Self


class Word(str, Enum):
    """A word of a fixed vocabulary: a `str` that says which words there are.

    Wherever a word is asked for, the member and the text do equally.

    >>> from servanda import Verdict
    >>> Verdict.KEPT_LATE == "kept-late", Verdict("kept-late"), str(Verdict.KEPT_LATE)
    (True, <Verdict.KEPT_LATE: 'kept-late'>, 'kept-late')
    """

    if TYPE_CHECKING:

        def __new__(cls, value: object) -> Self: ...

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


class Phase(Word):
    """What the statuses of all procedures have in common, so that a dashboard can mix them."""

    PLANNED = "planned"
    """Nothing has begun."""
    ACTIVE = "active"
    """Under way."""
    STALLED = "stalled"
    """Held up."""
    ACHIEVED = "achieved"
    """Done."""
    FAILED = "failed"
    """Not done."""
    SUPERSEDED = "superseded"
    """Replaced by something else."""


class Verdict(Word):
    """What follows about the given word. It is derived, never typed in."""

    PENDING = "pending"
    """Nothing has begun, and nothing is late."""
    IN_PROGRESS = "in-progress"
    """Under way, and nothing is late."""
    STALLED = "stalled"
    """Held up, or failed in a way that can be mended."""
    OVERDUE = "overdue"
    """Not done, and the deadline has passed. Overdue is not broken."""
    KEPT = "kept"
    """The word was kept."""
    KEPT_LATE = "kept-late"
    """The word was kept, after the deadline."""
    BROKEN = "broken"
    """The word was broken."""
    UNFULFILLED = "unfulfilled"
    """What was striven for failed, and not because the party gave up."""
    RELEASED = "released"
    """Something else was agreed in its place."""
    HOLDING = "holding"
    """The position is held."""


class Obligation(Word):
    """The legal weight of the words. It decides what counts as keeping them."""

    RESULT = "result"
    """To bring something about: "will", "shall"."""
    CONDUCT = "conduct"
    """To strive for something: "will work toward", "will support"."""
    CONSIDERATION = "consideration"
    """To decide on something, either way: "will consider"."""
    POSITION = "position"
    """To hold a view: "reiterates that"."""


class Relation(Word):
    """What one commitment is to another."""

    SUCCESSOR = "successor"
    """It took the other's place."""
    RELATED = "related"
    """It has to do with the other."""


class Edge(Word):
    """The end of a day at which a clock fires."""

    START = "start"
    """Before the day's recorded steps: a lapse, an entry into force."""
    END = "end"
    """After the day's recorded steps: the close of a session, a dissolution."""


class Ending(Word):
    """How a period of a calendar ended."""

    TERM_END = "term-end"
    """Its time was over."""
    DISSOLUTION = "dissolution"
    """The house was dissolved."""


class Basis(Word):
    """How well the dates of a period are known."""

    PUBLISHED = "published"
    """Seen in a publication."""
    RECALLED = "recalled"
    """Remembered, and not yet seen in a publication."""


class Date(str):
    """A date as precise as it is known: a day, a month or a year (ISO 8601: ``2013-02-28``, ``2013-02``, ``2013``).

    It is a `str`, so it equals its text and sorts by it. Wherever one is asked for, a `datetime.date` and a text do as well. Where only a
    month or a year is known, a fact counts from its last day: by then it was certainly so.

    >>> from servanda import Date
    >>> month = Date("2013-02")
    >>> month.first_day, month.last_day
    (datetime.date(2013, 2, 1), datetime.date(2013, 2, 28))
    >>> Date("2013-13")
    Traceback (most recent call last):
    ...
    servanda.InvalidError: "2013-13" is not a date: there is no month 13
    """

    __slots__ = ()

    def __new__(cls, text: datetime.date | str) -> Date:
        """Raises `InvalidError` (``invalid-date``) if the text is no date."""
        return str.__new__(cls, _servanda.date(text)[0])

    @property
    def first_day(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date.fromisoformat(_servanda.date(self)[1])

    @property
    def last_day(self) -> datetime.date:
        """The last day that it can mean."""
        return datetime.date.fromisoformat(_servanda.date(self)[2])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self) -> str:
        return str.__str__(self)


class Deadline(Date):
    """By when something was to be done: a date that has passed when its last possible day has.

    >>> from datetime import date
    >>> from servanda import Deadline
    >>> deadline = Deadline("2013-02")
    >>> deadline.has_passed(on=date(2013, 2, 28)), deadline.has_passed(on=date(2013, 3, 1))
    (False, True)
    """

    __slots__ = ()

    def has_passed(self, *, on: datetime.date) -> bool:
        """Whether its last possible day is over on a day."""
        return self.last_day < on
