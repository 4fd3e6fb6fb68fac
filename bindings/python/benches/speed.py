"""How fast the package is, beside what people would otherwise take, in the same run.

    pip install servanda -r benches/requirements.txt
    python benches/speed.py [--wheel FILE]

Each line has a ratio, which is what to quote: times belong to one machine. Each figure is the quickest of several runs.
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


def quickest(runs: int, run: Callable[[], Iterator[None]]) -> float:
    """The least seconds between the first and the last `yield` of a run, which prepares before and tidies up after."""
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
    """The least seconds of each, run one after the other so many times, so that all have the same of whatever else the machine does."""
    rounds = [[quickest(1, side) for side in sides] for _ in range(runs)]
    return [min(times) for times in zip(*rounds, strict=True)]


def row(what: str, ours: float, other: float, wanted: str) -> None:
    """A line of the table. Times are of one step, event, row or process."""
    print(f"{what:<86}{spoken(ours):>10}{spoken(other):>10}{other / ours:>8.1f}  {wanted}")


def spoken(seconds: float) -> str:
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
    """Steps to and fro of so many commitments, in batches: the first batch has the first step of each."""
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
    """Batches of the steps of so many commitments, a day after the other. The drafts are made within the time that is measured."""
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
"""So many aggregates of so many events, and those of so many aggregates in a batch, which then has `BATCH` events."""


class Promise(Aggregate):
    """What `eventsourcing` has to keep of it: the same texts, and no rule."""

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
    """Saves in batches, or each event by itself."""
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
    """The same steps. The drafts are made within the time that is measured, as the events of the other are."""
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


def ours_again(name: str) -> Iterator[None]:
    """Opens the ledger and tells where every commitment stands."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        with servanda.create(path, "desk") as tracker:
            fill_ours(tracker)
        yield
        with servanda.open(path, "desk") as tracker:
            assert len(tracker.view().briefs()) == AGGREGATES
        yield


def theirs_again() -> Iterator[None]:
    """Opens the store and gets every aggregate."""
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
    """An entry as one would write it down without a library. Nothing is checked."""

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
    view.briefs()
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
    """Ten of the columns, from objects of Python, by the quickest way that polars has for it: column by column."""
    yield
    objects = standings()
    columns = {name: [getattr(standing, name) for standing in objects] for name in COLUMNS}
    frame = polars.DataFrame(columns, schema=COLUMNS)
    yield
    assert len(frame) == STANDINGS


# A fresh process.


def process(code: str, runs: int = 25) -> float:
    """The least seconds that a fresh process takes for this code."""
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
        row("the same with a source that is cited / a bare step of transitions", cited, bare, "")
        row(f"the same without, in batches of {BATCH} / a bare step of transitions", together, bare, "")

    def sqlite(_: argparse.Namespace) -> None:
        events, few = AGGREGATES * EACH, {"each_alone": True, "aggregates": 5}
        ours, theirs = quickest(3, ours_into_sqlite) / events, quickest(3, theirs_into_sqlite) / events
        ours_alone = quickest(3, lambda: ours_into_sqlite(**few)) / (5 * EACH)
        theirs_alone = quickest(3, lambda: theirs_into_sqlite(**few)) / (5 * EACH)
        into = "an event into SQLite, {} / eventsourcing, {}".format
        row(into(f"batches of {BATCH}", "each by itself"), ours, theirs_alone, ">= 5")
        row(into(f"batches of {BATCH}", f"batches of {BATCH}"), ours, theirs, ">= 5")
        row(into("each by itself", "each by itself"), ours_alone, theirs_alone, "")
        sides = theirs_again, lambda: ours_again("a.db"), lambda: ours_again("a.jsonl")
        theirs, from_sqlite, from_lines = (seconds / events for seconds in in_turn(5, *sides))
        row("an event out of SQLite again, and folded / eventsourcing", from_sqlite, theirs, ">= 15")
        row("an event out of a file of lines, and folded / eventsourcing", from_lines, theirs, ">= 15")

    def lines(_: argparse.Namespace) -> None:
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = quickest(3, lambda: ours_from_lines(folder)), quickest(3, lambda: theirs_from_lines(folder))
        row("a line read, verified and folded / json and a dataclass, nothing checked", ours / LINES, theirs / LINES, "")

    def frames(_: argparse.Namespace) -> None:
        view = many()
        ours = quickest(3, lambda: ours_as_frame(view))
        row(f"{STANDINGS} standings into polars / from objects of Python", ours, quickest(1, lambda: from_objects(view.standings)), ">= 8")
        made = view.standings()
        for standing in made:
            [getattr(standing, name) for name in COLUMNS]
        row("the same / from objects that are there already, read before", ours, quickest(2, lambda: from_objects(lambda: made)), "")

    def start(_: argparse.Namespace) -> None:
        bare, json_, ours = process("pass"), process("import json"), process("import servanda")
        print(f"import servanda in a fresh process: {(ours - bare) * 1e3:.1f} ms above bare start-up of {bare * 1e3:.1f} ms, ", end="")
        print(f"{(ours - bare) / (json_ - bare):.1f} times import json  (<= 3 times, or 30 ms)")

    def wheel(args: argparse.Namespace) -> None:
        if args.wheel:
            print(f"wheel: {os.path.getsize(args.wheel) / (1 << 20):.2f} MiB  (< 4 MiB)")

    return {"memory": memory, "sqlite": sqlite, "lines": lines, "frames": frames, "start": start, "wheel": wheel}


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the package is, beside what people would otherwise take.")
    parser.add_argument("--wheel", help="a wheel whose size is to be told")
    parser.add_argument("--only", choices=list(parts()), help="one part alone")
    args = parser.parse_args()
    print(f"{'':<86}{'ours':>10}{'other':>10}{'ratio':>8}  wanted")
    for name, part in parts().items():
        if args.only in (None, name):
            part(args)


if __name__ == "__main__":
    main()
