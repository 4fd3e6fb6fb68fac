"""Trackers and views."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from . import _servanda
from ._values import Standing, Value


class View:
    """What a tracker held when the view was taken, as of a day and as of a moment."""

    __slots__ = ("_raw",)
    _raw: _servanda.View

    def standing(self, commitment: str) -> Standing:
        """Where one commitment stands."""
        standing: Standing = Standing._of(self._raw.standing(commitment))
        return standing


class Tracker:
    """A ledger, the place where it is kept, who records, and a source of time."""

    __slots__ = ("_raw",)
    _raw: _servanda.Tracker

    def register(self, commitment: Value) -> list[str]:
        """Registers a commitment."""
        return self._raw.append([_servanda.register(commitment.to_json())])

    def advance(
        self,
        commitment: str,
        to: str,
        *,
        on: datetime.date | str,
        by: str | None = None,
        sources: Sequence[Value] = (),
        note: str | None = None,
        after: str | None = None,
    ) -> list[str]:
        """A step of a commitment to a status."""
        return self._raw.append([_servanda.advance(commitment, to, on, by, sources, note, after, None)])

    def view(
        self, *, on: datetime.date | str | None = None, known_at: datetime.datetime | str | None = None
    ) -> View:
        """A view of what the tracker holds now: today, unless another day is chosen."""
        view = object.__new__(View)
        view._raw = self._raw.view(on, known_at)
        return view


def _tracker(raw: _servanda.Tracker) -> Tracker:
    tracker = object.__new__(Tracker)
    tracker._raw = raw
    return tracker


def memory(recorded_by: str) -> Tracker:
    """An empty ledger in memory."""
    return _tracker(_servanda.Tracker.memory(recorded_by))


def open(place: str | os.PathLike[str], recorded_by: str) -> Tracker:
    """Opens the ledger at a path or a URL."""
    return _tracker(_servanda.Tracker.open(os.fspath(place), recorded_by))


def create(place: str | os.PathLike[str], recorded_by: str) -> Tracker:
    """Creates an empty ledger at a path or a URL."""
    return _tracker(_servanda.Tracker.create(os.fspath(place), recorded_by))
