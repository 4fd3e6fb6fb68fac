"""Imports of files and data frames."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import servanda

MAPPING: dict[str, Any] = {
    "columns": {"title": "Promise", "status": "Rating", "on": "Rated", "sources": "Sources"},
    "defaults": {"procedure": "pledge", "by": "gov", "made": datetime.date(2013, 1, 18)},
    "statuses": {"In progress": "in-the-works", "Kept": "kept"},
}

# Invented.
COLUMNS: dict[str, list[Any]] = {
    "Promise": ["Build roads", "Build roads", "Mend schools"],
    "Rating": ["In progress", "Kept", None],
    "Rated": [datetime.date(2013, 3, 1), datetime.date(2014, 5, 1), None],
    "Sources": ["https://example.org/roads", "https://example.org/opened", None],
}


@pytest.fixture
def tracker() -> servanda.Tracker:
    return servanda.memory("sheet", now="2020-01-01T09:00:00.000000Z")


def rows(table: servanda.Table) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if v is not None} for row in pyarrow.table(table).to_pylist()]


def steps(tracker: servanda.Tracker) -> list[str]:
    return [f"{step.on} {step.status}" for step in tracker.view()["build-roads"].history]


class Stream:
    """A table that has only the interface."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "frame",
    [
        polars.DataFrame(COLUMNS),
        polars.DataFrame(COLUMNS).with_columns(polars.col("Rating").cast(polars.Categorical)),
        pyarrow.table(COLUMNS),
        pandas.DataFrame(COLUMNS),
        pandas.DataFrame(COLUMNS).assign(Rated=lambda frame: pandas.to_datetime(frame["Rated"])),
        Stream(pyarrow.table(COLUMNS)),
        duckdb.from_arrow(pyarrow.table(COLUMNS)),
    ],
    ids=["polars", "categorical", "pyarrow", "pandas", "timestamps", "stream", "duckdb"],
)
def test_a_frame_is_imported_once(tracker: servanda.Tracker, frame: Any) -> None:
    imported = rows(tracker.import_table(frame, MAPPING))
    assert [row["action"] for row in imported] == ["register", "add", "add", "register"]
    assert imported[2] == {
        "action": "add",
        "commitment": "build-roads",
        "what": "the step to kept on 2014-05-01",
        "file": "table",
        "row": 2,
        "column": "Rating",
    }
    assert steps(tracker) == ["2013-01-18 not-rated", "2013-03-01 in-the-works", "2014-05-01 kept"]
    digest = tracker.digest()
    assert len(tracker.import_table(frame, MAPPING)) == 0
    assert tracker.digest() == digest


def test_a_path_is_imported_and_corrected(tracker: servanda.Tracker, tmp_path: Path) -> None:
    file, mapping = tmp_path / "pledges.csv", tmp_path / "mapping.toml"
    file.write_text("Promise;Rating;Rated\nBuild roads;In progress;2013-03-01\n", encoding="utf-8")
    mapping.write_text(
        """
        columns = { title = "Promise", status = "Rating", on = "Rated" }
        defaults = { procedure = "pledge", by = "gov", made = 2013-01-18 }
        statuses = { "In progress" = "in-the-works" }
        """,
        encoding="utf-8",
    )
    tracker.import_table(str(file), str(mapping))
    file.write_text(file.read_text(encoding="utf-8").replace("03-01", "03-02"), encoding="utf-8")
    dry = rows(tracker.import_table(file, mapping, reason="Misread", dry_run=True))
    assert steps(tracker)[1] == "2013-03-01 in-the-works"
    assert rows(tracker.import_table(file, mapping, reason="Misread")) == dry
    assert dry == [
        {
            "action": "correct",
            "commitment": "build-roads",
            "what": "the step to in-the-works on 2013-03-01",
            "before": "on 2013-03-01",
            "after": "on 2013-03-02",
            "reason": "Misread",
            "file": str(file),
            "row": 2,
            "column": "Rating",
        }
    ]
    assert steps(tracker)[1] == "2013-03-02 in-the-works"


def test_refused_rows(tracker: servanda.Tracker) -> None:
    wrong = {**COLUMNS, "Rating": ["In progress", "Keptt", None]}
    with pytest.raises(servanda.RefusedError) as refused:
        tracker.import_table(polars.DataFrame(wrong), MAPPING)
    assert refused.value.code == "rows-refused"
    [change] = refused.value.details["changes"]
    assert (change["row"], change["column"], change["nearest"]) == (2, "Rating", "Kept")
    assert len(tracker) == 0
    assert "refuse" in [row["action"] for row in rows(tracker.import_table(pyarrow.table(wrong), MAPPING, dry_run=True))]
    assert len(tracker) == 0
    partial = rows(tracker.import_table(pyarrow.table(wrong), MAPPING, partial=True))
    assert [(row["action"], row["commitment"]) for row in partial] == [
        ("refuse", "build-roads"),
        ("register", "mend-schools"),
    ]
    assert [standing.commitment for standing in tracker.view()] == ["mend-schools"]


def test_a_shared_identifier_needs_permission(tracker: servanda.Tracker) -> None:
    frame = polars.DataFrame({"title": ["Roads", "Parks"], "identifiers": ["tracker=1", "tracker=1"]})
    mapping = {"defaults": {"procedure": "pledge", "by": "gov", "made": "2013-01-18"}}
    with pytest.raises(servanda.RefusedError) as refused:
        tracker.import_table(frame, mapping)
    assert [change["code"] for change in refused.value.details["changes"]] == ["identifier-taken"]
    tracker.import_table(frame, mapping, share_identifiers=True)
    assert len(tracker.view()) == 2


def test_values_of_every_type(tracker: servanda.Tracker) -> None:
    moment = datetime.datetime(2013, 3, 2, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    frame = polars.DataFrame(
        {
            "identifier": [Decimal("12.50"), None],
            "title": ["Build roads", "Mend schools"],
            "topics": [["transport", "money"], []],
            "deadline": [2015, None],
            "part_of": [None, float("nan")],
            "made": [datetime.datetime(2013, 1, 18), datetime.datetime(2013, 1, 18, 9, 30)],
            "recorded_at": [moment, moment],
            "words": ["we will", None],
            "words_source": ["https://example.org/m", None],
            "obligation": ["result", None],
        }
    )
    tracker.import_table(frame, {"defaults": {"procedure": "pledge", "by": "gov"}})
    roads = tracker.view()["12-50"]
    assert (list(roads.topics), str(roads.deadline)) == (["transport", "money"], "2015")
    assert str(tracker.view()["mend-schools"].made) == "2013-01-18"
    known = [entry.recorded_at for entry in tracker.entries()]
    assert abs(known[-1] - moment) < datetime.timedelta(milliseconds=1)


def test_what_cannot_be_read(tracker: servanda.Tracker, tmp_path: Path) -> None:
    def code(table: Any, mapping: Any = None, **options: Any) -> str:
        with pytest.raises(servanda.InvalidError) as refused:
            tracker.import_table(table, mapping, **options)
        return refused.value.code

    frame = polars.DataFrame(COLUMNS)
    assert code(tmp_path / "nothing.csv") == "unreadable-input"
    assert code(frame, {"colums": {}}) == "mapping-refused"
    assert code(frame, {"columns": {"title": "Promises"}}) == "column-missing"
    with pytest.raises(servanda.InvalidError, match='the mapping: there is no key "colums"; do you mean columns'):
        tracker.import_table(frame, {"colums": {}})
    with pytest.raises(TypeError, match="expected a path or a table with __arrow_c_stream__, not list"):
        tracker.import_table([1, 2])  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        tracker.import_table(frame, "nothing.toml")
    reading = servanda.memory("sheet")
    assert len(reading) == 0


def test_types_of_the_table(tracker: servanda.Tracker) -> None:
    table = tracker.import_table(polars.DataFrame(COLUMNS), MAPPING)
    schema = pyarrow.table(table).schema
    text = pyarrow.string()
    assert dict(zip(schema.names, schema.types, strict=True)) == {
        "action": pyarrow.dictionary(pyarrow.int8(), text),
        "commitment": text,
        "what": text,
        "before": text,
        "after": text,
        "reason": text,
        "code": text,
        "nearest": text,
        "file": text,
        "sheet": text,
        "row": pyarrow.int64(),
        "column": text,
    }
