"""Commitments."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from . import _servanda
from ._model import Identifier, Identifiers, Source, Words
from ._procedure import Procedure, ProcedureRef
from ._treaty import ClockRule
from ._value import Value
from ._words import Date, Deadline, Obligation, ObligationWord


class Opening(Value):
    """The first status of a history that began before the registration."""

    status: str
    """The status."""
    on: Date
    """The date since when the commitment has had the status."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""
    clocks_started: Mapping[str, Date]
    """The dates on which clocks started before the opening, by clock."""
    clocks_not_started: tuple[str, ...]
    """The clocks that had not started before the opening, although the procedure allows it."""

    __match_args__ = ("status", "on", "sources", "note", "clocks_started", "clocks_not_started")

    def __init__(
        self,
        status: str,
        *,
        on: datetime.date | str,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        clocks_started: Mapping[str, datetime.date | str] | None = None,
        clocks_not_started: str | Sequence[str] = (),
    ) -> None:
        """A clock that may have started before the opening, and is named in neither
        `clocks_started` nor `clocks_not_started`, leaves the status unknown until it must have
        fired.

        Raises `InvalidError` (``invalid-slug``, ``invalid-date``, ``invalid-note``).
        """
        not_started = [clocks_not_started] if isinstance(clocks_not_started, str) else clocks_not_started
        self.__dict__["_json"] = _servanda.opening(status, on, sources, note, dict(clocks_started or {}), not_started)


class Responsible(Value):
    """A body that is responsible for carrying a commitment out, such as a ministry."""

    body: str
    """The body."""
    role: str | None
    """The role, such as ``lead`` or ``supporting``."""

    __match_args__ = ("body", "role")

    def __init__(self, body: str, role: str | None = None) -> None:
        """Raises `InvalidError` (``invalid-slug``)."""
        self.__dict__["_json"] = _servanda.responsible(body, role)


class Target(Value):
    """The target, in numbers, such as 1000 homes by the end of 2015."""

    value: str
    """The value, as an exact decimal number."""
    unit: str
    """The unit of the value and of every measurement, such as ``homes``."""
    date: datetime.date | Date | None
    """The date by which it should be reached. Unlike a deadline, it decides nothing."""

    __match_args__ = ("value", "unit", "date")

    def __init__(self, value: str, unit: str, *, date: datetime.date | str | None = None) -> None:
        """Raises `InvalidError` (``invalid-decimal``, ``invalid-title``, ``invalid-date``)."""
        self.__dict__["_json"] = _servanda.target(value, unit, date)


def _responsible(given: str | Responsible | Sequence[str | Responsible]) -> list[Responsible]:
    each = [given] if isinstance(given, str | Responsible) else given
    return [Responsible(one) if isinstance(one, str) else one for one in each]


class Commitment(Value):
    """A commitment: the exact words, who made it to whom, and the procedure it goes through.

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
    """The id, such as ``jp/hague-convention``."""
    title: str
    """The title."""
    language: str | None
    """The language of the title."""
    titles: Mapping[str, str]
    """The title in other languages, by language."""
    identifiers: tuple[Identifier, ...]
    """Identifiers in other systems, by which the commitment can be found."""
    procedure: ProcedureRef
    """The version of the procedure that it goes through."""
    by: tuple[str, ...]
    """The parties that made it. There is at least one."""
    made: datetime.date | Date
    """When it was made: a `Date` if only the month, year or range is known."""
    obligation: Obligation | None
    """The legal weight of the words. None for a matter without a promise."""
    words: Words | None
    """The exact words, with their source. None for a matter without a promise."""
    to: tuple[str, ...]
    """The parties it was made to."""
    deadline: Deadline | None
    """The deadline, if the words name one."""
    topics: tuple[str, ...]
    """The topics."""
    part_of: str | None
    """The commitment that this one is a part of."""
    responsible: tuple[Responsible, ...]
    """The bodies that are responsible from the day on which it was made."""
    target: Target | None
    """The target, in numbers. The verdict does not depend on it."""
    opening: Opening | None
    """The status at which its history opens, if it began before the registration."""
    rules: Mapping[str, ClockRule]
    """The rules of the clocks that the procedure leaves to the commitment, by clock."""

    __match_args__ = ("id", "title", "procedure", "by", "made", "obligation", "words")

    def __init__(
        self,
        id: str,
        title: str,
        *,
        procedure: str | Procedure | ProcedureRef,
        by: str | Sequence[str],
        made: datetime.date | str,
        obligation: Obligation | ObligationWord | None = None,
        words: Words | None = None,
        to: str | Sequence[str] = (),
        deadline: datetime.date | str | None = None,
        topics: str | Sequence[str] = (),
        part_of: str | None = None,
        responsible: str | Responsible | Sequence[str | Responsible] = (),
        target: Target | None = None,
        opening: Opening | None = None,
        rules: Mapping[str, ClockRule] | None = None,
        language: str | None = None,
        titles: Mapping[str, str] | None = None,
        identifiers: Identifiers = (),
    ) -> None:
        """`procedure` is the id of a built-in procedure, a `Procedure`, or a `ProcedureRef`.

        `responsible` are the bodies that carry it out, with their roles or as bare ids.

        A matter without a promise, such as a bill, has neither `obligation` nor `words`. It has a
        status, but no verdict.

        Raises `InvalidError` (``invalid-slug``, ``invalid-title``, ``invalid-date``,
        ``unknown-word``, …) if a part is not well-formed, and `UnknownError` (``no-procedure``) if
        no built-in procedure has that id.
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
            _responsible(responsible),
            target,
            opening,
            dict(rules or {}),
            language,
            dict(titles or {}),
            identifiers,
        )

    @classmethod
    def from_toml(cls, text: str, *, file: str = "commitment.toml", procedures: Sequence[Procedure] = ()) -> Commitment:
        """Reads a commitment from TOML. `file` is its name in errors.

        `procedures` are the procedures that it can name in addition to the built-in ones, such as
        those of `View.procedures`.

        Raises `InvalidError` (``commitment-refused``) with all errors, each with its line.
        """
        return cls._of(_servanda.commitment_from_toml(file, text, procedures))
