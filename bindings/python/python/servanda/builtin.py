"""The built-in procedures, calendars and treaties.

They are templates. The first commitment that uses a procedure copies it into the ledger, in the
same batch. From then on the copy on the ledger counts.

>>> from servanda import builtin
>>> [procedure.id for procedure in builtin.procedures()]
['action', 'base-realignment', 'diet-treaty-approval', 'pledge', 'position', 'trade-agreement']
>>> [treaty.id for treaty in builtin.treaties()]
['cptpp', 'hague-1980', 'paris', 'tpp']
"""

from __future__ import annotations

from . import _servanda
from ._procedure import Calendar, Procedure
from ._treaty import EntryIntoForce

__all__ = ["calendar", "calendars", "procedure", "procedures", "treaties", "treaty"]


def procedures() -> tuple[Procedure, ...]:
    """All built-in procedures, by id."""
    return tuple(map(Procedure._of, _servanda.built_in("procedure")))


def calendars() -> tuple[Calendar, ...]:
    """All built-in calendars, by id."""
    return tuple(map(Calendar._of, _servanda.built_in("calendar")))


def treaties() -> tuple[EntryIntoForce, ...]:
    """The articles on entry into force of all built-in treaties, by id."""
    return tuple(map(EntryIntoForce._of, _servanda.built_in("treaty")))


def procedure(id: str) -> Procedure:
    """The built-in procedure with an id. Raises `UnknownError` (``no-procedure``)."""
    return Procedure._of(_servanda.built_in_named("procedure", id))


def calendar(id: str) -> Calendar:
    """The built-in calendar with an id. Raises `InvalidError` (``unknown-word``)."""
    return Calendar._of(_servanda.built_in_named("calendar", id))


def treaty(id: str) -> EntryIntoForce:
    """The article of a built-in treaty. Raises `InvalidError` (``unknown-word``)."""
    return EntryIntoForce._of(_servanda.built_in_named("treaty", id))
