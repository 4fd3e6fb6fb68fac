"""Base realignment: the whole, and its parts on Okinawa."""

from __future__ import annotations

from servanda import Commitment, Opening, Source, Words

from .desk import Desk
from .sources import (
    APRIL_2012,
    CONSOLIDATION_PLAN,
    FEBRUARY_2012,
    ROADMAP,
    japan_times,
    page,
    ryukyu_shimpo,
    words,
)

ID = "us/base-realignment"
FUTENMA = "us/base-realignment/futenma-replacement"
DESIGN_CHANGE = "us/base-realignment/futenma-design-change"
NORTHERN_TRAINING_AREA = "us/base-realignment/northern-training-area"
CONSOLIDATION = "us/base-realignment/consolidation-plan-returns"

SECOND_RETURN = ryukyu_shimpo("West Futenma Housing Area returned", "http://english.ryukyushimpo.jp/2015/04/06/18052")
ARKANSAS = page(
    "Arkansas Online",
    "U.S. soon to finish return of Japan's land",
    "http://www.arkansasonline.com/news/2016/dec/07/pupil-s-remains-identified-mexican-says/",
)


def record(desk: Desk) -> None:
    _the_whole(desk)
    _futenma_permit(desk)
    _futenma_revoked(desk)
    _futenma_withdrawn(desk)
    _design_change(desk)
    _northern_training_area(desk)
    _consolidation(desk)


def realignment(id: str, title: str, *, part_of: str | None = None, opening: Opening | None = None) -> Commitment:
    """The commitment of 18 January 2013, whose words the whole and its parts share."""
    sentence = (
        "The United States will work toward lessening the impact of its military on host communities through base "
        "realignment."
    )
    return Commitment(
        id,
        title,
        procedure="base-realignment",
        by=["us", "jp"],
        made="2013-01-18",
        obligation="conduct",
        words=words("will work toward", sentence),
        topics="bases",
        part_of=part_of,
        opening=opening,
    )


def _the_whole(desk: Desk) -> None:
    opening = Opening("plan-agreed", on="2006-05-01", sources=[ROADMAP])
    desk.register(
        "2013-01-18",
        realignment(ID, "Less impact of US forces on host communities, through base realignment", opening=opening),
    )
    desk.remark(
        ID,
        "Its pieces are commitments of their own",
        "2013-01-18",
        note="Most of them were not named on 18 January 2013. A piece carries the word given about the whole, unless "
        "it has a later one of its own. Where the whole stands is not derived from its pieces.",
    )

    desk.advance(ID, "plan-agreed", "2012-02-08", FEBRUARY_2012, note="The move to Guam no longer waits for Futenma.")
    desk.advance(
        ID,
        "plan-agreed",
        "2012-04-27",
        APRIL_2012,
        page("KUAM News", "Joint statement on the realignment", "http://www.kuam.com/story/17812401/"),
        note="About 9,000 Marines are to leave Okinawa. The day is that of Tokyo.",
    )
    desk.advance(ID, "plan-agreed", "2013-04-05", CONSOLIDATION_PLAN, note="The Okinawa Consolidation Plan.")
    # Only the month is known, so the step counts from the last day of the month.
    desk.advance(
        ID,
        "under-way",
        "2013-08",
        SECOND_RETURN,
        note="The first land is returned under the plan. The sources at hand have the month only.",
    )


def _futenma_permit(desk: Desk) -> None:
    futenma = realignment(
        FUTENMA,
        "A replacement for Marine Corps Air Station Futenma, at Henoko",
        part_of=ID,
        opening=Opening("plan-agreed", on="2006-05-01", sources=[ROADMAP]),
    )
    desk.register("2013-01-18", futenma)
    application = page(
        "Dredging Today",
        "Japan: Ministry submits application for land reclamation",
        "https://www.dredgingtoday.com/2013/03/29/japan-ministry-submits-application-for-land-reclamation/",
    )
    desk.advance(FUTENMA, "permit-applied", "2013-03-22", application, note="By the Okinawa Defense Bureau.")
    approves = ryukyu_shimpo(
        "Governor Nakaima approves the landfill", "https://english.ryukyushimpo.jp/2013/12/28/12672/"
    )
    desk.advance(FUTENMA, "permit-granted", "2013-12-27", approves, note="By Governor Nakaima.")


def _futenma_revoked(desk: Desk) -> None:
    """Revoked, suspended, restarted, halted by a settlement, restored."""
    desk.advance(
        FUTENMA,
        "permit-revoked",
        "2015-10-13",
        ryukyu_shimpo("Governor Onaga revokes the approval", "https://english.ryukyushimpo.jp/2015/10/13/23789/"),
        page(
            "Okinawanderer",
            "Governor makes revocation of Henoko landfill permit official",
            "https://www.okinawanderer.com/2015/10/governor-makes-revocation-of-henoko-landfill-permit-official/",
        ),
        note="By Governor Onaga.",
    )
    desk.remark(
        FUTENMA,
        "The Ministry of Defense appeals to the land minister, and asks for a suspension",
        "2015-10-14",
        ryukyu_shimpo("Ministry of Defense appeals", "https://english.ryukyushimpo.jp/2015/10/19/23822/"),
    )
    restart = page(
        "Japan Press Weekly",
        "On the restart of works at Henoko, 30 October 2015",
        "https://japan-press.co.jp/modules/news/index.php?id=8675",
    )
    desk.advance(FUTENMA, "revocation-suspended", "2015-10-27", restart)
    desk.advance(FUTENMA, "works", "2015-10-29", restart)

    later = ryukyu_shimpo("Governor Onaga cancels his revocation", "http://english.ryukyushimpo.jp/2016/12/29/26224")
    desk.advance(
        FUTENMA,
        "works-halted",
        "2016-03-04",
        later,
        page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2018/02/yoshikawa"),
        note="A settlement in court. Works stood still for about a year.",
    )
    desk.remark(
        FUTENMA,
        "A high court holds the revocation illegal",
        "2016-09-16",
        japan_times(
            "High court in Naha rules on the state's suit over the base",
            "news/2016/09/16/national/crime-legal/high-court-naha-set-rule-suit-state-okinawa-nago-base-plan/",
        ),
        note="The Naha branch of the Fukuoka High Court.",
    )
    desk.remark(FUTENMA, "The Supreme Court rules against the prefecture", "2016-12-20", later)
    desk.advance(FUTENMA, "permit-restored", "2016-12-26", later, note="The Governor undoes his revocation.")
    seawall = page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2017/11/yoshikawa")
    desk.advance(FUTENMA, "works", "2017-04-25", seawall, note="Works on the seawall.")


def _futenma_withdrawn(desk: Desk) -> None:
    """Withdrawn, suspended, restarted; then only events that do not change the status."""
    withdrawn = page(
        "The Mainichi",
        "Okinawa Prefecture retracts the approval",
        "https://mainichi.jp/english/articles/20180901/p2a/00m/0na/015000c",
    )
    desk.advance(FUTENMA, "permit-withdrawn", "2018-08-31", withdrawn)
    suspended = page(
        "Japan Press Weekly",
        "Land Minister issues decision to allow Henoko landfill work to be resumed",
        "https://japan-press.co.jp/modules/news/index.php?id=11823",
    )
    desk.advance(FUTENMA, "withdrawal-suspended", "2018-10-30", suspended)
    desk.advance(FUTENMA, "works", "2018-11-01", japan_times("Works at Henoko restart", "?post_type=news&p=1612709"))
    soil = japan_times(
        "Japan starts landfill work for move of unpopular U.S. base",
        "news/2018/12/14/national/japan-starts-landfill-work-move-unpopular-u-s-base-okinawa/",
    )
    desk.remark(FUTENMA, "Soil is poured into the sea for the first time", "2018-12-14", soil)
    referendum = page(
        "The Asahi Shimbun",
        "Result of the prefectural referendum",
        "http://www.asahi.com/ajw/articles/AJ201902250016.html",
    )
    desk.remark(
        FUTENMA,
        "The prefecture votes against the landfill in a referendum",
        "2019-02-24",
        referendum,
        note="434,273 against, at a turnout of 52.48 per cent. Sources differ about the share, which one gives as "
        "72.15 per cent of valid votes and another as 71.7 per cent of all.",
    )
    voids = japan_times(
        "Japan's land minister voids Okinawa's move to halt construction of U.S. base at Henoko",
        "news/2019/04/05/national/japans-land-minister-voids-okinawas-move-halt-construction-u-s-base-henoko/",
    )
    desk.remark(FUTENMA, "The land minister annuls the withdrawal of the approval", "2019-04-05", voids)


def _design_change(desk: Desk) -> None:
    """The change of design progresses while the works continue, so it is a part of its own."""
    jiji = page(
        "Nippon.com (Jiji Press)",
        "Okinawa Rejects Henoko Design Change Application",
        "https://www.nippon.com/en/news/yjj2021112500789/okinawa-rejects-henoko-design-change-application.html",
    )
    embassy = page(
        "U.S. Embassy in Japan",
        "GOJ counters Okinawa's rejection of Henoko design changes",
        "https://jmh.usembassy.gov/20211208180866/",
    )
    change = realignment(
        DESIGN_CHANGE,
        "The change of design for soft ground off Henoko",
        part_of=FUTENMA,
        opening=Opening("design-change-applied", on="2020-04", sources=[jiji, embassy]),
    )
    desk.register("2020-04-30", change)
    desk.remark(
        DESIGN_CHANGE,
        "The day of the application is left open",
        "2020-04",
        note="The sources at hand say April 2020, so its history opens on the last day of that month.",
    )
    desk.advance(DESIGN_CHANGE, "design-change-refused", "2021-11-25", jiji)
    deadline = page(
        "The Asahi Shimbun",
        "Governor Tamaki misses the deadline for approving the design change",
        "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15016126",
    )
    desk.remark(DESIGN_CHANGE, "The Supreme Court rules against the prefecture", "2023-09-04", deadline)
    ordered = _yomiuri(
        "High court orders the governor to approve the design change",
        "society/crime-courts/20231220-156803/",
    )
    desk.advance(DESIGN_CHANGE, "design-change-ordered", "2023-12-20", ordered)
    by_proxy = _yomiuri(
        "Land minister approves the design change by proxy", "politics/defense-security/20231228-158401/"
    )
    desk.advance(DESIGN_CHANGE, "design-change-approved-by-proxy", "2023-12-28", by_proxy)
    works = page(
        "The Asahi Shimbun",
        "Works begin in Oura Bay",
        "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15107065",
    )
    desk.advance(DESIGN_CHANGE, "works", "2024-01-10", works, note="In Oura Bay.")


def _northern_training_area(desk: Desk) -> None:
    area = realignment(
        NORTHERN_TRAINING_AREA, "Return of about 4,000 hectares of the Northern Training Area", part_of=ID
    )
    desk.register("2013-01-18", area)
    desk.remark(
        NORTHERN_TRAINING_AREA,
        "It had been in the works for long",
        "2013-01-18",
        ARKANSAS,
        note="By a report of December 2016 for twenty years. No source at hand has the day on which it was first "
        "agreed.",
    )
    desk.advance(
        NORTHERN_TRAINING_AREA,
        "plan-agreed",
        "2016-12-06",
        ARKANSAS,
        note="Both governments announce the return, to be completed by 22 December.",
    )
    desk.advance(
        NORTHERN_TRAINING_AREA,
        "land-returned",
        "2016-12-22",
        page(
            "Kyodo News",
            "Northern Training Area returned",
            "http://english.kyodonews.jp/news/2016/12/450613.html",
        ),
        page(
            "U.S. Embassy in Japan",
            "Return of the Northern Training Area",
            "https://japan2.usembassy.gov/e/p/2016/tp-20161221-01.html",
        ),
    )


def _consolidation(desk: Desk) -> None:
    """Land is returned in pieces. Each return is a step to the same status."""
    text = (
        "The Consolidation Plan will reduce the U.S. footprint in the most populated areas of Okinawa, and enable "
        "the return of significant amounts of land south of Kadena Air Base"
    )
    returns = Commitment(
        CONSOLIDATION,
        "Returns of land under the Okinawa Consolidation Plan",
        procedure="base-realignment",
        by=["us", "jp"],
        made="2013-04-05",
        obligation="result",
        words=Words(text, CONSOLIDATION_PLAN),
        part_of=ID,
        topics="bases",
        opening=Opening("plan-agreed", on="2013-04-05", sources=[CONSOLIDATION_PLAN]),
    )
    desk.register("2013-04-05", returns)

    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2013-08",
        SECOND_RETURN,
        note="1 hectare of the Makiminato Service Area. The sources at hand have the month only.",
    )
    marine_corps = page(
        "U.S. Pacific Command",
        "Marine Corps gives land back to the Government of Japan",
        "http://www.pacom.mil/Media/News/News-Article-View/Article/583897/marine-corps-gives-land-back-to-govt-of-japan/",
    )
    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2015-03-31",
        SECOND_RETURN,
        marine_corps,
        note="The West Futenma Housing Area, 51 hectares.",
    )
    joint = page(
        "The World and Japan Database",
        "Implementation of Bilateral Plans for Consolidating Facilities and Areas in Okinawa, Japan-U.S. Joint Press "
        "Release",
        "https://worldjpn.net/documents/texts/JPUS/20151204.O1E.html",
        quotation="This return is to be reflected in the triennial update of the",
    )
    desk.remark(
        CONSOLIDATION,
        "About 4 hectares on the east side of Futenma are taken into the plan",
        "2015-12-04",
        joint,
    )
    returns_land = page(
        "Marine Corps Installations Pacific",
        "US Government returns land to Okinawa",
        "https://www.okinawa.marines.mil/News/News-Article-Display/Article/1264384/us-government-returns-land-to-okinawa/",
    )
    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2017-07-19",
        returns_land,
        note="About 4 hectares on the east side of Futenma. Papers were signed on this day; the ceremony was on "
        "1 August.",
    )


def _yomiuri(title: str, path: str) -> Source:
    return page("The Yomiuri Shimbun", title, f"https://japannews.yomiuri.co.jp/{path}")
