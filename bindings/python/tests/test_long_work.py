"""Long operations: they report progress, can be interrupted, and let other threads run."""

from __future__ import annotations

import io
import logging
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tqdm import tqdm

import servanda


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 2,001 entries, about 1.5 MB, which is long enough for several progress reports."""
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    source = servanda.Source("Remarks", "https://example.org/remarks", quotation="A sentence. " * 30)
    with servanda.create(path, "desk") as tracker:
        tracker.append(
            [
                servanda.Commitment(
                    f"us/promise-{number}",
                    "A promise",
                    procedure="action",
                    by="us",
                    made="2013-01-18",
                    obligation="result",
                    words=servanda.Words("will", source),
                )
                for number in range(2_000)
            ]
        )
    return path


def test_progress_callback(large: Path) -> None:
    told: list[tuple[int, int | None]] = []
    tracker = servanda.open(large, progress=lambda done, total: told.append((done, total)))
    size = large.stat().st_size
    assert len(told) > 2 and told == sorted(told) and told[-1] == (size, size)
    told.clear()
    standings = tracker.view().standings(progress=lambda done, total: told.append((done, total)))
    assert (len(standings), told[-1], len(told) > 2) == (2_000, (2_000, 2_000), True)
    told.clear()
    assert tracker.verify(progress=lambda done, total: told.append((done, total))) == 2_001


def test_tqdm_bar(large: Path) -> None:
    shown = io.StringIO()
    with tqdm(file=shown, unit="B", unit_scale=True, mininterval=0) as bar:
        servanda.open(large, progress=bar)
        assert (bar.n, bar.total) == (large.stat().st_size, large.stat().st_size)
    assert "100%" in shown.getvalue()


def test_exception_in_progress_callback_cancels(large: Path, tmp_path: Path) -> None:
    def stops(done: int, total: int | None) -> None:
        raise StopAsyncIteration(f"{done}")

    with pytest.raises(StopAsyncIteration):
        servanda.open(large, progress=stops)
    with servanda.open(large) as reader, servanda.create(tmp_path / "copy.db", "desk") as copy:
        with pytest.raises(StopAsyncIteration):
            reader.view().standings(progress=stops)
        with pytest.raises(StopAsyncIteration):
            copy.merge(reader, progress=stops)
        assert len(copy) == 0
        assert copy.merge(reader) == len(copy) == 2_001


def test_merge_progress_counts_entries(large: Path, tmp_path: Path) -> None:
    told: list[int] = []
    with servanda.open(large) as reader, servanda.create(tmp_path / "copy.db", "desk") as copy:
        copy.merge(reader.entries(), progress=lambda done, total: told.append(done))
    assert told[-1] == 2_001
    with servanda.open(tmp_path / "copy.db", "desk") as again:
        again.load(progress=lambda done, total: told.append(done))
        assert (told[-1], again.digest()) == (2_001, servanda.open(large).digest())


def test_ctrl_c_interrupts_a_call(large: Path) -> None:
    def interrupts(done: int, total: int | None) -> None:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        servanda.open(large, progress=interrupts)
    with pytest.raises(KeyboardInterrupt):
        servanda.open(large).view().standings(progress=interrupts)


def test_ctrl_c_ends_the_command(large: Path) -> None:
    program = textwrap.dedent(
        """
        import _thread, os, signal, sys, threading, servanda

        def once(*_):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            raise KeyboardInterrupt

        def interrupts():
            begun.wait()
            while True:
                _thread.interrupt_main()

        begun = threading.Event()
        signal.signal(signal.SIGINT, once)
        threading.Thread(target=interrupts, daemon=True).start()
        try:
            begun.set()
            status = servanda.main(["status", sys.argv[1]])
        except KeyboardInterrupt:
            status = 130
        os._exit(status)
        """
    )
    ended = subprocess.run([sys.executable, "-c", program, str(large)], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (130, "")


def test_threads_share_a_tracker(tmp_path: Path, source: servanda.Source) -> None:
    def promise(number: int) -> servanda.Commitment:
        words = servanda.Words("will", source)
        return servanda.Commitment(
            f"us/promise-{number}",
            "A promise",
            procedure="action",
            by="us",
            made="2013-01-18",
            obligation="result",
            words=words,
        )

    for tracker in (servanda.memory("desk"), servanda.create(tmp_path / "shared.db", "desk")):
        heard: list[int] = []

        def work(number: int) -> tuple[int, str | None]:
            tracker.register(promise(number))
            seen = len(tracker.view())
            tracker.advance(f"us/promise-{number}", "done", on="2013-02-22", sources=[source])
            return seen, tracker.view(on="2013-03-01")[f"us/promise-{number}"].verdict

        observer = tracker.observe(lambda observed: heard.append(len(observed.entries)))
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(work, range(200)))
        observer.close()
        assert all(seen >= 1 and verdict == "kept" for seen, verdict in done)
        assert len(tracker) == 401 and tracker.view().conflicts() == [] and tracker.verify() == 401


def test_observer_can_wait_for_another_thread(tracker: servanda.Tracker, source: servanda.Source) -> None:
    answers: list[str | None] = []

    def asks(observed: servanda.Observed) -> None:
        with ThreadPoolExecutor(1) as pool:
            answers.append(pool.submit(lambda: tracker.view(on="2013-03-01")["us/abe-visit"].verdict).result())

    with tracker.observe(asks):
        tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    assert answers == ["kept"]


def test_log_messages(
    tmp_path: Path, visit: servanda.Commitment, source: servanda.Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="servanda")
    place = tmp_path / "a.db"
    desk, phone = servanda.create(place, "desk"), servanda.memory("phone")
    desk.register(visit)
    phone.merge(desk)
    desk.advance("us/abe-visit", "given-up", on="2013-02-20", sources=[source])
    phone.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    desk.merge(phone)
    servanda.open(place)

    def fails(observed: servanda.Observed) -> None:
        raise RuntimeError("no")

    with desk.observe(fails):
        desk.attest("us/abe-visit", on="2013-03-01")
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told == [
        ("DEBUG", f"created {place}"),
        ("DEBUG", f"appended 2 entries to {place}"),
        ("DEBUG", "merged 2 new entries into a ledger in memory"),
        ("DEBUG", f"appended 1 entries to {place}"),
        ("DEBUG", "appended 1 entries to a ledger in memory"),
        ("DEBUG", f"merged 1 new entries into {place}"),
        ("WARNING", f"after a merge, 1 entries of {place} are in conflict"),
        ("DEBUG", f"opened {place}"),
        ("ERROR", "an observer failed"),
        ("DEBUG", f"appended 1 entries to {place}"),
    ]
