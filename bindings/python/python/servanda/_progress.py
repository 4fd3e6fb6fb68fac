"""Who is told how far something has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Bar(Protocol):
    """A bar like those of tqdm: it has a total, and is told how much has been done since it was last told."""

    total: Any
    n: Any

    def update(self, n: Any = ..., /) -> object: ...


Progress = Callable[[int, "int | None"], object] | Bar
"""What is told how far something has come: a callable that takes how much is done and how much there is (none where that is not known), or a
bar of tqdm. An exception that it raises ends what it is told about, which then leaves everything as it was. It must not
use the tracker that it is told about: that one is at work."""


def _reporter(progress: Progress | None) -> Callable[[int, int | None], object] | None:
    if progress is None or callable(progress):
        return progress
    bar = progress

    def report(done: int, total: int | None) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return report
