"""Trackers: a ledger with its location and its recorder."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Union

from . import _servanda
from ._commitment import Commitment
from ._entry import Entry, Export, Observed
from ._facts import Appendable, _draft
from ._importing import Importable, ImportMapping, _input, _mapping
from ._model import Party
from ._procedure import Calendar, Procedure
from ._progress import Progress, _callback
from ._publishing import Published, _config
from ._recording import Recording
from ._tables import Table
from ._view import View

if TYPE_CHECKING:
    import logging

    import pandas  # type: ignore[import-untyped, unused-ignore]
    import polars
    from typing_extensions import Self

Now = Union[datetime.datetime, str, Callable[[], "datetime.datetime | str"]]
"""A source of time: a fixed moment, or a callable that returns the current moment."""


class Observer:
    """A subscription of a callback. It ends when it or the tracker is closed.

    It can be used in a `with` statement.
    """

    __slots__ = ("_raw",)
    _raw: _servanda.Observer

    def close(self) -> None:
        """Ends the subscription. The callback is not called any more."""
        self._raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: TracebackType | None) -> None:
        self.close()


class Tracker(Recording):
    """A ledger, with its location, its recorder and a source of time.

    `open`, `create` and `memory` make a tracker. It can be shared between threads and used in a
    `with` statement. Once it is closed, every method raises `StoppedError` (``closed``).

    Methods that append return the ids of the new entries in order. The ids of entries that were
    added along, such as a built-in procedure, come first. These methods raise `RefusedError` if the
    procedure or the order of the ledger forbids the fact, `InvalidError` if a part is not
    well-formed, `UnknownError` if an id does not exist, and `PlaceError` or `DamagedError` if the
    ledger cannot be written or is damaged. The ledger is then unchanged.

    >>> import servanda
    >>> from datetime import date
    >>> source = servanda.Source("Remarks", "https://example.org/remarks")
    >>> with servanda.memory("desk") as tracker:
    ...     ids = tracker.register(servanda.Commitment(
    ...         "us/abe-visit", "A visit to Washington", procedure="action", by="us", made=date(2013, 1, 18),
    ...         obligation="result", words=servanda.Words("has invited", source),
    ...     ))
    ...     ids += tracker.advance("us/abe-visit", "done", on=date(2013, 2, 22), sources=source)
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
        """The path of the ledger, or its URL without the password. None for a ledger in memory."""
        return self._raw.place

    @property
    def recorded_by(self) -> str | None:
        """The recorder. None if the ledger was opened for reading."""
        return self._raw.recorded_by

    def with_time(self, now: Now | None) -> Tracker:
        """The same ledger with another source of time. None is the system clock."""
        return Tracker._of(self._raw, now)

    def close(self) -> None:
        """Releases the file or the connection. Views of the tracker can still be used."""
        self._raw.close()

    @property
    def closed(self) -> bool:
        """Whether the tracker is closed."""
        return self._raw.closed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: TracebackType | None) -> None:
        self.close()

    def append(
        self,
        batch: Appendable | Iterable[Appendable],
        *,
        skip_recorded: bool = False,
        share_identifiers: bool = False,
    ) -> list[str]:
        """Appends one fact or a batch of facts: all of them, or none.

        The entries are on disk when it returns. `skip_recorded` leaves out what this recorder has
        recorded already, so that a repeated call changes nothing. `share_identifiers` allows
        identifiers that other commitments have too. Raises `InvalidError` (``empty-batch``) if
        there are no facts.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> len(tracker.append([servanda.Party("jp", {"en": "Japan"}), servanda.Party("us", {"en": "United States"})]))
        2
        >>> tracker.append(servanda.Party("jp", {"en": "Japan"}), skip_recorded=True)
        []
        """
        return self._append(_drafts(batch), skip_recorded=skip_recorded, share_identifiers=share_identifiers)

    def _append(
        self, drafts: Sequence[_servanda.Draft], *, skip_recorded: bool = False, share_identifiers: bool = False
    ) -> list[str]:
        now = None if self._now is None else self._moment()
        ids = self._raw.append(drafts, skip_recorded, share_identifiers, now)
        if "logging" in sys.modules and (log := _log()).isEnabledFor(_DEBUG):
            log.debug("appended %d entries to %s", len(ids), self._name())
        return ids

    def _name(self) -> str:
        return self.place or "a ledger in memory"

    def prepare(self, batch: Appendable | Iterable[Appendable]) -> list[Entry]:
        """The entries that `append` would append. Nothing is written. See `View.with_entries`."""
        return [Entry._of(line) for line in self._raw.prepare(_drafts(batch), self._moment())]

    def register(
        self,
        commitment: Commitment,
        *,
        published: datetime.date | str | None = None,
        recorded_at: datetime.datetime | str | None = None,
    ) -> list[str]:
        """Registers a commitment.

        `published` and `recorded_at`, here and in the other methods, are for importers: the date on
        which the fact was first published elsewhere, and the moment at which it was recorded, which
        must be later than all entries on the ledger.
        """
        return self._append((_servanda.register(commitment, published, recorded_at),))

    def define(
        self, what: Party | Procedure | Calendar, *, recorded_at: datetime.datetime | str | None = None
    ) -> list[str]:
        """Records the definition of a party, a procedure or a calendar."""
        return self._append((_servanda.define(what._kind, what, recorded_at),))

    def merge(self, entries: Tracker | Iterable[Entry | str], *, progress: Progress | None = None) -> int:
        """Merges entries, all of them or none. Returns the number of new entries.

        `entries` is a tracker, an `Export`, entries, or lines of a ledger. A merge is a union:
        order, repetition and origin do not matter. Entries that contradict each other are kept and
        become conflicts; a warning is logged.

        >>> import servanda
        >>> phone, desk = servanda.memory("phone"), servanda.memory("desk")
        >>> _ = phone.define(servanda.Party("jp", {"en": "Japan"}))
        >>> desk.merge(phone), desk.merge(phone), desk.digest() == phone.digest()
        (1, 0, True)
        """
        if isinstance(entries, Tracker):
            new, conflicts = self._raw.merge_tracker(entries._raw, self._moment(), _callback(progress))
        else:
            lines = [entry if isinstance(entry, str) else entry.to_json() for entry in entries]
            new, conflicts = self._raw.merge(lines, self._moment(), _callback(progress))
        _log().debug("merged %d new entries into %s", new, self._name())
        if conflicts:
            _log().warning("after a merge, %d entries of %s are in conflict", conflicts, self._name())
        return new

    def import_table(
        self,
        table: Importable,
        mapping: ImportMapping | None = None,
        *,
        reason: str | None = None,
        retract_missing: bool = False,
        partial: bool = False,
        dry_run: bool = False,
        future: bool = False,
        allow_new_parties: bool = False,
        share_identifiers: bool = False,
        recorded_at: datetime.datetime | str | None = None,
        sheet: str | None = None,
        header: int | None = None,
        delimiter: str | None = None,
        encoding: str | None = None,
        format: str | None = None,
    ) -> Table:
        """Compares a table with the ledger, records the differences, and returns them as a table.

        `table` is a path (CSV, XLSX, ODS, TOML, YAML or JSON), or anything with the Arrow
        interface, such as a data frame; that needs pyarrow or polars. `mapping` says which column
        is what: the path of a TOML file, or its tables as a dict. Without one, columns are named
        like the keys of such a file. The chapter *Import* of the guide describes the keys.

        Importing the same table again changes nothing. An edited row becomes a correction with the
        `reason`, unless its column gives one. What the table no longer has is retracted only with
        `retract_missing`. With `dry_run`, nothing is written.

        If rows are refused, nothing is recorded, and it raises `RefusedError` (``rows-refused``),
        whose `details` list the refusals. With `partial`, the other commitments are recorded. Raises
        `InvalidError` (``unreadable-input``, ``mapping-refused``, ``column-missing``) if the file or
        the mapping does not fit.

        `future` allows dates later than today, `allow_new_parties` parties that are spelt almost
        like known ones, and `share_identifiers` identifiers that other commitments have too.
        `recorded_at` is the moment at which all of the table was known. `sheet` to `format` say how
        to read a file, if it is not found out.

        Columns of the answer: ``action`` (``register``, ``add``, ``correct``, ``amend``,
        ``retract``, ``missing``, ``keep`` or ``refuse``), ``commitment``, ``what``, ``before``,
        ``after``, ``reason``, ``code`` and ``nearest`` (of a refusal: the code of the error, and the
        known word that is spelt most like an unknown one), ``file``, ``sheet``, ``row`` and
        ``column``. The rows of a data frame are counted from 1.

        >>> import polars, servanda
        >>> frame = polars.DataFrame({"title": ["Build roads"], "status": ["kept"], "on": ["2014-05-01"],
        ...                           "sources": ["https://example.org/opened"]})
        >>> mapping = {"defaults": {"procedure": "pledge", "by": "gov", "made": "2013-01-18"}}
        >>> tracker = servanda.memory("sheet")
        >>> tracker.import_table(frame, mapping).to_polars().rows()[1][:3]
        ('add', 'build-roads', 'the step to kept on 2014-05-01')
        >>> len(tracker.import_table(frame, mapping))
        0
        """
        options = {
            "reason": reason,
            "retract_missing": retract_missing,
            "partial": partial,
            "dry_run": dry_run,
            "future": future,
            "allow_new_parties": allow_new_parties,
            "share_identifiers": share_identifiers,
            "recorded_at": recorded_at,
            "sheet": sheet,
            "header": header,
            "delimiter": delimiter,
            "encoding": encoding,
            "format": format,
        }
        imported = _servanda.import_table(self._raw, _input(table), _mapping(mapping), options, self._moment())
        return Table._of(imported)

    def publish(
        self,
        folder: str | os.PathLike[str],
        *,
        config: str | os.PathLike[str] | None = None,
        on: datetime.date | str | None = None,
        known_at: datetime.datetime | datetime.date | str | None = None,
    ) -> Published:
        """Makes a static site of the ledger in a folder, or brings the site there up to date.

        The site needs no server and can be read without scripts. `config` is the path of a TOML
        file with its name, languages and texts. `on` and `known_at` are those of `view`. The chapter
        *Publish* of the guide describes both.

        Only files that differ are written, and files of the last run that are no longer part of the
        site are removed. Files of others are never touched.

        Raises `InvalidError` (``config-refused``) if the configuration is not valid, and
        `RefusedError` (``foreign-file``) if a file of others is where a page has to be.

        >>> import servanda, tempfile
        >>> tracker = servanda.memory("desk")
        >>> site = tempfile.mkdtemp()
        >>> published = tracker.publish(site, on="2013-06-01")
        >>> published.written == published.files
        True
        >>> tracker.publish(site, on="2013-06-01").written
        0
        """
        view = self.view(on=on, known_at=known_at)
        return Published(*_servanda.publish(view._raw, os.fspath(folder), _config(config)))

    def export_since(self, cursor: str | None = None) -> Export:
        """The entries that came to this ledger since an earlier export, or all entries.

        An export may repeat entries, which is harmless. Raises `InvalidError` (``invalid-cursor``).
        """
        return Export._made(*self._raw.export_since(cursor))

    def refresh(self) -> bool:
        """Reads the entries that other processes have written. Returns whether there were any."""
        return self._raw.refresh(self._moment())

    def observe(self, callback: Callable[[Observed], object]) -> Observer:
        """Calls back after new entries: appended here, merged, or written by another process.

        Entries of other processes are read by `refresh` and before each append. The calls come one
        after the other, after the entries are on disk, on the thread that appended, merged or
        refreshed. The callback may use the tracker and may close its observer. An exception in it
        is logged. The subscription lasts until the observer or the tracker is closed.

        >>> import servanda
        >>> tracker = servanda.memory("desk")
        >>> observer = tracker.observe(lambda observed: print(len(observed.entries), "new"))
        >>> _ = tracker.define(servanda.Party("jp", {"en": "Japan"}))
        1 new
        >>> observer.close()
        """

        def notify(text: str) -> None:
            try:
                callback(Observed._of(text))
            except Exception:
                _log().exception("an observer failed")

        observer = object.__new__(Observer)
        observer._raw = self._raw.observe(notify)
        return observer

    def verify(self, *, progress: Progress | None = None) -> int:
        """Reads and checks the whole ledger at its place. Returns the number of entries.

        Raises `DamagedError` with all errors.
        """
        return self._raw.verify(_callback(progress))

    def load(self, *, progress: Progress | None = None) -> None:
        """Reads the whole ledger from a database.

        Without it, each answer reads the entries that it needs.
        """
        self._raw.load(_callback(progress))

    def view(
        self,
        *,
        on: datetime.date | str | None = None,
        known_at: datetime.datetime | datetime.date | str | None = None,
        as_published: datetime.date | str | None = None,
        languages: Sequence[str] = (),
    ) -> View:
        """The ledger as of a day, as known at a moment and as published by a day.

        `on` is a day: a `datetime.date`, a `pandas.Timestamp` at midnight, or text such as
        ``"2013-06-01"``. The default is today in UTC.

        `known_at` excludes later entries. It is an aware `datetime.datetime`, text in RFC 3339 with
        any offset, such as ``"2013-06-01T14:00:00+02:00"``, or a day, which means its end in UTC.

        `as_published` is a day. Only what had been published by its end counts, here or elsewhere:
        an entry without a date of publication counts from the day on which it was recorded.

        `languages` are those of names in answers, as in `View.in_languages`.

        Raises `InvalidError` if `on` is a `datetime`, or if `known_at` has no time zone.
        """
        view = View._of(self._raw.view(self._moment())).as_of(on=on, known_at=known_at, as_published=as_published)
        return view.in_languages(*languages) if languages else view

    def entries(self) -> list[Entry]:
        """All entries, in the order in which a file has them."""
        return [Entry._of(line) for line in self._raw.lines()]

    def table(self) -> Table:
        """All entries as a table, in the order of their recording. A tracker itself is this table.

        Columns: ``id``, ``recorded_at`` (moment), ``recorded_by``, ``commitment``, ``kind``, ``on``
        (as recorded), ``on_first`` and ``on_last`` (the first and the last day that it can mean),
        ``to`` (the status of a step, or the linked commitment), ``by`` (the party that took the
        step or deposited, or the body that was assigned or unassigned), ``title``, ``note``,
        ``sources`` (list of URLs, or else identifiers or titles; that of the words comes first), ``about`` (the entry that is cited for, amended or retracted) and ``line``
        (the whole entry as JSON).

        >>> import servanda
        >>> len(servanda.memory("desk").table())
        0
        """
        return Table._of(_servanda.entries_table(self._raw))

    def to_pandas(self) -> pandas.DataFrame:
        """All entries as a pandas data frame: `table().to_pandas()`."""
        return self.table().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """All entries as a polars data frame: `table().to_polars()`."""
        return self.table().to_polars()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream of `table()`."""
        return self.table().__arrow_c_stream__(requested_schema)

    def entries_like(self, start: str) -> list[Entry]:
        """The entries whose ids begin with some characters, such as ``sha256:0b3f``."""
        return [Entry._of(line) for line in self._raw.lines_like(start)]

    def digest(self) -> str:
        """The digest of the ledger. Trackers with the same digest hold the same entries."""
        return self._raw.digest()

    def __len__(self) -> int:
        """The number of entries."""
        return self._raw.count()

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries())

    def __repr__(self) -> str:
        kept = "in memory" if self.place is None else f"at {self.place}"
        recorder = "for reading" if self.recorded_by is None else f"recorded by {self.recorded_by}"
        return f"<servanda.Tracker {kept}, {recorder}{', closed' if self.closed else ''}>"


def _drafts(batch: Appendable | Iterable[Appendable]) -> list[_servanda.Draft]:
    facts = batch if isinstance(batch, Iterable) else (batch,)
    return [_draft(fact) for fact in facts]


_logger: logging.Logger | None = None
_DEBUG = 10
"""`logging.DEBUG`. Comparing the level first keeps appends fast."""


def _log() -> logging.Logger:
    global _logger
    if _logger is None:
        # Programs that do not log need not import it.
        import logging

        _logger = logging.getLogger("servanda")
    return _logger


def memory(recorded_by: str, *, now: Now | None = None) -> Tracker:
    """Makes an empty ledger in memory.

    `recorded_by` is the id of the recorder, such as ``desk``. `now` replaces the system clock, for
    tests and imports.

    Raises `InvalidError` (``invalid-slug``) if the recorder is not well-formed.
    """
    return Tracker._of(_servanda.Tracker.memory(recorded_by), now)


def open(
    place: str | os.PathLike[str],
    recorded_by: str | None = None,
    *,
    now: Now | None = None,
    progress: Progress | None = None,
) -> Tracker:
    """Opens the ledger at a path. Nothing is written until the first append.

    `recorded_by` is the id of the recorder, such as ``desk``. Without one the ledger is opened for
    reading: appending and merging raise `InvalidError` (``no-recorder``).

    The content of a file decides whether it is SQLite or JSON Lines. `progress` receives the number
    of bytes read from a file of JSON Lines.

    Raises `PlaceError` (``no-ledger``, ``not-a-file``, ``no-permission``, ``io``,
    ``not-compiled-in``) or `DamagedError`.

    >>> import servanda
    >>> servanda.open("no-such.db")
    Traceback (most recent call last):
    ...
    servanda.PlaceError: there is no ledger at no-such.db; create one there, or check the path
    """
    tracker = Tracker._of(_servanda.Tracker.open(os.fspath(place), recorded_by, _callback(progress)), now)
    if "logging" in sys.modules:
        _log().debug("opened %s", tracker.place)
    return tracker


def create(place: str | os.PathLike[str], recorded_by: str, *, now: Now | None = None) -> Tracker:
    """Creates an empty ledger at a path or a URL.

    A path that ends in ``.jsonl`` becomes a file of JSON Lines, and any other path a SQLite file.

    Raises `PlaceError` (``already-there``, ``no-permission``, ``io``, ``not-compiled-in``).
    """
    tracker = Tracker._of(_servanda.Tracker.create(os.fspath(place), recorded_by), now)
    if "logging" in sys.modules:
        _log().debug("created %s", tracker.place)
    return tracker
