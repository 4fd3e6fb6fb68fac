"""Values of the library, as the core writes them."""

from __future__ import annotations

import json
from typing import Any


class Value:
    """A frozen value."""

    _json: str

    @classmethod
    def _of(cls, text: str) -> Any:
        value = object.__new__(cls)
        value.__dict__["_json"] = text
        return value

    def to_json(self) -> str:
        """The canonical JSON, as the core writes it."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as dictionaries, lists, strings, numbers, booleans and None."""
        members: dict[str, Any] = json.loads(self._json)
        return members


class Standing(Value):
    """What a view says about one commitment."""
