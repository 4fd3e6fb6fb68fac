"""Imprecise dates, the timeliness of commitments, and matters without a promise."""

from __future__ import annotations

import datetime
from typing import Any

import pyarrow
import pytest

import servanda
from servanda import Date, Timeliness, Verdict

RECORDED = "2022-01-01T12:00:00.000000Z"
PLEDGE = servanda.Words("we will open a library", servanda.Source("Manifesto", "https://example.org/manifesto"))
REPORT = "https://example.org/report"


def library(**members: Any) -> servanda.Commitment:
    given: dict[str, Any] = {
        "procedure": "action",
        "by": "xx",
        "made": "2021-01-10",
        "obligation": "result",
        "words": PLEDGE,
    }
    return servanda.Commitment("xx/library", "A new library", **given | members)


def tracker_with(commitment: servanda.Commitment, *facts: servanda.Appendable) -> servanda.Tracker:
    tracker = servanda.memory("desk", now=RECORDED)
    tracker.append([commitment, *facts])
    return tracker


def opened(on: str) -> servanda.Advance:
    return servanda.Advance("xx/library", "done", on=on, sources=REPORT)


def test_an_exact_day_is_a_date_and_an_imprecise_one_keeps_its_text() -> None:
    tracker = tracker_with(library(made="2021"), opened("2021-09"))
    standing = tracker.view(on="2021-12-31")["xx/library"]
    assert (standing.made, standing.since) == (Date("2021"), Date("2021-09"))
    assert isinstance(standing.since, Date) and standing.since.first_day == datetime.date(2021, 9, 1)
    exact = tracker_with(library(), opened("2021-09-12")).view(on="2021-12-31")["xx/library"]
    assert (exact.made, exact.since) == (datetime.date(2021, 1, 10), datetime.date(2021, 9, 12))
    assert [Date(one.since or "").last_day.day for one in (standing, exact)] == [30, 12]
    with pytest.raises(TypeError):
        assert standing.since < datetime.date(2022, 1, 1)  # type: ignore[operator]


def test_a_step_in_a_known_month_may_have_been_taken_within_it() -> None:
    view = tracker_with(library(), opened("2021-09")).view(on="2021-09-15")
    standing = view["xx/library"]
    assert (standing.status, standing.since) == ("planned", datetime.date(2021, 1, 10))
    match standing.may_have:
        case (servanda.PossibleStep("done", on, entry),):
            assert (on, entry is None) == (Date("2021-09"), False)
        case other:
            pytest.fail(str(other))
    assert view.summaries()[0].may_have == ("done",)
    assert view.outlook("xx/library").may_have == standing.may_have
    assert pyarrow.table(view)["may_have"].to_pylist() == [["done"]]
    assert view.as_of(on="2021-09-30")["xx/library"].may_have == ()
    changes = view.changes_since(view.as_of(on="2021-08-31"))
    assert changes.commitments[0].may_have.added == standing.may_have


def test_one_unknown_day_of_a_range() -> None:
    view = tracker_with(library(), opened("[2021-09-10..2021-09-14]")).view(on="2021-12-31")
    assert view["xx/library"].since == Date("[2021-09-10..2021-09-14]")
    [row] = pyarrow.table(view).to_pylist()
    assert (row["since"], row["since_first"], row["since_last"]) == (
        "[2021-09-10..2021-09-14]",
        datetime.date(2021, 9, 10),
        datetime.date(2021, 9, 14),
    )
    [change] = view.changes_since(view.as_of(on="2021-08-31")).commitments
    assert change.since and (change.since.before, change.since.after) == (
        datetime.date(2021, 1, 10),
        Date("[2021-09-10..2021-09-14]"),
    )


def test_timeliness_is_apart_from_the_verdict() -> None:
    tracker = tracker_with(library(deadline="2021-06-30"), opened("2021-09-12"))
    expected = {
        "2021-06-30": (Verdict.PENDING, Timeliness.ON_TIME),
        "2021-07-01": (Verdict.PENDING, Timeliness.OVERDUE),
        "2021-09-12": (Verdict.KEPT, Timeliness.LATE),
    }
    for day, judged in expected.items():
        standing = tracker.view(on=day)["xx/library"]
        assert (standing.verdict, standing.timeliness) == judged
        assert standing.overdue == (standing.timeliness == "overdue")
    overdue = tracker.view(on="2021-07-01")
    assert [one.commitment for one in overdue.standings(timeliness="overdue")] == ["xx/library"]
    assert overdue.summaries(timeliness=Timeliness.LATE) == []
    assert pyarrow.table(overdue.table(timeliness="overdue"))["timeliness"].to_pylist() == ["overdue"]
    [change] = overdue.as_of(on="2021-09-12").changes_since(overdue).commitments
    assert change.timeliness and (change.timeliness.before, change.timeliness.after) == ("overdue", "late")


def test_timeliness_is_unknown_if_the_deadline_falls_into_the_month_of_the_step() -> None:
    tracker = tracker_with(library(deadline="2021-09-10"), opened("2021-09"))
    standing = tracker.view(on="2021-12-31")["xx/library"]
    assert (standing.verdict, standing.timeliness) == ("kept", "unknown")


def test_a_deadline_on_an_unknown_day_of_a_range_may_have_passed_within_it() -> None:
    deadline = servanda.Deadline("[2021-06-10..2021-06-14]")
    days = [datetime.date(2021, 6, day) for day in (10, 11, 14, 15)]
    passed = [(deadline.may_have_passed(on=day), deadline.has_passed(on=day)) for day in days]
    assert passed == [(False, False), (True, False), (True, False), (True, True)]
    month = servanda.Deadline("2021-06")
    assert not month.may_have_passed(on=datetime.date(2021, 6, 30))


def test_a_matter_without_a_promise_has_a_status_and_no_verdict() -> None:
    bill = library(obligation=None, words=None)
    assert (bill.obligation, bill.words) == (None, None)
    view = tracker_with(bill, opened("2021-09-12")).view(on="2021-12-31")
    standing = view["xx/library"]
    assert (standing.status, standing.verdict, standing.timeliness) == ("done", None, None)
    assert (standing.obligation, standing.words, view.summaries()[0].words) == (None, None, None)
    [row] = pyarrow.table(view).to_pylist()
    assert (row["obligation"], row["words"], row["verdict"]) == (None, None, None)
    assert "Words" not in standing._repr_html_()


@pytest.mark.parametrize("missing", ["obligation", "words"])
def test_words_and_obligation_come_together(missing: str) -> None:
    with pytest.raises(servanda.InvalidError) as refused:
        library(**{missing: None})
    assert missing in refused.value.text


def test_a_deadline_before_the_promise_is_refused() -> None:
    with pytest.raises(servanda.ServandaError) as refused:
        library(deadline="2020-12-31")
    assert refused.value.code == "deadline-before-made"


def test_clocks_that_started_before_the_opening() -> None:
    opening = servanda.Opening(
        "submitted",
        on=datetime.date(2021, 3, 1),
        clocks_started={"thirty-days": datetime.date(2021, 2, 20), "close": "2021-02"},
        clocks_not_started=["entry-into-force"],
    )
    assert dict(opening.clocks_started) == {"close": Date("2021-02"), "thirty-days": Date("2021-02-20")}
    assert opening.clocks_not_started == ("entry-into-force",)
    bill = library(procedure="diet-treaty-approval", opening=opening)
    assert bill.opening == opening


def test_notebooks_show_what_may_have_happened_and_missed_deadlines() -> None:
    view = tracker_with(library(deadline="2021-06-30"), opened("2021-09")).view(on="2021-09-15")
    table, page = view._repr_html_(), view["xx/library"]._repr_html_()
    assert "Planned<br>or done" in table and "Done on" in page and "2021-09</span>" in page
    august = view.as_of(on="2021-08-15")
    for answer in (august, august["xx/library"], august.table()):
        assert "#bc4c00" in answer._repr_html_() and ">overdue</span>" in answer._repr_html_()
    agenda = view.as_of(on="2021-06-01").agenda(first="2021-06-01", last="2021-06-30")
    assert "<th" in agenda._repr_html_() and ">on-time</td>" in agenda._repr_html_()
