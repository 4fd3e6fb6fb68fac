"""Standings: the status, the verdict and the history of one commitment."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from . import _html
from ._commitment import Target
from ._model import Identifier, Source, Words
from ._procedure import ProcedureRef
from ._value import Value
from ._words import Date, Deadline, Obligation, Phase, Relation, Timeliness, Verdict


def _zero_if_absent(part: int | None) -> int:
    return part or 0


class Step(Value, init=False):
    """One step of a history."""

    status: str
    """The status it led to."""
    title: Mapping[str, str]
    """The title of the status by language."""
    phase: Phase
    """The phase of the status."""
    on: Date
    """The date, as precise as it is known."""
    by: str | None
    """The party that took the step, if the entry names one."""
    basis: str | None
    """The law that allowed it. None for the opening."""
    clock: str | None
    """The clock that fired, if the step happened by law."""
    presumed: bool
    """Whether the step is presumed: it rests on the unconfirmed absence of an entry."""
    entry: str | None
    """The entry that records it. None for a clock."""
    further_entries: tuple[str, ...]
    """More entries that record the same step."""
    sources: tuple[Source, ...]
    """The evidence of all these entries."""
    note: str | None
    """The note."""
    published: Date | None
    """The date on which it was first published elsewhere."""
    recorded_at: datetime.datetime | None
    """The moment of recording."""
    recorded_by: str | None
    """The recorder."""

    __match_args__ = ("status", "on", "phase", "presumed")

    def _html_row(self) -> list[str]:
        status = _html.title(self.title, presumed=self.presumed)
        note = f"<br>{_html.text(self.note)}" if self.note else ""
        sources = "<br>".join(_html.link(source.title, source.url) for source in self.sources)
        return [_html.nowrap(self.on), status + note, _html.text(self.basis), sources]


class PossibleStep(Value, init=False):
    """A step that may have been taken by the day of a view, because its date is imprecise."""

    status: str
    """The status it leads to."""
    title: Mapping[str, str]
    """The title of the status by language."""
    phase: Phase
    """The phase of the status."""
    on: Date
    """The date, as precise as it is known."""
    clock: str | None
    """The clock that takes the step. None if it was recorded."""
    entry: str | None
    """The entry that records it. None for a clock."""

    __match_args__ = ("status", "on", "entry")


class NextStep(Value, init=False):
    """A step that is possible now, and its requirements."""

    to: str
    """The status it leads to."""
    title: Mapping[str, str]
    """The title of the status by language."""
    phase: Phase
    """The phase of the status."""
    basis: str
    """The law that allows it."""
    sources: int
    """The number of sources it needs."""
    taken_by: tuple[str, ...]
    """The parties that can take it. If empty, any party can."""
    reopening: bool
    """Whether it leaves a final status."""

    __match_args__ = ("to", "sources", "taken_by")


class RunningClock(Value, init=False):
    """A clock that will fire if nothing more is recorded, or may."""

    clock: str
    """The id."""
    to: str
    """The status it leads to."""
    title: Mapping[str, str]
    """The title of the status by language."""
    due: datetime.date | Date | None
    """The day it fires, as precise as it is known. None if it is not known."""
    earliest: datetime.date | None
    """The earliest day on which it can fire, if the day is not known."""
    reason: str | None
    """The reason why the day is not known."""
    presumed: bool
    """Whether its step will be presumed until confirmed."""
    basis: str
    """The law."""

    __match_args__ = ("clock", "to", "due")


class SetDeadline(Value, init=False):
    """A deadline that was set."""

    deadline: Deadline
    """The deadline."""
    set_on: Date
    """The date on which it was set."""
    in_force: bool
    """Whether it counts. A deadline does not count if it was set before the commitment was made, or
    after the previous deadline had passed, which it cannot cure."""
    entry: str
    """The entry that set it."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("deadline", "set_on", "in_force")


class Remarked(Value, init=False):
    """An event that did not change the status."""

    title: str
    """The event."""
    on: Date
    """The date."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("title", "on")


class Deposited(Value, init=False):
    """An instrument that a party deposited."""

    by: str
    """The party."""
    on: Date
    """The date."""
    instrument: str | None
    """The kind of instrument."""
    share: str | None
    """The share of the party, in per cent: an exact decimal as text."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("by", "on", "instrument")


class LinkedFrom(Value, init=False):
    """The relation of this commitment to another one, as an entry about the other one states it."""

    relation: Relation
    """The relation: with ``successor``, this one is the successor."""
    commitment: str
    """The other commitment."""
    on: Date | None
    """The date, if the entry has one."""
    entry: str
    """The entry, which is about the other commitment."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("relation", "commitment")


class Linked(Value, init=False):
    """The relation of another commitment to this one."""

    relation: Relation
    """The relation."""
    to: str
    """The other commitment."""
    on: Date | None
    """The date, if the entry has one."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("relation", "to")


class Conflict(Value, init=False):
    """A valid entry that contradicts other entries after a merge. Standings leave it out."""

    entry: str
    """The entry."""
    code: str
    """The code of the error that appending the entry would raise, such as ``illegal-step``."""
    text: str
    """The text of that error."""

    __match_args__ = ("entry", "code")


class Assigned(Value, init=False):
    """A body that is responsible for a commitment."""

    body: str
    """The body."""
    role: str | None
    """The role, if the entry names one."""
    since: Date
    """The first day on which it is responsible, as precise as it is known."""
    until: Date | None
    """The first day on which it is no longer responsible, if it is known."""
    entry: str
    """The entry that assigned it, which may be the registration."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("body", "role", "since", "until")


class Measured(Value, init=False):
    """A measurement of progress towards a target."""

    value: str
    """The value, in the unit of the target."""
    share: str | None
    """The value as a share of the target, such as ``0.455``: rounded down to four digits after the
    point, so that ``1`` means reached. None if the target is zero."""
    on: datetime.date | Date
    """The day of the measurement, as precise as it is known."""
    entry: str
    """The entry."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""

    __match_args__ = ("value", "share", "on")


class Repinned(Value, init=False):
    """A move of a commitment to another procedure."""

    before: ProcedureRef
    """The procedure before."""
    after: ProcedureRef
    """The procedure after."""
    reason: str
    """The reason."""
    entry: str
    """The entry."""
    recorded_at: datetime.datetime
    """The moment of the recording."""
    recorded_by: str
    """The recorder."""
    statuses: Mapping[str, str]
    """The new names of statuses, by their old names."""

    __match_args__ = ("before", "after", "reason")


class FutureEvent(Value, init=False):
    """An event that was recorded in advance for a date after the day of the view."""

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    kind: str
    """The kind of fact: ``advance``, ``deposit``, ``remark``, ``reschedule``, ``assign``,
    ``unassign``, ``measure`` or ``link``."""
    on: Date
    """The date, as precise as it is known."""
    status: str | None
    """The status a step leads to."""
    status_title: Mapping[str, str] | None
    """The title of that status by language."""
    by: str | None
    """The party that takes the step or makes the deposit, if the entry names one."""
    deadline: Deadline | None
    """The new deadline."""
    remark: str | None
    """The title of a remark."""
    to: str | None
    """The other commitment of a link."""
    body: str | None
    """The body that becomes or ceases to be responsible."""
    value: str | None
    """The measured value."""
    entry: str
    """The entry that records it."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""
    recorded_at: datetime.datetime
    """The moment of recording."""
    recorded_by: str
    """The recorder."""

    __match_args__ = ("kind", "on", "commitment")


class Retraction(Value, init=False):
    """A retraction: who left an entry out, when and why."""

    entry: str
    """The entry that retracts."""
    reason: str
    """The reason."""
    recorded_at: datetime.datetime
    """The moment of the retraction."""
    recorded_by: str
    """The recorder of the retraction."""

    __match_args__ = ("reason", "recorded_by", "recorded_at")


class RetractedEntry(Value, init=False):
    """An entry about a commitment that was retracted. The rest of the answer leaves it out."""

    entry: str
    """The retracted entry."""
    kind: str
    """The kind of fact, such as ``advance``."""
    on: Date | None
    """The date of the event, as precise as it is known. None if the kind of fact has no date."""
    retraction: Retraction
    """The retraction: who did it, when and why. If several retractions name the entry, this is the
    first of those that count."""
    status: str | None
    """The status a step led to."""
    status_title: Mapping[str, str] | None
    """The title of that status by language."""
    by: str | None
    """The party that took the step or made the deposit, if the entry names one."""
    deadline: Deadline | None
    """The deadline that it set."""
    remark: str | None
    """The title of a remark."""
    to: str | None
    """The other commitment of a link."""
    body: str | None
    """The body that became or ceased to be responsible."""
    value: str | None
    """The measured value."""
    about: str | None
    """The entry whose sources it cites, whose note it rewords, or which it retracts itself."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """The note."""
    recorded_at: datetime.datetime
    """The moment of recording."""
    recorded_by: str
    """The recorder."""

    __match_args__ = ("kind", "on", "retraction")


class Standing(Value, init=False):
    """The answer of a view about one commitment.

    >>> import servanda
    >>> from datetime import date
    >>> source = servanda.Source("Remarks", "https://example.org/remarks")
    >>> tracker = servanda.memory("desk")
    >>> _ = tracker.register(servanda.Commitment(
    ...     "us/abe-visit", "A visit to Washington", procedure="action", by="us", made=date(2013, 1, 18),
    ...     obligation="result", words=servanda.Words("has invited", source), deadline="2013-02",
    ... ))
    >>> standing = tracker.view(on=date(2013, 3, 1)).standing("us/abe-visit")
    >>> standing.status, standing.verdict, standing.timeliness
    ('planned', <Verdict.PENDING: 'pending'>, <Timeliness.OVERDUE: 'overdue'>)
    >>> standing.deadline, standing.since
    (Deadline('2013-02'), datetime.date(2013, 1, 18))
    """

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    status: str | None
    """The status. None if it is not known."""
    status_title: Mapping[str, str] | None
    """The title of the status by language."""
    status_description: Mapping[str, str]
    """The meaning of the status in the procedure, by language."""
    phase: Phase | None
    """The phase. None if it is not known."""
    verdict: Verdict | None
    """The verdict. None before the commitment was made, if the status is not known, and for a
    matter without a promise."""
    reason: str | None
    """The reason why status, phase or verdict is None."""
    since: datetime.date | Date | None
    """The date of the step to the status: a `Date` if only the month, year or range is known."""
    may_have: tuple[PossibleStep, ...]
    """The steps that may have been taken by the day of the view, because their dates are imprecise.
    The other attributes do not count them."""
    presumed: bool
    """Whether the status is presumed: it rests on the unconfirmed absence of an entry."""
    timeliness: Timeliness | None
    """How the verdict relates to the deadline. None without a deadline or a verdict."""
    overdue: bool
    """Whether the timeliness is ``overdue``."""
    deadline: Deadline | None
    """The deadline in force on the day of the view."""
    deadlines: tuple[SetDeadline, ...]
    """All deadlines, in the order in which they were set."""
    history: tuple[Step, ...]
    """The steps so far, the opening first."""
    future: tuple[FutureEvent, ...]
    """The events that were recorded in advance for later dates, in the order of their dates."""
    next: tuple[NextStep, ...]
    """The steps that are possible now."""
    clocks: tuple[RunningClock, ...]
    """The clocks that fire if nothing more is recorded, one after the other."""
    remarks: tuple[Remarked, ...]
    """The events that did not change the status."""
    deposits: tuple[Deposited, ...]
    """The instruments that parties deposited."""
    links: tuple[Linked, ...]
    """The relations of other commitments to this one."""
    linked_from: tuple[LinkedFrom, ...] | None
    """The relations that entries about other commitments state. None unless `View.standing` was
    asked for them."""
    identifiers: tuple[Identifier, ...]
    """The identifiers of the commitment in other systems."""
    language: str | None
    """The language of the title, if it is stated."""
    titles: Mapping[str, str]
    """The title in other languages."""
    responsible: tuple[Assigned, ...]
    """The bodies that are responsible on the day of the view."""
    may_be_responsible: tuple[Assigned, ...]
    """The bodies that may be responsible on that day, because a date is imprecise."""
    target: Target | None
    """The target, in numbers."""
    measurement: Measured | None
    """The latest measurement by the day of the view. The verdict does not depend on it."""
    conflicts: tuple[Conflict, ...]
    """The entries about it that contradict other entries."""
    corrections: int
    """The number of corrections that it rests on: the entries about it that were retracted."""
    retracted: tuple[RetractedEntry, ...]
    """These entries, on any day, with who retracted them, when and why. They are in the order of
    their dates; those without a date come first."""
    by: tuple[str, ...]
    """The parties that made it."""
    to: tuple[str, ...]
    """The parties it was made to."""
    made: datetime.date | Date
    """When it was made: a `Date` if only the month, year or range is known."""
    obligation: Obligation | None
    """The legal weight of the words. None for a matter without a promise."""
    words: Words | None
    """The exact words, with their source. None for a matter without a promise."""
    topics: tuple[str, ...]
    """The topics."""
    part_of: str | None
    """The commitment that this one is a part of."""
    procedure: str
    """The id of the procedure."""
    pin: ProcedureRef
    """The reference to the procedure: its id, version and digest."""
    repins: tuple[Repinned, ...]
    """The moves to other procedures, in the order in which they were recorded."""

    _readers = {"corrections": _zero_if_absent}
    __match_args__ = ("commitment", "status", "phase", "verdict")

    def _repr_html_(self) -> str:
        to = f" to {', '.join(self.to)}" if self.to else ""
        obligation = f": {self.obligation.value}" if self.obligation else ""
        made = _html.text(f", by {', '.join(self.by)}{to}{obligation}")
        words = self.words
        since = f", since {_html.nowrap(self.since)}" if self.since else ""
        possible = [f"{_html.title(step.title)} on {_html.nowrap(step.on)}" for step in self.may_have]
        facts = [
            ("Words", words and f"“{_html.text(words.text)}” {_html.link(words.source.title, words.source.url)}"),
            ("Made", _html.nowrap(self.made) + made),
            ("Status", _html.title(self.status_title, presumed=self.presumed) + since),
            ("May have reached", "<br>".join(possible)),
            ("Phase", _html.text(self.phase)),
            ("Verdict", _html.verdict(self.verdict)),
            ("Timeliness", _html.timeliness(self.timeliness)),
            ("Deadline", _html.nowrap(self.deadline)),
            ("Reason", _html.text(self.reason)),
            ("Part of", _html.text(self.part_of)),
            ("Responsible", _html.text(", ".join(assigned.body for assigned in self.responsible))),
        ]
        heading = f"<strong>{_html.text(self.title)}</strong> ({_html.text(self.commitment)})<br>"
        about = _html.table([], ([f"<strong>{name}</strong>", text] for name, text in facts if text))
        rows = [step._html_row() for step in self.history]
        history = _html.table(["On", "Status", "Basis", "Sources"], rows) if rows else ""
        return _html.page(heading + _html.as_of(self.on, self.known_at, self.as_published), about, history)


class Summary(Value, init=False):
    """The light form of a `Standing`, without history, evidence and outlook."""

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    status: str | None
    """The status. None if it is not known."""
    status_title: str | None
    """The title of the status in English, or in its first language."""
    phase: Phase | None
    """The phase. None if it is not known."""
    verdict: Verdict | None
    """The verdict. None before the commitment was made, if the status is not known, and for a
    matter without a promise."""
    reason: str | None
    """The reason why status, phase or verdict is None."""
    since: datetime.date | Date | None
    """The date of the step to the status: a `Date` if only the month, year or range is known."""
    may_have: tuple[str, ...]
    """The statuses that it may have reached by the day of the view, because the dates of the steps
    are imprecise."""
    presumed: bool
    """Whether the status is presumed: it rests on the unconfirmed absence of an entry."""
    timeliness: Timeliness | None
    """How the verdict relates to the deadline. None without a deadline or a verdict."""
    overdue: bool
    """Whether the timeliness is ``overdue``."""
    deadline: Deadline | None
    """The deadline in force on the day of the view."""
    corrections: int
    """The number of entries about it that were retracted."""
    by: tuple[str, ...]
    """The parties that made it."""
    to: tuple[str, ...]
    """The parties it was made to."""
    made: datetime.date | Date
    """When it was made: a `Date` if only the month, year or range is known."""
    obligation: Obligation | None
    """The legal weight of the words. None for a matter without a promise."""
    words: str | None
    """The exact words. None for a matter without a promise."""
    topics: tuple[str, ...]
    """The topics."""
    part_of: str | None
    """The commitment that this one is a part of."""
    responsible: tuple[str, ...]
    """The bodies that are responsible on the day of the view, each once."""
    procedure: str
    """The id of the procedure."""
    pin: ProcedureRef
    """The reference to the procedure: its id, version and digest."""

    _readers = {"corrections": _zero_if_absent}
    __match_args__ = ("commitment", "status", "phase", "verdict")


class Asked(Value, init=False):
    """The answer to whether one step is possible."""

    to: str
    """The status it leads to."""
    possible: bool
    """Whether the step is possible."""
    code: str | None
    """The code of the refusal. None if the step is possible."""
    text: str | None
    """The text of the refusal."""

    __match_args__ = ("to", "possible", "code")


class Outlook(Value, init=False):
    """The possible next steps of one commitment: the part of a standing that looks ahead."""

    commitment: str
    """The commitment."""
    title: str
    """The title of the commitment."""
    on: datetime.date
    """The day of the view."""
    known_at: datetime.datetime | None
    """The moment of knowledge of the view. None for all entries."""
    as_published: datetime.date | None
    """The day by which an entry must have been published to count. None for all entries."""
    status: str | None
    """The status. None if it is not known."""
    status_title: Mapping[str, str] | None
    """The title of the status by language."""
    phase: Phase | None
    """The phase. None if it is not known."""
    since: datetime.date | Date | None
    """The date of the step to the status: a `Date` if only the month, year or range is known."""
    may_have: tuple[PossibleStep, ...]
    """The steps that may have been taken by the day of the view, as their dates are imprecise."""
    presumed: bool
    """Whether the status is presumed: it rests on the unconfirmed absence of an entry."""
    reason: str | None
    """The reason why the status is None."""
    next: tuple[NextStep, ...]
    """The steps that are possible now."""
    clocks: tuple[RunningClock, ...]
    """The clocks that fire if nothing more is recorded, one after the other."""
    future: tuple[FutureEvent, ...]
    """The events that were recorded in advance for later dates, in the order of their dates."""
    asked: Asked | None
    """The answer about the step that the call asked about."""

    __match_args__ = ("commitment", "status", "next")
