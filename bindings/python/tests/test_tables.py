"""Tables, read by the data frame libraries themselves."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import servanda

ALLIANCE = Path(__file__).resolve().parents[3] / "examples" / "alliance.jsonl"
DAY = datetime.date(2014, 4, 1)

TEXT = pyarrow.string()
TEXTS = pyarrow.list_(pyarrow.field("item", TEXT))
WORD = pyarrow.dictionary(pyarrow.int8(), TEXT)
DATE = pyarrow.date32()
MOMENT = pyarrow.timestamp("us", tz="UTC")
FLAG = pyarrow.bool_()
COUNT = pyarrow.int64()


@pytest.fixture
def alliance() -> Iterator[servanda.Tracker]:
    with servanda.open(ALLIANCE) as tracker:
        yield tracker


@pytest.fixture
def view(alliance: servanda.Tracker) -> servanda.View:
    return alliance.view(on=DAY)


def types(table: Any) -> dict[str, pyarrow.DataType]:
    schema = pyarrow.table(table).schema
    return dict(zip(schema.names, schema.types, strict=True))


def word(value: str | None) -> str | None:
    return None if value is None else str(value)


def dated(name: str, value: datetime.date | str | None) -> dict[str, Any]:
    """The three columns of a date."""
    date = None if value is None else servanda.Date(value)
    return {name: word(date), f"{name}_first": date and date.first_day, f"{name}_last": date and date.last_day}


def dates(*names: str) -> dict[str, pyarrow.DataType]:
    """The types of the columns of dates."""
    return {f"{name}{which}": DATE if which else TEXT for name in names for which in ("", "_first", "_last")}


def test_standings_table_equals_standings(view: servanda.View) -> None:
    expected = [
        {
            "commitment": standing.commitment,
            "title": standing.title,
            "by": list(standing.by),
            "to": list(standing.to),
            "obligation": word(standing.obligation),
            "words": standing.words and standing.words.text,
            **dated("made", standing.made),
            "procedure": standing.procedure,
            "status": standing.status,
            "status_title": standing.status_title and standing.status_title["en"],
            "phase": word(standing.phase),
            **dated("since", standing.since),
            "may_have": [step.status for step in standing.may_have],
            "presumed": standing.presumed,
            "verdict": word(standing.verdict),
            "timeliness": word(standing.timeliness),
            "overdue": standing.overdue,
            **dated("deadline", standing.deadline),
            "reason": standing.reason,
            "part_of": standing.part_of,
            "corrections": standing.corrections,
            "responsible": sorted({assigned.body for assigned in standing.responsible}),
            "topics": list(standing.topics),
            "on": standing.on,
            "known_at": standing.known_at,
            "as_published": standing.as_published,
        }
        for standing in view
    ]
    assert pyarrow.table(view).to_pylist() == expected


def test_table_known_at_a_moment(alliance: servanda.Tracker) -> None:
    known_at = alliance.entries()[40].recorded_at
    view = alliance.view(on=DAY, known_at=known_at)
    table = pyarrow.table(view)
    assert table["commitment"].to_pylist() == [standing.commitment for standing in view]
    assert set(table["known_at"].to_pylist()) == {known_at}


def test_types_of_the_standings_table(view: servanda.View) -> None:
    assert types(view) == {
        "commitment": TEXT,
        "title": TEXT,
        "by": TEXTS,
        "to": TEXTS,
        "obligation": WORD,
        "words": TEXT,
        **dates("made"),
        "procedure": TEXT,
        "status": TEXT,
        "status_title": TEXT,
        "phase": WORD,
        **dates("since"),
        "may_have": TEXTS,
        "presumed": FLAG,
        "verdict": WORD,
        "timeliness": WORD,
        "overdue": FLAG,
        **dates("deadline"),
        "reason": TEXT,
        "corrections": COUNT,
        "part_of": TEXT,
        "responsible": TEXTS,
        "topics": TEXTS,
        "on": DATE,
        "known_at": MOMENT,
        "as_published": DATE,
    }


def tables(tracker: servanda.Tracker, view: servanda.View) -> dict[str, servanda.Table]:
    before = view.as_of(on=datetime.date(2013, 3, 1))
    return {
        "table": view.table(),
        "steps_table": view.steps_table(),
        "changes_table": view.changes_table(before),
        "agenda_table": view.agenda_table(first=DAY, last=datetime.date(2015, 1, 1)),
        "parts_table": view.parts_table("us/base-realignment"),
        "bodies_table": view.bodies_table(),
        "stale_table": view.stale_table(1),
        "log_table": view.log_table(),
        "conflicts_table": view.conflicts_table(),
        "Tracker.table": tracker.table(),
    }


def test_columns_are_documented(alliance: servanda.Tracker, view: servanda.View) -> None:
    for name, table in tables(alliance, view).items():
        asked: Any = servanda.Tracker.table if name == "Tracker.table" else getattr(servanda.View, name)
        missing = [column for column in table.columns if f"``{column}``" not in asked.__doc__]
        assert (name, missing) == (name, [])


def test_types_of_the_entries_table(alliance: servanda.Tracker) -> None:
    texts = dict.fromkeys(
        ("recorded_by", "commitment", "kind", "to", "by", "title", "note", "about", "line", "id"), TEXT
    )
    assert types(alliance) == texts | dates("on") | {"recorded_at": MOMENT, "sources": TEXTS}


def test_entries_table_equals_entries(alliance: servanda.Tracker) -> None:
    rows = pyarrow.table(alliance).to_pylist()
    assert [row["line"] for row in rows] == [entry.to_json() for entry in alliance.entries()]
    for row in rows:
        line = json.loads(row["line"])
        [(kind, fact)] = line["fact"].items()
        assert {name: row[name] for name in ("id", "recorded_by", "commitment", "kind", "on")} == {
            "id": line["id"],
            "recorded_by": line["recorded_by"],
            "commitment": line.get("commitment"),
            "kind": kind,
            "on": line.get("on"),
        }
        assert row["to"] == (fact["to"] if kind in ("advance", "link") else None)
        assert row["by"] == (fact.get("by") if kind in ("advance", "deposit") else None)
        assert row["about"] == (fact.get("entry") if kind in ("cite", "amend", "retract") else None)
        sources = [source["url"] for source in fact.get("sources", [])]
        if kind == "register":
            words = [fact["words"]["source"]] if "words" in fact else []
            sources = [source["url"] for source in words + fact.get("opening", {}).get("sources", [])]
        assert row["sources"] == sources


def test_the_date_of_an_entry_has_its_first_and_last_day() -> None:
    tracker = servanda.memory("desk", now="2013-05-01T00:00:00.000000Z")
    tracker.register(visit(tracker))
    tracker.remark("us/abe-visit", "Somebody said so", on="2013-02")
    [row] = [row for row in pyarrow.table(tracker).to_pylist() if row["kind"] == "remark"]
    assert row["title"] == "Somebody said so"
    assert (row["on"], row["on_first"], row["on_last"]) == (
        "2013-02",
        datetime.date(2013, 2, 1),
        datetime.date(2013, 2, 28),
    )


def visit(tracker: servanda.Tracker, title: str = "A visit") -> servanda.Commitment:
    words = servanda.Words("has invited", servanda.Source("Remarks", "https://example.org/remarks"))
    made = datetime.date(2013, 1, 18)
    return servanda.Commitment(
        "us/abe-visit",
        title,
        procedure="action",
        by="us",
        made=made,
        obligation="result",
        words=words,
        deadline="2013-02",
    )


def test_changes_table_has_a_row_for_each_difference() -> None:
    tracker = servanda.memory("desk", now="2013-05-01T00:00:00.000000Z")
    tracker.register(visit(tracker))
    source = servanda.Source("Press conference", "https://example.org/press")
    tracker.advance("us/abe-visit", "done", on="2013-02-22", sources=[source])
    march, january = tracker.view(on="2013-03-01"), tracker.view(on="2013-02-01")
    table = pyarrow.table(march.changes_table(january))
    shifts = {row["member"]: (row["before"], row["after"]) for row in table.to_pylist() if row["kind"] == "shifted"}
    assert shifts == {
        "phase": ("planned", "achieved"),
        "since": ("2013-01-18", "2013-02-22"),
        "status": ("planned", "done"),
        "verdict": ("pending", "kept"),
    }
    [step] = [row for row in table.to_pylist() if row["member"] == "steps"]
    assert (step["kind"], step["before"], json.loads(step["after"])["status"]) == ("added", None, "done")
    assert march.changes_since(january).commitments[0].steps.added[0].to_json() == step["after"]


def test_agenda_table(view: servanda.View) -> None:
    first, last = datetime.date(2013, 1, 1), datetime.date(2020, 1, 1)
    earlier = view.as_of(on=datetime.date(2013, 2, 1))
    agenda = earlier.agenda(first=first, last=last)
    rows = pyarrow.table(earlier.agenda_table(first=first, last=last)).to_pylist()
    expected = [{"commitment": item.commitment, **dated("day", item.day)} for item in agenda.items] + [
        {"commitment": item.commitment, "day": None, "day_first": item.earliest, "day_last": None}
        for item in agenda.unknown
    ]
    names = ("commitment", "day", "day_first", "day_last")
    assert [{name: row[name] for name in names} for row in rows] == expected
    visits = [row for row in rows if row["commitment"] == "us/abe-visit"]
    assert [(row["deadline"], row["clock"]) for row in visits] == [("2013-02", None)]


def test_parts_stale_and_conflicts_tables(view: servanda.View) -> None:
    parts = pyarrow.table(view.parts_table("us/base-realignment")).to_pylist()
    assert [(row["commitment"], row["depth"]) for row in parts] == [
        (part.commitment, part.depth) for part in view.parts("us/base-realignment").parts
    ]
    stale = pyarrow.table(view.stale_table(30)).to_pylist()
    assert [(row["commitment"], row["days"], row["last"]) for row in stale] == [
        (one.commitment, one.days, one.last) for one in view.stale(30)
    ]
    assert pyarrow.table(view.conflicts_table()).to_pylist() == []


def test_filtered_and_empty_tables(view: servanda.View) -> None:
    achieved = pyarrow.table(view.table(phase="achieved"))
    assert achieved["commitment"].to_pylist() == [one.commitment for one in view.standings(phase="achieved")]
    empty = servanda.memory("desk").view()
    assert (len(empty.table()), pyarrow.table(empty).num_rows) == (0, 0)
    assert pyarrow.table(empty).schema == pyarrow.table(view).schema


def test_tables_raise_servanda_errors(view: servanda.View) -> None:
    with pytest.raises(servanda.InvalidError) as invalid:
        view.table(phase="finished")  # type: ignore[arg-type]
    assert invalid.value.code == "unknown-word"
    with pytest.raises(servanda.UnknownError) as unknown:
        view.parts_table("jp/no-such")
    assert unknown.value.code == "unknown-commitment"
    with servanda.memory("desk") as tracker:
        pass
    with pytest.raises(servanda.StoppedError) as closed:
        tracker.table()
    assert closed.value.code == "closed"


def test_table_outlives_its_tracker(alliance: servanda.Tracker, view: servanda.View) -> None:
    table = alliance.table()
    count = len(alliance)
    alliance.close()
    assert [pyarrow.table(table).num_rows, pyarrow.table(table).num_rows, len(table)] == [count] * 3
    assert repr(view.conflicts_table()) == "<servanda.Table with 0 rows: entry, code, text>"


def test_polars(view: servanda.View, alliance: servanda.Tracker) -> None:
    frame = polars.DataFrame(view)
    assert frame.shape == (len(view), pyarrow.table(view).num_columns)
    kinds = {name: frame.schema[name] for name in ("commitment", "since", "since_first", "known_at", "presumed", "by")}
    assert kinds == {
        "commitment": polars.String(),
        "since": polars.String(),
        "since_first": polars.Date(),
        "known_at": polars.Datetime("us", "UTC"),
        "presumed": polars.Boolean(),
        "by": polars.List(polars.String()),
    }
    kept = frame.filter(polars.col("verdict") == "kept", polars.col("since_first") >= datetime.date(2014, 1, 1))
    assert kept["commitment"].to_list() == ["jp/hague-convention"]
    march = polars.DataFrame(view.as_of(on=datetime.date(2013, 3, 1)))
    both = polars.concat([march, frame])
    assert both.group_by("on").len().sort("on")["len"].to_list() == [16, 16]
    assert polars.DataFrame(alliance)["recorded_at"].dtype == polars.Datetime("us", "UTC")


def test_pandas(view: servanda.View) -> None:
    frame: Any = pandas.DataFrame.from_arrow(view)
    assert frame.loc[frame.verdict == "kept", "commitment"].tolist() == [
        one.commitment for one in view if one.verdict == "kept"
    ]
    assert list(frame["phase"].cat.categories) == [str(phase) for phase in servanda.Phase]
    assert frame.set_index("commitment").since_last["jp/hague-convention"] == datetime.date(2014, 4, 1)
    march: Any = pandas.DataFrame.from_arrow(view.as_of(on=datetime.date(2013, 3, 1)))
    assert pandas.concat([march, frame])["phase"].dtype == "category"


def test_to_pandas(alliance: servanda.Tracker, view: servanda.View) -> None:
    frame: Any = view.to_pandas(verdict="kept")
    assert frame["commitment"].tolist() == [standing.commitment for standing in view.standings(verdict="kept")]
    assert {str(frame[name].dtype)[:10] for name in ("made_first", "since_last", "deadline_last", "on")} == {"datetime64"}
    assert (frame["since_last"].dt.year == 2014).sum() == 1
    assert str(frame["known_at"].dtype).endswith("UTC]") and frame["phase"].dtype == "category"
    assert len(alliance.to_pandas()) == len(alliance)


def test_to_polars(alliance: servanda.Tracker, view: servanda.View) -> None:
    assert view.to_polars().equals(polars.DataFrame(view))
    assert view.to_polars(phase="achieved").height == len(view.table(phase="achieved"))
    assert alliance.to_polars().height == len(alliance)


def test_a_pandas_timestamp_at_midnight_is_a_day(alliance: servanda.Tracker, view: servanda.View) -> None:
    midnight: Any = pandas.Timestamp("2014-04-01")
    assert alliance.view(on=midnight).on == DAY
    made: Any = view.to_pandas()["made_first"]
    assert view.as_of(on=made.iloc[0]).on == view.summaries()[0].made
    assert servanda.Date(midnight) == "2014-04-01"
    noon: Any = pandas.Timestamp("2014-04-01T12:00Z")
    assert alliance.view(known_at=noon).known_at == datetime.datetime(2014, 4, 1, 12, tzinfo=datetime.timezone.utc)
    others: list[Any] = [
        pandas.Timestamp("2014-04-01T09:00"),
        pandas.Timestamp("2014-04-01T00:00:00.000000001"),
        pandas.Timestamp("2014-04-01", tz="UTC"),
        pandas.NaT,
        datetime.datetime(2014, 4, 1),
    ]
    for other in others:
        with pytest.raises(servanda.InvalidError) as refused:
            alliance.view(on=other)
        assert refused.value.code == "invalid-day"


def test_steps_table_equals_histories(view: servanda.View) -> None:
    rows = pyarrow.table(view.steps_table(party="jp")).to_pylist()
    steps = [
        (standing, nth, step) for standing in view.standings(party="jp") for nth, step in enumerate(standing.history, 1)
    ]
    assert rows == [
        {
            "commitment": standing.commitment,
            "title": standing.title,
            "nth": nth,
            "status": step.status,
            "status_title": step.title["en"],
            "phase": word(step.phase),
            **dated("on", step.on),
            "by": step.by,
            "basis": step.basis,
            "clock": step.clock,
            "presumed": step.presumed,
            "entry": step.entry,
            "sources": [source.url for source in step.sources],
            "note": step.note,
            "recorded_at": step.recorded_at,
            "recorded_by": step.recorded_by,
        }
        for standing, nth, step in steps
    ]
    assert len(rows) > 20


def test_duckdb(view: servanda.View, alliance: servanda.Tracker) -> None:
    counts = queried("select verdict, count(*) from view where verdict is not null group by all order by 1", view=view)
    expected: dict[str, int] = {}
    for standing in view:
        if standing.verdict is not None:
            expected[str(standing.verdict)] = expected.get(str(standing.verdict), 0) + 1
    assert {str(verdict): count for verdict, count in counts} == expected
    joined = queried(
        'select max(entries.on_last), any_value(view."by") from alliance entries join view using (commitment) '
        "where commitment = 'us/abe-visit' and kind = 'advance'",
        view=view,
        alliance=alliance,
    )
    assert joined == [(datetime.date(2013, 2, 22), ["us", "jp"])]


def queried(query: str, **tables: object) -> list[Any]:
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(query).fetchall()


def test_duckdb_finds_tables_by_variable_name(view: servanda.View) -> None:
    counted: Any = duckdb.sql("select count(*) from view")
    assert counted.fetchall() == [(len(view),)]


def test_categories_are_the_whole_vocabulary(view: servanda.View) -> None:
    for table in (view, servanda.memory("desk").view()):
        column = pyarrow.table(table)["verdict"].combine_chunks()
        assert column.dictionary.to_pylist() == [str(verdict) for verdict in servanda.Verdict]
