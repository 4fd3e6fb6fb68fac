"""Keep track of what governments and institutions said they would do, with the evidence for every step.

A `Tracker` keeps a ledger of dated, attributed, cited entries. A `View` of it answers where anything stood, on any day, as known at any moment.

>>> import servanda
>>> from datetime import date
>>> editorial = servanda.Source(
...     "U.S. - Japan Alliance Remains Cornerstone",
...     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
... )
>>> record = servanda.Source(
...     "183rd Diet, treaty no. 1", "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm"
... )
>>> with servanda.memory("desk") as tracker:
...     _ = tracker.register(servanda.Commitment(
...         "jp/hague-convention", "The Hague Abduction Convention", procedure="diet-treaty-approval", by="jp",
...         made=date(2013, 1, 18), obligation="consideration", words=servanda.Words("will consider", editorial),
...     ))
...     _ = tracker.advance("jp/hague-convention", "submitted", on=date(2013, 3, 15), sources=[record])
...     standing = tracker.view(on=date(2013, 6, 1)).standing("jp/hague-convention")
>>> standing.status, standing.verdict
('submitted', <Verdict.IN_PROGRESS: 'in-progress'>)
"""

from . import builtin
from ._answers import (
    Agenda,
    AgendaItem,
    AsOf,
    Change,
    Changes,
    Delta,
    Part,
    Parts,
    Registration,
    Shift,
    Stale,
    UnknownDay,
)
from ._command import main
from ._commitment import Commitment, Opening
from ._entry import BatchMark, Entry, Export, Observed, ObservedStanding
from ._errors import (
    DamagedError,
    InvalidError,
    PlaceError,
    RefusedError,
    ServandaError,
    StoppedError,
    UnknownError,
)
from ._facts import (
    Advance,
    Amend,
    Appended,
    Attest,
    Cite,
    Define,
    Deposit,
    Fact,
    Link,
    Register,
    Remark,
    Reschedule,
    Retract,
    UnknownFact,
)
from ._filter import Filter
from ._model import Identifier, Party, Source, Words
from ._procedure import Calendar, Clock, Period, Pin, Procedure, Recess, Rule, Status, Transition
from ._progress import Progress
from ._servanda import Table
from ._servanda import version as _version
from ._standing import (
    Asked,
    Brief,
    Conflict,
    Deposited,
    Linked,
    NextStep,
    Outlook,
    Remarked,
    RunningClock,
    SetDeadline,
    Standing,
    Step,
)
from ._tracker import Now, Observer, Tracker, create, memory, open
from ._treaty import EntryIntoForce, GivenRule, InForce, Instrument, PartyInForce
from ._value import Value
from ._view import View
from ._words import Basis, Date, Deadline, Edge, Ending, Obligation, Phase, Relation, Verdict

__version__ = _version()
"""The version of the library."""

__all__ = [
    "Advance",
    "Agenda",
    "AgendaItem",
    "Amend",
    "Appended",
    "AsOf",
    "Asked",
    "Attest",
    "Basis",
    "BatchPosition",
    "Brief",
    "Calendar",
    "Change",
    "Changes",
    "Cite",
    "Clock",
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
    "Entry",
    "EntryIntoForce",
    "Export",
    "Fact",
    "Filter",
    "ClockRule",
    "Identifier",
    "InForce",
    "Instrument",
    "InvalidError",
    "Link",
    "Linked",
    "NextStep",
    "Now",
    "Obligation",
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
    "ProcedureRef",
    "PlaceError",
    "Procedure",
    "Progress",
    "Recess",
    "RefusedError",
    "Register",
    "Registration",
    "Relation",
    "Remark",
    "Remarked",
    "Reschedule",
    "Retract",
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
    "Table",
    "Tracker",
    "Transition",
    "UnknownDay",
    "UnknownError",
    "UnknownFact",
    "Value",
    "Verdict",
    "View",
    "Words",
    "builtin",
    "create",
    "main",
    "memory",
    "open",
]


def _name_what_is_public() -> None:
    # Where people find them is what they are called in errors, in help and in pickles.
    for name in __all__:
        public = globals()[name]
        if callable(public) and getattr(public, "__module__", "").startswith("servanda."):
            public.__module__ = "servanda"


_name_what_is_public()
