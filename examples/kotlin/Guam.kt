// Relocation to Guam, and the agreement of 2009 that the Diet approved over the objection of one house.

package servanda.examples.alliance

import servanda.Builtin
import servanda.Obligation
import servanda.Words
import servanda.commitment
import java.time.LocalDate

private const val ID = "us/base-realignment/guam-relocation"
private const val AGREEMENT = "jp/guam-agreement-2009"

internal fun guam(desk: Desk) {
    relocation(desk)
    agreement(desk)
}

private fun relocation(desk: Desk) {
    desk.register(
        "2013-01-18",
        word(
            ID,
            "Relocation of Marines from Okinawa to Guam",
            partOf = BASES,
            opening = planned(roadmap, congressionalResearch),
        ),
    )
    desk.advance(ID, "plan-agreed", "2012-02-08", february2012, note = "It no longer waits for Futenma.")
    desk.advance(ID, "plan-agreed", "2012-04-27", april2012, note = "About 9,000 Marines are to leave Okinawa.")
    desk.remark(ID, "A protocol that amends the agreement of 2009 is signed", "2013-10-03", digest)
    desk.advance(
        ID,
        "relocation-under-way",
        "2024-12-14",
        page(
            "Stars and Stripes",
            "Marines begin relocation from Okinawa to Guam",
            "https://stripes.com/branches/marine_corps/2024-12-18/marines-relocation-guam-okinawa-16204078.html",
        ),
        note =
            "About 100 logistics troops. This is the day announced; by the same report transfers had begun " +
                "months before.",
    )
}

/** All of it lies before the ledger begins, so all of it was recorded on the ledger's first day. */
private fun agreement(desk: Desk) {
    val title =
        "Concerning the Implementation of the Relocation of the III Marine Expeditionary Force " +
            "Personnel and Their Dependents From Okinawa to Guam"
    desk.register(
        "2013-01-18",
        commitment(
            id = AGREEMENT,
            title = "The Guam Agreement of 2009 in the Diet",
            procedure = Builtin.procedure("diet-treaty-approval"),
            by = listOf("jp"),
            made = LocalDate.of(2009, 2, 17),
            obligation = Obligation.RESULT,
            words = Words(title, congressionalResearch),
            to = listOf("us"),
            partOf = ID,
            topics = listOf("bases"),
        ),
    )
    desk.remark(
        AGREEMENT,
        "The words are from the agreement's title",
        "2009-02-17",
        congressionalResearch,
        note = "It was signed in Tokyo on this day, which counts as the day the word was given.",
    )

    val record = dietRecord("171st", "1", "1DA5556")
    desk.advance(AGREEMENT, "submitted", "2009-02-24", record)
    desk.advance(AGREEMENT, "lower-first-referred", "2009-03-26", record)
    desk.advance(AGREEMENT, "lower-first-reported", "2009-04-10", record)
    desk.advance(AGREEMENT, "lower-first-passed", "2009-04-14", record)
    desk.advance(AGREEMENT, "upper-second-referred", "2009-04-15", record)
    desk.advance(AGREEMENT, "upper-second-reported", "2009-05-12", record, note = "Against approval.")

    // Three steps on one day. They stand in the order in which they are recorded.
    desk.advance(AGREEMENT, "upper-second-rejected", "2009-05-13", record)
    desk.advance(
        AGREEMENT,
        "conference-failed",
        "2009-05-13",
        dietRecord("171st", "1, on which the Houses disagreed", "1DA60C2"),
    )
    desk.advance(
        AGREEMENT,
        "approved-after-rejection",
        "2009-05-13",
        record,
        pageInJapanese("QAB", "The Guam Agreement in the Diet", "http://www.qab.co.jp/news/200905139068.html"),
        note = "The decision of the House of Representatives became that of the Diet.",
    )
    desk.attest(AGREEMENT, "2009-05-13", record, COMPLETE)
    desk.advance(AGREEMENT, "in-force", "2009", digest, note = "The sources at hand have the year only.")
}

private val congressionalResearch =
    page(
        "Congressional Research Service",
        "Guam: U.S. Defense Deployments",
        "https://docslib.org/doc/6837447/guam-u-s-defense-deployments",
    )

private val digest =
    page(
        "Lawi, from the Digest of United States Practice in International Law",
        "Protocol to the Guam International Agreement",
        "https://lawin.org/protocol-to-the-guam-international-agreement/",
    )
