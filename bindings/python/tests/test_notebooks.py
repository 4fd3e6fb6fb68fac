"""What a notebook shows."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import servanda

ALLIANCE = Path(__file__).resolve().parents[3] / "examples" / "alliance.jsonl"

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table><img src=x onerror=alert(1)>",
    "\"quoted\" and 'quoted'",
    "&lt;b&gt; is written so",
    "<!-- and nothing else",
]


class Page(HTMLParser):
    """What a browser would make of it: the elements with their attributes, and the text between."""

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
            "us/abe-visit", title, procedure="action", by="us", made="2013-01-18", obligation="result", words=words
        )
    )
    tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source], note=title)
    view = tracker.view(on="2013-03-01")
    return view, view["us/abe-visit"]


@pytest.mark.parametrize("title", HOSTILE)
def test_what_a_ledger_says_is_text_and_nothing_else(title: str) -> None:
    view, standing = shown(title)
    for html, times in ((view._repr_html_(), 1), (standing._repr_html_(), 5)):
        page = Page(html)
        assert page.open == []
        assert {tag for tag, _ in page.elements} <= {"div", "p", "br", "strong", "a", "table", "thead", "tbody", "tr", "th", "td"}
        assert {name for _, attributes in page.elements for name in attributes} <= {"style", "href", "rel", "target"}
        assert "".join(page.text).count(title) == times


def test_links_lead_to_the_sources_and_nothing_is_loaded() -> None:
    _, standing = shown("A visit")
    page = Page(standing._repr_html_())
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["https://example.org/a?b=1&c='2'"] * 2
    assert "url(" not in standing._repr_html_()


def test_the_colours_are_those_of_the_page() -> None:
    view, standing = shown("A visit")
    styles = {
        attributes["style"] for html in (view._repr_html_(), standing._repr_html_()) for _, attributes in Page(html).elements if "style" in attributes
    }
    colours = {part for style in styles for part in (style or "").split(";") if "color" in part or "background" in part}
    assert colours == {"color:inherit", "background:transparent"}


def test_a_view_says_what_its_standings_say() -> None:
    with servanda.open(ALLIANCE, "reader") as tracker:
        view = tracker.view(on=datetime.date(2014, 4, 1))
        text = " ".join(Page(view._repr_html_()).text)
        assert text.startswith("On 2014-04-01: 16 commitments Commitment Title Status Since Phase Verdict Deadline")
        assert "jp/hague-convention The 1980 Hague Abduction Convention in the Diet In force for Japan 2014-04-01 achieved kept" in text


def test_a_standing_says_where_it_stands_and_how_it_came_there() -> None:
    with servanda.open(ALLIANCE, "reader") as tracker:
        standing = tracker.view(on=datetime.date(2013, 6, 1))["jp/hague-convention"]
        text = "".join(Page(standing._repr_html_()).text)
        for step in standing.history:
            assert step.title["en"] in text
            assert all(source.title in text for source in step.sources)
        assert "On 2013-06-01" in text


def test_of_many_commitments_the_first_are_shown() -> None:
    tracker = servanda.memory("desk", now="2013-05-01T00:00:00.000000Z")
    words = servanda.Words("will", servanda.Source("Remarks", "https://example.org/remarks"))
    tracker.append(
        [
            servanda.Commitment(
                f"us/n{number:03}", "A visit", procedure="action", by="us", made="2013-01-18", obligation="result", words=words
            )
            for number in range(60)
        ]
    )
    html = tracker.view(on="2013-03-01")._repr_html_()
    assert "60 commitments, the first 50 shown" in html
    assert ("us/n049" in html, "us/n050" in html) == (True, False)
