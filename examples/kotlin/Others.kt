// The four that needed no procedure of law: the Security Council, the abductees, the Senkaku Islands, the visit.

package servanda.examples.alliance

import servanda.Builtin
import servanda.Obligation
import servanda.PartialDate
import servanda.Words
import servanda.commitment

private const val SECURITY_COUNCIL = "us-jp/security-council"
private const val ABDUCTEES = "us/abductees"
private const val SENKAKU = "us/senkaku"
private const val VISIT = "us/abe-visit"

internal fun others(desk: Desk) {
    securityCouncil(desk)
    abductees(desk)
    senkaku(desk)
    visit(desk)
}

private fun securityCouncil(desk: Desk) {
    desk.register(
        "2013-01-18",
        commitment(
            id = SECURITY_COUNCIL,
            title = "Strong action by the UN Security Council on the launch of 12 December 2012",
            procedure = Builtin.procedure("action"),
            by = listOf("us", "jp"),
            made = SPOKEN,
            obligation = Obligation.RESULT,
            words =
                words(
                    "joint commitment to",
                    "The two diplomats also discussed their joint commitment to strong action by the United " +
                        "Nations Security Council in response to North Korea's December 12 launch using ballistic " +
                        "missile technology.",
                ),
            topics = listOf("north-korea"),
        ),
    )
    desk.advance(
        SECURITY_COUNCIL,
        "done",
        "2013-01-22",
        page(
            "United Nations",
            "Statement attributable to the Spokesperson for the Secretary-General on the resolution",
            "https://www.un.org/sg/en/content/sg/statement/2013-01-22/statement-attributable-spokesperson-secretary-general-resolution",
        ),
        note = "Resolution 2087, adopted unanimously.",
    )
}

private fun abductees(desk: Desk) {
    desk.register(
        "2013-01-18",
        commitment(
            id = ABDUCTEES,
            title = "Return of Japanese citizens abducted by North Korea",
            procedure = Builtin.procedure("action"),
            by = listOf("us"),
            made = SPOKEN,
            obligation = Obligation.CONDUCT,
            words =
                words(
                    "support",
                    "Secretary Clinton reiterated U.S. support in Japan's efforts to return Japanese citizens " +
                        "who have been abducted by North Korea.",
                ),
            to = listOf("jp"),
            topics = listOf("north-korea"),
        ),
    )
    desk.advance(
        ABDUCTEES,
        "under-way",
        "2014-04-24",
        japanTimes(
            "Obama meets abductees' kin, pledges to help solve issue",
            "news/2014/04/24/national/obama-meets-abductees-kin-pledges-help-solve-issue/",
        ),
        note =
            "President Obama meets families of the abductees in Tokyo and says that the United States will " +
                "help to resolve the matter: the first act of support that the sources at hand date. It need not " +
                "have been the first.",
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
        note = "Announced by both countries. Neither is the party that gave this word.",
    )
}

/** To say a position again moves nothing, so a restatement is a remark. */
private fun senkaku(desk: Desk) {
    desk.register(
        "2013-01-18",
        commitment(
            id = SENKAKU,
            title = "No position on sovereignty of the Senkaku Islands; opposition to unilateral action",
            procedure = Builtin.procedure("position"),
            by = listOf("us"),
            made = SPOKEN,
            obligation = Obligation.POSITION,
            words =
                words(
                    "reiterated",
                    "The United States does not take a position on the sovereignty of the islands, though it " +
                        "acknowledges Japanese administration and opposes unilateral action that would undermine it",
                ),
            to = listOf("jp"),
            topics = listOf("security"),
        ),
    )
    desk.remark(
        SENKAKU,
        "President Obama restates it in Tokyo",
        "2014-04-24",
        japanTimes(
            "Obama tells Abe security treaty covers Senkakus",
            "news/2014/04/24/national/obama-tells-abe-security-treaty-covers-senkakus/",
        ),
        page(
            "U.S. Pacific Command",
            "Obama: U.S. treaty commitment to Japan is absolute",
            "https://www.pacom.mil/Media/News/Article/564126/obama-us-treaty-commitment-to-japan-is-absolute/",
        ),
        note = "Article 5 of the security treaty covers the islands; no position on sovereignty.",
    )
    desk.remark(
        SENKAKU,
        "Restated during Prime Minister Abe's visit to Washington",
        "2015-04-28",
        page(
            "Ryan Scoville",
            "Further U.S. Assurances on the Senkaku Islands",
            "https://ryanscoville.com/2015/05/01/further-u-s-assurances-on-the-senkaku-islands/",
        ),
    )
}

private fun visit(desk: Desk) {
    desk.register(
        "2013-01-18",
        commitment(
            id = VISIT,
            title = "A visit of Prime Minister Abe to Washington in February",
            procedure = Builtin.procedure("action"),
            by = listOf("us", "jp"),
            made = SPOKEN,
            obligation = Obligation.RESULT,
            words = Words("has invited", editorial),
            topics = listOf("alliance"),
            deadline = PartialDate.parse("2013-02"),
        ),
    )
    desk.remark(
        VISIT,
        "Both sides speak of the third week of February",
        "2013-01-18",
        kishida,
        foreignMinistry("Japan-U.S. Foreign Ministers' Meeting (Summary)", "region/n-america/us/130118_01.html"),
    )
    desk.advance(VISIT, "done", "2013-02-22", februarySummit)
}

private val kishida =
    pageInJapanese(
        "Fumio Kishida",
        "日米外相会談",
        "https://kishida.gr.jp/activity/464",
        quotation = "双方は,2月第三週に安倍総理が訪米し",
    )
