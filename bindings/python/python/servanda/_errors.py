"""What is raised."""

from __future__ import annotations

import json
from typing import Any


class ServandaError(Exception):
    """Something was refused, or could not be done. Each family of failures has a class of its own.

    The text is for people. Programs use `code`, which stays the same, and `details`.
    """

    family: str = ""
    """The family, such as ``refused``."""
    code: str
    """The stable code, such as ``illegal-step``."""
    text: str
    """What was tried, on what, why not, and what would be accepted."""
    details: dict[str, Any]
    """The data of the error."""

    def __init__(self, code: str, text: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(code, text, details or {})
        self.code = code
        self.text = text
        self.details = details or {}

    def __str__(self) -> str:
        return self.text


class InvalidError(ServandaError, ValueError):
    """What was given is not well-formed."""

    family = "invalid"


class UnknownError(ServandaError, LookupError):
    """It names something that is not there."""

    family = "unknown"


class RefusedError(ServandaError):
    """The procedure, the path or the order of the ledger does not allow it."""

    family = "refused"


class DamagedError(ServandaError):
    """What is kept is not what was written."""

    family = "damaged"


class PlaceError(ServandaError):
    """The place where the ledger is kept cannot be read or written."""

    family = "place"


class StoppedError(ServandaError):
    """It was stopped: interrupted, or the tracker was closed."""

    family = "stopped"


_FAMILIES = {
    error.family: error for error in (InvalidError, UnknownError, RefusedError, DamagedError, PlaceError, StoppedError)
}


def _made(family: str, code: str, text: str, details: str) -> ServandaError:
    """The exception for an error of the library."""
    return _FAMILIES.get(family, ServandaError)(code, text, json.loads(details))
