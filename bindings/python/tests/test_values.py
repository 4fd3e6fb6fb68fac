"""Values."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timezone
from typing import Any, get_args

import pytest

import servanda
from servanda._value import Value, _hints_of


def _all(value: object) -> Iterator[Value]:
    """Yields a value and all values inside it."""
    if isinstance(value, Value):
        yield value
        for name in _hints_of(type(value)):
            yield from _all(getattr(value, name))
    elif isinstance(value, tuple):
        for element in value:
            yield from _all(element)
    elif isinstance(value, Mapping):
        for element in value.values():
            yield from _all(element)


def _invented() -> servanda.Tracker:
    """An invented ledger with the facts that the example ledger lacks."""
    source = servanda.Source("Gazette", "https://example.org/gazette")
    tracker = servanda.memory("desk")
    homes = servanda.Commitment(
        "xx/homes",
        "Homes",
        procedure="action",
        by="xx",
        made="2013-01-18",
        target=servanda.Target("1000", "homes", date="2015"),
        responsible=[servanda.Responsible("xx/works", role="lead")],
        identifiers={"manifesto": "1a"},
        titles={"ja": "千軒の家"},
        topics=["homes"],
    )
    tracker.append([servanda.Topic("homes", {"en": "Homes"}), homes])
    tracker.register(servanda.Commitment("xx/flats", "Flats", procedure="action", by="xx", made="2013-01-18"))
    tracker.link("xx/flats", "replaces", "xx/homes", on="2013-02-01")
    tracker.attest("xx/homes", on="2013-02-02")
    tracker.reschedule("xx/homes", "2016", on="2013-02-03")
    tracker.assign("xx/homes", "xx/treasury", on="2013-02")
    tracker.unassign("xx/homes", "xx/works", on="2013-02-10")
    [measured] = tracker.measure("xx/homes", "455", on="2013-02-20", sources=[source])
    tracker.measure("xx/homes", "900", on="2014-02-20")
    tracker.cite("xx/homes", measured, sources=[source])
    tracker.amend("xx/homes", entry=measured, note="Counted twice.")
    [mistake] = tracker.measure("xx/homes", "999", on="2013-02-21")
    tracker.retract("xx/homes", mistake, reason="It was a slip.")
    tracker.amend("xx/homes", titles={"ja": "千軒の新しい家"})
    tracker.remark("xx/homes", "The houses are opened", on="2999-01-01")
    tracker.repin("xx/homes", "position", reason="It is a position.", statuses={"planned": "holding"})
    return tracker


@pytest.fixture(scope="session")
def everything(alliance: servanda.Tracker) -> list[Value]:
    view, before = (
        alliance.view(on="2014-02-01"),
        alliance.view(on="2013-01-01", known_at="2013-02-01T00:00:00.000000Z"),
    )
    answers: list[Value] = [
        *view,
        *view.summaries(),
        *view.parties(),
        *view.procedures(),
        *view.stale(30),
        *view.log(limit=20),
        *alliance.entries(),
        *servanda.builtin.calendars(),
        *servanda.builtin.treaties(),
        alliance.export_since(),
        view.agenda(first="2014-01-01", last="2015-12-31"),
        view.changes_since(before),
        view.as_of(on="2019-01-01").changes_since(view),
        view.parts("us/base-realignment"),
        view.outlook("jp/hague-convention", to="in-force"),
        servanda.Instrument("China", on="2016-09-03", kind="ratification", share="20.09"),
        servanda.builtin.treaty("paris").apply([servanda.Instrument("China", on="2016-09-03")]),
    ]
    invented = _invented()
    view = invented.view(on="2013-04-01")
    answers += [*invented.entries(), *(entry.fact for entry in invented.entries()), *view.topics(), *view.log()]
    [registered] = view.log(commitment="xx/flats", kind="register")
    befores = [view.as_of(on="2013-01-01"), view.as_of(known_at=registered.entry.recorded_at)]
    answers += [view.standing("xx/homes", links=True), view.bodies(), *map(view.changes_since, befores)]
    answers += [view.as_of(on="2900-01-01")["xx/homes"]]
    return [value for answer in answers for value in _all(answer)]


def test_fixture_covers_every_class(everything: list[Value]) -> None:
    met = {type(value).__name__ for value in everything}
    # Other tests make these: they need an observer, a conflict, an imprecise step or a calendar with
    # a gap.
    elsewhere = {"Observed", "ObservedStanding", "Conflict", "UnknownDay", "UnknownFact", "Value", "Fact", "Recess"}
    elsewhere |= {"PossibleStep"}
    classes = {
        name
        for name in servanda.__all__
        if isinstance(found := getattr(servanda, name), type) and issubclass(found, Value)
    }
    assert classes - met == elsewhere & classes


def test_classes_have_all_members_of_the_json(everything: list[Value]) -> None:
    for value in everything:
        if isinstance(value, servanda.Rule | servanda.Fact | servanda.EntryIntoForce):
            continue
        cls = type(value)
        known = {cls._names.get(name, name) for name in _hints_of(cls)}
        assert set(value.to_dict()) <= known, cls


def test_copy_pickle_compare_hash(everything: list[Value]) -> None:
    for value in everything:
        for other in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert other == value and hash(other) == hash(value) and type(other) is type(value)
            assert repr(other) == repr(value)
        assert value != object() and value != "text"


def test_json_is_canonical(everything: list[Value]) -> None:
    for value in everything:
        text = value.to_json()
        assert json.loads(text) == (value.to_dict() if not isinstance(value, servanda.Rule) else json.loads(text))
        assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_nested_value_equals_constructed_value(alliance: servanda.Tracker) -> None:
    standing = alliance.view(on="2014-04-01")["jp/hague-convention"]
    assert standing.words
    source = standing.words.source
    assert source == servanda.Source(source.title, source.url, publisher=source.publisher)


def test_values_are_frozen(source: servanda.Source) -> None:
    with pytest.raises(AttributeError, match="frozen"):
        source.title = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del source.title  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(AttributeError, match="no attribute 'ttle'"):
        source.ttle  # type: ignore[attr-defined]
    assert {"title", "url", "to_json"} <= set(dir(source))


def test_mappings_are_frozen() -> None:
    japan = servanda.Party("jp", {"en": "Japan"})
    with pytest.raises(TypeError):
        japan.names["en"] = "Nippon"  # type: ignore[index]


def test_values_can_be_matched(source: servanda.Source) -> None:
    match source:
        case servanda.Source(title, url=url, publisher=None):
            assert (title, url) == ("Remarks", "https://example.org/remarks")
        case _:
            pytest.fail("it is a source")


def test_source_with_all_parts() -> None:
    source = servanda.Source(
        "T",
        "https://a.example/",
        publisher="P",
        published="2013-02",
        page="4",
        archive="A",
        identifier="doi:10.5555/12345678",
        language="ja",
        quotation="Q",
        archived="https://b.example/",
    )
    assert repr(source) == (
        "Source(title='T', url='https://a.example/', publisher='P', published=Date('2013-02'), page='4', archive='A', "
        "identifier='doi:10.5555/12345678', language='ja', quotation='Q', archived='https://b.example/')"
    )
    assert eval(repr(source), dict(vars(servanda))) == source


def test_commitment_with_all_parts(source: servanda.Source) -> None:
    given = servanda.ClockRule("Hague Convention, art. 43(2)(1)", servanda.Rule.first_of_month(3), deposits=None)
    hague = servanda.Commitment(
        "jp/hague",
        "The Convention",
        procedure=servanda.builtin.procedure("diet-treaty-approval"),
        by=["jp"],
        made=date(2013, 1, 18),
        obligation="consideration",
        words=servanda.Words("will consider", source),
        to=["us"],
        deadline=date(2013, 12, 31),
        topics=["family"],
        part_of="jp/all",
        responsible=["jp/foreign-ministry", servanda.Responsible("jp/justice-ministry", "supporting")],
        target=servanda.Target("90", "states parties", date="2014"),
        opening=servanda.Opening(
            "preparing",
            on="2011-05",
            sources=[source],
            note="Before.",
            clocks_started={"thirty-days": "2011-04"},
            clocks_not_started="entry-into-force",
        ),
        rules={"entry-into-force": given},
    )
    assert (hague.opening and hague.opening.on, hague.deadline, hague.part_of) == ("2011-05", "2013-12-31", "jp/all")
    assert [(one.body, one.role) for one in hague.responsible] == [
        ("jp/foreign-ministry", None),
        ("jp/justice-ministry", "supporting"),
    ]
    assert hague.target == servanda.Target("90", "states parties", date="2014")
    assert hague.target and (hague.target.value, hague.target.unit, hague.target.date) == ("90", "states parties", "2014")
    assert hague.rules["entry-into-force"] == given
    assert hague.opening and hague.opening.clocks_started == {"thirty-days": "2011-04"}
    assert hague.opening.clocks_not_started == ("entry-into-force",)
    again = servanda.Commitment(
        hague.id,
        hague.title,
        procedure=hague.procedure,
        by=hague.by,
        made=hague.made,
        obligation=hague.obligation,
        words=hague.words,
        to=hague.to,
        deadline=hague.deadline,
        topics=hague.topics,
        part_of=hague.part_of,
        responsible=hague.responsible,
        target=hague.target,
        opening=hague.opening,
        rules=hague.rules,
    )
    assert again == hague


def test_rules() -> None:
    rules = [
        servanda.Rule.days(30, first_day_counts=True, except_recess_of="jp-diet"),
        servanda.Rule.full_days(60),
        servanda.Rule.months(3),
        servanda.Rule.first_of_month(3),
        servanda.Rule.weeks(6),
        servanda.Rule.years(5),
        servanda.Rule.first_of_month_after_days(60),
        servanda.Rule.close("jp-diet", of="next", ended_by=servanda.Ending.DISSOLUTION),
        servanda.Rule.set_by_commitment(),
    ]
    assert [rule.kind for rule in rules] == [
        "days",
        "full-days",
        "months",
        "first-of-month",
        "weeks",
        "years",
        "first-of-month-after-days",
        "close",
        "given",
    ]
    assert (rules[0].count, rules[0].first_day_counts, rules[0].except_recess_of) == (30, True, "jp-diet")
    assert (rules[7].ended_by, rules[7].of, rules[7].count) == (servanda.Ending.DISSOLUTION, "next", None)
    assert str(rules[1]) == "once 60 days have run"
    with pytest.raises(servanda.InvalidError):
        servanda.Rule("fortnights", count=3)  # type: ignore[arg-type]


def test_clock_rule_of_a_treaty() -> None:
    given = servanda.builtin.treaty("tpp").clock_rule()
    assert given.treaty and given.treaty.id == "tpp" and given.deposits is None


def test_toml_files() -> None:
    text = """
id = "paper"
version = 1
title = { en = "Paper" }
initial = "open"

[[statuses]]
id = "open"
phase = "active"
title = { en = "Open" }

[[statuses]]
id = "shut"
phase = "achieved"
final = true
title = { en = "Shut" }

[[transitions]]
from = ["open"]
to = "shut"
basis = "custom"
title = { en = "Shut it" }
sources = 2
"""
    paper = servanda.Procedure.from_toml(text)
    assert [(status.id, status.phase, status.is_final) for status in paper.statuses] == [
        ("open", "active", False),
        ("shut", "achieved", True),
    ]
    [shut] = paper.transitions
    assert (shut.starts_from, shut.to, shut.sources, shut.reopening) == (("open",), "shut", 2, False)
    assert "open --> shut" in paper.to_mermaid() and "Shut" in paper.to_text()
    with pytest.raises(servanda.InvalidError) as refused:
        servanda.Procedure.from_toml(text.replace("achieved", "achived"), file="paper.toml")
    assert refused.value.code == "procedure-refused" and "paper.toml" in refused.value.text
    calendar = servanda.Calendar.from_toml(
        'id = "c"\nthrough = "2013-12-31"\ntitle = { en = "C" }\n'
        '[[periods]]\nnumber = 1\nbasis = "published"\nconvened = "2013-01-28"\nclosed = "2013-06-26"\n'
        'recesses = [{ first = "2013-05-01", last = "2013-05-06" }]\n'
    )
    [period] = calendar.periods
    assert period.recesses[0].last == date(2013, 5, 6)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (servanda.PhaseWord, servanda.Phase),
        (servanda.VerdictWord, servanda.Verdict),
        (servanda.TimelinessWord, servanda.Timeliness),
        (servanda.ObligationWord, servanda.Obligation),
        (servanda.RelationWord, servanda.Relation),
        (servanda.EndingWord, servanda.Ending),
    ],
)
def test_literal_types_have_all_words(texts: Any, words: Any) -> None:
    assert list(get_args(texts)) == [word.value for word in words]


def test_a_bare_url_is_a_source(tracker: servanda.Tracker) -> None:
    url = "https://www.mofa.go.jp:8080/press/release.html?a=1|2"
    expected = servanda.Source("www.mofa.go.jp:8080", url)
    assert servanda.Words("will consider", url).source == expected
    for sources in (url, [url], expected, [expected]):
        assert servanda.Advance("us/abe-visit", "done", on="2013-02-22", sources=sources).sources == (expected,)
    assert servanda.Opening("planned", on="2012", sources=url).sources == (expected,)
    with pytest.raises(servanda.InvalidError) as refused:
        tracker.remark("us/abe-visit", "A ruling", on="2013-02-22", sources="not a URL")
    assert refused.value.code == "invalid-url"


def test_new_text_has_stricter_rules_than_recorded_text(tracker: servanda.Tracker) -> None:
    with pytest.raises(servanda.InvalidError, match="it has a user name or a password"):
        servanda.Source("Remarks", "https://me:secret@example.org/")
    with pytest.raises(servanda.InvalidError, match="all of its characters are invisible"):
        tracker.remark("us/abe-visit", "\u200b", on="2013-02-22")
    tracker.remark("us/abe-visit", "  A ruling ", on="2013-02-22")
    assert [remark.title for remark in tracker.view(on="2013-02-22")["us/abe-visit"].remarks] == ["A ruling"]


@pytest.mark.parametrize(
    "words",
    [
        servanda.Phase,
        servanda.Verdict,
        servanda.Timeliness,
        servanda.Obligation,
        servanda.Relation,
        servanda.Edge,
        servanda.Ending,
        servanda.Basis,
    ],
)
def test_words_equal_their_text(words: Any) -> None:
    for word in words:
        assert word == word.value and f"{word}" == str(word) == word.value and json.dumps(word) == f'"{word.value}"'
        assert pickle.loads(pickle.dumps(word)) is word and words(word.value) is word


def test_days_and_moments_are_python_types(tracker: servanda.Tracker) -> None:
    standing = tracker.view(on=date(2013, 2, 1))["us/abe-visit"]
    assert (standing.on, standing.made) == (date(2013, 2, 1), date(2013, 1, 18))
    [_, entry] = tracker.entries()
    assert entry.recorded_at == datetime(2014, 1, 1, 12, 0, tzinfo=timezone.utc)


def test_dates_can_be_months_years_or_ranges() -> None:
    texts = ("2012", "2012-02", "2012-02-01", "[2012-02-27..2012-03-02]")
    assert [(servanda.Date(text).first_day, servanda.Date(text).last_day) for text in texts] == [
        (date(2012, 1, 1), date(2012, 12, 31)),
        (date(2012, 2, 1), date(2012, 2, 29)),
        (date(2012, 2, 1), date(2012, 2, 1)),
        (date(2012, 2, 27), date(2012, 3, 2)),
    ]
    with pytest.raises(servanda.InvalidError, match="the range ends on 2012-02-27, before it begins"):
        servanda.Date("[2012-03-02..2012-02-27]")
    day = servanda.Date(date(2013, 3, 15))
    assert day.first_day == day.last_day == date(2013, 3, 15) and day == "2013-03-15"
    for cls in (servanda.Date, servanda.Deadline):
        value = cls("2013-02")
        assert type(pickle.loads(pickle.dumps(value))) is cls and type(copy.copy(value)) is cls
        assert (repr(value), str(value), f"{value}") == (f"{cls.__name__}('2013-02')", "2013-02", "2013-02")
