"""Compares the speed of the package with common alternatives, in the same run.

    pip install servanda -r benches/requirements.txt
    python benches/speed.py [--wheel FILE]

Quote the ratio of each line, because times depend on the machine. Each figure is the fastest of
several runs.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from transitions import Machine

import servanda

BATCH = 1_000
FIRST = datetime.date(2013, 1, 1)
SOURCE = servanda.Source("Record of a benchmark", "https://example.org/records/1", publisher="A publisher")
WORDS = servanda.Words("will see to it that the benchmark is run", SOURCE)


def fastest(runs: int, run: Callable[[], Iterator[None]]) -> float:
    """The least seconds between the two `yield`s of a run. It prepares before and cleans up after."""
    least = float("inf")
    for _ in range(runs):
        steps = run()
        next(steps)
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        next(steps)
        least = min(least, time.perf_counter() - start)
        gc.enable()
        next(steps, None)
    return least


def in_turn(runs: int, *sides: Callable[[], Iterator[None]]) -> list[float]:
    """The least seconds of each side. The sides take turns, so that other load affects all alike."""
    rounds = [[fastest(1, side) for side in sides] for _ in range(runs)]
    return [min(times) for times in zip(*rounds, strict=True)]


def row(what: str, ours: float, other: float, wanted: str) -> None:
    """Prints a line of the table. Times are for one step, event, row or process."""
    print(f"{what:<86}{shown(ours):>10}{shown(other):>10}{other / ours:>8.1f}  {wanted}")


def shown(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.2f} µs"


def commitment(number: int) -> servanda.Commitment:
    return servanda.Commitment(
        f"bench/commitment-{number}",
        f"Commitment number {number} of a benchmark",
        procedure="action",
        by="bench",
        made=FIRST,
        obligation="result",
        words=WORDS,
    )


def day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=1 + number)


def status(number: int) -> str:
    return "stalled" if number % 2 else "under-way"


def steps(commitments: int, each: int) -> list[list[servanda.Advance]]:
    """`each` steps of each commitment, in batches. The first batch has the first step of each."""
    days, name = [day(number) for number in range(each)], "bench/commitment-{}".format
    sources = [SOURCE]
    drafts = [
        servanda.Advance(name(number), status(nth), on=days[nth], sources=sources)
        for nth in range(each)
        for number in range(commitments)
    ]
    return [drafts[start : start + BATCH] for start in range(0, len(drafts), BATCH)]


def registered(tracker: servanda.Tracker, commitments: int) -> servanda.Tracker:
    tracker.append([commitment(number) for number in range(commitments)])
    return tracker


# A step in memory.

COUNT = 20_000


def ours_one_by_one(sources: list[servanda.Source]) -> Iterator[None]:
    tracker = registered(servanda.memory("desk"), 1_000)
    todo = [(f"bench/commitment-{n % 1_000}", status(n // 1_000), day(n // 1_000)) for n in range(COUNT)]
    yield
    for name, to, on in todo:
        tracker.advance(name, to, on=on, sources=sources)
    yield


def ours_in_batches() -> Iterator[None]:
    """Batches with 20 steps of each commitment. The time includes making the drafts."""
    commitments = BATCH // 20
    tracker = registered(servanda.memory("desk"), COUNT // 20)
    days = [day(nth) for nth in range(20)]
    yield
    for start in range(0, COUNT // 20, commitments):
        tracker.append(
            [
                servanda.Advance(f"bench/commitment-{number}", status(nth), on=on)
                for number in range(start, start + commitments)
                for nth, on in enumerate(days)
            ]
        )
    yield


def bare_transitions() -> Iterator[None]:
    class Model:
        pass

    model: Any = Model()
    Machine(
        model,
        states=["planned", "under-way", "stalled", "done"],
        transitions=[
            {"trigger": "resume", "source": ["planned", "stalled"], "dest": "under-way"},
            {"trigger": "stall", "source": "under-way", "dest": "stalled"},
            {"trigger": "end", "source": "*", "dest": "done"},
        ],
        initial="planned",
    )
    yield
    for _ in range(COUNT // 2):
        model.resume()
        model.stall()
    yield


# Events in SQLite.

AGGREGATES, EACH, TOGETHER = 100, 100, 10
"""The number of aggregates, of events of each, and of aggregates in a batch of `BATCH` events."""


class Promise(Aggregate):
    """The same data as an aggregate of `eventsourcing`, without rules."""

    @event("Registered")
    def __init__(self, name: str, made: str) -> None:
        self.name, self.status, self.since = name, "planned", made
        self.sources: list[dict[str, str]] = []

    @event("Advanced")
    def advance(self, to: str, on: str, sources: list[dict[str, str]]) -> None:
        self.status, self.since, self.sources = to, on, sources


def application(path: Path) -> Application[Any]:
    return Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def fill(app: Application[Any], *, each_alone: bool = False, aggregates: int = AGGREGATES) -> list[Any]:
    """Saves events in batches, or one by one."""
    ids, together = [], []
    cited = [SOURCE.to_dict()]
    for number in range(aggregates):
        promise = Promise(name=f"bench/commitment-{number}", made=FIRST.isoformat())
        for nth in range(EACH - 1):
            if each_alone:
                app.save(promise)
            promise.advance(to=status(nth), on=day(nth).isoformat(), sources=cited)
        together.append(promise)
        ids.append(promise.id)
        if each_alone or len(together) == TOGETHER:
            app.save(*together)
            together = []
    return ids


def fill_ours(tracker: servanda.Tracker, *, each_alone: bool = False, aggregates: int = AGGREGATES) -> None:
    """Appends the same steps. The time includes making the drafts, as it does for `fill`."""
    sources = [SOURCE]
    days = [day(nth) for nth in range(EACH - 1)]
    batch: list[servanda.Fact | servanda.Commitment] = []
    for number in range(aggregates):
        made = commitment(number)
        if each_alone:
            tracker.register(made)
            for nth, on in enumerate(days):
                tracker.advance(made.id, status(nth), on=on, sources=sources)
            continue
        batch.append(made)
        batch += [servanda.Advance(made.id, status(nth), on=on, sources=sources) for nth, on in enumerate(days)]
        if len(batch) == BATCH:
            tracker.append(batch)
            batch = []


def ours_into_sqlite(**how: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, servanda.create(Path(folder, "ledger.db"), "desk") as tracker:
        yield
        fill_ours(tracker, **how)
        yield


def theirs_into_sqlite(**how: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder, "events.db"))
        yield
        fill(app, **how)
        yield
        app.close()


def ours_from_disk(name: str) -> Iterator[None]:
    """Opens the ledger and reads the summaries of all commitments."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        with servanda.create(path, "desk") as tracker:
            fill_ours(tracker)
        yield
        with servanda.open(path, "desk") as tracker:
            assert len(tracker.view().summaries()) == AGGREGATES
        yield


def theirs_from_disk() -> Iterator[None]:
    """Opens the store and loads every aggregate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "events.db")
        app = application(path)
        ids = fill(app)
        app.close()
        yield
        app = application(path)
        assert len([app.repository.get(id) for id in ids]) == AGGREGATES
        yield
        app.close()


# A file of lines.

LINES = 50_000


@dataclasses.dataclass(frozen=True)
class Plain:
    """An entry without a library. Nothing is checked."""

    id: str
    recorded_at: datetime.datetime
    recorded_by: str
    fact: dict[str, Any]
    commitment: str | None = None
    on: datetime.date | None = None
    after: str | None = None
    batch: dict[str, Any] | None = None


def a_file(folder: str) -> Path:
    path = Path(folder, "ledger.jsonl")
    if not path.exists():
        with servanda.create(path, "desk") as tracker:
            registered(tracker, LINES // 10)
            for batch in steps(LINES // 10, 9):
                tracker.append(batch)
    return path


def ours_from_lines(folder: str) -> Iterator[None]:
    path = a_file(folder)
    yield
    tracker = servanda.open(path, "desk")
    yield
    tracker.close()


def theirs_from_lines(folder: str) -> Iterator[None]:
    path = a_file(folder)
    yield
    entries = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            members = json.loads(line)
            members["recorded_at"] = datetime.datetime.fromisoformat(members["recorded_at"])
            if "on" in members:
                members["on"] = datetime.date.fromisoformat(members["on"])
            entries.append(Plain(**members))
    yield


# A table of standings.

STANDINGS = 100_000


def many() -> servanda.View:
    tracker = servanda.memory("desk")
    for start in range(0, STANDINGS, BATCH):
        tracker.append([commitment(number) for number in range(start, start + BATCH)])
    for batch in steps(STANDINGS, 2):
        tracker.append(batch)
    view = tracker.view(on=FIRST + datetime.timedelta(days=30))
    view.summaries()
    return view


COLUMNS: dict[str, Any] = {
    "commitment": polars.String,
    "title": polars.String,
    "by": polars.List(polars.String),
    "obligation": polars.String,
    "made": polars.Date,
    "status": polars.String,
    "phase": polars.String,
    "since": polars.Date,
    "presumed": polars.Boolean,
    "verdict": polars.String,
}


def ours_as_frame(view: servanda.View) -> Iterator[None]:
    yield
    frame = polars.DataFrame(view)
    yield
    assert len(frame) == STANDINGS


def from_objects(standings: Callable[[], list[servanda.Standing]]) -> Iterator[None]:
    """Makes ten of the columns from Python objects, column by column, the fastest way in polars."""
    yield
    objects = standings()
    columns = {name: [getattr(standing, name) for standing in objects] for name in COLUMNS}
    frame = polars.DataFrame(columns, schema=COLUMNS)
    yield
    assert len(frame) == STANDINGS


# A new process.


def process(code: str, runs: int = 25) -> float:
    """The least seconds in which a new process runs some code."""
    least = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        least = min(least, time.perf_counter() - start)
    return least


def parts() -> dict[str, Callable[[argparse.Namespace], None]]:
    def memory(_: argparse.Namespace) -> None:
        sides = bare_transitions, lambda: ours_one_by_one([]), lambda: ours_one_by_one([SOURCE]), ours_in_batches
        bare, plain, cited, together = (seconds / COUNT for seconds in in_turn(9, *sides))
        row("a validated advance in memory, one by one / a bare step of transitions", plain, bare, ">= 2")
        row("the same with a source / a bare step of transitions", cited, bare, "")
        row(f"the same without a source, in batches of {BATCH} / a bare step of transitions", together, bare, "")

    def sqlite(_: argparse.Namespace) -> None:
        events, few = AGGREGATES * EACH, {"each_alone": True, "aggregates": 5}
        ours, theirs = fastest(3, ours_into_sqlite) / events, fastest(3, theirs_into_sqlite) / events
        ours_alone = fastest(3, lambda: ours_into_sqlite(**few)) / (5 * EACH)
        theirs_alone = fastest(3, lambda: theirs_into_sqlite(**few)) / (5 * EACH)
        into = "an event to SQLite, {} / eventsourcing, {}".format
        row(into(f"batches of {BATCH}", "one by one"), ours, theirs_alone, ">= 5")
        row(into(f"batches of {BATCH}", f"batches of {BATCH}"), ours, theirs, ">= 5")
        row(into("one by one", "one by one"), ours_alone, theirs_alone, "")
        sides = theirs_from_disk, lambda: ours_from_disk("a.db"), lambda: ours_from_disk("a.jsonl")
        theirs, from_sqlite, from_lines = (seconds / events for seconds in in_turn(5, *sides))
        row("an event from SQLite, and replayed / eventsourcing", from_sqlite, theirs, ">= 15")
        row("an event from a file of lines, and replayed / eventsourcing", from_lines, theirs, ">= 15")

    def lines(_: argparse.Namespace) -> None:
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = fastest(3, lambda: ours_from_lines(folder)), fastest(3, lambda: theirs_from_lines(folder))
        row("a line read, verified and replayed / json and a dataclass, unchecked", ours / LINES, theirs / LINES, "")

    def frames(_: argparse.Namespace) -> None:
        view = many()
        ours = fastest(3, lambda: ours_as_frame(view))
        row(
            f"{STANDINGS} standings to polars / from Python objects",
            ours,
            fastest(1, lambda: from_objects(view.standings)),
            ">= 8",
        )
        made = view.standings()
        for standing in made:
            [getattr(standing, name) for name in COLUMNS]
        row(
            "the same / from Python objects that exist already",
            ours,
            fastest(2, lambda: from_objects(lambda: made)),
            "",
        )

    def start(_: argparse.Namespace) -> None:
        bare, json_, ours = process("pass"), process("import json"), process("import servanda")
        print(
            f"import servanda in a new process: {(ours - bare) * 1e3:.1f} ms above a start-up of {bare * 1e3:.1f} ms, ",
            end="",
        )
        print(f"{(ours - bare) / (json_ - bare):.1f} times import json  (<= 3 times, or 30 ms)")

    def wheel(args: argparse.Namespace) -> None:
        if args.wheel:
            print(f"wheel: {os.path.getsize(args.wheel) / (1 << 20):.2f} MiB  (< 8 MiB)")

    return {"memory": memory, "sqlite": sqlite, "lines": lines, "frames": frames, "start": start, "wheel": wheel}


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares the speed of the package with common alternatives.")
    parser.add_argument("--wheel", help="print the size of this wheel")
    parser.add_argument("--only", choices=list(parts()), help="run one part only")
    args = parser.parse_args()
    print(f"{'':<86}{'ours':>10}{'other':>10}{'ratio':>8}  wanted")
    for name, part in parts().items():
        if args.only in (None, name):
            part(args)


if __name__ == "__main__":
    main()
