"""Trackers: appending, merging, observing, and the files of ledgers."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import servanda
from servanda import Advance, Amend, Assign, Attest, Cite, Deposit, Link, Measure, Remark, Repin, Reschedule, Retract, Unassign

NEW_YORK = timezone(timedelta(hours=-5))


@pytest.mark.parametrize("name", ["promises.db", "promises.jsonl"])
def test_create_and_open_a_path(tmp_path: Path, visit: servanda.Commitment, name: str) -> None:
    path = tmp_path / name
    with servanda.create(path, "desk") as tracker:
        tracker.register(visit)
        digest = tracker.digest()
        assert tracker.place == str(path)
    with servanda.open(os.fspath(path)) as tracker:
        assert tracker.digest() == digest
        assert tracker.view(on=date(2013, 1, 20))["us/abe-visit"].status == "planned"
        assert (len(tracker), tracker.verify()) == (2, 2)


@pytest.mark.parametrize("name", ["promises.db", "promises.jsonl"])
def test_open_for_reading(tmp_path: Path, visit: servanda.Commitment, name: str) -> None:
    servanda.create(tmp_path / name, "desk").register(visit)
    reader, other = servanda.open(tmp_path / name), servanda.memory("other")
    assert (reader.recorded_by, reader.view(on="2013-01-20")["us/abe-visit"].status) == (None, "planned")
    assert repr(reader) == f"<servanda.Tracker at {tmp_path / name}, for reading>"
    writes: list[Callable[[], object]] = [
        lambda: reader.attest("us/abe-visit", on="2013-02-01"),
        lambda: reader.prepare(Attest("us/abe-visit", on="2013-02-01")),
        lambda: reader.merge(other),
    ]
    for write in writes:
        with pytest.raises(servanda.InvalidError) as refused:
            write()
        assert refused.value.code == "no-recorder"
    assert (other.merge(reader), len(reader), reader.verify()) == (2, 2, 2)


def test_each_kind_of_fact_has_a_method(
    tracker: servanda.Tracker, source: servanda.Source, abductees: servanda.Commitment
) -> None:
    tracker.register(abductees)
    [step] = tracker.advance("us/abe-visit", "done", on="2013-02-22", by="us", sources=[source], note="In Washington.")
    tracker.deposit("us/abe-visit", "jp", on="2013-02-23", instrument="acceptance", share="20.09", sources=[source])
    tracker.cite("us/abe-visit", step, sources=[source], note="Once more.")
    tracker.remark("us/abe-visit", "A press conference", on=date(2013, 2, 22), after=step)
    tracker.attest("us/abe-visit", on="2013-03")
    tracker.reschedule("us/abe-visit", "2013", on="2013-01-20", sources=[source])
    tracker.assign("us/abe-visit", "us/state-department", on="2013-01-20", role="lead", until="2014")
    tracker.unassign("us/abe-visit", "us/state-department", on="2013-02-25", sources=[source])
    tracker.amend("us/abe-visit", title="A visit", topics=["diplomacy"], entry=step, note="In the White House.")
    tracker.link("us/abe-visit", servanda.Relation.RELATED, "us/abductees", on="2013-02-22")
    target = servanda.Target("1000", "homes")
    tracker.register(
        servanda.Commitment("xx/homes", "Homes", procedure="action", by="xx", made="2013-01-18", target=target)
    )
    tracker.measure("xx/homes", "455", on="2013-02-20", sources=[source])
    tracker.repin("xx/homes", "position", reason="It is a position.", statuses={"planned": "holding"})
    [mistake] = tracker.remark("us/abe-visit", "A mistake", on="2013-02-22")
    tracker.retract("us/abe-visit", mistake, reason="It did not happen.")
    tracker.define(servanda.Party("jp", {"en": "Japan"}))

    kinds = [entry.kind for entry in tracker.entries()]
    assert sorted({*kinds}) == sorted(servanda.Fact._kinds.keys() - {""})
    standing = tracker.view(on="2013-04-01")["us/abe-visit"]
    assert (standing.title, standing.topics, standing.deadline) == ("A visit", ("diplomacy",), "2013")
    assert [(step.status, step.note, step.by) for step in standing.history[1:]] == [
        ("done", "In the White House.", "us")
    ]
    assert [(deposit.by, deposit.share) for deposit in standing.deposits] == [("jp", "20.09")]
    then = tracker.view(on="2013-02-24")["us/abe-visit"]
    assert [(one.body, one.role, one.since, one.until) for one in then.responsible] == [
        ("us/state-department", "lead", "2013-01-20", "2013-02-25")
    ]
    assert standing.responsible == ()
    totals = tracker.view(on="2013-02-24").bodies()
    assert [(one.body, one.count, one.phases["achieved"]) for one in totals] == [("us/state-department", 1, 1)]
    assert [one.commitment for one in tracker.view(on="2013-02-24").standings(body="us/state-department")] == ["us/abe-visit"]
    homes = tracker.view(on="2013-04-01")["xx/homes"]
    assert homes.target == target and homes.measurement
    assert (homes.measurement.value, homes.measurement.share) == ("455", "0.455")
    assert (homes.status, homes.pin.id) == ("holding", "position")
    [moved] = homes.repins
    assert (moved.before.id, moved.after.id, moved.statuses) == ("action", "position", {"planned": "holding"})
    assert [remark.title for remark in standing.remarks] == ["A press conference"]
    assert [(link.relation, link.to) for link in standing.links] == [("related", "us/abductees")]


def test_batch_is_all_or_nothing(tracker: servanda.Tracker, source: servanda.Source) -> None:
    before = tracker.digest()
    step = Advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    with pytest.raises(servanda.UnknownError) as refused:
        tracker.append([step, Advance("us/abe-visit", "dne", on="2013-02-23")])
    assert (refused.value.code, tracker.digest()) == ("unknown-status", before)
    ids = tracker.append([step, Remark("us/abe-visit", "A press conference", on="2013-02-22")])
    assert [entry.batch.nth for entry in tracker.entries() if entry.id in ids and entry.batch] == [1, 2]


def test_entries_hold_the_appended_facts(
    tracker: servanda.Tracker, source: servanda.Source, visit: servanda.Commitment, abductees: servanda.Commitment
) -> None:
    tracker.register(abductees)
    [step] = tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    target = servanda.Target("1000", "homes")
    homes = servanda.Commitment("xx/homes", "Homes", procedure="action", by="xx", made="2013-01-18", target=target)
    tracker.append([homes, servanda.builtin.procedure("trade-agreement")])
    facts: list[servanda.Fact] = [
        Deposit(
            "us/abe-visit", "jp", on="2013-02", instrument="acceptance", share="1.50", sources=[source], note="A note"
        ),
        Cite("us/abe-visit", step, sources=[source], note="A note"),
        Remark("us/abe-visit", "A ruling", on="2013-02-22", sources=[source], note="A note", after=step),
        Attest("us/abe-visit", on="2013-02-23", sources=[source], note="A note"),
        Reschedule("us/abe-visit", "2014-12-31", on="2013-02-01", sources=[source], note="A note"),
        Assign("us/abe-visit", "jp/mofa", on="2013-02", role="lead", until="2014", sources=[source], note="A note"),
        Measure("xx/homes", "12.5", on="2013-02", sources=[source], note="A note"),
        Repin("xx/homes", "trade-agreement", reason="A reform", statuses={"planned": "under-consideration"}),
        Amend("us/abe-visit", title="A", topics=["b"], entry=step, note="c"),
        Link("us/abe-visit", "successor", "us/abductees", on="2013-02-22", sources=[source], note="A note"),
        Retract("us/abe-visit", step, reason="A mistake"),
        servanda.Define(servanda.builtin.procedure("position")),
        servanda.Define(servanda.builtin.calendar("jp-diet")),
        servanda.Define(servanda.Party("jp", {"en": "Japan"})),
    ]
    for fact in facts:
        other = servanda.memory("other", now="2014-01-02T00:00:00.000000Z")
        other.merge(tracker)
        ids = other.append(fact)
        [new] = [entry for entry in other.entries() if entry.id in ids]
        said = {name: part for name, part in new.fact.to_dict().items() if name != "recorded_at"}
        assert (said, type(new.fact)) == (fact.to_dict(), type(fact))
        assert servanda.Fact.from_json(fact.to_json()) == fact
    registered = next(entry.fact for entry in tracker if entry.commitment == "us/abe-visit")
    assert isinstance(registered, servanda.Register) and registered.what == visit


def test_prepare_shows_the_effect_of_an_append(tracker: servanda.Tracker, source: servanda.Source) -> None:
    prepared = tracker.prepare(Advance("us/abe-visit", "done", on="2013-02-22", sources=[source]))
    view = tracker.view(on="2013-03-01")
    assert view["us/abe-visit"].timeliness == "overdue"
    assert view.with_entries(prepared)["us/abe-visit"].verdict == "kept"
    assert (len(prepared), len(tracker)) == (1, 2)


def test_diverged_ledgers_merge(visit: servanda.Commitment, source: servanda.Source) -> None:
    desk, phone = servanda.memory("desk"), servanda.memory("phone")
    desk.register(visit)
    first = desk.export_since()
    assert (phone.merge(first), phone.merge(first), len(first)) == (2, 0, 2)
    phone.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    desk.remark("us/abe-visit", "An announcement", on="2013-02-01")
    assert desk.merge([entry.to_json() for entry in phone]) == 1
    assert phone.merge(desk.export_since(first.cursor)) == 1
    assert desk.digest() == phone.digest() and list(desk) == list(phone)


def test_refresh_reads_entries_of_another_tracker(
    tmp_path: Path, visit: servanda.Commitment, source: servanda.Source
) -> None:
    with servanda.create(tmp_path / "a.db", "one") as one, servanda.open(tmp_path / "a.db", "two") as two:
        one.register(visit)
        assert (two.refresh(), two.refresh(), len(two)) == (True, False, 2)


def test_source_of_time(visit: servanda.Commitment) -> None:
    moments = iter([datetime(2013, 1, 19, 9, tzinfo=timezone.utc), datetime(2013, 1, 20, 4, 0, 0, 5, tzinfo=NEW_YORK)])
    tracker = servanda.memory("desk", now=lambda: next(moments))
    tracker.register(visit)
    tracker.define(servanda.Party("jp", {"en": "Japan"}))
    assert [entry.recorded_at for entry in tracker.entries()] == [
        datetime(2013, 1, 19, 8, 59, 59, 999_999, tzinfo=timezone.utc),
        datetime(2013, 1, 19, 9, tzinfo=timezone.utc),
        datetime(2013, 1, 20, 9, 0, 0, 5, tzinfo=timezone.utc),
    ]
    assert tracker.with_time("2013-01-25T00:00:00.000000Z").view().on == date(2013, 1, 25)


def test_exception_in_source_of_time(visit: servanda.Commitment) -> None:
    def broken() -> datetime:
        raise RuntimeError("no clock")

    with pytest.raises(RuntimeError, match="no clock"):
        servanda.memory("desk", now=broken).register(visit)


def test_recorded_at_for_importers(visit: servanda.Commitment) -> None:
    tracker = servanda.memory("desk")
    tracker.register(visit, recorded_at=datetime(2013, 1, 19, 9, tzinfo=timezone.utc))
    tracker.append(servanda.Define(servanda.Party("jp", {"en": "Japan"}), recorded_at="2013-01-20T09:00:00.000000Z"))
    assert [entry.recorded_at.day for entry in tracker] == [19, 19, 20]


def test_closed_tracker(tmp_path: Path, visit: servanda.Commitment) -> None:
    tracker = servanda.create(tmp_path / "a.db", "desk")
    with tracker:
        tracker.register(visit)
        view = tracker.view(on="2013-02-01")
    calls = [
        tracker.entries,
        tracker.digest,
        tracker.view,
        tracker.refresh,
        tracker.verify,
        lambda: tracker.register(visit),
    ]
    for call in calls:
        with pytest.raises(servanda.StoppedError) as stopped:
            call()  # type: ignore[operator]
        assert stopped.value.code == "closed"
    assert view["us/abe-visit"].status == "planned"
    assert tracker.closed
    tracker.close()
    assert repr(tracker) == f"<servanda.Tracker at {tmp_path / 'a.db'}, recorded by desk, closed>"


def test_observer_receives_new_entries(tracker: servanda.Tracker, source: servanda.Source) -> None:
    heard: list[servanda.Observed] = []
    with tracker.observe(heard.append):
        [step] = tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    tracker.attest("us/abe-visit", on="2013-03-01")
    [observed] = heard
    assert [entry.id for entry in observed.entries] == [step]
    match observed.standings:
        case (servanda.ObservedStanding("us/abe-visit", before, after),):
            assert before and after and (before.timeliness, after.verdict) == ("overdue", "kept")
        case other:
            pytest.fail(str(other))


def test_observer_handle_can_be_dropped(tracker: servanda.Tracker) -> None:
    heard: list[servanda.Observed] = []
    tracker.observe(heard.append)
    gc.collect()
    tracker.define(servanda.Party("jp", {"en": "Japan"}))
    assert [len(observed.entries) for observed in heard] == [1]


def test_close_releases_the_callbacks() -> None:
    class Callback:
        def __call__(self, observed: servanda.Observed) -> None:
            pass

    tracker, callback = servanda.memory("desk"), Callback()
    tracker.observe(callback)
    kept = weakref.ref(callback)
    del callback
    assert kept() is not None
    tracker.close()
    gc.collect()
    assert kept() is None


def test_observer_can_append(tracker: servanda.Tracker, source: servanda.Source) -> None:
    def attests(observed: servanda.Observed) -> None:
        if any(entry.kind == "advance" for entry in observed.entries):
            tracker.attest("us/abe-visit", on="2013-03-01")

    with tracker.observe(attests):
        tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    assert [entry.kind for entry in tracker][-1] == "attest"


def test_entries_like(tracker: servanda.Tracker) -> None:
    [first, *_] = tracker.entries()
    assert tracker.entries_like(first.id[:20]) == [first]
    assert servanda.Entry.from_line(first.to_json()) == first


def test_classes_without_constructor() -> None:
    for made in (servanda.Tracker, servanda.View):
        with pytest.raises(TypeError):
            made()
