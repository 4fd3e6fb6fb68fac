"""Relocation to Guam, and the agreement of 2009, which the Diet approved although one house
rejected it."""

from servanda import Commitment, Opening, Words

from . import okinawa
from .desk import Desk
from .sources import APRIL_2012, FEBRUARY_2012, ROADMAP, diet_record, page, page_in_japanese

ID = "us/base-realignment/guam-relocation"
AGREEMENT = "jp/guam-agreement-2009"

CONGRESSIONAL_RESEARCH = page(
    "Congressional Research Service",
    "Guam: U.S. Defense Deployments",
    "https://docslib.org/doc/6837447/guam-u-s-defense-deployments",
)
DIGEST = page(
    "Lawi, from the Digest of United States Practice in International Law",
    "Protocol to the Guam International Agreement",
    "https://lawin.org/protocol-to-the-guam-international-agreement/",
)


def record(desk: Desk) -> None:
    _relocation(desk)
    _agreement(desk)


def _relocation(desk: Desk) -> None:
    opening = Opening("plan-agreed", on="2006-05-01", sources=[ROADMAP, CONGRESSIONAL_RESEARCH])
    guam = okinawa.realignment(ID, "Relocation of Marines from Okinawa to Guam", part_of=okinawa.ID, opening=opening)
    desk.register("2013-01-18", guam)
    desk.advance(ID, "plan-agreed", "2012-02-08", FEBRUARY_2012, note="It no longer waits for Futenma.")
    desk.advance(ID, "plan-agreed", "2012-04-27", APRIL_2012, note="About 9,000 Marines are to leave Okinawa.")
    desk.remark(ID, "A protocol that amends the agreement of 2009 is signed", "2013-10-03", DIGEST)
    begins = page(
        "Stars and Stripes",
        "Marines begin relocation from Okinawa to Guam",
        "https://stripes.com/branches/marine_corps/2024-12-18/marines-relocation-guam-okinawa-16204078.html",
    )
    desk.advance(
        ID,
        "relocation-under-way",
        "2024-12-14",
        begins,
        note="About 100 logistics troops. This is the day announced; by the same report transfers had begun months "
        "before.",
    )


def _agreement(desk: Desk) -> None:
    """All of this happened before the ledger begins, so it is recorded on its first day."""
    title = (
        "Concerning the Implementation of the Relocation of the III Marine Expeditionary Force Personnel and Their "
        "Dependents From Okinawa to Guam"
    )
    treaty = Commitment(
        AGREEMENT,
        "The Guam Agreement of 2009 in the Diet",
        procedure="diet-treaty-approval",
        by="jp",
        to="us",
        made="2009-02-17",
        obligation="result",
        words=Words(title, CONGRESSIONAL_RESEARCH),
        part_of=ID,
        topics="bases",
    )
    desk.register("2013-01-18", treaty)
    desk.remark(
        AGREEMENT,
        "The words are from the agreement's title",
        "2009-02-17",
        CONGRESSIONAL_RESEARCH,
        note="It was signed in Tokyo on this day, which counts as the day the word was given.",
    )

    record = diet_record("171st", "1", "1DA5556")
    desk.advance(AGREEMENT, "submitted", "2009-02-24", record)
    desk.advance(AGREEMENT, "lower-first-referred", "2009-03-26", record)
    desk.advance(AGREEMENT, "lower-first-reported", "2009-04-10", record)
    desk.advance(AGREEMENT, "lower-first-passed", "2009-04-14", record)
    desk.advance(AGREEMENT, "upper-second-referred", "2009-04-15", record)
    desk.advance(AGREEMENT, "upper-second-reported", "2009-05-12", record, note="Against approval.")

    # Three steps on one day. They count in the order in which they are recorded.
    desk.advance(AGREEMENT, "upper-second-rejected", "2009-05-13", record)
    disagreed = diet_record("171st", "1, on which the Houses disagreed", "1DA60C2")
    desk.advance(AGREEMENT, "conference-failed", "2009-05-13", disagreed)
    qab = page_in_japanese("QAB", "The Guam Agreement in the Diet", "http://www.qab.co.jp/news/200905139068.html")
    desk.advance(
        AGREEMENT,
        "approved-after-rejection",
        "2009-05-13",
        record,
        qab,
        note="The decision of the House of Representatives became that of the Diet.",
    )
    desk.attest(AGREEMENT, "2009-05-13", record, note="The record of the House has every step through both houses.")

    desk.advance(AGREEMENT, "in-force", "2009", DIGEST, note="The sources at hand have the year only.")
