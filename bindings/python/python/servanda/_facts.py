"""Facts: drafts to append, and the contents of entries. `_fact_kinds` has a class for each kind."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any, ClassVar

from . import _servanda
from ._commitment import Commitment
from ._model import Party, Topic
from ._procedure import Calendar, Procedure
from ._value import Value
from ._words import Date


class Fact(Value, init=False):
    """A fact about a commitment on a day: a draft to append, or the content of an entry.

    Drafts are appended alone or in a batch. A commitment, a party, a procedure, a calendar and a
    topic can be appended as they are.

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
    """The entry that this one follows, if the dates of both overlap."""
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
        Attest(commitment='us/abe-visit', on=Date('2013-02-28'), sources=(), note=None)
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

    def __init__(
        self,
        commitment: Commitment,
        *,
        published: datetime.date | str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> None:
        """A commitment with its times. Without any, append the commitment itself."""
        self._made(_servanda.register(commitment, published, recorded_at))

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            return Commitment._from({**self._members["_body"], "id": self._members["commitment"]})
        return super()._read(name, reader)


class Define(Fact):
    """A definition of a party, a procedure, a calendar or a topic."""

    what: Party | Procedure | Calendar | Topic
    """The party, procedure, calendar or topic."""

    _kind = "define"
    __match_args__ = ("what",)

    def __init__(
        self, what: Party | Procedure | Calendar | Topic, *, recorded_at: datetime.datetime | str | None = None
    ) -> None:
        """A definition with a moment of recording. Without one, append the definition itself."""
        self._made(_servanda.define(what._kind, what, recorded_at))

    def _read(self, name: str, reader: Any) -> Any:
        if name == "what":
            [(kind, members)] = self._members["_body"].items()
            return {cls._kind: cls for cls in (Party, Procedure, Calendar, Topic)}[kind]._from(members)
        return super()._read(name, reader)


class UnknownFact(Fact, init=False):
    """A kind of fact from a later version. It is kept, but not understood."""

    _kind = ""
    __match_args__ = ("commitment",)


Appendable = Fact | Commitment | Party | Procedure | Calendar | Topic
"""The types that can be appended."""


def _draft(one: Appendable) -> _servanda.Draft:
    """The draft that appends a value."""
    if isinstance(one, Fact):
        return one._raw
    if isinstance(one, Commitment):
        return _servanda.register(one, None, None)
    if isinstance(one, (Party, Procedure, Calendar, Topic)):
        return _servanda.define(one._kind, one, None)
    raise TypeError(f"expected a fact, a commitment, a party, a procedure, a calendar or a topic, not {type(one).__name__}")
