"""The story of the alliance of 2013, topic by topic.

Start with `hague`; `desk` collects the entries and writes them to the ledger.
"""

import servanda

from . import cptpp, guam, hague, okinawa, others, parties, tpp
from .desk import Desk


def story() -> servanda.Tracker:
    """Builds the ledger of the whole story."""
    desk = Desk()
    for topic in (parties, hague, tpp, cptpp, okinawa, guam, others):
        topic.record(desk)
    return desk.into_tracker()
