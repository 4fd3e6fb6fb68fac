"""What of the package is Rust; people import `servanda`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import final

from ._values import Value

def version() -> str: ...
def advance(
    commitment: str,
    to: str,
    on: date | str | None,
    by: str | None,
    sources: Sequence[Value],
    note: str | None,
    after: str | None,
    recorded_at: datetime | str | None,
) -> Draft: ...
def register(commitment: str) -> Draft: ...

@final
class Draft: ...

@final
class Tracker:
    @staticmethod
    def memory(recorded_by: str) -> Tracker: ...
    @staticmethod
    def open(place: str, recorded_by: str) -> Tracker: ...
    @staticmethod
    def create(place: str, recorded_by: str) -> Tracker: ...
    def append(self, drafts: Sequence[Draft]) -> list[str]: ...
    def view(self, on: date | str | None, known_at: datetime | str | None) -> View: ...

@final
class View:
    def standing(self, commitment: str) -> str: ...
