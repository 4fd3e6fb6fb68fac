"""Runs the examples as a reader would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_alliance_equals_the_rust_example(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    told = subprocess.run(
        [sys.executable, str(EXAMPLES / "alliance.py")],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )
    assert told.stdout == (EXAMPLES / "alliance.txt").read_text(encoding="utf-8")
    assert (tmp_path / "examples" / "alliance.jsonl").read_bytes() == (EXAMPLES / "alliance.jsonl").read_bytes()
