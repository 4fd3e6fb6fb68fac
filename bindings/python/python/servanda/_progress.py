"""Progress of long operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Bar(Protocol):
    """A progress bar like those of tqdm. `update` takes the amount done since the last update."""

    total: Any
    n: Any

    def update(self, n: Any = ..., /) -> object: ...


Progress = Callable[[int, "int | None"], object] | Bar
"""A callback for progress, or a progress bar of tqdm. The callback takes the amount done and the
total, or None if the total is not known. An exception in it ends the operation, and the ledger
stays as it was. It must not use the tracker, which is busy."""


def _callback(progress: Progress | None) -> Callable[[int, int | None], object] | None:
    if progress is None or callable(progress):
        return progress
    bar = progress

    def report(done: int, total: int | None) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return report
