"""Commitments."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from . import _servanda
from ._model import Source, Words
from ._procedure import Pin, Procedure
from ._treaty import GivenRule
from ._value import Value
from ._words import Date, Deadline, Obligation


class Opening(Value):
    """The status at which a commitment's history opens, if not at the procedure's first on the day it was made."""

    status: str
    """The status."""
    on: Date
    """Since when it stood there."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note on it."""

    __match_args__ = ("status", "on", "sources", "note")

    def __init__(
        self, status: str, *, on: datetime.date | str, sources: Sequence[Source] = (), note: str | None = None
    ) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-date``, ``invalid-note``)."""
        self.__dict__["_json"] = _servanda.opening(status, on, sources, note)


class Commitment(Value):
    """One undertaking: the exact words with their source, who gave them to whom, and the procedure it has to go through.

    >>> import servanda
    >>> from datetime import date
    >>> editorial = servanda.Source(
    ...     "U.S. - Japan Alliance Remains Cornerstone",
    ...     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    ... )
    >>> tpp = servanda.Commitment(
    ...     "jp/tpp",
    ...     "Participation in the Trans-Pacific Partnership",
    ...     procedure="trade-agreement",
    ...     by="jp",
    ...     to="us",
    ...     made=date(2013, 1, 18),
    ...     obligation="consideration",
    ...     words=servanda.Words("will consider", editorial),
    ... )
    >>> tpp.obligation, tpp.procedure.version
    (<Obligation.CONSIDERATION: 'consideration'>, 1)
    """

    id: str
    """Its id, such as ``jp/hague-convention``."""
    title: str
    """What it is about."""
    procedure: Pin
    """The procedure it is pinned to."""
    by: tuple[str, ...]
    """Who commits; at least one party."""
    made: datetime.date
    """The day the word was given."""
    obligation: Obligation
    """The legal weight of the words."""
    words: Words
    """The words used, with their source."""
    to: tuple[str, ...]
    """To whom."""
    deadline: Deadline | None
    """By when, if a day, month or year was named."""
    topics: tuple[str, ...]
    """What it can be found under."""
    part_of: str | None
    """The commitment of which this is one piece."""
    opening: Opening | None
    """The status at which its history opens, if it has a past."""
    rules: Mapping[str, GivenRule]
    """The rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id."""

    __match_args__ = ("id", "title", "procedure", "by", "made", "obligation", "words")

    def __init__(
        self,
        id: str,
        title: str,
        *,
        procedure: str | Procedure | Pin,
        by: str | Sequence[str],
        made: datetime.date | str,
        obligation: Obligation | str,
        words: Words,
        to: str | Sequence[str] = (),
        deadline: datetime.date | str | None = None,
        topics: str | Sequence[str] = (),
        part_of: str | None = None,
        opening: Opening | None = None,
        rules: Mapping[str, GivenRule] | None = None,
    ) -> None:
        """`procedure` is the id of a built-in one, a `Procedure` of one's own or of a ledger, or a `Pin`.

        Raises `InvalidError` (``invalid-slug``, ``invalid-title``, ``invalid-day``, ``unknown-word``, …) for what is not well-formed, and
        `UnknownError` (``no-procedure``) if no built-in procedure has that id.
        """
        self.__dict__["_json"] = _servanda.commitment(
            id,
            title,
            procedure,
            [by] if isinstance(by, str) else by,
            made,
            obligation,
            words,
            [to] if isinstance(to, str) else to,
            deadline,
            [topics] if isinstance(topics, str) else topics,
            part_of,
            opening,
            dict(rules or {}),
        )

    @classmethod
    def from_toml(cls, text: str, *, file: str = "commitment.toml", procedures: Sequence[Procedure] = ()) -> Commitment:
        """A commitment from a TOML file. `procedures` are those it can name beside the built-in ones, such as `View.procedures` gives.

        Raises `InvalidError` (``commitment-refused``) with everything that is wrong, by line.
        """
        return cls._of(_servanda.commitment_from_toml(file, text, procedures))
