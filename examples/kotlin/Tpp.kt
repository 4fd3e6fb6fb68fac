// The Trans-Pacific Partnership: considered, joined, signed, approved, and never in force.

package servanda.examples.alliance

import servanda.Builtin
import servanda.Obligation
import servanda.Opening
import servanda.PartialDate
import servanda.Source
import servanda.commitment

private const val ID = "jp/tpp"
private const val IN_THE_DIET = "jp/tpp-in-the-diet"

private val WORDS = words("will consider", "Japan will consider participation in the Trans-Pacific Partnership")

internal fun tpp(desk: Desk) {
    desk.register(
        "2013-01-18",
        commitment(
            id = ID,
            title = "Participation in the Trans-Pacific Partnership",
            procedure = Builtin.procedure("trade-agreement"),
            by = listOf("jp"),
            made = SPOKEN,
            obligation = Obligation.CONSIDERATION,
            words = WORDS,
            to = listOf("us"),
            topics = listOf("trade"),
        ),
    )
    joining(desk)
    inTheDiet(desk)
    signedAndBlocked(desk)
    superseded(desk)
}

private fun joining(desk: Desk) {
    desk.advance(
        ID,
        "consulting",
        "2013-02-22",
        page(
            "Reuters",
            "Joint statement of the United States and Japan on the Trans-Pacific Partnership",
            "http://cn.reuters.com/article/usa-japan-abe-trade-idCNL1N0BMASB20130222",
        ),
        februarySummit,
        note = "Joint statement: all goods would be subject to negotiation, and no prior commitment was required.",
    )
    // The word was to consider, and here the government has: kept, whatever follows.
    desk.advance(
        ID,
        "entry-sought",
        "2013-03-15",
        primeMinister(
            "Press conference on participation in the negotiations",
            "96_abe/statement/201303/15kaiken_e.html",
        ),
    )
    desk.advance(ID, "consultations-completed", "2013-04-12", kyodo)
    desk.advance(
        ID,
        "accepted",
        "2013-04-20",
        page(
            "US-NZ Council",
            "TPP members formally agree to let Japan join ongoing negotiations",
            "http://usnzcouncil.org/tpp-members-formally-agree-to-let-japan-join-ongoing-negotiations/",
        ),
        note = "By consensus of the eleven members.",
    )
    desk.remark(
        ID,
        "The US Trade Representative notifies Congress, which opens a period of ninety days",
        "2013-04-24",
        kyodo,
        note = "The day is inferred from the report.",
    )
    desk.advance(
        ID,
        "negotiating",
        "2013-07-23",
        page(
            "China Daily",
            "Japan joins the TPP negotiations",
            "https://usa.chinadaily.com.cn/world/2013-07/23/content_16820108.htm",
        ),
        note = "At the eighteenth round, in Kota Kinabalu.",
    )
    desk.advance(
        ID,
        "concluded",
        "2015-10-05",
        page(
            "Global Affairs Canada",
            "Trans-Pacific Partnership: rounds of negotiations",
            "http://www.international.gc.ca/trade-agreements-accords-commerciaux/agr-acc/tpp-ptp/rounds-series.aspx?lang=eng",
        ),
        note = "In Atlanta.",
    )
    desk.advance(ID, "signed", "2016-02-04", gazette, note = "In Auckland.")
}

/** A piece of the whole, with a procedure of its own. */
private fun inTheDiet(desk: Desk) {
    val first = dietRecord("190th", "8", "1DBF776")
    desk.register(
        "2016-03-08",
        commitment(
            id = IN_THE_DIET,
            title = "The Trans-Pacific Partnership Agreement in the Diet",
            procedure = Builtin.procedure("diet-treaty-approval"),
            by = listOf("jp"),
            made = SPOKEN,
            obligation = Obligation.CONSIDERATION,
            words = WORDS,
            to = listOf("us"),
            partOf = ID,
            topics = listOf("trade"),
            opening = Opening("submitted", PartialDate.parse("2016-03-08"), listOf(first)),
        ),
    )
    desk.remark(
        IN_THE_DIET,
        "The words are those of the whole",
        "2016-03-08",
        note =
            "The words of 18 January 2013 name the partnership, not its way through the Diet. The piece carries " +
                "the word given about the whole; its own history opens with its submission.",
    )
    desk.advance(IN_THE_DIET, "lower-first-referred", "2016-03-24", first)
    desk.advance(IN_THE_DIET, "lower-carried-over", "2016-06-01", first)
    desk.advance(IN_THE_DIET, "lower-carried-over", "2016-08-03", dietRecord("191st", "8 of the 190th", "1DBFD86"))

    val record = dietRecord("192nd", "8 of the 190th", "1DC09E2")
    desk.advance(IN_THE_DIET, "lower-first-referred", "2016-09-26", record)
    desk.advance(IN_THE_DIET, "lower-first-reported", "2016-11-04", record)
    desk.advance(IN_THE_DIET, "lower-first-passed", "2016-11-10", record, note = "By a majority, standing.")
    desk.advance(IN_THE_DIET, "upper-second-referred", "2016-11-11", record)
    desk.advance(IN_THE_DIET, "upper-second-reported", "2016-12-09", record)
    desk.advance(
        IN_THE_DIET,
        "approved-by-both-houses",
        "2016-12-09",
        record,
        note = "By a vote with names, on the thirtieth day counting the day of receipt.",
    )
    desk.attest(IN_THE_DIET, "2016-12-09", record, COMPLETE)
    desk.advance(IN_THE_DIET, "deposited", "2017-01-20", japanNotifies)

    // The same day in the life of the whole.
    desk.advance(ID, "approved", "2016-12-09", record)
}

private fun signedAndBlocked(desk: Desk) {
    desk.deposit(ID, "jp", "2017-01-20", japanNotifies, instrument = "notification")
    desk.advance(
        ID,
        "notified",
        "2017-01-20",
        japanNotifies,
        note = "To New Zealand, the depositary, by decision of the Cabinet on the same day.",
    )
    desk.remark(
        ID,
        "The President of the United States orders withdrawal from the agreement",
        "2017-01-23",
        Source(
            "Withdrawal of the United States from the Trans-Pacific Partnership (copy of the text)",
            "http://textilesandtrade.blogspot.com/2017/01/withdrawal-of-united-states-from-trans.html",
        ),
        note = "The source is a copy of the memorandum. A mirror of an encyclopedia gives 20 January, wrongly.",
    )
    desk.advance(
        ID,
        "blocked",
        "2017-01-30",
        gazette,
        page(
            "RIETI",
            "Column on the Trans-Pacific Partnership",
            "https://www.rieti.go.jp/en/columns/a01_0468.html",
        ),
        note =
            "The US Trade Representative writes to the depositary that the United States does not intend " +
                "to become a party.",
    )
    desk.deposit(
        ID,
        "nz",
        "2017-05-11",
        page(
            "Library of Congress",
            "New Zealand: Ratification of Trans-Pacific Partnership Agreement Completed",
            "http://loc.gov/law/foreign-news/article/new-zealand-ratification-of-trans-pacific-partnership-agreement-completed/",
        ),
        instrument = "notification",
        note = "The second party to notify.",
    )
}

/** That a successor took its place is a step of its own, with a link: no entry about the successor does it. */
private fun superseded(desk: Desk) {
    desk.advance(ID, "superseded", "2018-12-30", cptppTimeline)
    desk.succeed(ID, "jp/cptpp", "2018-12-30", cptppTimeline)
    desk.advance(IN_THE_DIET, "superseded", "2018-12-30", cptppTimeline)
    desk.succeed(IN_THE_DIET, "jp/cptpp-in-the-diet", "2018-12-30", cptppTimeline)
}

private val kyodo =
    page(
        "Kyodo News, in GlobalPost",
        "US government notifies Congress of its intent to include Japan in the TPP talks",
        "http://www.globalpost.com/dispatch/news/kyodo-news-international/130430/us-govt-notifies-congress-intent-include-japan-tpp-tal",
    )

private val gazette =
    page(
        "Canada Gazette",
        "SI/TR 101, Part II, 14 November 2018",
        "http://gazette.gc.ca/rp-pr/p2/2018/2018-11-14/html/si-tr101-eng.html",
    )

private val japanNotifies =
    foreignMinistry(
        "Notification of the completion of domestic procedures (TPP)",
        "mofaj/press/release/press4_004187.html",
    )
