"""The exceptions."""

from __future__ import annotations

import json
from typing import Any


class ServandaError(Exception):
    """The base class of all errors. Each kind of error has a subclass.

    `kind` is the kind of error, such as ``refused``. `code` is a stable code, such as
    ``illegal-step``. `text` is the message for people: the operation, the reason for the refusal,
    and the accepted alternatives. `details` is the data of the error for programs.
    """

    kind: str = ""
    """The kind of error, such as ``refused``."""
    code: str
    """The stable code, such as ``illegal-step``."""
    text: str
    """The message: the operation, the reason for the refusal, and the accepted alternatives."""
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
    """An argument is not well-formed: a value, a field, a file, a cursor, an empty batch."""

    kind = "invalid"


class UnknownError(ServandaError, LookupError):
    """An id of a commitment, procedure, status or entry does not exist."""

    kind = "unknown"


class RefusedError(ServandaError):
    """The procedure or the order of the ledger forbids it. The text says what is allowed."""

    kind = "refused"


class DamagedError(ServandaError):
    """The stored ledger was changed or damaged, or a later version wrote it."""

    kind = "damaged"


class PlaceError(ServandaError, OSError):
    """The ledger cannot be read or written: a file, a permission, a lock, a connection."""

    kind = "place"

    def __init__(self, code: str, text: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(code, text, details)
        self.filename = self.details.get("path", self.details.get("place"))


class StoppedError(ServandaError):
    """The operation was stopped, because the tracker was closed or another thread failed."""

    kind = "stopped"


_KINDS = {
    error.kind: error for error in (InvalidError, UnknownError, RefusedError, DamagedError, PlaceError, StoppedError)
}


def _made(kind: str, code: str, text: str, details: str) -> ServandaError:
    """Makes the exception for an error of the library."""
    return _KINDS.get(kind, ServandaError)(code, text, json.loads(details))
