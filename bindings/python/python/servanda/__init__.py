"""Track the commitments of governments and institutions, with evidence for every step.

Servanda is a bitemporal, append-only ledger of dated and cited facts. A `Tracker` holds the ledger.
A `View` of it answers where each commitment stood on any day, as known at any moment.

>>> import servanda
>>> editorial = servanda.Source(
...     "U.S. - Japan Alliance Remains Cornerstone",
...     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
... )
>>> record = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm"
>>> with servanda.memory("desk") as tracker:
...     _ = tracker.register(servanda.Commitment(
...         "jp/hague-convention", "The Hague Abduction Convention", procedure="diet-treaty-approval", by="jp",
...         made="2013-01-18", obligation="consideration", words=servanda.Words("will consider", editorial),
...     ))
...     _ = tracker.advance("jp/hague-convention", "submitted", on="2013-03-15", sources=record)
...     standing = tracker.view(on="2013-06-01")["jp/hague-convention"]
>>> standing.status, standing.verdict
('submitted', <Verdict.IN_PROGRESS: 'in-progress'>)
"""

from . import builtin
from ._answers import (
    Agenda,
    AgendaItem,
    AsOf,
    Bodies,
    BodyTotals,
    Change,
    Changes,
    Delta,
    Part,
    Parts,
    Naming,
    Registration,
    Shift,
    Stale,
    UnknownDay,
)
from ._command import main
from ._commitment import Commitment, Opening, Responsible, Target
from ._entry import BatchPosition, Entry, Export, Logged, Observed, ObservedStanding
from ._errors import (
    DamagedError,
    InvalidError,
    PlaceError,
    RefusedError,
    ServandaError,
    StoppedError,
    UnknownError,
)
from ._fact_kinds import (
    Advance,
    Amend,
    Assign,
    Attest,
    Cite,
    Deposit,
    Link,
    Measure,
    Remark,
    Repin,
    Reschedule,
    Retract,
    Unassign,
)
from ._facts import Appendable, Define, Fact, Register, UnknownFact
from ._filter import Filter, LogFilter
from ._model import Identifier, Party, Source, Topic, Words
from ._picture import Picture
from ._procedure import Calendar, Clock, Period, Procedure, ProcedureRef, Recess, Rule, Status, Transition
from ._progress import Progress
from ._publishing import Published
from ._servanda import version as _version
from ._standing import (
    Asked,
    Assigned,
    Conflict,
    Deposited,
    FutureEvent,
    Linked,
    LinkedFrom,
    Measured,
    NextStep,
    Outlook,
    PossibleStep,
    Remarked,
    Repinned,
    RetractedEntry,
    Retraction,
    RunningClock,
    SetDeadline,
    Standing,
    Step,
    Summary,
)
from ._tables import Table
from ._tracker import Now, Observer, Tracker, create, memory, open
from ._treaty import ClockRule, EntryIntoForce, InForce, InForceAnswer, Instrument, InstrumentKind, PartyInForce
from ._value import Value
from ._view import View
from ._words import (
    Basis,
    Date,
    Deadline,
    Edge,
    Ending,
    EndingWord,
    Obligation,
    ObligationWord,
    Phase,
    PhaseWord,
    Relation,
    RelationWord,
    Timeliness,
    TimelinessWord,
    Verdict,
    VerdictWord,
)

__version__ = _version()
"""The version of the library."""

__all__ = [
    "Advance",
    "Agenda",
    "AgendaItem",
    "Amend",
    "Appendable",
    "AsOf",
    "Asked",
    "Assign",
    "Assigned",
    "Attest",
    "Basis",
    "BatchPosition",
    "Bodies",
    "BodyTotals",
    "Calendar",
    "Change",
    "Changes",
    "Cite",
    "Clock",
    "ClockRule",
    "Commitment",
    "Conflict",
    "DamagedError",
    "Date",
    "Deadline",
    "Define",
    "Delta",
    "Deposit",
    "Deposited",
    "Edge",
    "Ending",
    "EndingWord",
    "Entry",
    "EntryIntoForce",
    "Export",
    "Fact",
    "Filter",
    "FutureEvent",
    "Identifier",
    "InForce",
    "InForceAnswer",
    "Instrument",
    "InstrumentKind",
    "InvalidError",
    "Link",
    "Linked",
    "LinkedFrom",
    "LogFilter",
    "Logged",
    "Measure",
    "Measured",
    "NextStep",
    "Now",
    "Obligation",
    "ObligationWord",
    "Observed",
    "ObservedStanding",
    "Observer",
    "Opening",
    "Outlook",
    "Part",
    "Parts",
    "Party",
    "PartyInForce",
    "Period",
    "Phase",
    "PhaseWord",
    "Picture",
    "PlaceError",
    "PossibleStep",
    "Procedure",
    "ProcedureRef",
    "Progress",
    "Published",
    "Recess",
    "RefusedError",
    "Register",
    "Naming",
    "Registration",
    "Relation",
    "RelationWord",
    "Remark",
    "Remarked",
    "Repin",
    "Repinned",
    "Reschedule",
    "Responsible",
    "Retract",
    "RetractedEntry",
    "Retraction",
    "Rule",
    "RunningClock",
    "ServandaError",
    "SetDeadline",
    "Shift",
    "Source",
    "Stale",
    "Standing",
    "Status",
    "Step",
    "StoppedError",
    "Summary",
    "Table",
    "Timeliness",
    "TimelinessWord",
    "Target",
    "Topic",
    "Tracker",
    "Transition",
    "Unassign",
    "UnknownDay",
    "UnknownError",
    "UnknownFact",
    "Value",
    "Verdict",
    "VerdictWord",
    "View",
    "Words",
    "builtin",
    "create",
    "main",
    "memory",
    "open",
]


def _set_public_module() -> None:
    # Errors, help and pickles then name the module that users import.
    for name in __all__:
        public = globals()[name]
        if callable(public) and getattr(public, "__module__", "").startswith("servanda."):
            public.__module__ = "servanda"


_set_public_module()
