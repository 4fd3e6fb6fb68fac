"""The examples in the documentation, and that there is documentation."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import servanda
from servanda._value import Value

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "bindings" / "python" / "README.md"


def _documented() -> Iterator[tuple[str, Any]]:
    """Whatever is public and can have documentation, by its name."""
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


PACKAGE = Path(inspect.getfile(servanda)).parent
DOCUMENTED = dict(_documented())


@pytest.mark.parametrize("name", [name for name, found in DOCUMENTED.items() if ">>>" in (found.__doc__ or "")])
def test_examples_run(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(DOCUMENTED[name].__doc__, {}, name, None, 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=failures.append)
    assert not failures, "".join(failures)


def test_everything_public_is_documented() -> None:
    assert [name for name, found in DOCUMENTED.items() if not (found.__doc__ or "").strip()] == []
    assert len(DOCUMENTED) > 120


def _is_value(found: object) -> bool:
    return inspect.isclass(found) and issubclass(found, Value)


def test_every_member_of_a_value_is_documented() -> None:
    """What each member is stands under it."""
    modules = {"_answers", "_commitment", "_entry", "_facts", "_model", "_procedure", "_standing", "_treaty"}
    for path in (PACKAGE / f"{module}.py" for module in sorted(modules)):
        lines = path.read_text(encoding="utf-8").splitlines()
        for line, after in zip(lines, lines[1:], strict=False):
            if re.fullmatch(r"    [a-z]\w*: [^=(]+", line) and "ClassVar" not in line and line != "    commitment: str":
                assert after.startswith('    """'), f"{path.name}: {line}"


def test_every_value_says_what_it_is_matched_by() -> None:
    values = [found for found in vars(servanda).values() if _is_value(found)]
    assert [cls.__name__ for cls in values if not cls.__match_args__] == ["Fact", "Value"]


@pytest.mark.parametrize("number", range(len(re.findall(r"```python\n", README.read_text(encoding="utf-8")))))
def test_the_readme_runs(number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each block by itself, with the example ledger at hand."""
    ledger = (ROOT / "examples" / "alliance.jsonl").read_bytes()
    (tmp_path / "alliance.jsonl").write_bytes(ledger)
    monkeypatch.chdir(tmp_path)
    block = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[number]
    told: list[str] = []
    exec(compile(block, f"README.md, block {number + 1}", "exec"), {"print": lambda *text: told.append(" ".join(map(str, text)))})
    assert told == re.findall(r"^# (.*)$", block, re.MULTILINE)
