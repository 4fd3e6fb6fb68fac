"""What of the package is Rust; people import `servanda`. Answers are canonical JSON, entries are lines."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date as _Date
from datetime import datetime as _Datetime
from typing import Protocol, final

__all__ = [
    "advance",
    "agenda_table",
    "amend",
    "attest",
    "built_in",
    "built_in_named",
    "canonical",
    "changes_table",
    "cite",
    "commitment",
    "commitment_from_toml",
    "conflicts_table",
    "date",
    "define",
    "deposit",
    "Draft",
    "draft_from_json",
    "drawn",
    "entries_table",
    "entry",
    "from_toml",
    "given_by",
    "given_rule",
    "in_force",
    "instrument",
    "link",
    "Observer",
    "opening",
    "parts_table",
    "party",
    "pin",
    "register",
    "remark",
    "reschedule",
    "retract",
    "rule",
    "rule_text",
    "run",
    "source",
    "stale_table",
    "standings_table",
    "Table",
    "Tracker",
    "version",
    "View",
    "words",
]

_Day = _Date | str
_Moment = _Datetime | str
_Filter = Mapping[str, object]
_Told = Callable[[int, int | None], object]

class _Value(Protocol):
    """An instance of one of the value classes of the package. Rust checks which class it is."""

    @property
    def _json(self) -> str: ...

def version() -> str: ...
def run(arguments: Sequence[str], /) -> int: ...
def canonical(text: str, /) -> str: ...
def date(given: _Day, /) -> tuple[str, str, str]: ...
def source(
    title: str,
    url: str,
    publisher: str | None,
    published: _Day | None,
    language: str | None,
    quotation: str | None,
    archived: str | None,
    /,
) -> str: ...
def words(text: str, source: _Value, /) -> str: ...
def party(id: str, names: dict[str, str], identifiers: dict[str, str], /) -> str: ...
def opening(status: str, on: _Day, sources: Sequence[_Value], note: str | None, /) -> str: ...
def rule(given: str, /) -> str: ...
def rule_text(given: str, /) -> str: ...
def given_rule(basis: str, rule: _Value, deposits: int | None, /) -> str: ...
def given_by(treaty: _Value, /) -> str: ...
def commitment(
    id: str,
    title: str,
    procedure: str | _Value,
    by: Sequence[str],
    made: _Day,
    obligation: str,
    words: _Value,
    to: Sequence[str],
    deadline: _Day | None,
    topics: Sequence[str],
    part_of: str | None,
    opening: _Value | None,
    rules: Mapping[str, _Value],
    /,
) -> str: ...
def commitment_from_toml(file: str, text: str, procedures: Sequence[_Value], /) -> str: ...
def from_toml(kind: str, file: str, text: str, /) -> str: ...
def built_in(kind: str, /) -> list[str]: ...
def built_in_named(kind: str, id: str, /) -> str: ...
def pin(procedure: _Value, /) -> str: ...
def drawn(procedure: _Value, manner: str, /) -> str: ...
def instrument(by: str, on: _Day, kind: str | None, share: str | None, /) -> str: ...
def in_force(treaty: _Value, instruments: Sequence[_Value], as_of: _Day | None, /) -> str: ...
def entry(line: str, /) -> str: ...
def draft_from_json(json: str, /) -> Draft: ...
def register(commitment: _Value, recorded_at: _Moment | None, /) -> Draft: ...
def advance(
    commitment: str,
    to: str,
    on: _Day | None,
    by: str | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def deposit(
    commitment: str,
    by: str,
    on: _Day | None,
    instrument: str | None,
    share: str | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def cite(
    commitment: str,
    entry: str,
    sources: Sequence[_Value],
    note: str | None,
    on: _Day | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def remark(
    commitment: str,
    title: str,
    on: _Day | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def attest(
    commitment: str,
    on: _Day | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def reschedule(
    commitment: str,
    deadline: _Day,
    on: _Day | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def amend(
    commitment: str,
    title: str | None,
    topics: Sequence[str] | None,
    entry: str | None,
    note: str | None,
    on: _Day | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def link(
    commitment: str,
    relation: str,
    to: str,
    on: _Day | None,
    sources: Sequence[_Value],
    note: str | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def retract(
    commitment: str | None,
    entry: str,
    reason: str,
    on: _Day | None,
    after: str | None,
    recorded_at: _Moment | None,
    /,
) -> Draft: ...
def define(kind: str, what: _Value, recorded_at: _Moment | None, /) -> Draft: ...

@final
class Draft:
    def json(self, /) -> str: ...

@final
class Observer:
    def close(self, /) -> None: ...

@final
class Tracker:
    @staticmethod
    def memory(recorded_by: str, /) -> Tracker: ...
    @staticmethod
    def open(place: str, recorded_by: str, told: _Told | None, /) -> Tracker: ...
    @staticmethod
    def create(place: str, recorded_by: str, /) -> Tracker: ...
    @property
    def place(self) -> str | None: ...
    @property
    def recorded_by(self) -> str: ...
    @property
    def closed(self) -> bool: ...
    def close(self, /) -> None: ...
    def append(self, drafts: Sequence[Draft], now: _Moment | None, /) -> list[str]: ...
    def prepare(self, drafts: Sequence[Draft], now: _Moment | None, /) -> list[str]: ...
    def merge(self, lines: Sequence[str], now: _Moment | None, told: _Told | None, /) -> tuple[int, int]: ...
    def merge_tracker(self, other: Tracker, now: _Moment | None, told: _Told | None, /) -> tuple[int, int]: ...
    def export_since(self, cursor: str | None, /) -> tuple[list[str], str]: ...
    def refresh(self, now: _Moment | None, /) -> bool: ...
    def observe(self, callback: Callable[[str], object], /) -> Observer: ...
    def verify(self, told: _Told | None, /) -> int: ...
    def load(self, told: _Told | None, /) -> None: ...
    def view(self, on: _Day | None, known_at: _Moment | None, now: _Moment | None, /) -> View: ...
    def lines(self, /) -> list[str]: ...
    def lines_like(self, start: str, /) -> list[str]: ...
    def count(self, /) -> int: ...
    def digest(self, /) -> str: ...

@final
class View:
    def day(self, /) -> str: ...
    def moment(self, /) -> str | None: ...
    def as_of(self, on: _Day | None, known_at: _Moment | None, /) -> View: ...
    def with_entries(self, lines: Sequence[str], /) -> View: ...
    def standing(self, commitment: str, /) -> str: ...
    def standings(self, only: _Filter, told: _Told | None, /) -> list[str]: ...
    def briefs(self, /) -> list[str]: ...
    def commitments(self, /) -> list[str]: ...
    def agenda(self, first: _Day, last: _Day, only: _Filter, /) -> str: ...
    def changes_since(self, before: View, only: _Filter, /) -> str: ...
    def parts(self, commitment: str, only: _Filter, /) -> str: ...
    def stale(self, days: int, only: _Filter, /) -> list[str]: ...
    def outlook(self, commitment: str, to: str | None, /) -> str: ...
    def why_not(self, commitment: str, to: str, /) -> tuple[str, str, str, str] | None: ...
    def check(self, drafts: Sequence[Draft], /) -> None: ...
    def conflicts(self, /) -> list[str]: ...
    def procedures(self, /) -> list[str]: ...
    def procedure(self, id: str, /) -> str: ...
    def parties(self, /) -> list[str]: ...

@final
class Table:
    """A table, which polars, pandas, pyarrow, DuckDB and others read through `__arrow_c_stream__`."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A new stream of the whole table."""
    def __arrow_c_schema__(self) -> object:
        """The names and the types of the columns."""
    def __len__(self) -> int:
        """How many rows it has."""

def standings_table(view: View, only: _Filter, /) -> Table: ...
def entries_table(tracker: Tracker, /) -> Table: ...
def changes_table(view: View, before: View, only: _Filter, /) -> Table: ...
def agenda_table(view: View, first: _Day, last: _Day, only: _Filter, /) -> Table: ...
def parts_table(view: View, commitment: str, only: _Filter, /) -> Table: ...
def stale_table(view: View, days: int, only: _Filter, /) -> Table: ...
def conflicts_table(view: View, /) -> Table: ...
