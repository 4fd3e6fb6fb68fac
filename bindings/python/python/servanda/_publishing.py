"""Publishing a ledger as a site."""

from __future__ import annotations

import os
import pathlib
from typing import NamedTuple


class Published(NamedTuple):
    """What `Tracker.publish` did."""

    files: int
    """The number of files of the site."""
    written: int
    """The number of files that are new or have changed."""
    removed: int
    """The number of files that were removed, because they are no longer part of the site."""


def _config(path: str | os.PathLike[str] | None) -> tuple[str, str] | None:
    """The name and the text of a configuration."""
    if path is None:
        return None
    file = pathlib.Path(path)
    return file.name, file.read_text(encoding="utf-8")
