"""The desk that keeps the ledger.

The story is told topic by topic, but a ledger is written in the order of time: nothing can be recorded before what it already holds. So the desk
first collects everything, and then writes it down day after day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

import servanda
from servanda import Source

# The first day on which the desk wrote anything down.
FIRST_DAY = date(2013, 1, 19)

MADE_UP = "Times of recording are made up"

HOW = (
    "This ledger is an example, put together years later. Its times of recording are made up by a rule: the desk writes at 09:00 UTC on the day "
    "after an act, or after the last day of the month or year where no day is known, each entry a microsecond after the one before. It began on "
    "19 January 2013, and entered on that day whatever had happened earlier."
)


class Desk:
    """Everything the desk is going to write down, each with the moment at which it does."""

    def __init__(self) -> None:
        self.notes: list[tuple[datetime, Sequence[servanda.Appended]]] = []

    def advance(self, commitment: str, to: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Takes note of a step on a day, or in a month or a year."""
        self._on(servanda.Advance(commitment, to, on=on, sources=sources, note=note))

    def remark(self, commitment: str, title: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Takes note of something that moves nothing."""
        self._on(servanda.Remark(commitment, title, on=on, sources=sources, note=note))

    def attest(self, commitment: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Takes note that the record is complete to a day."""
        self._on(servanda.Attest(commitment, on=on, sources=sources, note=note))

    def deposit(
        self, commitment: str, by: str, on: str, *sources: Source, instrument: str, note: str | None = None
    ) -> None:
        """Takes note of an instrument that a party deposited."""
        self._on(servanda.Deposit(commitment, by, on=on, instrument=instrument, sources=sources, note=note))

    def succeeded(self, commitment: str, by: str, on: str, *sources: Source) -> None:
        """Takes note that another commitment took the place of one."""
        self._on(servanda.Link(commitment, servanda.Relation.SUCCESSOR, by, on=on, sources=sources))

    def register(self, day: str, commitment: servanda.Commitment) -> None:
        """Registers a commitment. One that is not a piece of a larger one also says how its times of recording came about."""
        if commitment.part_of is None:
            self.take(day, commitment, servanda.Remark(commitment.id, MADE_UP, on=day, note=HOW))
        else:
            self.take(day, commitment)

    def take(self, day: str, *batch: servanda.Appended) -> None:
        """Takes note of what has no day of its own, such as a definition, on the day on which it became known."""
        self.notes.append((_morning_after(date.fromisoformat(day)), batch))

    def _on(self, fact: servanda.Fact) -> None:
        assert fact.on is not None
        self.notes.append((_morning_after(fact.on.last_day), [fact]))

    def write_down(self) -> servanda.Tracker:
        """Writes everything down, in the order of time. What has the same moment keeps the order of the story."""
        tracker = servanda.memory("desk")
        for moment, batch in sorted(self.notes, key=lambda note: note[0]):
            tracker.with_time(moment).append(batch)
        return tracker


def _morning_after(happened: date) -> datetime:
    """The moment at which the desk writes down what happened on a day."""
    day = max(happened + timedelta(days=1), FIRST_DAY)
    return datetime.combine(day, time(9), timezone.utc)
