"""The HTML for notebooks."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import servanda
from servanda import _html

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table><img src=x onerror=alert(1)>",
    "\"quoted\" and 'quoted'",
    "&lt;b&gt; is written so",
    "<!-- and nothing else",
]


class Page(HTMLParser):
    """Parses HTML as a browser does: the elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def shown(title: str) -> tuple[servanda.View, servanda.Standing]:
    tracker = servanda.memory("desk", now="2013-05-01T00:00:00.000000Z")
    source = servanda.Source(title, "https://example.org/a?b=1&c='2'")
    words = servanda.Words(title, source)
    tracker.register(
        servanda.Commitment(
            "us/abe-visit",
            title,
            procedure="action",
            by="us",
            made="2013-01-18",
            obligation="result",
            words=words,
            deadline="2013-02",
        )
    )
    part = servanda.Commitment(
        "us/abe-visit/dinner",
        title,
        procedure="action",
        by="us",
        made="2013-01-18",
        obligation="result",
        words=words,
        part_of="us/abe-visit",
    )
    tracker.register(part)
    tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source], note=title)
    view = tracker.view(on="2013-03-01")
    return view, view["us/abe-visit"]


TAGS = {"div", "p", "br", "strong", "span", "a", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("title", HOSTILE)
def test_html_escapes_ledger_text(title: str) -> None:
    view, standing = shown(title)
    agenda = view.as_of(on="2013-02-01").agenda(first="2013-01-01", last="2013-12-31")
    parts, steps = view.parts("us/abe-visit"), view.steps_table(part_of="us/abe-visit")
    answers: list[tuple[Any, int]] = [(view, 2), (standing, 5), (agenda, 1), (parts, 2), (steps, 1)]
    for answer, times in answers:
        page = Page(answer._repr_html_())
        assert page.open == []
        assert {tag for tag, _ in page.elements} <= TAGS
        assert {name for _, attributes in page.elements for name in attributes} <= {"style", "href", "rel", "target"}
        assert "".join(page.text).count(title) == times, answer


def test_html_links_to_sources_and_loads_nothing() -> None:
    _, standing = shown("A visit")
    page = Page(standing._repr_html_())
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["https://example.org/a?b=1&c='2'"] * 2
    assert "url(" not in standing._repr_html_()


@pytest.mark.parametrize("title", HOSTILE)
def test_pictures_escape_ledger_text(title: str) -> None:
    view, _ = shown(title)
    for picture in (view.timeline("us/abe-visit"), view.tally()):
        page = Page(picture._repr_html_())
        assert page.open == []
        assert {tag for tag, _ in page.elements} <= {"svg", "title", "desc", "g", "path", "circle", "rect", "text"}
        assert not {name for _, attributes in page.elements for name in attributes} & {"style", "href", "onerror"}
        assert picture._repr_svg_() == picture.svg == picture._repr_html_()


def test_a_picture_is_also_text(alliance: servanda.Tracker) -> None:
    view = alliance.view(on="2014-04-01")
    timeline = view.timeline("jp/hague-convention", width=320, columns=60)
    assert 'width="320"' in timeline.svg
    assert "2014-04-01 └ ●  In force for Japan" in str(timeline)
    assert max(map(len, timeline.text.splitlines())) <= 60
    assert str(view.tally(verdict="kept")).endswith("5 commitments")
    with pytest.raises(servanda.UnknownError):
        view.timeline("jp/nothing")
    with pytest.raises(TypeError):
        servanda.Picture()


def styles(html: str) -> list[dict[str, str]]:
    texts = [attributes["style"] or "" for _, attributes in Page(html).elements if "style" in attributes]
    return [dict(part.split(":", 1) for part in text.split(";")) for text in texts]


def test_html_text_has_the_colour_of_the_page() -> None:
    """Only a badge has a colour, and it has a background of its own."""
    view, standing = shown("A visit")
    for html in (view._repr_html_(), standing._repr_html_()):
        for style in styles(html):
            if style.get("color") == "#fff":
                assert style["background"].startswith("#")
            else:
                assert style.get("color", "inherit") == "inherit"
                assert style.get("background", "transparent") == "transparent"


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("verdict", servanda.Verdict)
def test_verdicts_are_badges_with_contrast(verdict: servanda.Verdict) -> None:
    [style] = styles(_html.verdict(verdict))
    assert 1.05 / (luminance(style["background"]) + 0.05) >= 4.5
    assert style["white-space"] == "nowrap"


@pytest.mark.parametrize("missed", ["late", "overdue"])
def test_missed_deadlines_are_badges_with_contrast(missed: str) -> None:
    [style] = styles(_html.timeliness(missed))
    assert 1.05 / (luminance(style["background"]) + 0.05) >= 4.5
    assert (_html.timeliness("on-time"), _html.timeliness("unknown"), _html.timeliness(None)) == ("on-time", "unknown", "")


def test_each_verdict_and_each_missed_deadline_has_its_own_colour() -> None:
    words = [*servanda.Verdict, "late", "overdue"]
    assert len({styles(_html.verdict(word))[0]["background"] for word in words}) == len(words)


def text_of(answer: Any) -> str:
    return " ".join(" ".join(Page(answer._repr_html_()).text).split())


def test_html_of_a_view(alliance: servanda.Tracker) -> None:
    text = text_of(alliance.view(on=datetime.date(2014, 4, 1)))
    assert text.startswith("On 2014-04-01 : 16 commitments Commitment Title Status Since Phase Verdict Timeliness Deadline")
    assert (
        "jp/hague-convention The 1980 Hague Abduction Convention in the Diet In force for Japan 2014-04-01 achieved kept"
        in text
    )


def test_html_of_a_standing(alliance: servanda.Tracker) -> None:
    standing = alliance.view(on=datetime.date(2013, 6, 1))["jp/hague-convention"]
    text = text_of(standing)
    for step in standing.history:
        assert step.title["en"] in text
        assert all(source.title in text for source in step.sources)
    assert "On 2013-06-01" in text


def test_html_of_an_agenda(alliance: servanda.Tracker) -> None:
    view = alliance.view(on="2013-02-01", known_at="2014-01-01")
    text = text_of(view.agenda(first="2013-02-01", last="2013-12-31"))
    assert (
        text.startswith("2013-02-01 to 2013-12-31 : ")
        and "On 2013-02-01 , known at 2014-01-01T23:59:59.999999+00:00" in text
    )
    assert (
        "2013-02-28 us/abe-visit A visit of Prime Minister Abe to Washington in February planned pending on-time Deadline 2013-02"
        in text
    )


def test_html_of_parts(alliance: servanda.Tracker) -> None:
    text = text_of(alliance.view(on="2014-04-01").parts("us/base-realignment"))
    assert "On 2014-04-01 : 6 parts 2 in-progress, 1 kept, 1 not-yet, 2 pending Part Title Phase Verdict Timeliness Reason" in text


def test_html_of_a_table(alliance: servanda.Tracker) -> None:
    view = alliance.view(on="2014-04-01", known_at="2014-04-01")
    text = text_of(view.table(verdict="kept"))
    assert text.startswith("5 rows commitment title by to obligation")
    assert "2014-04-01T23:59:59.999999Z" in text and "false" in text
    assert text_of(alliance.table()).startswith(f"{len(alliance)} rows, the first 50 shown id recorded_at")
    assert text_of(view.conflicts_table()) == "0 rows entry code text"


def test_days_do_not_wrap(alliance: servanda.Tracker) -> None:
    view = alliance.view(on="2014-04-01", known_at="2014-04-01")
    agenda = view.agenda(first="2013-01-01", last="2019-12-31")
    for answer in (
        view,
        view["jp/hague-convention"],
        agenda,
        view.parts("us/base-realignment"),
        view.table(),
        view.steps_table(),
    ):
        bare = re.sub(r'<span style="white-space:nowrap">[^<]*</span>', "", answer._repr_html_())
        cells = re.findall(r">([^<]*)<", bare)
        assert [cell for cell in cells if re.match(r"\d{4}-\d\d", cell)] == []


def test_html_shows_the_first_50_commitments() -> None:
    tracker = servanda.memory("desk", now="2013-05-01T00:00:00.000000Z")
    words = servanda.Words("will", servanda.Source("Remarks", "https://example.org/remarks"))
    tracker.append(
        [
            servanda.Commitment(
                f"us/n{number:03}",
                "A visit",
                procedure="action",
                by="us",
                made="2013-01-18",
                obligation="result",
                words=words,
            )
            for number in range(60)
        ]
    )
    html = tracker.view(on="2013-03-01")._repr_html_()
    assert "60 commitments, the first 50 shown" in html
    assert ("us/n049" in html, "us/n050" in html) == (True, False)
