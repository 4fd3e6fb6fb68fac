"""The articles of treaties on their entry into force, and the instruments that parties deposit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from . import _servanda
from ._model import Source
from ._procedure import Rule
from ._value import Value


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


class GivenRule(Value):
    """A clock's rule as the commitment itself has it, such as a treaty's own article on its entry into force."""

    basis: str
    """Where the rule stands, such as an article of the treaty."""
    rule: Rule
    """When the clock fires after its start."""
    deposits: int | None
    """How many parties must have deposited their instruments before the clock starts, on the day of the last of them."""
    treaty: EntryIntoForce | None
    """The treaty's own article in full, of which `deposits` and `rule` are then the first alternative."""

    __match_args__ = ("basis", "rule", "deposits", "treaty")

    def __init__(self, basis: str, rule: Rule, *, deposits: int | None = None) -> None:
        """Raises `InvalidError` (``invalid-title``). Where it is that of a treaty, use `EntryIntoForce.given`."""
        self.__dict__["_json"] = _servanda.given_rule(basis, rule, deposits)


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

    def given(self) -> GivenRule:
        """The article as the rule that a commitment gives to one of its procedure's clocks."""
        return GivenRule._of(_servanda.given_by(self))
