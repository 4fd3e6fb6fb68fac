"""The Python blocks of README and guide run, and print what their comments say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT).as_posix()}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.mark.parametrize("block", BLOCKS)
def test_block(block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each block runs by itself, in a folder with the example ledger."""
    (tmp_path / "examples").mkdir()
    for place in (tmp_path, tmp_path / "examples"):
        shutil.copy(ROOT / "examples" / "alliance.jsonl", place)
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []
    exec(compile(block, "block", "exec"), {"print": lambda *values: printed.append(" ".join(map(str, values)))})
    assert printed == re.findall(r"^# (.*)$", block, re.MULTILINE)


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 4
