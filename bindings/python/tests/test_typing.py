"""Type checkers reject misspelt words.

mypy reports an unused `type: ignore` in strict mode, and pyright with the setting below. So each
comment here proves that both report an error on its line.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import datetime

import pytest

import servanda


def test_words_of_filters(tracker: servanda.Tracker) -> None:
    view = tracker.view()
    assert view.standings(verdict="kept", phase=servanda.Phase.ACHIEVED, obligation="result") == []
    with pytest.raises(servanda.InvalidError):
        view.standings(verdict="keptt")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        view.summaries(phase="activ")  # type: ignore[arg-type]
    assert view.standings(timeliness="late") == view.standings(timeliness=servanda.Timeliness.LATE) == []
    with pytest.raises(servanda.InvalidError):
        view.standings(timeliness="tardy")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        view.table(obligation="duty")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        view.agenda(first="2013-01-01", last="2014-01-01", verdct="kept")  # type: ignore[call-arg]


def test_words_of_facts(visit: servanda.Commitment) -> None:
    with pytest.raises(servanda.InvalidError):
        servanda.Link("us/abe-visit", "sucessor", "us/abductees")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        servanda.Rule.close("jp-diet", ended_by="disolution")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        servanda.Rule.close("jp-diet", of="this")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        servanda.Instrument("jp", on="2013-01-01", kind="ratifcation")  # type: ignore[arg-type]
    with pytest.raises(servanda.InvalidError):
        servanda.Commitment(
            "a",
            "A",
            procedure="action",
            by="us",
            made="2013-01-18",
            obligation="duty",  # type: ignore[arg-type]
            words=visit.words,
        )


def test_types_of_answers(tracker: servanda.Tracker) -> None:
    view = tracker.view(on="2013-01-20")
    standing: servanda.Standing | None = view.get("us/abe-visit")
    default: servanda.Standing | int = view.get("us/abductees", 3)
    assert standing and standing.verdict is servanda.Verdict.PENDING and default == 3
    since: datetime.date | servanda.Date | None = standing.since
    assert since == datetime.date(2013, 1, 18)
    with pytest.raises(TypeError):
        view.table() + 1  # type: ignore[operator]
