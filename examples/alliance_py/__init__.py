"""The story of the alliance of 2013, topic by topic. `hague` is the one to begin with; `desk` is where facts meet the ledger."""

import servanda

from . import cptpp, guam, hague, okinawa, others, parties, tpp
from .desk import Desk


def story() -> servanda.Tracker:
    """The story, from its sources to a tracker that holds it."""
    desk = Desk()
    for topic in (parties, hague, tpp, cptpp, okinawa, guam, others):
        topic.tell(desk)
    return desk.write_down()
