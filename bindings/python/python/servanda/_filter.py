"""Filters of commitments and of entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypedDict

from ._words import Obligation, ObligationWord, Phase, PhaseWord, Timeliness, TimelinessWord, Verdict, VerdictWord


class Filter(TypedDict, total=False):
    """The keyword arguments that select commitments. A commitment must match all of them.

    ``party``: the party that made it, or that it was made to. ``procedure``: the id of the
    procedure. ``phase``, ``verdict``, ``timeliness``, ``obligation``: a member of the vocabulary, or
    its text. ``topic``: one of its topics. ``part_of``: the commitment that it is a part of. ``body``:
    the body that is responsible on the day of the view.
    """

    party: str
    """The party that made it, or that it was made to."""
    procedure: str
    """The id of the procedure."""
    phase: Phase | PhaseWord
    """The phase."""
    verdict: Verdict | VerdictWord
    """The verdict."""
    timeliness: Timeliness | TimelinessWord
    """How the verdict relates to the deadline."""
    obligation: Obligation | ObligationWord
    """The legal weight of the words."""
    topic: str
    """One of its topics."""
    part_of: str
    """The commitment that it is a part of."""
    body: str
    """The body that is responsible on the day of the view."""


class LogFilter(TypedDict, total=False):
    """The keyword arguments that select entries of a log. An entry must match all of them.

    ``commitment``: the commitment that it is about, or several. ``kind``: the kind of fact, such as
    ``advance``, or several. ``recorded_by``: the recorder, or several. ``since`` and ``until``: the
    first and the last moment of recording, inclusive. ``limit``: the maximum number of entries, of
    which the newest are kept.
    """

    commitment: str | Iterable[str]
    """The commitment that the entry is about, or several."""
    kind: str | Iterable[str]
    """The kind of fact, such as ``advance``, or several."""
    recorded_by: str | Iterable[str]
    """The recorder, or several."""
    since: datetime.datetime | datetime.date | str
    """The first moment of recording. A day means its start in UTC."""
    until: datetime.datetime | datetime.date | str
    """The last moment of recording. A day means its end in UTC."""
    limit: int
    """The maximum number of entries. The newest are kept."""
