"""Docstrings of attributes, for `help()`.

Python discards a string literal below an attribute. Editors read it from the source, and so does
this module, so that each attribute is documented in one place.
"""

from __future__ import annotations

import sys


def member_doc(cls: type, module: str, name: str) -> str | None:
    """The docstring below an attribute of a class that is defined in a module."""
    if module not in _DOCS:
        _DOCS[module] = _read(module)
    return _DOCS[module].get(cls.__name__, {}).get(name)


_DOCS: dict[str, dict[str, dict[str, str]]] = {}
"""The docstrings by module, class and attribute, read on first use."""


def _read(module: str) -> dict[str, dict[str, str]]:
    """The docstrings below the attributes of each class of a module."""
    # Only `help()` needs these modules, so importing the package does not import them.
    import ast
    import inspect

    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    docs: dict[str, dict[str, str]] = {}
    for cls in tree.body:
        if isinstance(cls, ast.ClassDef):
            members = docs[cls.name] = {}
            for attribute, below in zip(cls.body, cls.body[1:], strict=False):
                match attribute, below:
                    case (
                        ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]),
                        ast.Expr(ast.Constant(str(text))),
                    ):
                        members[name] = inspect.cleandoc(text)
    return docs
