"""The Trans-Pacific Partnership: considered, joined, signed, approved, and never in force."""

from servanda import Commitment, Opening, Source

from . import cptpp
from .desk import Desk
from .sources import CPTPP_TIMELINE, FEBRUARY_SUMMIT, diet_record, foreign_ministry, page, prime_minister, words

ID = "jp/tpp"
IN_THE_DIET = "jp/tpp-in-the-diet"

SENTENCE = "Japan will consider participation in the Trans-Pacific Partnership"

KYODO = page(
    "Kyodo News, in GlobalPost",
    "US government notifies Congress of its intent to include Japan in the TPP talks",
    "http://www.globalpost.com/dispatch/news/kyodo-news-international/130430/us-govt-notifies-congress-intent-include-japan-tpp-tal",
)
GAZETTE = page(
    "Canada Gazette",
    "SI/TR 101, Part II, 14 November 2018",
    "http://gazette.gc.ca/rp-pr/p2/2018/2018-11-14/html/si-tr101-eng.html",
)
JAPAN_NOTIFIES = foreign_ministry(
    "Notification of the completion of domestic procedures (TPP)", "mofaj/press/release/press4_004187.html"
)


def record(desk: Desk) -> None:
    tpp = Commitment(
        ID,
        "Participation in the Trans-Pacific Partnership",
        procedure="trade-agreement",
        by="jp",
        to="us",
        made="2013-01-18",
        obligation="consideration",
        words=words("will consider", SENTENCE),
        topics="trade",
    )
    desk.register("2013-01-18", tpp)

    _joining(desk)
    _in_the_diet(desk)
    _signed_and_blocked(desk)
    _superseded(desk)


def _joining(desk: Desk) -> None:
    statement = page(
        "Reuters",
        "Joint statement of the United States and Japan on the Trans-Pacific Partnership",
        "http://cn.reuters.com/article/usa-japan-abe-trade-idCNL1N0BMASB20130222",
    )
    desk.advance(
        ID,
        "consulting",
        "2013-02-22",
        statement,
        FEBRUARY_SUMMIT,
        note="Joint statement: all goods would be subject to negotiation, and no prior commitment was required.",
    )

    # Japan had committed to consider participation. With this decision the commitment is kept,
    # whatever happens later.
    sought = prime_minister(
        "Press conference on participation in the negotiations", "96_abe/statement/201303/15kaiken_e.html"
    )
    desk.advance(ID, "entry-sought", "2013-03-15", sought)

    desk.advance(ID, "consultations-completed", "2013-04-12", KYODO)
    agree = page(
        "US-NZ Council",
        "TPP members formally agree to let Japan join ongoing negotiations",
        "http://usnzcouncil.org/tpp-members-formally-agree-to-let-japan-join-ongoing-negotiations/",
    )
    desk.advance(ID, "accepted", "2013-04-20", agree, note="By consensus of the eleven members.")
    desk.remark(
        ID,
        "The US Trade Representative notifies Congress, which opens a period of ninety days",
        "2013-04-24",
        KYODO,
        note="The day is inferred from the report.",
    )
    joins = page(
        "China Daily",
        "Japan joins the TPP negotiations",
        "https://usa.chinadaily.com.cn/world/2013-07/23/content_16820108.htm",
    )
    desk.advance(ID, "negotiating", "2013-07-23", joins, note="At the eighteenth round, in Kota Kinabalu.")
    rounds = page(
        "Global Affairs Canada",
        "Trans-Pacific Partnership: rounds of negotiations",
        "http://www.international.gc.ca/trade-agreements-accords-commerciaux/agr-acc/tpp-ptp/rounds-series.aspx?lang=eng",
    )
    desk.advance(ID, "concluded", "2015-10-05", rounds, note="In Atlanta.")
    desk.advance(ID, "signed", "2016-02-04", GAZETTE, note="In Auckland.")


def _in_the_diet(desk: Desk) -> None:
    """The approval by the Diet is a part of the commitment, with its own procedure."""
    record = diet_record("190th", "8", "1DBF776")
    treaty = Commitment(
        IN_THE_DIET,
        "The Trans-Pacific Partnership Agreement in the Diet",
        procedure="diet-treaty-approval",
        by="jp",
        to="us",
        made="2013-01-18",
        obligation="consideration",
        words=words("will consider", SENTENCE),
        part_of=ID,
        topics="trade",
        opening=Opening("submitted", on="2016-03-08", sources=[record]),
    )
    desk.register("2016-03-08", treaty)
    desk.remark(
        IN_THE_DIET,
        "The words are those of the whole",
        "2016-03-08",
        note="The words of 18 January 2013 name the partnership, not its way through the Diet. The piece carries the "
        "word given about the whole; its own history opens with its submission.",
    )
    desk.advance(IN_THE_DIET, "lower-first-referred", "2016-03-24", record)
    desk.advance(IN_THE_DIET, "lower-carried-over", "2016-06-01", record)
    desk.advance(IN_THE_DIET, "lower-carried-over", "2016-08-03", diet_record("191st", "8 of the 190th", "1DBFD86"))

    record = diet_record("192nd", "8 of the 190th", "1DC09E2")
    desk.advance(IN_THE_DIET, "lower-first-referred", "2016-09-26", record)
    desk.advance(IN_THE_DIET, "lower-first-reported", "2016-11-04", record)
    desk.advance(IN_THE_DIET, "lower-first-passed", "2016-11-10", record, note="By a majority, standing.")
    desk.advance(IN_THE_DIET, "upper-second-referred", "2016-11-11", record)
    desk.advance(IN_THE_DIET, "upper-second-reported", "2016-12-09", record)
    desk.advance(
        IN_THE_DIET,
        "approved-by-both-houses",
        "2016-12-09",
        record,
        note="By a vote with names, on the thirtieth day counting the day of receipt.",
    )
    desk.attest(IN_THE_DIET, "2016-12-09", record, note="The record of the House has every step through both houses.")
    desk.advance(IN_THE_DIET, "deposited", "2017-01-20", JAPAN_NOTIFIES)

    # The same day as a step of the whole.
    desk.advance(ID, "approved", "2016-12-09", record)


def _signed_and_blocked(desk: Desk) -> None:
    desk.deposit(ID, "jp", "2017-01-20", JAPAN_NOTIFIES, instrument="notification")
    desk.advance(
        ID,
        "notified",
        "2017-01-20",
        JAPAN_NOTIFIES,
        note="To New Zealand, the depositary, by decision of the Cabinet on the same day.",
    )
    memorandum = Source(
        "Withdrawal of the United States from the Trans-Pacific Partnership (copy of the text)",
        "http://textilesandtrade.blogspot.com/2017/01/withdrawal-of-united-states-from-trans.html",
    )
    desk.remark(
        ID,
        "The President of the United States orders withdrawal from the agreement",
        "2017-01-23",
        memorandum,
        note="The source is a copy of the memorandum. A mirror of an encyclopedia gives 20 January, wrongly.",
    )
    column = page(
        "RIETI", "Column on the Trans-Pacific Partnership", "https://www.rieti.go.jp/en/columns/a01_0468.html"
    )
    desk.advance(
        ID,
        "blocked",
        "2017-01-30",
        GAZETTE,
        column,
        note="The US Trade Representative writes to the depositary that the United States does not intend to become "
        "a party.",
    )
    completed = page(
        "Library of Congress",
        "New Zealand: Ratification of Trans-Pacific Partnership Agreement Completed",
        "http://loc.gov/law/foreign-news/article/new-zealand-ratification-of-trans-pacific-partnership-agreement-completed/",
    )
    desk.deposit(ID, "nz", "2017-05-11", completed, instrument="notification", note="The second party to notify.")


def _superseded(desk: Desk) -> None:
    """The replacement by a successor needs its own step and a link.

    Entries about the successor do not affect this commitment.
    """
    desk.advance(ID, "superseded", "2018-12-30", CPTPP_TIMELINE)
    desk.succeeded(ID, cptpp.ID, "2018-12-30", CPTPP_TIMELINE)
    desk.advance(IN_THE_DIET, "superseded", "2018-12-30", CPTPP_TIMELINE)
    desk.succeeded(IN_THE_DIET, cptpp.IN_THE_DIET, "2018-12-30", CPTPP_TIMELINE)
