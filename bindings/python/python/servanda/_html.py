"""The building blocks of what notebooks show.

Colours are those of the page, so that they can be read on a light and on a dark one, and nothing is loaded from elsewhere. Whatever a ledger
says is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

ROWS = 50
"""So many commitments of a view are shown."""

_TABLE = "border-collapse:collapse;color:inherit;background:transparent"
_CELL = "text-align:left;vertical-align:top;padding:.25em .75em .25em 0;border-bottom:1px solid rgba(128,128,128,.4)"


def page(title: str, *parts: str) -> str:
    """A title and the parts below it, all of them HTML."""
    return f"<div><p>{title}</p>{''.join(parts)}</div>"


def text(value: object) -> str:
    """A value as escaped text."""
    return "" if value is None else escape(str(value))


def link(title: str, url: str) -> str:
    """A link to a source."""
    return f'<a href="{text(url)}" rel="noopener noreferrer" target="_blank" style="color:inherit">{text(title)}</a>'


def verdict(word: str | None) -> str:
    """A verdict, which stands out if it is late."""
    return f"<strong>{text(word)}</strong>" if word == "overdue" else text(word)


def english(titles: Mapping[str, str]) -> str:
    """The English title, or else the first."""
    return titles.get("en") or next(iter(titles.values()), "")


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """A table of cells of HTML."""

    def cells(tag: str, texts: list[str]) -> str:
        return "".join(f'<{tag} style="{_CELL}">{text}</{tag}>' for text in texts)

    head = f"<thead><tr>{cells('th', heads)}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<table style="{_TABLE}">{head}<tbody>{body}</tbody></table>'
