"""The outcome of the seven commitments of 18 January 2013.

It is the Python version of `alliance/`. It prints the same text and writes the same ledger.

    python examples/alliance.py

Each topic has its own file in `alliance_py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import servanda
from alliance_py import story

# Days on which something has just changed.
DAYS = ["2013-01-18", "2013-03-15", "2013-05-22", "2015-10-20", "2018-12-30", "2024-02-01"]


def main(path: str = "examples/alliance.jsonl") -> None:
    tracker = story()
    lines = "".join(f"{entry.to_json()}\n" for entry in tracker)
    Path(path).write_text(lines, encoding="utf-8", newline="\n")
    print(f"{path}: {len(tracker)} entries, {tracker.digest()}\n")
    print_verdicts(tracker)


def print_verdicts(tracker: servanda.Tracker) -> None:
    """Prints a line for each commitment, with its verdict on each of the days.

    There is no verdict before the day on which a commitment was made.
    """
    print(f"{'':48}{''.join(f'{day:13}' for day in DAYS)}".rstrip())
    views = [tracker.view(on=day) for day in DAYS]
    for summary in tracker.view().summaries():
        verdicts = [view[summary.commitment].verdict or "-" for view in views]
        print(f"{summary.commitment:48}{''.join(f'{verdict:13}' for verdict in verdicts)}".rstrip())


if __name__ == "__main__":
    main(*sys.argv[1:])
