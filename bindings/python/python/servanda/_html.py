"""The HTML that notebooks show.

Text has the colour of the page, so it can be read on light and dark pages. Verdicts and missed
deadlines are badges with a background of their own. The HTML loads nothing from elsewhere, and all text of a ledger is
escaped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping

MAX_ROWS = 50
"""The maximum number of rows that a notebook shows."""
_MAX_TEXT = 200
"""The maximum length of a text in a cell of a `Table`."""

_TABLE = "border-collapse:collapse;margin-bottom:1em;color:inherit;background:transparent"
_CELL = "text-align:left;vertical-align:top;padding:.25em .75em .25em 0;border-bottom:1px solid rgba(128,128,128,.4)"
_BADGE = "color:#fff;border-radius:.6em;padding:.05em .5em;white-space:nowrap"

# White text on each of these has a contrast of at least 4.5 to 1.
_COLOURS = {
    "pending": "#57606a",
    "in-progress": "#0969da",
    "unrated": "#6b6b6b",
    "stalled": "#8a5a00",
    "kept": "#1a7f37",
    "partly-kept": "#4d6b00",
    "broken": "#cf222e",
    "unfulfilled": "#82071e",
    "released": "#6e4b9e",
    "holding": "#0e6d7c",
    "overdue": "#bc4c00",
    "late": "#7a4b00",
}

_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?(T[\d:.]+Z)?|\[[\d.-]+\]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def page(heading: str, *parts: str) -> str:
    """A heading with parts below it. All of them are HTML."""
    return f"<div><p>{heading}</p>{''.join(parts)}</div>"


def text(value: object) -> str:
    """A value as escaped text. None is empty."""
    return "" if value is None else str(value).translate(_ESCAPES)


def nowrap(value: object) -> str:
    """A value as escaped text that does not wrap, such as a day."""
    return "" if value is None else f'<span style="white-space:nowrap">{text(value)}</span>'


def as_of(on: datetime.date, known_at: datetime.datetime | None, as_published: datetime.date | None) -> str:
    """The day, the moment and the day of publication of a view."""
    known = f", known at {nowrap(known_at.isoformat())}" if known_at else ""
    published = f", as published by {nowrap(as_published.isoformat())}" if as_published else ""
    return f"On {nowrap(on.isoformat())}{known}{published}"


def link(title: str, url: str | None) -> str:
    """A link to a source, or its title if it has no address."""
    if url is None:
        return text(title)
    return f'<a href="{text(url)}" rel="noopener noreferrer" target="_blank" style="color:inherit">{text(title)}</a>'


def verdict(word: str | None) -> str:
    """A verdict as a badge with its colour."""
    if word is None:
        return ""
    colour = _COLOURS.get(word, _COLOURS["pending"])
    return f'<span style="background:{colour};{_BADGE}">{text(word)}</span>'


def timeliness(word: str | None) -> str:
    """A timeliness, as a badge with its colour if the deadline was missed."""
    return verdict(word) if word in _COLOURS else text(word)


def title(titles: Mapping[str, str] | None, *, presumed: bool = False) -> str:
    """The English title of a status, or the first title if there is no English one."""
    english = titles and (titles.get("en") or next(iter(titles.values()), ""))
    return text(english) + (" (presumed)" if presumed else "")


def status(name: str | None, may_have: Iterable[str], *, presumed: bool) -> str:
    """The title of a status, with the statuses that may have been reached since."""
    possible = " or ".join(may_have)
    return text(name) + (" (presumed)" if presumed else "") + (f"<br>or {text(possible)}" if possible else "")


def counted(count: int, noun: str, shown: int) -> str:
    """A number of things, and how many of them are shown."""
    first = f", the first {shown} shown" if shown < count else ""
    return f"{count:,} {noun if count == 1 else f'{noun}s'}{first}"


def counts(of: Mapping[str, int]) -> str:
    """The counts of words that are not 0."""
    return ", ".join(f"{count} {text(word)}" for word, count in of.items() if count)


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """A table. The heads are text, and the cells are HTML."""

    def cells(tag: str, texts: Iterable[str]) -> str:
        return "".join(f'<{tag} style="{_CELL}">{text}</{tag}>' for text in texts)

    head = f"<thead><tr>{cells('th', map(text, heads))}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<div style="overflow-x:auto"><table style="{_TABLE}">{head}<tbody>{body}</tbody></table></div>'


def cell(column: str, shown: str | None) -> str:
    """A value of a column of a `Table`."""
    if shown is None:
        return ""
    if column == "verdict":
        return verdict(shown)
    if column == "timeliness":
        return timeliness(shown)
    if _DATE.fullmatch(shown):
        return nowrap(shown)
    if "\n" in shown and len(shown) <= 60:
        return nowrap(shown.replace("\n", ", "))
    lines = [line if len(line) <= _MAX_TEXT else f"{line[:_MAX_TEXT]}…" for line in shown.split("\n")]
    html = "<br>".join(map(text, lines))
    wide = any(len(line) > 40 for line in lines)
    return f'<span style="display:inline-block;min-width:16em">{html}</span>' if wide else html
