// The CPTPP, successor of the TPP: in force sixty days after the sixth notification.

package servanda.examples.alliance

import servanda.Builtin
import servanda.Obligation
import servanda.Opening
import servanda.PartialDate
import servanda.Source
import servanda.Words
import servanda.commitment
import java.time.LocalDate

private const val ID = "jp/cptpp"
private const val IN_THE_DIET = "jp/cptpp-in-the-diet"

/** The signatories beside Japan. */
private val OTHERS = listOf("au", "bn", "ca", "cl", "mx", "my", "nz", "pe", "sg", "vn")

/** For those who notified after the sixth it entered into force later. */
private val LATER =
    listOf(
        "2019-01-14" to "Viet Nam",
        "2021-09-19" to "Peru",
        "2022-11-29" to "Malaysia",
        "2023-02-21" to "Chile (by one source on 20 February)",
        "2023-07-12" to "Brunei Darussalam",
    )

/** What the signatories resolved. */
private val WORDS =
    Words(
        "REALISE expeditiously the benefits of the TPP through this Agreement and their strategic and " +
            "economic significance",
        page(
            "Vietnam Worker Defenders",
            "CPTPP, preamble (copy of the text)",
            "https://vietnamworkerdefenders.net/cptpp/",
        ),
    )

private val SIGNED = LocalDate.of(2018, 3, 8)

internal fun cptpp(desk: Desk) {
    desk.register(
        "2018-03-08",
        commitment(
            id = ID,
            title = "The CPTPP, successor of the Trans-Pacific Partnership",
            procedure = Builtin.procedure("trade-agreement"),
            by = listOf("jp"),
            made = SIGNED,
            obligation = Obligation.RESULT,
            words = WORDS,
            to = OTHERS,
            topics = listOf("trade"),
            opening = Opening("concluded", PartialDate.parse("2018-01-23"), listOf(cptppTimeline)),
            // All of article 3, with the rule for whoever notifies after the sixth.
            rules = mapOf("entry-into-force" to Builtin.treaty("cptpp")),
        ),
    )
    desk.advance(ID, "signed", "2018-03-08", cptppTimeline, note = "In Santiago.")
    inTheDiet(desk)
    notifications(desk)
}

private fun inTheDiet(desk: Desk) {
    val record = dietRecord("196th", "11", "1DC88D2")
    desk.register(
        "2018-03-27",
        commitment(
            id = IN_THE_DIET,
            title = "The CPTPP in the Diet",
            procedure = Builtin.procedure("diet-treaty-approval"),
            by = listOf("jp"),
            made = SIGNED,
            obligation = Obligation.RESULT,
            words = WORDS,
            to = OTHERS,
            partOf = ID,
            topics = listOf("trade"),
            opening = Opening("submitted", PartialDate.parse("2018-03-27"), listOf(record)),
        ),
    )
    desk.advance(IN_THE_DIET, "lower-first-referred", "2018-04-17", record)
    desk.advance(IN_THE_DIET, "lower-first-reported", "2018-05-18", record)
    desk.advance(IN_THE_DIET, "lower-first-passed", "2018-05-18", record)
    desk.advance(IN_THE_DIET, "upper-second-referred", "2018-06-01", record)
    desk.advance(IN_THE_DIET, "upper-second-reported", "2018-06-12", record)
    desk.advance(IN_THE_DIET, "approved-by-both-houses", "2018-06-13", record)
    desk.attest(IN_THE_DIET, "2018-06-13", record, COMPLETE)
    desk.advance(IN_THE_DIET, "deposited", "2018-07-06", japanNotifies)
    // The notifications of the others are recorded with the whole. Here entry into force is simply recorded.
    desk.advance(IN_THE_DIET, "in-force", "2018-12-30", cptppTimeline)

    desk.advance(ID, "approved", "2018-06-13", record)
}

/** Nobody has to record entry into force: the sixth of these starts the clock. */
private fun notifications(desk: Desk) {
    fun notification(
        party: String,
        on: String,
        vararg more: Source,
        note: String? = null,
    ) = desk.deposit(ID, party, on, cptppTimeline, *more, instrument = "notification", note = note)

    val newZealand =
        page(
            "New Zealand Foreign Affairs and Trade",
            "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
            "https://www.mfat.govt.nz/en/about-us/who-we-are/treaties/comprehensive-and-progressive-agreement-for-tpp/",
        )
    notification("mx", "2018-06-28")
    notification("jp", "2018-07-06", japanNotifies)
    desk.advance(
        ID,
        "notified",
        "2018-07-06",
        japanNotifies,
        note = "By decision of the Cabinet on the same day. The second party to notify, after Mexico.",
    )
    notification("sg", "2018-07-19")
    notification("nz", "2018-10-25")
    notification("ca", "2018-10-29")
    notification("au", "2018-10-31", note = "The sixth.")
    notification("vn", "2018-11-15")
    notification("pe", "2021-07-21", newZealand)
    notification("my", "2022-09-30", newZealand, note = "One source gives 1 October 2022.")
    notification("cl", "2022-12-23")
    notification("bn", "2023-05-13")

    LATER.forEach { (day, party) -> desk.remark(ID, "It enters into force for $party", day, cptppTimeline) }
}

private val japanNotifies =
    foreignMinistry(
        "Notification of the completion of domestic procedures (CPTPP)",
        "mofaj/press/release/press4_006218.html",
    )
