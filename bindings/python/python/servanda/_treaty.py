"""The entry into force of treaties, and the instruments that parties deposit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal

from . import _servanda
from ._model import Source
from ._procedure import Rule
from ._value import Value

InstrumentKind = Literal[
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "definitive-signature",
    "formal-confirmation",
    "notification",
    "succession",
    "withdrawal",
    "denunciation",
]
"""The kind of an `Instrument`."""


class Instrument(Value):
    """An instrument that a party deposited, or a notice that it gave, on a day."""

    by: str
    """The party, by name or id."""
    on: datetime.date
    """The day on which the depositary received it."""
    kind: InstrumentKind | None
    """The kind, such as ``ratification`` or ``withdrawal``."""
    share: str | None
    """The share of the party in the total of the treaty, in per cent: an exact decimal as text."""

    __match_args__ = ("by", "on", "kind", "share")

    def __init__(
        self,
        by: str,
        *,
        on: datetime.date | str,
        kind: InstrumentKind | None = None,
        share: str | None = None,
    ) -> None:
        """Raises `InvalidError` (``invalid-title``, ``invalid-day``, …)."""
        self.__dict__["_json"] = _servanda.instrument(by, on, kind, share)


InForceAnswer = Literal["in-force", "not-in-force", "not-known"]
"""The answer to the question whether a treaty is in force."""


class PartyInForce(Value, init=False):
    """The entry into force of a treaty for one party."""

    party: str
    """The party, as the instrument names it."""
    deposited: datetime.date | None
    """The day of its deposit. None if the row could not be read."""
    answer: InForceAnswer
    """Whether the treaty is in force for the party, is not, or may be."""
    in_force: datetime.date | None
    """The day of entry into force for the party. None unless the answer is ``in-force``."""
    earliest: datetime.date | None
    """The earliest possible day. None if there is none, or if any day is possible."""
    latest: datetime.date | None
    """The latest possible day. None if the treaty is not in force for the party, or may not be."""
    until: datetime.date | None
    """The day on which the treaty ceases to be in force for the party, if it gave notice."""
    why: str
    """The reason for the answer, with the deposit and the article."""

    __match_args__ = ("party", "deposited", "in_force")


class InForce(Value, init=False):
    """The entry into force of a treaty, in general and for each party."""

    treaty: str
    """The id of the treaty."""
    answer: InForceAnswer
    """Whether the treaty is in force, is not, or may be."""
    general: datetime.date | None
    """The day of entry into force. None unless the answer is ``in-force``."""
    earliest: datetime.date | None
    """The earliest possible day. None if there is none, or if any day is possible."""
    latest: datetime.date | None
    """The latest possible day. None if the treaty is not in force, or may not be."""
    missing: str | None
    """The conditions that are not met yet. None unless the answer is ``not-in-force``."""
    why: str | None
    """The reason for the day, or what an unknown answer depends on."""
    unread: int
    """The number of rows that could not be read: 0, because instruments are complete."""
    parties: tuple[PartyInForce, ...]
    """The parties in the order of their deposits. One that left and came back is there twice."""

    __match_args__ = ("treaty", "general", "missing")


class ClockRule(Value):
    """The rule of a clock that a commitment sets itself, such as an article on entry into force."""

    basis: str
    """The text of the rule, such as an article of the treaty."""
    rule: Rule
    """When the clock fires after its start."""
    deposits: int | None
    """The number of deposits that start the clock, on the day of the last of them."""
    treaty: EntryIntoForce | None
    """The complete article of the treaty. `deposits` and `rule` are then its first alternative."""

    __match_args__ = ("basis", "rule", "deposits", "treaty")

    def __init__(self, basis: str, rule: Rule, *, deposits: int | None = None) -> None:
        """For a treaty, use `EntryIntoForce.clock_rule`. Raises `InvalidError`."""
        self.__dict__["_json"] = _servanda.clock_rule(basis, rule, deposits)


class EntryIntoForce(Value, init=False):
    """The article of a treaty on its entry into force. `to_dict` returns all of it.

    >>> import servanda
    >>> from datetime import date
    >>> hague = servanda.builtin.treaty("hague-1980")
    >>> deposits = [
    ...     servanda.Instrument("France", on=date(1982, 9, 16)),
    ...     servanda.Instrument("Canada", on=date(1983, 6, 2)),
    ... ]
    >>> hague.apply(deposits).missing
    '1 more deposit (2 of 3): Hague Convention of 25 October 1980, art. 43(1)'
    """

    id: str
    """The id, such as ``hague-1980``."""
    title: Mapping[str, str]
    """The title of the treaty by language."""
    signed: datetime.date | None
    """The day of signature, if a period runs from it."""
    references: tuple[Source, ...]
    """The texts of the article."""

    __match_args__ = ("id",)

    @classmethod
    def from_toml(cls, text: str, *, file: str = "treaty.toml") -> EntryIntoForce:
        """Reads the article of a treaty from TOML. `file` is its name in errors.

        Raises `InvalidError` (``entry-into-force-refused``) with all errors, each with its line.
        """
        return cls._of(_servanda.from_toml("treaty", file, text))

    def apply(self, instruments: Sequence[Instrument], *, as_of: datetime.date | str | None = None) -> InForce:
        """The entry into force that follows from the instruments received by a day, or from all."""
        return InForce._of(_servanda.in_force(self, instruments, as_of))

    def clock_rule(self) -> ClockRule:
        """The article as the rule of a clock, for `Commitment.rules`."""
        return ClockRule._of(_servanda.treaty_clock_rule(self))
