"""The four commitments without a legal procedure: the Security Council, the abductees, the Senkaku
Islands, the visit."""

from servanda import Commitment, Words

from .desk import Desk
from .sources import FEBRUARY_SUMMIT, editorial, foreign_ministry, japan_times, page, page_in_japanese, words

SECURITY_COUNCIL = "us-jp/security-council"
ABDUCTEES = "us/abductees"
SENKAKU = "us/senkaku"
VISIT = "us/abe-visit"


def record(desk: Desk) -> None:
    _security_council(desk)
    _abductees(desk)
    _senkaku(desk)
    _visit(desk)


def _security_council(desk: Desk) -> None:
    sentence = (
        "The two diplomats also discussed their joint commitment to strong action by the United Nations Security "
        "Council in response to North Korea's December 12 launch using ballistic missile technology."
    )
    commitment = Commitment(
        SECURITY_COUNCIL,
        "Strong action by the UN Security Council on the launch of 12 December 2012",
        procedure="action",
        by=["us", "jp"],
        made="2013-01-18",
        obligation="result",
        words=words("joint commitment to", sentence),
        topics="north-korea",
    )
    desk.register("2013-01-18", commitment)
    statement = page(
        "United Nations",
        "Statement attributable to the Spokesperson for the Secretary-General on the resolution",
        "https://www.un.org/sg/en/content/sg/statement/2013-01-22/statement-attributable-spokesperson-secretary-general-resolution",
    )
    desk.advance(SECURITY_COUNCIL, "done", "2013-01-22", statement, note="Resolution 2087, adopted unanimously.")


def _abductees(desk: Desk) -> None:
    sentence = (
        "Secretary Clinton reiterated U.S. support in Japan's efforts to return Japanese citizens who have been "
        "abducted by North Korea."
    )
    commitment = Commitment(
        ABDUCTEES,
        "Return of Japanese citizens abducted by North Korea",
        procedure="action",
        by="us",
        to="jp",
        made="2013-01-18",
        obligation="conduct",
        words=words("support", sentence),
        topics="north-korea",
    )
    desk.register("2013-01-18", commitment)
    kin = japan_times(
        "Obama meets abductees' kin, pledges to help solve issue",
        "news/2014/04/24/national/obama-meets-abductees-kin-pledges-help-solve-issue/",
    )
    desk.advance(
        ABDUCTEES,
        "under-way",
        "2014-04-24",
        kin,
        note="President Obama meets families of the abductees in Tokyo and says that the United States will help to "
        "resolve the matter: the first act of support that the sources at hand date. It need not have been the first.",
    )
    desk.remark(
        ABDUCTEES,
        "North Korea agrees to investigate the abductions again",
        "2014-05-29",
        page(
            "The Mainichi",
            "North Korea agrees to reinvestigate the abductions",
            "http://mainichi.jp/english/english/newsselect/news/20140529p2g00m0dm059000c.html",
        ),
        page(
            "NDTV",
            "North Korea to investigate kidnappings of Japanese citizens",
            "http://www.ndtv.com/world-news/north-korea-to-investigate-kidnappings-of-japanese-citizens-564539",
        ),
        note="Announced by both countries. Neither is the party that gave this word.",
    )


def _senkaku(desk: Desk) -> None:
    """Repeating a position does not change the status, so a restatement is a remark."""
    sentence = (
        "The United States does not take a position on the sovereignty of the islands, though it acknowledges "
        "Japanese administration and opposes unilateral action that would undermine it"
    )
    commitment = Commitment(
        SENKAKU,
        "No position on sovereignty of the Senkaku Islands; opposition to unilateral action",
        procedure="position",
        by="us",
        to="jp",
        made="2013-01-18",
        obligation="position",
        words=words("reiterated", sentence),
        topics="security",
    )
    desk.register("2013-01-18", commitment)
    desk.remark(
        SENKAKU,
        "President Obama restates it in Tokyo",
        "2014-04-24",
        japan_times(
            "Obama tells Abe security treaty covers Senkakus",
            "news/2014/04/24/national/obama-tells-abe-security-treaty-covers-senkakus/",
        ),
        page(
            "U.S. Pacific Command",
            "Obama: U.S. treaty commitment to Japan is absolute",
            "https://www.pacom.mil/Media/News/Article/564126/obama-us-treaty-commitment-to-japan-is-absolute/",
        ),
        note="Article 5 of the security treaty covers the islands; no position on sovereignty.",
    )
    assurances = page(
        "Ryan Scoville",
        "Further U.S. Assurances on the Senkaku Islands",
        "https://ryanscoville.com/2015/05/01/further-u-s-assurances-on-the-senkaku-islands/",
    )
    desk.remark(SENKAKU, "Restated during Prime Minister Abe's visit to Washington", "2015-04-28", assurances)


def _visit(desk: Desk) -> None:
    commitment = Commitment(
        VISIT,
        "A visit of Prime Minister Abe to Washington in February",
        procedure="action",
        by=["us", "jp"],
        made="2013-01-18",
        obligation="result",
        words=Words("has invited", editorial()),
        topics="alliance",
        deadline="2013-02",
    )
    desk.register("2013-01-18", commitment)
    kishida = page_in_japanese(
        "Fumio Kishida",
        "日米外相会談",
        "https://kishida.gr.jp/activity/464",
        quotation="双方は,2月第三週に安倍総理が訪米し",
    )
    summary = foreign_ministry("Japan-U.S. Foreign Ministers' Meeting (Summary)", "region/n-america/us/130118_01.html")
    desk.remark(VISIT, "Both sides speak of the third week of February", "2013-01-18", kishida, summary)
    desk.advance(VISIT, "done", "2013-02-22", FEBRUARY_SUMMIT)
