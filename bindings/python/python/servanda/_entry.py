"""Entries as they stand on a ledger, and what one tracker gives to another."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from . import _servanda
from ._facts import Fact
from ._standing import Standing
from ._value import Value
from ._words import Date


class BatchPosition(Value, init=False):
    """An entry's place in a batch. With it a part of a batch is recognised as such, and not taken for the whole."""

    nth: int
    """Which of the batch's entries it is, from 1."""
    of: int
    """How many they are."""
    previous: str | None
    """The entry before it in the batch; none for the first."""

    __match_args__ = ("nth", "of")


class Entry(Value, init=False):
    """One fact on the ledger. Its JSON is its line.

    >>> import servanda
    >>> tracker = servanda.memory("desk", now="2013-01-18T09:00:00.000000Z")
    >>> _ = tracker.define(servanda.Party("jp", {"en": "Japan"}))
    >>> [entry] = tracker.entries()
    >>> entry.recorded_by, entry.recorded_at.isoformat(), entry.fact.kind
    ('desk', '2013-01-18T09:00:00+00:00', 'define')
    """

    id: str
    """The digest of its line without the member `id`."""
    commitment: str | None
    """The commitment it is about; none for a definition."""
    on: Date | None
    """The day it is effective, as precisely as known."""
    after: str | None
    """The entry of the same day that it comes after."""
    recorded_at: datetime.datetime
    """When it was written down."""
    recorded_by: str
    """Who wrote it down."""
    batch: BatchPosition | None
    """Its place in the batch it was appended in."""
    fact: Fact
    """What it says, with the commitment and the day it is about."""

    __match_args__ = ("id", "commitment", "on", "fact")

    @property
    def kind(self) -> str:
        """The kind of fact, as in JSON, such as ``advance``."""
        [kind] = self._members["fact"]
        return str(kind)

    def _read(self, name: str, reader: Any) -> Any:
        if name == "fact":
            members = ("after", "commitment", "fact", "on", "recorded_at")
            said = {member: self._members[member] for member in members if member in self._members}
            return Fact._of_any(_servanda.canonical(json.dumps(said)))
        return super()._read(name, reader)

    @classmethod
    def from_line(cls, line: str) -> Entry:
        """The entry that a line of a ledger is. Raises `InvalidError` or `DamagedError` if it is not one, or was changed."""
        return cls._of(_servanda.entry(line))


class Export(Value, init=False):
    """Entries for another tracker, and how far they go. It can be iterated over, and has a length."""

    entries: tuple[Entry, ...]
    """The entries, in the order in which they came to this tracker."""
    cursor: str
    """What to give to the next export, to go on from here. What it means is known only to the ledger that it comes from."""

    __match_args__ = ("entries", "cursor")

    @classmethod
    def _made(cls, lines: Sequence[str], cursor: str) -> Export:
        export = object.__new__(cls)
        export.__dict__.update(entries=tuple(map(Entry._of, lines)), cursor=cursor)
        return export

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name != "_json" or "entries" not in self.__dict__:
                return super().__getattr__(name)
            lines = ",".join(entry._json for entry in self.entries)
            self.__dict__[name] = f'{{"cursor":{json.dumps(self.cursor)},"entries":[{lines}]}}'
            return self.__dict__[name]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class ObservedStanding(Value, init=False):
    """Where a commitment stood before new entries came, and after."""

    commitment: str
    """The commitment."""
    before: Standing | None
    """Where it stood without the new entries; nothing if it was not registered."""
    after: Standing | None
    """Where it stands with them; nothing if it is not registered."""

    __match_args__ = ("commitment", "before", "after")


class Observed(Value, init=False):
    """What came onto a ledger at one time: by an append, a merge, or a refresh."""

    on: datetime.date
    """The day of which the standings are: today, as it was then."""
    entries: tuple[Entry, ...]
    """The new entries, in the order in which they came."""
    standings: tuple[ObservedStanding, ...]
    """The commitments that they are about, in the order of their ids."""

    __match_args__ = ("on", "entries", "standings")
