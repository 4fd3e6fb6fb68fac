"""The modules of the package import each other in one direction only."""

from __future__ import annotations

import ast
import inspect
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import servanda

PACKAGE = Path(inspect.getfile(servanda)).parent


def imported(path: Path, names: set[str]) -> set[str]:
    """The modules of the package that a module imports: at its top, in a function, for type checkers."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found & names


def test_imports_have_no_cycle() -> None:
    paths = [path for path in PACKAGE.glob("*.py*") if path.suffix in (".py", ".pyi") and path.stem != "__init__"]
    names = {path.stem for path in paths}
    imports = {path.stem: imported(path, names) for path in paths}
    assert len(imports) > 15 and imports["_view"] >= {"_standing", "_servanda"}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as cycle:
        pytest.fail(" imports ".join(reversed(cycle.args[1])))
