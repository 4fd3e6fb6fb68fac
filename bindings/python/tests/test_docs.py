"""Docstrings: every public name has one, `help()` shows them, and their examples run."""

from __future__ import annotations

import doctest
import inspect
import itertools
import pydoc
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import servanda
from servanda._value import Value, _hints_of

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "bindings" / "python" / "README.md"


def _documented() -> Iterator[tuple[str, Any]]:
    """All public objects that can have a docstring, with their names."""
    for module in (servanda, servanda.builtin):
        yield module.__name__, module
        for name in module.__all__:
            public = getattr(module, name)
            if inspect.isclass(public) or inspect.isfunction(public):
                yield f"{module.__name__}.{name}", public
            if not inspect.isclass(public):
                continue
            for member, found in vars(public).items():
                found = found.__func__ if isinstance(found, classmethod | staticmethod) else found
                if not member.startswith("_") and (inspect.isfunction(found) or isinstance(found, property)):
                    yield f"{module.__name__}.{name}.{member}", found


def _is_value(found: object) -> bool:
    return inspect.isclass(found) and issubclass(found, Value)


PACKAGE = Path(inspect.getfile(servanda)).parent
DOCUMENTED = dict(_documented())


@pytest.mark.parametrize("name", [name for name, found in DOCUMENTED.items() if ">>>" in (found.__doc__ or "")])
def test_docstring_examples(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(DOCUMENTED[name].__doc__, {}, name, None, 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=failures.append)
    assert not failures, "".join(failures)


def test_public_names_have_docstrings() -> None:
    assert [name for name, found in DOCUMENTED.items() if not (found.__doc__ or "").strip()] == []
    assert len(DOCUMENTED) > 120


def test_members_have_docstrings() -> None:
    """Each annotation is followed by a docstring."""
    modules = {"_answers", "_commitment", "_entry", "_facts", "_model", "_procedure", "_standing", "_treaty"}
    for path in (PACKAGE / f"{module}.py" for module in sorted(modules)):
        lines = path.read_text(encoding="utf-8").splitlines()
        for line, after in itertools.pairwise(lines):
            if re.fullmatch(r"    [a-z]\w*: [^=(]+", line) and "ClassVar" not in line and line != "    commitment: str":
                assert after.startswith('    """'), f"{path.name}: {line}"


def help_text(cls: type) -> str:
    """The output of `help()`, without borders and line breaks."""
    text = pydoc.plain(pydoc.render_doc(cls))
    return " ".join(text.replace(" |", "").split())


@pytest.mark.parametrize(
    "cls", [cls for cls in vars(servanda).values() if _is_value(cls)], ids=lambda cls: cls.__name__
)
def test_help_shows_members(cls: type[Value]) -> None:
    text = help_text(cls)
    for name in _hints_of(cls):
        doc = inspect.getdoc(getattr(cls, name))
        assert doc and f"{name} {' '.join(doc.split())}" in text, name


@pytest.mark.parametrize(
    "words", [servanda.Phase, servanda.Verdict, servanda.Obligation, servanda.Relation, servanda.Basis]
)
def test_help_shows_words(words: type[Enum]) -> None:
    text = help_text(words)
    for word in words:
        assert word.__doc__ and word.__doc__ != words.__doc__ and " ".join(word.__doc__.split()) in text


def test_values_have_match_args() -> None:
    values = [found for found in vars(servanda).values() if _is_value(found)]
    assert [cls.__name__ for cls in values if not cls.__match_args__] == ["Fact", "Value"]


@pytest.mark.parametrize("number", range(len(re.findall(r"```python\n", README.read_text(encoding="utf-8")))))
def test_readme_examples(number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each block runs alone, in a folder with the example ledger, and prints its comments."""
    ledger = (ROOT / "examples" / "alliance.jsonl").read_bytes()
    (tmp_path / "alliance.jsonl").write_bytes(ledger)
    monkeypatch.chdir(tmp_path)
    block = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[number]
    told: list[str] = []
    exec(
        compile(block, f"README.md, block {number + 1}", "exec"),
        {"print": lambda *text: told.append(" ".join(map(str, text)))},
    )
    assert told == re.findall(r"^# (.*)$", block, re.MULTILINE)
