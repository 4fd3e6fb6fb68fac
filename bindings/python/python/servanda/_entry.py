"""Entries of a ledger, and the exchange of entries between trackers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from . import _servanda
from ._facts import Fact
from ._standing import Retraction, Standing
from ._value import Value
from ._words import Date


class BatchPosition(Value, init=False):
    """The position of an entry in its batch. It shows whether a batch is complete."""

    nth: int
    """The number of the entry in the batch, from 1."""
    of: int
    """The number of entries in the batch."""
    previous: str | None
    """The previous entry of the batch. None for the first."""

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
    """The digest of the line without the member `id`."""
    commitment: str | None
    """The commitment. None for a definition."""
    on: Date | None
    """The date on which the fact is effective."""
    after: str | None
    """The entry that this one follows, if the dates of both overlap."""
    published: Date | None
    """The date on which the fact was first published elsewhere."""
    recorded_at: datetime.datetime
    """The moment of recording."""
    recorded_by: str
    """The recorder."""
    batch: BatchPosition | None
    """The position in the batch of the append."""
    fact: Fact
    """The fact, with its commitment and date."""

    __match_args__ = ("id", "commitment", "on", "fact")

    @property
    def kind(self) -> str:
        """The kind of fact as in JSON, such as ``advance``."""
        [kind] = self._members["fact"]
        return str(kind)

    def _read(self, name: str, reader: Any) -> Any:
        if name == "fact":
            members = ("after", "commitment", "fact", "on", "published", "recorded_at")
            draft = {member: self._members[member] for member in members if member in self._members}
            return Fact._of_any(_servanda.canonical(json.dumps(draft)))
        return super()._read(name, reader)

    @classmethod
    def from_line(cls, line: str) -> Entry:
        """Reads an entry from a line of a ledger.

        Raises `InvalidError` if the line is not an entry, and `DamagedError` if it was changed.
        """
        return cls._of(_servanda.entry(line))


class Logged(Value, init=False):
    """An entry in a log."""

    entry: Entry
    """The entry."""
    retracted: Retraction | None
    """The retraction: who did it, when and why. None if it was not retracted."""

    __match_args__ = ("entry", "retracted")


class Export(Value, init=False):
    """Entries for another tracker, and a cursor. It can be iterated over, and has a length."""

    entries: tuple[Entry, ...]
    """The entries, in the order in which they came to this tracker."""
    cursor: str
    """The argument for the next `Tracker.export_since`. Only the same ledger understands it."""

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
    """The standing of a commitment before and after new entries."""

    commitment: str
    """The commitment."""
    before: Standing | None
    """The standing without the new entries. None if the commitment was not registered."""
    after: Standing | None
    """The standing with the new entries. None if the commitment is not registered."""

    __match_args__ = ("commitment", "before", "after")


class Observed(Value, init=False):
    """The new entries of one append, merge or refresh."""

    on: datetime.date
    """The day of the standings: the current day in UTC when the entries came."""
    entries: tuple[Entry, ...]
    """The new entries, in the order in which they came."""
    standings: tuple[ObservedStanding, ...]
    """The commitments that the entries are about, in the order of their ids."""

    __match_args__ = ("on", "entries", "standings")
