"""Answers as notebooks show them.

Colours are those of the page, so that they can be read on a light and on a dark one, and nothing is loaded from elsewhere. Whatever a ledger
says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._model import Source
    from ._standing import Standing, Step
    from ._view import View

_ROWS = 50
"""So many commitments of a view are shown."""

_TABLE = "border-collapse:collapse;color:inherit;background:transparent"
_CELL = "text-align:left;vertical-align:top;padding:.25em .75em .25em 0;border-bottom:1px solid rgba(128,128,128,.4)"


def of_view(view: View) -> str:
    """The commitments of a view, the first of them if there are many."""
    shown = list(islice(view, _ROWS))
    known = "" if view.known_at is None else f", known at {view.known_at.isoformat()}"
    count = len(view)
    noun = "commitment" if count == 1 else "commitments"
    first = f", the first {len(shown)} shown" if len(shown) < count else ""
    rows = (
        [
            _text(standing.commitment),
            _text(standing.title),
            _status(standing),
            _text(standing.since),
            _text(standing.phase),
            _verdict(standing),
            _text(standing.deadline),
        ]
        for standing in shown
    )
    heads = ["Commitment", "Title", "Status", "Since", "Phase", "Verdict", "Deadline"]
    return f"<div><p>On {view.on.isoformat()}{_text(known)}: {count} {noun}{first}</p>{_table(heads, rows)}</div>"


def of_standing(standing: Standing) -> str:
    """Where a commitment stands, with its history and evidence."""
    known = "" if standing.known_at is None else f", known at {standing.known_at.isoformat()}"
    to = f" to {', '.join(standing.to)}" if standing.to else ""
    given = f"{standing.made.isoformat()}, by {', '.join(standing.by)}{to}: {standing.obligation.value}"
    facts = [
        ("Words", f"“{_text(standing.words.text)}” {_link(standing.words.source)}"),
        ("Given", _text(given)),
        ("Status", _status(standing) + (_text(f", since {standing.since}") if standing.since else "")),
        ("Phase", _text(standing.phase)),
        ("Verdict", _verdict(standing)),
        ("Deadline", _text(standing.deadline)),
        ("Why", _text(standing.reason)),
        ("Part of", _text(standing.part_of)),
    ]
    title = f"<p><strong>{_text(standing.title)}</strong> ({_text(standing.commitment)})<br>On {standing.on.isoformat()}{_text(known)}</p>"
    about = _table([], ([f"<strong>{name}</strong>", text] for name, text in facts if text))
    heads = ["On", "Status", "Basis", "Sources"]
    history = _table(heads, map(_step, standing.history)) if standing.history else ""
    return f"<div>{title}{about}{history}</div>"


def _step(step: Step) -> list[str]:
    status = _text(_english(step.title)) + (" (presumed)" if step.presumed else "")
    note = f"<br>{_text(step.note)}" if step.note else ""
    return [_text(step.on), status + note, _text(step.basis), "<br>".join(map(_link, step.sources))]


def _status(standing: Standing) -> str:
    title = _english(standing.status_title) if standing.status_title else None
    return _text(title) + (" (presumed)" if standing.presumed else "")


def _verdict(standing: Standing) -> str:
    text = _text(standing.verdict)
    return f"<strong>{text}</strong>" if standing.overdue else text


def _english(titles: Mapping[str, str]) -> str:
    return titles.get("en") or next(iter(titles.values()), "")


def _link(source: Source) -> str:
    address = _text(source.url)
    return f'<a href="{address}" rel="noopener noreferrer" target="_blank" style="color:inherit">{_text(source.title)}</a>'


def _text(value: object) -> str:
    return "" if value is None else escape(str(value))


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    def cells(tag: str, texts: list[str]) -> str:
        return "".join(f'<{tag} style="{_CELL}">{text}</{tag}>' for text in texts)

    head = f"<thead><tr>{cells('th', heads)}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<table style="{_TABLE}">{head}<tbody>{body}</tbody></table>'
