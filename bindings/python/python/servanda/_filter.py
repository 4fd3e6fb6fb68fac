"""Which commitments a question is about."""

from __future__ import annotations

from typing import TypedDict

from ._words import Obligation, Phase, Verdict


class Filter(TypedDict, total=False):
    """Which commitments a question is about: those that have everything that is given, as keyword arguments."""

    party: str
    """By or to this party."""
    procedure: str
    """Through this procedure."""
    phase: Phase | str
    """In this phase."""
    verdict: Verdict | str
    """With this verdict."""
    obligation: Obligation | str
    """Of this legal weight."""
    topic: str
    """Under this topic."""
    part_of: str
    """A piece of this commitment."""
