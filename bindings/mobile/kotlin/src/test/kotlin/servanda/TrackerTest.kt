package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate

/** What is recorded, and what is answered. */
class TrackerTest {
    @TempDir
    lateinit var folder: Path

    private val start = moment("2013-02-01T09:00:00Z")
    private val tracker = Tracker.inMemory("desk").atMoment(start)

    @Test
    fun `each kind of fact is recorded as what was said`() {
        val bare = commitment("jp/tpp", "The TPP", Builtin.procedure("trade-agreement"), listOf("jp"), given, Obligation.CONSIDERATION, visit.words)
        val tpp = bare.copy(rules = mapOf("entry-into-force" to Builtin.treaty("tpp")))
        val japan = Party("jp", mapOf("en" to "Japan", "ja" to "日本"), listOf(Identifier("iso-3166-1", "JP")))
        val drafts =
            listOf(
                Draft.define(japan),
                Draft.define(Builtin.procedure("trade-agreement")),
                Draft.define(Builtin.calendar),
                Draft.register(tpp),
                Draft.advance("jp/tpp", to = "consulting", on = given, sources = listOf(statement), note = "A note"),
                Draft.deposit("jp/tpp", by = "jp", on = given, instrument = "acceptance", share = "17.67", sources = listOf(summit)),
                Draft.remark("jp/tpp", "A remark", on = PartialDate.parse("2013-01")),
                Draft.attest("jp/tpp", on = given, sources = listOf(statement)),
                Draft.reschedule("jp/tpp", deadline = PartialDate.parse("2014"), on = PartialDate.of(given)),
                Draft.amend("jp/tpp", title = "The Trans-Pacific Partnership", topics = listOf("trade")),
                Draft.link("jp/tpp", Relation.RELATED, to = VISIT, note = "Why"),
            )
        tracker.register(visit)
        val entries = tracker.record(drafts)
        assertEquals(drafts.map { it.fact }, entries.map { it.fact })
        assertEquals(drafts.map { it.on }, entries.map { it.on })
        assertEquals(drafts.map { it.commitment }, entries.map { it.commitment })

        val remark = entries.single { it.kind == "remark" }.id
        val more =
            listOf(
                Draft.cite("jp/tpp", entry = remark, sources = listOf(summit)),
                Draft.amend("jp/tpp", entry = remark, note = "Better words"),
                Draft.retract("jp/tpp", entry = entries.single { it.kind == "link" }.id, reason = "a slip"),
            )
        assertEquals(more.map { it.fact }, tracker.record(more).map { it.fact })
        val standing = tracker.view().standing("jp/tpp")
        assertEquals("The Trans-Pacific Partnership", standing.title)
        assertEquals("Better words" to listOf(summit), standing.remarks.single().let { it.note to it.sources })
        assertEquals(emptyList<Linked>(), standing.links)
        assertEquals(listOf(japan), tracker.view().parties())
    }

    @Test
    fun `a commitment comes back as it was given`() {
        val hague =
            commitment(
                id = "jp/hague-convention",
                title = "The 1980 Hague Abduction Convention in the Diet",
                procedure = Builtin.procedure("diet-treaty-approval"),
                by = listOf("jp"),
                made = given,
                obligation = Obligation.CONSIDERATION,
                words = visit.words,
                to = listOf("us"),
                deadline = PartialDate.parse("2014"),
                topics = listOf("family"),
                partOf = VISIT,
                opening = Opening("preparing", PartialDate.parse("2011-05-20"), listOf(statement), "A note"),
                rules =
                    mapOf(
                        "entry-into-force" to
                            ClockRule("Hague Convention, art. 43", Rule.FirstOfMonth(3u), deposits = 3u),
                    ),
            )
        tracker.register(visit)
        assertEquals(Fact.Register(hague), tracker.record(Draft.register(hague)).last().fact)
        assertEquals(
            "preparing" to "2011-05-20",
            tracker
                .view()
                .history("jp/hague-convention")
                .first()
                .let { it.status to it.on.toString() },
        )
    }

    @Test
    fun `answers can be asked of any day and any moment`() {
        tracker.register(visit)
        tracker.atMoment(start.plusSeconds(3600)).append(done)
        val march = tracker.view(on = LocalDate.of(2013, 3, 1))
        assertEquals(Verdict.KEPT, march.standing(VISIT).verdict)
        assertEquals(Verdict.OVERDUE, march.knownAt(start.plusSeconds(60)).standing(VISIT).verdict)
        assertEquals(Verdict.PENDING, march.on(given).standing(VISIT).verdict)
        assertEquals(LocalDate.of(2013, 2, 1), tracker.view().day)
        assertEquals(listOf(VISIT), march.standings(Filter(verdict = Verdict.KEPT)).map { it.commitment })
        assertEquals(emptyList<Standing>(), march.standings(Filter(verdict = Verdict.BROKEN)))
        assertEquals(listOf("planned", "done"), march.history(VISIT).map { it.status })

        val changes = march.changesSince(march.on(given))
        assertEquals(StatusShift("planned", "done"), changes.commitments.single().status)
        assertEquals(null, changes.commitments.single().renamed)
        val brief = march.briefs().single()
        assertEquals(Brief(VISIT, "done", LocalDate.of(2013, 2, 22), Phase.ACHIEVED, Verdict.KEPT, presumed = false), brief)
        val agenda = tracker.view(on = given).agenda(given, LocalDate.of(2013, 12, 31))
        assertEquals(listOf(LocalDate.of(2013, 2, 28)), agenda.items.map { it.day })
        assertEquals(listOf(10u), march.on(LocalDate.of(2013, 1, 28)).stale(atLeastDays = 10).map { it.days })
    }

    @Test
    fun `what would be appended can be looked at first`() {
        tracker.register(visit)
        val prepared = tracker.prepare(done)
        val march = tracker.view(on = LocalDate.of(2013, 3, 1))
        assertEquals("planned" to "done", march.standing(VISIT).status to march.with(prepared).standing(VISIT).status)
        march.check(done)
        assertEquals("missing-sources", march.whyNot(VISIT, "done")?.code)
        val asked = checkNotNull(march.next(VISIT, to = "done").asked)
        assertEquals("done" to false, asked.to to asked.isPossible)
        assertEquals("missing-sources", asked.refused?.code)
        assertRefused<ServandaException.Refused>("missing-sources") {
            march.check(Draft.advance(VISIT, to = "done", on = LocalDate.of(2013, 2, 22)))
        }
        assertEquals(null, march.next(VISIT).asked)
        assertEquals(true, march.next(VISIT).next.any { it.to == "done" && it.sources == 1u })
    }

    @Test
    fun `a SQLite file and a file of JSON Lines hold the same`() {
        val places = listOf("ledger.db", "ledger.jsonl").map(folder::resolve)
        val digests =
            places.map { path ->
                Tracker.create(path, "desk").use { it.atMoment(start).append(Draft.register(visit), done) }
                Tracker.open(path, "reader").use { it.digest }
            }
        assertEquals(digests[0], digests[1])
        val (reader, writer) = Tracker.open(places[0], "reader") to Tracker.open(places[0], "writer")
        writer.atMoment(start.plusSeconds(60)).append(Draft.remark(VISIT, "Written by another program", on = given))
        assertNotEquals(digests[0], writer.digest)
        assertEquals(listOf(true, false), List(2) { reader.refresh() })
        assertEquals(reader.digest, writer.digest)
        listOf(reader, writer).forEach(Tracker::close)
    }

    @Test
    fun `an app's own procedure`() {
        val text = Path.of("../../../tests/cases/errand.toml").toFile().readText()
        val errand = Procedure.fromToml(text, file = "errand.toml")
        val own = visit.copy(id = "xx/errand", procedure = errand.pin, deadline = null)
        tracker.append(Draft.define(errand), Draft.register(own))
        assertEquals(errand.initial, tracker.view().standing("xx/errand").status)
        assertEquals(errand, tracker.view().procedure(errand.id))
        assertEquals(errand.pin.digest, "sha256:" + sha256(errand.toJson()))
    }

    private fun sha256(text: String) =
        java.util.HexFormat
            .of()
            .formatHex(
                java.security.MessageDigest
                    .getInstance("SHA-256")
                    .digest(text.toByteArray()),
            )
}
