"""Filters of commitments."""

from __future__ import annotations

from typing import TypedDict

from ._words import Obligation, ObligationWord, Phase, PhaseWord, Timeliness, TimelinessWord, Verdict, VerdictWord


class Filter(TypedDict, total=False):
    """The keyword arguments that select commitments. A commitment must match all of them.

    ``party``: the party that made it, or that it was made to. ``procedure``: the id of the
    procedure. ``phase``, ``verdict``, ``timeliness``, ``obligation``: a member of the vocabulary, or
    its text. ``topic``: one of its topics. ``part_of``: the commitment that it is a part of.
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
