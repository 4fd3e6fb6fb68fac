// The Hague Abduction Convention: carried over, dropped, submitted again, approved on the last day, in force.

package servanda.examples.alliance

import servanda.Builtin
import servanda.ClockRule
import servanda.Obligation
import servanda.Opening
import servanda.PartialDate
import servanda.Rule
import servanda.Words
import servanda.commitment
import java.time.LocalDate

private const val ID = "jp/hague-convention"

/** The day on which the words were spoken. */
internal val SPOKEN: LocalDate = LocalDate.of(2013, 1, 18)

internal fun hague(desk: Desk) {
    val preparing =
        foreignMinistry("Cabinet approval of preparations for the Convention", "fp/hr_ha/page22e_000251.html")
    desk.register(
        "2013-01-18",
        commitment(
            id = ID,
            title = "The 1980 Hague Abduction Convention in the Diet",
            procedure = Builtin.procedure("diet-treaty-approval"),
            by = listOf("jp"),
            made = SPOKEN,
            obligation = Obligation.CONSIDERATION,
            words = Words("will consider", editorial),
            to = listOf("us"),
            topics = listOf("family"),
            opening = Opening("preparing", PartialDate.parse("2011-05-20"), listOf(preparing)),
            // The Convention says when it binds a state that joins. No entry will have to say so.
            rules =
                mapOf(
                    "entry-into-force" to
                        ClockRule("Hague Convention of 25 October 1980, art. 43(2)(1)", Rule.FirstOfMonth(3u)),
                ),
        ),
    )
    whatWasSaid(desk)
    firstAttempt(desk)
    secondAttempt(desk)
    afterApproval(desk)
}

private fun whatWasSaid(desk: Desk) =
    desk.remark(
        ID,
        "What the Foreign Minister was quoted as saying",
        "2013-01-18",
        page(
            "Tengrinews (AFP)",
            "Japan says will sign child abduction treaty",
            "https://en.tengrinews.kz/laws_initiatives/japan-says-will-sign-child-abduction-treaty-16143",
            quotation =
                "The government of Japan is intending to go through the necessary procedures for early signing of the treaty",
        ),
        japanTimes(
            "Japan to join child abduction treaty",
            "news/2013/01/20/national/japan-to-join-child-abduction-treaty/",
        ),
        note =
            "The words registered here are the weaker ones, \"will consider\". News reports of the meeting " +
                "quote the Foreign Minister with more: that the government intended to go through the procedures " +
                "for an early signing.",
    )

/** 2012, before the word was given. */
private fun firstAttempt(desk: Desk) {
    val submitted = dietRecord("180th", "7", "1DB091E")
    val bar =
        pageInJapanese(
            "Osaka Bar Association",
            "The Hague Convention",
            "http://www.osakaben.or.jp/01-aboutus/committee/room/hague/04.php",
        )
    desk.advance(ID, "submitted", "2012-03-09", submitted, bar)
    desk.advance(ID, "lower-first-referred", "2012-08-28", submitted)
    desk.advance(ID, "lower-carried-over", "2012-09-07", submitted)

    val carriedOver = dietRecord("181st", "7 of the 180th", "1DB2B5E")
    desk.advance(ID, "lower-first-referred", "2012-10-29", carriedOver)
    // A clock would have presumed this at the dissolution. The record of the House says it, so nothing is presumed.
    desk.advance(ID, "dropped", "2012-11-16", carriedOver, note = "The House of Representatives was dissolved.")
}

/** 2013, after it was given. */
private fun secondAttempt(desk: Desk) {
    val record = dietRecord("183rd", "1", "1DB429A")
    desk.advance(
        ID,
        "submitted",
        "2013-03-15",
        record,
        japanTimes("Cabinet OKs bills for Hague treaty", "news/2013/03/16/national/cabinet-oks-bills-for-hague-treaty/"),
    )
    desk.advance(ID, "lower-first-referred", "2013-04-04", record)
    desk.advance(ID, "lower-first-reported", "2013-04-19", record)
    desk.advance(
        ID,
        "lower-first-passed",
        "2013-04-23",
        record,
        japanTimes(
            "Lower House OKs ratification of child custody pact",
            "news/2013/04/23/national/politics-diplomacy/lower-house-oks-ratification-of-child-custody-pact/",
        ),
        note = "Unanimously.",
    )
    desk.advance(ID, "upper-second-referred", "2013-05-15", record)
    desk.advance(ID, "upper-second-reported", "2013-05-21", record)
    desk.advance(
        ID,
        "approved-by-both-houses",
        "2013-05-22",
        record,
        embassy,
        note =
            "Unanimously, on the thirtieth day counting the day of receipt: the last on which a vote could be taken.",
    )
    desk.attest(ID, "2013-05-22", record, COMPLETE)
    desk.remark(ID, "The upper house passes the Implementing Act", "2013-06-12", embassy)
}

private fun afterApproval(desk: Desk) {
    val signed = foreignMinistry("Signing and acceptance of the Convention", "press/release/press18e_000032.html")
    desk.deposit(
        ID,
        "jp",
        "2014-01-24",
        signed,
        instrument = "acceptance",
        note =
            "The Ministry speaks of acceptance; the table of the Hague Conference on Private International Law " +
                "marks it as a ratification.",
    )
    desk.advance(
        ID,
        "deposited",
        "2014-01-24",
        signed,
        note = "The Cabinet decided on signature, acceptance and promulgation on the same day.",
    )
    // It enters into force on 1 April 2014 by its own rule.
    desk.remark(
        ID,
        "Japan's Central Authority starts work",
        "2014-04-01",
        foreignMinistry("Entry into force of the Convention for Japan", "mofaj/press/release/press4_000804.html"),
    )
}

private val embassy =
    pageInJapanese(
        "Embassy of Japan in the Netherlands",
        "The Hague Convention",
        "https://www.nl.emb-japan.go.jp/j/policy/hague_convention.html",
    )
