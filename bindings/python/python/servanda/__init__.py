"""Keep track of what governments and institutions said they would do, with the evidence for every step."""

from ._errors import (
    DamagedError,
    InvalidError,
    PlaceError,
    RefusedError,
    ServandaError,
    StoppedError,
    UnknownError,
)
from ._servanda import version
from ._tracker import Tracker, View, create, memory, open
from ._values import Standing, Value

__version__ = version()
__all__ = [
    "DamagedError",
    "InvalidError",
    "PlaceError",
    "RefusedError",
    "ServandaError",
    "Standing",
    "StoppedError",
    "Tracker",
    "UnknownError",
    "Value",
    "View",
    "create",
    "memory",
    "open",
]
