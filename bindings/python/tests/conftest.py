from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import servanda

ROOT = Path(__file__).resolve().parents[3]
NOON = "2014-01-01T12:00:00.000000Z"


@pytest.fixture
def source() -> servanda.Source:
    return servanda.Source("Remarks", "https://example.org/remarks")


@pytest.fixture
def visit(source: servanda.Source) -> servanda.Commitment:
    return servanda.Commitment(
        "us/abe-visit",
        "A visit to Washington",
        procedure="action",
        by="us",
        to=["jp"],
        made=date(2013, 1, 18),
        obligation=servanda.Obligation.RESULT,
        words=servanda.Words("has invited", source),
        deadline="2013-02",
        topics=["visits"],
    )


@pytest.fixture
def abductees(source: servanda.Source) -> servanda.Commitment:
    return servanda.Commitment(
        "us/abductees",
        "Return of abducted citizens",
        procedure="action",
        by="us",
        made=date(2013, 1, 18),
        obligation="conduct",
        words=servanda.Words("support", source),
    )


@pytest.fixture
def tracker(visit: servanda.Commitment) -> Iterator[servanda.Tracker]:
    """A tracker in memory with one registered commitment. Its clock shows `NOON`."""
    with servanda.memory("desk", now=NOON) as tracker:
        tracker.register(visit)
        yield tracker


@pytest.fixture(scope="session")
def alliance() -> Iterator[servanda.Tracker]:
    """The example ledger. It has data for every question."""
    with servanda.open(ROOT / "examples" / "alliance.jsonl") as tracker:
        yield tracker
