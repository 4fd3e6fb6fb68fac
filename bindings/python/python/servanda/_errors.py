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
        super().__init__(text)
        self.code = code
        self.text = text
        self.details = details or {}

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}(code={self.code!r}, text={self.text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.text, self.details)


class InvalidError(ServandaError, ValueError):
    """What was given is not well-formed: a value, a field, a file, a cursor, an empty batch. Give something else."""

    family = "invalid"


class UnknownError(ServandaError, LookupError):
    """It names something that is not there: a commitment, a procedure, a status, an entry. The text says what is nearest."""

    family = "unknown"


class RefusedError(ServandaError):
    """The procedure, the path or the order of the ledger does not allow it. The text says what would be allowed."""

    family = "refused"


class DamagedError(ServandaError):
    """What is kept is not what was written, or was written by a later version. A person has to look."""

    family = "damaged"


class PlaceError(ServandaError, OSError):
    """The place where the ledger is kept cannot be read or written: a file, a permission, a lock, a connection. It is an `OSError` too."""

    family = "place"

    def __init__(self, code: str, text: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(code, text, details)
        self.filename = self.details.get("path", self.details.get("place"))


class StoppedError(ServandaError):
    """It was stopped, because the tracker was closed or another thread failed. Nothing is wrong with what was asked."""

    family = "stopped"


_FAMILIES = {
    error.family: error for error in (InvalidError, UnknownError, RefusedError, DamagedError, PlaceError, StoppedError)
}


def _made(family: str, code: str, text: str, details: str) -> ServandaError:
    """The exception for an error of the library."""
    return _FAMILIES.get(family, ServandaError)(code, text, json.loads(details))
