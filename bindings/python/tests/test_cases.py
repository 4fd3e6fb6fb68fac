"""Runs the cases that all languages share. `tests/cases/README.md` describes them."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import servanda

CASES = Path(__file__).resolve().parents[3] / "tests" / "cases"

# A digest is a plain `str` in Python, so there is no type that parses one.
SKIPPED = {"digest"}


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def _source(given: Any) -> servanda.Source:
    if isinstance(given, str):
        return servanda.Source(given, f"https://example.org/{given}")
    return servanda.Source(**given)


def _read(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def _procedure(name: str) -> servanda.Procedure:
    if name.endswith(".toml"):
        return servanda.Procedure.from_toml(_read(name), file=name)
    return servanda.builtin.procedure(name)


def _calendar(name: str) -> servanda.Calendar:
    if name.endswith(".toml"):
        return servanda.Calendar.from_toml(_read(name), file=name)
    return servanda.builtin.calendar(name)


def _registered(id: str, body: dict[str, Any]) -> servanda.Commitment:
    """The commitment of a case, with defaults for the members that the case omits."""
    body = {"by": ["xx"], "title": "A word given", **body}
    if "obligation" in body:
        body.setdefault("words", {"text": "we shall see", "source": "gazette"})
    if words := body.pop("words", None):
        body["words"] = servanda.Words(
            words["text"],
            _source(words["source"]),
            language=words.get("language"),
            translations=words.get("translations"),
        )
    body["procedure"] = _reference(body["procedure"])
    if opening := body.pop("opening", None):
        sources = [_source(source) for source in opening.pop("sources", [])]
        body["opening"] = servanda.Opening(**opening, sources=sources)
    body["identifiers"] = _identifiers(body.get("identifiers", []))
    body["responsible"] = [servanda.Responsible(**one) for one in body.pop("responsible", [])]
    if target := body.pop("target", None):
        body["target"] = servanda.Target(**target)
    if rules := body.pop("rules", None):
        body["rules"] = {clock: servanda.ClockRule._of(_canonical(rule)) for clock, rule in rules.items()}
    return servanda.Commitment(id, body.pop("title"), **body)


def _identifiers(given: list[dict[str, str]]) -> list[servanda.Identifier]:
    return [servanda.Identifier(one["scheme"], one["value"]) for one in given]


def _reference(procedure: Any) -> servanda.Procedure | servanda.ProcedureRef:
    return _procedure(procedure) if isinstance(procedure, str) else servanda.ProcedureRef._of(_canonical(procedure))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _fact(given: dict[str, Any]) -> Any:
    """Makes a draft with the constructor of the package."""
    [(kind, body)] = given["fact"].items()
    commitment = given.get("commitment")
    rest = {name: given[name] for name in ("on", "after", "published", "recorded_at") if name in given}
    body = dict(body)
    if kind == "register":
        return servanda.Register(_registered(given["commitment"], body), **rest)
    if kind == "define":
        [(what, defined)] = body.items()
        if what == "topic":
            return servanda.Define(servanda.Topic(**defined), **rest)
        if what == "party":
            identifiers = {one["scheme"]: one["value"] for one in defined.get("identifiers", [])}
            return servanda.Define(servanda.Party(defined["id"], defined["names"], identifiers=identifiers), **rest)
        read = _procedure if what == "procedure" else _calendar
        cls = servanda.Procedure if what == "procedure" else servanda.Calendar
        made: Any = read(defined) if isinstance(defined, str) else cls._of(_canonical(defined))
        return servanda.Define(made, **rest)
    if "identifiers" in body:
        body["identifiers"] = _identifiers(body["identifiers"])
    if "sources" in body:
        body["sources"] = [_source(source) for source in body["sources"]]
    made_by: dict[str, tuple[type[Any], list[str]]] = {
        "advance": (servanda.Advance, ["to"]),
        "deposit": (servanda.Deposit, ["by"]),
        "cite": (servanda.Cite, ["entry"]),
        "remark": (servanda.Remark, ["title"]),
        "attest": (servanda.Attest, []),
        "reschedule": (servanda.Reschedule, ["deadline"]),
        "assign": (servanda.Assign, ["body"]),
        "unassign": (servanda.Unassign, ["body"]),
        "measure": (servanda.Measure, ["value"]),
        "repin": (servanda.Repin, ["procedure"]),
        "amend": (servanda.Amend, []),
        "link": (servanda.Link, ["relation", "to"]),
        "retract": (servanda.Retract, ["entry"]),
    }
    if kind == "repin":
        body["procedure"] = _reference(body["procedure"])
    cls, positional = made_by[kind]
    return cls(commitment, *(body.pop(name) for name in positional), **body, **rest)


class World:
    """The state of a case: trackers, the time, a folder, and names of entries and cursors."""

    def __init__(self, folder: Path, kept_in: Callable[[str], servanda.Tracker] | None) -> None:
        self.now = "1970-01-01T00:00:00.000000Z"
        self.folder = folder
        self.names = {"folder": str(folder)}
        self.cursors: dict[str, str] = {}
        self.trackers: dict[str, servanda.Tracker] = {}
        self.kept: dict[str, str] = {}
        self.make = kept_in or servanda.memory

    def tracker(self, name: str) -> servanda.Tracker:
        if name not in self.trackers:
            self.trackers[name] = self.make(name).with_time(lambda: self.now)
        return self.trackers[name]

    def named(self, value: Any) -> Any:
        if isinstance(value, str):
            for name in sorted(self.names, key=len, reverse=True):
                value = value.replace(f"${name}", self.names[name])
            return value
        if isinstance(value, list):
            return [self.named(element) for element in value]
        if isinstance(value, dict):
            return {key: self.named(member) for key, member in value.items()}
        return value

    def take(self, step: dict[str, Any]) -> tuple[str, bool]:
        """Runs a step. Returns the JSON of the answer, and whether the case states its digest."""
        self.now = step.get("now", self.now)
        given = self.named(step)
        name = given.get("tracker", "desk")
        if "append" in given:
            facts = [_fact(draft) for draft in given["append"] for _ in range(draft.get("times", 1))]
            ids = self.tracker(name).append(facts)
            for draft, id in zip(reversed(given["append"]), reversed(ids), strict=False):
                if "as" in draft:
                    self.names[draft["as"]] = id
            return _canonical(ids), False
        if "prepare" in given:
            entries = self.tracker(name).prepare([_fact(draft) for draft in given["prepare"]])
            return _canonical([entry.id for entry in entries]), False
        if "merge" in given:
            since = self.cursors[given["since"]] if "since" in given else None
            exported = self.tracker(given["merge"]).export_since(since)
            wanted = [entry for entry in exported if entry.id in given.get("only", [entry.id])]
            return _canonical(self.tracker(name).merge(wanted)), False
        if "merge_lines" in given:
            entries = [servanda.Entry.from_line(line) for line in given["merge_lines"]]
            self.names.update(zip(given.get("as", []), (entry.id for entry in entries), strict=False))
            return _canonical(self.tracker(name).merge(entries)), False
        if "export" in given:
            cursor = given["export"]
            export = self.tracker(name).export_since(cursor and self.cursors.get(cursor, cursor))
            if "as" in given:
                self.cursors[given["as"]] = export.cursor
            return _canonical({"entries": len(export)}), False
        if "open" in given or "create" in given:
            make = servanda.open if "open" in given else servanda.create
            made = make(self.put(given.get("open") or given["create"], given), name)
            self.trackers[name] = made.with_time(lambda: self.now)
            return "null", False
        if "ask" in given:
            return self.ask(self.tracker(name), given)
        if "parse" in given:
            return _canonical(_parsed(given["parse"], given["text"])), False
        return _read_file(given["read"], given)

    def put(self, name: str, given: dict[str, Any]) -> Path:
        path = self.folder / name
        if "text" in given:
            text = given["text"] * given["times"] + "\n" if "times" in given else given["text"]
            path.write_bytes(text.encode())
        elif "hex" in given:
            path.write_bytes(bytes.fromhex(given["hex"]))
        elif "copy" in given:
            shutil.copy(CASES / given["copy"], path)
        elif given.get("folder"):
            path.mkdir()
        return path

    def ask(self, tracker: servanda.Tracker, given: dict[str, Any]) -> tuple[str, bool]:
        languages = given.get("languages", [])
        times = {name: given.get(name) for name in ("on", "known_at", "as_published")}
        view = tracker.view(**times, languages=languages)
        of, only = given.get("of", ""), given.get("filter", {})
        match given["ask"]:
            case "standing":
                return view.standing(of).to_json(), True
            case "standing_with_links":
                return view.standing(of, links=True).to_json(), True
            case "resolve":
                return _canonical(view.resolve(of)), False
            case "standings":
                return _list(view.standings(**only)), True
            case "why_not":
                if refused := view.why_not(of, given["to"]):
                    raise refused
                return "null", False
            case "agenda":
                return view.agenda(**given["span"], **only).to_json(), True
            case "changes":
                before = dict(given["before"])
                other = self.tracker(before.pop("tracker")) if "tracker" in before else tracker
                return view.changes_since(other.view(**before), **only).to_json(), True
            case "parts":
                return view.parts(of, **only).to_json(), True
            case "bodies":
                return view.bodies(**only).to_json(), True
            case "stale":
                return _list(view.stale(given["days"], **only)), True
            case "log":
                return _list(view.log(**only)), True
            case "conflicts":
                return _list(view.conflicts()), True
            case "procedures":
                return _list(view.procedures()), True
            case "procedure":
                return view.procedure(of).to_json(), True
            case "parties":
                return _list(view.parties()), True
            case "topics":
                return _list(view.topics()), True
            case "digest":
                return _canonical(tracker.digest()), False
            case "entries" | "entries_like":
                entries = tracker.entries() if given["ask"] == "entries" else tracker.entries_like(of)
                return _canonical([entry.to_json() for entry in sorted(entries, key=lambda entry: entry.id)]), True
            case "verify":
                return _canonical(tracker.verify()), False
            case "refresh":
                return _canonical(tracker.refresh()), False
            case other:
                raise AssertionError(f"unknown question: {other}")


def _list(values: list[Any]) -> str:
    return f"[{','.join(value.to_json() for value in values)}]"


def _parsed(kind: str, text: str) -> str | None:
    """Parses a text as a type, through a value with a member of that type, and writes it again."""
    source = servanda.Source("t", "https://example.org/")
    view = servanda.memory("desk").view()
    word: Any = text
    steps: dict[str, Callable[[], Any]] = {
        "day": lambda: view.as_of(on=text).on.isoformat(),
        "date": lambda: servanda.Date(text),
        "deadline": lambda: servanda.Deadline(text),
        "moment": lambda: json.loads(servanda.Attest("a", on="2013", recorded_at=text).to_json())["recorded_at"],
        "slug": lambda: servanda.Party(text, {"en": "a"}).id,
        "language": lambda: servanda.Source("t", source.url, language=text).language,
        "title": lambda: servanda.Source(text, source.url).title,
        "url": lambda: servanda.Source("t", text).url,
        "note": lambda: servanda.Words(text, source).text,
        "decimal": lambda: servanda.Instrument("a", on="2013-01-01", share=text).share,
        "entry-id": lambda: servanda.Cite("a", text, sources=[source]).entry,
        "relation": lambda: servanda.Link("a", word, "b").relation,
        "phase": lambda: view.standings(phase=word) or text,
        "verdict": lambda: view.standings(verdict=word) or text,
        "timeliness": lambda: view.standings(timeliness=word) or text,
        "obligation": lambda: view.standings(obligation=word) or text,
    }
    return str(steps[kind]())


def _read_file(kind: str, given: dict[str, Any]) -> tuple[str, bool]:
    name = given.get("file", "case.toml")
    text = _read(name) if "file" in given else given["text"]
    if kind == "draft":
        servanda.Fact.from_json(text)
        return "null", False
    classes: dict[str, Any] = {
        "procedure": servanda.Procedure,
        "calendar": servanda.Calendar,
        "treaty": servanda.EntryIntoForce,
        "commitment": servanda.Commitment,
    }
    members = classes[kind].from_toml(text, file=name).to_dict()
    if kind == "commitment":
        # In a line of a ledger the id is a member of the entry.
        del members["id"]
    return _canonical(members), True


def _contained(expected: Any, found: Any, at: str = "answer") -> None:
    """Asserts that an answer contains the expected members."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, member in expected.items():
            _contained(member, found.get(key), f"{at}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            _contained(one, other, f"{at}[{index}]")
    else:
        assert expected == found and type(expected) is type(found), at


def _check(world: World, step: dict[str, Any]) -> None:
    try:
        answer, is_digested = world.take(step)
    except servanda.ServandaError as error:
        told = {"code": error.code, "family": error.kind, "details": error.details, "text": error.text}
        assert "error" in step, told
        _contained(world.named(step["error"]), told, "error")
        return
    assert "error" not in step, answer
    if is_digested:
        assert step["json"] == f"sha256:{hashlib.sha256(answer.encode()).hexdigest()}", answer
    if "ids" in step:
        assert step["ids"] == json.loads(answer)
    if "keep" in step:
        world.kept[step["keep"]] = answer
    if "same_as" in step:
        assert answer == world.kept[step["same_as"]]
    if "answer" in step:
        _contained(world.named(step["answer"]), json.loads(answer))


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    world = World(tmp_path.resolve(), None)
    for number, step in enumerate(case["steps"], 1):
        if step.get("parse") not in SKIPPED:
            try:
                _check(world, step)
            except AssertionError as wrong:
                raise AssertionError(f"step {number}: {wrong}") from wrong


def test_only_listed_steps_are_skipped() -> None:
    steps = [step for case in _cases() for step in case.values[0]["steps"]]
    assert {step["parse"] for step in steps if step.get("parse") in SKIPPED} == SKIPPED
    assert len(list(_cases())) >= 60
