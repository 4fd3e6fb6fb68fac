// Base realignment: the whole, and the pieces of it that lie on Okinawa.

import Servanda

/// The whole.
let basesID = "us/base-realignment"

private let futenmaID = "us/base-realignment/futenma-replacement"
private let designChangeID = "us/base-realignment/futenma-design-change"
private let northernTrainingAreaID = "us/base-realignment/northern-training-area"
private let consolidationID = "us/base-realignment/consolidation-plan-returns"

func okinawa(_ desk: Desk) throws {
    try theWhole(desk)
    try futenmaPermit(desk)
    try futenmaRevoked(desk)
    try futenmaWithdrawn(desk)
    try designChange(desk)
    try northernTrainingArea(desk)
    try consolidation(desk)
}

/// The word of 18 January 2013, which the whole and its pieces share.
func word(_ id: String, _ title: String, partOf: String? = nil, opening: Opening? = nil) throws -> Commitment {
    let sentence = """
        The United States will work toward lessening the impact of its military on host communities through base \
        realignment.
        """
    return try Commitment(
        id: id, title: title, procedure: .builtIn("base-realignment"), by: ["us", "jp"], made: spoken,
        obligation: .conduct, words: words("will work toward", sentence), topics: ["bases"], partOf: partOf,
        opening: opening)
}

/// A plan had been agreed before.
func planned(_ sources: Source...) throws -> Opening {
    Opening(status: "plan-agreed", on: try PartialDate(2006, 5, 1), sources: sources)
}

private func theWhole(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        word(
            basesID, "Less impact of US forces on host communities, through base realignment",
            opening: planned(roadmap)))
    try desk.remark(
        basesID, "Its pieces are commitments of their own", on: "2013-01-18",
        note: """
        Most of them were not named on 18 January 2013. A piece carries the word given about the whole, unless it has \
        a later one of its own. Where the whole stands is not derived from its pieces.
        """)
    try desk.advance(
        basesID, to: "plan-agreed", on: "2012-02-08", february2012,
        note: "The move to Guam no longer waits for Futenma.")
    try desk.advance(
        basesID, to: "plan-agreed", on: "2012-04-27", april2012,
        page("KUAM News", "Joint statement on the realignment", "http://www.kuam.com/story/17812401/"),
        note: "About 9,000 Marines are to leave Okinawa. The day is that of Tokyo.")
    try desk.advance(
        basesID, to: "plan-agreed", on: "2013-04-05", consolidationPlan, note: "The Okinawa Consolidation Plan.")
    // Only the month is known. It counts from its last day.
    try desk.advance(
        basesID, to: "under-way", on: "2013-08", secondReturn,
        note: "The first land is returned under the plan. The sources at hand have the month only.")
}

private func futenmaPermit(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        word(
            futenmaID, "A replacement for Marine Corps Air Station Futenma, at Henoko", partOf: basesID,
            opening: planned(roadmap)))
    try desk.advance(
        futenmaID, to: "permit-applied", on: "2013-03-22",
        page(
            "Dredging Today", "Japan: Ministry submits application for land reclamation",
            "https://www.dredgingtoday.com/2013/03/29/japan-ministry-submits-application-for-land-reclamation/"),
        note: "By the Okinawa Defense Bureau.")
    try desk.advance(
        futenmaID, to: "permit-granted", on: "2013-12-27",
        ryukyuShimpo("Governor Nakaima approves the landfill", "https://english.ryukyushimpo.jp/2013/12/28/12672/"),
        note: "By Governor Nakaima.")
}

/// Revoked, suspended, restarted, halted by a settlement, restored.
private func futenmaRevoked(_ desk: Desk) throws {
    try desk.advance(
        futenmaID, to: "permit-revoked", on: "2015-10-13",
        ryukyuShimpo("Governor Onaga revokes the approval", "https://english.ryukyushimpo.jp/2015/10/13/23789/"),
        page(
            "Okinawanderer", "Governor makes revocation of Henoko landfill permit official",
            "https://www.okinawanderer.com/2015/10/governor-makes-revocation-of-henoko-landfill-permit-official/"),
        note: "By Governor Onaga.")
    try desk.remark(
        futenmaID, "The Ministry of Defense appeals to the land minister, and asks for a suspension", on: "2015-10-14",
        ryukyuShimpo("Ministry of Defense appeals", "https://english.ryukyushimpo.jp/2015/10/19/23822/"))
    let restart = page(
        "Japan Press Weekly", "On the restart of works at Henoko, 30 October 2015",
        "https://japan-press.co.jp/modules/news/index.php?id=8675")
    try desk.advance(futenmaID, to: "revocation-suspended", on: "2015-10-27", restart)
    try desk.advance(futenmaID, to: "works", on: "2015-10-29", restart)

    let later = ryukyuShimpo("Governor Onaga cancels his revocation", "http://english.ryukyushimpo.jp/2016/12/29/26224")
    try desk.advance(
        futenmaID, to: "works-halted", on: "2016-03-04", later,
        page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2018/02/yoshikawa"),
        note: "A settlement in court. Works stood still for about a year.")
    try desk.remark(
        futenmaID, "A high court holds the revocation illegal", on: "2016-09-16",
        japanTimes(
            "High court in Naha rules on the state's suit over the base",
            "news/2016/09/16/national/crime-legal/high-court-naha-set-rule-suit-state-okinawa-nago-base-plan/"),
        note: "The Naha branch of the Fukuoka High Court.")
    try desk.remark(futenmaID, "The Supreme Court rules against the prefecture", on: "2016-12-20", later)
    try desk.advance(
        futenmaID, to: "permit-restored", on: "2016-12-26", later, note: "The Governor undoes his revocation.")
    try desk.advance(
        futenmaID, to: "works", on: "2017-04-25",
        page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2017/11/yoshikawa"),
        note: "Works on the seawall.")
}

/// Withdrawn, suspended, restarted; then only what moves nothing.
private func futenmaWithdrawn(_ desk: Desk) throws {
    try desk.advance(
        futenmaID, to: "permit-withdrawn", on: "2018-08-31",
        page(
            "The Mainichi", "Okinawa Prefecture retracts the approval",
            "https://mainichi.jp/english/articles/20180901/p2a/00m/0na/015000c"))
    try desk.advance(
        futenmaID, to: "withdrawal-suspended", on: "2018-10-30",
        page(
            "Japan Press Weekly", "Land Minister issues decision to allow Henoko landfill work to be resumed",
            "https://japan-press.co.jp/modules/news/index.php?id=11823"))
    try desk.advance(
        futenmaID, to: "works", on: "2018-11-01", japanTimes("Works at Henoko restart", "?post_type=news&p=1612709"))
    try desk.remark(
        futenmaID, "Soil is poured into the sea for the first time", on: "2018-12-14",
        japanTimes(
            "Japan starts landfill work for move of unpopular U.S. base",
            "news/2018/12/14/national/japan-starts-landfill-work-move-unpopular-u-s-base-okinawa/"))
    try desk.remark(
        futenmaID, "The prefecture votes against the landfill in a referendum", on: "2019-02-24",
        page(
            "The Asahi Shimbun", "Result of the prefectural referendum",
            "http://www.asahi.com/ajw/articles/AJ201902250016.html"),
        note: """
        434,273 against, at a turnout of 52.48 per cent. Sources differ about the share, which one gives as 72.15 per \
        cent of valid votes and another as 71.7 per cent of all.
        """)
    try desk.remark(
        futenmaID, "The land minister annuls the withdrawal of the approval", on: "2019-04-05",
        japanTimes(
            "Japan's land minister voids Okinawa's move to halt construction of U.S. base at Henoko",
            "news/2019/04/05/national/japans-land-minister-voids-okinawas-move-halt-construction-u-s-base-henoko/"))
}

/// It moves on its own beside the works that go on, so it is a piece of its own.
private func designChange(_ desk: Desk) throws {
    let jiji = page(
        "Nippon.com (Jiji Press)", "Okinawa Rejects Henoko Design Change Application",
        "https://www.nippon.com/en/news/yjj2021112500789/okinawa-rejects-henoko-design-change-application.html")
    let embassy = page(
        "U.S. Embassy in Japan", "GOJ counters Okinawa's rejection of Henoko design changes",
        "https://jmh.usembassy.gov/20211208180866/")
    try desk.register(
        on: "2020-04-30",
        word(
            designChangeID, "The change of design for soft ground off Henoko", partOf: futenmaID,
            opening: Opening(status: "design-change-applied", on: PartialDate(2020, 4), sources: [jiji, embassy])))
    try desk.remark(
        designChangeID, "The day of the application is left open", on: "2020-04",
        note: "The sources at hand say April 2020, so its history opens on the last day of that month.")
    try desk.advance(designChangeID, to: "design-change-refused", on: "2021-11-25", jiji)
    try desk.remark(
        designChangeID, "The Supreme Court rules against the prefecture", on: "2023-09-04",
        page(
            "The Asahi Shimbun", "Governor Tamaki misses the deadline for approving the design change",
            "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15016126"))
    try desk.advance(
        designChangeID, to: "design-change-ordered", on: "2023-12-20",
        yomiuri("High court orders the governor to approve the design change", "society/crime-courts/20231220-156803/"))
    try desk.advance(
        designChangeID, to: "design-change-approved-by-proxy", on: "2023-12-28",
        yomiuri("Land minister approves the design change by proxy", "politics/defense-security/20231228-158401/"))
    try desk.advance(
        designChangeID, to: "works", on: "2024-01-10",
        page(
            "The Asahi Shimbun", "Works begin in Oura Bay",
            "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15107065"),
        note: "In Oura Bay.")
}

private func northernTrainingArea(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        word(northernTrainingAreaID, "Return of about 4,000 hectares of the Northern Training Area", partOf: basesID))
    try desk.remark(
        northernTrainingAreaID, "It had been in the works for long", on: "2013-01-18", arkansas,
        note: """
        By a report of December 2016 for twenty years. No source at hand has the day on which it was first agreed.
        """)
    try desk.advance(
        northernTrainingAreaID, to: "plan-agreed", on: "2016-12-06", arkansas,
        note: "Both governments announce the return, to be completed by 22 December.")
    try desk.advance(
        northernTrainingAreaID, to: "land-returned", on: "2016-12-22",
        page("Kyodo News", "Northern Training Area returned", "http://english.kyodonews.jp/news/2016/12/450613.html"),
        page(
            "U.S. Embassy in Japan", "Return of the Northern Training Area",
            "https://japan2.usembassy.gov/e/p/2016/tp-20161221-01.html"))
}

/// Land returned piece by piece: each return is a step to the same status.
private func consolidation(_ desk: Desk) throws {
    let text = """
    The Consolidation Plan will reduce the U.S. footprint in the most populated areas of Okinawa, and enable the \
    return of significant amounts of land south of Kadena Air Base
    """
    try desk.register(
        on: "2013-04-05",
        Commitment(
            id: consolidationID, title: "Returns of land under the Okinawa Consolidation Plan",
            procedure: .builtIn("base-realignment"), by: ["us", "jp"], made: Day(2013, 4, 5), obligation: .result,
            words: Words(text: text, source: consolidationPlan), topics: ["bases"], partOf: basesID,
            opening: Opening(status: "plan-agreed", on: PartialDate(2013, 4, 5), sources: [consolidationPlan])))
    try desk.advance(
        consolidationID, to: "land-partly-returned", on: "2013-08", secondReturn,
        note: "1 hectare of the Makiminato Service Area. The sources at hand have the month only.")
    try desk.advance(
        consolidationID, to: "land-partly-returned", on: "2015-03-31", secondReturn,
        page(
            "U.S. Pacific Command", "Marine Corps gives land back to the Government of Japan",
            "http://www.pacom.mil/Media/News/News-Article-View/Article/583897/marine-corps-gives-land-back-to-govt-of-japan/"),
        note: "The West Futenma Housing Area, 51 hectares.")
    try desk.remark(
        consolidationID, "About 4 hectares on the east side of Futenma are taken into the plan", on: "2015-12-04",
        page(
            "The World and Japan Database",
            """
            Implementation of Bilateral Plans for Consolidating Facilities and Areas in Okinawa, Japan-U.S. Joint \
            Press Release
            """,
            "https://worldjpn.net/documents/texts/JPUS/20151204.O1E.html",
            quotation: "This return is to be reflected in the triennial update of the"))
    try desk.advance(
        consolidationID, to: "land-partly-returned", on: "2017-07-19",
        page(
            "Marine Corps Installations Pacific", "US Government returns land to Okinawa",
            "https://www.okinawa.marines.mil/News/News-Article-Display/Article/1264384/us-government-returns-land-to-okinawa/"),
        note: """
        About 4 hectares on the east side of Futenma. Papers were signed on this day; the ceremony was on 1 August.
        """)
}

private let secondReturn = ryukyuShimpo(
    "West Futenma Housing Area returned", "http://english.ryukyushimpo.jp/2015/04/06/18052")

private let arkansas = page(
    "Arkansas Online", "U.S. soon to finish return of Japan's land",
    "http://www.arkansasonline.com/news/2016/dec/07/pupil-s-remains-identified-mexican-says/")

private func yomiuri(_ title: String, _ path: String) -> Source {
    page("The Yomiuri Shimbun", title, "https://japannews.yomiuri.co.jp/\(path)")
}
