package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate

/** Facts that are recorded, and the answers. */
class TrackerTest {
    @TempDir
    lateinit var folder: Path

    private val start = moment("2013-02-01T09:00:00Z")
    private val tracker = Tracker.inMemory("desk").atMoment(start)

    @Test
    fun `each kind of fact comes back as it was recorded`() {
        val bare = commitment("jp/tpp", "The TPP", Builtin.procedure("trade-agreement"), listOf("jp"), made, Obligation.CONSIDERATION, visit.words)
        val tpp = bare.copy(rules = mapOf("entry-into-force" to Builtin.treaty("tpp")))
        val japan = Party("jp", mapOf("en" to "Japan", "ja" to "日本"), listOf(Identifier("iso-3166-1", "JP")))
        val drafts =
            listOf(
                Draft.define(japan),
                Draft.define(Builtin.procedure("trade-agreement")),
                Draft.define(Builtin.calendar),
                Draft.register(tpp),
                Draft.advance("jp/tpp", to = "consulting", on = made, sources = listOf(statement), note = "A note"),
                Draft.deposit("jp/tpp", by = "jp", on = made, instrument = "acceptance", share = "17.67", sources = listOf(summit)),
                Draft.remark("jp/tpp", title = "A remark", on = PartialDate.parse("2013-01")),
                Draft.attest("jp/tpp", on = made, sources = listOf(statement)),
                Draft.reschedule("jp/tpp", deadline = PartialDate.parse("2014"), on = PartialDate.of(made)),
                Draft.amend("jp/tpp", title = "The Trans-Pacific Partnership", topics = listOf("trade")),
                Draft.link("jp/tpp", relation = Relation.RELATED, to = VISIT, note = "Why"),
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
    fun `what is recorded already can be left out`() {
        val japan = listOf(Draft.define(Party("jp", names = mapOf("en" to "Japan"))))
        assertEquals(1, tracker.append(japan).size)
        assertEquals(0, tracker.append(japan, skipRecorded = true).size)
    }

    @Test
    fun `a commitment comes back as it was registered`() {
        val hague =
            commitment(
                id = "jp/hague-convention",
                title = "The 1980 Hague Abduction Convention in the Diet",
                procedure = Builtin.procedure("diet-treaty-approval"),
                by = listOf("jp"),
                made = made,
                obligation = Obligation.CONSIDERATION,
                words = visit.words,
                to = listOf("us"),
                deadline = PartialDate.parse("2014"),
                topics = listOf("family"),
                partOf = VISIT,
                opening =
                    Opening(
                        status = "preparing",
                        on = PartialDate.parse("2011-05-20"),
                        clocksNotStarted = listOf("entry-into-force"),
                        clocksStarted = mapOf("thirty-days" to PartialDate.parse("2011-05")),
                        sources = listOf(statement),
                        note = "A note",
                    ),
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
    fun `a view can be of any day and any moment`() {
        tracker.register(visit)
        tracker.atMoment(start.plusSeconds(3600)).append(done)
        val march = tracker.view(on = LocalDate.of(2013, 3, 1))
        assertEquals(Verdict.KEPT, march.standing(VISIT).verdict)
        val unheard = march.knownAt(start.plusSeconds(60))
        assertEquals(Verdict.PENDING to Timeliness.OVERDUE, unheard.standing(VISIT).run { verdict to timeliness })
        assertEquals(listOf(VISIT), unheard.standings(Filter(timeliness = Timeliness.OVERDUE)).map { it.commitment })
        assertEquals(Timeliness.ON_TIME, march.standing(VISIT).timeliness)
        assertEquals(Verdict.PENDING, march.on(made).standing(VISIT).verdict)
        assertEquals(LocalDate.of(2013, 2, 1), tracker.view().day)
        assertEquals(listOf(VISIT), march.standings(Filter(verdict = Verdict.KEPT)).map { it.commitment })
        assertEquals(emptyList<Standing>(), march.standings(Filter(verdict = Verdict.BROKEN)))
        assertEquals(listOf("planned", "done"), march.history(VISIT).map { it.status })
        assertEquals("2013-02-22  ●  Done", march.timeline(VISIT).lines().single { "Done" in it })
        assertEquals("1 commitment", march.tally(columns = 20u).lines().last { it.isNotEmpty() })

        val changes = march.changesSince(march.on(made))
        assertEquals(StatusShift("planned", "done"), changes.commitments.single().status)
        assertEquals(null, changes.commitments.single().renamed)
        val summary = march.summaries().single()
        assertEquals(
            listOf(VISIT, "done", "Done", PartialDate.of(LocalDate.of(2013, 2, 22)), Phase.ACHIEVED, Verdict.KEPT, false),
            summary.run { listOf(commitment, status, statusTitle, since, phase, verdict, presumed) },
        )
        assertEquals(emptyList<Summary>(), march.summaries(Filter(verdict = Verdict.BROKEN)))
        val agenda = tracker.view(on = made).agenda(made, LocalDate.of(2013, 12, 31))
        assertEquals(listOf("2013-02-28"), agenda.items.map { it.day.toString() })
        assertEquals(listOf(10u), march.on(LocalDate.of(2013, 1, 28)).stale(atLeastDays = 10).map { it.days })
    }

    @Test
    fun `a retracted step is in the log and in the standing, with the reason`() {
        tracker.register(visit)
        val step = tracker.append(done).single()
        tracker.append(Draft.retract(VISIT, step, reason = "Misread"))
        val view = tracker.view(on = LocalDate.of(2013, 3, 1))
        val log = view.log(LogFilter(commitment = listOf(VISIT)))
        assertEquals(listOf("retract", "advance", "register"), log.map { it.entry.kind })
        assertEquals(listOf(null, "Misread", null), log.map { it.retracted?.reason })
        val standing = view.standing(VISIT)
        assertEquals(1u to listOf("done"), standing.run { corrections to retracted.map { it.status } })
        assertEquals(listOf("retract"), view.log(LogFilter(kind = listOf("retract"), limit = 3u)).map { it.entry.kind })
    }

    @Test
    fun `a step in a known month may have been taken within it`() {
        val month = PartialDate.parse("2013-02")
        tracker.register(visit.copy(made = PartialDate.parse("2013-01")))
        tracker.append(Draft.advance(VISIT, to = "done", on = month, sources = listOf(summit)))
        val view = tracker.view(on = LocalDate.of(2013, 2, 15))
        assertEquals("planned" to listOf("done"), view.standing(VISIT).run { status to mayHave.map { it.status } })
        assertEquals(listOf("done"), view.summaries().single().mayHave)
        val march = view.on(LocalDate.of(2013, 3, 1))
        assertEquals(month to emptyList<PossibleStep>(), march.standing(VISIT).run { since to mayHave })
        val change = march.changesSince(view).commitments.single()
        assertEquals(DateShift(before = PartialDate.parse("2013-01"), after = month), change.since)
        assertEquals(listOf("done"), change.mayHave.removed.map { it.status })
    }

    @Test
    fun `a matter without a promise has a status and no verdict`() {
        val bill = commitment(VISIT, "A bill", Builtin.procedure("action"), listOf("us"), made)
        assertEquals(null to null, bill.run { obligation to words })
        tracker.register(bill)
        tracker.append(done)
        val standing = tracker.view(on = LocalDate.of(2013, 3, 1)).standing(VISIT)
        assertEquals(listOf("done", null, null, null), standing.run { listOf(status, verdict, timeliness, words) })
    }

    @Test
    fun `an append can be checked before it is made`() {
        tracker.register(visit)
        val prepared = tracker.prepare(done)
        val march = tracker.view(on = LocalDate.of(2013, 3, 1))
        assertEquals("planned" to "done", march.standing(VISIT).status to march.with(prepared).standing(VISIT).status)
        march.check(done)
        assertEquals("missing-sources", march.whyNot(VISIT, "done")?.code)
        val asked = checkNotNull(march.outlook(VISIT, to = "done").asked)
        assertEquals("done" to false, asked.to to asked.isPossible)
        assertEquals("missing-sources", asked.refused?.code)
        assertRefused<ServandaException.Refused>("missing-sources") {
            march.check(Draft.advance(VISIT, to = "done", on = LocalDate.of(2013, 2, 22)))
        }
        assertEquals(null, march.outlook(VISIT).asked)
        assertEquals(true, march.outlook(VISIT).next.any { it.to == "done" && it.sources == 1u })
    }

    @Test
    fun `a SQLite file and a JSON Lines file can hold the same ledger`() {
        val paths = listOf("ledger.db", "ledger.jsonl").map(folder::resolve)
        val digests =
            paths.map { path ->
                Tracker.create(path, "desk").use { it.atMoment(start).append(Draft.register(visit), done) }
                Tracker.open(path, "reader").use { it.digest }
            }
        assertEquals(digests[0], digests[1])
        val (reader, writer) = Tracker.open(paths[0], "reader") to Tracker.open(paths[0], "writer")
        writer.atMoment(start.plusSeconds(60)).append(Draft.remark(VISIT, title = "Written by another program", on = made))
        assertNotEquals(digests[0], writer.digest)
        assertEquals(listOf(true, false), List(2) { reader.refresh() })
        assertEquals(reader.digest, writer.digest)
        listOf(reader, writer).forEach(Tracker::close)
    }

    @Test
    fun `an app can define its own procedure`() {
        val text = Path.of("../../../tests/cases/errand.toml").toFile().readText()
        val errand = Procedure.fromToml(text, file = "errand.toml")
        val own = visit.copy(id = "xx/errand", procedure = errand.reference, deadline = null)
        tracker.append(Draft.define(errand), Draft.register(own))
        assertEquals(errand.initial, tracker.view().standing("xx/errand").status)
        assertEquals(errand, tracker.view().procedure(errand.id))
        assertEquals(errand.reference.digest, "sha256:" + sha256(errand.toJson()))
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
