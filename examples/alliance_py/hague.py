"""The Hague Abduction Convention in the Diet.

It was carried over, dropped, submitted again, approved on the last possible day, and is in force.
"""

from servanda import ClockRule, Commitment, Opening, Rule, Words

from .desk import Desk
from .sources import diet_record, editorial, foreign_ministry, japan_times, page, page_in_japanese

ID = "jp/hague-convention"

EMBASSY = page_in_japanese(
    "Embassy of Japan in the Netherlands",
    "The Hague Convention",
    "https://www.nl.emb-japan.go.jp/j/policy/hague_convention.html",
)


def record(desk: Desk) -> None:
    preparing = foreign_ministry("Cabinet approval of preparations for the Convention", "fp/hr_ha/page22e_000251.html")
    convention = Commitment(
        ID,
        "The 1980 Hague Abduction Convention in the Diet",
        procedure="diet-treaty-approval",
        by="jp",
        to="us",
        made="2013-01-18",
        obligation="consideration",
        words=Words("will consider", editorial()),
        topics="family",
        opening=Opening("preparing", on="2011-05-20", sources=[preparing]),
        # The Convention states when it enters into force for a state that joins, so a clock takes
        # that step.
        rules={
            "entry-into-force": ClockRule("Hague Convention of 25 October 1980, art. 43(2)(1)", Rule.first_of_month(3))
        },
    )
    desk.register("2013-01-18", convention)

    _statements(desk)
    _first_attempt(desk)
    _second_attempt(desk)
    _after_approval(desk)


def _statements(desk: Desk) -> None:
    afp = page(
        "Tengrinews (AFP)",
        "Japan says will sign child abduction treaty",
        "https://en.tengrinews.kz/laws_initiatives/japan-says-will-sign-child-abduction-treaty-16143",
        quotation="The government of Japan is intending to go through the necessary procedures for early signing of "
        "the treaty",
    )
    desk.remark(
        ID,
        "What the Foreign Minister was quoted as saying",
        "2013-01-18",
        afp,
        japan_times(
            "Japan to join child abduction treaty",
            "news/2013/01/20/national/japan-to-join-child-abduction-treaty/",
        ),
        note='The words registered here are the weaker ones, "will consider". News reports of the meeting quote the '
        "Foreign Minister with more: that the government intended to go through the procedures for an early signing.",
    )


def _first_attempt(desk: Desk) -> None:
    """2012, before the commitment was made."""
    record = diet_record("180th", "7", "1DB091E")
    bar = page_in_japanese(
        "Osaka Bar Association",
        "The Hague Convention",
        "http://www.osakaben.or.jp/01-aboutus/committee/room/hague/04.php",
    )
    desk.advance(ID, "submitted", "2012-03-09", record, bar)
    desk.advance(ID, "lower-first-referred", "2012-08-28", record)
    desk.advance(ID, "lower-carried-over", "2012-09-07", record)

    record = diet_record("181st", "7 of the 180th", "1DB2B5E")
    desk.advance(ID, "lower-first-referred", "2012-10-29", record)
    # The clock alone would only presume the drop at the dissolution. This entry from the record of
    # the House confirms it.
    desk.advance(ID, "dropped", "2012-11-16", record, note="The House of Representatives was dissolved.")


def _second_attempt(desk: Desk) -> None:
    """2013, after the commitment was made."""
    record = diet_record("183rd", "1", "1DB429A")
    cabinet = japan_times(
        "Cabinet OKs bills for Hague treaty", "news/2013/03/16/national/cabinet-oks-bills-for-hague-treaty/"
    )
    desk.advance(ID, "submitted", "2013-03-15", record, cabinet)
    desk.advance(ID, "lower-first-referred", "2013-04-04", record)
    desk.advance(ID, "lower-first-reported", "2013-04-19", record)
    custody_pact = japan_times(
        "Lower House OKs ratification of child custody pact",
        "news/2013/04/23/national/politics-diplomacy/lower-house-oks-ratification-of-child-custody-pact/",
    )
    desk.advance(ID, "lower-first-passed", "2013-04-23", record, custody_pact, note="Unanimously.")
    desk.advance(ID, "upper-second-referred", "2013-05-15", record)
    desk.advance(ID, "upper-second-reported", "2013-05-21", record)
    desk.advance(
        ID,
        "approved-by-both-houses",
        "2013-05-22",
        record,
        EMBASSY,
        note="Unanimously, on the thirtieth day counting the day of receipt: the last on which a vote could be taken.",
    )
    desk.attest(ID, "2013-05-22", record, note="The record of the House has every step through both houses.")
    desk.remark(ID, "The upper house passes the Implementing Act", "2013-06-12", EMBASSY)


def _after_approval(desk: Desk) -> None:
    signed = foreign_ministry("Signing and acceptance of the Convention", "press/release/press18e_000032.html")
    desk.deposit(
        ID,
        "jp",
        "2014-01-24",
        signed,
        instrument="acceptance",
        note="The Ministry speaks of acceptance; the table of the Hague Conference on Private International Law marks "
        "it as a ratification.",
    )
    desk.advance(
        ID,
        "deposited",
        "2014-01-24",
        signed,
        note="The Cabinet decided on signature, acceptance and promulgation on the same day.",
    )
    # It enters into force on 1 April 2014 by the rule of the Convention.
    in_force = foreign_ministry(
        "Entry into force of the Convention for Japan", "mofaj/press/release/press4_000804.html"
    )
    desk.remark(ID, "Japan's Central Authority starts work", "2014-04-01", in_force)
