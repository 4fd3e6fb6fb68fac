"""Errors."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import servanda

KINDS = [
    servanda.InvalidError,
    servanda.UnknownError,
    servanda.RefusedError,
    servanda.DamagedError,
    servanda.PlaceError,
    servanda.StoppedError,
]


def _error(call: Callable[[], object]) -> servanda.ServandaError:
    with pytest.raises(servanda.ServandaError) as raised:
        call()
    return raised.value


def test_each_kind_of_error_has_a_class(tracker: servanda.Tracker, tmp_path: Path) -> None:
    (tmp_path / "damaged.jsonl").write_text("{}\n")
    closed = servanda.memory("desk")
    closed.close()
    errors = [
        _error(lambda: servanda.Source("", "https://example.org/")),
        _error(lambda: tracker.advance("us/abe-vist", "done", on="2013-02-22")),
        _error(lambda: tracker.advance("us/abe-visit", "done", on="2013-02-22")),
        _error(lambda: servanda.open(tmp_path / "damaged.jsonl", "desk")),
        _error(lambda: servanda.open(tmp_path / "missing.db", "desk")),
        _error(closed.digest),
    ]
    assert [type(error) for error in errors] == KINDS
    assert [error.code for error in errors] == [
        "invalid-title",
        "unknown-commitment",
        "missing-sources",
        "damaged",
        "no-ledger",
        "closed",
    ]
    for error in errors:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.code, again.text, again.details) == (
            type(error),
            error.code,
            error.text,
            error.details,
        )
        assert str(error) == error.text and error.kind == type(error).kind and isinstance(error.details, dict)
    assert isinstance(errors[0], ValueError) and isinstance(errors[1], LookupError) and isinstance(errors[4], OSError)


def test_error_names_the_nearest_id(tracker: servanda.Tracker) -> None:
    error = _error(lambda: tracker.advance("us/abe-vist", "done", on="2013-02-22"))
    assert error.text == (
        "us/abe-vist is not registered on this ledger (did you mean us/abe-visit?); register it first, or ask as of a later moment"
    )
    assert error.details == {"commitment": "us/abe-vist", "nearest": "us/abe-visit"}
    assert repr(error) == f"UnknownError(code='unknown-commitment', text={error.text!r})"


def test_place_error_has_the_filename(tmp_path: Path) -> None:
    error = _error(lambda: servanda.open(tmp_path / "missing.db", "desk"))
    assert isinstance(error, servanda.PlaceError) and error.filename == str(tmp_path / "missing.db")


def test_days_and_moments_are_not_mixed_up(tracker: servanda.Tracker) -> None:
    moment, day = datetime(2013, 2, 22, 9), date(2013, 2, 22)
    japan = servanda.Party("jp", {"en": "Japan"})
    refused = [
        _error(lambda: tracker.view(on=moment)),
        _error(lambda: tracker.advance("us/abe-visit", "done", on=moment)),
        _error(lambda: tracker.reschedule("us/abe-visit", moment, on=day)),
        _error(lambda: tracker.view(known_at=moment)),
        _error(lambda: tracker.with_time(day).define(japan)),  # type: ignore[arg-type]
        _error(lambda: tracker.with_time(moment).define(japan)),
    ]
    assert [error.code for error in refused] == ["invalid-day", *["invalid-date"] * 2, *["invalid-moment"] * 3]
    assert (
        "pass its date()" in refused[0].text and "no time zone" in refused[3].text and "it is a day" in refused[4].text
    )


def test_unknown_word_lists_the_vocabulary(source: servanda.Source) -> None:
    error = _error(
        lambda: servanda.Commitment(
            "a",
            "b",
            procedure="action",
            by="us",
            made="2013-01-18",
            obligation="duty",  # type: ignore[arg-type]
            words=servanda.Words("c", source),
        )
    )
    assert error.details["known"] == [obligation.value for obligation in servanda.Obligation]


def test_unknown_builtin_lists_the_known_ids() -> None:
    assert _error(lambda: servanda.builtin.procedure("acton")).code == "no-procedure"
    assert _error(lambda: servanda.builtin.treaty("ttp")).details["known"] == ["cptpp", "hague-1980", "paris", "tpp"]
    assert _error(lambda: servanda.builtin.calendar("us-congress")).details["known"] == ["jp-diet"]


HOSTILE: list[Any] = [
    None,
    0,
    -1,
    2**70,
    1.5,
    float("nan"),
    True,
    b"bytes",
    "",
    "\x00",
    "\ud800",
    "a" * 100_000,
    "\u202e",
    "2013-02-30",
    "0000-00-00",
    "99999-01-01",
    date.min,
    date.max,
    datetime.max,
    [],
    ["x"],
    {},
    {"a": 1},
    object(),
    lambda: None,
    float,
    servanda.Phase.ACTIVE,
    servanda.Party("jp", {"en": "Japan"}),
]


def _hostile_calls(source: servanda.Source) -> list[Callable[[Any], object]]:
    tracker = servanda.memory("desk", now="2014-01-01T00:00:00.000000Z")
    view = tracker.view(on="2013-06-01")
    words = servanda.Words("will", source)
    fields: dict[str, Any] = {
        "id": "a",
        "title": "b",
        "procedure": "action",
        "by": "us",
        "made": "2013-01-18",
        "obligation": "result",
        "words": words,
    }
    others = ("to", "deadline", "topics", "part_of", "responsible", "target", "opening", "rules")
    calls: list[Callable[[Any], object]] = [
        lambda x, name=name: servanda.Commitment(**{**fields, name: x})  # type: ignore[misc]
        for name in (*fields, *others)
    ]
    calls += [
        lambda x: servanda.Source(x, "https://example.org/"),
        lambda x: servanda.Source("t", x),
        lambda x: servanda.Source("t", "https://example.org/", published=x),
        lambda x: servanda.Words(x, source),
        lambda x: servanda.Words("t", x),
        lambda x: servanda.Party(x, {"en": "Japan"}),
        lambda x: servanda.Party("jp", x),
        lambda x: servanda.Party("jp", {"en": "Japan"}, identifiers=x),
        lambda x: servanda.Rule(x),
        lambda x: servanda.Rule.days(x),
        lambda x: servanda.ClockRule("b", x),
        lambda x: servanda.ClockRule("b", servanda.Rule.days(1), deposits=x),
        lambda x: servanda.Opening(x, on="2013"),
        lambda x: servanda.Opening("a", on=x),
        lambda x: servanda.Instrument(x, on="2013-01-01"),
        lambda x: servanda.Instrument("a", on="2013-01-01", kind=x),
        lambda x: servanda.builtin.treaty("paris").apply(x),
        lambda x: servanda.builtin.treaty("paris").apply([x]),
        lambda x: servanda.builtin.procedure(x),
        lambda x: servanda.Procedure.from_toml(x),
        lambda x: servanda.Calendar.from_toml(x),
        lambda x: servanda.EntryIntoForce.from_toml(x),
        lambda x: servanda.Commitment.from_toml(x),
        lambda x: servanda.Fact.from_json(x),
        lambda x: servanda.Entry.from_line(x),
        lambda x: servanda.Date(x),
        lambda x: servanda.memory(x).register(servanda.Commitment(**fields)),
        lambda x: servanda.memory("desk", now=x).view(),
        lambda x: servanda.open(x, "desk"),
        lambda x: tracker.advance(x, "done", on="2013-01-01"),
        lambda x: tracker.advance("a", x, on="2013-01-01"),
        lambda x: tracker.advance("a", "done", on=x),
        lambda x: tracker.advance("a", "done", on="2013-01-01", sources=x),
        lambda x: tracker.advance("a", "done", on="2013-01-01", sources=[x]),
        lambda x: tracker.advance("a", "done", on="2013-01-01", after=x),
        lambda x: tracker.deposit("a", "jp", on="2013-01-01", share=x),
        lambda x: tracker.cite("a", x, sources=[source]),
        lambda x: tracker.link("a", x, "b"),
        lambda x: tracker.retract("a", x, reason="r"),
        lambda x: tracker.amend("a", topics=x),
        lambda x: tracker.define(x),
        lambda x: tracker.register(x),
        lambda x: tracker.append(x),
        lambda x: tracker.append([x]),
        lambda x: tracker.merge(x),
        lambda x: tracker.merge([x]),
        lambda x: tracker.export_since(x),
        lambda x: tracker.entries_like(x),
        lambda x: tracker.observe(x).close(),
        lambda x: tracker.verify(progress=x),
        lambda x: tracker.view(on=x),
        lambda x: tracker.view(known_at=x),
        lambda x: view.standing(x),
        lambda x: view.standings(party=x),
        lambda x: view.standings(progress=x),
        lambda x: view.agenda(first=x, last="2013-01-01"),
        lambda x: view.changes_since(x),
        lambda x: view.parts(x),
        lambda x: view.stale(x),
        lambda x: view.log(commitment=x),
        lambda x: view.log(kind=x),
        lambda x: view.log(recorded_by=x),
        lambda x: view.log(since=x),
        lambda x: view.log(until=x),
        lambda x: view.log(limit=x),
        lambda x: view.outlook("a", to=x),
        lambda x: view.why_not("a", x),
        lambda x: view.check(x),
        lambda x: view.with_entries([x]),
        lambda x: servanda.main([x]),
    ]
    return calls


def test_hostile_arguments_never_panic(source: servanda.Source) -> None:
    for call, given in itertools.product(_hostile_calls(source), HOSTILE):
        try:
            call(given)
        except (servanda.ServandaError, TypeError, AttributeError, OverflowError, UnicodeEncodeError, ValueError):
            pass
