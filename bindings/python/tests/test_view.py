"""Views."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

import servanda
from servanda import Phase, Verdict


def test_standing_on_a_day_as_known_at_a_moment(alliance: servanda.Tracker) -> None:
    view = alliance.view(on=date(2013, 6, 1))
    standing = view["jp/hague-convention"]
    assert (standing.status, standing.phase, standing.verdict, standing.since) == (
        "approved-by-both-houses",
        Phase.ACTIVE,
        Verdict.KEPT,
        date(2013, 5, 22),
    )
    early = datetime(2013, 3, 1, tzinfo=timezone.utc)
    known = alliance.view(on=date(2013, 6, 1), known_at=early)
    assert (known["jp/hague-convention"].status, known.known_at) == ("dropped", early)
    assert known["jp/hague-convention"].known_at == early
    assert view.as_of(known_at=early)["jp/hague-convention"] == known["jp/hague-convention"]


def test_standing_as_published_by_a_day(visit: servanda.Commitment) -> None:
    tracker = servanda.memory("desk")
    tracker.register(visit, published="2013-01-18")
    source = servanda.Source("A law", "https://example.org/law")
    tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=source, published="2013-02-23")
    assert [str(entry.published) for entry in tracker.entries()][-1] == "2013-02-23"
    view = tracker.view(on="2014-01-01", as_published="2013-02-23")
    assert (view.as_published, view.known_at, view.on) == (date(2013, 2, 23), None, date(2014, 1, 1))
    assert repr(view) == "<servanda.View on 2014-01-01, as published by 2013-02-23>"
    assert "as published by" in view._repr_html_()
    standing = view["us/abe-visit"]
    assert (standing.status, standing.as_published) == ("done", date(2013, 2, 23))
    assert str(standing.history[-1].published) == "2013-02-23"
    before = view.as_of(as_published="2013-02-22")
    assert before["us/abe-visit"].status == "planned"
    [change] = view.changes_since(before).commitments
    assert change.commitment == "us/abe-visit"


def test_events_recorded_in_advance_are_shown_before_their_day(tracker: servanda.Tracker) -> None:
    source = servanda.Source("A law", "https://example.org/law")
    tracker.advance("us/abe-visit", "done", on="2014-03-01", sources=source, note="By law.")
    view = tracker.view(on="2014-01-01")
    standing, outlook = view["us/abe-visit"], view.outlook("us/abe-visit")
    [event] = standing.future
    assert (standing.status, event.kind, event.status) == ("planned", "advance", "done")
    assert event.on == servanda.Date("2014-03-01")
    assert (event.commitment, event.sources, event.note, event.remark) == ("us/abe-visit", (source,), "By law.", None)
    assert outlook.future == standing.future
    assert view.agenda(first="2014-03-01", last="2014-03-31").future == standing.future
    assert view.agenda(first="2014-02-01", last="2014-02-28").future == ()
    assert tracker.view(on="2014-03-01")["us/abe-visit"].future == ()


def test_view_is_a_collection(alliance: servanda.Tracker) -> None:
    view = alliance.view(on=date(2014, 4, 1))
    ids = [standing.commitment for standing in view]
    assert (len(view), sorted(ids)) == (16, ids)
    assert list(view) == view.standings()
    assert "jp/tpp" in view and "jp/ttp" not in view and "no id!" not in view and 3 not in view
    assert view and repr(view) == "<servanda.View on 2014-04-01>"


def test_filters_are_keyword_arguments(alliance: servanda.Tracker) -> None:
    view = alliance.view(on=date(2014, 4, 1))
    kept = [standing.commitment for standing in view.standings(verdict="kept", party="jp")]
    assert kept == [s.commitment for s in view if s.verdict is Verdict.KEPT and "jp" in (*s.by, *s.to)]
    assert kept
    parts = view.standings(part_of="us/base-realignment", phase=Phase.ACTIVE, obligation="conduct")
    assert all(standing.part_of == "us/base-realignment" for standing in parts) and parts
    with pytest.raises(servanda.InvalidError) as refused:
        view.standings(phase="activ")  # type: ignore[arg-type]
    assert refused.value.details["known"] == [phase.value for phase in Phase]
    with pytest.raises(TypeError, match="there is no filter"):
        view.standings(phse="active")  # type: ignore[call-arg]


def test_summaries_equal_standings(alliance: servanda.Tracker) -> None:
    for known_at in (None, "2013-05-01"):
        view = alliance.view(on="2014-04-01", known_at=known_at)
        assert [summary.commitment for summary in view.summaries()] == [standing.commitment for standing in view]
        for summary, standing in zip(view.summaries(), view, strict=True):
            changed = {
                "status_title": (standing.status_title or {}).get("en"),
                "words": standing.words and standing.words.text,
                "may_have": [step.status for step in standing.may_have],
            }
            assert summary.to_dict() == {name: standing.to_dict()[name] for name in summary.to_dict()} | changed
    kept = view.summaries(verdict="kept")
    assert [summary.commitment for summary in kept] == [
        standing.commitment for standing in view.standings(verdict="kept")
    ]


def test_get(alliance: servanda.Tracker) -> None:
    view = alliance.view(on=date(2014, 4, 1))
    assert view.get("jp/tpp") == view["jp/tpp"]
    assert view.get("jp/ttp") is None and view.get("no id!") is None and view.get("jp/ttp", 3) == 3


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2013-06-01T12:00:00Z", datetime(2013, 6, 1, 12)),
        ("2013-06-01T12:00:00.5Z", datetime(2013, 6, 1, 12, 0, 0, 500_000)),
        ("2013-06-01T12:00:00.000001Z", datetime(2013, 6, 1, 12, 0, 0, 1)),
        ("2013-06-01T14:00:00+02:00", datetime(2013, 6, 1, 12)),
        ("2013-05-31T22:30:00-13:30", datetime(2013, 6, 1, 12)),
        ("2013-06-01", datetime(2013, 6, 1, 23, 59, 59, 999_999)),
        (date(2013, 6, 1), datetime(2013, 6, 1, 23, 59, 59, 999_999)),
        (datetime(2013, 6, 1, 7, tzinfo=timezone(timedelta(hours=-5))), datetime(2013, 6, 1, 12)),
    ],
)
def test_forms_of_known_at(tracker: servanda.Tracker, given: str | date | datetime, moment: datetime) -> None:
    moment = moment.replace(tzinfo=timezone.utc)
    assert tracker.view(known_at=given).known_at == moment
    assert tracker.view().as_of(known_at=given).known_at == moment


@pytest.mark.parametrize("given", ["2013-06", "2013-06-01T12:00:00", "noon", ""])
def test_known_at_names_the_accepted_forms(tracker: servanda.Tracker, given: str) -> None:
    with pytest.raises(servanda.InvalidError, match="such as 2013-03-16T01:00:00Z, or as a day") as refused:
        tracker.view(known_at=given)
    assert refused.value.code == "invalid-moment"


def test_agenda(alliance: servanda.Tracker) -> None:
    agenda = alliance.view(on=date(2013, 2, 1)).agenda(first=date(2013, 2, 1), last=date(2013, 2, 28))
    match list(agenda):
        case [servanda.AgendaItem(day, "us/abe-visit", servanda.SetDeadline(deadline))]:
            assert (day, deadline, len(agenda)) == (date(2013, 2, 28), "2013-02", 1)
        case other:
            pytest.fail(str(other))
    clocks = alliance.view(on="2014-02-01").agenda(first="2014-02-01", last="2014-12-31", party="jp")
    assert [item.what.clock for item in clocks if isinstance(item.what, servanda.RunningClock)] == ["entry-into-force"]


def test_changes(alliance: servanda.Tracker) -> None:
    before, after = alliance.view(on=date(2013, 2, 21)), alliance.view(on=date(2013, 2, 22))
    changes = after.changes_since(before)
    visit = next(change for change in changes if change.commitment == "us/abe-visit")
    assert visit.verdict and (visit.verdict.before, visit.verdict.after) == (Verdict.PENDING, Verdict.KEPT)
    assert [step.status for step in visit.steps.added] == ["done"]
    assert visit.deadline is None and not visit.deadlines and visit.steps
    assert (changes.before.on, changes.after.on, len(changes)) == (before.on, after.on, len(changes.commitments))
    assert len(after.changes_since(after)) == 0


def test_registration_is_a_change(tracker: servanda.Tracker) -> None:
    view = tracker.view(on="2013-02-01")
    [change] = view.changes_since(view.as_of(known_at="2013-01-01T00:00:00.000000Z"))
    assert change.registered and change.registered.before is None and change.registered.after
    assert change.registered.after.by == ("us",)
    assert change.topics and change.topics.after == ("visits",)


def test_parts(alliance: servanda.Tracker) -> None:
    parts = alliance.view(on=date(2014, 4, 1)).parts("us/base-realignment")
    assert (len(parts), parts.count, sum(parts.phases.values())) == (6, 6, 6)
    assert parts.phases["not-yet"] == 1 and {part.depth for part in parts} <= {1, 2}
    assert sum(parts.verdicts.values()) == parts.count


def test_stale(alliance: servanda.Tracker) -> None:
    stale = alliance.view(on=date(2014, 4, 1)).stale(365)
    assert stale and all(row.days >= 365 for row in stale)
    assert [row.last for row in stale] == sorted(row.last for row in stale)


def test_outlook_and_why_not(tracker: servanda.Tracker, source: servanda.Source) -> None:
    view = tracker.view(on=date(2013, 2, 22))
    outlook = view.outlook("us/abe-visit", to="done")
    assert outlook.asked and not outlook.asked.possible and outlook.asked.code == "missing-sources"
    assert "done" in [step.to for step in outlook.next]
    refused = view.why_not("us/abe-visit", "done")
    assert isinstance(refused, servanda.RefusedError) and refused.details["needed"] == 1
    assert view.why_not("us/abe-visit", "under-way") is None
    view.check(servanda.Advance("us/abe-visit", "done", on="2013-02-22", sources=[source]))
    with pytest.raises(servanda.RefusedError):
        view.check(servanda.Advance("us/abe-visit", "done", on="2013-02-22"))


def test_conflicts(visit: servanda.Commitment, source: servanda.Source) -> None:
    desk, phone = servanda.memory("desk"), servanda.memory("phone")
    desk.register(visit)
    phone.merge(desk)
    desk.advance("us/abe-visit", "given-up", on="2013-02-20", sources=[source])
    [late] = phone.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    desk.merge(phone)
    [conflict] = desk.view().conflicts()
    assert (conflict.entry, conflict.code) == (late, "illegal-step")
    assert desk.view()["us/abe-visit"].conflicts == (conflict,)


def test_parties_and_procedures(alliance: servanda.Tracker) -> None:
    view = alliance.view()
    assert {party.id for party in view.parties()} >= {"jp", "us", "vn"}
    procedures = {procedure.id: procedure for procedure in view.procedures()}
    assert procedures["action"] == servanda.builtin.procedure("action")
    assert procedures["action"].reference == view["us/abe-visit"].pin
