"""The desk that writes the ledger.

The story is written topic by topic, but a ledger is written in chronological order: an entry cannot
be recorded before the newest one. So the desk first collects all entries, sorts them by the time of
recording, and then appends them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

import servanda
from servanda import Source

# The first day on which the desk recorded entries.
FIRST_DAY = date(2013, 1, 19)

MADE_UP = "Times of recording are made up"

HOW = (
    "This ledger is an example, put together years later. Its times of recording are made up by a rule: the desk writes at 09:00 UTC on the day "
    "after an act, or after the last day of the month or year where no day is known, each entry a microsecond after the one before. It began on "
    "19 January 2013, and entered on that day whatever had happened earlier."
)


class Desk:
    """The collected batches, each with the moment at which it is recorded."""

    def __init__(self) -> None:
        self.batches: list[tuple[datetime, Sequence[servanda.Appendable]]] = []

    def advance(self, commitment: str, to: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Adds a step on a day, or in a month or a year."""
        self._on(servanda.Advance(commitment, to, on=on, sources=sources, note=note))

    def remark(self, commitment: str, title: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Adds an event that does not change the status."""
        self._on(servanda.Remark(commitment, title, on=on, sources=sources, note=note))

    def attest(self, commitment: str, on: str, *sources: Source, note: str | None = None) -> None:
        """Adds that the record is complete to a day."""
        self._on(servanda.Attest(commitment, on=on, sources=sources, note=note))

    def deposit(
        self, commitment: str, by: str, on: str, *sources: Source, instrument: str, note: str | None = None
    ) -> None:
        """Adds an instrument that a party deposited."""
        self._on(servanda.Deposit(commitment, by, on=on, instrument=instrument, sources=sources, note=note))

    def succeeded(self, commitment: str, by: str, on: str, *sources: Source) -> None:
        """Adds that another commitment replaced this one."""
        self._on(servanda.Link(commitment, servanda.Relation.SUCCESSOR, by, on=on, sources=sources))

    def register(self, day: str, commitment: servanda.Commitment) -> None:
        """Registers a commitment.

        If it is not part of another one, a remark explains that its times of recording are made up.
        """
        if commitment.part_of is None:
            self.add(day, commitment, servanda.Remark(commitment.id, MADE_UP, on=day, note=HOW))
        else:
            self.add(day, commitment)

    def add(self, day: str, *batch: servanda.Appendable) -> None:
        """Adds a batch without a day of its own, such as a definition, on the day it became known."""
        self.batches.append((_morning_after(date.fromisoformat(day)), batch))

    def _on(self, fact: servanda.Fact) -> None:
        assert fact.on is not None
        self.batches.append((_morning_after(fact.on.last_day), [fact]))

    def into_tracker(self) -> servanda.Tracker:
        """Appends all batches in chronological order.

        Batches of the same moment keep the order in which they were added.
        """
        tracker = servanda.memory("desk")
        for moment, batch in sorted(self.batches, key=lambda batch: batch[0]):
            tracker.with_time(moment).append(batch)
        return tracker


def _morning_after(happened: date) -> datetime:
    """The moment at which the desk records an event of a day."""
    day = max(happened + timedelta(days=1), FIRST_DAY)
    return datetime.combine(day, time(9), timezone.utc)
