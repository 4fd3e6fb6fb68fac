"""The answer to "where does it stand?"."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ._model import Source, Words
from ._procedure import Pin
from ._value import Value
from ._words import Date, Deadline, Obligation, Phase, Relation, Verdict


class Step(Value, init=False):
    """One step of a history."""

    status: str
    """The status it led to."""
    title: Mapping[str, str]
    """What that status is called, by language."""
    phase: Phase
    """The phase of the status."""
    on: Date
    """When, as precisely as known."""
    by: str | None
    """Who took it, if the entry says."""
    basis: str | None
    """The rule that allowed it; none for the opening."""
    clock: str | None
    """The clock that took it, if no one did."""
    presumed: bool
    """Whether it rests on the absence of an entry that nothing confirms."""
    entry: str | None
    """The entry that records it; none for a clock."""
    further_entries: tuple[str, ...]
    """Further entries that say the same."""
    sources: tuple[Source, ...]
    """The evidence, of all entries that say so."""
    note: str | None
    """The note on it."""
    recorded_at: datetime.datetime | None
    """When it was written down."""
    recorded_by: str | None
    """Who wrote it down."""

    __match_args__ = ("status", "on", "phase", "presumed")

    def _html_row(self) -> list[str]:
        from . import _html

        status = _html.text(_html.english(self.title)) + (" (presumed)" if self.presumed else "")
        note = f"<br>{_html.text(self.note)}" if self.note else ""
        sources = "<br>".join(_html.link(source.title, source.url) for source in self.sources)
        return [_html.text(self.on), status + note, _html.text(self.basis), sources]


class NextStep(Value, init=False):
    """A step that can be taken, and what it needs."""

    to: str
    """The status it leads to."""
    title: Mapping[str, str]
    """What it is called, by language."""
    phase: Phase
    """The phase of the status."""
    basis: str
    """The rule that allows it."""
    sources: int
    """How many sources it needs."""
    taken_by: tuple[str, ...]
    """Who can take it; anyone if empty."""
    reopening: bool
    """Whether it reopens what is final."""

    __match_args__ = ("to", "sources", "taken_by")


class RunningClock(Value, init=False):
    """A clock that runs."""

    clock: str
    """Its id."""
    to: str
    """The status it leads to."""
    title: Mapping[str, str]
    """What it is called, by language."""
    due: datetime.date | None
    """The day it fires, if nothing happens before and the calendar says."""
    reason: str | None
    """Why the day is not known, if it is not."""
    presumed: bool
    """Whether its step will be presumed until confirmed."""
    basis: str
    """The rule of law."""

    __match_args__ = ("clock", "to", "due")


class SetDeadline(Value, init=False):
    """A deadline as it was set."""

    deadline: Deadline
    """The deadline."""
    set_on: Date
    """The day it was set."""
    in_force: bool
    """Whether it counts: one that was set before the word was given does not, nor one that was set when the deadline before it had
    already passed, which it does not cure."""
    entry: str
    """The entry that set it."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note on it."""

    __match_args__ = ("deadline", "set_on", "in_force")


class Remarked(Value, init=False):
    """Something that happened and moved nothing."""

    title: str
    """What happened."""
    on: Date
    """When."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note on it."""

    __match_args__ = ("title", "on")


class Deposited(Value, init=False):
    """An instrument that was deposited."""

    by: str
    """By which party."""
    on: Date
    """When."""
    instrument: str | None
    """The kind of instrument."""
    share: str | None
    """The party's share, in per cent: an exact decimal as text."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note on it."""

    __match_args__ = ("by", "on", "instrument")


class Linked(Value, init=False):
    """What another commitment is to this one."""

    relation: Relation
    """What it is."""
    to: str
    """The other commitment."""
    on: Date | None
    """Since when, if the entry says."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note on it."""

    __match_args__ = ("relation", "to")


class Conflict(Value, init=False):
    """An entry that is well-formed and does not fit with the others after a merge. It stays on the ledger and is left out of the standing."""

    entry: str
    """The entry that does not fit."""
    code: str
    """The code of the error with which an append of the entry would be refused, such as ``illegal-step``."""
    text: str
    """Its text."""

    __match_args__ = ("entry", "code")


class Standing(Value, init=False):
    """What a view says about one commitment.

    >>> import servanda
    >>> from datetime import date
    >>> source = servanda.Source("Remarks", "https://example.org/remarks")
    >>> tracker = servanda.memory("desk")
    >>> _ = tracker.register(servanda.Commitment(
    ...     "us/abe-visit", "A visit to Washington", procedure="action", by="us", made=date(2013, 1, 18),
    ...     obligation="result", words=servanda.Words("has invited", source), deadline="2013-02",
    ... ))
    >>> standing = tracker.view(on=date(2013, 3, 1)).standing("us/abe-visit")
    >>> standing
    Standing(commitment='us/abe-visit', status='planned', phase=<Phase.PLANNED: 'planned'>, verdict=<Verdict.OVERDUE: 'overdue'>)
    >>> standing.deadline, standing.since
    (Deadline('2013-02'), datetime.date(2013, 1, 18))
    """

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    on: datetime.date
    """The day asked about."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""
    status: str | None
    """The status, if known."""
    status_title: Mapping[str, str] | None
    """What the status is called, by language."""
    phase: Phase | None
    """The phase, if known."""
    verdict: Verdict | None
    """The verdict, once the word has been given and if the status is known."""
    reason: str | None
    """Why status, phase or verdict are absent, if one of them is."""
    since: datetime.date | None
    """Since when it has had its status."""
    presumed: bool
    """Whether the status rests on the absence of an entry that nothing confirms."""
    overdue: bool
    """Whether the verdict is ``overdue``."""
    deadline: Deadline | None
    """The deadline in force on the day."""
    deadlines: tuple[SetDeadline, ...]
    """All deadlines that were set, in the order in which they were."""
    history: tuple[Step, ...]
    """The steps that led here, the opening first."""
    next: tuple[NextStep, ...]
    """The steps that can be taken from here."""
    clocks: tuple[RunningClock, ...]
    """The clocks that run."""
    remarks: tuple[Remarked, ...]
    """What happened and moved nothing."""
    deposits: tuple[Deposited, ...]
    """The instruments deposited."""
    links: tuple[Linked, ...]
    """What other commitments are to this one."""
    conflicts: tuple[Conflict, ...]
    """The entries about it that do not fit."""
    by: tuple[str, ...]
    """Who commits."""
    to: tuple[str, ...]
    """To whom."""
    made: datetime.date
    """The day the word was given."""
    obligation: Obligation
    """The legal weight of the words."""
    words: Words
    """The words used, with their source."""
    topics: tuple[str, ...]
    """What it can be found under."""
    part_of: str | None
    """The commitment of which this is one piece."""
    procedure: str
    """The procedure's id."""
    pin: ProcedureRef
    """The procedure's version and digest."""

    __match_args__ = ("commitment", "status", "phase", "verdict")

    def _repr_html_(self) -> str:
        from . import _html

        known = "" if self.known_at is None else f", known at {self.known_at.isoformat()}"
        to = f" to {', '.join(self.to)}" if self.to else ""
        given = f"{self.made.isoformat()}, by {', '.join(self.by)}{to}: {self.obligation.value}"
        words = self.words
        facts = [
            ("Words", f"“{_html.text(words.text)}” {_html.link(words.source.title, words.source.url)}"),
            ("Given", _html.text(given)),
            ("Status", self._status_html() + (_html.text(f", since {self.since}") if self.since else "")),
            ("Phase", _html.text(self.phase)),
            ("Verdict", _html.verdict(self.verdict)),
            ("Deadline", _html.text(self.deadline)),
            ("Why", _html.text(self.reason)),
            ("Part of", _html.text(self.part_of)),
        ]
        title = f"<strong>{_html.text(self.title)}</strong> ({_html.text(self.commitment)})<br>"
        title += _html.text(f"On {self.on.isoformat()}{known}")
        about = _html.table([], ([f"<strong>{name}</strong>", text] for name, text in facts if text))
        rows = [step._html_row() for step in self.history]
        history = _html.table(["On", "Status", "Basis", "Sources"], rows) if rows else ""
        return _html.page(title, about, history)

    def _status_html(self) -> str:
        from . import _html

        title = _html.english(self.status_title) if self.status_title else None
        return _html.text(title) + (" (presumed)" if self.presumed else "")


class Brief(Value, init=False):
    """Where one commitment stands, in brief."""

    commitment: str
    """The commitment."""
    status: str | None
    """The status, if known."""
    phase: Phase | None
    """The phase, if known."""
    verdict: Verdict | None
    """The verdict, once the word has been given and if the status is known."""
    since: datetime.date | None
    """Since when it has stood there."""
    presumed: bool
    """Whether the status rests on the absence of an entry that nothing confirms."""

    __match_args__ = ("commitment", "status", "phase", "verdict")


class Asked(Value, init=False):
    """Whether one step is possible."""

    to: str
    """The status it leads to."""
    possible: bool
    """Whether it is."""
    code: str | None
    """The code of the refusal, if it is not."""
    text: str | None
    """The text of the refusal."""

    __match_args__ = ("to", "possible", "code")


class Outlook(Value, init=False):
    """What can happen next to one commitment: the part of a standing that looks ahead."""

    commitment: str
    """The commitment."""
    title: str
    """What the commitment is about."""
    on: datetime.date
    """The day asked about."""
    known_at: datetime.datetime | None
    """The moment as of which the ledger is read; all that it holds if absent."""
    status: str | None
    """The status, if known."""
    status_title: Mapping[str, str] | None
    """What the status is called, by language."""
    phase: Phase | None
    """The phase, if known."""
    since: datetime.date | None
    """Since when it has had its status."""
    presumed: bool
    """Whether the status rests on the absence of an entry that nothing confirms."""
    reason: str | None
    """Why the status is absent, if it is."""
    next: tuple[NextStep, ...]
    """The steps that can be taken from here."""
    clocks: tuple[RunningClock, ...]
    """The clocks that run."""
    asked: Asked | None
    """The step that was asked about, if one was."""

    __match_args__ = ("commitment", "status", "next")
