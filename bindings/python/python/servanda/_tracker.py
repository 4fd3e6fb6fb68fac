"""A ledger that is kept somewhere."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Union

from . import _servanda
from ._commitment import Commitment
from ._entry import Entry, Export, Observed
from ._facts import Appended, _raw
from ._model import Party, Source
from ._procedure import Calendar, Procedure
from ._progress import Progress, _reporter
from ._view import View
from ._words import Relation

if TYPE_CHECKING:
    import logging

    from typing_extensions import Self

Now = Union[datetime.datetime, str, Callable[[], "datetime.datetime | str"]]
"""A source of time: a moment at which time stands still, or a callable that gives the moment it is now."""


class Observer:
    """Keeps a callback subscribed until it is closed, or the tracker is. It can be used in a `with` statement."""

    __slots__ = ("_raw",)
    _raw: _servanda.Observer

    def close(self) -> None:
        """Ends the subscription. The callback is not called any more."""
        self._raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: TracebackType | None) -> None:
        self.close()


class Tracker:
    """A ledger, the place where it is kept, who records, and a source of time. `open`, `create` and `memory` make one.

    A tracker can be shared between threads, and can be used in a `with` statement. Once it is closed, every method raises `StoppedError`
    (``closed``). What appends gives back the ids of the new entries in order, those of what was brought along first, such as a built-in
    procedure.

    What appends raises `RefusedError` for what the procedure, the path or the order of the ledger does not allow, `InvalidError` for what is
    not well-formed, `UnknownError` for what is not there, and `PlaceError` or `DamagedError` if the place cannot be written or is damaged. The
    ledger is then as it was.

    >>> import servanda
    >>> from datetime import date
    >>> source = servanda.Source("Remarks", "https://example.org/remarks")
    >>> with servanda.memory("desk") as tracker:
    ...     ids = tracker.register(servanda.Commitment(
    ...         "us/abe-visit", "A visit to Washington", procedure="action", by="us", made=date(2013, 1, 18),
    ...         obligation="result", words=servanda.Words("has invited", source),
    ...     ))
    ...     ids += tracker.advance("us/abe-visit", "done", on=date(2013, 2, 22), sources=[source])
    ...     print(len(ids), "entries:", tracker.view(on=date(2013, 3, 1))["us/abe-visit"].verdict)
    3 entries: kept
    """

    __slots__ = ("_now", "_raw", "__weakref__")
    _raw: _servanda.Tracker
    _now: Now | None

    def __init__(self) -> None:
        raise TypeError("use servanda.open, servanda.create or servanda.memory")

    @classmethod
    def _of(cls, raw: _servanda.Tracker, now: Now | None) -> Self:
        tracker = object.__new__(cls)
        tracker._raw = raw
        tracker._now = now
        return tracker

    def _moment(self) -> datetime.datetime | str | None:
        now = self._now
        return now() if callable(now) else now

    @property
    def place(self) -> str | None:
        """The path, or the URL without its password, where the ledger is kept; none if that is in memory."""
        return self._raw.place

    @property
    def recorded_by(self) -> str:
        """Who records."""
        return self._raw.recorded_by

    def with_time(self, now: Now | None) -> Tracker:
        """The same ledger with another source of time: a moment, a callable that gives one, or none for the clock of the machine."""
        return Tracker._of(self._raw, now)

    def close(self) -> None:
        """Lets go of the place where the ledger is kept. Views that were taken before can still be asked."""
        self._raw.close()

    @property
    def closed(self) -> bool:
        """Whether it has been closed."""
        return self._raw.closed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: TracebackType | None) -> None:
        self.close()

    def append(self, batch: Appended | Iterable[Appended]) -> list[str]:
        """Appends facts: all of them, or none. One fact does as well as several.

        When this returns, the entries are on the disk. Raises `InvalidError` (``empty-batch``) if there is nothing to append.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> len(tracker.append([servanda.Party("jp", {"en": "Japan"}), servanda.Party("us", {"en": "United States"})]))
        2
        """
        return self._append(_drafts(batch))

    def _append(self, drafts: Sequence[_servanda.Draft]) -> list[str]:
        ids = self._raw.append(drafts, None if self._now is None else self._moment())
        if "logging" in sys.modules and (log := _log()).isEnabledFor(_DEBUG):
            log.debug("%d entries appended to %s", len(ids), self.place or "a ledger in memory")
        return ids

    def prepare(self, batch: Appended | Iterable[Appended]) -> list[Entry]:
        """The entries that `append` would append now; nothing is written. `View.with_entries` shows what would follow."""
        return [Entry._of(line) for line in self._raw.prepare(_drafts(batch), self._moment())]

    def register(self, commitment: Commitment, *, recorded_at: datetime.datetime | str | None = None) -> list[str]:
        """Registers a commitment. `recorded_at`, here as everywhere, is for importers: it must be later than all that the ledger holds."""
        return self._append((_servanda.register(commitment, recorded_at),))

    def advance(
        self,
        commitment: str,
        to: str,
        *,
        on: datetime.date | str,
        by: str | None = None,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records a step of a commitment to a status, on a day (or in a month or a year, such as ``"2013-02"``), by whom if that matters.

        `after` is the entry of the same day that it comes after.

        >>> import servanda
        >>> servanda.memory("desk").advance("jp/tpp", "signed", on="2016-02-04")
        Traceback (most recent call last):
        ...
        servanda.UnknownError: jp/tpp is not registered on this ledger; register it first, or ask as of a later moment
        """
        return self._append((_servanda.advance(commitment, to, on, by, sources, note, after, recorded_at),))

    def deposit(
        self,
        commitment: str,
        by: str,
        *,
        on: datetime.date | str,
        instrument: str | None = None,
        share: str | None = None,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records that a party deposited an instrument of a kind such as ``ratification``; `share` is in per cent, as text."""
        draft = _servanda.deposit(commitment, by, on, instrument, share, sources, note, after, recorded_at)
        return self._append((draft,))

    def cite(
        self,
        commitment: str,
        entry: str,
        *,
        sources: Sequence[Source],
        note: str | None = None,
        on: datetime.date | str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records further sources for an entry; at least one."""
        return self._append((_servanda.cite(commitment, entry, sources, note, on, after, recorded_at),))

    def remark(
        self,
        commitment: str,
        title: str,
        *,
        on: datetime.date | str,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records something that happened and moves nothing: a referendum, a ruling, a restatement."""
        return self._append((_servanda.remark(commitment, title, on, sources, note, after, recorded_at),))

    def attest(
        self,
        commitment: str,
        *,
        on: datetime.date | str,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records that the record of a commitment is complete to a day: what it does not contain did not happen."""
        return self._append((_servanda.attest(commitment, on, sources, note, after, recorded_at),))

    def reschedule(
        self,
        commitment: str,
        deadline: datetime.date | str,
        *,
        on: datetime.date | str,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records that a deadline was set or moved on a day. It never cures a deadline that had already passed."""
        return self._append((_servanda.reschedule(commitment, deadline, on, sources, note, after, recorded_at),))

    def amend(
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
    ) -> list[str]:
        """Puts the title or the topics of a commitment better, or the note of an entry."""
        return self._append((_servanda.amend(commitment, title, topics, entry, note, on, after, recorded_at),))

    def link(
        self,
        commitment: str,
        relation: Relation | str,
        to: str,
        *,
        on: datetime.date | str | None = None,
        sources: Sequence[Source] = (),
        note: str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records that another commitment is this to the one: its ``successor``, or ``related``."""
        return self._append((_servanda.link(commitment, relation, to, on, sources, note, after, recorded_at),))

    def retract(
        self,
        commitment: str | None,
        entry: str,
        *,
        reason: str,
        on: datetime.date | str | None = None,
        after: str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Records that an entry about a commitment was a mistake, or with none as the commitment that a definition was.

        To put something in its place, append both in one batch: ``tracker.append([Retract(…), Advance(…)])``.
        """
        return self._append((_servanda.retract(commitment, entry, reason, on, after, recorded_at),))

    def define(
        self, what: Party | Procedure | Calendar, *, recorded_at: datetime.datetime | str | None = None
    ) -> list[str]:
        """Records what a party, a procedure or a calendar is."""
        return self._append((_servanda.define(what._kind, what, recorded_at),))

    def merge(self, entries: Tracker | Iterable[Entry | str], *, progress: Progress | None = None) -> int:
        """Takes in entries from elsewhere (another tracker, an `Export`, entries, lines of a ledger), and says how many were new.

        All of them, or none. What does not fit together is kept, and shown as conflicts; a warning is then logged. Merging is union: it does not
        matter in which order, how often, or from where.

        >>> import servanda
        >>> phone, desk = servanda.memory("phone"), servanda.memory("desk")
        >>> _ = phone.define(servanda.Party("jp", {"en": "Japan"}))
        >>> desk.merge(phone), desk.merge(phone), desk.digest() == phone.digest()
        (1, 0, True)
        """
        if isinstance(entries, Tracker):
            new, conflicts = self._raw.merge_tracker(entries._raw, self._moment(), _reporter(progress))
        else:
            lines = [entry if isinstance(entry, str) else entry.to_json() for entry in entries]
            new, conflicts = self._raw.merge(lines, self._moment(), _reporter(progress))
        _log().debug("%d entries merged into %s", new, self.place or "a ledger in memory")
        if conflicts:
            _log().warning("after a merge %d entries of %s do not fit", conflicts, self.place or "a ledger in memory")
        return new

    def export_since(self, cursor: str | None = None) -> Export:
        """What has come to this ledger since an earlier export, for another tracker to merge; everything if there was none.

        Entries may be given out again, which does no harm. Raises `InvalidError` (``invalid-cursor``).
        """
        return Export._made(*self._raw.export_since(cursor))

    def refresh(self) -> bool:
        """Takes in what others have written, and says whether there was anything."""
        return self._raw.refresh(self._moment())

    def observe(self, callback: Callable[[Observed], object]) -> Observer:
        """Calls back when there are new entries: appended here, merged, or written by others and taken in by a refresh or before an append.

        It is called after they are on the disk, one call after the other, on a thread that appended, merged or refreshed. It may ask, append, and
        close its own observer. An exception in it is logged, and ends there. It is called until the observer or the tracker is closed.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> observer = tracker.observe(lambda observed: print(len(observed.entries), "new"))
        >>> _ = tracker.define(servanda.Party("jp", {"en": "Japan"}))
        1 new
        >>> observer.close()
        """

        def told(text: str) -> None:
            try:
                callback(Observed._of(text))
            except Exception:
                _log().exception("an observer failed")

        observer = object.__new__(Observer)
        observer._raw = self._raw.observe(told)
        return observer

    def verify(self, *, progress: Progress | None = None) -> int:
        """Reads the whole ledger at its place, checks every line, and says how many entries it has.

        Raises `DamagedError` with everything that is wrong.
        """
        return self._raw.verify(_reporter(progress))

    def load(self, *, progress: Progress | None = None) -> None:
        """Reads all of a ledger that is kept in a database. Without it, what is asked for is read when it is."""
        self._raw.load(_reporter(progress))

    def view(
        self, *, on: datetime.date | str | None = None, known_at: datetime.datetime | str | None = None
    ) -> View:
        """What the tracker holds now, as of a day (today, in UTC, unless another is given), and as known at a moment.

        Raises `InvalidError` if `on` is a `datetime`, or `known_at` has no time zone.
        """
        return View._of(self._raw.view(on, known_at, self._moment()))

    def entries(self) -> list[Entry]:
        """All entries, in the order in which they are written to a file."""
        return [Entry._of(line) for line in self._raw.lines()]

    def table(self) -> _servanda.Table:
        """All entries as a table for data frame libraries, in the order in which they were recorded; see `View.table` for how it is read. A tracker by itself
        is this table: `polars.DataFrame(tracker)`.

        Columns: ``id``, ``recorded_at`` (moment), ``recorded_by``, ``commitment``, ``kind``, ``on`` (as written: a year, a month or a day), ``day`` (its last day),
        ``to`` (the status that a step leads to, or the commitment that is linked), ``by`` (the party that took the step or deposited), ``title``, ``note``,
        ``sources`` (list of URLs, of a registration that of its words first), ``about`` (the entry that is cited for, amended or retracted) and ``line``, which is
        the whole entry as JSON.

        >>> import servanda
        >>> len(servanda.memory("desk").table())
        0
        """
        return _servanda.entries_table(self._raw)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream of `table()`."""
        return self.table().__arrow_c_stream__(requested_schema)

    def entries_like(self, start: str) -> list[Entry]:
        """The entries whose ids begin with these characters, such as ``sha256:0b3f``."""
        return [Entry._of(line) for line in self._raw.lines_like(start)]

    def digest(self) -> str:
        """The digest of the ledger. Two trackers with the same digest hold the same entries."""
        return self._raw.digest()

    def __len__(self) -> int:
        """How many entries there are."""
        return self._raw.count()

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries())

    def __repr__(self) -> str:
        kept = "in memory" if self.place is None else f"at {self.place}"
        return f"<servanda.Tracker {kept}, recorded by {self.recorded_by}{', closed' if self.closed else ''}>"


def _drafts(batch: Appended | Iterable[Appended]) -> list[_servanda.Draft]:
    facts = batch if isinstance(batch, Iterable) else (batch,)
    return [_raw(fact) for fact in facts]


_logger: logging.Logger | None = None
_DEBUG = 10
"""The level of that name, which is asked for before what it costs to say something is spent."""


def _log() -> logging.Logger:
    global _logger
    if _logger is None:
        # Who has not imported logging has no use for it.
        import logging

        _logger = logging.getLogger("servanda")
    return _logger


def memory(recorded_by: str, *, now: Now | None = None) -> Tracker:
    """An empty ledger in memory. `recorded_by` is the id of who writes, such as ``desk``; if it is not well-formed, appending says so.

    `now` is another source of time than the clock of the machine, for tests and imports.
    """
    return Tracker._of(_servanda.Tracker.memory(recorded_by), now)


def open(
    place: str | os.PathLike[str], recorded_by: str, *, now: Now | None = None, progress: Progress | None = None
) -> Tracker:
    """Opens the ledger at a path or a URL. Nothing is written until something is appended.

    A file that is there is what its content says: SQLite or JSON Lines. `progress` is told how many bytes of a file of lines have been read.

    Raises `PlaceError` (``no-ledger``, ``not-a-file``, ``no-permission``, ``io``, ``not-compiled-in``) or `DamagedError`.

    >>> import servanda
    >>> servanda.open("no-such.db", "desk")
    Traceback (most recent call last):
    ...
    servanda.PlaceError: there is no ledger at no-such.db; create one there, or check the path
    """
    tracker = Tracker._of(_servanda.Tracker.open(os.fspath(place), recorded_by, _reporter(progress)), now)
    if "logging" in sys.modules:
        _log().debug("opened %s", tracker.place)
    return tracker


def create(place: str | os.PathLike[str], recorded_by: str, *, now: Now | None = None) -> Tracker:
    """Creates an empty ledger at a path or a URL: a file of JSON Lines if the path ends in ``.jsonl``, and else a SQLite file.

    Raises `PlaceError` (``already-there``, ``no-permission``, ``io``, ``not-compiled-in``).
    """
    tracker = Tracker._of(_servanda.Tracker.create(os.fspath(place), recorded_by), now)
    if "logging" in sys.modules:
        _log().debug("created %s", tracker.place)
    return tracker
