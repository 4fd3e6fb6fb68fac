"""The kinds of fact, one class for each."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from . import _servanda
from ._commitment import Commitment
from ._model import Party, Source
from ._procedure import Calendar, Procedure
from ._value import Value
from ._words import Date, Deadline, Relation, RelationWord


class Fact(Value, init=False):
    """A fact about a commitment on a day: a draft to append, or the content of an entry.

    Drafts are appended alone or in a batch. A commitment, a party, a procedure and a calendar can
    be appended as they are.

    >>> import servanda
    >>> from datetime import date
    >>> step = servanda.Advance("us/abe-visit", "done", on=date(2013, 2, 22))
    >>> match step:
    ...     case servanda.Advance(commitment, to="done", on=on):
    ...         print(commitment, "was done on", on)
    us/abe-visit was done on 2013-02-22
    """

    commitment: str | None
    """The commitment. None for a definition."""
    on: Date | None
    """The date of the fact. None if the fact has no date."""
    after: str | None
    """The entry of the same day that this one follows."""
    recorded_at: datetime.datetime | None
    """The moment of recording. None in a draft unless it is set there; the tracker then sets it."""

    _kind: ClassVar[str] = ""
    _kinds: ClassVar[dict[str, type[Fact]]] = {}
    _raw: _servanda.Draft
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, *, init: bool = True) -> None:
        super().__init_subclass__(init=init)
        Fact._kinds[cls._kind] = cls

    def _made(self, raw: _servanda.Draft) -> None:
        self.__dict__["_raw"] = raw

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name == "_raw":
                found = _servanda.draft_from_json(self._json)
            elif name == "_json" and "_raw" in self.__dict__:
                found = self._raw.json()
            elif name == "_members":
                found = json.loads(self._json)
                [(kind, body)] = found.pop("fact").items()
                found = {"_kind": kind, "_body": body, **(body if isinstance(body, dict) else {}), **found}
            else:
                return super().__getattr__(name)
            self.__dict__[name] = found
            return found

    @property
    def kind(self) -> str:
        """The kind of fact as in JSON, such as ``advance``."""
        kind: str = self._members["_kind"]
        return kind

    @classmethod
    def from_json(cls, text: str) -> Fact:
        """Reads a draft from JSON.

        It has the members of a line of a ledger, without those that the tracker fills in.

        Raises `InvalidError` if it is not well-formed.

        >>> import servanda
        >>> servanda.Fact.from_json('{"commitment":"us/abe-visit","fact":{"attest":{}},"on":"2013-02-28"}')
        Attest(commitment='us/abe-visit', on=Date('2013-02-28'))
        """
        raw = _servanda.draft_from_json(text)
        return cls._of_any(raw.json())

    @classmethod
    def _of_any(cls, text: str) -> Fact:
        [kind] = json.loads(text)["fact"]
        return Fact._kinds.get(kind, UnknownFact)._of(text)


class Register(Fact):
    """A commitment was made."""

    what: Commitment
    """The commitment."""

    _kind = "register"
    __match_args__ = ("what",)

    def __init__(self, commitment: Commitment, *, recorded_at: datetime.datetime | str | None = None) -> None:
        """A commitment with a moment of recording. Without one, append the commitment itself."""
        self._made(_servanda.register(commitment, recorded_at))

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            return Commitment._from({**self._members["_body"], "id": self._members["commitment"]})
        return super()._read(name, reader)


class Advance(Fact):
    """A step was taken: the commitment moved to a status."""

    commitment: str
    to: str
    """The status."""
    by: str | None
    """The party that took the step."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "advance"
    __match_args__ = ("commitment", "to", "on", "by", "sources", "note")

    def __init__(
        self,
        commitment: str,
        to: str,
        *,
        on: datetime.date | str,
        by: str | None = None,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed. Appending checks the procedure."""
        self._made(_servanda.advance(commitment, to, on, by, sources, note, after, recorded_at))


class Deposit(Fact):
    """A party deposited its instrument of ratification, acceptance, approval or accession."""

    commitment: str
    by: str
    """The party."""
    instrument: str | None
    """The kind of instrument, such as ``ratification`` or ``acceptance``."""
    share: str | None
    """The share of the party in per cent: an exact decimal as text, such as ``"20.09"``."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "deposit"
    __match_args__ = ("commitment", "by", "on", "instrument", "share", "sources", "note")

    def __init__(
        self,
        commitment: str,
        by: str,
        *,
        on: datetime.date | str,
        instrument: str | None = None,
        share: str | None = None,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.deposit(commitment, by, on, instrument, share, sources, note, after, recorded_at))


class Cite(Fact):
    """More sources support an entry."""

    commitment: str
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The sources. There is at least one."""
    note: str | None
    """A note."""

    _kind = "cite"
    __match_args__ = ("commitment", "entry", "sources", "note")

    def __init__(
        self,
        commitment: str,
        entry: str,
        *,
        sources: Source | str | Sequence[Source | str],
        note: str | None = None,
        on: datetime.date | str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.cite(commitment, entry, sources, note, on, after, recorded_at))


class Remark(Fact):
    """Something happened that does not change the status: a referendum, a ruling, a restatement."""

    commitment: str
    title: str
    """The event."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "remark"
    __match_args__ = ("commitment", "title", "on", "sources", "note")

    def __init__(
        self,
        commitment: str,
        title: str,
        *,
        on: datetime.date | str,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.remark(commitment, title, on, sources, note, after, recorded_at))


class Attest(Fact):
    """The record is complete to a day. A step that it does not contain did not happen."""

    commitment: str
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "attest"
    __match_args__ = ("commitment", "on")

    def __init__(
        self,
        commitment: str,
        *,
        on: datetime.date | str,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.attest(commitment, on, sources, note, after, recorded_at))


class Reschedule(Fact):
    """A deadline was set or moved."""

    commitment: str
    deadline: Deadline
    """The new deadline."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "reschedule"
    __match_args__ = ("commitment", "deadline", "on", "sources", "note")

    def __init__(
        self,
        commitment: str,
        deadline: datetime.date | str,
        *,
        on: datetime.date | str,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.reschedule(commitment, deadline, on, sources, note, after, recorded_at))


class Amend(Fact):
    """A title, topics or a note have a better wording. The meaning stays the same."""

    commitment: str
    title: str | None
    """The new title of the commitment."""
    topics: tuple[str, ...] | None
    """The new topics of the commitment. They replace all it had."""
    entry: str | None
    """The entry whose note changes."""
    note: str | None
    """The new note of that entry."""

    _kind = "amend"
    __match_args__ = ("commitment", "title", "topics", "entry", "note")

    def __init__(
        self,
        commitment: str,
        *,
        title: str | None = None,
        topics: Sequence[str] | None = None,
        entry: str | None = None,
        note: str | None = None,
        on: datetime.date | str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.amend(commitment, title, topics, entry, note, on, after, recorded_at))


class Link(Fact):
    """Another commitment is related to this one."""

    commitment: str
    relation: Relation
    """The relation of the other commitment to this one."""
    to: str
    """The other commitment."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note."""

    _kind = "link"
    __match_args__ = ("commitment", "relation", "to", "on", "sources", "note")

    def __init__(
        self,
        commitment: str,
        relation: Relation | RelationWord,
        to: str,
        *,
        on: datetime.date | str | None = None,
        sources: Source | str | Sequence[Source | str] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """Raises `InvalidError` if a part is not well-formed."""
        self._made(_servanda.link(commitment, relation, to, on, sources, note, after, recorded_at))


class Retract(Fact):
    """An entry was a mistake."""

    entry: str
    """The entry."""
    reason: str
    """The reason."""

    _kind = "retract"
    __match_args__ = ("commitment", "entry", "reason")

    def __init__(
        self,
        commitment: str | None,
        entry: str,
        *,
        reason: str,
        on: datetime.date | str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """`commitment` is the commitment of the entry, or None if the entry is a definition.

        Raises `InvalidError` if a part is not well-formed.
        """
        self._made(_servanda.retract(commitment, entry, reason, on, after, recorded_at))


class Define(Fact):
    """A definition of a party, a procedure or a calendar."""

    what: Party | Procedure | Calendar
    """The party, procedure or calendar."""

    _kind = "define"
    __match_args__ = ("what",)

    def __init__(
        self, what: Party | Procedure | Calendar, *, recorded_at: datetime.datetime | str | None = None
    ) -> None:
        """A definition with a moment of recording. Without one, append the definition itself."""
        self._made(_servanda.define(what._kind, what, recorded_at))

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            [(kind, members)] = self._members["_body"].items()
            return {cls._kind: cls for cls in (Party, Procedure, Calendar)}[kind]._from(members)
        return super()._read(name, reader)


class UnknownFact(Fact, init=False):
    """A kind of fact from a later version. It is kept, but not understood."""

    _kind = ""
    __match_args__ = ("commitment",)


Appendable = Fact | Commitment | Party | Procedure | Calendar
"""The types that can be appended."""


def _draft(one: Appendable) -> _servanda.Draft:
    """The draft that appends a value."""
    if isinstance(one, Fact):
        return one._raw
    if isinstance(one, Commitment):
        return _servanda.register(one, None)
    if isinstance(one, (Party, Procedure, Calendar)):
        return _servanda.define(one._kind, one, None)
    raise TypeError(f"expected a fact, a commitment, a party, a procedure or a calendar, not {type(one).__name__}")
