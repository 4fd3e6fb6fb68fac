// Base realignment: the whole, and the pieces of it that lie on Okinawa.

package servanda.examples.alliance

import servanda.Builtin
import servanda.Commitment
import servanda.Obligation
import servanda.Opening
import servanda.PartialDate
import servanda.Source
import servanda.Words
import servanda.commitment
import java.time.LocalDate

/** The whole. */
internal const val BASES = "us/base-realignment"

private const val FUTENMA = "us/base-realignment/futenma-replacement"
private const val DESIGN_CHANGE = "us/base-realignment/futenma-design-change"
private const val NORTHERN_TRAINING_AREA = "us/base-realignment/northern-training-area"
private const val CONSOLIDATION = "us/base-realignment/consolidation-plan-returns"

internal fun okinawa(desk: Desk) {
    theWhole(desk)
    futenmaPermit(desk)
    futenmaRevoked(desk)
    futenmaWithdrawn(desk)
    designChange(desk)
    northernTrainingArea(desk)
    consolidation(desk)
}

/** The word of 18 January 2013, which the whole and its pieces share. */
internal fun word(
    id: String,
    title: String,
    partOf: String? = null,
    opening: Opening? = null,
): Commitment =
    commitment(
        id = id,
        title = title,
        procedure = Builtin.procedure("base-realignment"),
        by = listOf("us", "jp"),
        made = SPOKEN,
        obligation = Obligation.CONDUCT,
        words =
            words(
                "will work toward",
                "The United States will work toward lessening the impact of its military on host " +
                    "communities through base realignment.",
            ),
        partOf = partOf,
        topics = listOf("bases"),
        opening = opening,
    )

/** A plan had been agreed before. */
internal fun planned(vararg sources: Source) = Opening("plan-agreed", PartialDate.parse("2006-05-01"), sources.asList())

private fun theWhole(desk: Desk) {
    desk.register(
        "2013-01-18",
        word(BASES, "Less impact of US forces on host communities, through base realignment", opening = planned(roadmap)),
    )
    desk.remark(
        BASES,
        "Its pieces are commitments of their own",
        "2013-01-18",
        note =
            "Most of them were not named on 18 January 2013. A piece carries the word given about the whole, " +
                "unless it has a later one of its own. Where the whole stands is not derived from its pieces.",
    )
    desk.advance(
        BASES,
        "plan-agreed",
        "2012-02-08",
        february2012,
        note = "The move to Guam no longer waits for Futenma.",
    )
    desk.advance(
        BASES,
        "plan-agreed",
        "2012-04-27",
        april2012,
        page("KUAM News", "Joint statement on the realignment", "http://www.kuam.com/story/17812401/"),
        note = "About 9,000 Marines are to leave Okinawa. The day is that of Tokyo.",
    )
    desk.advance(BASES, "plan-agreed", "2013-04-05", consolidationPlan, note = "The Okinawa Consolidation Plan.")
    // Only the month is known. It counts from its last day.
    desk.advance(
        BASES,
        "under-way",
        "2013-08",
        secondReturn,
        note = "The first land is returned under the plan. The sources at hand have the month only.",
    )
}

private fun futenmaPermit(desk: Desk) {
    desk.register(
        "2013-01-18",
        word(
            FUTENMA,
            "A replacement for Marine Corps Air Station Futenma, at Henoko",
            partOf = BASES,
            opening = planned(roadmap),
        ),
    )
    desk.advance(
        FUTENMA,
        "permit-applied",
        "2013-03-22",
        page(
            "Dredging Today",
            "Japan: Ministry submits application for land reclamation",
            "https://www.dredgingtoday.com/2013/03/29/japan-ministry-submits-application-for-land-reclamation/",
        ),
        note = "By the Okinawa Defense Bureau.",
    )
    desk.advance(
        FUTENMA,
        "permit-granted",
        "2013-12-27",
        ryukyuShimpo(
            "Governor Nakaima approves the landfill",
            "https://english.ryukyushimpo.jp/2013/12/28/12672/",
        ),
        note = "By Governor Nakaima.",
    )
}

/** Revoked, suspended, restarted, halted by a settlement, restored. */
private fun futenmaRevoked(desk: Desk) {
    desk.advance(
        FUTENMA,
        "permit-revoked",
        "2015-10-13",
        ryukyuShimpo("Governor Onaga revokes the approval", "https://english.ryukyushimpo.jp/2015/10/13/23789/"),
        page(
            "Okinawanderer",
            "Governor makes revocation of Henoko landfill permit official",
            "https://www.okinawanderer.com/2015/10/governor-makes-revocation-of-henoko-landfill-permit-official/",
        ),
        note = "By Governor Onaga.",
    )
    desk.remark(
        FUTENMA,
        "The Ministry of Defense appeals to the land minister, and asks for a suspension",
        "2015-10-14",
        ryukyuShimpo("Ministry of Defense appeals", "https://english.ryukyushimpo.jp/2015/10/19/23822/"),
    )
    val restart =
        page(
            "Japan Press Weekly",
            "On the restart of works at Henoko, 30 October 2015",
            "https://japan-press.co.jp/modules/news/index.php?id=8675",
        )
    desk.advance(FUTENMA, "revocation-suspended", "2015-10-27", restart)
    desk.advance(FUTENMA, "works", "2015-10-29", restart)

    val later =
        ryukyuShimpo("Governor Onaga cancels his revocation", "http://english.ryukyushimpo.jp/2016/12/29/26224")
    desk.advance(
        FUTENMA,
        "works-halted",
        "2016-03-04",
        later,
        page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2018/02/yoshikawa"),
        note = "A settlement in court. Works stood still for about a year.",
    )
    desk.remark(
        FUTENMA,
        "A high court holds the revocation illegal",
        "2016-09-16",
        japanTimes(
            "High court in Naha rules on the state's suit over the base",
            "news/2016/09/16/national/crime-legal/high-court-naha-set-rule-suit-state-okinawa-nago-base-plan/",
        ),
        note = "The Naha branch of the Fukuoka High Court.",
    )
    desk.remark(FUTENMA, "The Supreme Court rules against the prefecture", "2016-12-20", later)
    desk.advance(FUTENMA, "permit-restored", "2016-12-26", later, note = "The Governor undoes his revocation.")
    desk.advance(
        FUTENMA,
        "works",
        "2017-04-25",
        page("The Asia-Pacific Journal", "Article by Hideki Yoshikawa", "https://apjjf.org/2017/11/yoshikawa"),
        note = "Works on the seawall.",
    )
}

/** Withdrawn, suspended, restarted; then only what moves nothing. */
private fun futenmaWithdrawn(desk: Desk) {
    desk.advance(
        FUTENMA,
        "permit-withdrawn",
        "2018-08-31",
        page(
            "The Mainichi",
            "Okinawa Prefecture retracts the approval",
            "https://mainichi.jp/english/articles/20180901/p2a/00m/0na/015000c",
        ),
    )
    desk.advance(
        FUTENMA,
        "withdrawal-suspended",
        "2018-10-30",
        page(
            "Japan Press Weekly",
            "Land Minister issues decision to allow Henoko landfill work to be resumed",
            "https://japan-press.co.jp/modules/news/index.php?id=11823",
        ),
    )
    desk.advance(
        FUTENMA,
        "works",
        "2018-11-01",
        japanTimes("Works at Henoko restart", "?post_type=news&p=1612709"),
    )
    desk.remark(
        FUTENMA,
        "Soil is poured into the sea for the first time",
        "2018-12-14",
        japanTimes(
            "Japan starts landfill work for move of unpopular U.S. base",
            "news/2018/12/14/national/japan-starts-landfill-work-move-unpopular-u-s-base-okinawa/",
        ),
    )
    desk.remark(
        FUTENMA,
        "The prefecture votes against the landfill in a referendum",
        "2019-02-24",
        page(
            "The Asahi Shimbun",
            "Result of the prefectural referendum",
            "http://www.asahi.com/ajw/articles/AJ201902250016.html",
        ),
        note =
            "434,273 against, at a turnout of 52.48 per cent. Sources differ about the share, which one gives " +
                "as 72.15 per cent of valid votes and another as 71.7 per cent of all.",
    )
    desk.remark(
        FUTENMA,
        "The land minister annuls the withdrawal of the approval",
        "2019-04-05",
        japanTimes(
            "Japan's land minister voids Okinawa's move to halt construction of U.S. base at Henoko",
            "news/2019/04/05/national/japans-land-minister-voids-okinawas-move-halt-construction-u-s-base-henoko/",
        ),
    )
}

/** It moves on its own beside the works that go on, so it is a piece of its own. */
private fun designChange(desk: Desk) {
    val jiji =
        page(
            "Nippon.com (Jiji Press)",
            "Okinawa Rejects Henoko Design Change Application",
            "https://www.nippon.com/en/news/yjj2021112500789/okinawa-rejects-henoko-design-change-application.html",
        )
    val embassy =
        page(
            "U.S. Embassy in Japan",
            "GOJ counters Okinawa's rejection of Henoko design changes",
            "https://jmh.usembassy.gov/20211208180866/",
        )
    desk.register(
        "2020-04-30",
        word(
            DESIGN_CHANGE,
            "The change of design for soft ground off Henoko",
            partOf = FUTENMA,
            opening = Opening("design-change-applied", PartialDate.parse("2020-04"), listOf(jiji, embassy)),
        ),
    )
    desk.remark(
        DESIGN_CHANGE,
        "The day of the application is left open",
        "2020-04",
        note = "The sources at hand say April 2020, so its history opens on the last day of that month.",
    )
    desk.advance(DESIGN_CHANGE, "design-change-refused", "2021-11-25", jiji)
    desk.remark(
        DESIGN_CHANGE,
        "The Supreme Court rules against the prefecture",
        "2023-09-04",
        page(
            "The Asahi Shimbun",
            "Governor Tamaki misses the deadline for approving the design change",
            "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15016126",
        ),
    )
    desk.advance(
        DESIGN_CHANGE,
        "design-change-ordered",
        "2023-12-20",
        yomiuri(
            "High court orders the governor to approve the design change",
            "society/crime-courts/20231220-156803/",
        ),
    )
    desk.advance(
        DESIGN_CHANGE,
        "design-change-approved-by-proxy",
        "2023-12-28",
        yomiuri(
            "Land minister approves the design change by proxy",
            "politics/defense-security/20231228-158401/",
        ),
    )
    desk.advance(
        DESIGN_CHANGE,
        "works",
        "2024-01-10",
        page(
            "The Asahi Shimbun",
            "Works begin in Oura Bay",
            "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15107065",
        ),
        note = "In Oura Bay.",
    )
}

private fun northernTrainingArea(desk: Desk) {
    desk.register(
        "2013-01-18",
        word(
            NORTHERN_TRAINING_AREA,
            "Return of about 4,000 hectares of the Northern Training Area",
            partOf = BASES,
        ),
    )
    desk.remark(
        NORTHERN_TRAINING_AREA,
        "It had been in the works for long",
        "2013-01-18",
        arkansas,
        note =
            "By a report of December 2016 for twenty years. No source at hand has the day on which it was " +
                "first agreed.",
    )
    desk.advance(
        NORTHERN_TRAINING_AREA,
        "plan-agreed",
        "2016-12-06",
        arkansas,
        note = "Both governments announce the return, to be completed by 22 December.",
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
}

/** Land returned piece by piece: each return is a step to the same status. */
private fun consolidation(desk: Desk) {
    val text =
        "The Consolidation Plan will reduce the U.S. footprint in the most populated areas of Okinawa, " +
            "and enable the return of significant amounts of land south of Kadena Air Base"
    desk.register(
        "2013-04-05",
        commitment(
            id = CONSOLIDATION,
            title = "Returns of land under the Okinawa Consolidation Plan",
            procedure = Builtin.procedure("base-realignment"),
            by = listOf("us", "jp"),
            made = LocalDate.of(2013, 4, 5),
            obligation = Obligation.RESULT,
            words = Words(text, consolidationPlan),
            partOf = BASES,
            topics = listOf("bases"),
            opening = Opening("plan-agreed", PartialDate.parse("2013-04-05"), listOf(consolidationPlan)),
        ),
    )
    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2013-08",
        secondReturn,
        note = "1 hectare of the Makiminato Service Area. The sources at hand have the month only.",
    )
    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2015-03-31",
        secondReturn,
        page(
            "U.S. Pacific Command",
            "Marine Corps gives land back to the Government of Japan",
            "http://www.pacom.mil/Media/News/News-Article-View/Article/583897/marine-corps-gives-land-back-to-govt-of-japan/",
        ),
        note = "The West Futenma Housing Area, 51 hectares.",
    )
    desk.remark(
        CONSOLIDATION,
        "About 4 hectares on the east side of Futenma are taken into the plan",
        "2015-12-04",
        page(
            "The World and Japan Database",
            "Implementation of Bilateral Plans for Consolidating Facilities and Areas in Okinawa, Japan-U.S. " +
                "Joint Press Release",
            "https://worldjpn.net/documents/texts/JPUS/20151204.O1E.html",
            quotation = "This return is to be reflected in the triennial update of the",
        ),
    )
    desk.advance(
        CONSOLIDATION,
        "land-partly-returned",
        "2017-07-19",
        page(
            "Marine Corps Installations Pacific",
            "US Government returns land to Okinawa",
            "https://www.okinawa.marines.mil/News/News-Article-Display/Article/1264384/us-government-returns-land-to-okinawa/",
        ),
        note =
            "About 4 hectares on the east side of Futenma. Papers were signed on this day; the ceremony " +
                "was on 1 August.",
    )
}

private val secondReturn =
    ryukyuShimpo("West Futenma Housing Area returned", "http://english.ryukyushimpo.jp/2015/04/06/18052")

private val arkansas =
    page(
        "Arkansas Online",
        "U.S. soon to finish return of Japan's land",
        "http://www.arkansasonline.com/news/2016/dec/07/pupil-s-remains-identified-mexican-says/",
    )

private fun yomiuri(
    title: String,
    path: String,
) = page("The Yomiuri Shimbun", title, "https://japannews.yomiuri.co.jp/$path")
